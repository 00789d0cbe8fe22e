"""What seldom meets: claims lost in the middle of a call, sick accounts, odd answers, no queue."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.register import register_channel
from postengine.engine.delivery.perform import perform
from postengine.engine.jobs import Job, Message
from postengine.engine.ledger.change import changing
from postengine.engine.ports import Answered, DeliveryChanged, Draft, Made, Transaction, W
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Sick
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.post import Content, Post
from postengine.engine.posts.record import RemotePost
from postengine.engine.posts.states import DeliveryState, HoldReason, HoldScope, Step
from postengine.engine.posts.tenant import Account
from postengine.engine.posts.timings import Timings
from postengine.engine.schedule.claim import claim_due
from postengine.engine.schedule.tick import dispatch_due
from postengine.errors import PostEngineError
from postengine.testing.postiz import Fault
from postengine.testing.publisher import PassOn

from .tamper import WatchedStore
from .world import World

NEW = PostChanges(content=Content(caption="New words"))


def _staged(world: World) -> Post:
    post = world.plan()
    world.run()
    world.run_until(post.scheduled_at - timedelta(seconds=301))
    return post


class SickChannel(PassOn):
    """Its channel has to be connected again."""

    def draft(self, account: Account, draft: Draft) -> Made:  # noqa: ARG002 - the port's
        raise Sick(HoldScope.CHANNEL, "connect it again")

    def promote(self, account: Account, remote_id: str) -> Answered:  # noqa: ARG002 - the port's
        raise Sick(HoldScope.CHANNEL, "connect it again")


class Untold(PassOn):
    """Its server says nothing of a limit."""

    def draft(self, account: Account, draft: Draft) -> Made:
        return replace(self.inner.draft(account, draft), limit=None)


def test_a_sick_channel_is_held_when_a_draft_is_refused(world: World) -> None:
    world.ports = replace(world.ports, publisher=SickChannel(world.ports.publisher))
    post = world.plan()

    world.run()

    assert [(hold.scope, hold.reason) for hold in world.rows(Hold)] == [(HoldScope.CHANNEL, HoldReason.SICK)]
    assert "channel_sick" in world.alerts()
    assert world.delivery(post).state is DeliveryState.PLANNED


def test_a_sick_channel_is_held_when_a_promote_is_refused(world: World) -> None:
    post = _staged(world)
    world.ports = replace(world.ports, publisher=SickChannel(world.ports.publisher))

    world.run(timedelta(seconds=2))

    assert [hold.scope_id for hold in world.rows(Hold)] == [world.instagram.id]
    assert world.delivery(post).next_step is Step.MISS  # nothing was started, so nothing has to be taken back
    assert world.fake.network == []


def test_a_sick_account_is_held_before_anything_is_uploaded(world: World) -> None:
    post = world.plan()
    world.change(Account, world.account, api_key="wrong")

    world.run()

    assert world.wire.count("POST") == 0
    assert "account_sick" in world.alerts()
    assert world.delivery(post).state is DeliveryState.PLANNED


def test_a_server_that_names_no_limit_leaves_ours(world: World) -> None:
    world.ports = replace(world.ports, publisher=Untold(world.ports.publisher))
    world.plan()

    world.run()

    assert (world.rows(Account)[0].budget_limit, world.rows(Account)[0].budget_used) == (30, 1)


def test_an_edit_while_a_promote_stumbles_takes_the_work_away(world: World) -> None:
    post = _staged(world)
    world.fake.faults.add(Fault(kind="500_before", method="PUT"))
    world.wire.meanwhile("PUT", lambda: edit_post(world.ports, post.id, NEW))

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert len(world.fake.network) == 1
    assert "New words" in world.draft(post).content


def test_an_edit_while_a_creation_stumbles_takes_the_work_away(world: World) -> None:
    post = world.plan()
    world.run()
    edit_post(world.ports, post.id, PostChanges(content=Content(caption="Second words")))
    world.fake.faults.add(Fault(kind="500_before", method="POST"))
    world.wire.meanwhile("POST", lambda: edit_post(world.ports, post.id, NEW))

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert len(world.fake.network) == 1
    assert "New words" in world.draft(post).content


def test_an_edit_while_a_recall_looks_takes_the_work_away(world: World) -> None:
    post = _staged(world)
    world.run(timedelta(seconds=2))
    cancel_post(world.ports, post.id)
    world.wire.meanwhile("GET", lambda: edit_post(world.ports, post.id, NEW))

    world.run(timedelta(minutes=1))

    assert world.delivery(post).state is DeliveryState.CANCELLED
    assert world.live() == []


def test_a_write_while_confirm_looks_takes_the_work_away(world: World) -> None:
    post = _staged(world)
    world.run_until(post.scheduled_at + timedelta(seconds=19))

    def touch() -> None:
        world.change(Delivery, world.delivery(post), fence=99)

    world.wire.meanwhile("GET", touch)
    world.run(timedelta(minutes=3))

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert len(world.fake.network) == 1


def test_a_dead_draft_that_is_gone_is_begun_anew(world: World) -> None:
    post = _staged(world)
    world.change(RemotePost, world.rows(RemotePost)[0], is_dead=True)
    world.fake.hand.delete(world.draft(post).id)

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert len(world.fake.network) == 1


def test_two_workers_that_upload_the_same_file_keep_one_row(world: World) -> None:
    world.plan(external_id="a")
    second = world.plan(external_id="b")
    for _, message in claim_due(world.ports):  # the picture of both
        perform(world.ports, message)
    (_, one), (_, other) = claim_due(world.ports)
    world.wire.meanwhile("POST", lambda: perform(world.ports, other))

    perform(world.ports, one)

    assert world.wire.count("POST", "/upload") == 2
    assert world.delivery(second).state is DeliveryState.STAGED


def test_a_channel_has_its_own_grace(world: World) -> None:
    channel = register_channel(
        world.ports,
        world.tenant.id,
        "ig",
        kind="instagram",
        name="Instagram",
        integration_id="int-ig",
        settings={"post_type": "post"},
        grace_s=600,
    )
    post = world.plan(channel)

    assert world.delivery(post).miss_at == post.scheduled_at + timedelta(minutes=10)


@pytest.mark.parametrize(
    "timings", [{"fence_margin": timedelta(seconds=1)}, {"promote_proof": timedelta(milliseconds=999)}]
)
def test_durations_have_floors(timings: dict[str, timedelta]) -> None:
    with pytest.raises(ValueError, match="at least"):
        Timings(**timings)  # type: ignore[arg-type]


def test_backoff_doubles_up_to_its_most_and_polls_repeat_the_last() -> None:
    timings = Timings()

    assert [timings.backoff_after(tries).total_seconds() for tries in (1, 2, 3, 7, 99)] == [
        5,
        10,
        20,
        300,
        300,
    ]
    assert timings.poll_after(99) == timedelta(minutes=15)


class JoiningStore(WatchedStore):
    """A store that joins the caller's transaction."""

    @contextmanager
    def transaction(self, connection: object | None = None) -> Generator[Transaction]:
        assert connection is None or connection == "theirs"
        with super().transaction() as tx:
            yield tx


