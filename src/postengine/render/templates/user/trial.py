"""Two listings that a template file is tried on when it is read: one with everything, one with a title."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from postengine.render.templates.brand import Brand
from postengine.render.templates.listing import (
    Address,
    Agent,
    Area,
    Listing,
    MarketFigure,
    Money,
    Testimonial,
    Visit,
)
from postengine.render.templates.pages import ShapeName, page_for
from postengine.render.templates.parts import Sheet


def full_sheet(shape: ShapeName) -> Sheet:
    """Return the sheet of a listing that has everything."""
    brand = Brand(
        name="Harbour", logo_light="logo", logo_dark="logo", tagline="Homes by the sea", legal=("AMI 1",)
    )
    return Sheet.for_page(_full(), brand, page_for(shape))


def bare_sheet(shape: ShapeName, needs: Iterable[str]) -> Sheet:
    """Return the sheet of a listing that has a title, what a template `needs`, and nothing else."""
    full = _full()
    kept = {name.split(".")[1] for name in needs}
    fields = {"title": full.title} | {name: getattr(full, name) for name in kept}
    return Sheet.for_page(Listing.model_validate(fields), Brand(name="Harbour"), page_for(shape))


@lru_cache(maxsize=1)
def _full() -> Listing:
    return Listing(
        title="A home by the old harbour",
        price=Money(amount=Decimal(485000), currency="EUR", per="month"),
        old_price=Money(amount=Decimal(520000), currency="EUR"),
        address=Address(street="Harbour Street 12", area="Altona"),
        bedrooms=3,
        bathrooms=2,
        area=Area(value=112),
        badge="New",
        features=("Balcony", "Oak floors", "Fireplace"),
        visit=Visit(starts_at=datetime(2026, 11, 28, 14, 0), ends_at=datetime(2026, 11, 28, 16, 0)),  # noqa: DTZ001 - local, as `Visit` says
        agent=Agent(
            name="Anna Petersen",
            phone="+49 40 1234567",
            role="Sales director",
            licence="Lic. 0123",
            photo="portrait",
            greeting="Call me.",
        ),
        testimonial=Testimonial(
            quote="It took five weeks.", author="The Brandts", context="sold in Ottensen"
        ),
        market=MarketFigure(
            label="Median price",
            value="€ 6,840",
            change_percent=3.4,
            series=(1.0, 2.0),
            first="2017",
            last="2026",
            source="Own sales",
        ),
        photos=tuple(f"photo_{index}" for index in range(1, 11)),
        page_mark="1/4",
    )
