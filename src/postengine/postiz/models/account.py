"""What Postiz tells of the account."""

from __future__ import annotations

from pydantic import Field

from .wire import Received, UtcInstant


class Connection(Received):
    """The body of `GET /is-connected`."""

    connected: bool


class Notification(Received):
    """Something that Postiz told its users, in free text and without a post's id."""

    id: str
    content: str
    link: str | None = None
    created_at: UtcInstant = Field(validation_alias="createdAt")


class NotificationPage(Received):
    """One page of notifications, newest first."""

    notifications: tuple[Notification, ...]
    total: int
    page: int
    limit: int
    has_more: bool = Field(validation_alias="hasMore")
