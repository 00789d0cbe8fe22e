"""Checking a whole post before it is sent."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from postengine.postiz.checks.draft_post import DraftComment, DraftPost, TargetChannel
from postengine.postiz.checks.validate import validate
from postengine.postiz.content.build import Content, heading, paragraph
from postengine.postiz.content.inline import bold, link
from postengine.postiz.media.fact import MediaFact
from postengine.postiz.providers import PinterestSettings, RawSettings
from postengine.postiz.providers.rules import PROVIDERS

Values = dict[str, JsonValue]

IMAGE = MediaFact(kind="image")
VIDEO = MediaFact(kind="video")
X: Values = {"who_can_reply_post": "everyone"}
ARTICLE: Values = {"post_type": "article", "article_title": "On homes", "article_status": "draft"}
POST: Values = {"post_type": "post"}
STORY: Values = {"post_type": "story"}
YOUTUBE: Values = {"title": "Two rooms", "type": "public"}
TIKTOK: Values = {
    "privacy_level": "SELF_ONLY",
    "duet": False,
    "stitch": False,
    "comment": True,
    "autoAddMusic": "no",
    "brand_content_toggle": False,
    "brand_organic_toggle": False,
    "content_posting_method": "DIRECT_POST",
}
FORUM: Values = {"subreddit": "/r/test", "title": "Two rooms", "type": "media", "is_flair_required": False}
REDDIT: Values = {"subreddit": [{"value": FORUM}]}


def codes(provider: str, post: DraftPost, **known: JsonValue) -> list[str]:
    """Tell problems as `field:code`; warnings end in a question mark."""
    channel = TargetChannel(
        provider=provider,
        is_verified=known.get("is_verified") is True,
        max_length=length if isinstance(length := known.get("max_length"), int) else None,
        settings_schema=known.get("schema"),
    )
    return [f"{found.field}:{found.code}{'?' * found.is_warning}" for found in validate(post, channel)]


def post(settings: Values, *media: MediaFact, text: str | Content = "New on the market") -> DraftPost:
    return DraftPost(text=text, media=media, settings=settings)


def image(width_px: int, height_px: int) -> MediaFact:
    return MediaFact(kind="image", width_px=width_px, height_px=height_px)


@pytest.mark.parametrize(
    ("provider", "draft"),
    [
        ("x", post(X, *[IMAGE] * 4)),
        ("x", post(ARTICLE, text="long <3 " * 2000)),
        ("linkedin", post({}, VIDEO)),
        ("linkedin-page", post({"post_as_images_carousel": True}, IMAGE, IMAGE)),
        ("facebook", post(STORY, MediaFact(kind="image", mime="image/jpeg", size_bytes=4_194_303))),
        ("facebook", post({"text_format_preset_id": "1"})),
        ("instagram", post(POST, *[image(1080, 1350)] * 10)),
        ("instagram", post(POST | {"is_trial_reel": True, "audio": {"id": "1"}}, VIDEO)),
        ("instagram", post(POST | {"collaborators": [{"label": "a"}]}, image(1910, 1000))),
        ("instagram-standalone", post(STORY, image(1080, 1920))),
        ("threads", post({})),
        ("bluesky", post({}, VIDEO)),
        ("tiktok", post(TIKTOK, MediaFact(kind="video", width_px=720, height_px=1280))),
        ("tiktok", post(TIKTOK, image(1080, 1920), image(1080, 1080))),
        ("youtube", post(YOUTUBE, MediaFact(kind="video", extension="mp4"))),
        ("pinterest", post({"board": "1"}, image(10, 20), IMAGE, image(10, 20))),
        ("pinterest", post({"board": "1"}, VIDEO, IMAGE)),
        ("gmb", post({"topicType": "STANDARD"}, IMAGE)),
        ("reddit", post(REDDIT, MediaFact(kind="video", has_thumbnail=True))),
        ("reddit", post({"subreddit": [{"value": FORUM | {"type": "self"}}]})),
        ("tumblr", post({}, *[IMAGE] * 30, VIDEO)),
        ("dribbble", post({"title": "T"}, image(800, 600))),
        ("wrapcast", post({}, IMAGE)),
        ("telegram", post({}, text="R&D > none")),
        ("a-provider-of-tomorrow", post({"colour": "green"}, IMAGE, VIDEO)),
    ],
)
def test_a_good_post_has_no_problem(provider: str, draft: DraftPost) -> None:
    assert codes(provider, draft) == []


@pytest.mark.parametrize(
    ("provider", "draft", "expected"),
    [
        ("x", post(X, *[IMAGE] * 5), ["media:too_many_images"]),
        ("x", post(X, IMAGE, VIDEO), ["media:mixed"]),
        ("x", post(ARTICLE, VIDEO), ["media:only_images"]),
        ("linkedin", post({}, VIDEO, IMAGE), ["media:mixed"]),
        ("linkedin", post({"post_as_images_carousel": True}, IMAGE), ["media:no_carousel"]),
        ("linkedin", post({"post_as_images_carousel": True}, VIDEO), ["media:no_carousel"]),
        ("facebook", post(STORY), ["media:too_few"]),
        (
            "facebook",
            post(
                {"text_format_preset_id": "1"},
                MediaFact(kind="image", extension="webp", size_bytes=4_194_304),
            ),
            [
                "media[0]:network_format",
                "media[0]:network_too_large",
                "settings.text_format_preset_id:ignored?",
            ],
        ),
        ("instagram", post({}), ["media:too_few", "settings.post_type:missing"]),
        ("instagram", post(POST, *[IMAGE] * 11), ["media:too_many"]),
        ("instagram", post(POST | {"is_trial_reel": True}, IMAGE), ["media:not_one_video"]),
        ("instagram", post(POST | {"audio": {"id": "1"}}, VIDEO, VIDEO), ["media:not_one_video"]),
        ("instagram", post(STORY, IMAGE, IMAGE), ["media:too_many"]),
        (
            "instagram",
            post(POST | {"collaborators": [{"label": "a"}]}, image(1000, 1300), VIDEO, image(2000, 1000)),
            ["settings.collaborators:not_in_carousel", "media[0]:ratio", "media[2]:ratio"],
        ),
        ("instagram-standalone", post(POST), ["media:too_few"]),
        ("bluesky", post({}, VIDEO, IMAGE), ["media:mixed"]),
        ("tiktok", post(TIKTOK), ["media:too_few"]),
        ("tiktok", post(TIKTOK, VIDEO, VIDEO), ["media:too_many_videos"]),
        ("tiktok", post(TIKTOK, image(1081, 1920)), ["media[0]:size"]),
        ("tiktok", post(TIKTOK, MediaFact(kind="video", width_px=700, height_px=1280)), ["media[0]:size"]),
        ("tiktok", post(TIKTOK | {"duet": True}, IMAGE), ["settings.duet:ignored?"]),
        (
            "tiktok",
            post(TIKTOK | {"location": {"id": "1", "name": "York"}}, VIDEO),
            ["settings.location:ignored?"],
        ),
        (
            "tiktok-business",
            post(TIKTOK | {"content_posting_method": "UPLOAD", "music": {"id": "1"}}, *[IMAGE] * 36),
            ["media:too_many_images", "settings.music:ignored?"],
        ),
        ("youtube", post(YOUTUBE, IMAGE), ["media:too_many_images"]),
        ("pinterest", post({"board": "1"}), ["media:too_few"]),
        ("pinterest", post({"board": "1"}, VIDEO), ["media:no_cover"]),
        ("pinterest", post({"board": "1"}, VIDEO, VIDEO), ["media:too_many_videos", "media:no_cover"]),
        ("pinterest", post({"board": "1"}, IMAGE, image(10, 20), image(20, 20)), ["media[2]:unequal"]),
        ("gmb", post({}, IMAGE, IMAGE), ["media:too_many_images"]),
        ("gmb", post({}, VIDEO), ["media:too_many_videos"]),
        ("reddit", post(REDDIT), ["media:not_one"]),
        ("reddit", post(REDDIT, MediaFact(kind="video", has_thumbnail=False)), ["media[0]:no_thumbnail"]),
        (
            "lemmy",
            post({"subreddit": [{"value": {"subreddit": "a1", "id": "1", "title": "Two"}}]}, VIDEO),
            ["media[0]:not_image"],
        ),
        ("tumblr", post({}, *[IMAGE] * 31, VIDEO, VIDEO), ["media:too_many_images", "media:too_many_videos"]),
        ("dribbble", post({"title": "T"}, image(801, 600)), ["media[0]:size"]),
        ("wrapcast", post({}, VIDEO), ["media:too_many_videos"]),
        (
            "threads",
            post(
                {"a": 1},
                MediaFact(kind="image", mime="image/avif", size_bytes=10_485_761),
                MediaFact(kind="video", extension="mov", size_bytes=1_073_741_825),
            ),
            [
                "media[0]:format",
                "media[0]:too_large",
                "media[1]:format",
                "media[1]:too_large",
                "settings.a:unknown?",
            ],
        ),
    ],
)
def test_each_rule_that_is_broken_is_named(provider: str, draft: DraftPost, expected: list[str]) -> None:
    assert codes(provider, draft) == expected


def test_all_problems_are_told_at_once() -> None:
    draft = DraftPost(
        text="a\0" + "#tag " * 600,
        settings={"audio": {}, "post_type": "reel", "note": "\ud800", "collaborators": [{"label": "\0"}]},
        comments=("", "b" * 2201),
    )

    assert codes("instagram", draft) == [
        "text:unsendable",
        "text:too_long",
        "text:too_many_hashtags",
        "media:too_few",
        "settings.post_type:invalid",
        "settings.audio.id:missing",
        "settings.note:unknown?",
        "settings.note:unsendable",
        "settings.collaborators[0].label:unsendable",
        "comments[0]:empty",
        "comments[1]:too_long",
    ]


@pytest.mark.parametrize("provider", sorted(set(PROVIDERS) - {"listmonk"}))
def test_the_longest_text_fits_and_one_more_does_not(provider: str) -> None:
    longest = PROVIDERS[provider].longest

    assert "text:too_long" not in codes(provider, DraftPost(text="a" * longest))
    assert "text:too_long" in codes(provider, DraftPost(text="a" * (longest + 1)))


def test_a_message_says_both_counts_and_what_to_do() -> None:
    [found] = validate(DraftPost(text="👩‍👩‍👧" * 38), TargetChannel(provider="bluesky"))

    assert found.message == (
        "The text counts 304 at Postiz and 38 at bluesky; 300 is the most, so shorten it by 4."
    )


def test_verified_accounts_articles_and_live_answers_have_limits_of_their_own() -> None:
    assert codes("x", post(X, text="a" * 4000), is_verified=True) == []
    assert codes("x", post(X, text="a" * 4001), is_verified=True) == ["text:too_long"]
    assert codes("x", post(ARTICLE, text="a" * 100_000)) == []
    assert codes("x", post(ARTICLE, text="a" * 100_001), max_length=280) == ["text:too_long"]
    assert codes("mastodon", post({}, text="a" * 5000), max_length=5000) == []
    assert codes("mastodon", post({}, text="a" * 5001), max_length=5000) == ["text:too_long"]
    assert codes("mastodon", post({}, text="a" * 501), max_length=0) == ["text:too_long"]
    assert codes("tomorrow", post({}, text="ab"), max_length=1) == ["text:too_long"]


def test_threads_may_count_emoji_by_their_bytes() -> None:
    assert codes("threads", post({}, text="😀" * 126)) == ["text:too_long?"]
    assert codes("threads", post({}, text="😀" * 251)) == ["text:too_long"]


@pytest.mark.parametrize(
    ("provider", "text", "expected"),
    [
        ("x", "use <T> here", ["text:markup"]),
        ("x", "a < b and I <3 you", []),
        ("telegram", "I <3 you", ["text:markup"]),
        ("wordpress", "I <3 you", ["text:markup?"]),
        ("listmonk", "use <T> here", ["text:markup"]),
        ("linkedin", "use <T> here", []),
    ],
)
def test_a_less_than_sign_is_read_as_markup_by_some(provider: str, text: str, expected: list[str]) -> None:
    found = codes(provider, DraftPost(text=text, settings=X if provider == "x" else {}))

    assert [code for code in found if code.startswith("text")] == expected


def test_built_content_is_counted_as_it_is_published() -> None:
    in_bold = Content(paragraph(bold("a" * 141)))
    linked = Content(paragraph(link("here", "https://e.com/" + "a" * 280)))
    article = Content(heading(1, "Homes"), paragraph(bold("a" * 99_000)))

    assert codes("x", post(X, text=in_bold)) == ["text:too_long"]
    assert codes("x", post(X, text=linked)) == ["text:too_long"]
    assert codes("x", post(ARTICLE, text=article)) == []
    assert codes("discord", post({"channel": "1"}, text=in_bold)) == []
    assert codes("tomorrow", post({}, text=in_bold), max_length=141) == []


def test_what_cannot_be_stored_is_found_in_links_too() -> None:
    hidden = Content(paragraph(link("here", "https://e.com/\0")))

    assert codes("linkedin", post({}, text=hidden)) == ["text:unsendable"]


def test_a_post_needs_text_or_media() -> None:
    assert codes("facebook", post({}, text="  ")) == ["text:empty"]
    assert codes("facebook", post({}, text=Content(paragraph()))) == ["text:empty"]
    assert codes("facebook", post({}, IMAGE, text="")) == []


def test_comments_are_checked_where_they_are_posted_at_all() -> None:
    on_linkedin = DraftPost(
        text="New", comments=("Open on Sunday", DraftComment("", (IMAGE,)), Content(paragraph()))
    )
    on_facebook = DraftPost(
        text="New", comments=(DraftComment("", (MediaFact(kind="video", extension="mov"),)),)
    )

    assert codes("linkedin", on_linkedin) == ["comments[1].media:only_text", "comments[2]:empty"]
    assert codes("facebook", on_facebook) == ["comments[0].media[0]:format"]
    assert codes("gmb", on_linkedin) == ["comments:never_posted"]
    assert codes("tomorrow", on_facebook) == ["comments[0].media[0]:format"]


def test_settings_are_models_mappings_or_raw() -> None:
    pin = PinterestSettings(board="1")

    assert codes("pinterest", DraftPost(media=(IMAGE,), settings=pin)) == []
    assert codes("threads", DraftPost(text="a", settings=pin)) == ["settings:wrong_provider"]
    assert codes("threads", DraftPost(text="a", settings=RawSettings("x"))) == ["settings:wrong_provider"]
    assert codes("threads", DraftPost(text="a", settings=RawSettings("threads", {"new": 1}))) == []
    assert codes("tomorrow", DraftPost(text="a", settings=RawSettings("tomorrow", {"new": [1, None]}))) == []


def test_a_live_schema_asks_for_keys_of_a_provider_without_a_model() -> None:
    schema: JsonValue = {"required": ["room", "wing"], "properties": {}}

    assert codes("tomorrow", post({"wing": "1"}), schema=schema) == ["settings.room:missing"]
    assert codes("tomorrow", post({}), schema={"required": "room"}) == []
    assert codes("tomorrow", post({}), schema="No additional settings required") == []


def test_a_format_is_told_by_extension_or_mime() -> None:
    assert MediaFact(kind="image", extension="jpeg", mime="image/png").format == "jpg"
    assert MediaFact(kind="image", mime="image/avif").format == "image/avif"
    assert MediaFact(kind="image").format is None
    assert MediaFact(kind="image", width_px=1).size_px is None
