"""Reading what FCM answered, without knowing how it was transported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from postengine.retry_after import read_retry_after

from .outcome import ConfigError, DeliveredToFcm, DropDevice, Outcome
from .patience import Patience

_MAX_REASON = 300
_DEAD_REGISTRATION = re.compile(
    r"registration (token|id)\b.*\b(not a valid|not valid|invalid)|invalid registration|"
    r"installation id\b.*\b(not a valid|not valid|invalid)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FcmAnswer:
    """One HTTP answer from any HTTP client.

    Attributes:
        headers: Names in lower case.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class _Detail(BaseModel):
    model_config = ConfigDict(extra="ignore")

    type: str = Field(default="", alias="@type")
    error_code: str = Field(default="", alias="errorCode")


class _Problem(BaseModel):
    model_config = ConfigDict(extra="ignore")

    status: str = ""
    message: str = ""
    details: list[_Detail] = []

    @property
    def code(self) -> str:
        """The errorCode of the FcmError among the details: FCM's verdict, absent where the web answers."""
        of_fcm = (detail.error_code for detail in self.details if detail.type.endswith(".FcmError"))
        return next((code for code in of_fcm if code), "")


class _Failure(BaseModel):
    error: _Problem


class _Success(BaseModel):
    name: str = Field(min_length=1)


def wants_new_token(answer: FcmAnswer) -> bool:
    """Say whether the access token was refused, and not the credentials for Apple or a browser behind it."""
    return answer.status == HTTPStatus.UNAUTHORIZED and _problem(answer).code != "THIRD_PARTY_AUTH_ERROR"


def read_answer(answer: FcmAnswer, patience: Patience, *, secret: str = "") -> Outcome:
    """Return what FCM's answer asks for.

    Args:
        answer: Any HTTP answer, a proxy's included.
        patience: Which try it was, and how long a further one makes sense.
        secret: The registration; cut out of the reason should the answer repeat it.
    """
    if answer.status == HTTPStatus.OK:
        return _read_success(answer, patience)
    problem = _problem(answer)
    reason = _reason(answer.status, problem, secret)
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return patience.after_busy(reason, asked_s=_asked_s(answer, patience))
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return patience.after_outage(reason, asked_s=_asked_s(answer, patience), may_have_happened=True)
    if problem.code == "SENDER_ID_MISMATCH" and answer.status == HTTPStatus.FORBIDDEN:
        return DropDevice(reason, is_foreign=True)
    return DropDevice(reason) if _is_dead_registration(answer.status, problem) else ConfigError(reason)


def _read_success(answer: FcmAnswer, patience: Patience) -> Outcome:
    try:
        return DeliveredToFcm(_Success.model_validate_json(answer.body).name)
    except ValidationError:
        # Not FCM's own words: something between us answered, before or after FCM did.
        return patience.after_outage("200 without the name of a message", may_have_happened=True)


def _asked_s(answer: FcmAnswer, patience: Patience) -> float | None:
    headers = answer.headers
    return read_retry_after(headers.get("retry-after"), date=headers.get("date"), now=patience.now)


def _problem(answer: FcmAnswer) -> _Problem:
    """Return FCM's own error, or an empty one for any other body."""
    try:
        return _Failure.model_validate_json(answer.body).error
    except ValidationError:
        return _Problem()


def _is_dead_registration(status: int, problem: _Problem) -> bool:
    match status, problem.code:
        case HTTPStatus.NOT_FOUND, "UNREGISTERED":
            return True
        case HTTPStatus.BAD_REQUEST, _:
            # INVALID_ARGUMENT is also said of a malformed message, which is no fault of the device.
            return bool(_DEAD_REGISTRATION.search(problem.message))
        case _:
            return False


def _reason(status: int, problem: _Problem, secret: str) -> str:
    if problem.code == "SENDER_ID_MISMATCH":
        return "sender mismatch: the registration belongs to another Firebase project"
    if status == HTTPStatus.NOT_FOUND and not problem.code:
        return "404 without a verdict of FCM: check the project's id and FCM's address"
    text = " ".join(part for part in (str(status), problem.code or problem.status, problem.message) if part)
    return (text.replace(secret, "[registration]") if secret else text)[:_MAX_REASON]
