"""Collapse keys: FCM keeps four of them for a phone that is out of reach, and drops the rest unsaid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from .errors import MessageInvalid
from .message import Message

MAX_COLLAPSE_KEYS = 4


def check_collapse_keys(messages: Iterable[Message]) -> None:
    """Refuse messages that are to wait together and have more than four collapse keys for one phone.

    One message alone cannot break this rule, so nobody else checks it: call it with what is under way.

    Raises:
        MessageInvalid: For the first message with a fifth key; its place counts from 0.

    Source: firebase.google.com, REST reference of FCM v1, AndroidConfig.collapse_key, read November 2026.
    """
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for place, message in enumerate(messages):
        part = "android" if message.android else "android_v2"
        config = message.android or message.android_v2
        if config is None or config.collapse_key is None:
            continue
        known = keys[message.registration or message.topic or message.condition or ""]
        known.add(config.collapse_key)
        if len(known) > MAX_COLLAPSE_KEYS:
            problem = f"expected at most {MAX_COLLAPSE_KEYS} keys for one phone at a time, got a fifth"
            raise MessageInvalid(f"messages[{place}].{part}.collapse_key", problem)
