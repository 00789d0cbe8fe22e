"""Every reel in every shape, with languages, lengths of title, photos and networks in turn."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

from postengine.render import Renderer
from postengine.render.image.geometry import Region
from postengine.render.templates.pages import PHONE_PT
from postengine.render.templates.reels import (
    REEL_SHAPES,
    REELS,
    ReelName,
    ReelShape,
    described,
    page_for_reel,
)
from postengine.render.video.networks import safe_region
from postengine.render.video.plan import timing_of
from postengine.render.video.spec import CardScene, PresetName, VideoSpec, video_from
from tests.unit.render.templates.looking import worst_contrast
from tests.unit.render.templates.samples import (
    BRAND,
    LANGUAGES,
    PHOTOS,
    full_listing,
    images_with,
    listing_in,
)

from .watching import crossing, moments, read_s, rests, screen, shown_at

EACH: list[tuple[ReelName, ReelShape]] = list(product(REELS, REEL_SHAPES))
_FINE = ("legal", "licence", "source", "end_licence")
_GROUNDS = [PHOTOS[name] for name in ("white", "noise", "black", "house")]
_NETWORKS: tuple[PresetName | None, ...] = (None, "tiktok", "instagram_reel", None, "youtube_short")


def _reel(renderer: Renderer, name: ReelName, shape: ReelShape, language: str, *, is_long: bool) -> VideoSpec:
    listing = listing_in(language, is_long=is_long).model_copy(update={"photos": ("p1", "p2", "p3")})
    return described(renderer, name, listing, BRAND, shape, images_with(PHOTOS["house"]))


@pytest.mark.parametrize(("name", "shape"), EACH)
def test_stands_well_and_reads_on_any_photo(renderer: Renderer, name: ReelName, shape: ReelShape) -> None:
    at = EACH.index((name, shape))
    images = images_with(_GROUNDS[at % len(_GROUNDS)])
    spec = _reel(renderer, name, shape, LANGUAGES[at % len(LANGUAGES)], is_long=at % 3 == 0)
    page = page_for_reel(shape)

    for moment in moments(spec):
        seen = screen(renderer, spec, page, moment, images)
        contrast, text = worst_contrast(renderer, seen, images)
        assert seen.faults() == [], moment
        assert contrast >= 4.5, text
    end = screen(renderer, spec, page, timing_of(spec, {}).seconds - 0.1, images)
    assert end.faults() == []
    assert worst_contrast(renderer, end, images)[0] >= 4.5


@pytest.mark.parametrize(("name", "shape"), EACH)
def test_every_text_rests_until_it_can_have_been_read(
    renderer: Renderer, name: ReelName, shape: ReelShape
) -> None:
    at = EACH.index((name, shape))
    images = images_with(PHOTOS["house"])
    spec = _reel(renderer, name, shape, LANGUAGES[-at % len(LANGUAGES)], is_long=at % 2 == 0)
    page = page_for_reel(shape)

    end_card = timing_of(spec, {}).scenes[-1].span.first / spec.fps
    assert spec.layers
    for layer in spec.layers:
        begins, ends = rests(layer)
        assert ends - begins >= read_s(renderer, layer, page, images) - 1 / spec.fps, layer.key
        assert layer.ends_s is not None
        assert layer.ends_s <= end_card + 1e-6, layer.key
    assert crossing(renderer, spec, page, images) == []


@pytest.mark.parametrize(("name", "shape"), EACH)
def test_keeps_clear_of_a_networks_buttons_in_type_that_a_phone_shows_well(
    renderer: Renderer, name: ReelName, shape: ReelShape
) -> None:
    preset = _NETWORKS[EACH.index((name, shape)) % len(_NETWORKS)]
    images = images_with(PHOTOS["house"])

    spec = described(renderer, name, full_listing(), BRAND, shape, images, preset=preset)

    safe = safe_region(preset, spec.size)
    ending = spec.scenes[-1]
    assert isinstance(ending, CardScene)
    for tree in (ending.tree, *(layer.tree for layer in spec.layers)):
        for text in renderer.measure(tree, spec.size, images=images).texts:
            if text.key == "mark":
                continue
            points = float(text.font_px) * PHONE_PT / spec.width
            assert _within(safe, text.region), text
            assert points >= (7.5 if (text.key or "").startswith(_FINE) else 9.0), text


@pytest.mark.parametrize(("name", "shape"), EACH)
def test_is_a_plain_value_that_comes_out_the_same_again(
    renderer: Renderer, name: ReelName, shape: ReelShape
) -> None:
    images = images_with(PHOTOS["house"])

    spec = described(renderer, name, full_listing(), BRAND, shape, images)
    again = described(renderer, name, full_listing(), BRAND, shape, images)

    assert video_from(spec.model_dump_json()) == spec == again


@pytest.mark.parametrize("name", REELS)
def test_the_first_frame_is_not_empty(renderer: Renderer, name: ReelName) -> None:
    photos: tuple[str, ...] = ("p1",) if name == "tour" else ()
    images = images_with(PHOTOS["house"])

    spec = described(renderer, name, full_listing(photos=photos), BRAND, "story", images)

    assert {layer.key for layer in shown_at(spec, 0.0)} >= {"foot"}
    assert all(layer.enters.kind == "none" for layer in shown_at(spec, 0.0))


@pytest.mark.parametrize("name", REELS)
def test_the_first_frame_is_a_cover(renderer: Renderer, name: ReelName) -> None:
    spec = described(renderer, name, full_listing(), BRAND, "story", images_with(PHOTOS["house"]))

    headline = {"sold": "news", "agent_intro": "name", "testimonial": "quote"}.get(name, "title")
    assert headline in {layer.key for layer in shown_at(spec, 0.0)}
    assert all(layer.enters.kind == "none" for layer in shown_at(spec, 0.0))


@pytest.mark.parametrize("name", REELS)
def test_neighbouring_photos_never_move_alike(renderer: Renderer, name: ReelName) -> None:
    listing = full_listing(photos=tuple(f"p{number}" for number in range(10)))

    spec = described(renderer, name, listing, BRAND, "square", images_with(PHOTOS["house"]))

    moves = [scene.move.kind for scene in spec.scenes if scene.kind == "photo"]
    assert all(one != other for one, other in pairwise(moves))


def _within(safe: Region, region: Region) -> bool:
    """Whether a text is clear of the buttons; the white beside a large letter may reach out."""
    return safe.holds(region, slack_px=12.0)
