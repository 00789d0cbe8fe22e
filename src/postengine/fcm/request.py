"""Building the HTTP request for a message, without sending it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from urllib.parse import quote

from .message import Message


@dataclass(frozen=True)
class FcmRequest:
    """One HTTP request, ready for any HTTP client. Its repr holds neither the access token nor the body."""

    url: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    method: str = "POST"


def build_request(
    message: Message, *, project_id: str, base_url: str, access_token: str, validate_only: bool = False
) -> FcmRequest:
    """Return the request that sends `message`.

    Args:
        message: What to send, already checked by its own constructor.
        project_id: The Firebase project, by id and not by number.
        base_url: FCM's address without a path.
        access_token: OAuth token with the scope `firebase.messaging`.
        validate_only: FCM checks the message and sends nothing.
    """
    call = {"message": message.to_wire()} | ({"validate_only": True} if validate_only else {})
    return FcmRequest(
        url=f"{base_url.rstrip('/')}/v1/projects/{quote(project_id, safe='')}/messages:send",
        headers={
            "Authorization": f"Bearer {access_token}",
            "Content-Type": "application/json; charset=UTF-8",
        },
        body=json.dumps(call, ensure_ascii=False, separators=(",", ":")).encode(),
    )
