"""What pydantic found wrong with a described video, with paths as a reader of its JSON would write them."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from postengine.render.image.tree.values import shortened

_MOST = 100
_UNIONS = frozenset({"scenes", "children"})
"""Lists whose members are told apart by their kind, which pydantic names as a step on the way to them."""
_WANTED = {
    "literal_error": "one of {expected}",
    "union_tag_invalid": "an object whose {discriminator} is one of {expected_tags}",
    "union_tag_not_found": "an object with {discriminator}",
    "model_attributes_type": "an object",
    "model_type": "an object",
    "tuple_type": "a list",
    "too_short": "{min_length} or more in the list",
    "too_long": "at most {max_length} in the list",
    "string_too_short": "{min_length} or more characters",
    "string_too_long": "at most {max_length} characters",
    "string_pattern_mismatch": "text of the form {pattern}",
    "greater_than": "more than {gt:g}",
    "greater_than_equal": "{ge:g} or more",
    "less_than_equal": "at most {le:g}",
}
"""By pydantic's names of what is wrong."""


def problems_in(error: ValidationError) -> tuple[tuple[str, str], ...]:
    """Return path and message of each problem, at most a hundred."""
    found = [detail for detail in error.errors(include_url=False)[:_MOST] if not _follows(detail, error)]
    return tuple((_path(detail["loc"]), _said(detail)) for detail in found)


def _follows(detail: ErrorDetails, error: ValidationError) -> bool:
    """Whether a list is too short only because what is in it was refused."""
    loc = detail["loc"]
    return detail["type"] == "too_short" and any(
        other["loc"][: len(loc)] == loc and len(other["loc"]) > len(loc) for other in error.errors()
    )


def _path(loc: tuple[int | str, ...]) -> str:
    """Return `scenes[2].move.amount`; which member of a union was tried is left out."""
    path = ""
    for before, step in zip(("", "", *loc), loc, strict=False):
        if isinstance(step, int):
            path += f"[{step}]"
        elif step.isidentifier() and before not in _UNIONS:
            path += f".{step}"
    return path.removeprefix(".") or "video"


def _said(detail: ErrorDetails) -> str:
    """Return what was expected and what came."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        return "Expected no key of this name; look at how it is written, or leave it out."
    if kind == "missing":
        return "Expected a value, got none; add it."
    wanted = _WANTED.get(kind, detail["msg"].removeprefix("Input should be "))
    got = context.get("actual_length", detail["input"])
    return f"Expected {wanted.format(**context)}, got {shortened(got)}."
