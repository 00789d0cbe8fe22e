"""What a client knows of its account, and the conversations that need it; shared by both clients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO

from pydantic import SecretStr

from postengine.clock import Clock

from .budget import Budget
from .call import Progress
from .calls import posts
from .carrying.address import api_url
from .carrying.answer import Answer
from .carrying.conversation import Conversation, ask
from .carrying.key import account_name, raw_key
from .flows import once, results
from .flows.probe import Probe, probe
from .flows.reconcile import Reconciliation, group_by_ref
from .flows.results import Outcome
from .flows.spend import spend
from .media.cache import InMemoryMediaCache, MediaCache
from .media.upload import upload_media
from .models import CreatedPost, CreatePost, MediaRef


class Session:
    """One account of one Postiz, and what is remembered of it.

    Args:
        base_url: As a person wrote it.
        api_key: As a person wrote it.
        clock: Tells the time.
        budget: Grants counted requests; None grants all.
        account: The account's name in budget and cache; told from address and key, if None.
        media_cache: Remembers uploads; one of this session's own, if None.

    Raises:
        ValueError: Address or key cannot be right.
    """

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str | SecretStr,
        clock: Clock,
        budget: Budget | None,
        account: str | None,
        media_cache: MediaCache | None,
    ) -> None:
        self.root = api_url(base_url)
        self.authorization = raw_key(api_key)
        self._clock = clock
        self._budget = budget
        self._account = account or account_name(self.root, self.authorization)
        self._media_cache = media_cache or InMemoryMediaCache()

    def probe(self) -> Conversation[Probe]:
        """Find out what is wrong."""
        return probe(self.root)

    def create_post(
        self, post: CreatePost, tenant: str | None, *, is_due_now: bool
    ) -> Conversation[Answer[tuple[CreatedPost, ...]]]:
        """Create posts within the budget."""
        call = posts.create_post(post)
        return spend(self._budget, self._account, call, tenant=tenant, is_due_now=is_due_now)

    def create_once(
        self, post: CreatePost, ref: str, tenant: str | None, *, key: str, settle_s: float, is_due_now: bool
    ) -> Conversation[once.CreatedOnce]:
        """Create a post once."""
        return once.create_once(
            post,
            ref,
            key=key,
            settle_s=settle_s,
            clock=self._clock,
            budget=self._budget,
            account=self._account,
            tenant=tenant,
            is_due_now=is_due_now,
        )

    def upload_media(
        self, file: Path | IO[bytes], alt: str | None, progress: Progress | None
    ) -> Conversation[MediaRef]:
        """Upload a file once."""
        return upload_media(
            file,
            alt=alt,
            progress=progress,
            cache=self._media_cache,
            account=self._account,
            clock=self._clock,
        )

    def wait_for(self, ids: Iterable[str], timeout_s: float) -> Conversation[Mapping[str, Outcome]]:
        """Wait for outcomes."""
        return results.wait_for(ids, timeout_s=timeout_s, clock=self._clock)

    def reconcile(self, start: datetime, end: datetime, key: str) -> Conversation[Reconciliation]:
        """List a window and group it by marks."""
        listed = yield from ask(posts.list_posts(start, end))
        return group_by_ref(listed.value, key=key)
