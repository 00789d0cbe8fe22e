"""The little language of conditions."""

from __future__ import annotations

import pytest

from postengine.fcm import Message, MessageInvalid
from postengine.fcm.condition import check_condition


@pytest.mark.parametrize(
    "condition",
    [
        "'a' in topics",
        "!('a' in topics)",
        "'a' in topics && 'b' in topics || 'c' in topics",
        "('a' in topics && ('b' in topics || !('c' in topics)))",
        " 'a-_.~%9'  in  topics&&'b' in topics ",
        "'1' in topics || '2' in topics || '3' in topics || '4' in topics || '5' in topics",
    ],
)
def test_a_condition_of_topics_is_taken(condition: str) -> None:
    assert Message(condition=condition).to_wire() == {"condition": condition}


@pytest.mark.parametrize(
    "condition",
    [
        "a in topics",
        "'a' in topics & 'b' in topics",
        "'a' in topics 'b' in topics",
        "'a' in topics &&",
        "('a' in topics",
        "'a b' in topics",
        "'' in topics",
        "T",
        "T && 'a' in topics",
        "'a' in topicsy",
    ],
)
def test_anything_else_is_refused(condition: str) -> None:
    with pytest.raises(MessageInvalid, match="expected topics such as") as caught:
        check_condition("condition", condition)

    assert caught.value.field == "condition"


def test_a_sixth_topic_is_one_too_many() -> None:
    condition = " || ".join(f"'{n}' in topics" for n in range(6))

    with pytest.raises(MessageInvalid, match="at most 5 topics, got 6"):
        check_condition("condition", condition)
