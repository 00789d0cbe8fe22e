"""The checkup of an account: sick channels are held ahead of their posts, and go on when they are mended."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from postengine.engine.commands.hold import release_hold
from postengine.engine.commands.plan import ChannelUse
from postengine.engine.commands.register import register_channel
from postengine.engine.delivery.perform import perform
from postengine.engine.delivery.sick import hold_sick
from postengine.engine.ledger.change import changing
from postengine.engine.ports import AccountHealth, Answered, ChannelHealth, Publisher
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.checkup import Checkup
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Sick
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import Alert, Attempt, Verb
from postengine.engine.posts.states import DeliveryState, HoldReason, HoldScope, Step
from postengine.engine.posts.tenant import Account
from postengine.engine.schedule.claim import claim_due
from postengine.errors import PostEngineError
from postengine.testing.publisher import PassOn

from .world import World

HEALTHY = ChannelHealth(integration_id="int-ig", provider="instagram", fingerprint="one")
DAY = timedelta(days=1)


class Away(PostEngineError):
    """Nobody answers."""

    retryable = True


@dataclass
class Clinic:
    """What the next looks show."""

    channel: ChannelHealth | None = HEALTHY
    unclear: tuple[str, ...] = ()
    error: PostEngineError | None = None
    link: str | None = "https://insta.test/oauth"
    link_error: PostEngineError | None = None
    since: list[datetime | None] = field(default_factory=list)


class Examined(PassOn):
    """Tells of its channels what the clinic says."""

    def __init__(self, inner: Publisher, clinic: Clinic, world: World) -> None:
        super().__init__(inner)
        self._clinic = clinic
        self._world = world

    def health(self, account: Account, since: datetime | None) -> AccountHealth:  # noqa: ARG002 - the port's
        self._clinic.since.append(since)
        if self._clinic.error is not None:
            raise self._clinic.error
        channels = () if self._clinic.channel is None else (self._clinic.channel,)
        return AccountHealth(
            channels=channels, read_until=self._world.clock.now(), unclear=self._clinic.unclear
        )

    def reconnect_link(self, account: Account, provider: str) -> str | None:  # noqa: ARG002 - the port's
        if self._clinic.link_error is not None:
            raise self._clinic.link_error
        return self._clinic.link


@pytest.fixture
def clinic(world: World) -> Clinic:
    found = Clinic()
    world.ports = replace(world.ports, publisher=Examined(world.ports.publisher, found, world))
    return found


def _holds(world: World) -> list[tuple[HoldScope, str]]:
    rows = world.rows(Hold, reason=HoldReason.SICK, released_at=None)
    return [(hold.scope, hold.scope_id) for hold in rows]


def _staged(world: World) -> Post:
    """Return a post that is staged, a day ahead."""
    post = world.plan(after=DAY)
    world.run(timedelta(seconds=2))
    assert world.delivery(post).state is DeliveryState.STAGED
    return post


def _alert(world: World, code: str) -> str:
    (alert,) = world.rows(Alert, code=code, cleared_at=None)
    return alert.message


def test_channels_are_looked_at_from_a_day_ahead_until_nothing_is_ahead(world: World, clinic: Clinic) -> None:
    post = world.plan(after=2 * DAY)
    world.run(timedelta(hours=23), timedelta(minutes=15))
    assert clinic.since == []

    world.run_until(post.scheduled_at - timedelta(hours=23), timedelta(minutes=5))
    looks = len(clinic.since)
    world.run_until(post.scheduled_at + timedelta(hours=1), timedelta(minutes=5))

    assert looks == 5  # at once when it is staged, then each quarter of an hour
    (checkup,) = world.rows(Checkup)
    assert (checkup.next_step, checkup.act_at) == (None, None)
    assert world.delivery(post).state is DeliveryState.PUBLISHED


@pytest.mark.parametrize(
    ("seen", "says"),
    [
        (None, "Postiz no longer has this channel"),
        (replace(HEALTHY, is_disabled=True), "switched off"),
        (replace(HEALTHY, trouble="Could not refresh your instagram channel"), "Could not refresh"),
    ],
)
def test_a_sick_channel_is_held_and_told_a_day_ahead(
    world: World, clinic: Clinic, seen: ChannelHealth | None, says: str
) -> None:
    clinic.channel = seen

    post = _staged(world)
    world.run(timedelta(seconds=60))  # one that is missing is looked for again before it is believed

    assert _holds(world) == [(HoldScope.CHANNEL, world.instagram.id)]
    told = _alert(world, "channel_sick")
    assert says in told
    assert f"due {post.scheduled_at:%Y-%m-%d %H:%M} UTC" in told
    assert "https://insta.test/oauth" in told
    assert world.delivery(post).next_step is Step.MISS


def test_what_a_sick_channel_held_goes_on_when_it_is_connected_anew(world: World, clinic: Clinic) -> None:
    clinic.channel = replace(HEALTHY, trouble="reconnect it")
    post = _staged(world)
    clinic.channel = HEALTHY
    world.run_until(post.scheduled_at + timedelta(minutes=30), timedelta(minutes=5))
    still_held = _holds(world)

    clinic.channel = replace(HEALTHY, fingerprint="two")
    world.run(timedelta(minutes=20), timedelta(minutes=1))

    assert still_held == [(HoldScope.CHANNEL, world.instagram.id)]  # a look without news heals nothing
    assert _holds(world) == []
    assert world.delivery(post).state is DeliveryState.PUBLISHED  # late, within its grace
    assert "channel_sick" not in world.alerts()


def test_what_is_still_held_at_its_grace_is_missed(world: World, clinic: Clinic) -> None:
    clinic.channel = replace(HEALTHY, is_disabled=True)
    post = _staged(world)

    world.run_until(post.scheduled_at + timedelta(hours=3), timedelta(minutes=5))

    assert world.delivery(post).state is DeliveryState.MISSED
    assert world.fake.network == []


def test_a_channel_that_was_promoted_on_is_recalled(world: World, clinic: Clinic) -> None:
    post = _staged(world)
    world.run_until(post.scheduled_at - timedelta(minutes=30), timedelta(minutes=5))
    world.clock.set(post.scheduled_at - timedelta(minutes=4))
    world.run()
    assert world.delivery(post).state is DeliveryState.PROMOTED
    clinic.channel = replace(HEALTHY, is_disabled=True)
    (checkup,) = world.rows(Checkup)
    world.change(Checkup, checkup, act_at=world.clock.now())

    world.run(timedelta(seconds=5))

    assert world.delivery(post).next_step is Step.MISS
    assert [row.state for row in world.live()] == ["DRAFT"]  # staged anew, which a sick channel may be


@pytest.mark.parametrize("mended", [{"has_published": True}, {"fingerprint": "two"}])
def test_trouble_that_was_mended_before_the_look_holds_nothing(
    world: World, clinic: Clinic, mended: dict[str, object]
) -> None:
    post = _staged(world)
    clinic.channel = replace(HEALTHY, trouble="reconnect it", **mended)  # type: ignore[arg-type]

    world.run(timedelta(minutes=16), timedelta(minutes=1))

    assert _holds(world) == []
    assert world.delivery(post).next_step is Step.PROMOTE


def test_each_look_begins_where_the_last_one_ended(world: World, clinic: Clinic) -> None:
    _staged(world)
    world.run(timedelta(minutes=16), timedelta(minutes=1))

    first, second = clinic.since
    assert first is None
    assert second is not None
    assert world.clock.now() - second > timedelta(minutes=15)


def test_a_look_that_fails_changes_nothing_and_is_repeated(world: World, clinic: Clinic) -> None:
    clinic.error = Away("away")
    post = _staged(world)
    clinic.error = None
    world.run(timedelta(minutes=16), timedelta(minutes=1))

    assert clinic.since == [None, None]
    assert world.delivery(post).next_step is Step.PROMOTE


def test_a_key_that_is_refused_holds_the_account_until_it_is_taken_again(
    world: World, clinic: Clinic
) -> None:
    post = _staged(world)
    clinic.error = Sick(HoldScope.ACCOUNT, "the key is refused")
    world.run(timedelta(minutes=16), timedelta(minutes=1))
    held = _holds(world)

    clinic.error = None
    world.run(timedelta(minutes=16), timedelta(minutes=1))

    assert held == [(HoldScope.ACCOUNT, world.account.id)]
    assert _holds(world) == []
    assert "account_sick" not in world.alerts()
    assert world.delivery(post).next_step is Step.PROMOTE


def test_an_operators_own_hold_is_not_released_by_a_healthy_look(world: World, clinic: Clinic) -> None:
    post = _staged(world)
    with changing(world.ports) as change:
        change.tx.add(
            Hold(
                id="hold-1",
                scope=HoldScope.CHANNEL,
                scope_id=world.instagram.id,
                reason=HoldReason.SICK,
                placed_by="ana",
                from_at=change.now,
                created_at=change.now,
            )
        )

    world.run(timedelta(minutes=16), timedelta(minutes=1))

    assert len(clinic.since) == 2
    assert _holds(world) == [(HoldScope.CHANNEL, world.instagram.id)]
    assert world.delivery(post).state is DeliveryState.STAGED


@pytest.mark.parametrize(("link", "error"), [(None, None), ("unused", Away("away"))])
def test_without_a_link_the_alert_says_where_to_go(
    world: World, clinic: Clinic, link: str | None, error: PostEngineError | None
) -> None:
    clinic.link, clinic.link_error = link, error
    clinic.channel = replace(HEALTHY, is_disabled=True)

    _staged(world)

    assert _alert(world, "channel_sick").endswith("connect it in Postiz")


def test_trouble_that_fits_several_channels_is_told_and_holds_none(world: World, clinic: Clinic) -> None:
    clinic.unclear = ("Could not refresh your instagram channel",)

    _staged(world)

    assert "Could not refresh" in _alert(world, "channels_unclear")
    assert _holds(world) == []


def test_only_channels_of_its_own_account_are_held(world: World, clinic: Clinic) -> None:
    other = register_channel(
        world.ports, world.tenant.id, "li", kind="linkedin", name="LinkedIn", integration_id="int-li"
    )
    clinic.channel = HEALTHY
    post = world.plan(
        after=DAY, channels=(ChannelUse(channel_id=world.instagram.id), ChannelUse(channel_id=other.id))
    )

    world.run(timedelta(seconds=65))

    assert _holds(world) == [(HoldScope.CHANNEL, other.id)]
    by_channel = {row.channel_id: row.next_step for row in world.deliveries(post)}
    assert by_channel[world.instagram.id] is Step.PROMOTE


def test_a_channel_without_posts_ahead_is_told_of_too(world: World, clinic: Clinic) -> None:
    idle = register_channel(
        world.ports, world.tenant.id, "li", kind="linkedin", name="LinkedIn", integration_id="int-li"
    )

    _staged(world)
    world.run(timedelta(seconds=60))

    assert len(clinic.since) == 2
    (alert,) = world.rows(Alert, code="channel_sick", cleared_at=None)
    assert alert.subject_id == idle.id
    assert "next post" not in alert.message


def test_three_failures_in_a_row_are_told_and_a_success_takes_it_back(world: World, clinic: Clinic) -> None:
    _staged(world)
    rows = [
        Delivery(
            id=f"del-{number}",
            tenant_id=world.tenant.id,
            post_id=f"post-{number}",
            channel_id=world.instagram.id,
            account_id=world.account.id,
            mode=world.instagram.mode,
            state=DeliveryState.FAILED,
            due_at=world.clock.now(),
            miss_at=world.clock.now(),
            ref=f"ref-{number}",
            reason="too blue",
            created_at=world.clock.now(),
            updated_at=world.clock.now(),
        )
        for number in range(3)
    ]
    with changing(world.ports) as change:
        for row in rows:
            change.tx.add(row)
    world.run(timedelta(minutes=16), timedelta(minutes=1))
    told = _alert(world, "channel_failing")

    world.change(
        Delivery, rows[0], state=DeliveryState.PUBLISHED, updated_at=world.clock.now() + timedelta(seconds=1)
    )
    world.run(timedelta(minutes=16), timedelta(minutes=1))

    assert told.endswith("failed: too blue")
    assert "channel_failing" not in world.alerts()
    assert _holds(world) == []
    assert clinic.error is None


def test_a_channel_reported_while_the_look_was_on_its_way_stays_broken(world: World, clinic: Clinic) -> None:
    _staged(world)
    (checkup,) = world.rows(Checkup)
    world.change(Checkup, checkup, act_at=world.clock.now())
    messages = world.claim("checkup")

    class Meanwhile(Examined):
        def health(self, account: Account, since: datetime | None) -> AccountHealth:
            found = super().health(account, since)
            (row,) = world.rows(Checkup)
            world.change(Checkup, row, broken=("int-ig",))
            return found

    world.ports = replace(world.ports, publisher=Meanwhile(world.ports.publisher, clinic, world))
    world.perform(messages)

    assert world.rows(Checkup)[0].broken == ("int-ig",)


def test_a_checkup_whose_workers_keep_dying_is_left_for_a_while(world: World, clinic: Clinic) -> None:
    _staged(world)
    (checkup,) = world.rows(Checkup)
    world.change(Checkup, checkup, act_at=world.clock.now(), crashes=5)

    assert claim_due(world.ports) == []

    (after,) = world.rows(Checkup)
    assert after.act_at == world.clock.now() + world.ports.timings.check_every
    assert (after.lease_until, after.crashes) == (None, 0)
    assert "quarantined" in world.alerts()
    assert clinic.since == [None]


def test_a_checkup_that_moved_on_meanwhile_is_not_skipped(world: World, clinic: Clinic) -> None:
    _staged(world)
    (checkup,) = world.rows(Checkup)
    world.change(Checkup, checkup, act_at=world.clock.now())

    messages = world.claim("checkup")
    (again,) = world.rows(Checkup)
    world.change(Checkup, again, fence=again.fence + 1)
    world.perform(messages)

    assert clinic.since == [None]  # the second look was lost to whoever has the higher fence


def test_channels_of_accounts_from_before_checkups_are_simply_not_looked_at(
    world: World, clinic: Clinic
) -> None:
    account = replace(world.account, id="acc-old")
    with changing(world.ports) as change:
        change.tx.add(account)
        channel = change.need(Channel, world.instagram.id)
    world.change(type(world.tenant), world.tenant, account_id=account.id)

    post = world.plan(after=DAY)
    world.run(timedelta(seconds=2))

    assert channel.integration_id == "int-ig"
    assert world.delivery(post).state is DeliveryState.STAGED
    assert clinic.since == []


def test_a_lost_token_is_told_a_day_ahead_and_a_new_consent_lets_the_post_go_out(world: World) -> None:
    """The same with FakePostiz, which tells of it as Postiz does."""
    post = world.plan(after=DAY)
    world.run(timedelta(seconds=2))
    world.clock.advance(timedelta(seconds=1))
    world.fake.hand.lose_token("int-ig")
    world.run(timedelta(minutes=16), timedelta(minutes=1))
    held, told = _holds(world), _alert(world, "channel_sick")

    world.run_until(post.scheduled_at + timedelta(minutes=10), timedelta(minutes=1))
    world.fake.hand.reconnect("int-ig")
    world.run(timedelta(minutes=30), timedelta(minutes=1))

    assert held == [(HoldScope.CHANNEL, world.instagram.id)]
    assert "connect it here within the hour: http" in told
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert len(world.fake.network) == 1
    assert "channel_sick" not in world.alerts()


def test_a_channel_that_one_list_lacks_is_not_held(world: World, clinic: Clinic) -> None:
    post = _staged(world)
    world.run_until(post.scheduled_at - timedelta(minutes=4), timedelta(minutes=1))
    (checkup,) = world.rows(Checkup)
    world.change(Checkup, checkup, act_at=world.clock.now())
    clinic.channel = None
    world.run()
    clinic.channel = HEALTHY

    world.run_until(post.scheduled_at + timedelta(minutes=1), timedelta(seconds=5))

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert world.rows(Hold) == []


def test_a_person_who_releases_a_sick_channel_is_believed(world: World, clinic: Clinic) -> None:
    clinic.channel = replace(HEALTHY, trouble="reconnect it")
    post = _staged(world)
    clinic.channel = HEALTHY  # connected anew, and nothing shows it
    (hold,) = world.rows(Hold)

    release_hold(world.ports, hold.id, who="ana")
    world.run_until(post.scheduled_at + timedelta(minutes=1), timedelta(seconds=30))

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert _holds(world) == []


def test_a_persons_word_calls_off_the_look_that_is_on_its_way(world: World, clinic: Clinic) -> None:
    clinic.channel = replace(HEALTHY, trouble="reconnect it")
    _staged(world)
    clinic.channel = HEALTHY
    (hold,) = world.rows(Hold)
    (checkup,) = world.rows(Checkup)
    world.change(Checkup, checkup, act_at=world.clock.now())
    (message,) = world.claim("checkup")

    class Meanwhile(Examined):
        def health(self, account: Account, since: datetime | None) -> AccountHealth:
            release_hold(world.ports, hold.id, who="ana")
            return super().health(account, since)

    ports = replace(world.ports, publisher=Meanwhile(world.ports.publisher, clinic, world))
    assert perform(ports, message) is False
    world.run(timedelta(minutes=16), timedelta(minutes=1))

    assert _holds(world) == []


def test_a_hold_that_is_younger_than_the_look_is_not_healed_by_it(world: World, clinic: Clinic) -> None:
    _staged(world)
    (checkup,) = world.rows(Checkup)
    world.change(Checkup, checkup, act_at=world.clock.now())
    (message,) = world.claim("checkup")

    class Meanwhile(Examined):
        def health(self, account: Account, since: datetime | None) -> AccountHealth:
            world.clock.advance(timedelta(seconds=1))
            hold_sick(world.ports, HoldScope.CHANNEL, world.instagram.id, "refused", tenant_id=None)
            return super().health(account, since)

    perform(replace(world.ports, publisher=Meanwhile(world.ports.publisher, clinic, world)), message)

    assert _holds(world) == [(HoldScope.CHANNEL, world.instagram.id)]
    assert "channel_sick" in world.alerts()


def test_trouble_beside_a_new_fingerprint_is_told_and_holds_nothing(world: World, clinic: Clinic) -> None:
    _staged(world)
    clinic.channel = replace(HEALTHY, fingerprint="two", trouble="reconnect it")

    world.run(timedelta(minutes=16), timedelta(minutes=1))

    assert "reconnect it" in _alert(world, "channels_unclear")
    assert _holds(world) == []


def test_a_mended_channel_is_healed_although_nothing_is_ahead(world: World, clinic: Clinic) -> None:
    clinic.channel = replace(HEALTHY, is_disabled=True)
    post = _staged(world)
    world.run_until(post.scheduled_at + timedelta(hours=3), timedelta(minutes=5))
    assert world.delivery(post).state is DeliveryState.MISSED
    clinic.channel = HEALTHY

    world.run(timedelta(minutes=20), timedelta(minutes=1))

    assert _holds(world) == []
    assert "channel_sick" not in world.alerts()
    assert [row.next_step for row in world.rows(Checkup)] == [None]


def test_a_server_that_cannot_promote_is_held_until_a_person_says_otherwise(
    world: World, clinic: Clinic
) -> None:
    class Old(Examined):
        def promote(self, account: Account, remote_id: str) -> Answered:  # noqa: ARG002 - the port's
            raise Sick(HoldScope.ACCOUNT, "cannot promote; update it", is_seen_by_looks=False)

    world.ports = replace(world.ports, publisher=Old(world.ports.publisher, clinic, world))
    post = world.plan()
    world.run()

    world.run_until(post.scheduled_at + timedelta(minutes=40), timedelta(minutes=1))

    assert _holds(world) == [(HoldScope.ACCOUNT, world.account.id)]
    assert "account_sick" in world.alerts()
    assert world.wire.count("POST", "/posts") <= 2
    assert len(world.rows(Attempt, verb=Verb.PROMOTE)) == 1


def test_a_channel_that_was_switched_off_needs_no_word_of_a_person_to_be_believed(
    world: World, clinic: Clinic
) -> None:
    clinic.channel = replace(HEALTHY, is_disabled=True)
    _staged(world)
    (hold,) = world.rows(Hold)
    (before,) = world.rows(Checkup)

    release_hold(world.ports, hold.id, who="ana")

    assert world.rows(Checkup) == [before]  # it was not broken: nothing has to be called off
