"""The order in which due work is taken: tenants in turn, each tenant's most urgent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import cast

from postengine.engine.ports import W
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.checkup import Checkup
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.watch import Watch

URGENCY: dict[type[Delivery] | type[Asset] | type[Checkup] | type[Watch], str] = {
    Delivery: "act_at",
    Asset: "needed_at",
    Checkup: "act_at",
    Watch: "act_at",
}
"""The field that says how urgent due work of a kind is; the earliest first."""


def in_turns(rows: Iterable[W]) -> list[W]:
    """Return `rows` so that each tenant's n-th most urgent comes before anybody's next."""

    def urgency(row: W) -> tuple[datetime, str]:
        return cast("datetime", getattr(row, URGENCY[type(row)])), row.id

    seen: Counter[str] = Counter()
    turns: list[tuple[int, tuple[datetime, str], W]] = []
    for row in sorted(rows, key=urgency):
        turns.append((seen[row.tenant_id], urgency(row), row))
        seen[row.tenant_id] += 1
    return [row for _, _, row in sorted(turns, key=lambda turn: turn[:2])]
