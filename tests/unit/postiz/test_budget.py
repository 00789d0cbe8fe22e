"""The hourly budget: learned from answers, shared in turns, and never overdrawn."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Thread

import httpx
import pytest

from postengine.postiz import (
    Budget,
    CreatePost,
    InMemoryBudget,
    IntegrationRef,
    PostEntry,
    PostizBudgetSpent,
    PostizBusy,
    PostizClient,
    PostizError,
    PostizUnanswered,
    PostPart,
    RateLimit,
)
from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz

from .script import BASE, KEY, Handler, Script, raises, says

NINE = datetime(2026, 12, 1, 9, tzinfo=UTC)
POST = CreatePost(
    type="draft",
    date=NINE,
    posts=(PostEntry(integration=IntegrationRef(id="i1"), value=(PostPart(content="hi"),)),),
)
LIMIT_OF_ONE = {"X-RateLimit-Limit": "1", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "3600"}
MADE = [{"postId": "p1", "integration": "i1"}]


def take(budget: Budget, tenant: str | None = None, *, due: bool = True, times: int = 1) -> list[float]:
    return [budget.take("a", tenant, is_due_now=due) for _ in range(times)]


def counted(limit: int, remaining: int, reset_s: int = 3600) -> Handler:
    told = {"Limit": limit, "Remaining": remaining, "Reset": reset_s}
    return says(201, MADE, {f"X-RateLimit-{name}": str(value) for name, value in told.items()})


def spending(script: Script, budget: Budget) -> PostizClient:
    http = httpx.Client(transport=httpx.MockTransport(script))
    return PostizClient(http, base_url=BASE, api_key=KEY, clock=FakeClock(), budget=budget, account="a")


def test_the_limit_is_never_passed_and_a_tenth_is_kept_for_what_is_due() -> None:
    budget = InMemoryBudget(FakeClock(), limit=30)

    planned = take(budget, due=False, times=28)
    due = take(budget, due=True, times=4)

    assert planned == [0.0] * 27 + [3601.0]
    assert due == [0.0] * 3 + [3601.0]


def test_a_new_window_begins_when_the_old_one_is_over() -> None:
    clock = FakeClock()
    budget = InMemoryBudget(clock, limit=1)
    take(budget)
    budget.settle("a", is_counted=True)
    clock.advance(timedelta(minutes=50))
    [wait_s] = take(budget)

    clock.advance(timedelta(seconds=wait_s))

    assert wait_s == 601.0
    assert take(budget) == [0.0]


def test_accounts_do_not_share_a_budget() -> None:
    budget = InMemoryBudget(FakeClock(), limit=1)

    assert budget.take("a", None, is_due_now=True) == 0.0
    assert budget.take("b", None, is_due_now=True) == 0.0
    assert budget.take("a", None, is_due_now=True) > 0


def test_the_answer_names_limit_and_end_of_the_window() -> None:
    clock = FakeClock()
    budget = InMemoryBudget(clock, limit=1)
    take(budget)

    budget.settle("a", is_counted=True, rate_limit=RateLimit(limit=3, remaining=2, reset_s=100))

    assert take(budget, times=3) == [0.0, 0.0, 101.0]


def test_a_header_that_knows_of_more_requests_is_believed_and_one_that_knows_of_fewer_is_not() -> None:
    budget = InMemoryBudget(FakeClock(), limit=30)
    take(budget, times=3)

    budget.settle("a", is_counted=True, rate_limit=RateLimit(limit=30, remaining=29, reset_s=3600))
    ours = take(budget, times=28)
    other = InMemoryBudget(FakeClock(), limit=30)
    take(other)
    other.settle("a", is_counted=True, rate_limit=RateLimit(limit=30, remaining=1, reset_s=3600))

    assert ours == [0.0] * 27 + [3601.0]
    assert take(other, times=2) == [0.0, 3601.0]


def test_a_window_that_the_server_began_anew_is_followed() -> None:
    clock = FakeClock()
    budget = InMemoryBudget(clock, limit=5)
    take(budget, times=4)
    for _ in range(3):
        budget.settle("a", is_counted=True)
    clock.advance(timedelta(minutes=30))

    budget.settle("a", is_counted=True, rate_limit=RateLimit(limit=5, remaining=4, reset_s=3600))

    assert take(budget, times=5) == [0.0] * 4 + [3601.0]


def test_requests_in_flight_count_in_the_next_window_too() -> None:
    clock = FakeClock()
    budget = InMemoryBudget(clock, limit=2)
    take(budget)

    clock.advance(timedelta(hours=2))

    assert take(budget, times=2) == [0.0, 3601.0]


def test_what_was_not_counted_is_given_back() -> None:
    budget = InMemoryBudget(FakeClock(), limit=2)
    take(budget, times=2)

    budget.settle("a", is_counted=False)
    first = take(budget, times=2)
    for _ in range(2):
        budget.settle("a", is_counted=False)

    assert first == [0.0, 3601.0]
    assert take(budget, times=3) == [0.0, 0.0, 3601.0]


def test_after_a_429_there_is_silence_until_its_end() -> None:
    clock = FakeClock()
    budget = InMemoryBudget(clock)
    take(budget)
    budget.settle("a", is_counted=True, retry_after=3600.0)

    waits = take(budget)
    clock.advance(timedelta(seconds=3601))

    assert waits == [3601.0]
    assert take(budget) == [0.0]


def test_a_tenant_that_waits_goes_before_one_that_had_its_turn() -> None:
    clock = FakeClock()
    budget = InMemoryBudget(clock, limit=3)
    take(budget, "loud", times=3)
    for _ in range(3):
        budget.settle("a", is_counted=True)
    refused = [take(budget, tenant)[0] for tenant in ("quiet", "loud", "third")]
    clock.advance(timedelta(seconds=3601))

    turns = [take(budget, tenant)[0] for tenant in ("loud", "quiet", "loud", "third", "loud", "quiet")]

    assert all(wait > 0 for wait in refused)
    assert [wait == 0 for wait in turns] == [False, True, False, True, True, False]
    assert turns[0] == 1.0


def test_a_tenant_that_waits_and_never_comes_back_loses_its_turn() -> None:
    clock = FakeClock()
    budget = InMemoryBudget(clock, limit=1)
    take(budget, "loud")
    budget.settle("a", is_counted=True)
    take(budget, "gone")

    clock.advance(timedelta(seconds=3601))
    meanwhile = take(budget, "loud")
    clock.advance(timedelta(seconds=61))

    assert meanwhile == [1.0]
    assert take(budget, "loud") == [0.0]


def test_what_is_due_does_not_wait_for_anothers_turn_with_what_is_not() -> None:
    clock = FakeClock()
    budget = InMemoryBudget(clock, limit=10)
    take(budget, "loud", due=False, times=9)
    planned = take(budget, "quiet", due=False)

    assert planned[0] > 0
    assert take(budget, "loud", due=True) == [0.0]


def test_a_post_beyond_the_budget_is_never_sent() -> None:
    script = Script(counted(limit=1, remaining=0, reset_s=1800))
    client = spending(script, InMemoryBudget(FakeClock()))
    client.create_post(POST)

    with pytest.raises(PostizBudgetSpent, match="was not sent") as caught:
        client.create_post(POST, is_due_now=True)

    assert len(script.requests) == 1
    assert (caught.value.retry_after, caught.value.retryable) == (1801.0, True)
    assert not caught.value.may_have_happened


@pytest.mark.parametrize(
    ("handler", "is_counted"),
    [
        (says(400, {"statusCode": 400, "message": "malformed JSON"}), False),
        (says(400, {"statusCode": 400, "message": "no"}, LIMIT_OF_ONE), True),
        (says(201, MADE), True),
        (says(500, {"statusCode": 500, "message": "Internal server error"}), True),
        (says(401, {"msg": "Invalid API key"}), False),
        (lambda _: httpx.Response(401), False),
        (lambda _: httpx.Response(503), True),
        (says(413, {"statusCode": 413, "message": "request entity too large"}), False),
        (raises(httpx.ConnectError), False),
        (raises(httpx.ReadError), True),
        (lambda _: httpx.Response(200, text="<html>"), True),
    ],
)
def test_only_what_postiz_counted_or_may_have_is_counted(handler: Handler, is_counted: bool) -> None:
    budget = InMemoryBudget(FakeClock(), limit=1)
    client = spending(Script(handler), budget)

    with suppress(PostizError):
        client.create_post(POST, is_due_now=True)

    assert (take(budget) != [0.0]) == is_counted


@pytest.mark.parametrize(("headers", "wait_s"), [({"Retry-After": "90"}, 91.0), ({}, 3601.0)])
def test_a_429_silences_the_account(headers: dict[str, str], wait_s: float) -> None:
    budget = InMemoryBudget(FakeClock())
    client = spending(Script(says(429, {"statusCode": 429, "message": "Too Many"}, headers)), budget)

    with pytest.raises(PostizBusy):
        client.create_post(POST)

    assert take(budget) == [wait_s]


def test_a_post_that_was_given_up_counts_as_sent() -> None:
    budget = InMemoryBudget(FakeClock(), limit=1)

    def interrupt(_: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        spending(Script(interrupt), budget).create_post(POST, is_due_now=True)

    assert take(budget)[0] > 0


def test_an_hour_of_wishes_meets_no_429_at_a_server() -> None:
    clock = FakeClock()
    postiz = FakePostiz(clock, api_limit=6)
    postiz.add_account(KEY, [{"id": "i1", "identifier": "linkedin", "name": "n"}])
    budget = InMemoryBudget(clock)
    sent = 0
    with httpx.Client(transport=postiz.transport()) as http:
        client = PostizClient(http, base_url=BASE, api_key=KEY, clock=clock, budget=budget)
        for _ in range(40):
            try:
                client.create_post(POST, is_due_now=True)
                sent += 1
            except PostizBudgetSpent as spent:
                clock.advance(timedelta(seconds=spent.retry_after or 0))

    assert sent > 30


def test_threads_together_get_no_more_than_there_is() -> None:
    budget = InMemoryBudget(FakeClock(), limit=50)
    granted: list[float] = []

    def want() -> None:
        granted.extend(wait_s for wait_s in take(budget, times=20) if wait_s == 0)

    threads = [Thread(target=want) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert len(granted) == 50


def test_another_program_on_the_same_key_is_noticed() -> None:
    script = Script(counted(30, 20), counted(30, 0), raises(httpx.ReadError))
    client = spending(script, InMemoryBudget(FakeClock()))
    client.create_post(POST)
    client.create_post(POST)

    with pytest.raises(PostizBudgetSpent):
        client.create_post(POST)
    with pytest.raises(PostizUnanswered):
        spending(Script(raises(httpx.ReadError)), InMemoryBudget(FakeClock())).create_post(POST)
