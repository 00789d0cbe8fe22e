from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from postengine.render import (
    Agent,
    Brand,
    Listing,
    PictureMissing,
    PictureSpec,
    ReelSpec,
    VideoSpec,
    inputs_hash,
    picture_keys,
)
from postengine.render.video import Music, PhotoScene, Sound, Voice

ONE, TWO = "1" * 64, "2" * 64


@pytest.fixture
def card(listing: Listing, brand: Brand) -> PictureSpec:
    return PictureSpec(template="just_listed", shape="portrait", listing=listing, brand=brand)


@pytest.fixture
def reel(listing: Listing, brand: Brand) -> ReelSpec:
    return ReelSpec(listing=listing, brand=brand)


def test_specs_survive_json(card: PictureSpec, reel: ReelSpec) -> None:
    either: TypeAdapter[PictureSpec | ReelSpec] = TypeAdapter(PictureSpec | ReelSpec)

    assert either.validate_json(card.model_dump_json()) == card
    assert either.validate_json(reel.model_dump_json()) == reel


@pytest.mark.parametrize("path", [(), ("listing",), ("brand",)])
def test_unknown_fields_are_refused(path: tuple[str, ...], card: PictureSpec) -> None:
    data = card.model_dump(mode="json")
    target = data[path[0]] if path else data
    target["colour"] = "red"

    with pytest.raises(ValidationError, match="colour"):
        PictureSpec.model_validate(data)


@pytest.mark.parametrize("title", ["ab", "x" * 121, "   a   "])
def test_titles_have_3_to_120_characters(title: str) -> None:
    with pytest.raises(ValidationError):
        Listing(title=title)


@pytest.mark.parametrize("colours", [{"text": "#333333"}, {"primary": "blue"}])
def test_a_brand_that_could_not_be_read_is_refused(colours: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Brand.model_validate({"name": "Casa", **colours})


def test_the_hash_is_the_same_for_the_same_inputs(card: PictureSpec) -> None:
    again = PictureSpec.model_validate_json(card.model_dump_json())

    first = inputs_hash(card, {"a": ONE, "b": TWO, "unused": TWO})

    assert first == inputs_hash(again, {"a": ONE, "b": TWO})
    assert len(first) == 64


def test_the_hash_changes_with_all_that_can_be_seen(card: PictureSpec, reel: ReelSpec) -> None:
    both = {"a": ONE, "b": TWO}
    dearer = card.model_copy(update={"listing": card.listing.model_copy(update={"price": "€1"})})
    swapped = card.model_copy(update={"listing": card.listing.model_copy(update={"photos": ("b", "a")})})

    hashes = {
        inputs_hash(card, both),
        inputs_hash(card, {"a": TWO, "b": TWO}),
        inputs_hash(dearer, both),
        inputs_hash(swapped, both),
        inputs_hash(reel, both),
        inputs_hash(card, both, fonts="others"),
        inputs_hash(card, both, template="another"),
    }

    assert len(hashes) == 7


def test_the_hash_needs_every_picture(reel: ReelSpec) -> None:
    with pytest.raises(PictureMissing, match="b"):
        inputs_hash(reel, {"a": ONE})


def test_a_spec_names_photos_portrait_and_logos(card: PictureSpec) -> None:
    agent = Agent(name="Marta Lindqvist", photo="face")
    spec = card.model_copy(
        update={
            "listing": card.listing.model_copy(update={"agent": agent}),
            "brand": card.brand.model_copy(update={"logo_dark": "logo"}),
        }
    )

    assert picture_keys(spec) == ("a", "b", "face", "logo")


def test_a_described_video_is_named_by_its_value_and_all_its_files() -> None:
    film = VideoSpec(scenes=(PhotoScene(source="a"),), sound=Sound(music=Music(source="tune")))
    files = {"a": ONE, "tune": TWO}

    assert inputs_hash(film, files) == inputs_hash(film, {**files, "unused": ONE})
    assert inputs_hash(film, files) != inputs_hash(film, {**files, "tune": ONE})
    assert inputs_hash(film, files) != inputs_hash(film.model_copy(update={"fps": 25}), files)
    with pytest.raises(PictureMissing, match="tune"):
        inputs_hash(film, {"a": ONE})


def test_a_reel_uses_its_music_and_voices_too(listing: Listing, brand: Brand) -> None:
    sound = Sound(music=Music(source="tune"), voices=(Voice(source="ana"), Voice(source="ana", at_s=2.0)))
    spec = ReelSpec(listing=listing, brand=brand, sound=sound)

    assert picture_keys(spec)[-2:] == ("tune", "ana")
