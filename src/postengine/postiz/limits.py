"""Checking a post before it is sent: every problem at once, in the words of our fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .provider_rules import RULES, Choice, Flag, MediaRule, Text
from .text_length import utf16_length, x_length

MediaKind = Literal["image", "video"]


@dataclass(frozen=True)
class Problem:
    """One reason why a provider would refuse a post.

    Attributes:
        field: `text`, `media`, or `settings.<name>`.
        code: A word for programs, such as `too_long`.
        message: A sentence for people: what is wrong and what would be right.
    """

    field: str
    code: str
    message: str


def check_post(
    provider: str, text: str, media: Sequence[MediaKind], settings: Mapping[str, object]
) -> list[Problem]:
    """Find every reason why Postiz or the network would refuse a post.

    Args:
        provider: The integration's identifier; one that is not in `RULES` is not checked.
        text: Plain text, before `to_content`.
        media: Kinds of the post's media, in their order.
        settings: The provider's settings as they are sent.

    Returns:
        The problems: text, media, settings; empty if there is none.

    >>> [problem.code for problem in check_post("instagram", "New listing", [], {})]
    ['too_few', 'missing']
    """
    rules = RULES.get(provider)
    if rules is None:
        return []
    return [
        *_text_problems(provider, text, rules.longest, has_media=bool(media)),
        *_media_problems(rules.media, media),
        *(problem for setting in rules.settings for problem in _setting_problems(setting, settings)),
        *_cross_problems(provider, media, settings),
    ]


def _text_problems(provider: str, text: str, longest: int, *, has_media: bool) -> Iterator[Problem]:
    if not text.strip() and not has_media:
        yield Problem("text", "empty", "A post without media needs text.")
    length = x_length(text) if provider == "x" else utf16_length(text)
    if length > longest:
        yield Problem("text", "too_long", f"The text counts {length}; {provider} takes {longest} at most.")


def _media_problems(rule: MediaRule, media: Sequence[MediaKind]) -> Iterator[Problem]:
    images, videos = media.count("image"), media.count("video")
    if len(media) < rule.fewest:
        yield Problem("media", "too_few", f"At least {rule.fewest} is needed, there are {len(media)}.")
    if rule.most is not None and len(media) > rule.most:
        yield Problem("media", "too_many", f"At most {rule.most} are taken, there are {len(media)}.")
    if rule.most_images is not None and images > rule.most_images:
        yield Problem(
            "media", "too_many_images", f"At most {rule.most_images} pictures are taken, there are {images}."
        )
    if rule.most_videos is not None and videos > rule.most_videos:
        yield Problem(
            "media", "too_many_videos", f"At most {rule.most_videos} videos are taken, there are {videos}."
        )
    if not rule.may_mix and images and videos:
        yield Problem("media", "mixed", "Pictures and videos cannot be in one post here.")


def _setting_problems(setting: Choice | Text | Flag, settings: Mapping[str, object]) -> Iterator[Problem]:
    field = f"settings.{setting.name}"
    value = settings.get(setting.name)
    if value is None:
        if setting.is_required:
            yield Problem(field, "missing", f"It is needed: {_wanted(setting)}.")
    elif not _fits(setting, value):
        yield Problem(field, "invalid", f"It must be {_wanted(setting)}.")


def _wanted(setting: Choice | Text | Flag) -> str:
    match setting:
        case Choice():
            return f"one of {', '.join(setting.values)}"
        case Text():
            most = "any number of" if setting.longest is None else f"at most {setting.longest}"
            return f"text of at least {setting.shortest} and {most} characters"
        case _:
            return "true or false"


def _fits(setting: Choice | Text | Flag, value: object) -> bool:
    match setting:
        case Choice():
            return value in setting.values
        case Text():
            return (
                isinstance(value, str)
                and len(value) >= setting.shortest
                and (setting.longest is None or len(value) <= setting.longest)
            )
        case _:
            return isinstance(value, bool)


def _cross_problems(
    provider: str, media: Sequence[MediaKind], settings: Mapping[str, object]
) -> Iterator[Problem]:
    """Check what one field asks of another."""
    if provider == "facebook" and settings.get("post_type") == "story" and not media:
        yield Problem("media", "too_few", "A Facebook story needs a picture or a video.")
    if provider == "instagram" and settings.get("is_trial_reel") and list(media) != ["video"]:
        yield Problem("media", "not_one_video", "A trial reel is exactly one video.")
    is_carousel = provider.startswith("linkedin") and settings.get("post_as_images_carousel")
    if is_carousel and ("video" in media or len(media) < 2):
        yield Problem("media", "no_carousel", "A carousel is two pictures or more and no video.")
    if provider == "pinterest" and "video" in media and media.count("image") != 1:
        yield Problem("media", "no_cover", "A video on Pinterest comes with exactly one picture, its cover.")
    if provider == "gmb" and settings.get("topicType") == "EVENT" and not settings.get("eventTitle"):
        yield Problem("settings.eventTitle", "missing", "An event needs a title.")
