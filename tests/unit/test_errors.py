"""The root error and the engine's own branch."""

from __future__ import annotations

import pytest

from postengine.engine.ledger.attempts import outcome_of
from postengine.engine.posts.errors import (
    ClaimLost,
    Conflict,
    IllegalMove,
    Invalid,
    NotFound,
    PostError,
    Problem,
    Sick,
)
from postengine.engine.posts.record import Outcome
from postengine.engine.posts.states import HoldScope
from postengine.errors import PostEngineError


def test_an_error_is_final_and_certain_unless_it_says_otherwise() -> None:
    error = PostEngineError("no")

    assert (error.retryable, error.may_have_happened, error.in_flight) == (False, False, False)
    assert error.retry_after is None


@pytest.mark.parametrize(
    "error",
    [
        NotFound("Post", "x"),
        Invalid.one("a", "b", "c"),
        Conflict("a", "b"),
        IllegalMove("d", "stage", "planned", "published"),
        ClaimLost("d", 1),
        Sick(HoldScope.ACCOUNT, "m"),
    ],
)
def test_all_of_the_engine_are_post_errors(error: PostEngineError) -> None:
    assert isinstance(error, PostError)


def test_not_found_names_what_was_looked_for() -> None:
    error = NotFound("Post", "post_x")

    assert (error.kind, error.id) == ("Post", "post_x")
    assert "post_x" in str(error)


def test_invalid_lists_every_problem() -> None:
    error = Invalid([Problem("a", "x", "too long"), Problem("b", "y", "too short")])

    assert [problem.code for problem in error.problems] == ["x", "y"]
    assert str(error) == "a: too long; b: too short"


@pytest.mark.parametrize(
    ("is_retryable", "may_have_happened", "in_flight", "expected"),
    [
        (False, False, False, Outcome.REFUSED),
        (True, False, False, Outcome.UNSENT),
        (True, True, False, Outcome.FAILED),
        (False, True, True, Outcome.UNANSWERED),
        (False, False, True, Outcome.UNANSWERED),
    ],
)
def test_what_is_known_after_an_error(
    is_retryable: bool, may_have_happened: bool, in_flight: bool, expected: Outcome
) -> None:
    class Anything(PostEngineError):
        retryable = is_retryable

    error = Anything("no")
    error.may_have_happened, error.in_flight = may_have_happened, in_flight

    assert outcome_of(error) is expected
