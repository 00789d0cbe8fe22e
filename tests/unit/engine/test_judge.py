"""What a listing says about one delivery: a pure function over evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from postengine.engine.delivery.judge import Evidence, judge
from postengine.engine.ports import Seen, Sighting
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import Attempt, Outcome, RemotePost, Verb
from postengine.engine.posts.states import Mode, Step
from postengine.engine.posts.timings import Timings
from postengine.testing.clock import FakeClock

NOW = FakeClock().now()
DUE = NOW + timedelta(hours=1)
DELIVERY = Delivery(
    id="d",
    tenant_id="t",
    post_id="p",
    channel_id="c",
    mode=Mode.AUTOMATIC,
    ref="ours",
    rev=3,
    remote_id="known",
    due_at=DUE,
    miss_at=DUE + timedelta(hours=2),
    created_at=NOW,
    updated_at=NOW,
)
KNOWN = RemotePost(
    id="known", account_id="a", delivery_id="d", occurrence=1, rev=3, publish_at=DUE, made_at=NOW
)
LOST = Attempt(
    id="lost",
    delivery_id="d",
    tenant_id="t",
    step=Step.STAGE,
    verb=Verb.CREATE,
    fence=1,
    rev=3,
    occurrence=1,
    outcome=Outcome.UNANSWERED,
    opened_at=NOW,
)
DONE = replace(LOST, id="done", outcome=Outcome.DONE, remote_id="known")


def _seen(id_: str, shown: str = "DRAFT", **fields: object) -> Seen:
    known: dict[str, object] = {"ref": "ours", "rev": 3, "attempt": "lost", "publish_at": DUE, **fields}
    return Seen(id=id_, state=shown, integration_id="i", **known)  # type: ignore[arg-type]


def _sort(*posts: Seen, evidence: Evidence | None = None) -> dict[str, list[str]]:
    evidence = evidence or Evidence(delivery=DELIVERY, remotes=[KNOWN], creates=[LOST, DONE])
    verdict = judge(evidence, Sighting(posts=posts, server_time=NOW), Timings())
    found = {
        "current": [verdict.current],
        "adoptable": [verdict.adoptable],
        "strays": verdict.strays,
        "rivals": verdict.rivals,
        "out": verdict.out,
        "copies": verdict.copies,
    }
    named = {name: [seen.id for seen in posts if seen is not None] for name, posts in found.items()}
    return {name: ids for name, ids in named.items() if ids}


FRESH = Evidence(delivery=replace(DELIVERY, remote_id=None), remotes=[], creates=[LOST])
NOTHING = Evidence(delivery=replace(DELIVERY, remote_id=None), remotes=[], creates=[])


@pytest.mark.parametrize("state", ["DRAFT", "QUEUE", "PUBLISHED", "ERROR"])
def test_the_known_one_is_current_in_whatever_state(state: str) -> None:
    assert _sort(_seen("known", state)) == {"current": ["known"]}


def test_the_known_one_is_known_without_its_mark() -> None:
    assert _sort(_seen("known", ref=None, rev=None, attempt=None)) == {"current": ["known"]}


def test_what_bears_another_mark_is_nothing_to_us() -> None:
    assert _sort(_seen("other", ref="theirs")) == {}


def test_a_lost_draft_beside_the_known_one_is_a_stray() -> None:
    assert _sort(_seen("x"), _seen("known")) == {"current": ["known"], "strays": ["x"]}


def test_a_lost_draft_alone_is_adopted_and_a_second_one_is_a_stray() -> None:
    assert _sort(_seen("x"), _seen("y"), evidence=FRESH) == {"adoptable": ["x"], "strays": ["y"]}


@pytest.mark.parametrize("fields", [{"rev": 2}, {"rev": None}, {"publish_at": DUE + timedelta(seconds=1)}])
def test_a_lost_draft_of_another_rev_or_date_is_a_stray(fields: dict[str, object]) -> None:
    assert _sort(_seen("x", "DRAFT", **fields), evidence=FRESH) == {"strays": ["x"]}


@pytest.mark.parametrize("fields", [{"is_dead": True}, {"asked_at": NOW}])
def test_a_dead_or_spent_draft_is_never_adopted(fields: dict[str, object]) -> None:
    remote = replace(KNOWN, id="x", **fields)  # type: ignore[arg-type]
    evidence = replace(FRESH, remotes=[remote])

    assert _sort(_seen("x"), evidence=evidence) == {"strays": ["x"]}


@pytest.mark.parametrize(
    ("state", "before_s", "expected"),
    [
        ("QUEUE", 21, "rivals"),
        ("QUEUE", 20, "out"),
        ("QUEUE", -60, "out"),
        ("PUBLISHED", 3600, "out"),
        ("ERROR", 3600, "out"),
    ],
)
def test_another_one_that_is_no_draft(state: str, before_s: int, expected: str) -> None:
    seen = _seen("x", state, publish_at=NOW + timedelta(seconds=before_s))

    assert _sort(seen) == {expected: ["x"]}


@pytest.mark.parametrize(
    ("outcome", "is_ours"),
    [
        (None, True),
        (Outcome.UNANSWERED, True),
        (Outcome.FAILED, True),
        (Outcome.UNPROVEN, True),
        (Outcome.DONE, False),
        (Outcome.REFUSED, False),
        (Outcome.UNSENT, False),
    ],
)
def test_it_is_ours_if_its_making_may_have_happened(outcome: Outcome | None, is_ours: bool) -> None:
    evidence = replace(FRESH, creates=[replace(LOST, outcome=outcome)])

    assert _sort(_seen("x"), evidence=evidence) == ({"adoptable": ["x"]} if is_ours else {"copies": ["x"]})


@pytest.mark.parametrize(
    ("evidence", "is_by_hand", "expected"),
    [
        (NOTHING, False, "adoptable"),  # from a lost database
        (NOTHING, True, "copies"),
        (FRESH, False, "copies"),
    ],
)
def test_a_mark_of_an_attempt_that_is_not_on_record(
    evidence: Evidence, is_by_hand: bool, expected: str
) -> None:
    assert _sort(_seen("x", attempt="old", is_by_hand=is_by_hand), evidence=evidence) == {expected: ["x"]}


def test_beside_a_known_one_that_is_no_draft_a_lost_draft_is_not_deleted_blindly() -> None:
    assert _sort(_seen("known", "QUEUE"), _seen("x")) == {"current": ["known"], "adoptable": ["x"]}
