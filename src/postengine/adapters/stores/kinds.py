"""Every kind of row: its table's name, what is unique in it, and what it is looked up by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from postengine.engine.ports import Row
from postengine.engine.posts.agent import Agent, Device, PairingCode, PhoneEvent
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.checkup import Checkup
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import Alert, ApiToken, Attempt, HistoryEntry, Mark, RemotePost, Upload
from postengine.engine.posts.tenant import Account, Tenant
from postengine.engine.posts.watch import Watch

WORK: tuple[type[Delivery] | type[Asset] | type[Checkup] | type[Watch], ...] = (
    Delivery,
    Asset,
    Checkup,
    Watch,
)
"""The kinds that have a next step."""


@dataclass(frozen=True, slots=True)
class Unique:
    """Fields that no two rows of a kind have in common; rows where one of them is None do not count.

    Attributes:
        only: Counts rows alone whose fields have these values.
        unless: Does not count rows whose fields have one of these values.
    """

    fields: tuple[str, ...]
    only: tuple[tuple[str, str], ...] = ()
    unless: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of row is kept.

    Attributes:
        table: Name of its table.
        unique: Beside `id`.
        indexes: Fields that it is looked up by.
    """

    table: str
    unique: tuple[Unique, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = field(default=())


_OWN_ID = Unique(("tenant_id", "external_id"))
_ONE_PROMOTE = Unique(("remote_id",), only=(("verb", "promote"),), unless=(("outcome", "unsent"),))

KINDS: Mapping[type[Row], Kind] = {
    Tenant: Kind("tenants", (Unique(("external_id",)),)),
    Account: Kind("accounts"),
    Agent: Kind("agents", (_OWN_ID,)),
    Device: Kind("devices", indexes=(("token_hash",), ("agent_id",))),
    PairingCode: Kind("pairing_codes", indexes=(("agent_id",),)),
    PhoneEvent: Kind("phone_events", indexes=(("delivery_id",), ("device_id", "at"))),
    Channel: Kind("channels", (_OWN_ID,), (("agent_id",),)),
    Listing: Kind("listings", (_OWN_ID,)),
    Post: Kind("posts", (_OWN_ID,), (("tenant_id", "scheduled_at"), ("listing_id",))),
    Delivery: Kind(
        "deliveries",
        (Unique(("post_id", "channel_id")),),
        (
            ("account_id", "next_step"),
            ("agent_id", "state"),
            ("channel_id",),
            ("listing_id",),
            ("ref",),
            ("tenant_id", "state"),
        ),
    ),
    Asset: Kind("assets", (Unique(("tenant_id", "inputs_hash")),)),
    Checkup: Kind("checkups"),
    Watch: Kind("watches"),
    Hold: Kind("holds", indexes=(("scope_id",), ("released_at", "is_applied"))),
    Attempt: Kind("attempts", (_ONE_PROMOTE,), (("delivery_id",), ("remote_id",))),
    RemotePost: Kind("remote_posts", indexes=(("delivery_id",), ("account_id",))),
    HistoryEntry: Kind("history", indexes=(("subject_id",), ("tenant_id", "at"))),
    Upload: Kind("uploads"),
    ApiToken: Kind("api_tokens", indexes=(("token_hash",),)),
    Mark: Kind("marks"),
    Alert: Kind("alerts", indexes=(("subject_id",),)),
}


def exists(row: Row, fields: tuple[str, ...]) -> Conflict:
    """Return the error for a `row` that has `fields` in common with another one."""
    named = " and ".join(f"{name} {getattr(row, name)!r}" for name in fields if name != "tenant_id")
    kind = type(row).__name__
    return Conflict("exists", f"there is already a {kind} with {named}; change that one, or choose another")
