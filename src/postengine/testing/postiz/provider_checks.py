"""What the real server checks of a provider's settings, text and media (the providers used now)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from .sanitise import flatten

SettingCheck = Callable[[JsonValue], list[str]]

LONGEST = {
    "x": 280,
    "linkedin": 3000,
    "linkedin-page": 3000,
    "facebook": 63206,
    "instagram": 2200,
    "instagram-standalone": 2200,
    "threads": 500,
    "bluesky": 300,
    "mastodon": 500,
    "tiktok": 2000,
    "youtube": 5000,
    "pinterest": 500,
    "gmb": 1500,
    "telegram": 4096,
}


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


_BOARD = Setting("board", lambda value: [] if isinstance(value, str) and value else ["Board is required"] * 3)
_POST_TYPE = _one_of("post_type", "post", "story", never_null=True)

SETTINGS: Mapping[str, tuple[Setting, ...]] = {
    "x": (
        _one_of("who_can_reply_post", "everyone", "following", "mentionedUsers", "subscribers", "verified"),
    ),
    "facebook": (_one_of("post_type", "post", "story", is_optional=True),),
    "instagram": (_POST_TYPE,),
    "instagram-standalone": (_POST_TYPE,),
    "tiktok": (
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
    ),
    "youtube": (
        _title(2, 100),
        _one_of("type", "public", "private", "unlisted", never_null=True),
    ),
    "pinterest": (_BOARD,),
    "gmb": (_one_of("topicType", "STANDARD", "EVENT", "OFFER", is_optional=True),),
}


def settings_problems(identifier: str, settings: Mapping[str, JsonValue]) -> list[str]:
    """List what the settings' DTO says, without its prefix."""
    return [
        problem
        for setting in SETTINGS.get(identifier, ())
        for problem in setting.check(settings.get(setting.name))
    ]


def provider_problem(identifier: str, content: str, image: list[JsonValue]) -> str | None:
    """Return what the provider itself says of a post that is not a draft; drafts are not asked."""
    kinds = ["video" if str(_path(item)).split("?")[0].endswith(".mp4") else "image" for item in image]
    wrong = _media_problem(identifier, kinds)
    if wrong is not None:
        return wrong
    longest = LONGEST.get(identifier)
    if longest is not None and _length(identifier, flatten(content)) > longest:
        return "post is too long, please fix it"
    return None


def _media_problem(identifier: str, kinds: list[str]) -> str | None:
    videos, count = kinds.count("video"), len(kinds)
    if identifier.startswith("instagram"):
        if not kinds:
            return "Should have at least one media"
        return "You can have at most 10 media" if count > 10 else None
    if identifier == "tiktok":
        if not kinds:
            return "No video / images selected"
        return "Only one video, or pictures only" if videos and count > 1 else None
    if identifier == "youtube" and kinds != ["video"]:
        return "You need one media"
    if identifier == "pinterest" and (not kinds or kinds == ["video"] or count > 5):
        return "Requires one to five pictures, or a video and its cover"
    if identifier == "gmb" and (videos or count > 1):
        return "Only one picture is allowed"
    if identifier.startswith("linkedin") and videos and count > 1:
        return "A video has to be alone"
    return None


def _path(item: JsonValue) -> JsonValue:
    return item.get("path") if isinstance(item, dict) else None


def _length(identifier: str, text: str) -> int:
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    # X counts scripts beyond U+10FF double; links are left out here, for the longer of both counts decides.
    weights = sum(1 if ord(char) < 0x1100 or 0x2000 <= ord(char) <= 0x201F else 2 for char in text)
    return max(units, weights) if identifier == "x" else units
