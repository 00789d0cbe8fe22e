"""Publishing, as the real server does it: timers, races and all."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from postengine.postiz import PostizClient, PostizRejected
from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz, PublishFailure

from .conftest import Make, order

TEN_MINUTES = timedelta(minutes=10)
INSTANT = timedelta(milliseconds=1)
TAKES = timedelta(seconds=1.5)


def state(fake: FakePostiz, post_id: str) -> str:
    fake.run_due()
    return fake.posts[post_id].state


def test_a_draft_never_publishes(fake: FakePostiz, clock: FakeClock, make: Make) -> None:
    post_id = make("draft")

    clock.advance(timedelta(days=2))

    assert (state(fake, post_id), fake.network) == ("DRAFT", [])


def test_a_promoted_draft_reaches_the_network_at_its_instant(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("draft")
    due_at = clock.now() + TEN_MINUTES
    client.set_status(post_id, "schedule")

    clock.advance(TEN_MINUTES - INSTANT)
    fake.run_due()
    early = list(fake.network)
    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert early == []
    [entry] = fake.network
    assert (entry.at, entry.network, entry.integration) == (due_at, "x", "x1")
    assert (entry.ref, entry.post_id, entry.by) == ("r1", post_id, "promote")
    assert fake.duplicates() == 0


def test_publishing_takes_its_time_and_looks_queued_meanwhile(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("draft")
    client.set_status(post_id, "schedule")

    clock.advance(TEN_MINUTES)
    meanwhile = state(fake, post_id)
    clock.advance(TAKES)

    assert (meanwhile, state(fake, post_id)) == ("QUEUE", "PUBLISHED")
    assert fake.posts[post_id].release_url == f"https://x.example/{post_id}"
    [note] = client.list_notifications().value.notifications
    assert note.content == f"Your post has been published on X at https://x.example/{post_id}"


def test_a_second_promote_before_the_time_leaves_one_run(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("draft")

    client.set_status(post_id, "schedule")
    client.set_status(post_id, "schedule")
    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert len(fake.network) == 1


def test_a_second_promote_while_it_is_published_publishes_twice(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("draft")
    client.set_status(post_id, "schedule")

    clock.advance(TEN_MINUTES + INSTANT)
    client.set_status(post_id, "schedule")
    clock.advance(timedelta(hours=1))

    assert state(fake, post_id) == "PUBLISHED"
    assert len(fake.network) == 2
    assert fake.duplicates() == 1


def test_promoting_a_published_post_publishes_it_again(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("schedule")
    clock.advance(timedelta(hours=1))
    fake.run_due()

    client.set_status(post_id, "schedule")
    fake.run_due()

    assert [entry.by for entry in fake.network] == ["create", "promote"]
    assert fake.duplicates() == 1


def test_a_deleted_post_never_publishes_even_if_it_is_promoted_afterwards(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("draft")
    client.set_status(post_id, "schedule")

    client.delete_post(post_id)
    client.set_status(post_id, "schedule")
    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert fake.network == []


def test_deleting_while_it_is_published_stops_nothing(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("schedule")

    clock.advance(TEN_MINUTES)
    client.delete_post(post_id)
    clock.advance(TAKES)
    fake.run_due()

    assert len(fake.network) == 1
    assert client.list_posts(clock.now() - TEN_MINUTES, clock.now()).value == ()


def test_a_demotion_ends_the_run(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("draft")
    client.set_status(post_id, "schedule")

    client.set_status(post_id, "draft")
    clock.advance(timedelta(hours=1))

    assert (state(fake, post_id), fake.network) == ("DRAFT", [])


def test_demoting_right_after_creating_races_with_the_start_and_ends_in_error(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("schedule")

    client.set_status(post_id, "draft")
    clock.advance(timedelta(seconds=1))

    assert (state(fake, post_id), fake.network) == ("ERROR", [])


def test_a_demotion_while_it_is_published_leaves_a_draft_that_is_out(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("schedule")

    clock.advance(TEN_MINUTES)
    client.set_status(post_id, "draft")
    clock.advance(timedelta(hours=1))

    assert (state(fake, post_id), len(fake.network)) == ("DRAFT", 1)


def test_a_run_that_sleeps_does_not_look_at_the_state_again(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("draft")
    client.set_status(post_id, "schedule")
    fake.begin_outage("temporal_down")

    client.set_status(post_id, "draft")
    fake.end_outage("temporal_down")
    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert len(fake.network) == 1


def test_a_past_date_fires_at_once(fake: FakePostiz, client: PostizClient, make: Make) -> None:
    post_id = make("draft", after_s=-60)

    client.set_status(post_id, "schedule")
    fake.run_due()

    assert len(fake.network) == 1


def test_now_cuts_the_server_time_to_the_minute(fake: FakePostiz, clock: FakeClock, make: Make) -> None:
    clock.advance(timedelta(seconds=42))
    post_id = make("now")

    clock.advance(timedelta(seconds=1))
    fake.run_due()

    assert fake.posts[post_id].publish_date == clock.now().replace(second=0)
    assert [entry.by for entry in fake.network] == ["create"]


def test_update_moves_the_date_and_not_the_timer(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("schedule")
    due_at = clock.now() + TEN_MINUTES
    clock.advance(timedelta(seconds=1))

    client.create_post(order(clock, "update", post_id=post_id, after=timedelta(days=1), content="new"))
    clock.advance(TEN_MINUTES)
    fake.run_due()

    assert [entry.at for entry in fake.network] == [due_at]
    assert fake.posts[post_id].content == "new"


def test_update_without_an_id_makes_a_queued_row_that_nothing_starts(
    fake: FakePostiz, clock: FakeClock, make: Make
) -> None:
    post_id = make("update")

    clock.advance(timedelta(hours=1))

    assert (state(fake, post_id), fake.network) == ("QUEUE", [])


def test_a_draft_sent_again_with_its_id_is_edited_in_place(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("draft")
    group = fake.posts[post_id].group

    again = client.create_post(order(clock, post_id=post_id, ref="r2", content="new")).value[0].post_id

    assert (again, len(fake.posts)) == (post_id, 1)
    assert (fake.posts[post_id].content, fake.posts[post_id].ref) == ("new", "r2")
    assert fake.posts[post_id].group != group


def test_a_queued_post_sent_again_as_a_draft_is_demoted(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("draft")
    client.set_status(post_id, "schedule")

    client.create_post(order(clock, post_id=post_id))
    clock.advance(timedelta(hours=1))

    assert (state(fake, post_id), fake.network) == ("DRAFT", [])


def test_an_edited_deleted_post_stays_deleted(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("draft")
    client.delete_post(post_id)

    answer = client.create_post(order(clock, "schedule", post_id=post_id))
    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert answer.value[0].post_id == post_id
    assert (fake.posts[post_id].is_deleted, fake.network) == (True, [])


def test_an_unknown_id_is_not_adopted(fake: FakePostiz, clock: FakeClock, client: PostizClient) -> None:
    made = client.create_post(order(clock, post_id="mine")).value[0].post_id

    assert made != "mine"
    assert list(fake.posts) == [made]


def test_a_published_post_is_scheduled_again_only_with_republish(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("now")
    clock.advance(timedelta(minutes=1))
    fake.run_due()

    with pytest.raises(PostizRejected, match="already published"):
        client.create_post(order(clock, "schedule", post_id=post_id))
    client.create_post(order(clock, "schedule", post_id=post_id, republish=True, after=timedelta()))
    clock.advance(timedelta(minutes=1))
    fake.run_due()

    assert len(fake.network) == 2


def test_leaving_comments_out_with_the_group_named_deletes_them(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    kept, other = make("draft"), make("draft")
    fake.posts[other].group = fake.posts[kept].group

    client.create_post(order(clock, post_id=kept, group=fake.posts[kept].group))

    assert (fake.posts[kept].is_deleted, fake.posts[other].is_deleted) == (False, True)


@pytest.mark.parametrize(
    ("trouble", "told"),
    [("is_disabled", "it's disabled."), ("is_refresh_needed", "you need to reconnect it.")],
)
def test_a_sick_channel_ends_in_error(
    trouble: str, told: str, fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make("schedule")
    setattr(fake.posts[post_id].integration, trouble, True)

    clock.advance(TEN_MINUTES)

    assert (state(fake, post_id), fake.network) == ("ERROR", [])
    assert client.list_notifications().value.notifications[0].content.endswith(told)


def test_a_publication_can_fail_for_good(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    fake.fail_publish(PublishFailure(match="r1", reason="too blurry"))
    post_id = make("schedule")

    clock.advance(timedelta(hours=1))

    assert (state(fake, post_id), fake.network) == ("ERROR", [])
    assert "too blurry" in client.list_notifications().value.notifications[0].content


def test_a_rule_takes_only_as_many_publications_as_it_was_given(
    fake: FakePostiz, clock: FakeClock, make: Make
) -> None:
    fake.fail_publish(PublishFailure(match="nothing like it", times=None))
    fake.fail_publish(PublishFailure(times=1))
    fake.fail_publish(PublishFailure(match="x1", times=None))
    fake.fail_publish(PublishFailure(times=0))
    posts = [make("schedule") for _ in range(3)]

    clock.advance(timedelta(hours=1))

    assert [state(fake, post_id) for post_id in posts] == ["ERROR"] * 3
    assert [rule.times for rule in fake.publish_failures] == [None, 0, None, 0]


def test_an_error_may_turn_published_by_the_servers_own_retry(
    fake: FakePostiz, clock: FakeClock, make: Make
) -> None:
    fake.fail_publish(PublishFailure(retry_after_s=60))
    post_id = make("schedule")

    clock.advance(TEN_MINUTES + timedelta(seconds=10))
    failed = state(fake, post_id)
    clock.advance(timedelta(minutes=2))

    assert (failed, state(fake, post_id)) == ("ERROR", "PUBLISHED")
    assert [entry.by for entry in fake.network] == ["server-retry"]


def test_what_the_server_doubles_by_itself_is_not_counted_as_ours(
    fake: FakePostiz, clock: FakeClock, make: Make
) -> None:
    fake.fail_publish(PublishFailure(retry_after_s=60, is_received=True))
    make("schedule")

    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert [entry.by for entry in fake.network] == ["create", "server-retry"]
    assert fake.duplicates() == 0


def test_a_post_deleted_after_its_failure_is_not_retried(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    fake.fail_publish(PublishFailure(retry_after_s=60))
    post_id = make("schedule")
    clock.advance(TEN_MINUTES + timedelta(seconds=10))

    client.delete_post(post_id)
    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert fake.network == []


def test_a_server_whose_clock_is_ahead_publishes_early_and_says_so(clock: FakeClock) -> None:
    fake = FakePostiz(clock, skew=timedelta(minutes=2))
    fake.add_account("k", [{"id": "x1", "identifier": "x"}])
    http = httpx.Client(transport=fake.transport())
    client = PostizClient(http, base_url="http://postiz.test", api_key="k", clock=clock)
    due_at = clock.now() + TEN_MINUTES

    answer = client.create_post(order(clock, "schedule"))
    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert answer.server_time == due_at - TEN_MINUTES + timedelta(minutes=2)
    assert [entry.at for entry in fake.network] == [due_at - timedelta(minutes=2)]
    fake.skew = timedelta()
    assert client.is_connected().server_time == clock.now()
    assert fake.skew == timedelta()
