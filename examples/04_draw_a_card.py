"""Draw a listing in three shapes: python examples/04_draw_a_card.py [FOLDER]."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp

from examples.listings.draw_photos import SCENES, draw_photo
from postengine.render import (
    Address,
    Agent,
    Area,
    Brand,
    Listing,
    Money,
    PictureSpec,
    Renderer,
    ShapeName,
    render_picture,
)

LISTING = Listing(
    title="3 Bedroom Apartment",
    price=Money(amount=Decimal(485_000), currency="EUR"),
    address=Address(street="Avenida da Liberdade 12", area="Lisbon", display="area"),
    area=Area(value=112),
    bedrooms=3,
    bathrooms=2,
    agent=Agent(name="Ana Ferreira", phone="+351 21 555 0142"),
    photos=("front",),
)
BRAND = Brand(name="Harbour & Hill", primary="#12263a", accent="#e3b873", legal=("AMI 12345",))
SHAPES: tuple[ShapeName, ...] = ("square", "portrait", "link")


def main(folder: Path) -> None:
    """Draw them; the photo is a drawn one, too, as large and as full of metadata as a phone's."""
    photos = {"front": draw_photo(SCENES[0], folder / "photo.jpg")}
    renderer = Renderer()  # kept, it decodes the photo once for all shapes
    for shape in SHAPES:
        spec = PictureSpec(template="just_listed", shape=shape, listing=LISTING, brand=BRAND)
        made = render_picture(spec, photos, folder / f"{shape}.jpg", renderer=renderer)
        print(f"{made.path.name}: {made.mime}, {made.width_px}x{made.height_px}")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(mkdtemp())
    main(target)
    print("in", target)
