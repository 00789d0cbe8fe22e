"""The errors of FCM v1 as they stand on the wire."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from pydantic import JsonValue

_FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
_APNS_ERROR = "type.googleapis.com/google.firebase.fcm.v1.ApnsError"
_BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"
_QUOTA_FAILURE = "type.googleapis.com/google.rpc.QuotaFailure"


class WireError(Exception):
    """An error answer.

    Attributes:
        status: HTTP status.
        body: The JSON.
        headers: Further headers.
    """

    def __init__(self, status: int, body: JsonValue, headers: dict[str, str] | None = None) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.body = body
        self.headers = headers or {}


@dataclass(frozen=True)
class _Known:
    """One line of FCM's list of errors."""

    status: HTTPStatus
    google_status: str
    message: str
    more: tuple[JsonValue, ...] = ()


KNOWN_ERRORS = {
    "UNREGISTERED": _Known(HTTPStatus.NOT_FOUND, "NOT_FOUND", "Requested entity was not found."),
    "SENDER_ID_MISMATCH": _Known(HTTPStatus.FORBIDDEN, "PERMISSION_DENIED", "SenderId mismatch"),
    "INVALID_ARGUMENT": _Known(
        HTTPStatus.BAD_REQUEST,
        "INVALID_ARGUMENT",
        "The registration token is not a valid FCM registration token",
    ),
    "QUOTA_EXCEEDED": _Known(
        HTTPStatus.TOO_MANY_REQUESTS,
        "RESOURCE_EXHAUSTED",
        "Message rate exceeded for the device.",
        ({"@type": _QUOTA_FAILURE, "violations": [{"subject": "device", "description": "Rate exceeded."}]},),
    ),
    "INTERNAL": _Known(HTTPStatus.INTERNAL_SERVER_ERROR, "INTERNAL", "Internal error encountered."),
    "UNAVAILABLE": _Known(
        HTTPStatus.SERVICE_UNAVAILABLE, "UNAVAILABLE", "The service is currently unavailable."
    ),
    "THIRD_PARTY_AUTH_ERROR": _Known(
        HTTPStatus.UNAUTHORIZED,
        "UNAUTHENTICATED",
        "Auth error from APNS or Web Push Service",
        ({"@type": _APNS_ERROR, "statusCode": 403, "reason": "InvalidProviderToken"},),
    ),
    "UNSPECIFIED_ERROR": _Known(HTTPStatus.INTERNAL_SERVER_ERROR, "UNKNOWN", "Unknown error."),
}


def fcm_error(code: str, *, message: str | None = None, retry_after: str | None = None) -> WireError:
    """Return the error with FCM's own `code`, one of `KNOWN_ERRORS`."""
    known = KNOWN_ERRORS[code]
    details: list[JsonValue] = [{"@type": _FCM_ERROR, "errorCode": code}, *known.more]
    headers = {"Retry-After": retry_after} if retry_after is not None else {}
    return WireError(
        known.status, _body(known.status, known.google_status, message or known.message, details), headers
    )


def invalid_field(path: str, message: str) -> WireError:
    """Return the 400 that names a field, such as `message.android.ttl`."""
    violation: JsonValue = {"field": path, "description": message}
    details: list[JsonValue] = [
        {"@type": _FCM_ERROR, "errorCode": "INVALID_ARGUMENT"},
        {"@type": _BAD_REQUEST, "fieldViolations": [violation]},
    ]
    return WireError(400, _body(400, "INVALID_ARGUMENT", message, details))


def malformed_json(path: str, message: str) -> WireError:
    """Return the 400 of the layer in front of FCM, which knows no FcmError."""
    violation: JsonValue = {"field": path, "description": message}
    details: list[JsonValue] = [{"@type": _BAD_REQUEST, "fieldViolations": [violation]}]
    return WireError(400, _body(400, "INVALID_ARGUMENT", message, details))


def unauthenticated() -> WireError:
    """Return the 401 for an absent, unknown or expired access token."""
    message = (
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or "
        "other valid authentication credential."
    )
    return WireError(
        401,
        _body(401, "UNAUTHENTICATED", message),
        {"WWW-Authenticate": 'Bearer realm="fake", error="invalid_token"'},
    )


def not_found(message: str = "Requested entity was not found.") -> WireError:
    """Return a 404 without a verdict of FCM: a wrong address or project."""
    return WireError(404, _body(404, "NOT_FOUND", message))


def _body(status: int, google_status: str, message: str, details: list[JsonValue] | None = None) -> JsonValue:
    error: dict[str, JsonValue] = {"code": int(status), "message": message, "status": google_status}
    if details:
        error["details"] = details
    return {"error": error}
