"""What Postiz tells of the networks' numbers."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from .wire import Received


class AnalyticsPoint(Received):
    """One number of one day.

    Attributes:
        total: As the network wrote it, so mostly digits.
    """

    model_config = ConfigDict(coerce_numbers_to_str=True)

    total: str
    date: str


class AnalyticsSeries(Received):
    """One kind of number over the days that were asked for, such as `Impressions`."""

    label: str
    data: tuple[AnalyticsPoint, ...] = ()
    percentage_change: float | None = Field(default=None, validation_alias="percentageChange")


class PostAnalytics(Received):
    """The numbers of one post.

    Attributes:
        is_missing: The network has not named the post yet, see `list_missing`.
        series: Empty if the network counts nothing.
    """

    is_missing: bool = Field(default=False, validation_alias="missing")
    series: tuple[AnalyticsSeries, ...] = ()
