"""To whom a message goes: exactly one of four."""

from __future__ import annotations

from collections.abc import Mapping

from .condition import check_condition
from .errors import MessageInvalid
from .rules import check_topic


def check_target(targets: Mapping[str, str | None]) -> None:
    """Refuse none and several targets, empty ones, and topics that FCM does not know.

    Raises:
        MessageInvalid: For the field in question; `message` if none is given.
    """
    given = [name for name, value in targets.items() if value is not None]
    if len(given) != 1:
        problem = f"expected exactly one of {', '.join(targets)}, got {' and '.join(given) or 'none'}"
        raise MessageInvalid(given[-1] if given else "message", problem)
    if not (targets[given[0]] or "").strip():
        raise MessageInvalid(given[0], "expected a target, got an empty text")
    check_topic("topic", targets.get("topic"))
    check_condition("condition", targets.get("condition"))
