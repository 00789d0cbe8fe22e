"""The parts of the client's benchmark, small."""

from __future__ import annotations

import pytest

from benchmarks.loopback import running_loopback
from benchmarks.postiz_client import cpu_ratios, measure_import, upload_rss_mib

pytestmark = pytest.mark.serial


def test_a_call_costs_about_as_much_as_one_of_bare_httpx() -> None:
    with running_loopback() as url:
        ratios = cpu_ratios(url, rounds=5, calls=20)

    assert ratios.keys() == {"is_connected", "list_integrations"}
    assert all(0.5 < ratio < 2 for ratio in ratios.values())


def test_the_client_brings_along_nothing_but_its_requirements() -> None:
    imported = measure_import()

    assert imported.others == ()
    assert imported.took_s > 0


def test_a_film_goes_up_without_being_held_in_memory() -> None:
    with running_loopback() as url:
        added_mib = upload_rss_mib(url, 64)

    assert added_mib < 30
