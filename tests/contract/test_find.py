"""Conditions, order, limit and count, alike in every store."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.engine.ports import Above, AtMost, Store
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import DeliveryState
from tests.contract.rows import NOON, delivery

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def three(store: Store) -> None:
    """Three deliveries: a is planned, b staged and leased, c has nothing to do."""
    with store.transaction() as tx:
        tx.add(delivery("c", None, next_step=None, tries=7, agent_id="x"))
        tx.add(delivery("b", NOON, state=DeliveryState.STAGED, lease_until=NOON + HOUR, account_id="acc"))
        tx.add(delivery("a", NOON + HOUR, is_media_ready=True))


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ({}, "abc"),
        ({"state": DeliveryState.PLANNED}, "ac"),
        ({"state": "staged"}, "b"),
        ({"state": (DeliveryState.STAGED, DeliveryState.FAILED)}, "b"),
        ({"state": ()}, ""),
        ({"next_step": None}, "c"),
        ({"account_id": ("acc", None)}, "abc"),
        ({"account_id": (None,)}, "ac"),
        ({"agent_id": "x"}, "c"),
        ({"agent_id": "nobody"}, ""),
        ({"agent_id": ("x", "y"), "tries": 7}, "c"),
        ({"is_media_ready": True}, "a"),
        ({"is_media_ready": False, "tenant_id": "t1"}, "bc"),
        ({"act_at": AtMost(NOON)}, "b"),
        ({"act_at": Above(NOON)}, "a"),
        ({"lease_until": NOON + HOUR}, "b"),
        ({"tries": AtMost(6)}, "ab"),
        ({"id": Above("a")}, "bc"),
        ({"tenant_id": "another"}, ""),
    ],
)
def test_all_conditions_must_hold(store: Store, where: dict[str, object], ids: str) -> None:
    with store.transaction() as tx:
        found = [row.id for row in tx.find(Delivery, where)]
        number = tx.count(Delivery, where)

    assert found == list(ids)
    assert number == len(ids)


def test_rows_come_in_ascending_order_with_unset_ones_last_and_the_id_as_tie_breaker(store: Store) -> None:
    with store.transaction() as tx:
        tx.add(delivery("A", NOON))
        by_time = [row.id for row in tx.find(Delivery, {}, order_by="act_at")]
        by_id = [row.id for row in tx.find(Delivery, {})]

    assert by_time == ["A", "b", "a", "c"]
    assert by_id == ["A", "a", "b", "c"]


def test_a_limit_takes_the_first_rows_of_the_order(store: Store) -> None:
    with store.transaction() as tx:
        found = tx.find(Delivery, {"tenant_id": "t1"}, order_by="act_at", limit=2, lock=True)

    assert [row.id for row in found] == ["b", "a"]


def test_a_field_that_does_not_exist_is_a_mistake_and_not_an_empty_answer(store: Store) -> None:
    with store.transaction() as tx, pytest.raises(KeyError, match="colour"):
        tx.find(Delivery, {"colour": "red"})
