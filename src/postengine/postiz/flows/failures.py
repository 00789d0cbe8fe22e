"""Finding out why a post failed: the listing does not say, but the notifications do, in free text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

from postengine.postiz.models import Notification, Post, PostState

# Postiz tries for half an hour, and then looks for half an hour more.
_WITHIN = timedelta(hours=2)
_EARLY = timedelta(minutes=1)

_SENTENCES = tuple(
    re.compile(pattern, re.DOTALL | re.IGNORECASE)
    for pattern in (
        r"An error occurred while posting (?:comments )?on (?P<provider>[\w .-]+?): (?P<reason>.+)",
        r"(?P<reason>Your post was sent to (?P<provider>[\w .-]+?), "
        r"but we couldn't confirm it was published\.(?: Please check your (?P<channel>.+?) account.*)?)",
        r"(?P<reason>We couldn't post to (?P<provider>[\w .-]+?) for (?P<channel>.+) because "
        r"(?:you need to reconnect it|it's disabled)\..*)",
        r"(?P<reason>Could not refresh your (?P<provider>[\w .-]+?) channel\b.*)",
    )
)


def failure_reason(post: Post, notifications: Iterable[Notification]) -> str | None:
    """Return why `post` failed, if exactly one notification can be about it; see `match_failures`.

    With other failed posts around, ask `match_failures` for all of them at once: it knows of the ambiguity.
    """
    return match_failures([post], notifications).get(post.id)


def match_failures(posts: Iterable[Post], notifications: Iterable[Notification]) -> Mapping[str, str]:
    """Find the reasons of failed posts.

    A notification names the provider, mostly the channel, and never the post. So it is taken for a post only
    if it came within two hours after the post was due, fits no other of the failed posts, and no other
    notification fits this one.

    Args:
        posts: Listed posts; those that have not failed are ignored.
        notifications: As listed, in any order.

    Returns:
        Reasons by the posts' ids; a server that names the reason in the post itself is believed.
    """
    failed = [post for post in posts if post.state == PostState.ERROR]
    candidates: dict[str, list[str]] = {post.id: [] for post in failed}
    for notification in notifications:
        fitting = [(post, reason) for post in failed if (reason := _reason(post, notification)) is not None]
        is_one = len(fitting) == 1
        for post, reason in fitting:
            # One that fits several posts is no reason, but still makes each of them doubtful.
            candidates[post.id].append(reason if is_one else "")
    found = {post_id: reasons[0] for post_id, reasons in candidates.items() if len(set(reasons)) == 1}
    told = {post.id: post.error for post in failed if post.error}
    return {post_id: reason for post_id, reason in (found | told).items() if reason}


def _reason(post: Post, notification: Notification) -> str | None:
    """Return what `notification` says, if it can be about `post`."""
    delay = notification.created_at - post.publish_date
    if not -_EARLY <= delay <= _WITHIN:
        return None
    for sentence in _SENTENCES:
        said = sentence.fullmatch(notification.content.strip())
        if said is None:
            continue
        fields = said.groupdict()
        is_provider = _letters(fields["provider"]) == _letters(post.integration.provider_identifier)
        is_channel = _is_channel(post, fields.get("channel"))
        return fields["reason"].strip() if is_provider and is_channel else None
    return None


def _is_channel(post: Post, channel: str | None) -> bool:
    """Tell whether `channel`, and what follows it in the sentence, begins with the post's channel."""
    name = post.integration.name
    if not channel or not name:
        return True
    is_provider = _letters(channel) == _letters(post.integration.provider_identifier)
    return is_provider or re.match(re.escape(name) + r"(?!\w)", channel) is not None


def _letters(name: str) -> str:
    """Return `name` as both spellings have it: `LinkedIn Page` and `linkedin-page`."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
