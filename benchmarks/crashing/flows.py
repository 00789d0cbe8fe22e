"""Ways that posts go through the engine; together they make every call that leaves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial

from postengine.adapters.stores.kinds import KINDS
from postengine.engine.commands.approve import approve_post
from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.handover import PhoneSays, polled
from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.commands.reassign import reassign
from postengine.engine.commands.withdraw import change_listing
from postengine.engine.ledger.change import changing
from postengine.engine.ledger.watches import watch_over
from postengine.engine.ports import AccountHealth, ChannelHealth, Row, Rung
from postengine.engine.posts.agent import Device, PhoneEvent
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import DeliveryState, HoldReason, HoldScope, ListingStatus
from postengine.engine.posts.tenant import Account
from postengine.engine.posts.timings import Timings
from postengine.testing.postiz import Fault, PublishFailure
from postengine.testing.publisher import PassOn
from tests.unit.engine.handovers import colleague, group, phone

from .scene import Scene

_S = DeliveryState
_NOW = timedelta(0)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_DUE = 20 * _MINUTE
"""After this the automatic posts are due; they are staged at once and promoted five minutes before."""
_CALM = Timings(check_every=timedelta(hours=12))
"""Looks at the channels rarely: each look has the same points, and one way is there for them."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A way.

    Attributes:
        lay: Writes into a scene what happens.
        ends: The states in which its deliveries end if nobody dies, or if one dies wherever.
        timings: The engine's.
        begins_as: Another flow, which is the same until a person does something else.
    """

    lay: Callable[[Scene], None]
    ends: tuple[DeliveryState, ...]
    timings: Timings = _CALM
    begins_as: str | None = None


def _post(scene: Scene) -> Post:
    (found,) = scene.world.rows(Post)
    return found


def _plan(scene: Scene, after: timedelta | None = _DUE, **changes: object) -> None:
    """Let a person plan a post at once, for Instagram, due `after` the beginning, or now."""
    when: dict[str, object] = {"scheduled_at": None}
    if after is not None:
        when = {"scheduled_at": (scene.world.clock.now() + after).isoformat()}
    scene.then(_NOW, lambda: scene.world.plan(**{**when, **changes}))  # type: ignore[arg-type]


def _hear(scene: Scene, device: Device, said: PhoneSays) -> None:
    scene.hear(_post(scene), device, said)


def _task(scene: Scene) -> None:
    scene.then(_NOW, lambda: scene.world.plan(scene.world.whatsapp, scheduled_at=None))


def automatic(scene: Scene) -> None:
    """A picture is drawn and goes out at its time; meanwhile another photo is uploaded."""
    _plan(scene)
    scene.then(_MINUTE, lambda: scene.world.upload(b"another"))


def edited(scene: Scene) -> None:
    """The words are changed hours after the draft was made, and its files looked for again."""
    _plan(scene, 3 * _HOUR)
    change = PostChanges(content=scene.world.words("Reduced"))
    scene.then(_MINUTE, lambda: edit_post(scene.world.ports, _post(scene).id, change))
    again = PostChanges(content=scene.world.words("Reduced again"))
    scene.then(2 * _HOUR, lambda: edit_post(scene.world.ports, _post(scene).id, again))
    scene.lasts = 3.5 * _HOUR


def recalled(scene: Scene) -> None:
    """It is cancelled after it was promoted."""
    _plan(scene)
    scene.then(_DUE - 3 * _MINUTE, lambda: cancel_post(scene.world.ports, _post(scene).id))


def rescheduled(scene: Scene) -> None:
    """Its time is changed after it was promoted."""
    scene.lasts = 3 * _HOUR
    _plan(scene)
    later = (scene.world.clock.now() + 2 * _HOUR).isoformat()
    change = PostChanges(scheduled_at=later)
    scene.then(_DUE - 3 * _MINUTE, lambda: edit_post(scene.world.ports, _post(scene).id, change))


def cancelled(scene: Scene) -> None:
    """It is cancelled while it is a draft."""
    _plan(scene)
    scene.then(10 * _MINUTE, lambda: cancel_post(scene.world.ports, _post(scene).id))


def late(scene: Scene) -> None:
    """It is to go out now."""
    _plan(scene, None)


def unproven(scene: Scene) -> None:
    """Its promote is answered too slowly to prove anything, so it is begun anew."""
    scene.world.fake.faults.add(Fault(kind="slow", method="PUT", path="/posts", delay_s=6))
    _plan(scene)


def unanswered(scene: Scene) -> None:
    """A late one's promote is not answered, and a person says that it shall not go out."""
    scene.lasts = 2 * _HOUR
    scene.world.fake.faults.add(Fault(kind="drop_before", method="PUT", path="/posts"))
    _plan(scene, None)
    scene.then(_HOUR, lambda: _drop(scene))


