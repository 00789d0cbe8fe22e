"""The 24 calls as values: what may be repeated, and what each waits for."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import BaseModel, Field

from postengine.postiz import Call, CreatePost, IntegrationRef, PostEntry, PostPart
from postengine.postiz.calls import account, analytics, integrations, posts, uploads, videos

NINE = datetime(2026, 12, 1, 9, tzinfo=UTC)
ENTRY = PostEntry(integration=IntegrationRef(id="i1"), value=(PostPart(content="hi"),))
POST = CreatePost(type="draft", date=NINE, posts=(ENTRY,))

# call, method and path, is a write, may be repeated
TABLE: list[tuple[Call[object], str, bool, bool]] = [
    (account.is_connected(), "GET /is-connected", False, True),
    (integrations.list_integrations(), "GET /integrations", False, True),
    (integrations.list_groups(), "GET /groups", False, True),
    (integrations.connection_url("x"), "GET /social/x", False, True),
    (integrations.delete_integration("i1"), "DELETE /integrations/i1", True, False),
    (integrations.integration_settings("i1"), "GET /integration-settings/i1", False, True),
    (integrations.trigger_tool("i1", "boards", {}), "POST /integration-trigger/i1", True, False),
    (integrations.find_slot("i1"), "GET /find-slot/i1", False, False),
    (posts.list_posts(NINE, NINE), "GET /posts", False, True),
    (posts.create_post(POST), "POST /posts", True, False),
    (posts.delete_post("p1"), "DELETE /posts/p1", True, False),
    (posts.delete_group("g1"), "DELETE /posts/group/g1", True, True),
    (posts.set_status("p1", "schedule"), "PUT /posts/p1/status", True, False),
    (posts.set_status("p1", "draft"), "PUT /posts/p1/status", True, False),
    (posts.merge_settings("p1", {}), "PUT /posts/p1/settings", True, False),
    (posts.set_release_id("p1", "9"), "PUT /posts/p1/release-id", True, False),
    (posts.list_missing("p1"), "GET /posts/p1/missing", False, True),
    (analytics.channel_analytics("i1", 7), "GET /analytics/i1", False, True),
    (analytics.post_analytics("p1", 7), "GET /analytics/post/p1", False, True),
    (account.list_notifications(), "GET /notifications", False, True),
    (uploads.upload(io.BytesIO(b"a")), "POST /upload", True, False),
    (uploads.upload_from_url("https://e.example/a.png"), "POST /upload-from-url", True, False),
    (videos.generate_video("veo3", "vertical", {}), "POST /generate-video", True, False),
    (videos.call_video_function("slides", "loadVoices", {}), "POST /video/function", True, False),
    (account.list_users("a"), "GET /users", False, True),
]


@pytest.mark.parametrize(("call", "sent_to", "is_write", "is_repeatable"), TABLE)
def test_only_what_is_provably_harmless_may_be_repeated(
    call: Call[object], sent_to: str, is_write: bool, is_repeatable: bool
) -> None:
    assert f"{call.method} {call.path}" == sent_to
    assert (call.is_write, call.is_repeatable) == (is_write, is_repeatable)
    assert call.timeout_s > 0


def test_a_call_shows_neither_its_body_nor_its_query() -> None:
    assert "hidden" not in repr(Call("GET", "/a", bytes.decode, params={"q": "hidden"}, json={"q": "hidden"}))


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d"])
def test_text_that_postiz_cannot_store_is_refused_in_every_call(text: str) -> None:
    for make in (
        lambda: integrations.trigger_tool("i1", "boards", {"q": text}),
        lambda: integrations.list_integrations(text),
        lambda: posts.merge_settings("p1", {"a": [{text: 1}]}),
        lambda: posts.set_release_id("p1", text),
        lambda: uploads.upload_from_url(text),
        lambda: videos.generate_video("veo3", "vertical", {"a": [1, text]}),
    ):
        with pytest.raises(ValueError, match="NUL character or half a surrogate pair"):
            make()


def test_a_file_name_that_is_no_text_does_not_stop_an_upload() -> None:
    part = uploads.upload(Path("a\udcff.png")).file

    assert part is not None
    assert part.filename == "a?.png"


class Reply(BaseModel):
    """Settings of a provider, as a model."""

    who: str = Field(serialization_alias="who_can_reply_post")
    community: str | None = None


def test_settings_may_be_a_model_of_them() -> None:
    entry = PostEntry(
        integration=IntegrationRef(id="i1"), value=(PostPart(content="hi"),), settings=Reply(who="everyone")
    )

    assert entry.settings == {"who_can_reply_post": "everyone"}
    assert posts.merge_settings("p1", Reply(who="verified")).json == {
        "settings": {"who_can_reply_post": "verified"}
    }


@pytest.mark.parametrize("settings", [["a"], {"a": object()}, {1: "a"}])
def test_settings_that_are_no_json_object_are_refused(settings: object) -> None:
    with pytest.raises(ValueError, match="settings"):
        PostEntry.model_validate(
            {"integration": {"id": "i1"}, "value": ({"content": "hi"},), "settings": settings}
        )
