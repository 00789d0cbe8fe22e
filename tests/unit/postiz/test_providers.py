"""The typed settings of every provider: what is taken, and what is refused and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pytest
from pydantic import JsonValue, TypeAdapter, ValidationError

from postengine.postiz import IntegrationRef, PostEntry, PostPart
from postengine.postiz.providers import (
    SETTINGS_MODELS,
    AnySettings,
    GmbSettings,
    InstagramSettings,
    Label,
    PinterestSettings,
    ProviderSettings,
    RawSettings,
    SettingsInvalid,
    TikTokSettings,
    XSettings,
    settings_for,
)
from postengine.postiz.providers.rules import PROVIDERS
from scripts.provider_settings.__main__ import GENERATED
from scripts.provider_settings.generate import module_source, read_schemas

Values = dict[str, JsonValue]

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
INSTAGRAM: Values = {
    "post_type": "post",
    "is_trial_reel": True,
    "graduation_strategy": "MANUAL",
    "collaborators": [{"label": "agency"}],
    "audio": {"id": "a1", "audio_volume": 100, "video_volume": 0.5},
}
COVER: Values = {"id": "m1", "path": "https://e.com/a.png"}
FORUM: Values = {"subreddit": "/r/test", "title": "Two rooms", "type": "self", "is_flair_required": False}
TAG: Values = {"value": "t1", "label": "homes"}

TAKEN: list[tuple[str, Values]] = [
    ("x", {"who_can_reply_post": "everyone"}),
    (
        "x",
        {
            "who_can_reply_post": "verified",
            "community": "https://x.com/i/communities/12",
            "made_with_ai": True,
        },
    ),
    (
        "x",
        {
            "post_type": "article",
            "article_title": "On homes",
            "article_status": "draft",
            "article_cover": COVER,
        },
    ),
    ("linkedin", {}),
    ("linkedin", {"post_as_images_carousel": True, "carousel_name": "Tour"}),
    ("linkedin-page", {"post_as_images_carousel": False}),
    ("facebook", {"url": "https://e.com/house?id=1", "post_type": "story"}),
    ("instagram", INSTAGRAM),
    ("instagram-standalone", {"post_type": "story"}),
    ("threads", {}),
    ("bluesky", {}),
    ("mastodon", {}),
    ("tiktok", TIKTOK | {"title": "a" * 90}),
    ("tiktok-business", TIKTOK | {"music": {"id": "1"}, "location": {"id": "1", "name": "York"}}),
    ("youtube", {"title": "Ab", "type": "unlisted", "selfDeclaredMadeForKids": "no", "tags": [TAG]}),
    ("pinterest", {"board": "12", "title": "a" * 100, "link": "http://e.co.uk/"}),
    ("gmb", {"callToActionType": "NONE"}),
    ("gmb", {"topicType": "EVENT", "eventTitle": "Open day", "callToActionType": "CALL"}),
    ("gmb", {"callToActionType": "BOOK", "callToActionUrl": "https://e.com"}),
    ("telegram", {}),
    ("reddit", {"subreddit": [{"value": FORUM | {"url": ""}}]}),
    ("reddit", {"subreddit": [{"value": FORUM | {"type": "link", "url": "www.e.com/a"}}]}),
    (
        "reddit",
        {"subreddit": [{"value": FORUM | {"is_flair_required": True, "flair": {"id": "1", "name": "f"}}}]},
    ),
    ("lemmy", {"subreddit": [{"value": {"subreddit": "homes", "id": "1", "title": "Two"}}]}),
    ("discord", {"channel": "1"}),
    ("slack", {"channel": "1"}),
    ("kick", {}),
    ("twitch", {"messageType": "announcement", "announcementColor": "green"}),
    ("wrapcast", {}),
    ("wrapcast", {"subreddit": [{"value": {"id": "1"}}]}),
    ("nostr", {}),
    ("vk", {}),
    ("moltbook", {"submolt": "homes"}),
    ("skool", {"group": "1", "label": "2", "title": "Two rooms"}),
    ("whop", {"company": "1", "experience": "2"}),
    ("mewe", {"postType": "timeline"}),
    ("mewe", {"postType": "group", "group": "1"}),
    ("tumblr", {"title": "T", "link": "", "sourceUrl": "https://e.com", "tags": "homes"}),
    ("dribbble", {"title": "T", "team": "https://e.com/t"}),
    ("medium", {"title": "Two", "subtitle": "rooms", "canonical": "", "tags": [TAG] * 4}),
    ("devto", {"title": "Two"}),
    ("devto", {"title": "Two", "tags": [{"value": 1, "label": "homes"}], "main_image": COVER}),
    ("hashnode", {"title": "Two rooms", "publication": "p", "tags": [TAG]}),
    ("wordpress", {"title": "Two", "type": "post", "categories": [1, 2], "status": "draft"}),
    ("listmonk", {"subject": "S", "preview": "P", "list": "1"}),
]

MISSING_AT_TIKTOK = [f"settings.{name}:missing" for name in TIKTOK]

REFUSED: list[tuple[str, Values, list[str]]] = [
    ("x", {}, ["settings.who_can_reply_post:missing"]),
    ("x", {"who_can_reply_post": "nobody"}, ["settings.who_can_reply_post:invalid"]),
    ("x", {"post_type": "article"}, ["settings.article_title:missing", "settings.article_status:missing"]),
    (
        "x",
        {
            "who_can_reply_post": "everyone",
            "community": "https://x.com/i/communities/12\n",
            "made_with_ai": "yes",
        },
        ["settings.community:invalid", "settings.made_with_ai:invalid"],
    ),
    ("linkedin", {"post_as_images_carousel": "yes"}, ["settings.post_as_images_carousel:invalid"]),
    ("linkedin-page", {"carousel_name": 7}, ["settings.carousel_name:invalid"]),
    (
        "facebook",
        {"url": "e.com", "post_type": "reel"},
        ["settings.url:invalid", "settings.post_type:invalid"],
    ),
    ("instagram", {}, ["settings.post_type:missing"]),
    ("instagram", {"post_type": "story", "audio": {"id": "1"}}, ["settings.audio:not_in_story"]),
    (
        "instagram",
        {"post_type": "post", "audio": {"audio_volume": 101}, "collaborators": [{"label": ""}]},
        [
            "settings.collaborators[0].label:invalid",
            "settings.audio.id:missing",
            "settings.audio.audio_volume:invalid",
        ],
    ),
    ("instagram-standalone", {"post_type": "reel"}, ["settings.post_type:invalid"]),
    ("threads", {"post_type": "post"}, ["settings.post_type:unknown"]),
    ("bluesky", {"a": 1}, ["settings.a:unknown"]),
    ("mastodon", {"a": 1}, ["settings.a:unknown"]),
    ("tiktok", {}, MISSING_AT_TIKTOK),
    (
        "tiktok",
        TIKTOK | {"title": "a" * 91, "duet": "no"},
        ["settings.title:invalid", "settings.duet:invalid"],
    ),
    ("tiktok-business", TIKTOK | {"location": {"id": "1"}}, ["settings.location.name:missing"]),
    ("youtube", {"title": "a", "type": "secret"}, ["settings.title:invalid", "settings.type:invalid"]),
    ("youtube", {"title": "a" * 101, "type": "public"}, ["settings.title:invalid"]),
    ("youtube", {"title": 7, "type": "public"}, ["settings.title:invalid"]),
    ("pinterest", {"board": "", "title": "a" * 101}, ["settings.board:invalid", "settings.title:invalid"]),
    ("gmb", {"callToActionType": "NONE", "callToActionUrl": ""}, ["settings.callToActionUrl:invalid"]),
    ("gmb", {"callToActionType": "BOOK"}, ["settings.callToActionUrl:missing"]),
    ("gmb", {"topicType": "EVENT"}, ["settings.eventTitle:missing"]),
    ("telegram", {"a": 1}, ["settings.a:unknown"]),
    ("reddit", {"subreddit": []}, ["settings.subreddit:invalid"]),
    ("reddit", {"subreddit": [7]}, ["settings.subreddit[0]:invalid"]),
    (
        "reddit",
        {"subreddit": [{"value": {"title": "a", "type": "link", "is_flair_required": True}}, {"value": 7}]},
        [
            "settings.subreddit[0].value.subreddit:missing",
            "settings.subreddit[0].value.title:invalid",
            "settings.subreddit[1].value:invalid",
            "settings.subreddit[0].value.url:missing",
            "settings.subreddit[0].value.flair:missing",
        ],
    ),
    (
        "reddit",
        {"subreddit": [{"value": FORUM | {"type": "poll"}}]},
        ["settings.subreddit[0].value.type:invalid"],
    ),
    (
        "lemmy",
        {
            "subreddit": [
                {"value": {"subreddit": "homes", "id": "1", "title": "Two", "url": "", "nsfw": False}}
            ]
        },
        ["settings.subreddit[0].value.url:invalid", "settings.subreddit[0].value.nsfw:unknown"],
    ),
    ("discord", {"channel": ""}, ["settings.channel:invalid"]),
    ("slack", {}, ["settings.channel:missing"]),
    ("kick", {"a": 1}, ["settings.a:unknown"]),
    ("twitch", {"announcementColor": "red"}, ["settings.announcementColor:invalid"]),
    ("wrapcast", {"subreddit": [{"value": {}}]}, ["settings.subreddit[0].value.id:missing"]),
    ("nostr", {"a": 1}, ["settings.a:unknown"]),
    ("vk", {"a": 1}, ["settings.a:unknown"]),
    ("moltbook", {}, ["settings.submolt:missing"]),
    ("skool", {"group": "1"}, ["settings.label:missing", "settings.title:missing"]),
    ("whop", {"company": "1"}, ["settings.experience:missing"]),
    ("mewe", {"postType": "group"}, ["settings.group:missing"]),
    (
        "tumblr",
        {"link": "https://wwwe.com", "title": ""},
        ["settings.title:invalid", "settings.link:invalid"],
    ),
    ("dribbble", {"title": "T", "team": "https://e"}, ["settings.team:invalid"]),
    ("medium", {"title": "Two", "subtitle": "rooms", "tags": [TAG] * 5}, ["settings.tags:invalid"]),
    ("devto", {"title": "Two", "tags": [TAG]}, ["settings.tags[0].value:invalid"]),
    (
        "hashnode",
        {"title": "Rooms", "publication": "p", "tags": []},
        ["settings.title:invalid", "settings.tags:invalid"],
    ),
    ("wordpress", {"title": "Two", "type": "post", "tags": ["x"]}, ["settings.tags[0]:invalid"]),
    ("listmonk", {"subject": "", "preview": "P"}, ["settings.list:missing", "settings.subject:invalid"]),
]


@pytest.mark.parametrize(("provider", "values"), TAKEN)
def test_good_settings_are_taken_and_go_out_as_they_came(provider: str, values: Values) -> None:
    settings = settings_for(provider, values)

    assert settings.wire() == {"__type": provider, **values}


@pytest.mark.parametrize(("provider", "values", "expected"), REFUSED)
def test_everything_that_is_wrong_is_told_with_its_place(
    provider: str, values: Values, expected: list[str]
) -> None:
    with pytest.raises(SettingsInvalid) as refused:
        settings_for(provider, values)

    found = [f"{problem.field}:{problem.code}" for problem in refused.value.problems]
    assert sorted(found) == sorted(expected)
    assert refused.value.provider == provider
    assert expected[0].split(":")[0] in str(refused.value)


def test_every_provider_has_a_model_rules_and_examples() -> None:
    providers = set(PROVIDERS)

    assert len(providers) == 35
    assert set(SETTINGS_MODELS) == set(read_schemas()) == providers
    assert {provider for provider, _ in TAKEN} == providers
    assert {provider for provider, _, _ in REFUSED} == providers


@pytest.mark.parametrize(("provider", "values"), TAKEN)
def test_the_type_tells_whose_settings_they_are(provider: str, values: Values) -> None:
    settings: ProviderSettings = TypeAdapter[ProviderSettings](AnySettings).validate_python(
        {"__type": provider, **values}
    )

    assert type(settings) is SETTINGS_MODELS[provider]


def test_an_unknown_provider_has_raw_settings() -> None:
    settings = settings_for("a-provider-of-tomorrow", {"colour": "green"})

    assert isinstance(settings, RawSettings)
    assert settings == RawSettings("a-provider-of-tomorrow", {"colour": "green"})
    assert settings.wire() == dict(settings) == {"colour": "green"}
    assert len(RawSettings("x")) == 0


def test_settings_of_both_kinds_go_into_a_request() -> None:
    def sent(settings: ProviderSettings | RawSettings) -> Mapping[str, JsonValue]:
        part = PostPart(content="New")
        entry = PostEntry(integration=IntegrationRef(id="c1"), value=(part,), settings=settings)
        body: dict[str, JsonValue] = entry.model_dump(by_alias=True)
        return cast("Mapping[str, JsonValue]", body["settings"])

    assert sent(PinterestSettings(board="12")) == {"__type": "pinterest", "board": "12"}
    assert sent(RawSettings("tomorrow", {"colour": "green"})) == {"colour": "green"}


def test_names_are_pythons_or_the_wires() -> None:
    by_python = settings_for("gmb", {"event_title": "Open day", "__type": "x"})
    by_wire = settings_for("gmb", {"eventTitle": "Open day"})

    assert by_python == by_wire == GmbSettings(event_title="Open day")


def test_a_model_that_is_made_in_python_keeps_the_same_rules() -> None:
    assert PinterestSettings(board="12").wire() == {"__type": "pinterest", "board": "12"}
    with pytest.raises(ValidationError, match="X asks who can reply"):
        XSettings()
    with pytest.raises(ValidationError, match="A story takes no audio"):
        InstagramSettings.model_validate({"post_type": "story", "audio": {"id": "1"}})


def test_a_warning_does_not_refuse_a_model() -> None:
    settings = TikTokSettings.model_validate(
        TIKTOK | {"content_posting_method": "UPLOAD", "music": {"id": "1"}}
    )

    assert [found.field for found in settings.cross_problems(settings.wire())] == ["settings.music"] * 2


def test_lists_may_be_lists_of_models() -> None:
    settings = InstagramSettings(post_type="post", collaborators=(Label(label="agency"),))

    assert settings.wire()["collaborators"] == [{"label": "agency"}]


@pytest.mark.parametrize(
    ("labels", "fits"),
    [
        (["a" * 500], True),
        (["a" * 501], False),
        (["😀" * 251], False),
        (["a" * 249 + " ", "b" * 248], True),  # a blank costs two quotation marks
        (["a" * 249 + " ", "b" * 249], False),
    ],
)
def test_the_tags_of_a_video_have_a_length_together(labels: list[str], *, fits: bool) -> None:
    tags: list[JsonValue] = [{"value": label, "label": label} for label in labels]
    model = SETTINGS_MODELS["youtube"]

    assert [found.code for found in model.cross_problems({"tags": tags})] == ([] if fits else ["too_long"])
    assert list(model.cross_problems({"tags": "homes"})) == []
    assert list(model.cross_problems({"tags": [7, {"label": 7}]})) == []


def test_choices_are_told_where_a_setting_is_missing() -> None:
    with pytest.raises(SettingsInvalid, match="One of: public, private, unlisted"):
        settings_for("youtube", {"title": "Two rooms"})


def test_known_settings_are_told_where_one_is_unknown() -> None:
    with pytest.raises(SettingsInvalid, match="there are: channel"):
        settings_for("slack", {"channel": "1", "chanel": "1"})


def test_a_long_address_is_no_address() -> None:
    with pytest.raises(SettingsInvalid, match="a whole address is needed"):
        settings_for("facebook", {"url": "https://e.com/" + "a" * 2100})


def test_the_generated_models_are_those_of_the_schemas() -> None:
    assert GENERATED.read_text(encoding="utf-8") == module_source(read_schemas())


def test_a_type_without_a_counterpart_is_not_generated() -> None:
    schemas: Mapping[str, Mapping[str, object]] = {"new": {"properties": {"a": {"type": "null"}}}}

    with pytest.raises(ValueError, match="no counterpart"):
        module_source(schemas)
