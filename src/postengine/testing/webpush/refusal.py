"""What a push service refuses, in the words of the real ones."""

from __future__ import annotations


class Refused(Exception):
    """An error answer.

    Attributes:
        status: HTTP status.
        text: The body.
        headers: Further headers.
    """

    def __init__(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(f"HTTP {status}: {text}")
        self.status = status
        self.text = text
        self.headers = headers or {}


class ConnectionDropped(Exception):
    """The connection ends without an answer."""


FAULTS = {
    "400": "A header or the body is malformed.",
    "401": "Request did not validate: missing or invalid authorization header",
    "403": "invalid JWT provided",
    "404": "no such subscription",
    "410": "push subscription has unsubscribed or expired.",
    "413": "This message is intended for a constrained device and is limited in size.",
    "429": "Too many requests",
    "500": "Internal error encountered.",
    "503": "The service is currently unavailable.",
}
OTHER_KEYS = (
    "the VAPID credentials in the authorization header do not correspond to the credentials used to create "
    "the subscriptions."
)


def refusal(kind: str, *, retry_after: str | None = None) -> Refused:
    """Return the answer with the status `kind`, one of `FAULTS`."""
    return Refused(int(kind), FAULTS[kind], {} if retry_after is None else {"Retry-After": retry_after})
