"""The little language of conditions: topics joined with `&&`, `||`, `!` and parentheses."""

from __future__ import annotations

import re

from .errors import MessageInvalid

MAX_TOPICS = 5

_TOPIC = re.compile(r"'[a-zA-Z0-9\-_.~%]{1,900}'\s+in\s+topics\b")
_SPACES = re.compile(r"\s+")
_WHOLE = re.compile(r"!T|\(T\)|T&&T|T\|\|T")


def check_condition(field: str, condition: str | None) -> None:
    """Refuse a condition that FCM cannot read, or that names more than five topics.

    Raises:
        MessageInvalid: If it is malformed or too long.

    Source: firebase.google.com, Send messages to topics, read November 2026.

    >>> check_condition("condition", "'a' in topics && !('b' in topics || 'c' in topics)")
    """
    if condition is None:
        return
    rest, topics = _TOPIC.subn("T", condition)
    if topics > MAX_TOPICS:
        raise MessageInvalid(field, f"expected at most {MAX_TOPICS} topics, got {topics}")
    if rest.count("T") != topics or _reduced(_SPACES.sub("", rest)) != "T":
        raise MessageInvalid(field, "expected topics such as `'a' in topics && !('b' in topics)`")


def _reduced(text: str) -> str:
    """Replace what is whole by one topic, from the inside out, until nothing more is."""
    before = ""
    while text != before:
        before, text = text, _WHOLE.sub("T", text)
    return text
