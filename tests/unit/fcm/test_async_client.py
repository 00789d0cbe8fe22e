"""The client for tasks is the other one, awaited."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, TypeVar

import httpx
import pytest

from postengine.fcm import (
    AsyncFcmClient,
    ConfigError,
    CredentialsInvalid,
    DeliveredToFcm,
    DropDevice,
    Expired,
    FcmClient,
    Message,
    Outcome,
    RetryAt,
    ServiceAccount,
    StaticToken,
)
from postengine.testing.clock import FakeClock
from postengine.testing.fcm import FakeFcm
from postengine.testing.fcm.faults import FaultKind

MESSAGE = Message(fid="fid-1", data={"task_id": "t1"})
T = TypeVar("T")
CARRIERS = {"http", "token_http"}


@pytest.fixture
def fake() -> FakeFcm:
    fake = FakeFcm(clock=FakeClock())
    fake.register("fid-1")
    return fake


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


@asynccontextmanager
async def client_of(fake: FakeFcm, workers: int) -> AsyncIterator[AsyncFcmClient]:
    credentials = ServiceAccount(fake.service_account())
    async with fake.async_http() as http:
        with fake.http() as token_http:
            async with AsyncFcmClient(
                credentials,
                base_url=fake.url,
                http=http,
                token_http=token_http,
                clock=FakeClock(),
                chance=lambda: 0.0,
                workers=workers,
            ) as client:
                yield client


def asked(fake: FakeFcm, ask: Callable[[AsyncFcmClient], Awaitable[T]], workers: int = 4) -> T:
    async def work() -> T:
        async with client_of(fake, workers) as client:
            return await ask(client)

    return run(work())


def public(kind: type[object]) -> dict[str, list[inspect.Parameter]]:
    return {
        name: [
            parameter
            for parameter in inspect.signature(getattr(kind, name)).parameters.values()
            if parameter.name not in CARRIERS
        ]
        for name in vars(kind)
        if not name.startswith("_")
    }


def test_both_clients_have_the_same_names_and_arguments() -> None:
    assert public(FcmClient) == public(AsyncFcmClient)


def test_both_clients_are_made_with_the_same_arguments_but_for_what_carries() -> None:
    made = [
        [parameter for name, parameter in inspect.signature(kind).parameters.items() if name not in CARRIERS]
        for kind in (FcmClient, AsyncFcmClient)
    ]

    assert made[0] == made[1]


def test_a_message_arrives_at_the_phone(fake: FakeFcm) -> None:
    outcome = asked(fake, lambda client: client.send(MESSAGE))

    assert outcome == DeliveredToFcm(fake.arrivals[0].name)
    assert fake.delivered["fid-1"] == [{"data": {"task_id": "t1"}, "fid": "fid-1"}]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("UNREGISTERED", DropDevice),
        ("SENDER_ID_MISMATCH", DropDevice),
        ("QUOTA_EXCEEDED", RetryAt),
        ("UNAVAILABLE", RetryAt),
        ("drop-after", RetryAt),
        ("token-server-down", RetryAt),
        ("token-refused", ConfigError),
        ("NOT_FOUND", ConfigError),
    ],
)
def test_each_trouble_has_the_outcome_that_threads_have(
    fake: FakeFcm, kind: FaultKind, expected: type[Outcome]
) -> None:
    fake.fail_next(kind, times=2)
    with fake.http() as http:
        same = FcmClient(
            ServiceAccount(fake.service_account()),
            base_url=fake.url,
            http=http,
            clock=FakeClock(),
            chance=lambda: 0.0,
        ).send(MESSAGE)

    outcome = asked(fake, lambda client: client.send(MESSAGE))

    assert outcome == same
    assert isinstance(outcome, expected)


def test_a_refused_access_token_is_renewed_once_and_the_message_sent(fake: FakeFcm) -> None:
    async def ask(client: AsyncFcmClient) -> Outcome:
        await client.send(MESSAGE)
        fake.revoke_tokens()
        return await client.send(MESSAGE)

    assert isinstance(asked(fake, ask), DeliveredToFcm)
    assert (len(fake.arrivals), fake.grants) == (2, 2)


def test_a_message_whose_time_is_over_is_not_sent(fake: FakeFcm) -> None:
    outcome = asked(fake, lambda client: client.send(MESSAGE, valid_for=timedelta(0)))

    assert isinstance(outcome, Expired)
    assert fake.arrivals == []


def test_many_are_answered_in_order_with_one_access_token(fake: FakeFcm) -> None:
    fake.register(*(f"fid-{n}" for n in range(100)))
    fake.unregister("fid-3")
    messages = (Message(fid=f"fid-{n}") for n in range(100))

    outcomes = asked(fake, lambda client: client.send_many(messages), workers=8)

    assert [place for place, outcome in enumerate(outcomes) if isinstance(outcome, DropDevice)] == [3]
    assert (len(outcomes), len(fake.arrivals), fake.grants) == (100, 99, 1)


def test_a_source_that_breaks_ends_it_with_its_own_error(fake: FakeFcm) -> None:
    def given() -> Iterator[Message]:
        yield MESSAGE
        raise LookupError("the database is gone")

    with pytest.raises(LookupError, match="the database is gone"):
        asked(fake, lambda client: client.send_many(given()), workers=2)


def test_a_cancelled_send_is_cancelled() -> None:
    is_asked = asyncio.Event()

    async def hang(_request: httpx.Request) -> httpx.Response:
        is_asked.set()
        await asyncio.Event().wait()
        raise AssertionError

    async def work() -> None:
        http = httpx.AsyncClient(transport=httpx.MockTransport(hang))
        client = AsyncFcmClient(StaticToken("t"), project_id="p", http=http)
        sending = asyncio.ensure_future(client.send(MESSAGE))
        await is_asked.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        await client.close()
        assert not http.is_closed

    run(work())


def test_its_own_connections_are_closed_with_it() -> None:
    async def work() -> ConfigError:
        async with AsyncFcmClient(StaticToken("t"), project_id="p", base_url="fcm.example") as client:
            outcome = await client.send(MESSAGE)
        with pytest.raises(RuntimeError, match="closed"):
            await client.send(MESSAGE)
        assert isinstance(outcome, ConfigError)
        return outcome

    assert run(work()) == ConfigError("cannot send to fcm.example (UnsupportedProtocol)")


def test_a_firebase_admin_app_lends_its_credentials_and_its_project(fake: FakeFcm) -> None:
    class App:
        project_id: str | None = "fake-project"
        credential: Any = type("C", (), {"get_credential": staticmethod(lambda: None)})()

    class Nowhere(App):
        project_id = None

    async def work() -> str:
        async with fake.async_http() as http:
            client = AsyncFcmClient.from_app(App(), base_url=fake.url, http=http)
            await client.close()
            return repr(client)

    assert run(work()) == f"AsyncFcmClient(project_id='fake-project', base_url='{fake.url}')"
    with pytest.raises(CredentialsInvalid, match="projectId"):
        AsyncFcmClient.from_app(Nowhere())
