"""Building the HTTP request for a message, without sending it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .authorization import Authorizer
from .encryption import ENCODING, encrypt
from .endpoint import check_endpoint, origin_of
from .message import Message
from .subscription import Subscription


@dataclass(frozen=True)
class PushRequest:
    """One HTTP request, ready for any HTTP client that follows no redirect. Nothing secret is in its repr."""

    url: str = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    method: str = "POST"


def build_request(
    message: Message,
    subscription: Subscription,
    authorizer: Authorizer,
    *,
    now: datetime,
    allows_local: bool = False,
) -> PushRequest:
    """Return the request that sends `message` to `subscription`.

    Args:
        message: Already checked by its own constructor.
        subscription: Whose endpoint is called.
        authorizer: Names us to the push service.
        now: The current instant, from which the token's life is counted.
        allows_local: Call http and hosts of this machine, too; for tests.

    Raises:
        SubscriptionInvalid: Its endpoint is not one that we call.
    """
    url = check_endpoint(subscription.endpoint, allows_local=allows_local)
    return PushRequest(
        url=str(url),
        headers={
            **message.headers(),
            "Authorization": authorizer.header(origin_of(url), now),
            "Content-Encoding": ENCODING,
            "Content-Type": "application/octet-stream",
            "Accept-Encoding": "identity",
        },
        body=encrypt(message.notification.payload(), subscription),
    )
