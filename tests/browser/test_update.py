"""A new version of the page, while answers wait."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

from postengine.agent import read_site
from postengine.engine.posts.states import DeliveryState

from .office import Office
from .phone import Phone


def next_version(folder: Path) -> Path:
    """Return a copy of the page's files with one that is different."""
    copy = folder / "web"
    shutil.copytree(Path(str(files("postengine.agent") / "web")), copy)
    style = copy / "files" / "style.css"
    style.write_text(style.read_text(encoding="utf-8") + "\nbody { --is-next: 1; }\n", encoding="utf-8")
    return copy


def test_a_new_worker_takes_over_and_the_answers_that_wait_are_told(
    office: Office, phone: Phone, tmp_path: Path
) -> None:
    task = office.plan()
    phone.reopen()
    phone.until_fetched()
    phone.until_told()
    office.service.gate = lambda path: 503 if path.endswith("events:batch") else None
    phone.open(f"?task={task}")
    phone.tap("I have posted it")
    phone.tap("Yes, posted")
    phone.sees("Your answer is sent when there is a network.")
    before = phone.rows("outbox")

    office.service.serve(read_site(next_version(tmp_path)))
    phone.open()
    phone.until("() => getComputedStyle(document.body).getPropertyValue('--is-next') === '1'", survives=True)
    assert [event["idempotency_key"] for event in phone.rows("outbox")][: len(before)] == [
        event["idempotency_key"] for event in before
    ]
    caches = phone.page.evaluate("caches.keys()")
    assert sorted(caches) == [f"files-{office.service.version}", "media"]

    office.service.gate = lambda _: None
    phone.reopen()
    phone.until_told()
    assert office.delivery(task).state is DeliveryState.PUBLISHED


def test_nobody_is_disturbed_by_an_update_in_the_middle_of_a_task(
    office: Office, phone: Phone, tmp_path: Path
) -> None:
    task = office.plan()
    old = office.service.version
    phone.reopen()
    phone.until_fetched()
    office.service.serve(read_site(next_version(tmp_path)))

    phone.open(f"?task={task}")
    phone.until("async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)")
    phone.button("Share…").wait_for()

    assert old in phone.page.evaluate("document.querySelector('script').src")
    phone.page.get_by_role("button", name="Back").click()
    phone.until(
        "(version) => document.querySelector('script').src.includes(version)",
        office.service.version,
        survives=True,
    )
