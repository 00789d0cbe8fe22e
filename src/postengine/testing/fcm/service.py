"""The fake's mind: registrations, access tokens, faults, and the record of what each phone got."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, cast

from pydantic import JsonValue

from postengine.clock import Clock, SystemClock
from postengine.ids import new_secret

from .account import AssertionRefused, FakeServiceAccount
from .faults import Fault, FaultKind, Faults
from .message_check import TARGETS, check_call
from .wire_errors import KNOWN_ERRORS, WireError, fcm_error, not_found, unauthenticated

TOKEN_LIFE_S = 3600


class ConnectionDropped(Exception):
    """The connection ends without an answer."""


@dataclass(frozen=True)
class Arrival:
    """One message as a phone got it.

    Attributes:
        number: Counts all arrivals from 1.
        fid: The registration; `/topics/<name>` or the condition for the others.
        name: FCM's name of the message.
        at: When FCM took it.
        message: JSON as it was sent.
    """

    number: int
    fid: str
    name: str
    at: datetime
    message: dict[str, JsonValue] = field(repr=False)


class FakeFcmService:
    """Behaves as the real FCM does on the wire, and remembers.

    Args:
        project_id: The only project that it knows.
        accepts_unknown: Take a registration that was never registered; False answers 400, as for a typing
            error.
        clock: Ages access tokens; `slow` sleeps on it.

    Attributes:
        delivered: Messages by registration, oldest first.
        arrivals: All of them in order.
        grants: How many access tokens the token server has given.
        faults: What goes wrong next.
    """

    def __init__(
        self, *, project_id: str = "fake-project", accepts_unknown: bool = False, clock: Clock | None = None
    ) -> None:
        self.project_id = project_id
        self.delivered: dict[str, list[dict[str, JsonValue]]] = defaultdict(list)
        self.arrivals: list[Arrival] = []
        self.grants = 0
        self.faults = Faults()
        self._clock = clock or SystemClock()
        self._accepts_unknown = accepts_unknown
        self._devices: dict[str, Literal["registered", "unregistered"]] = {}
        self._token_ends: dict[str, float] = {}
        self._account: FakeServiceAccount | None = None
        self._lock = threading.RLock()

    @property
    def account(self) -> FakeServiceAccount:
        """The service account; its key is made at first use, as that takes a moment."""
        with self._lock:
            self._account = self._account or FakeServiceAccount(self.project_id)
            return self._account

    def register(self, *fids: str) -> None:
        """Install the app: messages to `fids` arrive from now on."""
        with self._lock:
            self._devices |= dict.fromkeys(fids, "registered")

    def unregister(self, *fids: str) -> None:
        """Uninstall it: messages to `fids` are answered UNREGISTERED."""
        with self._lock:
            self._devices |= dict.fromkeys(fids, "unregistered")

    def fail_next(
        self,
        kind: FaultKind,
        *,
        times: int | None = 1,
        fid: str | None = None,
        retry_after: str | None = None,
        seconds: float = 1.0,
    ) -> None:
        """Place a fault; see `Fault` for the arguments."""
        with self._lock:
            self.faults.place(
                Fault(kind=kind, times=times, fid=fid, retry_after=retry_after, seconds=seconds)
            )

    def accept_token(self, token: str) -> None:
        """Accept `token` as a bearer for an hour, for clients with a static token."""
        with self._lock:
            self._token_ends[token] = self._clock.monotonic() + TOKEN_LIFE_S

    def revoke_tokens(self) -> None:
        """Forget all access tokens: the next message is answered 401."""
        with self._lock:
            self._token_ends.clear()

    def grant(self, assertion: str) -> dict[str, JsonValue]:
        """Trade a signed assertion for an access token.

        Raises:
            WireError: As the token server answers.
        """
        with self._lock:
            fault = self.faults.take(None, at_token_server=True)
        if fault and fault.kind == "token-server-down":
            headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
            raise WireError(503, {"error": "temporarily_unavailable"}, headers)
        if fault:
            raise _invalid_grant("Invalid JWT Signature.")
        try:
            self.account.check_assertion(assertion)
        except AssertionRefused as error:
            raise _invalid_grant(str(error)) from error
        token = f"ya29.fake-{new_secret()}"
        with self._lock:
            self.grants += 1
            self.accept_token(token)
        return {"access_token": token, "expires_in": TOKEN_LIFE_S, "token_type": "Bearer"}

    def send(self, project_id: str, bearer: str | None, call: JsonValue) -> dict[str, JsonValue]:
        """Do what `messages:send` does.

        Args:
            project_id: From the path.
            bearer: From the header Authorization.
            call: The body, `{"message": …, "validate_only": …}`.

        Raises:
            WireError: As FCM answers.
            ConnectionDropped: A fault of that kind was placed.
        """
        self._check_token(bearer)
        if project_id != self.project_id:
            raise not_found("Project not found.")
        message = check_call(call)
        fid = _target(message)
        with self._lock:
            fault = self.faults.take(fid)
        self._suffer(fault)
        self._check_device(fid, is_registration="fid" in message or "token" in message)
        checked = cast("dict[str, JsonValue]", call)
        if checked.get("validate_only") or checked.get("validateOnly"):
            return {"name": f"projects/{project_id}/messages/fake_message_id"}
        name = self._deliver(fid, cast("dict[str, JsonValue]", checked["message"]))
        if fault and fault.kind == "drop-after":
            raise ConnectionDropped
        return {"name": name}

    def arrivals_after(self, number: int, fid: str | None = None) -> list[Arrival]:
        """Return what arrived later than arrival `number`, for one registration or for all."""
        with self._lock:
            return [item for item in self.arrivals[number:] if fid in (None, item.fid)]

    def _check_token(self, bearer: str | None) -> None:
        with self._lock:
            end = self._token_ends.get(bearer or "")
        if end is None or end <= self._clock.monotonic():
            raise unauthenticated()

    def _suffer(self, fault: Fault | None) -> None:
        if fault is None or fault.kind == "drop-after":
            return
        if fault.kind in KNOWN_ERRORS:
            raise fcm_error(fault.kind, retry_after=fault.retry_after)
        match fault.kind:
            case "slow":
                self._clock.sleep(timedelta(seconds=fault.seconds))
            case "drop":
                raise ConnectionDropped
            case "UNAUTHENTICATED":
                raise unauthenticated()
            case _:
                raise not_found()

    def _check_device(self, fid: str, *, is_registration: bool) -> None:
        if not is_registration:
            return
        with self._lock:
            state = self._devices.get(fid)
        if state == "unregistered":
            raise fcm_error("UNREGISTERED")
        if state is None and not self._accepts_unknown:
            raise fcm_error("INVALID_ARGUMENT")

    def _deliver(self, fid: str, message: dict[str, JsonValue]) -> str:
        with self._lock:
            number = len(self.arrivals) + 1
            name = f"projects/{self.project_id}/messages/0:{number:016d}%fake"
            self.delivered[fid].append(message)
            self.arrivals.append(Arrival(number, fid, name, self._clock.now(), message))
            return name


def _invalid_grant(description: str) -> WireError:
    return WireError(400, {"error": "invalid_grant", "error_description": description})


def _target(message: dict[str, JsonValue]) -> str:
    name = next(name for name in TARGETS if message.get(name))
    target = cast("str", message[name])
    return f"/topics/{target}" if name == "topic" else target
