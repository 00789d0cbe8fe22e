from __future__ import annotations

from datetime import UTC, datetime, timedelta

from postengine.adapters.stores.turns import in_turns
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import Mode

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def due(name: str, tenant: str, minutes: int) -> Delivery:
    return Delivery(
        id=name,
        tenant_id=tenant,
        post_id="p",
        channel_id="c",
        mode=Mode.AUTOMATIC,
        act_at=NOON + timedelta(minutes=minutes),
        due_at=NOON,
        miss_at=NOON,
        ref="r",
        created_at=NOON,
        updated_at=NOON,
    )


def test_tenants_take_turns_and_the_most_urgent_opens_each_round() -> None:
    rows = [due("a2", "a", 2), due("a1", "a", 1), due("b9", "b", 9), due("a3", "a", 3), due("c0", "c", 0)]

    assert [row.id for row in in_turns(rows)] == ["c0", "a1", "b9", "a2", "a3"]


def test_rows_as_urgent_as_each_other_go_by_id() -> None:
    rows = [due("y", "a", 1), due("z", "b", 1), due("x", "c", 1)]

    assert [row.id for row in in_turns(rows)] == ["x", "y", "z"]


def test_nobody_waits_for_nothing() -> None:
    assert in_turns(list[Delivery]()) == []
