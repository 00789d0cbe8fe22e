"""How long to wait, and when that is no longer worth it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postengine.fcm import Expired, Patience, RetryAt

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def wait_of(outcome: RetryAt | Expired) -> float:
    assert isinstance(outcome, RetryAt)
    assert outcome.at == NOW + timedelta(seconds=outcome.after_s)
    return outcome.after_s


@pytest.mark.parametrize(("attempt", "wait_s"), [(1, 60), (2, 120), (3, 240), (7, 3600), (99, 3600)])
def test_without_a_wish_a_busy_fcm_gets_a_minute_and_ever_more(attempt: int, wait_s: int) -> None:
    assert wait_of(Patience(NOW, attempt).after_busy("busy", asked_s=None)) == wait_s


@pytest.mark.parametrize("asked_s", [0.0, 7.0, 3600.0])
def test_a_wish_of_a_busy_fcm_is_followed_whatever_try_it_is(asked_s: float) -> None:
    outcome = Patience(NOW, attempt=5).after_busy("busy", asked_s=asked_s)

    assert wait_of(outcome) == asked_s
    assert isinstance(outcome, RetryAt)
    assert not outcome.may_have_happened


@given(attempt=st.integers(1, 10_000), chance=st.floats(0, 1))
def test_an_outage_waits_ten_seconds_at_least_and_an_hour_at_most(attempt: int, chance: float) -> None:
    wait_s = wait_of(Patience(NOW, attempt, chance).after_outage("down", may_have_happened=True))

    assert 10.0 <= wait_s <= 3600.0


def test_an_outage_waits_longer_with_each_try_and_as_long_as_it_asks() -> None:
    waits = [wait_of(Patience(NOW, n).after_outage("down", may_have_happened=True)) for n in (1, 2, 3)]
    asked = Patience(NOW).after_outage("down", asked_s=90.0, may_have_happened=True)

    assert (waits, wait_of(asked)) == ([10.0, 20.0, 40.0], 90.0)


@given(attempt=st.integers(1, 30), chance=st.floats(0, 1), left_s=st.floats(0, 10_000))
def test_no_wait_lasts_beyond_the_time_of_the_message(attempt: int, chance: float, left_s: float) -> None:
    until = NOW + timedelta(seconds=left_s)

    for outcome in (
        Patience(NOW, attempt, chance, until).after_busy("busy", asked_s=None),
        Patience(NOW, attempt, chance, until).after_outage("down", may_have_happened=True),
    ):
        assert isinstance(outcome, Expired) or outcome.at < until
