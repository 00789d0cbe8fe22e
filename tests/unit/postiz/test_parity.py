"""The two clients are one: the same names, the same arguments, the same requests, the same values."""

from __future__ import annotations

import inspect
import io
from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import pytest

from postengine.postiz import (
    AsyncOAuthClient,
    AsyncPostizClient,
    CreatePost,
    IntegrationRef,
    OAuthClient,
    PostEntry,
    PostizClient,
    PostPart,
)

from .script import Script, async_client_of, client_of, run, says

NINE = datetime(2026, 12, 1, 9, tzinfo=UTC)
ENTRY = PostEntry(integration=IntegrationRef(id="i1"), value=(PostPart(content="hi"),))
POST = CreatePost(type="draft", date=NINE, posts=(ENTRY,))
MEDIA = {"id": "m1", "path": "https://h.example/a.png"}
CHANNEL = {"id": "i1", "name": "n", "identifier": "x"}
ROW = {"id": "p1", "state": "PUBLISHED", "releaseId": "9", "releaseURL": None, "secret": "s"}
LISTED = {
    "id": "p1",
    "publishDate": "2026-12-01T09:00:00.000Z",
    "state": "PUBLISHED",
    "integration": {"id": "i1"},
    "releaseURL": "https://x.example/1",
}
SERIES = [{"label": "Likes", "data": [{"total": 3, "date": "2026-12-01"}], "percentageChange": 5}]
PAGE = {"notifications": [], "total": 0, "page": 0, "limit": 100, "hasMore": False}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)

# name, arguments, keyword arguments, the answers
CALLS: list[tuple[str, tuple[object, ...], dict[str, object], list[object]]] = [
    ("is_connected", (), {}, [{"connected": True}]),
    ("probe", (), {}, [{"connected": True}, [CHANNEL]]),
    ("list_notifications", (1,), {}, [PAGE]),
    ("list_users", ("ann",), {}, [[{"id": "u1"}]]),
    ("list_integrations", ("c1",), {}, [[CHANNEL]]),
    ("list_groups", (), {}, [[{"id": "g1", "name": "One"}]]),
    ("connection_url", ("x", "i1"), {}, [{"url": "https://x.example/oauth"}]),
    ("connection_url", ("bluesky",), {}, [{"url": "WLcN6i"}]),
    ("delete_integration", ("i1",), {}, [{"id": "i1", "token": "t", "refreshToken": "t"}]),
    (
        "integration_settings",
        ("i1",),
        {},
        [{"output": {"maxLength": 5, "tools": [{"methodName": "boards"}]}}],
    ),
    ("trigger_tool", ("i1", "boards", {"q": "a"}), {}, [{"output": [{"id": "b1"}]}]),
    ("trigger_tool", ("i1", "boards"), {}, [{"output": []}]),
    ("find_slot", ("i1",), {}, [[CHANNEL], {"date": "2026-12-01T09:00:00"}]),
    ("list_posts", (NINE, NINE), {"customer_id": "c1"}, [{"posts": [LISTED]}]),
    ("create_post", (POST,), {"tenant": "t", "is_due_now": True}, [[{"postId": "p1", "integration": "i1"}]]),
    ("create_once", (POST, "ref-1"), {}, [{"posts": []}, [{"postId": "p1", "integration": "i1"}]]),
    ("delete_post", ("p1",), {}, [{"error": True}]),
    ("delete_group", ("g1",), {}, [{"error": True}]),
    ("set_status", ("p1", "draft"), {}, [{"id": "p1", "state": "DRAFT"}]),
    ("merge_settings", ("p1", {"a": 1}), {}, [{"postId": "p1", "publishDate": "2026-12-01T09:00:00"}]),
    ("set_release_id", ("p1", "9"), {}, [ROW]),
    ("list_missing", ("p1",), {}, [[{"id": "9", "url": "https://x.example/9"}]]),
    ("wait_for", (["p1"],), {"timeout_s": 60}, [{"posts": [LISTED]}]),
    ("reconcile", (NINE, NINE), {"key": "mark"}, [{"posts": [LISTED]}]),
    ("channel_analytics", ("i1", 30), {}, [SERIES]),
    ("post_analytics", ("p1",), {}, [SERIES]),
    ("post_analytics", ("p1", 90), {}, [{"missing": True}]),
    ("upload", (io.BytesIO(PNG),), {"progress": lambda _sent, _total: None}, [MEDIA]),
    ("upload_media", (io.BytesIO(PNG),), {"alt": "a house"}, [MEDIA]),
    ("has_media", ("https://media.example/a.png",), {}, [None]),
    ("upload_from_url", ("https://e.example/a.png",), {}, [MEDIA]),
    ("generate_video", ("veo3", "vertical", {"prompt": "p"}), {}, [MEDIA]),
    ("call_video_function", ("image-text-slides", "loadVoices"), {}, [{"voices": []}]),
    ("call_video_function", ("image-text-slides", "loadVoices", {"a": 1}), {}, [{"voices": []}]),
]


