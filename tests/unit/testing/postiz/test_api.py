"""The rest of the public API that the recorded samples do not pin down."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import httpx
import pytest
from pydantic import JsonValue

from postengine.postiz import PostizClient, PostizFailed
from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz

from .conftest import KEY, Make, client_of, order

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 60


def body(**changes: JsonValue) -> dict[str, JsonValue]:
    plain: dict[str, JsonValue] = {
        "type": "draft",
        "date": "2026-12-01T10:00:00.000Z",
        "shortLink": False,
        "tags": [],
        "posts": [{"integration": {"id": "f1"}, "value": [{"content": "hi", "image": []}]}],
    }
    return plain | changes


def entry(*parts: JsonValue, integration: str = "f1", **settings: JsonValue) -> JsonValue:
    return {"integration": {"id": integration}, "value": list(parts), "settings": settings}


@pytest.mark.parametrize(
    ("first_bytes", "extension"),
    [
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0" + b"0" * 60, "jpg"),
        (b"GIF89a" + b"0" * 60, "gif"),
        (b"RIFF0000WEBP" + b"0" * 60, "webp"),
        (b"BM" + b"0" * 60, "bmp"),
        (b"II*\0" + b"0" * 60, "tif"),
        (b"\0\0\0\x18ftypavif" + b"0" * 60, "avif"),
        (b"\0\0\0\x18ftypisom" + b"0" * 60, "mp4"),
    ],
)
def test_an_upload_is_named_by_its_bytes_and_served_again(
    first_bytes: bytes, extension: str, client: PostizClient, http: httpx.Client
) -> None:
    media = client.upload(io.BytesIO(first_bytes)).value

    assert media.path.startswith("http://postiz.test/uploads/2026/12/01/")
    assert media.path.endswith(f".{extension}")
    assert http.get(media.path).content == first_bytes


@pytest.mark.parametrize(
    ("name", "content", "status", "told"),
    [
        ("file", b"plain text", 400, "Unsupported file type."),
        ("file", b"\0\0\0\x18ftypqt  0000", 400, "Unsupported file type."),
        (
            "file",
            PNG + b"0" * 10_485_760,
            400,
            "File size exceeds the maximum allowed size of 10485760 bytes.",
        ),
        ("image", PNG, 400, "Unexpected field - image"),
    ],
)
def test_an_upload_that_is_no_media_is_refused(
    name: str, content: bytes, status: int, told: str, http: httpx.Client
) -> None:
    answer = http.post("upload", files={name: ("a.png", content)})

    assert (answer.status_code, answer.json()["message"]) == (status, told)


def test_an_unknown_file_is_not_found(http: httpx.Client) -> None:
    assert http.get("http://postiz.test/uploads/nope.png").status_code == 404


def test_a_path_outside_the_public_api_is_not_found(http: httpx.Client) -> None:
    assert http.get("http://postiz.test/elsewhere").status_code == 404


def test_a_thread_is_listed_by_its_root_only(fake: FakePostiz, http: httpx.Client) -> None:
    parts: list[JsonValue] = [{"content": "root", "image": []}, {"content": "comment", "image": []}]
    made = http.post("posts", json=body(posts=[entry(*parts)])).json()
    root_id = made[0]["postId"]
    comment = next(post for post in fake.posts.values() if post.parent_id == root_id)

    listed = http.get("posts?startDate=2026-12-01&endDate=2026-12-02").json()["posts"]
    of_comment = http.put(f"posts/{comment.id}/settings", json={"settings": {"a": 1}})
    http.delete(f"posts/{root_id}")

    assert [post["content"] for post in listed] == ["root"]
    assert of_comment.json()["message"].startswith("This id belongs to a comment")
    assert comment.is_deleted


def test_a_failure_at_the_second_part_leaves_the_root_behind(fake: FakePostiz, http: httpx.Client) -> None:
    parts: list[JsonValue] = [{"content": "root", "image": []}, {"content": "a\0b", "image": []}]

    answer = http.post("posts", json=body(posts=[entry(*parts)]))

    assert answer.status_code == 500
    assert [post.content for post in fake.posts.values()] == ["root"]


def test_a_group_is_deleted_as_a_whole(fake: FakePostiz, http: httpx.Client, make: Make) -> None:
    first, second = make(), make()
    group = fake.posts[first].group

    answer = http.delete(f"posts/group/{group}")

    assert answer.json() == {"error": True}
    assert (fake.posts[first].is_deleted, fake.posts[second].is_deleted) == (True, False)


def test_another_organisations_posts_are_out_of_reach(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, make: Make
) -> None:
    post_id = make()
    fake.add_account("other", [{"id": "o1", "identifier": "x"}])
    other = client_of(fake, clock, "other")

    with pytest.raises(PostizFailed):
        other.delete_post(post_id)

    assert other.list_posts(clock.now(), clock.now() + timedelta(days=1)).value == ()
    assert len(client.list_posts(clock.now(), clock.now() + timedelta(days=1)).value) == 1


def test_settings_are_merged_and_a_wrong_one_is_refused_while_queued(
    fake: FakePostiz, clock: FakeClock, http: httpx.Client, make: Make
) -> None:
    draft, queued = make("draft"), make("schedule")

    merged = http.put(f"posts/{draft}/settings", json={"settings": {"who_can_reply_post": "nobody"}})
    refused = http.put(f"posts/{queued}/settings", json={"settings": {"who_can_reply_post": "nobody"}})
    fake.posts[queued].publish_date = clock.now() - timedelta(minutes=1)
    late = http.put(f"posts/{queued}/settings", json={"settings": {}})

    assert (merged.status_code, fake.posts[draft].settings["who_can_reply_post"]) == (200, "nobody")
    assert fake.posts[draft].ref == "r1"
    assert refused.json()["message"].startswith("Our X: who_can_reply_post must be one of")
    assert late.json()["message"].startswith("The publish time of this post already passed")


def test_a_week_date_in_a_listing_is_a_stumble(http: httpx.Client) -> None:
    assert http.get("posts?startDate=2026-W48&endDate=2026-12-02").status_code == 500


@pytest.mark.parametrize(
    "wrong", ["2026-13-01", "2026-12-32", "2026-12-01T24:30:00Z", "2026-12-01T10:61:00Z"]
)
def test_a_date_that_is_none_is_refused(wrong: str, http: httpx.Client) -> None:
    assert http.get(f"posts?startDate={wrong}&endDate=2026-12-02").status_code == 400


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2026-12-01T10:00:00+02:00", "2026-12-01T08:00:00.000Z"),
        ("2026-12-01T10:00:00-0130", "2026-12-01T11:30:00.000Z"),
        ("2026-12-01T10:00:00.1234567Z", "2026-12-01T10:00:00.123Z"),
    ],
)
def test_an_offset_is_honoured(written: str, stored: str, http: httpx.Client) -> None:
    http.post("posts", json=body(date=written))

    [post] = http.get("posts?startDate=2026-12-01&endDate=2026-12-02").json()["posts"]

    assert post["publishDate"] == stored


@pytest.mark.parametrize(
    ("identifier", "settings", "media", "told"),
    [
        ("instagram", {"post_type": "post"}, ["a.png"] * 11, "You can have at most 10 media"),
        ("instagram-standalone", {"post_type": "post"}, [], "Should have at least one media"),
        ("pinterest", {"board": "b"}, ["a.mp4"], "Requires one to five pictures, or a video and its cover"),
        ("gmb", {}, ["a.mp4"], "Only one picture is allowed"),
        ("linkedin", {}, ["a.mp4", "b.png"], "A video has to be alone"),
    ],
)
def test_a_providers_media_rules_are_asked_of_all_but_drafts(
    identifier: str,
    settings: dict[str, JsonValue],
    media: list[str],
    told: str,
    fake: FakePostiz,
    http: httpx.Client,
) -> None:
    fake.add_account(KEY, [{"id": "c1", "identifier": identifier}])
    image: list[JsonValue] = [{"id": "m", "path": f"https://e.invalid/{name}"} for name in media]
    posts = [entry({"content": "hi", "image": image}, integration="c1", **settings)]

    draft = http.post("posts", json=body(posts=posts))
    scheduled = http.post("posts", json=body(posts=posts, type="schedule"))

    assert (draft.status_code, scheduled.json()["message"]) == (201, told)


def test_tiktok_wants_each_of_its_settings(fake: FakePostiz, http: httpx.Client) -> None:
    fake.add_account(KEY, [{"id": "t1", "identifier": "tiktok"}])
    image: list[JsonValue] = [{"id": "m", "path": f"https://e.invalid/{name}"} for name in ("a.mp4", "b.png")]
    good: dict[str, JsonValue] = {
        "privacy_level": "SELF_ONLY",
        "duet": False,
        "stitch": False,
        "comment": False,
        "autoAddMusic": "no",
        "brand_content_toggle": False,
        "brand_organic_toggle": False,
        "content_posting_method": "UPLOAD",
    }
    part: JsonValue = {"content": "hi", "image": image}

    bare = http.post("posts", json=body(posts=[entry(part, integration="t1")]))
    mixed = http.post("posts", json=body(type="schedule", posts=[entry(part, integration="t1", **good)]))

    assert [message.split()[0] for message in bare.json()["message"]] == [
        f"posts.0.settings.{name}" for name in good
    ]
    assert mixed.json()["message"] == "Only one video, or pictures only"


def test_a_title_that_is_too_long_or_too_short_is_refused(fake: FakePostiz, http: httpx.Client) -> None:
    fake.add_account(KEY, [{"id": "y1", "identifier": "youtube"}])
    part: JsonValue = {"content": "hi", "image": []}

    answers = [
        http.post(
            "posts", json=body(posts=[entry(part, integration="y1", type="public", title=title)])
        ).json()
        for title in ("a", "a" * 101)
    ]

    assert [answer["message"] for answer in answers] == [
        ["posts.0.settings.title must be longer than or equal to 2 characters"],
        ["posts.0.settings.title must be shorter than or equal to 100 characters"],
    ]


def test_odd_shapes_inside_a_body_are_read_past(http: httpx.Client) -> None:
    odd_tags = http.post("posts", json=body(tags="a"))
    odd_part = http.post("posts", json=body(posts=[entry({"content": "hi", "image": [[]]})]))
    odd_value = http.post("posts", json=body(posts=[{"integration": {"id": "f1"}, "value": "hi"}]))
    odd_values = http.post("posts", json=body(posts=[entry("hi")]))
    odd_json = http.post("posts", content=json.dumps([1]), headers={"Content-Type": "application/json"})
    none = http.post("posts", headers={"Content-Type": "application/json"})

    assert odd_tags.json()["message"] == ["tags must be an array"]
    assert odd_value.json()["message"] == [
        "posts.0.value must be an array",
        "posts.0.value must contain at least 1 elements",
    ]
    assert odd_values.json()["message"] == [
        "posts.0.value.each value in nested property value must be either object or array"
    ]
    assert (odd_part.status_code, odd_json.status_code, none.status_code) == (201, 400, 400)


def test_the_cli_may_name_itself(fake: FakePostiz, http: httpx.Client) -> None:
    http.post("posts", json=body(creationMethod="CLI"))
    http.post("posts", json=body(creationMethod="ME"))

    assert [post.creation_method for post in fake.posts.values()] == ["CLI", "API"]


def test_notifications_come_newest_first_in_pages(fake: FakePostiz, client: PostizClient) -> None:
    notes = fake.accounts[KEY].notifications
    for number in range(101):
        notes.append({"id": str(number), "content": "c", "link": None, "createdAt": "2026-12-01T09:00:00Z"})

    first, second = client.list_notifications(0).value, client.list_notifications(1).value

    assert (first.notifications[0].id, len(first.notifications), first.has_more) == ("100", 100, True)
    assert ([note.id for note in second.notifications], second.has_more) == (["0"], False)


def test_settings_of_a_channel_name_what_is_checked(client: PostizClient) -> None:
    settings = client.integration_settings("x1").value

    assert settings.max_length == 280
    assert isinstance(settings.schema_, dict)
    assert "who_can_reply_post" in str(settings.schema_["properties"])


def test_the_same_seed_makes_the_same_ids() -> None:
    def ids() -> list[str]:
        clock = FakeClock()
        fake = FakePostiz(clock, seed=3)
        fake.add_account(KEY, [{"id": "x1", "identifier": "x"}])
        client = client_of(fake, clock)
        return [client.create_post(order(clock)).value[0].post_id for _ in range(3)]

    assert ids() == ids()


def test_no_key_is_in_the_repr_of_a_row(fake: FakePostiz, make: Make) -> None:
    post = fake.posts[make()]

    assert KEY not in repr(post) + repr(fake.accounts[KEY])
