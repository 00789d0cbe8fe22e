"""What must be unique is refused alike by every store, with the field's name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from postengine.engine.ports import Row, Store
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import Attempt, Outcome, Verb
from postengine.engine.posts.tenant import Tenant
from tests.contract.rows import minimal

RULES: list[tuple[type[Row], dict[str, object], str]] = [
    (Tenant, {"external_id": "x"}, "external_id"),
    (Agent, {"tenant_id": "t", "external_id": "x"}, "external_id"),
    (Channel, {"tenant_id": "t", "external_id": "x"}, "external_id"),
    (Listing, {"tenant_id": "t", "external_id": "x"}, "external_id"),
    (Post, {"tenant_id": "t", "external_id": "x"}, "external_id"),
    (Delivery, {"post_id": "p", "channel_id": "c"}, "channel_id"),
    (Asset, {"tenant_id": "t", "inputs_hash": "h"}, "inputs_hash"),
    (Attempt, {"remote_id": "r", "verb": Verb.PROMOTE}, "remote_id"),
]
EACH_RULE = pytest.mark.parametrize(
    ("kind", "shared", "field"), RULES, ids=lambda value: getattr(value, "__name__", "")
)


@EACH_RULE
def test_a_second_row_is_refused_and_the_transaction_goes_on(
    store: Store, kind: type[Row], shared: dict[str, object], field: str
) -> None:
    first, second = minimal(kind, **shared), minimal(kind, **shared)

    with store.transaction() as tx:
        tx.add(first)
        with pytest.raises(Conflict, match=field) as caught:
            tx.add(second)
        found = tx.find(kind, {})

    assert caught.value.code == "exists"
    assert found == [first]


@EACH_RULE
def test_a_row_cannot_become_like_another(
    store: Store, kind: type[Row], shared: dict[str, object], field: str
) -> None:
    other = minimal(kind)
    with store.transaction() as tx:
        tx.add(minimal(kind, **shared))
        tx.add(other)

    with pytest.raises(Conflict, match=field) as caught, store.transaction() as tx:
        tx.save(minimal(kind, id=other.id, **shared))

    assert caught.value.code == "exists"


def test_the_same_id_is_refused(store: Store) -> None:
    with store.transaction() as tx:
        tx.add(minimal(Tenant, id="t1"))

        with pytest.raises(Conflict, match="id 't1'"):
            tx.add(minimal(Tenant, id="t1"))


def test_an_external_id_may_return_at_another_tenant_and_be_unset_often(store: Store) -> None:
    with store.transaction() as tx:
        tx.add(minimal(Post, tenant_id="a", external_id="x"))
        tx.add(minimal(Post, tenant_id="b", external_id="x"))
        tx.add(minimal(Post, tenant_id="a", external_id=None))
        tx.add(minimal(Post, tenant_id="a", external_id=None))

        assert tx.count(Post, {}) == 4


def test_an_id_may_be_promoted_anew_only_after_a_request_that_was_never_sent(store: Store) -> None:
    attempt = minimal(Attempt, remote_id="r", verb=Verb.PROMOTE, outcome=None)
    with store.transaction() as tx:
        tx.add(attempt)
        tx.save(replace(attempt, outcome=Outcome.UNSENT))
        tx.add(minimal(Attempt, remote_id="r", verb=Verb.PROMOTE))
        tx.add(minimal(Attempt, remote_id="r", verb=Verb.DELETE))
        tx.add(minimal(Attempt, remote_id="r", verb=Verb.DELETE))

        with pytest.raises(Conflict):
            tx.add(minimal(Attempt, remote_id="r", verb=Verb.PROMOTE, outcome=Outcome.DONE))