def public(kind: type[object]) -> dict[str, inspect.Signature]:
    return {
        name: inspect.signature(method)
        for name, method in vars(kind).items()
        if inspect.isfunction(method) and not name.startswith("_")
    }


@pytest.mark.parametrize(
    ("one", "other"), [(PostizClient, AsyncPostizClient), (OAuthClient, AsyncOAuthClient)]
)
def test_both_clients_have_the_same_names_and_signatures(one: type[object], other: type[object]) -> None:
    assert public(one) == public(other)


@pytest.mark.parametrize(
    ("one", "other"), [(PostizClient, AsyncPostizClient), (OAuthClient, AsyncOAuthClient)]
)
def test_both_clients_are_made_with_the_same_arguments_but_for_what_carries_and_waits(
    one: type[object], other: type[object]
) -> None:
    arguments = [dict(inspect.signature(kind).parameters) for kind in (one, other)]
    for found in arguments:
        found.pop("http")
        found.pop("sleep", None)

    assert arguments[0] == arguments[1]


def test_every_method_of_the_client_is_in_the_table() -> None:
    beside = {"close", "send", "converse"}

    assert {name for name, *_ in CALLS} == set(public(PostizClient)) - beside


@pytest.mark.parametrize(("name", "args", "kwargs", "answers"), CALLS)
def test_both_clients_send_the_same_requests_and_return_the_same_values(
    name: str, args: tuple[object, ...], kwargs: dict[str, object], answers: list[object]
) -> None:
    one, other = (Script(*(says(200, answer) for answer in answers)) for _ in range(2))
    method: Callable[..., object] = getattr(client_of(one), name)
    client = async_client_of(other)

    async def ask() -> object:
        asked: object = await getattr(client, name)(*args, **kwargs)
        return asked

    value, same = method(*args, **kwargs), run(ask())

    assert repr(value) == repr(same)
    assert len(one.requests) == len(answers)
    assert [told(request) for request in one.requests] == [told(request) for request in other.requests]


def told(request: httpx.Request) -> tuple[str, str, object, object]:
    """Return what a request says; the border of a multipart body is drawn by lot."""
    border = request.headers.get("Content-Type", "").partition("boundary=")[2].encode()
    content = request.content.replace(border, b"border") if border else request.content
    return request.method, str(request.url), content, request.extensions["timeout"]


def test_the_tokens_of_a_deleted_channel_are_in_neither_value_nor_error() -> None:
    row = {"id": "i1", "token": "network-token", "refreshToken": "network-token"}
    deleted = client_of(Script(says(200, row))).delete_integration("i1")
    with pytest.raises(Exception, match="body that Postiz does not give") as caught:
        client_of(Script(says(200, {"token": "network-token"}))).delete_integration("i1")

    assert "network-token" not in repr(deleted)
    assert "network-token" not in repr(vars(caught.value)) + repr(caught.value.__cause__)


def test_a_connection_link_that_is_no_web_address_says_so() -> None:
    script = Script(says(200, {"url": "https://x.example/oauth"}), says(200, {"url": "WLcN6i"}))
    client = client_of(script)

    assert client.connection_url("x").value.is_web
    assert not client.connection_url("telegram").value.is_web
