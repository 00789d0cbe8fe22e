"""What became of posts: waiting, reconciling, reasons, and creating once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from pydantic import JsonValue

from postengine.postiz import (
    CreatePost,
    IntegrationRef,
    Notification,
    Post,
    PostEntry,
    PostizKeyRefused,
    PostizRejected,
    PostizUnanswered,
    PostPart,
    failure_reason,
    group_by_ref,
    match_failures,
)
from postengine.testing.clock import FakeClock

from .script import Handler, Script, client_of, raises, says

NINE = datetime(2026, 12, 1, 9, tzinfo=UTC)
Row = dict[str, JsonValue]


def row(post_id: str = "p1", state: str = "QUEUE", **more: JsonValue) -> Row:
    """Return a listed post on channel `channel`, with a mark if `ref` is given."""
    channel = more.pop("channel", "i1")
    ref = more.pop("ref", None)
    settings = "{}" if ref is None else f'{{"postengine": {{"ref": "{ref}"}}}}'
    integration: Row = {"id": channel, "providerIdentifier": "linkedin-page", "name": "Ann"}
    told: Row = {"id": post_id, "state": state, "publishDate": "2026-12-01T09:00:00.000Z"}
    return told | {"integration": integration, "settings": settings} | more


def lists(*rows: Row) -> Handler:
    return says(200, {"posts": list(rows)})


def post(post_id: str = "p1", state: str = "QUEUE", **more: JsonValue) -> Post:
    return Post.model_validate(row(post_id, state, **more))


def note(content: str, minutes: float = 1) -> Notification:
    return Notification(id="n", content=content, created_at=NINE + timedelta(minutes=minutes))


def test_one_listing_a_look_serves_all_posts_until_each_is_final() -> None:
    clock = FakeClock()
    live = row("p1", "PUBLISHED", releaseURL="https://x.example/1")
    commented = row("p2", "ERROR", releaseURL="https://x.example/2")
    script = Script(lists(row("p1"), row("p2")), lists(live, row("p2")), lists(row("p1"), commented))

    found = client_of(script, clock).wait_for(["p1", "p2"], timeout_s=3600)

    assert [(one.state, one.is_final, one.is_live, one.release_url) for one in found.values()] == [
        ("PUBLISHED", True, True, "https://x.example/1"),
        ("ERROR", True, True, "https://x.example/2"),
    ]
    assert (len(script.requests), clock.monotonic()) == (3, 120.0)


def test_the_looks_become_rare_and_the_last_is_at_the_end() -> None:
    clock = FakeClock()
    looked: list[float] = []

    def look(_: httpx.Request) -> httpx.Response:
        looked.append(clock.monotonic())
        return httpx.Response(200, json={"posts": [row()]})

    [outcome] = client_of(Script(look), clock).wait_for(["p1"], timeout_s=4000).values()

    assert looked == [20, 60, 120, 240, 480, 900, 1800, 2700, 3600, 4000]
    assert (outcome.state, outcome.is_final, outcome.is_gone) == ("QUEUE", False, False)


def test_an_error_is_followed_for_it_may_turn_published() -> None:
    failed = row("p1", "ERROR", error="no token")
    script = Script(lists(failed), lists(row("p1", "PUBLISHED")))

    [outcome] = client_of(script).wait_for(["p1"], timeout_s=600).values()
    [open_one] = client_of(Script(lists(failed))).wait_for(["p1"], timeout_s=600).values()

    assert outcome.is_live
    assert (open_one.is_final, open_one.error) == (False, "no token")


def test_an_id_that_is_not_near_is_looked_for_far_before_it_counts_as_gone() -> None:
    far = row("p1", "PUBLISHED", publishDate="2026-06-01T09:00:00.000Z")
    script = Script(lists(), lists(far))
    gone = Script(lists())

    [found] = client_of(script).wait_for(["p1"], timeout_s=600).values()
    [lost] = client_of(gone).wait_for(["p1"], timeout_s=600).values()

    assert (found.is_live, lost.is_gone, lost.is_final, lost.state) == (True, True, True, None)
    assert len(gone.requests) == 2
    starts = [request.url.params["startDate"] for request in script.requests]
    assert starts == ["2026-11-29T09:00:00.000Z", "2025-10-27T09:00:20.000Z"]


def test_a_post_found_far_away_is_listed_with_the_others_from_then_on() -> None:
    far = row("p1", publishDate="2026-06-01T09:00:00.000Z")
    script = Script(lists(), lists(far), lists(far), lists(far | {"state": "PUBLISHED"}))

    client_of(script).wait_for(["p1"], timeout_s=600)

    assert len(script.requests) == 4
    assert script.requests[3].url.params["startDate"] == "2026-06-01T09:00:00.000Z"


def test_a_look_that_fails_for_now_is_skipped_and_one_that_fails_for_good_is_told() -> None:
    script = Script(*[raises(httpx.ReadError)] * 3, lists(row("p1", "PUBLISHED")))

    [outcome] = client_of(script).wait_for(["p1"], timeout_s=600).values()
    with pytest.raises(PostizKeyRefused):
        client_of(Script(says(401, {"msg": "Invalid API key"}))).wait_for(["p1"], timeout_s=600)

    assert outcome.is_live


def test_nothing_to_wait_for_asks_nothing() -> None:
    script = Script(lists())

    assert client_of(script).wait_for([], timeout_s=600) == {}
    assert script.requests == []


def test_posts_are_grouped_by_their_marks_and_doubles_are_named() -> None:
    plain = row("p9") | {"settings": '{"postengine": "ref-2"}'}
    rows = [
        row("p1", "PUBLISHED", ref="ref-1"),
        row("p2", "QUEUE", ref="ref-1"),
        row("p3", "PUBLISHED", ref="ref-1", channel="i2"),
        row("p4", "DRAFT", ref="ref-1"),
        row("p5", "ERROR", ref="ref-1", channel="i2"),
        row("p6"),
        row("p7") | {"settings": '{"postengine": {"ref": 7}}'},
        row("p8") | {"settings": '{"postengine": ""}'},
        plain,
    ]

    found = client_of(Script(lists(*rows))).reconcile(NINE, NINE)

    assert [post.id for post in found.unmarked] == ["p6", "p7", "p8"]
    assert {ref: [one.id for one in group] for ref, group in found.by_ref.items()} == {
        "ref-1": ["p1", "p2", "p3", "p4", "p5"],
        "ref-2": ["p9"],
    }
    assert {at: [one.id for one in group] for at, group in found.duplicates.items()} == {
        ("i1", "ref-1"): ["p1", "p2"]
    }


def test_marks_may_have_another_key() -> None:
    found = group_by_ref([post(), Post.model_validate(row() | {"settings": {"mine": "r"}})], key="mine")

    assert (len(found.unmarked), list(found.by_ref)) == (1, ["r"])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("An error occurred while posting on linkedin-page: Media too big", "Media too big"),
        ("An error occurred while posting comments on LinkedIn Page: No", "No"),
        (
            "Your post was sent to LinkedIn Page, but we couldn't confirm it was published. "
            "Please check your Ann account before trying again.",
            None,
        ),
        ("Your post was sent to Linkedin-page, but we couldn't confirm it was published.", None),
        ("We couldn't post to linkedin-page for Ann because you need to reconnect it. Please do.", None),
        ("We couldn't post to linkedin-page for Ann because it's disabled. Enable it.", None),
        ("Could not refresh your linkedin-page channel . Please go back to the system", None),
        ("Could not refresh your linkedin-page channel ", None),
        (
            "Your post was sent to LinkedIn Page, but we couldn't confirm it was published. "
            "Please check your LinkedIn Page account before trying again.",
            None,
        ),
    ],
)
def test_each_notification_of_a_failure_is_understood(content: str, reason: str | None) -> None:
    assert failure_reason(post("p1", "ERROR"), [note(content)]) == (reason or content.strip())


@pytest.mark.parametrize(
    "found",
    [
        note("An error occurred while posting on x: Media too big"),
        note("We couldn't post to linkedin-page for Bob because it's disabled. Enable it."),
        note("An error occurred while posting on linkedin-page: late", minutes=121),
        note("An error occurred while posting on linkedin-page: early", minutes=-2),
        note("Your post has been published on Linkedin-page at https://x.example"),
    ],
)
def test_a_notification_about_another_post_is_no_reason(found: Notification) -> None:
    assert failure_reason(post("p1", "ERROR"), [found]) is None


def test_what_could_be_about_two_posts_or_two_reasons_for_one_is_no_reason() -> None:
    shared = note("An error occurred while posting on linkedin-page: No")
    other = note("An error occurred while posting on linkedin-page: Yes")
    two = [post("p1", "ERROR"), post("p2", "ERROR", channel="i2")]

    assert match_failures(two, [shared]) == {}
    assert match_failures(two[:1], [shared, other]) == {}
    assert match_failures(two[:1], [shared, shared]) == {"p1": "No"}
    assert match_failures([post("p1", "PUBLISHED")], [shared]) == {}


def test_a_reason_that_the_server_itself_names_is_believed() -> None:
    shared = note("An error occurred while posting on linkedin-page: No")

    assert match_failures([post("p1", "ERROR", error="Token gone")], [shared]) == {"p1": "Token gone"}


ENTRY = PostEntry(
    integration=IntegrationRef(id="i1"), value=(PostPart(content="hi"),), settings={"who": "everyone"}
)
WISH = CreatePost(type="schedule", date=NINE, posts=(ENTRY,))
MADE = says(201, [{"postId": "p7", "integration": "i1"}])


def test_a_post_that_is_not_there_is_created_with_its_mark() -> None:
    script = Script(lists(row("p1", ref="other"), row("p2", ref="ref-1", channel="i2")), MADE)

    made = client_of(script).create_once(WISH, "ref-1")

    assert (made.post_id, made.how, made.others) == ("p7", "created", ())
    assert b'"settings":{"who":"everyone","postengine":{"ref":"ref-1"}}' in script.requests[1].content


def test_a_post_that_is_there_is_adopted_and_its_doubles_are_named() -> None:
    script = Script(lists(row("p1", ref="ref-1"), row("p2", ref="ref-1")))

    made = client_of(script).create_once(WISH, "ref-1")

    assert (made.post_id, made.how, made.others) == ("p1", "adopted", ("p2",))
    assert len(script.requests) == 1


def test_after_a_lost_answer_it_looks_once_more_and_never_sends_again() -> None:
    clock = FakeClock()
    found = Script(lists(), raises(httpx.ReadError), lists(row("p1", ref="ref-1")))
    lost = Script(lists(), raises(httpx.ReadError), lists())

    made = client_of(found, clock).create_once(WISH, "ref-1")
    with pytest.raises(PostizUnanswered):
        client_of(lost).create_once(WISH, "ref-1")

    assert (made.post_id, made.how) == ("p1", "adopted")
    assert clock.slept == [timedelta(seconds=60)]
    assert [request.method for request in lost.requests] == ["GET", "POST", "GET"]


def test_a_look_that_fails_too_leaves_the_first_error() -> None:
    script = Script(lists(), raises(httpx.ReadError), says(401, {"msg": "Invalid API key"}))

    with pytest.raises(PostizUnanswered) as caught:
        client_of(script).create_once(WISH, "ref-1")

    assert "Invalid API key" in caught.value.__notes__[0]


def test_a_refusal_is_told_at_once() -> None:
    script = Script(lists(), says(400, {"statusCode": 400, "message": "no"}))

    with pytest.raises(PostizRejected):
        client_of(script).create_once(WISH, "ref-1")

    assert len(script.requests) == 2


def test_several_entries_cannot_be_made_once() -> None:
    with pytest.raises(ValueError, match="exactly one entry"):
        client_of(Script(MADE)).create_once(WISH.model_copy(update={"posts": (ENTRY, ENTRY)}), "ref-1")
