"""What may be heard: sounds belong to reels, are sounds, and fit into them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from postengine.engine.posts.asset import Asset
from postengine.engine.posts.errors import Invalid, Problem
from postengine.engine.posts.post import MediaItem, MediaKind
from postengine.engine.posts.presets import SECONDS

from .pages import Page

_SLACK_S = 0.1
"""Encoders fill up their last packet."""


def unplayable(item: MediaItem, field: str) -> Iterator[Problem]:
    """Yield what is asked of an item that no file could do."""
    asked = {"music_id": item.music_id, "voice_id": item.voice_id, "subtitles": item.subtitles}
    if item.kind is not MediaKind.REEL:
        for name in (name for name, value in asked.items() if value):
            message = f"a {item.kind} has no sound and no subtitles; ask for a reel, or leave it out"
            yield Problem(f"{field}.{name}", "reels_only", message)
    if item.music_id and item.without_music:
        message = "expected music or none, got `music_id` and `without_music`; leave one out"
        yield Problem(f"{field}.music_id", "conflicting", message)


def require_room(page: Page, spec: Mapping[str, object], sounds: Mapping[str, Asset]) -> None:
    """Refuse a voice or a subtitle that would be cut short.

    Args:
        page: The reel.
        spec: Of the reel.
        sounds: By the field that they come from.

    Raises:
        Invalid: It ends after the reel, or after the end of any that its network takes.
    """
    preset, seconds = str(spec.get("preset")), page.item.seconds
    if seconds is not None:
        most, why = seconds, f"the reel lasts {seconds:g} s; shorten it, or leave `seconds` out"
    elif preset in SECONDS:
        most = SECONDS[preset][1]
        why = f"{preset} takes videos of at most {most:g} s; shorten it"
    else:
        return
    problems = [
        Problem(field, "too_long", f"it ends after {ends_s:.1f} s, and {why}")
        for field, ends_s in _said(page, sounds)
        if ends_s > most + _SLACK_S
    ]
    if problems:
        raise Invalid(problems)


def _said(page: Page, sounds: Mapping[str, Asset]) -> Iterator[tuple[str, float]]:
    """Yield when each thing that is said has been said; a tune may be cut short."""
    voice = sounds.get(f"{page.field}.voice_id")
    if voice is not None and voice.duration_s is not None:
        yield f"{page.field}.voice_id", voice.duration_s
    for index, subtitle in enumerate(page.item.subtitles):
        yield f"{page.field}.subtitles[{index}].ends_s", subtitle.ends_s
