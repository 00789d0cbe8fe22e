"""A publisher that stands between the engine and another one."""

from __future__ import annotations

import httpx
import pytest

from postengine.adapters.postiz import PostizPublisher
from postengine.clock import Clock
from postengine.engine.ports import Seen
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.states import Mode
from postengine.engine.posts.tenant import Account
from postengine.errors import PostEngineError
from postengine.postiz import PostizClient
from postengine.testing.clock import FakeClock
from postengine.testing.publisher import PassOn


def _unreachable(account: Account, clock: Clock) -> PostizClient:
    """Return a client that reaches nothing."""

    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    http = httpx.Client(transport=httpx.MockTransport(refuse))
    return PostizClient(http, base_url=account.base_url, api_key=account.api_key, clock=clock, tries=1)


def test_it_passes_everything_on() -> None:
    channel = Channel(
        id="c",
        tenant_id="t",
        external_id="x",
        kind="x",
        name="X",
        mode=Mode.AUTOMATIC,
        created_at=FakeClock().now(),
    )
    inner = PostizPublisher(connect=_unreachable)
    outer = PassOn(inner)

    account = Account(id="a", base_url="https://postiz.test", api_key="k", created_at=FakeClock().now())
    none_failed: list[Seen] = []

    assert outer.inner is inner
    with pytest.raises(PostEngineError):
        outer.failure_reasons(account, none_failed)
    assert outer.check(channel, "", [], {}) == inner.check(channel, "", [], {}) != []
    assert {name for name in vars(PostizPublisher) if not name.startswith("_")} == {
        name for name in vars(PassOn) if not name.startswith("_")
    }
