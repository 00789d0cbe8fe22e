"""What both clients share: everything but the waiting for the network."""

from __future__ import annotations

import httpx

from postengine.clock import Clock

from .answer import OUTAGE_WAIT_S, PushAnswer, read_answer
from .authorization import Authorizer
from .body import BodyStart
from .keys import VapidKeys
from .message import Message
from .outcome import ConfigError, Outcome, RetryAt
from .request import PushRequest, build_request
from .subject import check_subject
from .subscription import Subscription

TIMEOUT = httpx.Timeout(connect=5.0, read=15.0, write=10.0, pool=5.0)
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_NEVER_SENDABLE = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)


class Session:
    """One sender: keys, subject and the rules for endpoints.

    Args:
        keys: Sign what is sent.
        subject: A real `mailto:` or `https:`.
        clock: Tells the time.
        allows_local: Call hosts of this machine, too.

    Raises:
        VapidInvalid: The subject reaches nobody.
    """

    def __init__(self, keys: VapidKeys, subject: str, *, clock: Clock, allows_local: bool) -> None:
        self.public_key = keys.public_key
        self._authorizer = Authorizer(keys, check_subject(subject))
        self._clock = clock
        self._allows_local = allows_local

    def request(self, message: Message, subscription: Subscription) -> PushRequest:
        """Return the request that sends `message`.

        Raises:
            SubscriptionInvalid: The endpoint is not one that we call.
        """
        return build_request(
            message,
            subscription,
            self._authorizer,
            now=self._clock.now(),
            allows_local=self._allows_local,
        )

    def body_start(self) -> BodyStart:
        """Return an empty start of a body that begins to arrive now."""
        return BodyStart(self._clock)

    def read(self, answer: PushAnswer, subscription: Subscription) -> Outcome:
        """Return what the answer asks for."""
        return read_answer(answer, now=self._clock.now(), secret=subscription.endpoint)


def outcome_of_failure(error: httpx.RequestError) -> Outcome:
    """Return what is to be done where there is no answer."""
    name = type(error).__name__
    if isinstance(error, _NEVER_SENDABLE):
        return ConfigError(f"cannot send the request ({name})")
    if isinstance(error, _NEVER_SENT):
        return RetryAt(OUTAGE_WAIT_S, f"the push service cannot be reached ({name})")
    return RetryAt(OUTAGE_WAIT_S, f"the push service did not answer ({name})", may_have_happened=True)
