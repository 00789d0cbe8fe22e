"""Many messages at once: in order, a few at a time, with one access token."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import httpx
import pytest

from postengine.fcm import (
    DeliveredToFcm,
    DropDevice,
    FcmClient,
    Message,
    ServiceAccount,
    StaticToken,
)
from postengine.fcm.many import Line, Outcomes, send_by_threads
from postengine.testing.fcm import FakeFcm


def messages(number: int) -> Iterator[Message]:
    return (Message(fid=f"fid-{n}", data={"n": str(n)}) for n in range(number))


@pytest.fixture
def fake() -> FakeFcm:
    return FakeFcm(accepts_unknown=True)


@pytest.fixture
def client(fake: FakeFcm) -> Iterator[FcmClient]:
    with fake.http() as http:
        yield FcmClient(ServiceAccount(fake.service_account()), base_url=fake.url, http=http, workers=8)


def test_any_number_of_messages_is_answered_in_order(fake: FakeFcm, client: FcmClient) -> None:
    fake.unregister("fid-7", "fid-600")

    outcomes = client.send_many(messages(601))

    gone = [place for place, outcome in enumerate(outcomes) if isinstance(outcome, DropDevice)]
    names = {arrival.fid: arrival.name for arrival in fake.arrivals}
    assert gone == [7, 600]
    assert [o.name for o in outcomes[:7] if isinstance(o, DeliveredToFcm)] == [
        names[f"fid-{n}"] for n in range(7)
    ]
    assert len(fake.arrivals) == 599


def test_none_at_all_are_no_outcomes(client: FcmClient) -> None:
    assert client.send_many([]) == []


def test_they_may_be_validated_only(fake: FakeFcm, client: FcmClient) -> None:
    outcomes = client.send_many(messages(3), validate_only=True)

    assert [type(outcome) for outcome in outcomes] == [DeliveredToFcm] * 3
    assert fake.arrivals == []


def test_all_share_one_access_token(fake: FakeFcm, client: FcmClient) -> None:
    client.send_many(messages(50))
    first = fake.grants
    fake.revoke_tokens()

    outcomes = client.send_many(messages(50))

    assert all(isinstance(outcome, DeliveredToFcm) for outcome in outcomes)
    assert (first, fake.grants) == (1, 2)


def test_over_a_given_client_no_more_are_under_way_than_there_are_workers() -> None:
    lock, all_there = threading.Lock(), threading.Barrier(4, timeout=10)
    under_way, most = 0, 0

    def answer(_request: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        all_there.wait()
        with lock:
            under_way -= 1
        return httpx.Response(200, json={"name": "n"})

    http = httpx.Client(transport=httpx.MockTransport(answer))
    client = FcmClient(StaticToken("t"), project_id="p", http=http, workers=4)

    outcomes = client.send_many(messages(40))

    assert (len(outcomes), most) == (40, 4)


def test_messages_are_read_no_faster_than_they_are_sent() -> None:
    read: list[int] = []
    ahead: list[int] = []

    def given() -> Iterator[Message]:
        for number, message in enumerate(messages(20), start=1):
            read.append(number)
            yield message

    def work_off(line: Line, outcomes: Outcomes) -> None:
        for place, _ in line:
            ahead.append(len(read) - place)
            outcomes[place] = DeliveredToFcm("n")

    send_by_threads(given(), work_off, workers=1)

    assert ahead == [1] * 20


def test_after_an_error_nothing_more_is_begun() -> None:
    begun: list[int] = []
    is_broken, is_waiting = threading.Event(), threading.Event()

    def work_off(line: Line, _outcomes: Outcomes) -> None:
        for place, _ in line:
            begun.append(place)
            if place == 0:
                is_waiting.wait(10)
                is_broken.set()
                raise KeyboardInterrupt
            is_waiting.set()
            is_broken.wait(10)

    with pytest.raises(KeyboardInterrupt):
        send_by_threads(messages(10_000), work_off, workers=2)

    assert len(begun) < 10_000


def test_a_source_that_breaks_ends_it_with_its_own_error(fake: FakeFcm, client: FcmClient) -> None:
    def given() -> Iterator[Message]:
        yield from messages(2)
        raise LookupError("the database is gone")

    with pytest.raises(LookupError, match="the database is gone"):
        client.send_many(given())

    assert len(fake.arrivals) == 2
