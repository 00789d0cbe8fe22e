"""Between the engine's words and Postiz's: drafts out, listed posts in."""

from __future__ import annotations

from typing import cast

from pydantic import JsonValue

from postengine.engine.ports import Draft, KnownMedia, Seen
from postengine.postiz import (
    CreatePost,
    IntegrationRef,
    MediaFact,
    MediaRef,
    Post,
    PostEntry,
    PostPart,
    to_content,
)

MARK = "postengine"
"""The key of our mark in a post's settings; Postiz keeps unknown keys."""


def create_post(draft: Draft, *, replacing: Seen | None = None) -> CreatePost:
    """Return the request that makes `draft`, in place of the post that is being replaced, if any."""
    media = tuple(
        MediaRef(id=upload.media_id, path=upload.url, alt=alt or None) for upload, alt in draft.media
    )
    first = PostPart(content=to_content(draft.text), image=media, id=replacing.id if replacing else None)
    comments = tuple(PostPart(content=to_content(text)) for text in draft.comments)
    mark = {"ref": draft.ref, "rev": draft.rev, "attempt": draft.attempt}
    settings = cast("dict[str, JsonValue]", {**draft.settings, MARK: mark})
    entry = PostEntry(
        integration=IntegrationRef(id=draft.integration_id),
        value=(first, *comments),
        settings=settings,
        group=replacing.group if replacing else None,
    )
    return CreatePost(type="draft", date=draft.publish_at, posts=(entry,))


def to_fact(known: KnownMedia) -> MediaFact:
    """Return what the client's check takes."""
    return MediaFact(
        kind="video" if known.mime.startswith("video/") else "image",
        mime=known.mime,
        size_bytes=known.size_bytes,
        width_px=known.width_px,
        height_px=known.height_px,
        duration_s=known.duration_s,
    )


def to_seen(post: Post) -> Seen:
    """Return a listed post as the engine sees it; a mark that is damaged counts as lost."""
    mark = post.settings.get(MARK)
    fields = mark if isinstance(mark, dict) else {}
    ref, rev, attempt = fields.get("ref"), fields.get("rev"), fields.get("attempt")
    return Seen(
        id=post.id,
        state=str(post.state),
        publish_at=post.publish_date,
        integration_id=post.integration.id,
        ref=ref if isinstance(ref, str) else None,
        rev=rev if isinstance(rev, int) else None,
        attempt=attempt if isinstance(attempt, str) else None,
        release_url=post.release_url,
        error=post.error,
        is_by_hand=post.creation_method == "WEB",
        group=post.group,
        provider=post.integration.provider_identifier,
        channel=post.integration.name or "",
    )


def to_post(seen: Seen) -> Post:
    """Return what the client has to know of a post to find out why it failed."""
    channel = {"id": seen.integration_id, "providerIdentifier": seen.provider, "name": seen.channel or None}
    return Post.model_validate(
        {"id": seen.id, "publishDate": seen.publish_at, "state": seen.state, "integration": channel}
    )
