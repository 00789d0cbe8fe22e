"""Checking a post before it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from postengine.postiz import RULES, MediaKind, check_post

X = {"who_can_reply_post": "everyone"}
YOUTUBE = {"title": "Two rooms", "type": "public"}
TIKTOK = {
    "privacy_level": "SELF_ONLY",
    "duet": False,
    "stitch": False,
    "comment": True,
    "autoAddMusic": "no",
    "brand_content_toggle": False,
    "brand_organic_toggle": False,
    "content_posting_method": "DIRECT_POST",
}


def codes(provider: str, text: str, media: Sequence[MediaKind], settings: Mapping[str, object]) -> list[str]:
    return [f"{found.field}:{found.code}" for found in check_post(provider, text, media, settings)]


@pytest.mark.parametrize(
    ("provider", "media", "settings"),
    [
        ("x", ["image"] * 4, X),
        ("x", [], X),
        ("linkedin", ["video"], {}),
        ("linkedin-page", ["image", "image"], {"post_as_images_carousel": True}),
        ("facebook", [], {}),
        ("instagram", ["image"] * 10, {"post_type": "post"}),
        ("instagram", ["video"], {"post_type": "post", "is_trial_reel": True}),
        ("threads", [], {}),
        ("tiktok", ["video"], TIKTOK),
        ("tiktok", ["image", "image"], TIKTOK),
        ("youtube", ["video"], YOUTUBE),
        ("pinterest", ["image"], {"board": "b1"}),
        ("pinterest", ["video", "image"], {"board": "b1"}),
        ("gmb", ["image"], {"topicType": "EVENT", "eventTitle": "Open house"}),
        ("telegram", [], {}),
        ("a-provider-of-tomorrow", [], {}),
    ],
)
def test_a_good_post_has_no_problem(
    provider: str, media: Sequence[MediaKind], settings: Mapping[str, object]
) -> None:
    assert check_post(provider, "New on the market", media, settings) == []


@pytest.mark.parametrize(
    ("provider", "media", "settings", "expected"),
    [
        ("x", ["image"] * 5, X, ["media:too_many_images"]),
        ("x", ["image", "video"], X, ["media:mixed"]),
        ("x", [], {}, ["settings.who_can_reply_post:missing"]),
        ("x", [], {"who_can_reply_post": "nobody"}, ["settings.who_can_reply_post:invalid"]),
        ("x", [], X | {"made_with_ai": "yes"}, ["settings.made_with_ai:invalid"]),
        ("linkedin", ["video", "image"], {}, ["media:mixed"]),
        ("linkedin", ["image"], {"post_as_images_carousel": True}, ["media:no_carousel"]),
        ("facebook", [], {"post_type": "story"}, ["media:too_few"]),
        ("instagram", [], {}, ["media:too_few", "settings.post_type:missing"]),
        ("instagram", ["image"] * 11, {"post_type": "post"}, ["media:too_many"]),
        ("instagram", ["image"], {"post_type": "post", "is_trial_reel": True}, ["media:not_one_video"]),
        ("tiktok", ["video", "video"], TIKTOK, ["media:too_many_videos"]),
        ("tiktok", ["video"], TIKTOK | {"title": "a" * 91}, ["settings.title:invalid"]),
        ("youtube", ["image"], YOUTUBE, ["media:too_many_images"]),
        ("youtube", ["video"], YOUTUBE | {"title": "a"}, ["settings.title:invalid"]),
        ("youtube", ["video"], YOUTUBE | {"title": 7}, ["settings.title:invalid"]),
        ("pinterest", ["video"], {"board": ""}, ["settings.board:invalid", "media:no_cover"]),
        ("gmb", ["image", "image"], {}, ["media:too_many_images"]),
        ("gmb", [], {"topicType": "EVENT"}, ["settings.eventTitle:missing"]),
    ],
)
def test_each_rule_that_is_broken_is_named(
    provider: str, media: Sequence[MediaKind], settings: Mapping[str, object], expected: list[str]
) -> None:
    assert codes(provider, "New on the market", media, settings) == expected


def test_all_problems_are_told_at_once() -> None:
    found = codes("tiktok", "a" * 2001, [], {"duet": "no"})

    assert found[:2] == ["text:too_long", "media:too_few"]
    assert "settings.duet:invalid" in found
    assert [code for code in found if code.endswith(":missing")] == [
        f"settings.{name}:missing" for name in TIKTOK if name != "duet"
    ]


def test_a_message_says_what_would_be_right() -> None:
    [problem] = check_post("youtube", "a", ["video"], {"title": "Two rooms"})

    assert problem.message == "It is needed: one of public, private, unlisted."


def test_a_post_needs_text_or_media() -> None:
    assert codes("facebook", "  ", [], {}) == ["text:empty"]
    assert codes("facebook", "", ["image"], {}) == []


@pytest.mark.parametrize("provider", sorted(RULES))
def test_the_longest_text_fits_and_one_more_does_not(provider: str) -> None:
    longest = RULES[provider].longest

    assert "text:too_long" not in codes(provider, "a" * longest, [], {})
    assert "text:too_long" in codes(provider, "a" * (longest + 1), [], {})


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("😀" * 140, True),
        ("😀" * 141, False),
        ("家" * 140, True),
        ("家" * 141, False),
        ("☀\ufe0f" * 140, True),
        ("a" * 257 + "https://e.com", True),  # 257 + 23
        ("a" * 257 + " https://e.com", False),
        ("a" * 250 + " see e.com/a-house", True),
        ("a" * 257 + " e.com", False),
        ("a" * 100 + " https://e.com/" + "b" * 170, False),  # short for X, too long for Postiz
    ],
)
def test_x_counts_weights_links_and_units(text: str, *, fits: bool) -> None:
    assert (codes("x", text, [], X) == []) is fits
