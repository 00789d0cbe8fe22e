"""The specs that the engine writes are those that the media room reads, old ones included."""

from __future__ import annotations

import io
import wave
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from postengine.adapters.media import MediaRoom
from postengine.adapters.media_spec import MediaSpec
from postengine.adapters.wording import LocaleWording
from postengine.engine.commands.register import register_tenant
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.errors import Invalid
from postengine.engine.posts.facts import AddressDisplay, AreaUnit, FloorArea, Money, Per, Visit
from postengine.engine.posts.post import Content, MediaItem, MediaKind, Subtitle
from postengine.engine.posts.shapes import SHAPES
from postengine.engine.posts.templates import TEMPLATES
from postengine.engine.posts.tenant import Brand, Tenant
from postengine.render.templates.pages import SHAPES as DRAWN_SHAPES
from postengine.render.templates.registry import TEMPLATES as DRAWN
from tests.unit.engine.agency import change_agent, change_facts, change_tenant, text_of
from tests.unit.engine.world import World

OLD: dict[str, object] = {
    "kind": "card",
    "shape": "landscape",
    "photos": ["asset-1"],
    "facts": {"title": "3 Bedroom Apartment", "price": "€ 485,000", "bedrooms": None, "description": "x"},
    "badge": "",
    "brand": {"name": "Harbour & Hill", "primary": "#12263a", "accent": "#e3b873", "logo": "logo-1"},
    "agent": {"name": "Ana", "phone": ""},
}
SATURDAY = Visit(starts_at=datetime(2026, 12, 5, 14), ends_at=datetime(2026, 12, 5, 16))  # noqa: DTZ001


def fill(world: World) -> None:
    """Give the agency, its agent and its listing everything that can be shown."""
    logo, portrait = world.upload(b"logo"), world.upload(b"portrait")
    change_tenant(
        world,
        legal="Harbour & Hill Lda\nAMI 123",
        locale="de-DE",
        brand=Brand(paper="#ffffff", logo_asset_id=logo.id, logo_dark_asset_id=logo.id, tagline="At home"),
    )
    change_agent(world, role="Sales", licence="Lic. 9", photo_asset_id=portrait.id, greeting="Call me")
    change_facts(
        world,
        price=Money(amount=Decimal("1200"), currency="EUR", per=Per.MONTH),
        old_price=Money(amount=Decimal("1350.50"), currency="EUR"),
        address="",
        street="Rua do Sol 5",
        locality="Alfama",
        address_display=AddressDisplay.AREA,
        area=FloorArea(value=112.5),
        bedrooms=3,
        bathrooms=2,
        features=("Lift", "Sea view"),
        energy_class="Energy class B",
        visit=SATURDAY,
    )


