"""What a reel is made of for a given time, with clips and captions, and what it is refused for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from postengine.render import InputMissing, Renderer, TextDoesNotFit, VideoSpecInvalid
from postengine.render.image.tree import Box
from postengine.render.templates.brand import Brand
from postengine.render.templates.listing import Agent
from postengine.render.templates.parts import Ink, Sheet, headline
from postengine.render.templates.reels import (
    Act,
    Passage,
    ReelName,
    ReelShape,
    Script,
    Shot,
    beat,
    described,
    page_for_reel,
    stage,
)
from postengine.render.video.networks import safe_region
from postengine.render.video.plan import timing_of
from postengine.render.video.plan.subtitles import caption_place
from postengine.render.video.spec import Caption, ClipScene, PhotoScene, VideoSpec
from tests.unit.render.templates.samples import BRAND, PHOTOS, full_listing, images_with, plain

IMAGES = images_with(PHOTOS["house"])


def reel(renderer: Renderer, name: ReelName = "just_listed", **more: object) -> VideoSpec:
    listing = more.pop("listing", full_listing())
    brand = more.pop("brand", BRAND)
    shape = more.pop("shape", "story")
    return described(renderer, name, listing, brand, shape, IMAGES, **more)  # type: ignore[arg-type]


def sources(spec: VideoSpec) -> list[str]:
    return [scene.source for scene in spec.scenes if isinstance(scene, (PhotoScene, ClipScene))]


def keys(spec: VideoSpec) -> list[str]:
    return [layer.key for layer in spec.layers]


@pytest.mark.parametrize("fps", [24, 25, 30, 60])
@pytest.mark.parametrize("seconds", [9.0, 15.0, 33.3])
def test_lasts_as_long_as_was_asked_for(renderer: Renderer, fps: int, seconds: float) -> None:
    spec = reel(renderer, seconds=seconds, fps=fps)

    assert timing_of(spec, {}).frames == round(seconds * fps)


def test_photos_are_shown_for_about_three_seconds_left_to_itself(renderer: Renderer) -> None:
    timing = timing_of(reel(renderer), {})

    photos = timing.scenes[:-1]
    shown = [
        (after.span.first - one.span.first) / 30 for one, after in zip(photos, timing.scenes[1:], strict=True)
    ]
    assert all(2.3 <= length <= 3.5 for length in shown)
    assert timing.scenes[-1].span.frames / 30 == pytest.approx(2.5, abs=0.3)


def test_short_ones_leave_out_what_can_be_left_out(renderer: Renderer) -> None:
    assert {"feature_1", "agent"}.isdisjoint(keys(reel(renderer, seconds=10.5)))
    assert {"feature_1", "agent"} <= set(keys(reel(renderer, seconds=30)))


def test_very_short_ones_show_fewer_photos(renderer: Renderer) -> None:
    listing = full_listing(photos=tuple(f"p{number}" for number in range(10)), features=(), agent=None)

    spec = reel(renderer, listing=listing, seconds=10.5)

    assert sources(spec) == ["p0", "p1", "p2", "p3", "p4"]


def test_long_ones_show_photos_again(renderer: Renderer) -> None:
    spec = reel(renderer, listing=full_listing(photos=("p1", "p2")), seconds=40)

    assert sources(spec) == ["p1", "p2"] * 2 + ["p1"]


def test_a_single_photo_goes_back_the_way_it_came(renderer: Renderer) -> None:
    spec = reel(renderer, "tour", listing=full_listing(photos=("p1",)), seconds=16)

    moves = [scene.move.kind for scene in spec.scenes if isinstance(scene, PhotoScene)]
    assert moves == ["push_in", "pull_out"]
    assert spec.transition_of(1).kind == "crossfade"


@pytest.mark.parametrize(
    ("shape", "photo", "kind", "amount"),
    [
        ("landscape", (300, 400), "pan_up", 0.155),
        ("landscape", (600, 400), "pan_right", 0.093),
        ("story", (600, 400), "pan_right", 0.155),
        ("story", None, "pan_right", 0.093),
    ],
)
def test_a_pan_goes_where_the_video_hides_the_most(
    renderer: Renderer, shape: ReelShape, photo: tuple[int, int] | None, kind: str, amount: float
) -> None:
    listing = full_listing(photos=("p1", "panned", "p3", "p4"))
    images = IMAGES if photo is None else {**IMAGES, "panned": plain(128, photo)}

    spec = described(renderer, "just_listed", listing, BRAND, shape, images)

    scene = spec.scenes[1]
    assert isinstance(scene, PhotoScene)
    assert (scene.move.kind, scene.move.amount) == (kind, amount)


def test_a_broken_photo_is_left_to_the_renderer(renderer: Renderer) -> None:
    images = {**IMAGES, "p1": b"no photo"}

    spec = described(renderer, "just_listed", full_listing(), BRAND, "story", images)

    assert sources(spec)[0] == "p1"


def test_the_first_photo_keeps_the_listings_focus(renderer: Renderer) -> None:
    spec = reel(renderer, listing=full_listing(focus=(0.2, 0.7)))

    first, second = spec.scenes[:2]
    assert isinstance(first, PhotoScene)
    assert isinstance(second, PhotoScene)
    assert first.focus == (0.2, 0.7)
    assert second.focus == "smart"


def test_clips_are_shown_within_their_length(renderer: Renderer) -> None:
    spec = reel(renderer, clips={"p2": 2.4, "p3": 60.0}, seconds=25)

    clips = {scene.source: scene for scene in spec.scenes if isinstance(scene, ClipScene)}
    timing = timing_of(
        spec, {n: 2.4 for n, scene in enumerate(spec.scenes) if scene is clips["p2"]} | {2: 60.0}
    )
    assert set(clips) == {"p2", "p3"}
    assert clips["p2"].seconds is not None
    assert clips["p2"].seconds <= 2.4 + 1 / 30
    assert timing.seconds == pytest.approx(25)


def test_clips_alone_begin_again_where_they_are_too_short(renderer: Renderer) -> None:
    spec = reel(renderer, listing=full_listing(photos=("p1",)), clips={"p1": 3.0}, seconds=12)

    assert sources(spec) == ["p1"] * 4
    assert timing_of(spec, {number: 3.0 for number in range(4)}).seconds == pytest.approx(12)


@pytest.mark.parametrize(
    ("clips", "message"),
    [
        ({"p1": 0.8}, r"clips\['p1'\]: Expected at least 2.2 s of a clip, got 0.8"),
        ({"garage": 9.0}, r"clips\['garage'\]: Expected a key of `listing.photos`"),
    ],
)
def test_clips_that_cannot_be_shown_are_refused(
    renderer: Renderer, clips: dict[str, float], message: str
) -> None:
    with pytest.raises(VideoSpecInvalid, match=message):
        reel(renderer, clips=clips)


def test_too_little_time_is_refused_with_what_it_takes(renderer: Renderer) -> None:
    with pytest.raises(VideoSpecInvalid, match=r"seconds: Expected at least 6\.\d s .*'just_listed'.*got 4"):
        reel(renderer, seconds=4)


@pytest.mark.parametrize("seconds", [0, -3.0, float("nan"), 1e9])
def test_no_time_at_all_is_refused(renderer: Renderer, seconds: float) -> None:
    with pytest.raises(VideoSpecInvalid, match="seconds: Expected more than 0"):
        reel(renderer, seconds=seconds)


def test_values_out_of_bounds_are_refused_with_their_names(renderer: Renderer) -> None:
    with pytest.raises(VideoSpecInvalid, match="quality"):
        reel(renderer, quality=99)


def test_left_to_itself_it_ends_when_the_voice_has_ended_and_never_sooner_than_it_would(
    renderer: Renderer,
) -> None:
    usual, long, short = reel(renderer), reel(renderer, spoken_s=40.0), reel(renderer, spoken_s=5.0)

    assert timing_of(long, {}).frames == 40 * 30
    assert timing_of(short, {}).frames == timing_of(usual, {}).frames
    assert timing_of(reel(renderer, seconds=20, spoken_s=40.0), {}).frames == 20 * 30


def test_captions_on_top_of_each_other_are_refused(renderer: Renderer) -> None:
    captions = [Caption(text=text, starts_s=1, ends_s=3) for text in ("One", "Two")]

    with pytest.raises(VideoSpecInvalid, match="one after the other"):
        reel(renderer, captions=captions)


@pytest.mark.parametrize(
    ("name", "missing", "field"),
    [
        ("tour", {"photos": ()}, "photos"),
        ("market_update", {"market": None}, "market"),
        ("agent_intro", {"agent": None}, "agent"),
        ("testimonial", {"testimonial": None}, "testimonial"),
    ],
)
def test_what_a_reel_cannot_do_without_is_asked_for(
    renderer: Renderer, name: ReelName, missing: dict[str, object], field: str
) -> None:
    with pytest.raises(InputMissing) as caught:
        reel(renderer, name, listing=full_listing(**missing))

    assert (caught.value.template, caught.value.field) == (name, field)


@pytest.mark.parametrize("name", ["just_listed", "open_house", "price_change", "sold", "agent_intro", "tour"])
@pytest.mark.parametrize("shape", ["story", "landscape"])
def test_a_listing_with_nothing_but_a_title_leaves_no_hole(
    renderer: Renderer, name: ReelName, shape: str
) -> None:
    bare = full_listing(
        price=None, old_price=None, address=None, bedrooms=None, bathrooms=None, area=None, features=(),
        visit=None, agent=Agent(name="Anna Petersen"), photos=("p1",),
    )  # fmt: skip

    spec = reel(renderer, name, listing=bare, shape=shape)

    assert {"price", "facts", "address", "old_price", "stroke", "day"}.isdisjoint(
        set(keys(spec)) - ({"stroke"} if name == "sold" else set())
    )


def test_a_tour_names_its_rooms_in_their_order(renderer: Renderer) -> None:
    rooms = ("Hall", "Kitchen", "Garden")
    nothing = {"price": None, "bedrooms": None, "bathrooms": None, "area": None}
    listing = full_listing(photos=("p1", "p2", "p3", "p4"), features=rooms, **nothing)

    spec = reel(renderer, "tour", listing=listing)

    texts = [
        text.text
        for layer in spec.layers
        if layer.key == "caption"
        for text in renderer.measure(layer.tree, spec.size, images=IMAGES).texts
    ]
    assert tuple(texts) == rooms


def test_a_rooms_name_waits_until_its_photo_has_slid_in(renderer: Renderer) -> None:
    spec = reel(renderer, "tour", listing=full_listing(photos=("p1", "p2", "p3")))

    caption = next(layer for layer in spec.layers if layer.key == "caption")
    second = timing_of(spec, {}).scenes[1]
    slid_s = (second.span.first + second.overlap) / spec.fps
    assert slid_s <= caption.starts_s <= slid_s + 0.1


@pytest.mark.parametrize(("photos", "is_alike"), [(("p1",), True), ((), False)])
def test_the_quotation_mark_asks_for_no_darker_shade_than_the_words(
    renderer: Renderer, photos: tuple[str, ...], *, is_alike: bool
) -> None:
    spec = reel(renderer, "testimonial", listing=full_listing(photos=photos))

    layers = [layer for layer in spec.layers if layer.key in {"mark", "quote"}][:2]
    colours = {
        text.colour
        for layer in layers
        for text in renderer.measure(layer.tree, spec.size, images=IMAGES).texts
    }
    assert (len(colours) == 1) is is_alike


def test_the_old_price_is_struck_before_the_new_one_rises(renderer: Renderer) -> None:
    layers = {layer.key: layer for layer in reel(renderer, "price_change").layers}

    old, stroke, new = (layers[key].starts_s for key in ("old_price", "stroke", "price"))
    assert old + layers["old_price"].enters.seconds < stroke < new
    assert layers["stroke"].ends_s == layers["old_price"].ends_s == layers["price"].ends_s


def test_a_new_price_may_stand_without_the_old_one(renderer: Renderer) -> None:
    spec = reel(renderer, "price_change", listing=full_listing(old_price=None))

    assert {"price", "facts"} <= set(keys(spec))
    assert {"old_price", "stroke"}.isdisjoint(keys(spec))


def test_a_long_quotation_comes_in_portions_without_a_pause(renderer: Renderer) -> None:
    said = "We had hardly hoped for it any more, after two years of looking. " * 4
    listing = full_listing(testimonial={"quote": said, "author": "The Brandts"})

    spec = reel(renderer, "testimonial", listing=listing)

    quotes = [layer for layer in spec.layers if layer.key == "quote"]
    assert len(quotes) >= 4
    for before, after in pairwise(quotes):
        assert before.ends_s is not None
        assert 0 < after.starts_s - before.ends_s < 0.5


def test_what_two_portions_have_in_common_does_not_blink(renderer: Renderer) -> None:
    said = "It took five weeks from the first viewing to the keys. We never had to wonder what happens next."

    listing = full_listing(testimonial={"quote": said, "author": "The Brandts"})

    spec = reel(renderer, "testimonial", listing=listing, shape="square")

    (mark,) = (layer for layer in spec.layers if layer.key == "mark")
    first, second = (layer for layer in spec.layers if layer.key == "quote")
    assert (mark.starts_s, mark.ends_s) == (first.starts_s, second.ends_s)


def test_the_poster_shows_the_cover_at_rest(renderer: Renderer) -> None:
    spec = reel(renderer, "open_house")

    assert spec.poster_s is not None
    there = [layer for layer in spec.layers if layer.key in {"day", "hours", "place"}]
    assert all(
        one.starts_s + one.enters.seconds <= spec.poster_s <= (one.ends_s or 0) - 0.35 for one in there
    )


def test_a_foot_that_is_the_same_on_all_grounds_stays(renderer: Renderer) -> None:
    spec = reel(renderer, "market_update")

    feet = [layer for layer in spec.layers if layer.key == "foot"]
    assert [foot.starts_s for foot in feet] == [0.0]


def test_a_foot_changes_with_its_ground(renderer: Renderer) -> None:
    light = BRAND.model_copy(update={"primary": "#f2d7a0"})

    spec = reel(renderer, "market_update", brand=light)

    feet = [layer for layer in spec.layers if layer.key == "foot"]
    assert len(feet) == 3
    assert all(before.ends_s < after.starts_s for before, after in pairwise(feet) if before.ends_s)


@pytest.mark.parametrize("name", ["market_update", "agent_intro"])
def test_no_text_for_one_ground_is_there_together_with_another(renderer: Renderer, name: ReelName) -> None:
    spec = reel(renderer, name)

    timing = timing_of(spec, {})
    for layer, span in timing.layers:
        grounds = {timed.scene.kind for timed in timing.scenes if timed.span.meets(span)}
        assert len(grounds) == 1 or (name, layer.key) == ("market_update", "foot"), layer.key


@pytest.mark.parametrize("preset", [None, "tiktok"])
@pytest.mark.parametrize("name", ["just_listed", "testimonial", "agent_intro"])
def test_texts_stand_above_captions(renderer: Renderer, name: ReelName, preset: str | None) -> None:
    captions = [Caption(text="Come in, look around", starts_s=0.5, ends_s=4)]

    spec = reel(renderer, name, captions=captions, preset=preset)

    assert spec.subtitles is not None
    place = caption_place(spec.subtitles, spec.size, safe_region(spec.preset, spec.size))
    for layer in spec.layers:
        for text in renderer.measure(layer.tree, spec.size, images=IMAGES).texts:
            assert text.region.bottom < place.y, text


def test_left_to_itself_a_reel_lasts_until_the_last_caption_has_gone(renderer: Renderer) -> None:
    spec = reel(renderer, captions=[Caption(text="And that was it.", starts_s=30, ends_s=41)])

    assert timing_of(spec, {}).seconds == pytest.approx(41)


def test_legal_lines_stand_on_every_frame_and_on_the_end_card(renderer: Renderer) -> None:
    spec = reel(renderer)

    foot = next(layer for layer in spec.layers if layer.key == "foot")
    ending = spec.scenes[-1]
    assert ending.kind == "card"
    for tree in (foot.tree, ending.tree):
        told = " ".join(text.text for text in renderer.measure(tree, spec.size, images=IMAGES).texts)
        assert all(line in told for line in BRAND.legal)


def test_legal_lines_without_end_are_refused(renderer: Renderer) -> None:
    wordy = "Real estate broker under the supervision of the authority of the region, licence number 000 "
    brand = Brand(name="Casa", legal=tuple((wordy * 2)[:160] for _ in range(4)))
    captions = [Caption(text="Come in", starts_s=0.5, ends_s=4)]

    with pytest.raises(TextDoesNotFit):
        reel(renderer, brand=brand, shape="landscape", captions=captions, preset="tiktok",
             listing=full_listing(title="A" * 40 + " " + "B" * 60))  # fmt: skip


def test_reels_of_ones_own_are_functions(renderer: Renderer) -> None:
    def title(sheet: Sheet, ink: Ink) -> Box:
        return stage(sheet, (beat(headline(sheet, ink, width=sheet.page.width), "title"),))

    def quiet(_sheet: Sheet, shots: Sequence[Shot]) -> Script:
        return Script((Passage(tuple(shots[:1]), (Act("title", title),)),))

    spec = described(renderer, quiet, full_listing(), BRAND, "square", IMAGES)

    assert keys(spec) == ["foot", "title"]
    assert sources(spec) == ["p1"]
    assert spec.size == page_for_reel("square").size
