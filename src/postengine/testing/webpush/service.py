"""The fake's mind: subscriptions, faults, and the record of what each browser got."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pydantic import JsonValue

from postengine.clock import Clock, SystemClock
from postengine.ids import new_secret

from .browser import FakeSubscription, notification_in
from .checks import Delivery, check_push
from .faults import Fault, FaultKind, Faults
from .reading import Unreadable
from .refusal import ConnectionDropped, refusal
from .vapid import check_vapid

IN_PROCESS_URL = "https://push.fake"
_SILENT_PUSHES_FORGIVEN = 2


@dataclass(frozen=True)
class Arrival:
    """One push as a browser got it.

    Attributes:
        number: Counts all arrivals from 1.
        subscription: Id of the subscription.
        at: When the push service took it.
        delivery: TTL, urgency and topic.
        claims: Of the sender's token: `aud`, `exp`, `sub`.
        payload: Decrypted JSON; None if there was none, or none that could be read.
        notification: What the payload declares to be shown; None where a worker would have to see to it.
        problem: Why the browser could not read it; a push service never learns of that.
    """

    number: int
    subscription: str
    at: datetime
    delivery: Delivery
    claims: dict[str, JsonValue]
    payload: JsonValue = field(default=None, repr=False)
    notification: dict[str, JsonValue] | None = field(default=None, repr=False)
    problem: str | None = None


class PushService:
    """Behaves as the real ones do on the wire, and remembers.

    Args:
        clock: Ages tokens; `slow` sleeps on it.

    Attributes:
        arrivals: All pushes in order.
        faults: What goes wrong next.
    """

    def __init__(self, *, clock: Clock | None = None) -> None:
        self.arrivals: list[Arrival] = []
        self.faults = Faults()
        self._clock = clock or SystemClock()
        self._subscriptions: dict[str, FakeSubscription] = {}
        self._gone: set[str] = set()
        self._silent: dict[str, int] = {}
        self._lock = threading.RLock()

    @property
    def url(self) -> str:
        """Where `http()` of a fake reaches it, without a path."""
        return IN_PROCESS_URL

    def subscribe(
        self, application_server_key: str | None = None, *, is_iphone: bool = False
    ) -> FakeSubscription:
        """Make a subscription, as a page does by `pushManager.subscribe`.

        Args:
            application_server_key: The sender's public key, base64url; None takes any sender's pushes.
            is_iphone: Take the subscription away after three pushes that declare no notification.
        """
        id_ = new_secret()
        subscription = FakeSubscription(
            id_,
            f"{self.url}/push/{id_}",
            application_server_key=application_server_key,
            is_iphone=is_iphone,
        )
        with self._lock:
            self._subscriptions[id_] = subscription
        return subscription

    def unsubscribe(self, subscription: FakeSubscription | str) -> None:
        """End a subscription: pushes to it are answered 410."""
        with self._lock:
            self._gone.add(_id_of(subscription))

    def fail_next(
        self,
        kind: FaultKind,
        *,
        times: int | None = 1,
        subscription: FakeSubscription | str | None = None,
        retry_after: str | None = None,
        seconds: float = 1.0,
    ) -> None:
        """Place a fault; see `Fault` for the arguments."""
        only = None if subscription is None else _id_of(subscription)
        with self._lock:
            self.faults.place(
                Fault(kind=kind, times=times, subscription=only, retry_after=retry_after, seconds=seconds)
            )

    def received(self, subscription: FakeSubscription | str) -> list[Arrival]:
        """Return what one browser got, oldest first."""
        return self.arrivals_after(0, _id_of(subscription))

    def arrivals_after(self, number: int, subscription: str | None = None) -> list[Arrival]:
        """Return what arrived later than arrival `number`, for one subscription or for all."""
        with self._lock:
            return [item for item in self.arrivals[number:] if subscription in (None, item.subscription)]

    def push(self, id: str, headers: Mapping[str, str], body: bytes, *, origin: str) -> Arrival:  # noqa: A002
        """Take a push.

        Args:
            id: Of the subscription, from the path.
            headers: Names in lower case.
            body: Encrypted.
            origin: What the client called, without a path; tokens name it.

        Raises:
            Refused: As a push service answers.
            ConnectionDropped: A fault of that kind was placed.
        """
        with self._lock:
            fault = self.faults.take(id)
        self._suffer(fault)
        subscription = self._find(id)
        delivery = check_push(headers, body)
        key = subscription.application_server_key
        now = self._clock.now()
        claims = check_vapid(headers.get("authorization", ""), audience=origin, now=now, key=key)
        arrival = self._deliver(subscription, body, delivery, claims)
        if fault and fault.kind == "drop-after":
            raise ConnectionDropped
        return arrival

    def _suffer(self, fault: Fault | None) -> None:
        if fault is None or fault.kind == "drop-after":
            return
        if fault.kind == "slow":
            self._clock.sleep(timedelta(seconds=fault.seconds))
        elif fault.kind == "drop":
            raise ConnectionDropped
        else:
            raise refusal(fault.kind, retry_after=fault.retry_after)

    def _find(self, id: str) -> FakeSubscription:  # noqa: A002
        with self._lock:
            if id in self._gone:
                raise refusal("410")
            if id not in self._subscriptions:
                raise refusal("404")
            return self._subscriptions[id]

    def _deliver(
        self, subscription: FakeSubscription, body: bytes, delivery: Delivery, claims: dict[str, JsonValue]
    ) -> Arrival:
        payload, problem = _read(subscription, body)
        notification = notification_in(payload)
        with self._lock:
            arrival = Arrival(
                number=len(self.arrivals) + 1,
                subscription=subscription.id,
                at=self._clock.now(),
                delivery=delivery,
                claims=claims,
                payload=payload,
                notification=notification,
                problem=problem,
            )
            self.arrivals.append(arrival)
            if notification is None and subscription.is_iphone:
                self._count_silent(subscription.id)
        return arrival

    def _count_silent(self, id: str) -> None:  # noqa: A002
        self._silent[id] = self._silent.get(id, 0) + 1
        if self._silent[id] > _SILENT_PUSHES_FORGIVEN:
            self._gone.add(id)


def _read(subscription: FakeSubscription, body: bytes) -> tuple[JsonValue, str | None]:
    if not body:
        return None, None
    try:
        return json.loads(subscription.read(body)), None
    except Unreadable as error:
        return None, str(error)
    except ValueError:
        return None, "the payload is not JSON"


def _id_of(subscription: FakeSubscription | str) -> str:
    return subscription if isinstance(subscription, str) else subscription.id
