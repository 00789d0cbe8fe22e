"""FakePostiz answers as the real server did: the 465 recorded exchanges are replayed in their order."""

from __future__ import annotations

import pytest

from .postiz_recording import cases, lines, scenarios
from .postiz_replay import LOOSE, replayed

# What is not replayed, and why.
EXCLUDED: dict[str, str] = {}

COMPARED = [
    (name, str(line["case"]))
    for name in scenarios()
    for line in lines(name)
    if "case" in line and line["case"] not in EXCLUDED
]


@pytest.mark.parametrize(("scenario", "case"), COMPARED, ids=[case for _, case in COMPARED])
def test_the_fake_answers_a_recorded_request_as_the_real_server_did(scenario: str, case: str) -> None:
    assert replayed(scenario)[case] == []


def test_nearly_all_recorded_exchanges_are_compared() -> None:
    recorded = cases()

    assert len(recorded) == len(set(recorded)) == 465
    assert len(COMPARED) - len(LOOSE) >= 400
    assert set(LOOSE) | set(EXCLUDED) <= set(recorded)