def _drop(scene: Scene) -> None:
    """Drop what a person is asked about."""
    delivery = scene.world.delivery(_post(scene))
    if delivery.needs_decision:
        decide(scene.world.ports, delivery.id, Decision.DROP)


def failed(scene: Scene) -> None:
    """Its network refuses it, and Postiz is asked why."""
    scene.world.fake.fail_publish(PublishFailure(times=None, reason="too blue"))
    _plan(scene)


class _Sickly(PassOn):
    """Tells for some time that the channel cannot publish."""

    def __init__(self, scene: Scene, mended_at: datetime) -> None:
        super().__init__(scene.world.ports.publisher)
        self._clock = scene.world.clock
        self._mended_at = mended_at

    def health(self, account: Account, since: datetime | None) -> AccountHealth:  # noqa: ARG002 - the port's
        now = self._clock.now()
        is_mended = now >= self._mended_at
        channel = ChannelHealth(
            integration_id="int-ig",
            provider="instagram",
            fingerprint="two" if is_mended else "one",
            trouble=None if is_mended else "Could not refresh your instagram channel",
        )
        return AccountHealth(channels=(channel,), read_until=now)


def sick(scene: Scene) -> None:
    """Its channel is found sick and held, and goes on once it was connected anew."""
    scene.lasts = 3 * _HOUR
    publisher = _Sickly(scene, scene.world.clock.now() + 40 * _MINUTE)
    scene.world.ports = replace(scene.world.ports, publisher=publisher)
    _plan(scene, 2 * _HOUR)


def held(scene: Scene) -> None:
    """It is held after it was promoted, and let go in time."""
    _plan(scene)
    channel = scene.world.instagram.id
    scene.then(
        _DUE - 4 * _MINUTE, lambda: place_hold(scene.world.ports, HoldScope.CHANNEL, channel, note="wait")
    )
    scene.then(_DUE + 5 * _MINUTE, lambda: _let_go(scene))


def _let_go(scene: Scene, reason: HoldReason = HoldReason.PAUSED) -> None:
    for hold in scene.world.rows(Hold, released_at=None, reason=reason):
        release_hold(scene.world.ports, hold.id)


def restored(scene: Scene) -> None:
    """The database is put back to before it was promoted, and adopted when its grace is over."""
    scene.lasts = 4 * _HOUR
    _plan(scene)
    backup: list[Row] = []
    scene.then(_MINUTE, lambda: backup.extend(scene.world.backup()))
    scene.then(_DUE - 3 * _MINUTE, lambda: _put_back(scene, backup))
    scene.then(3 * _HOUR, lambda: _let_go(scene, HoldReason.RESTORED))


def _put_back(scene: Scene, backup: Sequence[Row]) -> None:
    with scene.world.store.transaction() as tx:
        for kind in KINDS:
            for row in tx.find(kind, {}):
                tx.remove(row)
        for row in backup:
            tx.add(row)
    place_hold(scene.world.ports, HoldScope.SERVICE, reason=HoldReason.RESTORED)


def unapproved(scene: Scene) -> None:
    """Nobody approves it in time."""
    scene.lasts = 3 * _HOUR
    _plan(scene, is_approved=False)


def approved(scene: Scene) -> None:
    """It is approved shortly before its time."""
    _plan(scene, is_approved=False)
    scene.then(10 * _MINUTE, lambda: approve_post(scene.world.ports, _post(scene).id))


def withdrawn(scene: Scene) -> None:
    """The property is sold while its draft and its task wait."""
    phone(scene.world, scene.world.agent)
    _plan(scene)
    scene.then(
        _NOW,
        lambda: scene.world.plan(scene.world.whatsapp, external_id="p2", scheduled_at=None),
    )
    listing = scene.world.listing.id
    scene.then(10 * _MINUTE, lambda: change_listing(scene.world.ports, listing, status=ListingStatus.SOLD))


def handed_over(scene: Scene) -> None:
    """A phone rings, and its agent posts."""
    device = phone(scene.world, scene.world.agent)
    _task(scene)
    says = (PhoneSays.OPENED, PhoneSays.SHARED, PhoneSays.CONFIRMED)
    for minutes, said in enumerate(says, start=2):
        scene.then(minutes * _MINUTE, partial(_hear, scene, device, said))


def polled_for(scene: Scene) -> None:
    """No push reaches the phone, but it asks for its tasks."""
    device = phone(scene.world, scene.world.agent)
    scene.world.notifier.answer = Rung(retry_after=_HOUR)
    _task(scene)
    scene.then(2 * _MINUTE, lambda: _poll(scene))
    scene.then(3 * _MINUTE, lambda: scene.hear(_post(scene), device, PhoneSays.CONFIRMED))


