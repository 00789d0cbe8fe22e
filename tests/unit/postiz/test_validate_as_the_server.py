"""The local check agrees with what the real server answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict, cast

import pytest
from pydantic import JsonValue

from postengine.postiz.checks.draft_post import DraftComment, DraftPost, TargetChannel
from postengine.postiz.checks.validate import validate
from postengine.postiz.content.build import Content
from postengine.postiz.content.read import from_content
from postengine.postiz.media.fact import MediaFact


class Part(TypedDict):
    content: str
    paths: list[str]


class Recorded(TypedDict):
    """A request and its answer: 201, or 400 with what was wrong."""

    case: str
    provider: str
    is_draft: bool
    parts: list[Part]
    settings: dict[str, JsonValue]
    status: int
    said: JsonValue


SAMPLES = Path(__file__).parents[2] / "samples/postiz-checks.json"
RECORDED = cast("list[Recorded]", json.loads(SAMPLES.read_text(encoding="ascii")))
ONLY_THE_NETWORK_CHECKS = {"create-x-5-images", "create-x-video-and-image"}
WORDS = {
    "post is too long": ("text", "too_long"),
    "content must be a non-empty string": ("text", "empty"),
    "valid extension": ("media[0]", "format"),
    "settings.": ("settings.", ""),
    "media": ("media", ""),
    "images selected": ("media", ""),
}


def as_draft(recorded: Recorded) -> DraftPost:
    def words(part: Part) -> str | Content:
        return from_content(part["content"]) if "<p" in part["content"] else part["content"]

    def media(part: Part) -> tuple[MediaFact, ...]:
        extensions = [path.rpartition(".")[2] for path in part["paths"]]
        return tuple(
            MediaFact(kind="video" if e in {"mp4", "mov"} else "image", extension=e) for e in extensions
        )

    first, *comments = recorded["parts"]
    return DraftPost(
        text=words(first),
        media=media(first),
        settings=recorded["settings"],
        comments=tuple(DraftComment(words(part), media(part)) for part in comments),
    )


@pytest.mark.parametrize("recorded", RECORDED, ids=[recorded["case"] for recorded in RECORDED])
def test_what_the_server_took_is_good_and_what_it_refused_is_told(recorded: Recorded) -> None:
    found = validate(as_draft(recorded), TargetChannel(provider=recorded["provider"]))

    refused = [problem for problem in found if not problem.is_warning]
    if recorded["is_draft"] and recorded["status"] == 201:  # of a draft neither length nor media are checked
        refused = [problem for problem in refused if not problem.field.startswith(("media", "text"))]
    if recorded["case"] in ONLY_THE_NETWORK_CHECKS:
        assert [problem.field for problem in refused] == ["media"]
    elif recorded["status"] == 201:
        assert refused == []
    else:
        said = json.dumps(recorded["said"])
        field, code = next(place for words, place in WORDS.items() if words in said)
        assert [p for p in refused if p.field.startswith(field) and code in p.code] != []
