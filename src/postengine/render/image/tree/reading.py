"""From plain data to a tree, with every problem named by its path."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from postengine.render.errors import Problem, StyleInvalid

from .data import has, member
from .limits import check, check_data
from .nodes import Box, Fit, Outline, Picture, Scrim, Shape, Text
from .style import Style
from .values import shortened
from .walk import ROOT

_NODES: dict[str, type[BaseModel]] = {"box": Box, "text": Text, "picture": Picture, "shape": Shape}
_PARTS: dict[str, type[BaseModel]] = {"style": Style, "fit": Fit, "scrims": Scrim, "outlines": Outline}
_MOST_PROBLEMS = 100


def tree_from(data: object) -> Box:
    """Read a tree from plain data, or from JSON text.

    Raises:
        StyleInvalid: With the path of every problem, such as `root.children[2].style.gap`.
    """
    if isinstance(data, (str, bytes)):
        data = _parsed(data)
    check_data(data)
    try:
        root = Box.model_validate(data)
    except ValidationError as error:
        raise StyleInvalid(problems_of(error, data)) from None
    check(root)
    return root


def problems_of(error: ValidationError, data: object = None) -> tuple[Problem, ...]:
    """Return what pydantic found wrong with a tree, in our words; at most a hundred problems.

    Args:
        error: From making a Box.
        data: What it was made from, so that keys are named as they were written there.
    """
    found = error.errors(include_url=False)[:_MOST_PROBLEMS]
    return tuple(_problem(detail, data) for detail in found)


def _parsed(text: str | bytes) -> object:
    try:
        return json.loads(text)
    except RecursionError:
        reason = "Expected at most 100 levels of nodes, got more; make the tree smaller."
    except ValueError as error:
        reason = f"Expected JSON, got {shortened(str(error))}."
    raise StyleInvalid.one(ROOT, reason)


def _problem(detail: ErrorDetails, data: object) -> Problem:
    path, here, loc = ROOT, data, list(detail["loc"])
    owner: type[BaseModel] = Box
    key = ""
    while loc:
        step = loc.pop(0)
        if isinstance(step, int):
            path += f"[{step}]"
            here = member(here, step)
            if key == "children" and loc and loc[0] in _NODES:
                owner = _NODES[str(loc.pop(0))]
            continue
        if not step.isidentifier() and (loc or detail["type"] != "extra_forbidden"):
            continue  # pydantic's name for a member of a union
        owner = _PARTS.get(key, owner)
        key = step
        written = _written(step, here, owner)
        path += f".{written}" if written.isidentifier() else f"[{shortened(written)}]"
        here = member(here, written)
    return Problem(path, _message(detail, owner))


def _written(alias: str, here: object, owner: type[BaseModel]) -> str:
    """Return a key as the data has it, which may be Python's name of the field."""
    if has(here, alias):
        return alias
    return next(
        (n for n, field in owner.model_fields.items() if field.alias == alias and has(here, n)), alias
    )


def _message(detail: ErrorDetails, owner: type[BaseModel]) -> str:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        return _unknown(str(detail["loc"][-1]), owner)
    if kind == "missing":
        return "Expected a value, got none; add it."
    if kind.startswith("union_tag") or (kind.startswith("model_") and not _is_part(detail)):
        return f"Expected an object with a type out of {', '.join(_NODES)}, got {_told(value)}."
    wanted = "an object" if kind.startswith("model_") else detail["msg"].removeprefix("Input should be ")
    if kind == "literal_error":
        expected = str(context["expected"])
        wanted = f"one of {expected}" if "," in expected or " or " in expected else expected
    elif wanted.startswith(("greater", "less")):
        wanted = f"a value {wanted}"
    return f"Expected {wanted}, got {_told(value)}."


def _is_part(detail: ErrorDetails) -> bool:
    return any(step in _PARTS for step in detail["loc"][-2:])


def _unknown(key: str, owner: type[BaseModel]) -> str:
    names = [name for n, field in owner.model_fields.items() for name in (field.alias or n, n)]
    folded = {name.lower().replace("-", "").replace("_", ""): name for name in reversed(names)}
    asked = key.lower().replace("-", "").replace("_", "")
    near = difflib.get_close_matches(asked, folded, n=1, cutoff=0.75)
    remedy = f"did you mean {folded[near[0]]!r}?" if near else "leave it out."
    return f"Expected a key that a {owner.__name__.lower()} has, got {shortened(key)}; {remedy}"


def _told(value: object) -> str:
    kind = member(value, "type")
    if isinstance(kind, str):
        return f"an object of type {shortened(kind)}"
    return "an object" if isinstance(value, Mapping) else shortened(value)
