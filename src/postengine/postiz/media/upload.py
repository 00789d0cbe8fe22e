"""Uploading a file once, however many posts show it."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import IO

from postengine.clock import Clock
from postengine.postiz.call import Progress
from postengine.postiz.calls import uploads
from postengine.postiz.carrying.conversation import Conversation, ask, pause, work
from postengine.postiz.errors import PostizAnswerInvalid, PostizError, PostizRejected
from postengine.postiz.models import Media, MediaRef
from postengine.postiz.models.create_post import has_postable_extension

from .cache import MediaCache, StoredMedia
from .file import inspect

# How long a file that was seen at Postiz is believed to be there.
_BELIEVED_FOR = timedelta(hours=1)
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
# Waits for another's upload of the same file: short at first, for most files are small.
_FIRST_WAIT_S = 0.02
_LONGEST_WAIT_S = 1.0


def upload_media(
    file: Path | IO[bytes],
    *,
    alt: str | None,
    progress: Progress | None,
    cache: MediaCache,
    account: str,
    clock: Clock,
) -> Conversation[MediaRef]:
    """Upload `file` unless the account has it already, and return how a post refers to it.

    Raises:
        PostizMediaRefused: It cannot be posted; nothing was sent.
        PostizAnswerInvalid: Postiz stored it under a path that no post takes.
        PostizError: As `ask` does.
    """
    facts = yield from work(lambda: inspect(file))
    wait_s = _FIRST_WAIT_S
    while not cache.claim(account, facts.sha256):
        yield from pause(wait_s)
        wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
    try:
        known = cache.get(account, facts.sha256)
        if known is not None and clock.now() - known.seen_at >= _BELIEVED_FOR:
            is_there = yield from has_media(known.path)
            known = StoredMedia(known.id, known.path, clock.now()) if is_there else None
        if known is None:
            cache.forget(account, facts.sha256)
            media = yield from _uploaded(file, progress)
            known = StoredMedia(media.id, media.path, clock.now())
        cache.put(account, facts.sha256, known)
    finally:
        cache.release(account, facts.sha256)
    return MediaRef(id=known.id, path=known.path, alt=alt)


def has_media(url: str) -> Conversation[bool]:
    """Ask whether an uploaded file is still at `url`; only a plain "gone" counts against it.

    A host that is down or forbids the look, or a URL that is no web address, says nothing of the file.
    """
    if url.startswith(("https://", "http://")):
        try:
            yield from ask(uploads.look_for_media(url))
        except PostizError as error:
            return not (isinstance(error, PostizRejected) and error.status_code in _GONE)
    return True


def _uploaded(file: Path | IO[bytes], progress: Progress | None) -> Conversation[Media]:
    answer = yield from ask(uploads.upload(file, progress))
    media = answer.value
    if not has_postable_extension(media.path):
        raise PostizAnswerInvalid(
            f"Postiz stored the upload as {media.path.rpartition('/')[2]!r}, which no post takes; "
            "check its storage settings.",
            status_code=HTTPStatus.CREATED,
            body=b"",
            is_write=True,
            server_time=answer.server_time,
            elapsed_s=answer.elapsed_s,
        )
    return media
