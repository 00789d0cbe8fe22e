"""Faults and outages on demand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from postengine.postiz import (
    PostizBusy,
    PostizClient,
    PostizError,
    PostizFailed,
    PostizOutage,
    PostizUnanswered,
    PostizWriteOutage,
)
from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz, Fault, OutageName
from postengine.testing.postiz.faults import FaultKind

from .conftest import KEY, Make, client_of, order


@pytest.mark.parametrize(
    ("kind", "error", "is_executed"),
    [
        ("500_before", PostizFailed, False),
        ("500_after", PostizFailed, True),
        ("drop_before", PostizUnanswered, False),
        ("drop_after", PostizUnanswered, True),
        ("cut_after", PostizUnanswered, True),
        ("proxy_502", PostizUnanswered, False),
        ("empty_401", PostizWriteOutage, False),
        ("429", PostizBusy, False),
    ],
)
def test_each_fault_shows_its_error_and_does_or_does_not_what_was_asked(
    kind: FaultKind,
    error: type[PostizError],
    is_executed: bool,
    fake: FakePostiz,
    clock: FakeClock,
    client: PostizClient,
) -> None:
    fake.faults.add(Fault(kind, method="POST", path="/posts$"))

    with pytest.raises(error) as caught:
        client.create_post(order(clock))

    assert type(caught.value) is error
    assert len(fake.posts) == is_executed
    assert len(client.create_post(order(clock)).value) == 1


def test_a_proxy_may_lose_the_answer_to_what_was_done(
    fake: FakePostiz, clock: FakeClock, client: PostizClient
) -> None:
    fake.faults.add(Fault("proxy_502", is_executed=True))

    with pytest.raises(PostizUnanswered):
        client.create_post(order(clock))

    assert len(fake.posts) == 1


@pytest.mark.parametrize(("hangs", "waited_s"), [(True, 30.0), (False, 0.0)])
def test_a_late_commit_is_done_after_the_client_gave_up(
    hangs: bool, waited_s: float, fake: FakePostiz, clock: FakeClock, client: PostizClient
) -> None:
    fake.faults.add(Fault("late_commit", delay_s=40, hangs=hangs))

    with pytest.raises(PostizUnanswered) as caught:
        client.create_post(order(clock))
    at_first = len(fake.posts)
    clock.advance(timedelta(seconds=40 - waited_s))
    fake.run_due()

    assert (at_first, len(fake.posts)) == (0, 1)
    assert caught.value.elapsed_s == waited_s


def test_a_slow_answer_takes_its_time(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make()
    fake.faults.add(Fault("slow", method="PUT", delay_s=8))
    before = clock.now()

    answer = client.set_status(post_id, "schedule")

    assert (answer.elapsed_s, answer.server_time) == (8.0, before + timedelta(seconds=8))


def test_a_client_without_patience_limits_waits_as_long_as_it_takes(
    fake: FakePostiz, clock: FakeClock
) -> None:
    fake.faults.add(Fault("slow", delay_s=1000))
    http = httpx.Client(transport=fake.transport(), timeout=httpx.Timeout(None))

    answer = http.get("http://postiz.test/public/v1/is-connected", headers={"Authorization": KEY})

    assert (answer.status_code, clock.monotonic()) == (200, 1000.0)


def test_a_failure_of_what_fails_anyway_keeps_its_own_answer(fake: FakePostiz, client: PostizClient) -> None:
    fake.faults.add(Fault("500_after"))

    with pytest.raises(PostizError, match="400: Post not found"):
        client.set_status("nope", "draft")


def test_a_429_on_demand_names_its_wait(fake: FakePostiz, clock: FakeClock, client: PostizClient) -> None:
    fake.faults.add(Fault("429", delay_s=7))
    fake.faults.add(Fault("429"))

    waits: list[float | None] = []
    for _ in range(2):
        with pytest.raises(PostizBusy) as caught:
            client.create_post(order(clock))
        waits.append(caught.value.retry_after)

    assert waits == [7.0, 3600.0]


def test_a_rule_takes_what_it_matches_and_as_often_as_it_says(fake: FakePostiz, http: httpx.Client) -> None:
    fake.faults.add(Fault("500_before", method="GET", path="/integrations$", times=2))

    statuses = [
        http.get("integrations").status_code,
        http.get("is-connected").status_code,
        http.get("integrations").status_code,
        http.get("integrations").status_code,
    ]

    assert statuses == [500, 200, 500, 200]


def test_a_rule_with_a_probability_takes_its_share_and_the_same_each_run() -> None:
    def failures() -> list[int]:
        fake = FakePostiz(FakeClock(), seed=7)
        fake.add_account(KEY)
        fake.faults.add(Fault("500_before", probability=0.3, times=None))
        http = httpx.Client(transport=fake.transport(), headers={"Authorization": KEY})
        return [http.get("http://postiz.test/public/v1/is-connected").status_code for _ in range(200)]

    first = failures()

    assert 30 < first.count(500) < 90
    assert failures() == first


def test_rules_can_be_taken_away(fake: FakePostiz, client: PostizClient) -> None:
    fake.faults.add(Fault("500_before", times=None))
    fake.faults.clear()

    assert client.is_connected().value is True


def test_with_temporal_down_a_promote_is_answered_late_and_starts_nothing(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make()
    fake.begin_outage("temporal_down")

    answer = client.set_status(post_id, "schedule")
    fake.end_outage("temporal_down")
    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert (answer.elapsed_s, answer.value.state) == (40.0, "QUEUE")
    assert (fake.posts[post_id].state, fake.network) == ("QUEUE", [])


def test_with_temporal_down_a_creation_is_answered_at_once_and_starts_nothing(
    fake: FakePostiz, clock: FakeClock, client: PostizClient
) -> None:
    fake.begin_outage("temporal_down", timedelta(minutes=1))

    answer = client.create_post(order(clock, "schedule"))
    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert (answer.elapsed_s, fake.network) == (0.0, [])


def test_with_temporal_down_a_deletion_takes_half_as_long_and_fences(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make()
    client.set_status(post_id, "schedule")
    fake.begin_outage("temporal_down", timedelta(minutes=30))

    elapsed_s = client.delete_post(post_id).elapsed_s
    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert (elapsed_s, fake.network) == (20.0, [])


def test_what_should_have_woken_while_temporal_was_down_wakes_when_it_is_back(
    fake: FakePostiz, clock: FakeClock, make: Make
) -> None:
    make("schedule")
    clock.advance(timedelta(seconds=1))
    fake.begin_outage("temporal_down", timedelta(minutes=30))
    back_at = clock.now() + timedelta(minutes=30)

    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert [entry.at for entry in fake.network] == [back_at]


def test_with_redis_down_a_creation_hangs_and_runs_later(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make()
    fake.begin_outage("redis_down", timedelta(minutes=5))

    with pytest.raises(PostizUnanswered):
        client.create_post(order(clock))
    meanwhile = len(fake.posts)
    promoted = client.set_status(post_id, "schedule").value.state
    clock.advance(timedelta(minutes=5))
    fake.run_due()

    assert (meanwhile, promoted, len(fake.posts)) == (1, "QUEUE", 2)


def test_with_the_database_down_every_call_is_an_empty_401(
    fake: FakePostiz, clock: FakeClock, client: PostizClient
) -> None:
    fake.begin_outage("db_down")

    calls: list[Callable[[], object]] = [client.is_connected, lambda: client.create_post(order(clock))]
    for call in calls:
        with pytest.raises(PostizOutage):
            call()
    fake.end_outage("db_down")

    assert client.is_connected().value is True


def test_with_the_application_down_a_proxy_answers_and_the_workers_go_on(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    make("schedule")
    clock.advance(timedelta(minutes=9))
    fake.begin_outage("app_down", timedelta(minutes=10))

    clock.advance(timedelta(minutes=5))
    with pytest.raises(PostizUnanswered):
        client.create_post(order(clock))
    clock.advance(timedelta(minutes=5))

    assert client.is_connected().value is True
    assert (len(fake.network), len(fake.posts)) == (1, 1)


@pytest.mark.parametrize("name", ["temporal_down", "redis_down", "db_down", "app_down"])
def test_ending_what_is_not_down_changes_nothing(
    name: OutageName, fake: FakePostiz, client: PostizClient
) -> None:
    fake.end_outage(name)

    assert client.is_connected().value is True


def test_an_outage_that_began_anew_is_not_ended_by_the_first_ones_timer(
    fake: FakePostiz, clock: FakeClock, client: PostizClient
) -> None:
    fake.begin_outage("db_down", timedelta(minutes=1))
    fake.begin_outage("db_down", timedelta(minutes=10))

    clock.advance(timedelta(minutes=5))

    with pytest.raises(PostizOutage):
        client.is_connected()


def test_one_accounts_throttle_is_not_anothers(clock: FakeClock) -> None:
    fake = FakePostiz(clock, api_limit=1, hour=timedelta(seconds=36))
    for key in ("k1", "k2"):
        fake.add_account(key, [{"id": "x1", "identifier": "x"}])
    first, second = client_of(fake, clock, "k1"), client_of(fake, clock, "k2")

    first.create_post(order(clock))
    with pytest.raises(PostizBusy) as caught:
        first.create_post(order(clock))
    second.create_post(order(clock))

    assert caught.value.retry_after == 36.0


def test_attempts_inside_the_block_fill_the_next_window(clock: FakeClock) -> None:
    fake = FakePostiz(clock, api_limit=2)
    fake.add_account(KEY, [{"id": "x1", "identifier": "x"}])
    client = client_of(fake, clock)

    def attempt() -> str:
        try:
            client.create_post(order(clock))
        except PostizBusy as busy:
            return f"wait {busy.retry_after:.0f}"
        return "done"

    done = [attempt() for _ in range(2)]
    clock.advance(timedelta(minutes=50))
    blocked = attempt()
    clock.advance(timedelta(minutes=20))
    inside = [attempt() for _ in range(3)]
    clock.advance(timedelta(minutes=40))
    after = attempt()
    clock.advance(timedelta(hours=2))

    assert (done, blocked, inside) == (["done"] * 2, "wait 3600", ["wait 2400"] * 3)
    assert after == "wait 3600"
    assert attempt() == "done"


@pytest.mark.parametrize("is_executed", [True, False])
@pytest.mark.parametrize("kind", ["gzip_bomb", "redirect", "html_200", "proxy_502"])
def test_an_answer_of_another_kind_hides_whether_it_was_done(
    kind: FaultKind, is_executed: bool, fake: FakePostiz, clock: FakeClock, http: httpx.Client
) -> None:
    fake.faults.add(Fault(kind, is_executed=is_executed, size_bytes=3_000_000))

    answer = http.post("/posts", json=order(clock).body())

    assert len(fake.posts) == is_executed
    if kind == "gzip_bomb":
        assert int(answer.headers["content-length"]) < 20_000
        assert (len(answer.content), answer.json()) == (3_000_002, [])
    elif kind == "redirect":
        assert (answer.status_code, answer.next_request is not None) == (302, True)
        assert answer.headers["location"] == "https://elsewhere.example/public/v1/"
    elif kind == "html_200":
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_a_truncated_answer_has_the_length_that_it_says(
    fake: FakePostiz, clock: FakeClock, http: httpx.Client
) -> None:
    fake.faults.add(Fault("truncated_json"))

    answer = http.post("/posts", json=order(clock).body())

    assert (answer.status_code, len(fake.posts)) == (201, 1)
    with pytest.raises(ValueError, match=r"char \d+"):
        answer.json()


def test_a_share_of_requests_fails_and_the_same_ones_for_a_seed(clock: FakeClock) -> None:
    def statuses(seed: int) -> list[int]:
        fake = FakePostiz(clock, seed=seed)
        fake.add_account(KEY)
        fake.faults.add(Fault("500_before", times=None, probability=0.5))
        with httpx.Client(transport=fake.transport(), base_url="http://postiz.test/public/v1") as http:
            return [http.get("/groups", headers={"Authorization": KEY}).status_code for _ in range(40)]

    assert statuses(1) == statuses(1)
    assert 5 < statuses(1).count(500) < 35
