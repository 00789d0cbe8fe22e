"""The wire models: strict in what we send, tolerant in what we read."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pydantic import JsonValue, ValidationError

from postengine.postiz import CreatePost, IntegrationRef, MediaRef, Post, PostEntry, PostPart, PostState, Tag
from postengine.postiz.calls import posts
from postengine.postiz.models.wire import wire_instant

SAMPLES = Path(__file__).parents[2] / "samples" / "postiz"
NAIVE = datetime.fromisoformat("2026-12-01T10:00:00")
TEN = datetime(2026, 12, 1, 10, 0, 0, 417_999, tzinfo=UTC)


def entry(**settings: JsonValue) -> PostEntry:
    return PostEntry(integration=IntegrationRef(id="i1"), value=(PostPart(content="hi"),), settings=settings)


def listed(**changes: JsonValue) -> Post:
    post: dict[str, JsonValue] = {
        "id": "p1",
        "publishDate": "2026-12-01T10:00:00.000Z",
        "state": "DRAFT",
        "integration": {"id": "i1", "providerIdentifier": "x"},
    }
    body = json.dumps({"posts": [post | changes]}).encode()
    [found] = posts.list_posts(TEN, TEN).read(body)
    return found


def test_what_postiz_wants_to_see_is_always_sent() -> None:
    body = CreatePost(type="draft", date=TEN, posts=(entry(),)).body()

    assert body == {
        "type": "draft",
        "date": "2026-12-01T10:00:00.417Z",
        "shortLink": False,
        "tags": [],
        "posts": [{"integration": {"id": "i1"}, "value": [{"content": "hi", "image": []}], "settings": {}}],
    }


def test_everything_else_is_sent_where_it_is_set() -> None:
    media = MediaRef(
        id="m1", path="https://h.example/a.mp4?v=1", alt="a house", thumbnail="https://h.example/a.png"
    )
    parts = (PostPart(content="hi", image=(media,), id="p1"), PostPart(content="first comment", delay=2))
    post = CreatePost(
        type="schedule",
        date=TEN.astimezone(timezone(timedelta(hours=2))),
        posts=(PostEntry(integration=IntegrationRef(id="i1"), value=parts, group="g1"),),
        short_link=True,
        tags=(Tag(value="v", label="l"),),
        republish=True,
        inter=7,
    )

    body = post.body()

    assert body["date"] == "2026-12-01T10:00:00.417Z"
    assert (body["shortLink"], body["republish"], body["inter"]) == (True, True, 7)
    assert body["tags"] == [{"value": "v", "label": "l"}]
    assert body["posts"] == [
        {
            "integration": {"id": "i1"},
            "value": [
                {
                    "content": "hi",
                    "image": [
                        {
                            "id": "m1",
                            "path": "https://h.example/a.mp4?v=1",
                            "alt": "a house",
                            "thumbnail": "https://h.example/a.png",
                        }
                    ],
                    "id": "p1",
                },
                {"content": "first comment", "image": [], "delay": 2},
            ],
            "settings": {},
            "group": "g1",
        }
    ]


def test_our_mark_and_its_nulls_reach_the_wire_unchanged() -> None:
    mark: JsonValue = {"ref": "r1", "rev": 2, "attempt": "a", "none": None, "list": [1, True, "x"]}

    body = CreatePost(type="draft", date=TEN, posts=(entry(postengine=mark),)).body()

    assert body["posts"] == [
        {
            "integration": {"id": "i1"},
            "value": [{"content": "hi", "image": []}],
            "settings": {"postengine": mark},
        }
    ]


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_text_that_makes_the_real_server_stumble_is_refused_everywhere(text: str) -> None:
    with pytest.raises(ValidationError, match="cannot store"):
        PostPart(content=text)
    with pytest.raises(ValidationError, match="cannot store"):
        entry(postengine={"deep": [text]})
    with pytest.raises(ValidationError, match="cannot store"):
        entry(**{text: 1})


def test_a_slip_of_the_pen_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        PostPart.model_validate({"content": "hi", "images": []})


def test_a_naive_date_is_refused() -> None:
    with pytest.raises(ValidationError, match="timezone"):
        CreatePost(type="draft", date=NAIVE, posts=(entry(),))
    with pytest.raises(ValueError, match="carries its zone"):
        wire_instant(NAIVE)


def test_media_whose_path_postiz_refuses_is_refused_here() -> None:
    with pytest.raises(ValidationError, match="ends in one of"):
        MediaRef(id="m1", path="https://h.example/a.PNG")


def test_settings_come_as_a_string_and_are_parsed() -> None:
    assert listed(settings='{"__type":"x","postengine":{"ref":"r1"}}').settings["postengine"] == {"ref": "r1"}
    assert listed(settings=None).settings == {}
    assert listed(settings={"a": 1}).settings == {"a": 1}
    assert listed().settings == {}


def test_settings_that_are_no_json_do_not_fit() -> None:
    with pytest.raises(ValueError, match="Expecting value"):
        listed(settings="oops")


def test_what_a_newer_server_sends_is_kept() -> None:
    post = listed(state="PUBLISHING", error="why", novelty=[1])

    assert (post.state, post.error, post.model_extra) == ("PUBLISHING", "why", {"novelty": [1]})
    assert listed(state="ERROR").state is PostState.ERROR


def test_a_date_without_a_zone_is_utc() -> None:
    assert listed(publishDate="2026-12-01T10:00:00").publish_date == datetime(2026, 12, 1, 10, tzinfo=UTC)


def test_a_repeating_post_is_kept_once_with_its_own_date() -> None:
    recorded = json.loads((SAMPLES / "list-inter-expanded.json").read_text())["response"]["body"]

    found = posts.list_posts(TEN, TEN).read(json.dumps(recorded).encode())

    assert len(recorded["posts"]) > len(found) == 2
    assert [post.interval_in_days for post in found] == [None, 7]
    assert found[1].publish_date == datetime(2028, 3, 1, 10, tzinfo=UTC)
    assert found[0].creation_method == "API"
