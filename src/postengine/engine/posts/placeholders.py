"""Placeholders in texts: `{price}`, `{address}`, `{agent.phone}`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .errors import Problem

_PLACEHOLDER = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)*)\}")


def fill(text: str, values: Mapping[str, str], field: str) -> tuple[str, list[Problem]]:
    """Return `text` with each placeholder replaced, and a problem for each that has no value.

    >>> fill("{price} in {street}", {"price": "€ 1"}, "caption")[1][0].code
    'unresolved_placeholder'
    """
    problems: list[Problem] = []

    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        value = values.get(name, "")
        if not value:
            known = ", ".join(sorted(key for key, known_value in values.items() if known_value)) or "none"
            message = f"{{{name}}} has no value here; give it one, or use one of: {known}"
            problems.append(Problem(field, "unresolved_placeholder", message))
        return value

    return _PLACEHOLDER.sub(replace, text), problems