def wave_of(seconds: float) -> bytes:
    """Return a silent WAV without its first word."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes(bytes(round(seconds * 16_000)))
    return file.getvalue().removeprefix(b"RIFF")


@pytest.fixture
def world(tmp_path: Path) -> World:
    """An agency whose uploads are taken unseen, and whose posts meet the real media room."""
    world = World(tmp_path)
    fill(world)
    world.ports = replace(world.ports, renderer=MediaRoom(), wording=LocaleWording())
    return world


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"brand": Brand(text="#333333")}, "brand.text"),
        ({"brand": Brand(paper="#777777")}, "brand.paper"),
        ({"brand": Brand(primary="blue")}, "brand.primary"),
        ({"brand": Brand(heading="Comic Sans")}, "brand.heading"),
        ({"brand": Brand(body="Comic Sans")}, "brand.body"),
        ({"legal": "AMI\x07 123"}, "legal_lines[0]"),
    ],
)
def test_how_no_agency_can_look_is_told_when_it_is_saved(
    world: World, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        register_tenant(world.ports, "new", **{"name": "Hill", "zone": "Europe/Lisbon"} | given)

    assert [one.field for one in caught.value.problems] == [field]
    assert not world.rows(Tenant, external_id="new")


def test_an_agency_that_has_nothing_drawn_may_have_a_long_name(world: World) -> None:
    assert register_tenant(world.ports, "new", name="Harbour" * 9, zone="Europe/Lisbon").name == "Harbour" * 9


def test_the_engine_knows_the_templates_and_shapes_that_there_are() -> None:
    assert set(TEMPLATES) == set(DRAWN)
    assert set(SHAPES) == set(DRAWN_SHAPES)


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_the_engine_knows_of_a_post_is_what_each_template_reads(world: World, template: str) -> None:
    item = MediaItem(
        kind=MediaKind.CARD,
        template=template,
        photo_ids=(world.photo.id, world.photo.id),
        testimonial={"quote": "Splendid", "author": "Rui", "context": "sold in Alfama"},
        market={"label": "Median price", "value": "€ 4,200", "series": [1.0, 2.0], "change_percent": 3.4},
    )

    post = world.plan(content=Content(caption="New", media=(item,)))

    (asset_id,) = world.delivery(post).asset_ids
    (asset,) = world.rows(Asset, id=asset_id)
    assert len(asset.inputs_hash) == 64


def test_what_is_heard_of_a_post_is_what_a_reel_reads(world: World) -> None:
    tune, voice = world.upload_sound(wave_of(1.0)), world.upload_sound(wave_of(2.0))
    change_tenant(world, brand=Brand(music_asset_id=tune.id))
    spoken = Subtitle(text="Come in", starts_s=1, ends_s=3)
    item = MediaItem(kind=MediaKind.REEL, voice_id=voice.id, subtitles=(spoken,))

    post = world.plan(content=Content(caption="New", media=(item,)))

    (asset_id,) = world.delivery(post).asset_ids
    (asset,) = world.rows(Asset, id=asset_id)
    read = MediaSpec.model_validate(asset.spec)
    assert (read.music, read.voice, read.subtitles) == (tune.id, voice.id, [asdict(spoken)])
    assert (voice.mime, voice.duration_s, voice.width_px) == ("audio/wav", 2.0, None)


def test_a_subtitle_that_cannot_be_shown_is_refused_when_the_post_is_saved(world: World) -> None:
    item = MediaItem(kind=MediaKind.REEL, subtitles=(Subtitle(text="Hello", starts_s=3, ends_s=1),))

    with pytest.raises(Invalid) as caught:
        world.plan(content=Content(caption="New", media=(item,)))

    assert [one.field for one in caught.value.problems] == ["media[0].subtitles[0]"]


def test_a_template_without_what_it_needs_is_refused_when_the_post_is_saved(world: World) -> None:
    item = MediaItem(kind=MediaKind.CARD, template="testimonial")

    with pytest.raises(Invalid) as caught:
        world.plan(content=Content(caption="New", media=(item,)))

    assert [(one.field, one.code) for one in caught.value.problems] == [("media[0].testimonial", "missing")]


def test_a_value_that_no_picture_can_show_is_named_with_its_path(world: World) -> None:
    item = MediaItem(kind=MediaKind.CARD, template="market_figure", market={"label": "", "value": "1"})

    with pytest.raises(Invalid) as caught:
        world.plan(content=Content(caption="New", media=(item,)))

    assert [one.field for one in caught.value.problems] == ["media[0].listing.market.label"]


def test_a_colour_that_was_saved_before_it_was_checked_is_named_of_the_picture(world: World) -> None:
    checking = world.ports
    world.ports = replace(checking, renderer=world.renderer)
    change_tenant(world, brand=Brand(text="#000000"))
    world.ports = checking

    with pytest.raises(Invalid) as caught:
        world.plan(content=Content(caption="New", media=(MediaItem(kind=MediaKind.CARD),)))

    assert [one.field for one in caught.value.problems] == ["media[0].brand.text"]


def test_captions_write_amounts_as_pictures_do(world: World) -> None:
    item = MediaItem(kind=MediaKind.PHOTO)

    post = world.plan(content=Content(caption="{price} | {area} | {visit} | {address}", media=(item,)))

    price, area, visit, address = text_of(world, post).split("\n")[0].split(" | ")
    assert price.replace("\u00a0", " ") == "1.200 € pro Monat"
    assert area.replace("\u00a0", " ") == "112,5 m²"
    assert "14:00" in visit
    assert "16:00" in visit
    assert address == "Alfama"


def test_square_feet_and_amounts_for_good_are_written_too() -> None:
    wording = LocaleWording()

    assert wording.money(Money(amount=Decimal("485000"), currency="EUR"), "en-GB") == "€485,000"
    area = wording.area(FloorArea(value=900, unit=AreaUnit.SQUARE_FEET), "en-GB")
    assert area.startswith("900")
    assert "ft" in area


def test_a_stored_card_from_before_is_read_as_one_of_today() -> None:
    read = MediaSpec.model_validate(OLD)

    assert (read.template, read.shape, read.photos) == ("listing_card", "link", ["asset-1"])
    assert read.listing == {
        "title": "3 Bedroom Apartment",
        "price": "€ 485,000",
        "agent": {"name": "Ana"},
    }
    assert read.brand == {
        "name": "Harbour & Hill",
        "primary": "#12263a",
        "accent": "#e3b873",
        "logo_light": "logo-1",
    }
    assert MediaRoom().inputs_hash(OLD, {"asset-1": "a", "logo-1": "b"})


def test_a_stored_reel_and_photo_from_before_are_read_too() -> None:
    reel = MediaSpec.model_validate({**OLD, "kind": "reel", "shape": "story", "seconds": 8.0, "agent": None})
    photo = MediaSpec.model_validate({"kind": "photo", "shape": "landscape", "photos": ["asset-1"]})

    assert (reel.template, reel.seconds, reel.listing.get("agent")) == ("just_listed", 8.0, None)
    assert (photo.shape, photo.listing, photo.brand) == ("link", {}, {})


@pytest.mark.parametrize(("stored", "read"), [("link", "landscape"), ("square", "square")])
def test_a_reel_stored_before_there_were_several_keeps_its_look(stored: str, read: str) -> None:
    spec = MediaSpec.model_validate(
        {"kind": "reel", "template": "listing_reel", "shape": stored, "photos": ["asset-1"], "seconds": 6}
    )

    assert (spec.template, spec.shape, spec.preset) == ("just_listed", read, None)


def test_what_is_no_spec_is_refused() -> None:
    with pytest.raises(ValidationError):
        MediaSpec.model_validate("a card")
