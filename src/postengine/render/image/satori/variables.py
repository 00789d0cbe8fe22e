"""CSS custom properties: `--name` declarations, `var(--name, fallback)`.

Source: CSS Custom Properties for Cascading Variables 1, sections 2 and 3.
"""

from __future__ import annotations

from collections.abc import Mapping

MAX_LENGTH = 100_000
"""A value that grows beyond this by substitution is given up (variables that double each other)."""


class VariableUnknown(Exception):
    """A value refers to a variable that has no value here, or to itself, and has no fallback."""


def resolved(value: str, variables: Mapping[str, str], within: frozenset[str] = frozenset()) -> str:
    """Return `value` with every `var()` replaced.

    >>> resolved("1px solid var(--line, var(--ink))", {"--ink": "#111"})
    '1px solid #111'

    Raises:
        VariableUnknown: With the variable's name.
    """
    while (start := value.find("var(")) != -1:
        end = _closing(value, start + 3)
        name, comma, fallback = value[start + 4 : end].partition(",")
        name = name.strip()
        if name in variables and name not in within:
            put = resolved(variables[name], variables, within | {name})
        elif comma:
            put = resolved(fallback.strip(), variables, within)
        else:
            raise VariableUnknown(name)
        value = value[:start] + put + value[end + 1 :]
        if len(value) > MAX_LENGTH:
            raise VariableUnknown(name)
    return value


def _closing(value: str, opening: int) -> int:
    depth = 0
    for at in range(opening, len(value)):
        if value[at] == "(":
            depth += 1
        elif value[at] == ")":
            depth -= 1
            if depth == 0:
                return at
    return len(value)
