"""The client for tasks: what `PostizClient` is, with the same names and arguments."""

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
from .carrying.async_carrier import AsyncCarrier, AsyncSleep, system_sleep
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


class AsyncPostizClient:
    """Speaks with one Postiz account, see `PostizClient`; tasks of one event loop may share it.

    A cancelled call closes its connection. Postiz may do what it asked for all the same.

    Args:
        http: Carries the requests; the client's own, if None.
        base_url: Such as `https://api.postiz.com` or `https://postiz.example/api`.
        api_key: An API key or an OAuth token. Sent as it is, without `Bearer`; in no repr, message or log.
        clock: Measures answers; it is never slept on.
        sleep: Waits for so many seconds between tries; `asyncio.sleep`, if None.
        tries: The most times that a request is sent, at least 1.
        budget: Asked before each `POST /posts`, so that none meets the hourly limit; None asks nobody.
        account: The account's name in `budget` and `media_cache`; told from address and key, if None.
        media_cache: Remembers uploads; one of the client's own, if None.

    Raises:
        ValueError: Address or key cannot be right.
    """

    def __init__(
        self,
        http: httpx.AsyncClient | None = None,
        *,
        base_url: str,
        api_key: str | SecretStr,
        clock: Clock | None = None,
        sleep: AsyncSleep | None = None,
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
        self._carrier = AsyncCarrier(
            http,
            root=self._session.root,
            authorization=self._session.authorization,
            clock=clock,
            sleep=sleep or system_sleep,
            tries=tries,
        )

    def __repr__(self) -> str:
        return f"AsyncPostizClient(base_url={self._session.root!r})"

    async def __aenter__(self) -> AsyncPostizClient:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections, unless they came from outside."""
        await self._carrier.close()

    async def send(self, call: Call[T]) -> Answer[T]:
        """Send `call` and read its answer. See `PostizClient.send`."""
        return await self._carrier.send(call)

    async def converse(self, conversation: Conversation[T]) -> T:
        """Carry out `conversation` and return its result. See `PostizClient.converse`."""
        return await self._carrier.converse(conversation)

    # The account

    async def probe(self) -> Probe:
        """Find out whether address, key and Postiz are right, and say in words what is wrong."""
        return await self.converse(self._session.probe())

    async def is_connected(self) -> Answer[bool]:
        """Ask whether the address and the key are right; `probe` also says what is wrong."""
        return await self.send(accounts.is_connected())

    async def list_notifications(self, page: int = 0) -> Answer[NotificationPage]:
        """List what Postiz told its users, newest first, 100 a page; pages count from 0."""
        return await self.send(accounts.list_notifications(page))

    async def list_users(self, name: str) -> Answer[tuple[JsonValue, ...]]:
        """List the users whose name holds `name`; Postiz answers its super-admins only."""
        return await self.send(accounts.list_users(name))

    # Channels

    async def list_integrations(self, customer_id: str | None = None) -> Answer[tuple[Integration, ...]]:
        """List the connected channels, of one customer group if named."""
        return await self.send(integrations.list_integrations(customer_id))

    async def list_groups(self) -> Answer[tuple[Customer, ...]]:
        """List the customer groups."""
        return await self.send(integrations.list_groups())

    async def connection_url(self, provider: str, refresh: str | None = None) -> Answer[ConnectionLink]:
        """Get the address at which a person connects a channel of `provider`; see its `is_web`.

        See `PostizClient.connection_url`.
        """
        return await self.send(integrations.connection_url(provider, refresh))

    async def delete_integration(self, integration_id: str) -> Answer[DeletedIntegration]:
        """Delete a channel, and all its posts; an unknown id raises `PostizFailed`."""
        return await self.send(integrations.delete_integration(integration_id))

    async def integration_settings(self, integration_id: str) -> Answer[IntegrationSettings]:
        """Ask for the rules, the longest text and the settings' schema of a channel."""
        return await self.send(integrations.integration_settings(integration_id))

    async def trigger_tool(
        self, integration_id: str, method: str, data: Mapping[str, str] | None = None
    ) -> Answer[JsonValue]:
        """Ask a channel's network something, such as Pinterest for its `boards`.

        See `PostizClient.trigger_tool`.
        """
        return await self.send(integrations.trigger_tool(integration_id, method, data or {}))

    async def find_slot(self, integration_id: str) -> Answer[datetime]:
        """Find the next free posting time of a channel, after a look whether there is such a channel.

        See `PostizClient.find_slot`.
        """
        return await self.converse(find_slot(integration_id))

    # Posts

    async def list_posts(
        self, start: datetime, end: datetime, customer_id: str | None = None
    ) -> Answer[tuple[Post, ...]]:
        """List posts of any state with a publish date from `start` to `end`, both included, each id once."""
        return await self.send(posts.list_posts(start, end, customer_id))

    async def create_post(
        self, post: CreatePost, *, tenant: str | None = None, is_due_now: bool = False
    ) -> Answer[tuple[CreatedPost, ...]]:
        """Create posts, or edit those whose ids it carries; one answer an entry, in their order.

        See `PostizClient.create_post`.
        """
        return await self.converse(self._session.create_post(post, tenant, is_due_now=is_due_now))

    async def create_once(
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

        See `PostizClient.create_once`.
        """
        return await self.converse(
            self._session.create_once(post, ref, tenant, key=key, settle_s=settle_s, is_due_now=is_due_now)
        )

    async def delete_post(self, post_id: str) -> Answer[None]:
        """Delete a post; an unknown or already deleted id raises `PostizFailed`."""
        return await self.send(posts.delete_post(post_id))

    async def delete_group(self, group: str) -> Answer[None]:
        """Delete the posts of a group, as many as there are; an unknown one is no error."""
        return await self.send(posts.delete_group(group))

    async def set_status(self, post_id: str, status: Literal["draft", "schedule"]) -> Answer[StatusChange]:
        """Promote a draft (`schedule`) or demote a post (`draft`). See `PostizClient.set_status`."""
        return await self.send(posts.set_status(post_id, status))

    async def merge_settings(
        self, post_id: str, settings: Mapping[str, JsonValue] | BaseModel
    ) -> Answer[SettingsChange]:
        """Replace those settings of a post that are named; of two merges at once, one may be lost."""
        return await self.send(posts.merge_settings(post_id, settings))

    async def set_release_id(self, post_id: str, release_id: str) -> Answer[ReleaseChange]:
        """Tell Postiz which of the network's posts this one is, see `list_missing`."""
        return await self.send(posts.set_release_id(post_id, release_id))

    async def list_missing(self, post_id: str) -> Answer[tuple[MissingRelease, ...]]:
        """List the network's posts that this one may be; empty unless its release id is `missing`."""
        return await self.send(posts.list_missing(post_id))

    async def wait_for(self, ids: Iterable[str], *, timeout_s: float) -> Mapping[str, Outcome]:
        """Look, less and less often, until every post's outcome is final or the time is over.

        See `PostizClient.wait_for`.
        """
        return await self.converse(self._session.wait_for(ids, timeout_s))

    async def reconcile(self, start: datetime, end: datetime, *, key: str = MARK) -> Reconciliation:
        """Group the posts from `start` to `end` by the refs in their settings, and find those out twice."""
        return await self.converse(self._session.reconcile(start, end, key))

    # Numbers

    async def channel_analytics(
        self, integration_id: str, days: int = 7
    ) -> Answer[tuple[AnalyticsSeries, ...]]:
        """Ask for the numbers of a channel over the last `days` days; empty on most failures."""
        return await self.send(analytics.channel_analytics(integration_id, days))

    async def post_analytics(self, post_id: str, days: int = 7) -> Answer[PostAnalytics]:
        """Ask for the numbers of a post over the last `days` days."""
        return await self.send(analytics.post_analytics(post_id, days))

    # Media

    async def upload(self, file: Path | IO[bytes], *, progress: Progress | None = None) -> Answer[Media]:
        """Upload a picture or a video, read piece by piece, without a look at it; see `upload_media`.

        See `PostizClient.upload`.
        """
        return await self.send(uploads.upload(file, progress))

    async def upload_media(
        self, file: Path | IO[bytes], *, alt: str | None = None, progress: Progress | None = None
    ) -> MediaRef:
        """Check a picture or a video, upload it unless the account has it, and return it for a post.

        See `PostizClient.upload_media`.
        """
        return await self.converse(self._session.upload_media(file, alt, progress))

    async def has_media(self, url: str) -> bool:
        """Ask whether an uploaded file is still at `url`, without the key; only 404 and 410 say no."""
        return await self.converse(has_media(url))

    async def upload_from_url(self, url: str) -> Answer[Media]:
        """Let Postiz fetch a file: https, a public host, and a path that ends in a known extension."""
        return await self.send(uploads.upload_from_url(url))

    async def generate_video(
        self, kind: str, output: Literal["vertical", "horizontal"], params: Mapping[str, JsonValue]
    ) -> Answer[Media]:
        """Let Postiz make a video, which takes up to half an hour and costs credits."""
        return await self.send(videos.generate_video(kind, output, params))

    async def call_video_function(
        self, identifier: str, function: str, params: Mapping[str, JsonValue] | None = None
    ) -> Answer[JsonValue]:
        """Ask a kind of video something, such as `image-text-slides` for `loadVoices`."""
        return await self.send(videos.call_video_function(identifier, function, params or {}))
