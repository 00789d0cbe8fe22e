"""The report: what became of every delivery, counted from what the networks received."""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import httpx

from postengine import __version__

from .operator import Operator

_ENDED = {"published", "failed", "declined", "missed", "cancelled"}
_PACKAGES = ("pydantic", "httpx", "sqlalchemy", "dramatiq", "redis", "flask", "pillow", "pytakumi")


def read_network(log: Path) -> list[dict[str, Any]]:
    """Return what the networks received, in order."""
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line]


def count_duplicates(network: Iterable[dict[str, Any]]) -> int:
    """Count the pairs (integration, ref) received more than once, the server's own retries aside."""
    seen = Counter((entry["integration"], entry["ref"]) for entry in network if entry["by"] != "server-retry")
    return sum(1 for times in seen.values() if times > 1)


def make_report(
    api: httpx.Client, operator: Operator, network: list[dict[str, Any]], wall_s: float
) -> dict[str, Any]:
    """Return the report as plain JSON."""
    details = {id_: _get(api, f"/api/v1/deliveries/{id_}") for id_ in operator.deliveries}
    tenants = {one["id"]: one["external_id"] for one in _get(api, "/api/v1/tenants")["items"]}
    rows = [_row(detail, tenants, network) for detail in details.values()]
    rows.sort(key=lambda row: (row["due_at"], row["id"]))
    late = sorted(row["lateness_s"] for row in rows if row["lateness_s"] is not None)
    return {
        "posts": len(operator.loaded.post_ids),
        "deliveries": rows,
        "lost": sum(
            1 for one in details.values() if one["state"] not in _ENDED and not one["needs_decision"]
        ),
        "duplicates_at_network": count_duplicates(network),
        "killed": operator.killed,
        "recalled": sum(1 for one in details.values() if _was_recalled(one)),
        "lateness_p99_s": round(late[min(int(len(late) * 0.99), len(late) - 1)], 3) if late else None,
        "wall_s": round(wall_s, 1),
        "versions": {"postengine": __version__, "python": platform.python_version()}
        | {name: version(name) for name in _PACKAGES},
    }


def _row(detail: dict[str, Any], tenants: dict[str, str], network: list[dict[str, Any]]) -> dict[str, Any]:
    is_automatic = detail["mode"] == "automatic"
    received = [entry for entry in network if entry["ref"] == detail["ref"]]
    sent_at = received[0]["at"] if received else (None if is_automatic else detail["sent_at"])
    lateness_s = None
    if is_automatic and sent_at is not None:
        lateness_s = round((_instant(sent_at) - _instant(detail["due_at"])).total_seconds(), 3)
    return {
        "id": detail["id"],
        "post_id": detail["post_id"],
        "tenant": tenants[detail["tenant_id"]],
        "channel": detail["channel"],
        "kind": detail["channel_kind"],
        "state": detail["state"],
        "due_at": detail["due_at"],
        "sent_at": sent_at,
        "confirmed_at": detail["confirmed_at"],
        "lateness_s": lateness_s,
        "render_wait_s": _render_wait_s(detail),
        "release_url": detail["release_url"],
        "ref": detail["ref"] if is_automatic else None,
        "attempts": len(detail["attempts"]),
        "reason": detail["reason"],
    }


def _render_wait_s(detail: dict[str, Any]) -> float:
    """Return how long the delivery was past its time while its pictures were still being made."""
    ready = [line["at"] for line in detail["history"] if line["why"] == "its pictures are ready"]
    if not ready:
        return 0.0
    return round(max((_instant(ready[0]) - _instant(detail["due_at"])).total_seconds(), 0.0), 3)


def _was_recalled(detail: dict[str, Any]) -> bool:
    """Whether Postiz has let go of a promoted post of this delivery, in time."""
    return any(remote["asked_at"] and remote["gone_at"] for remote in detail["remote_posts"])


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def _get(api: httpx.Client, path: str) -> dict[str, Any]:
    answer = api.get(path, params={"limit": 200} if path.endswith("s") else None)
    return cast("dict[str, Any]", answer.raise_for_status().json())
