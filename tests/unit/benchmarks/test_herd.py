"""The herd, small: what it counts, and that its counts can tell a good way from a bad one."""

from __future__ import annotations

import pytest

from benchmarks.herd import Outcome, new_world, outcome, send_at_due, send_staged


@pytest.mark.parametrize("limit", [12, 5])
def test_the_engine_has_all_out_in_time_and_is_never_refused(limit: int) -> None:
    world = new_world(posts=20, accounts=2, limit=limit, seed=1)

    send_staged(world)

    assert outcome(world) == Outcome(sent=20, lateness_p99_s=0.0, refused_429=0)
    assert set(world.wire.creations.values()) == {10}


def test_sending_at_the_due_time_is_refused_for_an_hour_where_the_limit_is_below_the_herd() -> None:
    world = new_world(posts=20, accounts=2, limit=5, seed=1)

    send_at_due(world)

    found = outcome(world)
    assert (found.sent, found.refused_429) == (20, 10)
    assert found.lateness_p99_s > 3500


def test_sending_at_the_due_time_is_fine_where_the_limit_fits_the_herd() -> None:
    world = new_world(posts=20, accounts=2, limit=10, seed=1)

    send_at_due(world)

    found = outcome(world)
    assert (found.sent, found.refused_429) == (20, 0)
    assert found.lateness_p99_s < 1


def test_what_is_not_sent_is_not_counted() -> None:
    world = new_world(posts=20, accounts=2, limit=10, seed=1)

    assert outcome(world) == Outcome(sent=0, lateness_p99_s=0.0, refused_429=0)
