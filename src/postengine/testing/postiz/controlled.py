"""What the control API needs of the fake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from pydantic import JsonValue

from .channels import Channels
from .faults import Faults, OutageName
from .hand import Hand
from .publishing import PublishFailure
from .remote_files import WebFile
from .rows import Account, NetworkEntry, PostRow
from .uploads import Uploads
from .videos import Videos
from .webhooks import Webhooks


class Controlled(Protocol):
    """The fake, as its control sees it."""

    faults: Faults
    hand: Hand
    uploads: Uploads
    videos: Videos
    channels: Channels
    webhooks: Webhooks

    @property
    def skew(self) -> timedelta:
        """By how much the server's clock is ahead."""
        ...

    @skew.setter
    def skew(self, skew: timedelta) -> None: ...

    @property
    def posts(self) -> Mapping[str, PostRow]:
        """All posts by id."""
        ...

    @property
    def accounts(self) -> Mapping[str, Account]:
        """All accounts by their key."""
        ...

    @property
    def network(self) -> list[NetworkEntry]:
        """What the networks received."""
        ...

    @property
    def publish_failures(self) -> Sequence[PublishFailure]:
        """The rules that let publications fail."""
        ...

    @property
    def web(self) -> dict[str, WebFile]:
        """What lies in the web."""
        ...

    @property
    def down(self) -> Sequence[OutageName]:
        """Which parts are down."""
        ...

    @property
    def stuck_loops(self) -> int:
        """How many searches never end."""
        ...

    def add_account(
        self, api_key: str, integrations: Iterable[Mapping[str, JsonValue]], *, tags: Iterable[str]
    ) -> Account:
        """Add an organisation."""
        ...

    def consent(self, api_key: str, client_id: str, client_secret: str) -> str:
        """Let a person consent to a program."""
        ...

    def register_webhook(self, api_key: str, url: str, integrations: Iterable[str]) -> None:
        """Tell a URL of successes."""
        ...

    def sweep_hourly(self, *, on: bool) -> None:
        """Switch the hourly sweep."""
        ...

    def fail_publish(self, failure: PublishFailure) -> None:
        """Let publications fail."""
        ...

    def begin_outage(self, name: OutageName, span: timedelta | None) -> None:
        """Take a part down."""
        ...

    def end_outage(self, name: OutageName) -> None:
        """Bring a part back."""
        ...

    def duplicates(self) -> int:
        """Count what a network received once more."""
        ...

    def has_run(self, post_id: str) -> bool:
        """Tell whether a run waits or works."""
        ...
