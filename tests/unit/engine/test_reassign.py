"""Passing on: a shared channel's task may go to a colleague; a person's account stays its owner's."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.commands.handover import PhoneSays
from postengine.engine.commands.hold import place_hold
from postengine.engine.commands.reassign import reassign, resend
from postengine.engine.commands.register import register_agent, register_channel, register_tenant
from postengine.engine.ledger.change import changing
from postengine.engine.ledger.compose import scene_of, words_of
from postengine.engine.posts.agent import Device, PushKind
from postengine.engine.posts.errors import Conflict, Invalid, NotFound
from postengine.engine.posts.hours import WeeklyHours, Window
from postengine.engine.posts.post import Content, Post
from postengine.engine.posts.record import HistoryEntry
from postengine.engine.posts.states import DeliveryState, HoldScope
from postengine.engine.posts.timings import Timings

from .handovers import colleague, group, phone, rings, tell
from .world import World

_S = DeliveryState
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def patient(tmp_path: Path) -> World:
    """A world where a shared task passes on after an hour."""
    return World(tmp_path, Timings(reassign_after=HOUR))


def _task(world: World, **changes: object) -> Post:
    content = Content(caption="Call {agent.name}", media=())
    post = world.plan(group(world), scheduled_at=None, content=content, **changes)  # type: ignore[arg-type]
    world.run()
    return post


def _conflict(world: World, post: Post, agent_id: str) -> str:
    with pytest.raises(Conflict) as caught:
        reassign(world.ports, world.delivery(post).id, agent_id)
    return caught.value.code


def test_an_operator_passes_a_task_to_a_colleague_and_the_first_phone_is_told_before(world: World) -> None:
    ana_phone = phone(world, world.agent)
    post = _task(world)
    rui = colleague(world)
    rui_phone = phone(world, rui)
    world.notifier.rung.clear()

    reassign(world.ports, world.delivery(post).id, rui.id, who="api:office")
    world.run()

    assert [(id_, ring.kind) for id_, ring in world.notifier.rung] == [
        (ana_phone.id, "task_closed"),
        (rui_phone.id, "manual_task"),
    ]
    delivery = world.delivery(post)
    assert (delivery.state, delivery.agent_id) == (_S.NOTIFIED, rui.id)
    assert delivery.former_agent_ids == (world.agent.id,)
    assert "passed to Rui" in world.why(post)


def test_the_words_stay_those_of_the_first_agent(world: World) -> None:
    post = _task(world)
    first = colleague(world)

    for agent in (first, colleague(world, "Eva"), world.agent, first):
        reassign(world.ports, world.delivery(post).id, agent.id)

    delivery = world.delivery(post)
    with changing(world.ports) as change:
        assert words_of(scene_of(change, delivery)).text == "Call Ana"
    assert first.id not in (delivery.former_agent_ids or ())
    assert world.agent.id in (delivery.former_agent_ids or ())


@pytest.mark.parametrize("kind", ["whatsapp_status", "tiktok_personal"])
def test_a_personal_channel_never_leaves_its_owner(world: World, kind: str) -> None:
    own = register_channel(
        world.ports, world.tenant.id, kind, kind=kind, name="Ana's own", agent_id=world.agent.id
    )
    post = world.plan(own, scheduled_at=None)

    assert _conflict(world, post, colleague(world).id) == "personal_channel"
    assert world.delivery(post).agent_id == world.agent.id


def test_a_row_that_says_it_is_shared_makes_no_personal_channel_leave_its_owner(patient: World) -> None:
    rui = colleague(patient)
    phone(patient, rui)
    patient.change(type(patient.whatsapp), patient.whatsapp, is_shared=True)
    post = patient.plan(patient.whatsapp, scheduled_at=None)

    patient.run(5 * HOUR, timedelta(minutes=10))

    assert patient.delivery(post).agent_id == patient.agent.id
    assert patient.notifier.rung == []
    assert _conflict(patient, post, rui.id) == "personal_channel"


def test_a_channel_that_is_not_shared_is_not_passed_on(world: World) -> None:
    post = world.plan(group(world, is_shared=False), scheduled_at=None)

    assert _conflict(world, post, colleague(world).id) == "not_shared"


def test_who_has_it_cannot_get_it(world: World) -> None:
    assert _conflict(world, _task(world), world.agent.id) == "has_it"


def test_an_agent_of_another_agency_is_no_colleague(world: World) -> None:
    rival = register_tenant(world.ports, "rival", name="Rival", zone="Europe/Madrid")
    stranger = register_agent(world.ports, rival.id, "eva", name="Eva")
    post = _task(world)

    with pytest.raises(Invalid, match="another tenant"):
        reassign(world.ports, world.delivery(post).id, stranger.id)
    with pytest.raises(NotFound):
        reassign(world.ports, world.delivery(post).id, "nobody")


def test_what_is_published_or_automatic_is_not_passed_on(world: World) -> None:
    post = _task(world)
    tell(world, post, PhoneSays.CONFIRMED)
    automatic = world.plan(world.instagram, external_id="p2")

    assert _conflict(world, post, colleague(world).id) == "already_published"
    assert _conflict(world, automatic, colleague(world).id) == "not_manual"


@pytest.mark.parametrize("end", [_S.DECLINED, _S.MISSED, _S.CANCELLED])
def test_a_task_that_came_to_nothing_is_handed_to_a_colleague_anew(world: World, end: DeliveryState) -> None:
    post = _task(world)
    if end is _S.DECLINED:
        tell(world, post, PhoneSays.DECLINED, reason="ill")
    elif end is _S.CANCELLED:
        cancel_post(world.ports, post.id)
    else:
        world.run(timedelta(hours=25), HOUR)
    assert world.delivery(post).state is end
    rui = colleague(world)
    phone(world, rui)

    reassign(world.ports, world.delivery(post).id, rui.id)
    world.run()

    delivery = world.delivery(post)
    assert (delivery.state, delivery.agent_id, delivery.occurrence) == (_S.NOTIFIED, rui.id, 2)
    assert delivery.miss_at == world.clock.now() + timedelta(hours=24)


def test_a_shared_task_that_nobody_opens_passes_by_itself_to_the_colleague_heard_of_last(
    patient: World,
) -> None:
    ana_phone = phone(patient, patient.agent)
    rui, eva = colleague(patient), colleague(patient, "Eva")
    phone(patient, rui, seen_at=patient.clock.now() - HOUR)
    eva_phone = phone(patient, eva)
    post = _task(patient)

    patient.run(59 * MINUTE, MINUTE)
    before = patient.delivery(post).agent_id
    patient.notifier.rung.clear()
    patient.run(MINUTE, MINUTE)

    assert before == patient.agent.id
    assert patient.delivery(post).agent_id == eva.id
    assert [(id_, ring.kind) for id_, ring in patient.notifier.rung] == [
        (ana_phone.id, "task_closed"),
        (eva_phone.id, "manual_task"),
    ]
    patient.run(HOUR, MINUTE)
    assert patient.delivery(post).agent_id == rui.id


def test_by_default_nothing_passes_by_itself(world: World) -> None:
    phone(world, colleague(world))
    post = _task(world)

    world.run(timedelta(hours=23), timedelta(minutes=10))

    assert world.delivery(post).agent_id == world.agent.id


def test_a_task_that_somebody_has_opened_stays_where_it_is(patient: World) -> None:
    device = phone(patient, patient.agent)
    phone(patient, colleague(patient))
    post = _task(patient)
    tell(patient, post, PhoneSays.OPENED, device)

    patient.run(5 * HOUR, timedelta(minutes=10))

    assert patient.delivery(post).agent_id == patient.agent.id


def test_a_task_that_was_put_off_stays_where_it_is(patient: World) -> None:
    device = phone(patient, patient.agent)
    phone(patient, colleague(patient))
    post = _task(patient)
    tell(patient, post, PhoneSays.SNOOZED, device, snooze_until=patient.clock.now() + 2 * HOUR)

    patient.run(90 * MINUTE, timedelta(minutes=10))

    assert patient.delivery(post).state is _S.NOTIFIED
    assert patient.delivery(post).agent_id == patient.agent.id


def test_a_task_that_rang_nowhere_passes_on_too(patient: World) -> None:
    rui = colleague(patient)
    phone(patient, rui)
    post = _task(patient)

    patient.run(HOUR + 6 * MINUTE, MINUTE)

    assert (patient.delivery(post).agent_id, patient.delivery(post).state) == (rui.id, _S.NOTIFIED)
    assert "no_device" not in patient.alerts()


def test_without_a_colleague_the_operator_is_told_and_it_is_tried_again(patient: World) -> None:
    phone(patient, patient.agent)
    post = _task(patient)
    patient.run(HOUR, MINUTE)
    told = patient.alerts()
    rui = colleague(patient)
    phone(patient, rui)

    patient.run(HOUR, MINUTE)

    assert "no_colleague" in told
    assert patient.delivery(post).agent_id == rui.id
    assert "no_colleague" not in patient.alerts()


def test_a_colleague_who_sleeps_is_not_asked(patient: World) -> None:
    afternoons = WeeklyHours(tuple(Window(day, time(14), time(18)) for day in range(7)))
    rui = colleague(patient, waking_hours=afternoons)
    phone(patient, rui)
    post = _task(patient)  # at 9

    patient.run(4 * HOUR, timedelta(minutes=10))
    asleep = patient.delivery(post).agent_id
    patient.run(2 * HOUR, timedelta(minutes=10))

    assert asleep == patient.agent.id
    assert patient.delivery(post).agent_id == rui.id


def test_under_a_hold_nothing_passes_on(patient: World) -> None:
    phone(patient, patient.agent)
    phone(patient, colleague(patient))
    post = _task(patient)
    place_hold(patient.ports, HoldScope.SERVICE)

    patient.run(5 * HOUR, timedelta(minutes=10))

    assert patient.delivery(post).agent_id == patient.agent.id


def test_a_yes_of_the_first_agent_still_counts_and_closes_the_colleagues_task(world: World) -> None:
    ana_phone, rui = phone(world, world.agent), colleague(world)
    rui_phone = phone(world, rui)
    post = _task(world)
    reassign(world.ports, world.delivery(post).id, rui.id)
    world.run()
    world.notifier.rung.clear()

    tell(world, post, PhoneSays.CONFIRMED, ana_phone)
    world.run()

    delivery = world.delivery(post)
    assert (delivery.state, delivery.reason) == (_S.PUBLISHED, "confirmed by an agent who had it before")
    assert [(id_, ring.kind) for id_, ring in world.notifier.rung] == [(rui_phone.id, "task_closed")]


def test_a_yes_of_both_agents_is_refused_to_the_second_and_shown_to_the_operator(world: World) -> None:
    ana_phone, rui = phone(world, world.agent), colleague(world)
    rui_phone = phone(world, rui)
    post = _task(world)
    reassign(world.ports, world.delivery(post).id, rui.id)
    tell(world, post, PhoneSays.CONFIRMED, rui_phone)

    with pytest.raises(Conflict, match="has passed to a colleague"):
        tell(world, post, PhoneSays.CONFIRMED, ana_phone)

    assert world.delivery(post).state is _S.PUBLISHED


@pytest.mark.parametrize("says", [PhoneSays.DECLINED, PhoneSays.SNOOZED])
def test_a_no_of_the_first_agent_no_longer_counts(world: World, says: PhoneSays) -> None:
    ana_phone, post = phone(world, world.agent), _task(world)
    reassign(world.ports, world.delivery(post).id, colleague(world).id)

    with pytest.raises(Conflict):
        tell(world, post, says, ana_phone)

    assert world.delivery(post).state is _S.PLANNED


def test_what_else_the_first_phone_tells_is_noted_and_moves_nothing(world: World) -> None:
    ana_phone, post = phone(world, world.agent), _task(world)
    reassign(world.ports, world.delivery(post).id, colleague(world).id)

    tell(world, post, PhoneSays.SHARED, ana_phone)

    assert world.delivery(post).state is _S.PLANNED
    assert "shared, by an agent who had it before" in world.why(post)


def test_a_task_is_rung_once_more_when_an_operator_asks(world: World) -> None:
    device = phone(world, world.agent)
    post = _task(world)
    world.run(2 * MINUTE, MINUTE)

    resend(world.ports, world.delivery(post).id)
    world.run()

    assert rings(world) == [device.id, device.id]
    assert world.delivery(post).reminders == 0
    world.run(3 * MINUTE, MINUTE)
    assert len(rings(world)) == 3


def test_ringing_once_more_where_no_phone_rings_is_not_told_as_rung(world: World) -> None:
    device = phone(world, world.agent)
    post = world.plan(group(world), scheduled_at=None)
    world.run()
    world.change(Device, device, push_kind=PushKind.NONE, push_address="")

    resend(world.ports, world.delivery(post).id)
    world.run()

    told = [entry.why for entry in world.rows(HistoryEntry, subject_id=world.delivery(post).id)]
    assert "no phone could be rung again" in told
    assert not [why for why in told if why.startswith("rung again")]


def test_a_task_that_waits_for_a_phone_is_tried_at_once(world: World) -> None:
    post = _task(world)
    world.run(10 * MINUTE, MINUTE)
    phone(world, world.agent)

    resend(world.ports, world.delivery(post).id)
    world.run()

    assert world.delivery(post).state is _S.NOTIFIED


def test_what_is_not_due_held_ended_or_automatic_is_not_resent(world: World) -> None:
    ended, held = _task(world), _task(world, external_id="p2")
    coming = world.plan(group(world), external_id="p3")
    automatic = world.plan(world.instagram, external_id="p4")
    tell(world, ended, PhoneSays.DECLINED)
    place_hold(world.ports, HoldScope.DELIVERY, world.delivery(held).id)
    codes: list[str] = []

    for post in (ended, held, coming, automatic):
        with pytest.raises(Conflict) as caught:
            resend(world.ports, world.delivery(post).id)
        codes.append(caught.value.code)

    assert codes == ["not_open", "held", "not_due", "not_manual"]


def test_an_operator_may_say_that_a_declined_task_was_posted_after_all(world: World) -> None:
    post = _task(world)
    tell(world, post, PhoneSays.DECLINED)

    decide(world.ports, world.delivery(post).id, Decision.PUBLISHED, release_url="https://fb.test/1")

    assert world.delivery(post).release_url == "https://fb.test/1"
