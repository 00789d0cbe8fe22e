"""Calls about the networks' numbers. Postiz keeps its answers for an hour."""

from __future__ import annotations

from pydantic import TypeAdapter

from postengine.postiz.call import NETWORK_TIMEOUT_S, Call, path_id
from postengine.postiz.models import AnalyticsSeries, PostAnalytics
from postengine.postiz.models.wire import LAZILY

_SERIES = TypeAdapter(tuple[AnalyticsSeries, ...], config=LAZILY)
_POST = TypeAdapter(PostAnalytics | tuple[AnalyticsSeries, ...], config=LAZILY)


def channel_analytics(integration_id: str, days: int) -> Call[tuple[AnalyticsSeries, ...]]:
    """Ask for the numbers of a channel over the last `days` days; empty on most failures."""
    return Call(
        "GET",
        f"/analytics/{path_id(integration_id)}",
        _SERIES.validate_json,
        params={"date": str(days)},
        timeout_s=NETWORK_TIMEOUT_S,
        is_repeatable=True,
    )


def post_analytics(post_id: str, days: int) -> Call[PostAnalytics]:
    """Ask for the numbers of a post over the last `days` days."""
    return Call(
        "GET",
        f"/analytics/post/{path_id(post_id)}",
        _read_post,
        params={"date": str(days)},
        timeout_s=NETWORK_TIMEOUT_S,
        is_repeatable=True,
    )


def _read_post(body: bytes) -> PostAnalytics:
    """Postiz answers `{"missing": true}`, or the bare list of series."""
    found = _POST.validate_json(body)
    return found if isinstance(found, PostAnalytics) else PostAnalytics(series=found)
