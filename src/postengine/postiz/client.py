"""The client: one method a call, each of which says what to send; `Carrier` sends it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Literal, TypeVar

import httpx
from pydantic import BaseModel, JsonValue, SecretStr

from postengine.clock import Clock, SystemClock

from .budget import Budget
from .call import Call, Progress
from .calls import account as accounts
from .calls import analytics, integrations, posts, uploads, videos
from .carrying.answer import Answer
from .carrying.carrier import Carrier
from .carrying.conversation import Conversation
from .flows.once import SETTLE_S, CreatedOnce
from .flows.probe import Probe
from .flows.reconcile import MARK, Reconciliation
from .flows.results import Outcome
from .flows.slots import find_slot
from .media.cache import MediaCache
from .media.upload import has_media
from .models import (
    AnalyticsSeries,
    ConnectionLink,
    CreatedPost,
    CreatePost,
    Customer,
    DeletedIntegration,
    Integration,
    IntegrationSettings,
    Media,
    MediaRef,
    MissingRelease,
    NotificationPage,
    Post,
    PostAnalytics,
    ReleaseChange,
    SettingsChange,
    StatusChange,
)
from .session import Session

T = TypeVar("T")


class PostizClient:
    """Speaks with one Postiz account (one API key is one organisation). Threads may share it.

    Reads, and the one write that is provably harmless to repeat, are repeated when that may help; other
    writes only when they certainly were never sent. Each call has its own time-out; a thread that waits for
    an answer cannot be woken earlier, so use `AsyncPostizClient` where calls have to be cancelled, or send a
    call with a shorter one: `client.send(dataclasses.replace(call, timeout_s=2))`.

    Args:
        http: Carries the requests; the client's own, if None.
        base_url: Such as `https://api.postiz.com` or `https://postiz.example/api`.
        api_key: An API key or an OAuth token. Sent as it is, without `Bearer`; in no repr, message or log.
        clock: Measures answers and sleeps between tries.
        tries: The most times that a request is sent, at least 1.
        budget: Asked before each `POST /posts`, so that none meets the hourly limit; None asks nobody.
        account: The account's name in `budget` and `media_cache`; told from address and key, if None.
        media_cache: Remembers uploads; one of the client's own, if None.

    Raises:
        ValueError: Address or key cannot be right.
    """

    def __init__(
        self,
        http: httpx.Client | None = None,
        *,
        base_url: str,
        api_key: str | SecretStr,
        clock: Clock | None = None,
        tries: int = 3,
        budget: Budget | None = None,
        account: str | None = None,
        media_cache: MediaCache | None = None,
    ) -> None:
        clock = clock or SystemClock()
        self._session = Session(
            base_url=base_url,
            api_key=api_key,
            clock=clock,
            budget=budget,
            account=account,
            media_cache=media_cache,
        )
        self._carrier = Carrier(
            http,
            root=self._session.root,
            authorization=self._session.authorization,
            clock=clock,
            tries=tries,
        )

    def __repr__(self) -> str:
        return f"PostizClient(base_url={self._session.root!r})"

    def __enter__(self) -> PostizClient:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, unless they came from outside."""
        self._carrier.close()

    def send(self, call: Call[T]) -> Answer[T]:
        """Send `call` and read its answer.

        Raises:
            PostizError: See `postengine.postiz.errors`; its attributes say what may have happened.
        """
        return self._carrier.send(call)

    def converse(self, conversation: Conversation[T]) -> T:
        """Carry out `conversation`, see `postengine.postiz.carrying.conversation`, and return its result.

        Raises:
            PostizError: As `send` does, and what the conversation itself raises.
        """
        return self._carrier.converse(conversation)

    # The account

    def probe(self) -> Probe:
        """Find out whether address, key and Postiz are right, and say in words what is wrong."""
        return self.converse(self._session.probe())

    def is_connected(self) -> Answer[bool]:
        """Ask whether the address and the key are right; `probe` also says what is wrong."""
        return self.send(accounts.is_connected())

    def list_notifications(self, page: int = 0) -> Answer[NotificationPage]:
        """List what Postiz told its users, newest first, 100 a page; pages count from 0."""
        return self.send(accounts.list_notifications(page))

    def list_users(self, name: str) -> Answer[tuple[JsonValue, ...]]:
        """List the users whose name holds `name`; Postiz answers its super-admins only."""
        return self.send(accounts.list_users(name))

    # Channels

    def list_integrations(self, customer_id: str | None = None) -> Answer[tuple[Integration, ...]]:
        """List the connected channels, of one customer group if named."""
        return self.send(integrations.list_integrations(customer_id))

    def list_groups(self) -> Answer[tuple[Customer, ...]]:
        """List the customer groups."""
        return self.send(integrations.list_groups())

    def connection_url(self, provider: str, refresh: str | None = None) -> Answer[ConnectionLink]:
        """Get the address at which a person connects a channel of `provider`; see its `is_web`.

        Nothing tells when it was connected: list the integrations again.

        Args:
            provider: Such as `instagram`.
            refresh: The network's own id of a channel that is to be connected anew.
        """
        return self.send(integrations.connection_url(provider, refresh))

    def delete_integration(self, integration_id: str) -> Answer[DeletedIntegration]:
        """Delete a channel, and all its posts; an unknown id raises `PostizFailed`."""
        return self.send(integrations.delete_integration(integration_id))

    def integration_settings(self, integration_id: str) -> Answer[IntegrationSettings]:
        """Ask for the rules, the longest text and the settings' schema of a channel."""
        return self.send(integrations.integration_settings(integration_id))

    def trigger_tool(
        self, integration_id: str, method: str, data: Mapping[str, str] | None = None
    ) -> Answer[JsonValue]:
        """Ask a channel's network something, such as Pinterest for its `boards`.

        Raises:
            PostizChannelDisconnected: The channel has to be connected anew.
            PostizError: As `send` does.
        """
        return self.send(integrations.trigger_tool(integration_id, method, data or {}))

    def find_slot(self, integration_id: str) -> Answer[datetime]:
        """Find the next free posting time of a channel, after a look whether there is such a channel.

        Raises:
            PostizChannelUnusable: It is unknown or disabled; Postiz would search for ever.
            PostizError: As `send` does.
        """
        return self.converse(find_slot(integration_id))

    # Posts

    def list_posts(
        self, start: datetime, end: datetime, customer_id: str | None = None
    ) -> Answer[tuple[Post, ...]]:
        """List posts of any state with a publish date from `start` to `end`, both included, each id once."""
        return self.send(posts.list_posts(start, end, customer_id))

    def create_post(
        self, post: CreatePost, *, tenant: str | None = None, is_due_now: bool = False
    ) -> Answer[tuple[CreatedPost, ...]]:
        """Create posts, or edit those whose ids it carries; one answer an entry, in their order.

        Args:
            post: What to create.
            tenant: Who asks for it; tenants share the client's budget in turns.
            is_due_now: It may use the tenth of the budget that is kept for posts that are due.

        Raises:
            PostizBudgetSpent: The budget does not grant it; nothing was sent.
            PostizError: As `send` does.
        """
        return self.converse(self._session.create_post(post, tenant, is_due_now=is_due_now))

    def create_once(
        self,
        post: CreatePost,
        ref: str,
        *,
        key: str = MARK,
        settle_s: float = SETTLE_S,
        tenant: str | None = None,
        is_due_now: bool = False,
    ) -> CreatedOnce:
        """Create `post` unless one with `ref` is on its channel; after a lost answer, look, never resend.

        This is the weaker way, for servers on which a draft cannot be promoted. Two callers at once both find
        nothing and create two; a request that Postiz runs later than `settle_s` after its answer was lost is
        not seen, and is there after the error. Without a lost answer and with one caller, once is once.

        Args:
            post: With exactly one entry.
            ref: Names what is published; the same at every try.
            key: Under which `ref` is kept in the settings.
            settle_s: Seconds to wait before the look after a lost answer.
            tenant: As for `create_post`.
            is_due_now: As for `create_post`.

        Raises:
            PostizError: Not created; or its `may_have_happened` is set, and it was not in the listing.
        """
        return self.converse(
            self._session.create_once(post, ref, tenant, key=key, settle_s=settle_s, is_due_now=is_due_now)
        )

    def delete_post(self, post_id: str) -> Answer[None]:
        """Delete a post; an unknown or already deleted id raises `PostizFailed`."""
        return self.send(posts.delete_post(post_id))

    def delete_group(self, group: str) -> Answer[None]:
        """Delete the posts of a group, as many as there are; an unknown one is no error."""
        return self.send(posts.delete_group(group))

    def set_status(self, post_id: str, status: Literal["draft", "schedule"]) -> Answer[StatusChange]:
        """Promote a draft (`schedule`) or demote a post (`draft`).

        Postiz checks nothing here: promoted again, a published post goes out again.
        """
        return self.send(posts.set_status(post_id, status))

    def merge_settings(
        self, post_id: str, settings: Mapping[str, JsonValue] | BaseModel
    ) -> Answer[SettingsChange]:
        """Replace those settings of a post that are named; of two merges at once, one may be lost."""
        return self.send(posts.merge_settings(post_id, settings))

    def set_release_id(self, post_id: str, release_id: str) -> Answer[ReleaseChange]:
        """Tell Postiz which of the network's posts this one is, see `list_missing`."""
        return self.send(posts.set_release_id(post_id, release_id))

    def list_missing(self, post_id: str) -> Answer[tuple[MissingRelease, ...]]:
        """List the network's posts that this one may be; empty unless its release id is `missing`."""
        return self.send(posts.list_missing(post_id))

    def wait_for(self, ids: Iterable[str], *, timeout_s: float) -> Mapping[str, Outcome]:
        """Look, less and less often, until every post's outcome is final or the time is over.

        See `postengine.postiz.flows.results.wait_for`.
        """
        return self.converse(self._session.wait_for(ids, timeout_s))

    def reconcile(self, start: datetime, end: datetime, *, key: str = MARK) -> Reconciliation:
        """Group the posts from `start` to `end` by the refs in their settings, and find those out twice."""
        return self.converse(self._session.reconcile(start, end, key))

    # Numbers

    def channel_analytics(self, integration_id: str, days: int = 7) -> Answer[tuple[AnalyticsSeries, ...]]:
        """Ask for the numbers of a channel over the last `days` days; empty on most failures."""
        return self.send(analytics.channel_analytics(integration_id, days))

    def post_analytics(self, post_id: str, days: int = 7) -> Answer[PostAnalytics]:
        """Ask for the numbers of a post over the last `days` days."""
        return self.send(analytics.post_analytics(post_id, days))

    # Media

    def upload(self, file: Path | IO[bytes], *, progress: Progress | None = None) -> Answer[Media]:
        """Upload a picture or a video, read piece by piece, without a look at it; see `upload_media`.

        Args:
            file: A path, or a file object in binary mode, sent from its start.
            progress: Told `(sent_bytes, total_bytes)`; what it raises ends the upload.
        """
        return self.send(uploads.upload(file, progress))

    def upload_media(
        self, file: Path | IO[bytes], *, alt: str | None = None, progress: Progress | None = None
    ) -> MediaRef:
        """Check a picture or a video, upload it unless the account has it, and return it for a post.

        One file goes up once for many posts, even if threads ask for it together; and again when Postiz has
        lost it, which is looked for at most once an hour.

        Args:
            file: A path, or a seekable file object in binary mode.
            alt: Text for those who do not see it.
            progress: Told `(sent_bytes, total_bytes)` if it is uploaded; what it raises ends the upload.

        Raises:
            PostizMediaRefused: It cannot be posted; nothing was sent.
            PostizError: As `send` does.
            OSError: It cannot be read.
        """
        return self.converse(self._session.upload_media(file, alt, progress))

    def has_media(self, url: str) -> bool:
        """Ask whether an uploaded file is still at `url`, without the key; only 404 and 410 say no."""
        return self.converse(has_media(url))

    def upload_from_url(self, url: str) -> Answer[Media]:
        """Let Postiz fetch a file: https, a public host, and a path that ends in a known extension."""
        return self.send(uploads.upload_from_url(url))

    def generate_video(
        self, kind: str, output: Literal["vertical", "horizontal"], params: Mapping[str, JsonValue]
    ) -> Answer[Media]:
        """Let Postiz make a video, which takes up to half an hour and costs credits."""
        return self.send(videos.generate_video(kind, output, params))

    def call_video_function(
        self, identifier: str, function: str, params: Mapping[str, JsonValue] | None = None
    ) -> Answer[JsonValue]:
        """Ask a kind of video something, such as `image-text-slides` for `loadVoices`."""
        return self.send(videos.call_video_function(identifier, function, params or {}))
