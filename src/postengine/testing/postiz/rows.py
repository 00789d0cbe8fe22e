"""The rows behind the fake: accounts, channels, posts and what the networks received."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import JsonValue

State = Literal["DRAFT", "QUEUE", "PUBLISHED", "ERROR"]
By = Literal["promote", "create", "server-retry", "person"]


@dataclass
class IntegrationRow:
    """A connected channel.

    Attributes:
        identifier: The provider, such as `instagram`.
        is_refresh_needed: Not told by the API; publishing on it fails.
    """

    id: str
    name: str
    identifier: str
    picture: str = ""
    profile: str = ""
    is_disabled: bool = False
    is_refresh_needed: bool = False
    customer: dict[str, str] | None = None


@dataclass
class Account:
    """One organisation: its key, channels and notifications (oldest first)."""

    api_key: str = field(repr=False)
    integrations: dict[str, IntegrationRow] = field(default_factory=dict[str, IntegrationRow])
    notifications: list[dict[str, JsonValue]] = field(default_factory=list[dict[str, JsonValue]])


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

    @property
    def ref(self) -> str | None:
        """Our mark, if the settings carry one."""
        mark = self.settings.get("postengine")
        ref = mark.get("ref") if isinstance(mark, dict) else None
        return ref if isinstance(ref, str) else None

    def listed(self) -> dict[str, JsonValue]:
        """Return the post as a listing shows it."""
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
            "settings": json.dumps(self.settings, ensure_ascii=False, separators=(",", ":")),
            "tags": [],
            "integration": {
                "id": self.integration.id,
                "providerIdentifier": self.integration.identifier,
                "name": self.integration.name,
                "picture": self.integration.picture,
            },
        }


@dataclass(frozen=True)
class NetworkEntry:
    """A post at the moment in which a network received it.

    Attributes:
        at: True time, whatever the server's clock says.
        network: The provider.
        integration: The channel's id.
        ref: Our mark, if the post carries one.
        post_id: The post's id.
        by: What started the run; `server-retry` is the server's own, `person` a hand in its dashboard.
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
