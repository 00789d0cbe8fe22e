"""What the real server checks of a provider's settings, text and media.

The words are the server's where they were recorded; other providers refuse the same in words of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from .providers import PROVIDERS
from .sanitise import flatten

_VIDEO_ALONE = {"linkedin", "linkedin-page", "bluesky"}
_MOST_PICTURES = {"bluesky": 4, "tiktok-business": 35, "tumblr": 31, "dribbble": 1}

_LONGEST_ARTICLE = 100_000

SettingCheck = Callable[[JsonValue], list[str]]


@dataclass(frozen=True)
class Setting:
    """A setting's name and what its check says of a value that is missing or wrong, in the server's words."""

    name: str
    check: SettingCheck


def _one_of(name: str, *values: str, never_null: bool = False, is_optional: bool = False) -> Setting:
    def check(value: JsonValue) -> list[str]:
        if value in values or (is_optional and value is None):
            return []
        wrong = f"{name} must be one of the following values: {', '.join(values)}"
        return [f"{name} should not be null or undefined", wrong] if never_null and value is None else [wrong]

    return Setting(name, check)


def _boolean(name: str) -> Setting:
    return Setting(name, lambda value: [] if isinstance(value, bool) else [f"{name} must be a boolean value"])


def _title(shortest: int, longest: int) -> Setting:
    def check(value: JsonValue) -> list[str]:
        length = len(value) if isinstance(value, str) else -1
        wrong = ["title should not be null or undefined"] if value is None else []
        if length < 0 or length > longest:
            wrong.append(f"title must be shorter than or equal to {longest} characters")
        if length < shortest:
            wrong.append(f"title must be longer than or equal to {shortest} characters")
        return wrong if length >= 0 else [*wrong, "title must be a string"]

    return Setting("title", check)


def _subreddits(value: JsonValue) -> list[str]:
    places = value if isinstance(value, list) else []
    if not places:
        return ["subreddit must contain at least 1 elements"]
    problems: list[str] = []
    for index, place in enumerate(places):
        inner = place.get("value") if isinstance(place, dict) else None
        title = inner.get("title") if isinstance(inner, dict) else None
        if not isinstance(title, str) or len(title) < 2:
            problems.append(f"subreddit.{index}.value.title must be longer than or equal to 2 characters")
    return problems


def _there(name: str) -> Setting:
    return Setting(name, lambda value: [] if value else [f"{name} should not be null or undefined"])


_BOARD = Setting("board", lambda value: [] if isinstance(value, str) and value else ["Board is required"] * 3)
_POST_TYPE = _one_of("post_type", "post", "story", never_null=True)

_ARTICLE = (_there("article_title"), _one_of("article_status", "draft", "published"))
_SUBREDDITS = Setting("subreddit", _subreddits)
_TIKTOK = (
    _one_of(
        "privacy_level",
        "PUBLIC_TO_EVERYONE",
        "MUTUAL_FOLLOW_FRIENDS",
        "FOLLOWER_OF_CREATOR",
        "SELF_ONLY",
    ),
    _boolean("duet"),
    _boolean("stitch"),
    _boolean("comment"),
    _one_of("autoAddMusic", "yes", "no"),
    _boolean("brand_content_toggle"),
    _boolean("brand_organic_toggle"),
    _one_of("content_posting_method", "DIRECT_POST", "UPLOAD"),
)

SETTINGS: Mapping[str, tuple[Setting, ...]] = {
    "x": (
        _one_of("who_can_reply_post", "everyone", "following", "mentionedUsers", "subscribers", "verified"),
    ),
    "facebook": (_one_of("post_type", "post", "story", is_optional=True),),
    "instagram": (_POST_TYPE,),
    "instagram-standalone": (_POST_TYPE,),
    "tiktok": _TIKTOK,
    "tiktok-business": _TIKTOK,
    "youtube": (
        _title(2, 100),
        _one_of("type", "public", "private", "unlisted", never_null=True),
    ),
    "pinterest": (_BOARD,),
    "reddit": (_SUBREDDITS,),
    "lemmy": (_SUBREDDITS,),
    "moltbook": (_there("submolt"),),  # its schema claims that there is nothing to set
    "devto": (_there("title"),),  # its tags have a default
    "gmb": (_one_of("topicType", "STANDARD", "EVENT", "OFFER", is_optional=True),),
}


def settings_problems(identifier: str, settings: Mapping[str, JsonValue]) -> list[str]:
    """List what the settings' DTO says, without its prefix."""
    if _is_article(identifier, settings):
        checks: tuple[Setting, ...] = _ARTICLE
    else:
        checks = SETTINGS.get(identifier, _required(identifier))
    return [problem for setting in checks for problem in setting.check(settings.get(setting.name))]


def _required(identifier: str) -> tuple[Setting, ...]:
    """Check of other providers that what they require is there; the server's words are not known."""
    provider = PROVIDERS.get(identifier)
    return tuple(map(_there, provider.required.split())) if provider is not None else ()


def _is_article(identifier: str, settings: Mapping[str, JsonValue]) -> bool:
    return identifier == "x" and settings.get("post_type") == "article"


def provider_problem(
    identifier: str, content: str, image: list[JsonValue], settings: Mapping[str, JsonValue]
) -> str | None:
    """Return what the provider itself says of a post that is not a draft; drafts are not asked."""
    kinds = ["video" if str(_path(item)).split("?")[0].endswith(".mp4") else "image" for item in image]
    wrong = _media_problem(identifier, kinds)
    if wrong is not None:
        return wrong
    provider = PROVIDERS.get(identifier)
    longest = (
        _LONGEST_ARTICLE if _is_article(identifier, settings) else provider.longest if provider else None
    )
    if longest is not None and _length(identifier, flatten(content)) > longest:
        return "post is too long, please fix it"
    return None


def _media_problem(identifier: str, kinds: list[str]) -> str | None:
    videos, count = kinds.count("video"), len(kinds)
    if identifier.startswith("instagram"):
        if not kinds:
            return "Should have at least one media"
        return "You can have at most 10 media" if count > 10 else None
    if identifier.startswith("tiktok"):
        if not kinds:
            return "No video / images selected"
        return "Only one video, or pictures only" if videos and count > 1 else None
    if identifier == "youtube" and kinds != ["video"]:
        return "You need one media"
    if identifier == "pinterest" and (not kinds or kinds == ["video"] or count > 5):
        return "Requires one to five pictures, or a video and its cover"
    if identifier == "gmb" and (videos or count > 1):
        return "Only one picture is allowed"
    if identifier in _VIDEO_ALONE and videos and count > 1:
        return "A video has to be alone"
    return "Too many pictures" if count > _MOST_PICTURES.get(identifier, count) else None


def _path(item: JsonValue) -> JsonValue:
    return item.get("path") if isinstance(item, dict) else None


def _length(identifier: str, text: str) -> int:
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    # X counts scripts beyond U+10FF double; links are left out here, for the longer of both counts decides.
    weights = sum(1 if ord(char) < 0x1100 or 0x2000 <= ord(char) <= 0x201F else 2 for char in text)
    return max(units, weights) if identifier == "x" else units
