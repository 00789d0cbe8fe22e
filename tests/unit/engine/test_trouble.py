"""Trouble is read from the rows: each kind is made by the engine, and goes away by what its remedy says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from postengine import Trouble, trouble
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.commands.register import register_account, register_tenant
from postengine.engine.ledger.change import changing
from postengine.engine.ledger.moving import take
from postengine.engine.ledger.watches import watch_over
from postengine.engine.posts.agent import Device
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.checkup import Checkup
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.post import Content, MediaItem, MediaKind, Post
from postengine.engine.posts.record import Alert, Mark
from postengine.engine.posts.states import DeliveryState, HoldReason, HoldScope, Step
from postengine.engine.posts.tenant import Account
from postengine.engine.posts.timings import Timings
from postengine.engine.posts.watch import Watch
from postengine.engine.schedule.claim import claim_due
from postengine.engine.trouble.kinds import KINDS
from postengine.engine.trouble.processes import CRON_SILENT_AFTER, expect_cron, note_clock
from postengine.engine.trouble.value import Gravity, TroubleCode
from postengine.testing.clock import FakeClock
from postengine.testing.postiz import Fault, PublishFailure

from .handovers import phone
from .world import World

C = TroubleCode
SRC = Path(__file__).parents[3] / "src" / "postengine"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SECOND = timedelta(seconds=1)
_CARD = MediaItem(kind=MediaKind.CARD)


def _codes(world: World) -> set[TroubleCode]:
    return {one.code for one in trouble(world.store, world.ports.timings)}


def _only(world: World, code: TroubleCode) -> Trouble:
    (found,) = [one for one in trouble(world.store, world.ports.timings) if one.code is code]
    return found


def _staged(world: World, *, before: timedelta = timedelta(seconds=301)) -> Post:
    post = world.plan()
    world.run()
    world.run_until(post.scheduled_at - before)
    return post


def _crash(world: World) -> None:
    """Let five workers die in a row, and the sixth claim find that out."""
    for _ in range(world.ports.timings.crash_limit):
        for _, message in claim_due(world.ports):
            kinds = {"asset": Asset, "delivery": Delivery, "checkup": Checkup, "watch": Watch}
            take(world.ports, kinds[message.kind], message.id, message.fence)
        world.clock.advance(world.ports.timings.lease)
    claim_due(world.ports)


def test_an_installation_where_all_goes_well_has_none(world: World) -> None:
    post = world.plan(world.instagram, after=HOUR)

    world.run_until(post.scheduled_at + HOUR)

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert trouble(world.store) == []


def test_work_whose_workers_keep_dying_is_quarantined_until_its_hold_is_released(world: World) -> None:
    post = world.plan()
    world.draw()
    _crash(world)

    shown = _only(world, C.QUARANTINED)
    release_hold(world.ports, world.rows(Hold)[0].id)

    assert (shown.subject, shown.subject_id) == ("delivery", world.delivery(post).id)
    assert (shown.tenant_id, shown.gravity) == (world.tenant.id, Gravity.GRAVE)
    assert shown.what.startswith("5 workers died at stage")
    assert "release the hold" in shown.remedy
    assert C.QUARANTINED not in _codes(world)


def test_a_picture_that_kills_its_workers_is_trouble_until_it_is_made(world: World) -> None:
    post = world.plan()
    _crash(world)
    shown = _only(world, C.QUARANTINED)

    edit_post(world.ports, post.id, PostChanges(content=world.badge("NEW")))
    edit_post(world.ports, post.id, PostChanges(content=Content(caption="x", media=(_CARD,))))
    world.run()

    assert shown.subject == "asset"
    assert shown.evidence == ("it is failed: 5 workers died while rendering it",)
    assert world.delivery(post).state is DeliveryState.STAGED
    assert C.QUARANTINED not in _codes(world)


def test_a_look_at_channels_that_kills_its_workers_is_trouble_until_a_look_ends(world: World) -> None:
    post = _staged(world, before=DAY / 24)
    (checkup,) = world.rows(Checkup)
    world.clock.set(checkup.act_at or world.clock.now())
    _crash(world)
    shown = _only(world, C.QUARANTINED)

    world.run(world.ports.timings.check_every)

    assert (shown.subject, shown.subject_id) == ("account", world.account.id)
    assert world.delivery(post).next_step is Step.PROMOTE
    assert C.QUARANTINED not in _codes(world)


def test_a_watch_that_kills_its_workers_is_trouble_until_a_watch_ends(world: World) -> None:
    phone(world, world.agent)
    with changing(world.ports) as change:
        watch_over(change, world.agent)
    world.clock.set(world.rows(Watch)[0].act_at or world.clock.now())
    _crash(world)
    shown = _only(world, C.QUARANTINED)

    world.run(world.ports.timings.watch_every, HOUR)

    assert (shown.subject, shown.subject_id) == ("agent", world.agent.id)
    assert C.QUARANTINED not in _codes(world)


def test_what_nobody_knows_shows_what_was_sent_and_seen_until_it_is_decided(world: World) -> None:
    post = _staged(world)
    world.run(2 * SECOND)
    draft = world.draft(post)
    world.fake.hand.delete(draft.id)
    world.run_until(post.scheduled_at + 5 * MINUTE)

    shown = _only(world, C.NEEDS_DECISION)
    decide(world.ports, shown.subject_id, Decision.PUBLISHED)

    told = "\n".join(shown.evidence)
    assert shown.evidence[0] == (
        f'"3 Bedroom Apartment" on Instagram (instagram), due {post.scheduled_at:%Y-%m-%d %H:%M:%S} UTC'
    )
    assert re.search(r"UTC create of \S+: done", told)
    assert f"promote of {draft.id}: done" in told
    assert f"made at Postiz: {draft.id} for" in told
    assert re.search(r"seen at Postiz \S+ \S+ UTC: absent", told)
    assert "decide" in shown.remedy
    assert C.NEEDS_DECISION not in _codes(world)


def test_what_was_fenced_off_before_is_part_of_the_evidence(world: World) -> None:
    post = _staged(world)
    first = world.draft(post)
    world.fake.faults.add(Fault(kind="drop_after", method="PUT", path="/posts"))
    world.run(MINUTE)
    world.fake.hand.delete(world.draft(post).id)
    world.run_until(post.scheduled_at + 5 * MINUTE)

    shown = _only(world, C.NEEDS_DECISION)

    told = "\n".join(shown.evidence)
    assert f"promote of {first.id}: unanswered" in told
    assert f"made at Postiz: {first.id}, seen gone" in told


def test_what_is_being_sent_again_is_no_longer_to_be_decided(world: World) -> None:
    post = _staged(world)
    world.run(2 * SECOND)
    world.fake.hand.delete(world.draft(post).id)
    world.run_until(post.scheduled_at + 5 * MINUTE)

    decide(world.ports, _only(world, C.NEEDS_DECISION).subject_id, Decision.SEND_AGAIN)

    assert C.NEEDS_DECISION not in _codes(world)
    assert "needs_decision" not in world.alerts()


def test_an_open_breaker_is_trouble_until_a_promote_is_proven(world: World) -> None:
    post = _staged(world)
    world.fake.faults.add(Fault(kind="slow", method="PUT", delay_s=6, times=3))
    world.run(2 * SECOND)

    shown = _only(world, C.BREAKER_OPEN)
    world.run_until(post.scheduled_at + MINUTE)

    assert (shown.subject, shown.subject_id, shown.tenant_id) == ("account", world.account.id, None)
    assert shown.evidence[1] == "1 wait to be promoted"
    assert C.BREAKER_OPEN not in _codes(world)
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_a_used_up_budget_is_trouble_until_the_time_it_names(world: World) -> None:
    world.fake.faults.add(Fault(kind="429", method="POST", path="/posts$", delay_s=1800))
    begun = world.clock.now()
    world.plan()
    world.run()

    shown = _only(world, C.BUDGET_EXHAUSTED)
    world.run(31 * MINUTE, MINUTE)

    until = begun + timedelta(seconds=1800)
    assert f"until {until:%Y-%m-%d %H:%M:%S} UTC" in shown.what
    assert shown.evidence == ("it has refused, and named the wait", "1 wait to be staged")
    assert C.BUDGET_EXHAUSTED not in _codes(world)


def test_a_budget_spent_by_our_own_count_says_how_much_of_it(world: World) -> None:
    begun = world.clock.now()
    for number in range(4):
        world.plan(external_id=f"p{number}", after=20 * MINUTE)
    world.run(SECOND)
    world.change(Account, world.account, budget_limit=4)

    shown = _only(world, C.BUDGET_EXHAUSTED)
    world.run(HOUR, MINUTE)

    assert shown.evidence[0] == f"4 of 4 in the hour that began {begun:%Y-%m-%d %H:%M:%S} UTC"
    assert C.BUDGET_EXHAUSTED not in _codes(world)


def test_what_was_missed_is_trouble_until_it_is_planned_anew(world: World) -> None:
    post = world.plan(after=MINUTE)
    world.clock.advance(DAY)
    world.run()

    shown = _only(world, C.MISSED)
    decide(world.ports, shown.subject_id, Decision.SEND_AGAIN)

    assert shown.subject_id == world.delivery(post).id
    assert "3 Bedroom Apartment" in shown.evidence[0]
    assert C.MISSED not in _codes(world)
    assert "missed" not in world.alerts()


def test_what_was_missed_and_is_dropped_is_no_trouble_once_its_alert_is_cleared(world: World) -> None:
    world.plan(after=MINUTE)
    world.clock.advance(DAY)
    world.run()
    shown = _only(world, C.MISSED)

    with changing(world.ports) as change:
        change.clear_alert(shown.code, shown.subject_id)

    assert C.MISSED not in _codes(world)


def test_what_failed_is_trouble_until_it_is_sent_again(world: World) -> None:
    world.fake.fail_publish(PublishFailure())
    post = _staged(world)
    world.run_until(post.scheduled_at + 5 * MINUTE)

    shown = _only(world, C.FAILED)
    decide(world.ports, shown.subject_id, Decision.SEND_AGAIN)

    assert shown.what == world.rows(Alert, code="failed")[0].message
    assert C.FAILED not in _codes(world)


def test_what_failed_and_came_out_after_all_is_no_trouble(world: World) -> None:
    world.fake.fail_publish(PublishFailure())
    post = _staged(world)
    world.run_until(post.scheduled_at + 5 * MINUTE)
    before = _codes(world)
    world.draft(post).state = "PUBLISHED"

    world.run(HOUR, MINUTE)

    assert C.FAILED in before
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert trouble(world.store) == []


@pytest.mark.parametrize("reason", [HoldReason.PAUSED, HoldReason.DRAFTS_ONLY, HoldReason.UNAPPROVED])
@pytest.mark.parametrize("scope", [HoldScope.SERVICE, HoldScope.TENANT, HoldScope.CHANNEL, HoldScope.POST])
def test_a_hold_is_trouble_only_while_it_keeps_back_what_is_due(
    world: World, reason: HoldReason, scope: HoldScope
) -> None:
    post = world.plan()
    ids = {HoldScope.TENANT: world.tenant.id, HoldScope.CHANNEL: world.instagram.id, HoldScope.POST: post.id}
    hold = place_hold(world.ports, scope, ids.get(scope, "*"), reason=reason, note="fair", who="bo")
    world.run_until(post.scheduled_at - MINUTE)
    early = _codes(world)
    world.run(2 * MINUTE)

    shown = _only(world, C.HELD)
    release_hold(world.ports, hold.id)

    assert C.HELD not in early
    assert (shown.subject, shown.subject_id) == ("hold", hold.id)
    assert shown.what == f"{reason} (fair), placed by bo: 1 waiting past their time"
    assert "missed at" in shown.evidence[0]
    assert shown.since == post.scheduled_at
    assert C.HELD not in _codes(world)


def test_what_many_wait_for_names_the_first_and_the_number(world: World) -> None:
    for number in range(7):
        world.plan(external_id=f"p{number}", after=MINUTE)
    place_hold(world.ports, HoldScope.SERVICE, reason=HoldReason.PAUSED)
    world.run(2 * MINUTE)

    shown = _only(world, C.HELD)

    assert len(shown.evidence) == 6
    assert shown.evidence[-1] == "and 2 more"


def test_a_hold_on_one_delivery_covers_it_alone(world: World) -> None:
    post = world.plan(after=MINUTE)
    place_hold(world.ports, HoldScope.DELIVERY, world.delivery(post).id, reason=HoldReason.PAUSED)

    world.run(2 * MINUTE)

    assert _only(world, C.HELD).tenant_id == world.tenant.id


def test_a_persons_hand_in_postiz_is_trouble_until_the_hold_is_released(world: World) -> None:
    post = world.plan()
    world.run()
    world.fake.hand.move(world.draft(post).id, post.scheduled_at - HOUR)
    world.run_until(post.scheduled_at - 4 * MINUTE)

    shown = _only(world, C.HAND)
    at = (post.scheduled_at + 30 * MINUTE).isoformat()
    edit_post(world.ports, post.id, PostChanges(scheduled_at=at))
    release_hold(world.ports, world.rows(Hold)[0].id)

    assert "earlier than planned here" in shown.what
    assert C.HAND not in _codes(world)


def test_a_restored_database_is_trouble_until_its_hold_is_released(world: World) -> None:
    hold = place_hold(world.ports, HoldScope.SERVICE, reason=HoldReason.RESTORED)
    shown = _only(world, C.RESTORED)

    release_hold(world.ports, hold.id)

    assert shown.gravity is Gravity.GRAVE
    assert trouble(world.store) == []


def test_a_copied_database_is_told_of_once(world: World) -> None:
    place_hold(world.ports, HoldScope.SERVICE, reason=HoldReason.RESTORED, note="copied")
    with changing(world.ports) as change:
        change.alert("another_installation", "service", "*", "copied")

    assert _codes(world) == {C.ANOTHER_INSTALLATION}


def test_a_servers_clock_that_is_off_is_trouble_until_it_is_set(world: World) -> None:
    post = _staged(world)
    world.fake.skew = timedelta(seconds=-9)
    world.run(2 * SECOND)

    shown = _only(world, C.CLOCK_SKEW)
    world.fake.skew = timedelta(0)
    world.run_until(post.scheduled_at + MINUTE)

    assert "9 s off the store's" in shown.what
    assert shown.subject_id == world.account.id
    assert C.CLOCK_SKEW not in _codes(world)
    assert "clock_skew" not in world.alerts()


def test_a_clock_that_is_set_by_less_than_a_second_into_the_limit_is_noticed(world: World) -> None:
    post = _staged(world)
    world.fake.skew = timedelta(seconds=6)
    world.run(2 * SECOND)
    before = _codes(world)
    world.fake.skew = timedelta(seconds=5)

    world.run_until(post.scheduled_at + MINUTE)

    assert C.CLOCK_SKEW in before
    assert C.CLOCK_SKEW not in _codes(world)


def test_a_hosts_clock_that_is_off_is_trouble_until_it_is_set(world: World) -> None:
    host = FakeClock(world.clock.now() + timedelta(seconds=61))
    ports = replace(world.ports, clock=host, owner="worker-7:4711")
    note_clock(ports)
    first = _only(world, C.CLOCK_SKEW)
    world.clock.advance(MINUTE)
    host.advance(MINUTE)
    note_clock(ports)

    later = _only(world, C.CLOCK_SKEW)
    host.set(world.clock.now())
    note_clock(ports)

    assert (first.subject, first.subject_id) == ("host", "worker-7")
    assert "+61.0 s off" in first.what
    assert later.since == first.since
    assert C.CLOCK_SKEW not in _codes(world)


def test_a_host_that_is_not_heard_of_any_more_is_forgotten(world: World) -> None:
    note_clock(replace(world.ports, clock=FakeClock(world.clock.now() + HOUR), owner="gone:1"))
    before = _codes(world)

    world.clock.advance(5 * MINUTE)

    assert C.CLOCK_SKEW in before
    assert trouble(world.store) == []


def test_a_cron_that_never_came_is_trouble_after_two_minutes(world: World) -> None:
    for _ in range(2):
        with world.store.transaction() as tx:
            expect_cron(tx)
    world.clock.advance(CRON_SILENT_AFTER - SECOND)
    patient = _codes(world)
    world.clock.advance(SECOND)

    shown = _only(world, C.CRON_SILENT)

    assert patient == set()
    assert shown.evidence == ("none was ever seen",)


def test_a_backend_with_its_own_timer_has_no_silent_cron(world: World) -> None:
    world.clock.advance(DAY)

    assert trouble(world.store) == []


def test_a_silent_phone_is_trouble_until_it_is_heard_of(world: World) -> None:
    device = phone(world, world.agent)
    with changing(world.ports) as change:
        watch_over(change, world.agent)
    world.run(3 * DAY + 6 * HOUR, HOUR)

    shown = _only(world, C.PHONE_SILENT)
    world.change(Device, device, last_seen_at=world.clock.now())

    assert (shown.subject_id, shown.gravity) == (device.id, Gravity.SLIGHT)
    assert shown.evidence[0].startswith("last heard of ")
    assert C.PHONE_SILENT not in _codes(world)


def test_a_silent_phone_that_is_revoked_is_no_trouble(world: World) -> None:
    device = phone(world, world.agent)
    with changing(world.ports) as change:
        watch_over(change, world.agent)
    world.run(3 * DAY + 6 * HOUR, HOUR)

    world.change(Device, device, revoked_at=world.clock.now())

    assert C.PHONE_SILENT not in _codes(world)


def test_a_sick_channel_is_trouble_until_it_is_connected_anew(world: World) -> None:
    post = world.plan()
    world.run()
    world.fake.hand.disable("int-ig")
    world.run(16 * MINUTE, MINUTE)

    shown = _only(world, C.CHANNEL_SICK)
    world.fake.hand.reconnect("int-ig")
    world.run_until(post.scheduled_at + MINUTE)

    assert (shown.subject, shown.subject_id) == ("channel", world.instagram.id)
    assert (shown.tenant_id, shown.gravity) == (world.tenant.id, Gravity.SERIOUS)
    assert "switched off" in shown.what
    assert "3 Bedroom Apartment" in shown.evidence[0]
    assert C.CHANNEL_SICK not in _codes(world)
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_a_sick_channel_that_nothing_waits_for_says_so(world: World) -> None:
    place_hold(world.ports, HoldScope.CHANNEL, world.instagram.id, reason=HoldReason.SICK)

    assert _only(world, C.CHANNEL_SICK).evidence == ("nothing waits for it yet",)


def test_a_host_whose_clock_is_right_leaves_no_mark(world: World) -> None:
    note_clock(world.ports)

    assert world.rows(Mark) == []


def test_a_refused_key_is_trouble_of_the_account_until_it_is_registered_anew(world: World) -> None:
    _staged(world)
    world.change(Account, world.account, api_key="wrong")
    world.run(5 * SECOND)

    shown = _only(world, C.ACCOUNT_SICK)
    register_account(world.ports, world.account.base_url, "key-of-harbour", account_id=world.account.id)

    assert (shown.subject, shown.subject_id, shown.tenant_id) == (
        "account",
        world.account.id,
        world.tenant.id,
    )
    assert C.ACCOUNT_SICK not in _codes(world)


def test_without_a_phone_a_task_is_trouble_until_one_rings(world: World) -> None:
    post = world.plan(world.whatsapp, after=MINUTE)
    world.run(2 * MINUTE)
    shown = _only(world, C.NO_DEVICE)

    phone(world, world.agent)
    world.run(10 * MINUTE)

    assert shown.subject_id == world.delivery(post).id
    assert C.NO_DEVICE not in _codes(world)


def test_the_gravest_comes_first_and_the_newest_among_equals(world: World) -> None:
    world.plan(external_id="old", after=MINUTE)
    world.clock.advance(DAY)
    world.run()
    world.plan(external_id="new", after=MINUTE)
    world.clock.advance(DAY)
    world.run()
    place_hold(world.ports, HoldScope.SERVICE, reason=HoldReason.RESTORED)

    found = trouble(world.store)

    assert [one.code for one in found] == [C.RESTORED, C.MISSED, C.MISSED]
    assert found[1].since > found[2].since


def test_a_tenant_is_shown_its_own_alone(world: World) -> None:
    other = register_tenant(world.ports, "rival", name="Rival", zone="Europe/Madrid")
    world.plan(after=MINUTE)
    world.clock.advance(DAY)
    world.run()
    place_hold(world.ports, HoldScope.SERVICE, reason=HoldReason.RESTORED)

    own = trouble(world.store, tenant_id=world.tenant.id)

    assert [one.code for one in own] == [C.MISSED]
    assert trouble(world.store, tenant_id=other.id) == []


def test_an_alert_of_an_unknown_code_is_shown_with_it(world: World) -> None:
    with changing(world.ports) as change:
        change.alert("flooded", "cellar", "c1", "water")
        change.alert("flooded", "delivery", "no such one", "water")

    assert _only(world, C.OTHER).what == "flooded: water"


def test_an_alert_that_is_told_again_keeps_its_first_instant(world: World) -> None:
    first = world.clock.now()
    with changing(world.ports) as change:
        change.alert("other", "cellar", "c1", "water")
    world.clock.advance(HOUR)
    with changing(world.ports) as change:
        change.alert("other", "cellar", "c1", "more water")

    assert [(row.at, row.message) for row in world.rows(Alert)] == [(first, "more water")]


def test_every_alert_in_the_engine_has_a_code_with_a_remedy() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in SRC.rglob("*.py"))

    used = set(re.findall(r'change\.alert\(\s*"(\w+)"', text))

    assert len(used) > 20
    assert used <= {code.value for code in TroubleCode}
    assert set(KINDS) == set(TroubleCode)


def test_limits_are_those_of_the_engine(world: World) -> None:
    post = _staged(world)
    world.fake.skew = timedelta(seconds=9)
    world.run(2 * SECOND)

    assert trouble(world.store, Timings(skew_limit=timedelta(seconds=30))) == []
    assert world.delivery(post).due_at == post.scheduled_at
