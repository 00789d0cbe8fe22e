"""The legal lines: what stands on each drawn picture and, once, below each caption."""

from __future__ import annotations

from collections.abc import Sequence

from postengine.engine.posts.agent import Agent
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.tenant import MOST_LEGAL_LINES, Tenant

_BETWEEN = " · "


def legal_lines(tenant: Tenant, listing: Listing | None, agent: Agent | None) -> tuple[str, ...]:
    """Return the tenant's lines, the property's energy class and the agent's licence, where there are any."""
    energy_class = listing.facts.energy_class if listing else ""
    licence = (agent.licence or "") if agent else ""
    return (*tenant.legal_lines, *(line for line in (energy_class.strip(), licence.strip()) if line))


def ends_with(caption: str, lines: Sequence[str]) -> bool:
    r"""Whether the last lines of `caption` are `lines` already, blank ones aside.

    >>> ends_with("Come and see\n\nAMI 123\nLic. 9", ("AMI 123", "Lic. 9"))
    True
    """
    written = [line.strip() for line in caption.splitlines() if line.strip()]
    return written[len(written) - len(lines) :] == list(lines)


def pressed(lines: Sequence[str], most: int = MOST_LEGAL_LINES) -> tuple[str, ...]:
    """Return `lines` as at most `most`: the shortest neighbours share a line.

    >>> pressed(("a", "long line", "b", "c"), 3)
    ('a', 'long line', 'b · c')
    """
    rows = list(lines)
    while len(rows) > most:
        at = min(range(len(rows) - 1), key=lambda index: len(rows[index]) + len(rows[index + 1]))
        rows[at : at + 2] = [_BETWEEN.join(rows[at : at + 2])]
    return tuple(rows)
