"""Only type-checked: what the Web Push clients' methods return, in both worlds."""

from __future__ import annotations

from typing import assert_never, assert_type

from postengine.webpush import (
    Accepted,
    AsyncWebPushClient,
    ConfigError,
    DropDevice,
    Message,
    Outcome,
    RetryAt,
    Subscription,
    WebPushClient,
    require_accepted,
)


def threads(client: WebPushClient, message: Message, subscription: Subscription) -> None:
    assert_type(client.send(message, subscription), Outcome)
    assert_type(require_accepted(client.send(message, subscription)), Accepted)


async def tasks(client: AsyncWebPushClient, message: Message, subscription: Subscription) -> None:
    assert_type(await client.send(message, subscription), Outcome)


def all_are_handled(outcome: Outcome) -> str:
    match outcome:
        case Accepted():
            return "rung"
        case RetryAt(after_s=after_s):
            return f"in {after_s} s"
        case DropDevice(reason=reason) | ConfigError(reason=reason):
            return reason
        case _:
            assert_never(outcome)
