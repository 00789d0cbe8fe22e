from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from PIL import Image

from postengine.render import (
    Brand,
    CardSpec,
    ListingFacts,
    PictureMissing,
    SizeName,
    TextDoesNotFit,
    render_card,
)
from postengine.render.image.compose import laid_over
from postengine.render.image.geometry import Region
from postengine.render.image.logo import Logo
from postengine.render.image.takumi import TakumiEngine
from postengine.render.templates.icons import icon
from postengine.render.templates.listing_card import ON_SCRIM, listing_card, require_inside
from postengine.render.templates.sizes import page_for

MakePhoto = Callable[..., Path]
SIZES: tuple[SizeName, ...] = get_args(SizeName)
LONGEST = (
    "Exceptionally bright four-bedroom residence with wraparound terrace, heated pool "
    "and uninterrupted harbour views"
)


def noisy(size: SizeName) -> np.ndarray[Any, Any]:
    """Return the worst photo for text: black and white noise, mostly white."""
    width, height = page_for(size).size
    values = np.random.default_rng(1).choice([0, 255, 255, 255], size=(height // 4 + 1, width // 4 + 1, 1))
    large = np.repeat(np.repeat(np.repeat(values, 4, 0), 4, 1), 3, 2)[:height, :width]
    return np.ascontiguousarray(large, dtype=np.uint8)


def relative_luminance(pixels: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    share = pixels / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[..., 0] + 0.7152 * linear[..., 1] + 0.0722 * linear[..., 2]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("primary", ["#12263a", "#ffffff", "#e2574c"])
def test_text_has_a_contrast_of_4_5_over_the_worst_photo(
    size: SizeName, primary: str, engine: TakumiEngine, facts: ListingFacts
) -> None:
    brand = Brand(name="Casa Norte", primary=primary)
    photo = noisy(size)

    card = listing_card(engine, facts, brand, photo, size)

    beneath = laid_over(photo, card.scrim.rgba(page_for(size).size))
    for key in ON_SCRIM:
        region = card.regions[key]
        part = beneath[int(region.y) : int(region.bottom), int(region.x) : int(region.right)]
        contrast = 1.05 / (relative_luminance(part) + 0.05)
        assert np.quantile(contrast, 0.005) >= 4.5, key


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "title", ["Loft", "Sunlit villa with pool and garden", LONGEST, ("Wide W " * 17)[:119]]
)
def test_nothing_leaves_the_safe_area_at_any_title(
    size: SizeName, title: str, engine: TakumiEngine, facts: ListingFacts, brand: Brand
) -> None:
    long_facts = facts.model_copy(update={"title": title, "page_mark": "1/4"})

    card = listing_card(engine, long_facts, brand, noisy(size), size)

    assert all(page_for(size).safe.holds(region) for region in card.regions.values())


def test_a_storys_text_keeps_clear_of_the_apps_own_buttons() -> None:
    safe = page_for("story").safe

    assert safe.y >= 250
    assert safe.bottom <= 1920 - 340


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "left_out",
    [
        {"price": None},
        {"bedrooms": None, "bathrooms": None, "area": None},
        {"badge": None},
        {"address": None},
        {"agent_name": None, "agent_phone": None},
    ],
)
def test_what_is_missing_leaves_no_hole(
    size: SizeName, left_out: dict[str, None], engine: TakumiEngine, facts: ListingFacts, brand: Brand
) -> None:
    full = listing_card(engine, facts, brand, noisy(size), size).regions

    less = listing_card(engine, facts.model_copy(update=left_out), brand, noisy(size), size).regions

    assert set(less) < set(full)
    assert less["block"].bottom == full["block"].bottom
    assert less["block"].height <= full["block"].height


def test_the_title_alone_makes_a_card(engine: TakumiEngine, brand: Brand) -> None:
    card = listing_card(engine, ListingFacts(title="Sold"), brand, noisy("square"), "square")

    assert "details" not in card.regions
    assert {"title", "agency"} <= set(card.regions)


@pytest.mark.parametrize("given", [{"agent_name": None}, {"agent_phone": None}])
def test_an_agent_may_be_a_name_or_a_number(
    given: dict[str, None], engine: TakumiEngine, facts: ListingFacts, brand: Brand
) -> None:
    card = listing_card(engine, facts.model_copy(update=given), brand, noisy("square"), "square")

    assert "agent" in card.regions


def test_a_phone_number_is_never_shortened(engine: TakumiEngine, facts: ListingFacts) -> None:
    brand = Brand(name="The Very Long Established Harbour Agency of Porto Sereno Ltd")
    long_number = facts.model_copy(update={"agent_phone": "WWWWW WWWWW WWWWW WWWWW WWWWW"})

    with pytest.raises(TextDoesNotFit, match="WWWWW WWWWW"):
        listing_card(engine, long_number, brand, noisy("landscape"), "landscape")


def test_a_part_outside_the_safe_area_is_an_error() -> None:
    with pytest.raises(TextDoesNotFit, match="title"):
        require_inside({"title": Region(0, 0, 50, 50)}, page_for("square"))


def test_icons_in_a_dark_accent_take_the_text_colour(engine: TakumiEngine, facts: ListingFacts) -> None:
    photo = np.zeros((1080, 1080, 3), np.uint8)
    dark = Brand(name="Casa", accent="#401010")

    card = listing_card(engine, facts, dark, photo, "square")

    region = card.regions["facts"]
    icons = card.pixels[int(region.y) : int(region.bottom), int(region.x) : int(region.x) + 36]
    assert icons.max() > 240


def test_a_logo_is_drawn_beside_the_name(engine: TakumiEngine, facts: ListingFacts, brand: Brand) -> None:
    logo = Logo(icon("bed", brand.accent_colour), 1.0)

    card = listing_card(engine, facts, brand, noisy("square"), "square", logo)

    assert card.regions["logo"].right < card.regions["agency"].x


def test_a_card_is_written_as_a_jpeg_without_metadata(
    make_photo: MakePhoto, tmp_path: Path, facts: ListingFacts, brand: Brand
) -> None:
    Image.new("RGB", (64, 64), "orange").save(tmp_path / "logo.png")
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    spec = CardSpec(
        size="landscape",
        facts=facts,
        brand=brand.model_copy(update={"logo": tmp_path / "logo.png"}),
        photo="front",
    )
    photos = {"front": make_photo(exif=exif)}

    one, two = (render_card(spec, photos, tmp_path / f"{name}.jpg") for name in "ab")

    assert (one.width_px, one.height_px, one.mime) == (1200, 628, "image/jpeg")
    assert one.path.read_bytes() == two.path.read_bytes()
    with Image.open(one.path) as image:
        assert (image.size, dict(image.getexif())) == ((1200, 628), {})


def test_a_photo_that_was_not_handed_over_is_named(tmp_path: Path, facts: ListingFacts, brand: Brand) -> None:
    spec = CardSpec(size="square", facts=facts, brand=brand, photo="front")

    with pytest.raises(PictureMissing, match="front"):
        render_card(spec, {}, tmp_path / "card.jpg")

    assert list(tmp_path.iterdir()) == []
