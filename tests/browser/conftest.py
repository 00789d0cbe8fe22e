"""What the tests of the phone's page share: a browser, the service, and phones."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from .kinds import Kind
from .office import Office
from .phone import Phone

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_browser() -> str:
    """Return the path of the browser.

    Raises:
        FileNotFoundError: There is none.
    """
    chosen = os.environ.get("CHROMIUM")
    found = [chosen] if chosen else [path for name in NAMES if (path := shutil.which(name))]
    if not found:
        raise FileNotFoundError(
            "no browser: as root apt-get install chromium, or set CHROMIUM to the path of one"
        )
    return found[0]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.end()


@pytest.fixture
def new_phone(browser: Browser, office: Office) -> Iterator[Callable[..., Phone]]:
    """Make phones; at the end none of their pages may have complained on its console."""
    phones: list[Phone] = []

    def make(kind: Kind | None = None) -> Phone:
        phones.append(Phone(browser, office, kind or Kind()))
        return phones[-1]

    yield make
    for phone in phones:
        phone.close()
    assert [complaint for phone in phones for complaint in phone.complaints] == []


@pytest.fixture
def phone(new_phone: Callable[..., Phone]) -> Phone:
    """An agent's phone, paired, at its list."""
    phone = new_phone()
    phone.pair()
    return phone


@pytest.fixture
def ringing_phone(new_phone: Callable[..., Phone]) -> Phone:
    """The same, with notifications turned on."""
    phone = new_phone()
    phone.pair(rings=True)
    return phone
