"""The hygiene of registrations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from postengine.fcm import (
    ConfigError,
    DeliveredToFcm,
    DropDevice,
    Expired,
    Message,
    Outcome,
    Registration,
    RetryAt,
    Standing,
    target_of,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
FOUND = Registration("fid-1", renewed_at=START)


@pytest.mark.parametrize(
    ("days", "standing", "can_ring"),
    [
        (0, Standing.FRESH, True),
        (29.9, Standing.FRESH, True),
        (30, Standing.STALE, True),
        (269.9, Standing.STALE, True),
        (270, Standing.EXPIRED, False),
    ],
)
def test_a_registration_ages(days: float, standing: Standing, *, can_ring: bool) -> None:
    now = START + timedelta(days=days)

    assert (FOUND.standing(now), FOUND.can_ring(now)) == (standing, can_ring)


def test_a_sign_of_life_makes_it_fresh_and_rotation_replaces_it() -> None:
    later = START + timedelta(days=100)

    same, other = FOUND.renewed("fid-1", later), FOUND.renewed("fid-2", later)

    assert (same.standing(later), same.address) == (Standing.FRESH, "fid-1")
    assert (other.standing(later), other.address) == (Standing.FRESH, "fid-2")


def test_an_unregistered_one_is_dropped_with_its_address() -> None:
    lost = FOUND.after(DropDevice("404 UNREGISTERED"))

    assert (lost.standing(START), lost.can_ring(START), lost.address) == (Standing.DROPPED, False, "")


def test_one_of_another_project_is_switched_off_and_kept() -> None:
    lost = FOUND.after(DropDevice("sender mismatch", is_foreign=True))

    assert (lost.standing(START), lost.can_ring(START), lost.address) == (
        Standing.DEACTIVATED,
        False,
        "fid-1",
    )


def test_a_lost_one_comes_back_when_its_phone_registers() -> None:
    lost = FOUND.after(DropDevice("404 UNREGISTERED"))

    assert lost.renewed("fid-2", START) == Registration("fid-2", renewed_at=START)


@pytest.mark.parametrize(
    "outcome", [DeliveredToFcm("n"), RetryAt(START, 1, "busy"), Expired("late"), ConfigError("wrong")]
)
def test_other_answers_say_nothing_of_it(outcome: Outcome) -> None:
    assert FOUND.after(outcome) is FOUND


def test_a_token_and_an_installation_id_go_into_fields_of_their_own() -> None:
    fid, token = "dIsVQ2QVRT-TW7L6VfeAMh", "dIsVQ2QVRT-TW7L6VfeAMh:APA91bExample"

    messages = [Message(**target_of(address)).to_wire() for address in (fid, token)]

    assert messages == [{"fid": fid}, {"token": token}]


def test_the_address_is_in_no_repr() -> None:
    assert "fid-1" not in repr(FOUND)
