"""What a listing may say, and what it may not."""

from __future__ import annotations

from datetime import datetime

import pytest

from postengine.render.templates.listing import Listing, MarketFigure, Visit


def test_a_title_alone_is_a_listing() -> None:
    assert Listing(title="  Villa  ").title == "Villa"


def test_a_visit_ends_after_it_starts() -> None:
    with pytest.raises(ValueError, match="swap them"):
        Visit(starts_at=datetime(2026, 11, 28, 16), ends_at=datetime(2026, 11, 28, 14))  # noqa: DTZ001 - local


def test_a_chart_of_one_value_is_refused() -> None:
    with pytest.raises(ValueError, match="2 to 36 values"):
        MarketFigure(label="Median price", value="€ 6,840", series=(1.0,))


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "Hi"},
        {"title": "x" * 121},
        {"photos": ("a",) * 11},
        {"bedrooms": -1},
        {"locale": "??"},
        {"colour": 1},
    ],
)
def test_what_is_out_of_bounds_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Listing.model_validate({"title": "Villa"} | wrong)
