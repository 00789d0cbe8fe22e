"""Draw a listing card and a short reel: python examples/04_draw_a_card.py [FOLDER]."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import mkdtemp

from examples.listings.draw_photos import SCENES, draw_photo
from postengine.render import Brand, CardSpec, ListingFacts, ReelSpec, render_card, render_reel

FACTS = ListingFacts(
    title="3 Bedroom Apartment",
    price="€ 485,000",
    address="Avenida da Liberdade, Lisbon",
    area="112 m²",
    bedrooms=3,
    bathrooms=2,
    badge="Just listed",
    agent_name="Ana Ferreira",
    agent_phone="+351 21 555 0142",
)
BRAND = Brand(name="Harbour & Hill", primary="#12263a", accent="#e3b873")


def main(folder: Path) -> None:
    """Draw both; the photo is a drawn one, too, as large and as full of metadata as a phone's."""
    photos = {"front": draw_photo(SCENES[0], folder / "photo.jpg")}
    card = CardSpec(size="portrait", facts=FACTS, brand=BRAND, photo="front")
    reel = ReelSpec(size="story", facts=FACTS, brand=BRAND, photos=("front",), seconds=2, fps=15)
    for made in (
        render_card(card, photos, folder / "card.jpg"),
        render_reel(reel, photos, folder / "reel.mp4"),
    ):
        length = "" if made.duration_s is None else f", {made.duration_s:.1f} s"
        print(f"{made.path.name}: {made.mime}, {made.width_px}x{made.height_px}{length}")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(mkdtemp())
    main(target)
    print("in", target)
