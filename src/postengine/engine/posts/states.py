"""The words for states, steps and holds."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """How a channel is posted to: by Postiz, or by a person's hand."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"


class DeliveryState(StrEnum):
    """Where a delivery stands; the moves between them are in moves.py."""

    PLANNED = "planned"
    STAGED = "staged"
    PROMOTED = "promoted"
    UNCONFIRMED = "unconfirmed"
    NOTIFIED = "notified"
    OPENED = "opened"
    SHARED = "shared"
    PUBLISHED = "published"
    FAILED = "failed"
    DECLINED = "declined"
    MISSED = "missed"
    CANCELLED = "cancelled"


OPEN_HANDOVER = (DeliveryState.NOTIFIED, DeliveryState.OPENED, DeliveryState.SHARED)
UNSENT = (DeliveryState.PLANNED, DeliveryState.STAGED)
ENDED = (
    DeliveryState.PUBLISHED,
    DeliveryState.FAILED,
    DeliveryState.DECLINED,
    DeliveryState.MISSED,
    DeliveryState.CANCELLED,
)


class Step(StrEnum):
    """What is done next with a delivery, an asset, an account's checkup or the watch over phones."""

    RENDER = "render"
    STAGE = "stage"
    PROMOTE = "promote"
    CONFIRM = "confirm"
    RECALL = "recall"
    MISS = "miss"
    NOTIFY = "notify"
    REMIND = "remind"
    EXPIRE = "expire"
    CHECK = "check"
    MESSAGE = "message"
    CLOSE = "close"
    REASSIGN = "reassign"
    WATCH = "watch"


class AssetState(StrEnum):
    """Where a generated or uploaded file stands."""

    PLANNED = "planned"
    READY = "ready"
    FAILED = "failed"


class ListingStatus(StrEnum):
    """Where a property stands on the market; `withdrawn` and `sold` take back what is unsent."""

    ACTIVE = "active"
    UNDER_OFFER = "under_offer"
    SOLD = "sold"
    WITHDRAWN = "withdrawn"


OFF_MARKET = (ListingStatus.SOLD, ListingStatus.WITHDRAWN)


class HoldScope(StrEnum):
    """What a hold covers."""

    SERVICE = "service"
    TENANT = "tenant"
    ACCOUNT = "account"
    CHANNEL = "channel"
    LISTING = "listing"
    POST = "post"
    DELIVERY = "delivery"


class HoldReason(StrEnum):
    """Why work waits."""

    UNAPPROVED = "unapproved"
    PAUSED = "paused"
    SICK = "sick"
    DRAFTS_ONLY = "drafts_only"
    RESTORED = "restored"
    QUARANTINED = "quarantined"
    HAND = "hand"


class PostStatus(StrEnum):
    """A post's status, derived from its deliveries in status.py."""

    DRAFT = "draft"
    PENDING = "pending"
    DISTRIBUTING = "distributing"
    PUBLISHED = "published"
    PARTIAL = "partial"
    FAILED = "failed"
    DECLINED = "declined"
    MISSED = "missed"
    CANCELLED = "cancelled"