def _poll(scene: Scene) -> None:
    with changing(scene.world.ports) as change:
        polled(change, scene.world.agent.id, who="phone")


def reminded(scene: Scene) -> None:
    """Nobody answers: the phones ring again, the agent is written to, and it is cancelled."""
    scene.lasts = 2 * _HOUR
    phone(scene.world, scene.world.agent)
    phone(scene.world, scene.world.agent)
    _task(scene)
    scene.then(_HOUR, lambda: cancel_post(scene.world.ports, _post(scene).id))


def expired(scene: Scene) -> None:
    """Nobody answers at all."""
    phone(scene.world, scene.world.agent)
    _task(scene)
    scene.lasts = 26 * _HOUR


def passed_on(scene: Scene) -> None:
    """Nobody opens it, so it passes to a colleague, who posts."""
    scene.lasts = 2 * _HOUR
    rui = colleague(scene.world)
    phone(scene.world, scene.world.agent)
    device = phone(scene.world, rui)
    shared = group(scene.world)
    scene.then(_NOW, lambda: scene.world.plan(shared, scheduled_at=None))
    scene.then(90 * _MINUTE, lambda: scene.hear(_post(scene), device, PhoneSays.CONFIRMED))


def reassigned(scene: Scene) -> None:
    """An operator gives it to a colleague."""
    rui = colleague(scene.world)
    phone(scene.world, scene.world.agent)
    device = phone(scene.world, rui)
    shared = group(scene.world)
    scene.then(_NOW, lambda: scene.world.plan(shared, scheduled_at=None))
    scene.then(
        2 * _MINUTE,
        lambda: reassign(scene.world.ports, scene.world.delivery(_post(scene)).id, rui.id),
    )
    scene.then(10 * _MINUTE, lambda: scene.hear(_post(scene), device, PhoneSays.CONFIRMED))


def watched(scene: Scene) -> None:
    """The day's tasks are summed up in the morning, a silent phone is told of, an old event forgotten."""
    device = phone(scene.world, scene.world.agent)
    scene.world.ports = replace(scene.world.ports, morning_at=time(8, 0))
    with changing(scene.world.ports) as change:
        watch_over(change, scene.world.agent)
        change.tx.add(_old_event(device, change.now - 40 * _DAY))
    later = (scene.world.clock.now() + 26 * _HOUR).isoformat()
    scene.then(_NOW, lambda: scene.world.plan(scene.world.whatsapp, scheduled_at=later))
    scene.then(27 * _HOUR, lambda: cancel_post(scene.world.ports, _post(scene).id))
    scene.lasts = 80 * _HOUR


def _old_event(device: Device, at: datetime) -> PhoneEvent:
    return PhoneEvent(
        id=f"{device.id}:k",
        device_id=device.id,
        delivery_id="d",
        body_hash="h",
        status=200,
        answer={},
        at=at,
    )


FLOWS: Mapping[str, Flow] = {
    "automatic": Flow(automatic, (_S.PUBLISHED,)),
    "edited": Flow(edited, (_S.PUBLISHED,)),
    "recalled": Flow(recalled, (_S.CANCELLED,), begins_as="automatic"),
    "rescheduled": Flow(rescheduled, (_S.PUBLISHED,), begins_as="automatic"),
    "cancelled": Flow(cancelled, (_S.CANCELLED,), begins_as="automatic"),
    "late": Flow(late, (_S.PUBLISHED,)),
    "unproven": Flow(unproven, (_S.PUBLISHED,)),
    "unanswered": Flow(unanswered, (_S.CANCELLED,)),
    "failed": Flow(failed, (_S.FAILED,)),
    "sick": Flow(sick, (_S.PUBLISHED,), Timings()),
    "held": Flow(held, (_S.PUBLISHED,), begins_as="automatic"),
    "restored": Flow(restored, (_S.PUBLISHED,), begins_as="automatic"),
    "unapproved": Flow(unapproved, (_S.MISSED,)),
    "approved": Flow(approved, (_S.PUBLISHED,)),
    "withdrawn": Flow(withdrawn, (_S.CANCELLED, _S.CANCELLED)),
    "handed_over": Flow(handed_over, (_S.PUBLISHED,)),
    "polled_for": Flow(polled_for, (_S.PUBLISHED,)),
    "reminded": Flow(reminded, (_S.CANCELLED,)),
    "expired": Flow(expired, (_S.MISSED,)),
    "passed_on": Flow(passed_on, (_S.PUBLISHED,), replace(_CALM, reassign_after=_HOUR)),
    "reassigned": Flow(reassigned, (_S.PUBLISHED,)),
    "watched": Flow(watched, (_S.CANCELLED,)),
}
