"""What pydantic found wrong with a described video, with paths as a reader of its JSON would write them."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_MOST = 100
_KINDS = frozenset({"photo", "clip", "card", "box", "text", "picture", "shape"})


def problems_in(error: ValidationError) -> tuple[tuple[str, str], ...]:
    """Return path and message of each problem, at most a hundred."""
    found = [detail for detail in error.errors(include_url=False)[:_MOST] if not _follows(detail, error)]
    return tuple(
        (_path(detail["loc"]), f"{_said(detail['msg'])}{_given(detail['input'])}") for detail in found
    )


def _follows(detail: ErrorDetails, error: ValidationError) -> bool:
    """Whether a list is too short only because what is in it was refused."""
    loc = detail["loc"]
    return detail["type"] == "too_short" and any(
        other["loc"][: len(loc)] == loc and len(other["loc"]) > len(loc) for other in error.errors()
    )


def _said(message: str) -> str:
    return message.removeprefix("Value error, ").rstrip(".")


def _path(loc: tuple[int | str, ...]) -> str:
    """Return `scenes[2].move.amount`; which member of a union was tried is left out."""
    path = ""
    for before, step in zip(("", *loc), loc, strict=False):
        if isinstance(step, int):
            path += f"[{step}]"
        elif step.isidentifier() and not (isinstance(before, int) and step in _KINDS):
            path += f".{step}"
    return path.removeprefix(".") or "video"


def _given(value: object) -> str:
    return f", got {value!r}" if isinstance(value, (int, float, str)) and len(repr(value)) <= 60 else ""
