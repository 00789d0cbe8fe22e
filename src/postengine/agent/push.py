"""Where a phone wants to be rung, as it tells it."""

from __future__ import annotations

import json
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Literal, Self, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, Field, model_validator

from postengine.engine.ledger.change import Change
from postengine.engine.posts.agent import Device, PushKind
from postengine.hosts import is_public_host

from .responses import JsonObject, Refusal


def _without_nul(text: str) -> str:
    return text.replace("\0", "")


Text: TypeAlias = Annotated[str, AfterValidator(_without_nul)]
"""Text without NUL, which PostgreSQL does not store."""

Address: TypeAlias = Annotated[Text, Field(min_length=1, max_length=4096)]


class FcmPush(BaseModel):
    """A Firebase installation id, or a registration token of the older kind."""

    kind: Literal["fcm"]
    fid: Address | None = None
    token: Address | None = None

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if (self.fid is None) == (self.token is None):
            raise ValueError("give either fid or token")
        return self

    @property
    def address(self) -> str:
        """What `Device.push_address` keeps."""
        return self.fid or self.token or ""


class SubscriptionKeys(BaseModel):
    """Keys of a Web Push subscription, base64url."""

    p256dh: Address
    auth: Address


class Subscription(BaseModel):
    """A Web Push subscription, as the browser's `toJSON` gives it."""

    endpoint: Address
    keys: SubscriptionKeys


class WebPush(BaseModel):
    """Web Push."""

    kind: Literal["webpush"]
    subscription: Subscription

    @property
    def address(self) -> str:
        """What `Device.push_address` keeps."""
        return json.dumps(self.subscription.model_dump(mode="json"), sort_keys=True)


class NoPush(BaseModel):
    """A phone that only asks."""

    kind: Literal["none"]

    @property
    def address(self) -> str:
        """What `Device.push_address` keeps."""
        return ""


Push: TypeAlias = Annotated[FcmPush | WebPush | NoPush, Field(discriminator="kind")]


def check_push(push: FcmPush | WebPush | NoPush, *, allows_local: bool) -> None:
    """Refuse a Web Push address inside our own network, since the service will call it.

    Raises:
        Refusal: 422.
    """
    if isinstance(push, WebPush) and not allows_local and not _is_public(push.subscription.endpoint):
        field = "subscription.endpoint"
        detail = f"{field}: an https address of a public push service was expected"
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "endpoint_not_public", detail, field=field)


def register(change: Change, device: Device, push: FcmPush | WebPush | NoPush) -> Device:
    """Return `device` with its registration, taken from any other device that still has it.

    A phone that pairs anew keeps its registration: without this it would ring twice, or for two agents.
    """
    if push.address:
        where = {"push_kind": PushKind(push.kind), "push_address": push.address, "revoked_at": None}
        for other in change.tx.find(Device, where, lock=True):
            if other.id != device.id:
                change.tx.save(replace(other, push_kind=PushKind.NONE, push_address=""))
    for code in ("push_gone", "push_refused", "push_stale"):
        change.clear_alert(code, device.id)
    return replace(
        device,
        push_kind=PushKind(push.kind),
        push_address=push.address,
        push_updated_at=change.now,
        push_lost_at=None,
    )


def push_json(device: Device) -> JsonObject:
    """Return what the phone compares with its own registration at each start; no key is in it."""
    push: JsonObject = {"kind": device.push_kind.value, "is_lost": device.push_lost_at is not None}
    if device.push_kind is PushKind.WEBPUSH:
        push["endpoint"] = json.loads(device.push_address)["endpoint"]
    elif device.push_kind is PushKind.FCM:
        push["fid"] = device.push_address
    return push


def _is_public(endpoint: str) -> bool:
    try:
        address = urlsplit(endpoint)
        host = address.hostname or ""
    except ValueError:
        return False
    return address.scheme == "https" and is_public_host(host)
