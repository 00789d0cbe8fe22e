"""The rows behind the fake: accounts, channels, posts and what the networks received."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import JsonValue

State = Literal["DRAFT", "QUEUE", "PUBLISHED", "ERROR"]
By = Literal["promote", "create", "server-retry", "server-sweep", "person"]

_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass
class IntegrationRow:
    """A connected channel.

    Attributes:
        identifier: The provider, such as `instagram`.
        is_refresh_needed: Not told by the API; publishing on it fails.
        posting_times: Minutes of the day, in UTC, between which `find-slot` chooses.
        tool_answers: What `integration-trigger` answers, by the method's name; else it stumbles.
        analytics: What the channel's analytics are.
        missing: What the network offers for a post whose release is missing.
    """

    id: str
    name: str
    identifier: str
    picture: str | None = ""
    profile: str | None = ""
    is_disabled: bool = False
    is_refresh_needed: bool = False
    is_deleted: bool = False
    customer: dict[str, str] | None = None
    posting_times: tuple[int, ...] = (120, 400, 700)
    tool_answers: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue])
    analytics: list[JsonValue] = field(default_factory=list[JsonValue])
    missing: list[JsonValue] = field(default_factory=list[JsonValue])


@dataclass
class PostRow:
    """A post, or a comment of a thread if it has a parent."""

    id: str
    account: Account = field(repr=False)
    integration: IntegrationRow
    content: str
    image: list[JsonValue]
    settings: dict[str, JsonValue]
    publish_date: datetime
    state: State
    group: str
    parent_id: str | None = None
    is_deleted: bool = False
    release_url: str | None = None
    release_id: str | None = None
    interval_in_days: int | None = None
    creation_method: str = "API"
    tags: tuple[str, ...] = ()
    delay: int = 0
    analytics: list[JsonValue] = field(default_factory=list[JsonValue])
    created_at: datetime | None = None
    updated_at: datetime | None = None
    _told: tuple[tuple[object, ...], str] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def ref(self) -> str | None:
        """Our mark, if the settings carry one."""
        mark = self.settings.get("postengine")
        ref = mark.get("ref") if isinstance(mark, dict) else None
        return ref if isinstance(ref, str) else None

    def told(self, date: datetime | None = None) -> str:
        """Return the post as a listing shows it, as JSON; with `date`, as a repetition of it.

        Listings are asked for all the time, so the text is kept until something in it changes.
        """
        settings, channel = _write_json(self.settings), self.integration
        stamp = (
            self.content, self.publish_date, self.release_url, self.release_id, self.state,
            self.interval_in_days, self.group, settings, channel.id, channel.name, channel.picture, self.tags,
        )  # fmt: skip
        if date is not None:
            own = iso_ms(self.publish_date)
            return _write_json({**self._listed(settings), "publishDate": iso_ms(date), "actualDate": own})
        if self._told is None or self._told[0] != stamp:
            self._told = stamp, _write_json(self._listed(settings))
        return self._told[1]

    def _listed(self, settings: str) -> dict[str, JsonValue]:
        return {
            "id": self.id,
            "content": self.content,
            "publishDate": iso_ms(self.publish_date),
            "releaseURL": self.release_url,
            "releaseId": self.release_id,
            "state": self.state,
            "intervalInDays": self.interval_in_days,
            "group": self.group,
            "creationMethod": self.creation_method,
            "settings": settings,
            "tags": [{"tag": self.account.tags[name]} for name in self.tags],
            "integration": {
                "id": self.integration.id,
                "providerIdentifier": self.integration.identifier,
                "name": self.integration.name,
                "picture": self.integration.picture,
            },
        }

    def whole_row(self) -> dict[str, JsonValue]:
        """Return the row as the calls show it that forget to choose from it."""
        return {
            "id": self.id,
            "state": self.state,
            "publishDate": iso_ms(self.publish_date),
            "organizationId": self.account.id,
            "integrationId": self.integration.id,
            "content": self.content,
            "delay": self.delay,
            "group": self.group,
            "title": None,
            "description": None,
            "parentPostId": self.parent_id,
            "releaseId": self.release_id,
            "releaseURL": self.release_url,
            "settings": _write_json(self.settings),
            "image": _write_json(self.image),
            "submittedForOrderId": None,
            "submittedForOrganizationId": None,
            "approvedSubmitForOrder": "NO",
            "creationMethod": self.creation_method,
            "lastMessageId": None,
            "intervalInDays": self.interval_in_days,
            "error": None,
            "createdAt": None if self.created_at is None else iso_ms(self.created_at),
            "updatedAt": None if self.updated_at is None else iso_ms(self.updated_at),
            "deletedAt": None,
        }


@dataclass
class Account:
    """One organisation: its key, channels and notifications (oldest first).

    Attributes:
        tags: The tags that exist; a post's others are dropped.
        rows: All posts and comments, in the order in which they were made.
    """

    api_key: str = field(repr=False)
    id: str = ""
    integrations: dict[str, IntegrationRow] = field(default_factory=dict[str, IntegrationRow])
    notifications: list[dict[str, JsonValue]] = field(default_factory=list[dict[str, JsonValue]])
    tags: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue])
    rows: list[PostRow] = field(default_factory=list[PostRow], repr=False)


@dataclass(frozen=True)
class NetworkEntry:
    """A post at the moment in which a network received it.

    Attributes:
        at: True time, whatever the server's clock says.
        network: The provider.
        integration: The channel's id.
        ref: Our mark, if the post carries one.
        post_id: The post's id.
        by: What started the run; `server-retry` and `server-sweep` are the server's own, `person` is a
            hand in its dashboard.
    """

    at: datetime
    network: str
    integration: str
    ref: str | None
    post_id: str
    by: By

    def line(self) -> dict[str, JsonValue]:
        """Return the entry as a line of the network log."""
        return {
            "at": iso_ms(self.at),
            "network": self.network,
            "integration": self.integration,
            "ref": self.ref,
            "post_id": self.post_id,
            "by": self.by,
        }


def iso_ms(instant: datetime) -> str:
    """Write an aware UTC instant as the real server does: `2026-12-01T10:00:00.417Z`."""
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")