def test_inside_the_callers_transaction_callbacks_are_left_to_them(world: World) -> None:
    heard: list[DeliveryChanged] = []
    post = world.plan()
    ports = replace(
        world.ports,
        store=JoiningStore(world.store, lambda _: None),
        on_delivery_changed=(heard.append,),
    )

    cancel_post(ports, post.id, connection="theirs")

    assert world.delivery(post).state is DeliveryState.CANCELLED
    assert heard == []


class QueueAway(PostEngineError):
    """The queue cannot be reached."""


class NoQueue:
    """A dispatcher that cannot reach its queue.

    Attributes:
        begun: Told of what it was to send.
    """

    def __init__(self, world: World, *, takes_one: bool) -> None:
        self._world = world
        self._takes_one = takes_one

    def send(self, messages: Sequence[tuple[Job, Message]]) -> None:
        if self._takes_one:
            (row,) = [row for row in self._world.rows(Asset) if row.id == messages[0][1].id]
            self._world.change(Asset, row, taken=True)
        raise QueueAway("no")


@pytest.mark.parametrize("takes_one", [True, False])
def test_what_could_not_be_handed_over_is_given_back_unless_it_was_begun(
    world: World, takes_one: bool
) -> None:
    world.plan()
    ports = replace(world.ports, dispatcher=NoQueue(world, takes_one=takes_one))

    with pytest.raises(QueueAway):
        dispatch_due(ports)

    assert len(claim_due(world.ports)) == (0 if takes_one else 1)


def test_deliveries_are_given_back_too(world: World) -> None:
    post = world.plan()
    world.run()
    edit_post(world.ports, post.id, NEW)
    ports = replace(world.ports, dispatcher=NoQueue(world, takes_one=False))

    with pytest.raises(QueueAway):
        dispatch_due(ports)

    assert world.delivery(post).lease_until is None
    assert [message.step for _, message in claim_due(world.ports)] == [Step.STAGE]


class Hasty(WatchedStore):
    """Somebody writes to what was claimed before it can be judged."""

    def claim(self, kind: type[W], *, limit: int, lease: timedelta, owner: str) -> list[W]:
        rows = super().claim(kind, limit=limit, lease=lease, owner=owner)
        with self.transaction() as tx:
            for row in rows:
                tx.save(replace(row, fence=row.fence + 1))
        return rows


@pytest.mark.parametrize("is_staged", [True, False])
def test_what_was_written_to_meanwhile_is_not_quarantined(world: World, is_staged: bool) -> None:
    post = world.plan()
    if is_staged:
        world.run()
        edit_post(world.ports, post.id, NEW)
        world.change(Delivery, world.delivery(post), crashes=5)
    else:
        (asset,) = [row for row in world.rows(Asset) if row.spec]
        world.change(Asset, asset, crashes=5)
    ports = replace(world.ports, store=Hasty(world.store, lambda _: None))

    jobs = claim_due(ports)

    assert jobs == []
    assert world.rows(Hold) == []
    assert "quarantined" not in world.alerts()


def test_an_alert_that_nobody_has_is_cleared_without_harm(world: World) -> None:
    with changing(world.ports) as change:
        change.alert("x", "post", "1", "look")
        change.clear_alert("x", "1")
        change.clear_alert("x", "1")
        change.clear_alert("y", "1")

    assert world.alerts() == set()
