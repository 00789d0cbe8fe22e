"""The engine's MediaRenderer over the render room."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from postengine.adapters.media import MediaRoom
from postengine.engine.posts.errors import ClaimLost, Invalid
from postengine.render import MediaUnreadable, PhotoUnreadable, TemplateFolder

HASHES = {"asset-1": "a" * 64, "asset-2": "b" * 64, "logo-1": "c" * 64}
LISTING: dict[str, object] = {
    "title": "3 Bedroom Apartment",
    "price": "€ 485,000",
    "agent": {"name": "Ana", "phone": "+351 1"},
}
CARD: dict[str, object] = {
    "kind": "card",
    "shape": "portrait",
    "photos": ["asset-1"],
    "template": "just_listed",
    "listing": LISTING,
    "brand": {"name": "Harbour & Hill", "primary": "#12263a", "accent": "#e3b873", "logo_light": "logo-1"},
}


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    noise = np.random.default_rng(1).integers(0, 255, (480, 640, 3), dtype=np.uint8)
    path = tmp_path / "photo.jpg"
    Image.fromarray(noise).save(path)
    return path


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    path = tmp_path / "logo.png"
    Image.new("RGBA", (64, 64), (200, 100, 50, 255)).save(path)
    return path


def nothing() -> None:
    return


def test_letters_that_no_font_has_are_told_before_anything_is_drawn() -> None:
    listing = {"title": "Villa ᚠ", "features": ["Lift", "ᚢ"], "agent": {"name": "Ana"}}

    with pytest.raises(Invalid) as caught:
        MediaRoom().inputs_hash({**CARD, "listing": listing}, {})

    problems = [(one.field, one.code) for one in caught.value.problems]
    assert problems == [("listing.title", "font_missing"), ("listing.features[1]", "font_missing")]
    assert "Runic" in str(caught.value)


def test_a_card_is_drawn_with_the_agencys_logo(tmp_path: Path, photo: Path, logo: Path) -> None:
    rendered = MediaRoom().render(CARD, {"asset-1": photo, "logo-1": logo}, tmp_path, nothing)

    assert (rendered.mime, rendered.width_px, rendered.height_px) == ("image/jpeg", 1080, 1350)
    with Image.open(rendered.path) as image:
        assert image.size == (1080, 1350)


def test_a_plain_photo_is_cut_to_the_channels_shape_and_loses_its_metadata(
    tmp_path: Path, photo: Path
) -> None:
    spec = {"kind": "photo", "shape": "square", "photos": ["asset-1"]}

    rendered = MediaRoom().render(spec, {"asset-1": photo}, tmp_path, nothing)

    with Image.open(rendered.path) as image:
        assert image.size == (1080, 1080)
        assert not image.getexif()


def test_work_in_hand_is_reported_while_it_is_made(tmp_path: Path, photo: Path) -> None:
    beats: list[int] = []
    spec = {"kind": "photo", "shape": "story", "photos": ["asset-1"]}

    MediaRoom(beat_every=timedelta(milliseconds=1)).render(
        spec, {"asset-1": photo}, tmp_path, lambda: beats.append(1)
    )

    assert beats


def test_a_claim_that_was_lost_meanwhile_is_told(tmp_path: Path, photo: Path) -> None:
    spec = {"kind": "photo", "shape": "story", "photos": ["asset-1"]}

    def lost() -> None:
        raise ClaimLost("asset-9", 1)

    with pytest.raises(ClaimLost):
        MediaRoom(beat_every=timedelta(milliseconds=1)).render(spec, {"asset-1": photo}, tmp_path, lost)


def test_the_hash_tells_whether_the_picture_would_be_another() -> None:
    room = MediaRoom()

    same = room.inputs_hash(CARD, HASHES)

    assert same == room.inputs_hash({**CARD, "photos": ["asset-9"]}, {**HASHES, "asset-9": "a" * 64})
    assert same != room.inputs_hash({**CARD, "listing": {**LISTING, "price": "€ 480,000"}}, HASHES)
    assert same != room.inputs_hash({**CARD, "template": "sold"}, HASHES)
    assert same != room.inputs_hash(CARD, {**HASHES, "logo-1": "d" * 64})
    assert same != room.inputs_hash({**CARD, "shape": "square"}, HASHES)
    assert same != room.inputs_hash({"kind": "photo", "shape": "portrait", "photos": ["asset-1"]}, HASHES)


def test_a_title_that_fits_on_no_picture_is_named_as_a_problem() -> None:
    spec = {**CARD, "listing": {"title": "x" * 200}}

    with pytest.raises(Invalid) as raised:
        MediaRoom().inputs_hash(spec, HASHES)

    assert raised.value.problems[0].field == "listing.title"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"template": "nothing_like_it"}, "template"),
        ({"template": "user:mine"}, "template"),
        ({"template": "testimonial"}, "testimonial"),
        ({"template": "before_after"}, "photos"),
    ],
)
def test_what_a_template_lacks_is_named_when_the_post_is_saved(change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as raised:
        MediaRoom().inputs_hash({**CARD, **change}, HASHES)

    assert raised.value.problems[0].field == field


def test_a_template_of_ones_own_is_drawn_and_counts_for_the_hash(tmp_path: Path, photo: Path) -> None:
    mine = tmp_path / "templates" / "mine.json"
    mine.parent.mkdir()
    mine.write_text('{"type": "box", "children": [{"type": "text", "text": "{{listing.title}}"}]}')
    room, spec = MediaRoom(folder=TemplateFolder(mine.parent)), {**CARD, "template": "user:mine", "brand": {}}

    before = room.inputs_hash(spec, HASHES)
    rendered = room.render(spec, {"asset-1": photo}, tmp_path, nothing)
    mine.write_text('{"type": "box", "children": [{"type": "text", "text": "{{listing.price|money}}"}]}')

    assert rendered.width_px == 1080
    assert room.inputs_hash(spec, HASHES) != before


def test_a_broken_template_of_ones_own_is_named_when_the_post_is_saved(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text(
        '{"type": "box", "children": [{"type": "text", "text": "{{listing.nothing}}"}]}'
    )

    with pytest.raises(Invalid, match="nothing"):
        MediaRoom(folder=TemplateFolder(tmp_path)).inputs_hash({**CARD, "template": "user:mine"}, HASHES)


def test_an_uploaded_picture_is_told_by_its_bytes(tmp_path: Path, logo: Path) -> None:
    misnamed = logo.rename(tmp_path / "logo.mp4")

    seen = MediaRoom().inspect(misnamed)

    assert (seen.mime, seen.width_px, seen.height_px, seen.duration_s) == ("image/png", 64, 64, None)


def test_an_upright_photo_counts_as_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "upright.jpg"
    Image.new("RGB", (400, 300), "white").save(path, exif=exif)

    seen = MediaRoom().inspect(path)

    assert (seen.width_px, seen.height_px) == (300, 400)


@pytest.mark.parametrize("content", [b"", b"no picture at all", b"\xff\xd8\xff\xe0 cut short"])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.jpg"
    path.write_bytes(content)

    with pytest.raises(PhotoUnreadable):
        MediaRoom().inspect(path)


def test_what_calls_itself_an_mp4_and_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(b"\x00\x00\x00\x18ftypisom" + b"\x00" * 64)

    with pytest.raises(MediaUnreadable):
        MediaRoom().inspect(path)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"template": "testimonial"}, "testimonial"),
        ({"template": "tour", "photos": []}, "photos"),
        ({"seconds": 3.0}, "seconds"),
        ({"shape": "link"}, "shape"),
    ],
)
def test_what_a_reel_lacks_is_named_when_the_post_is_saved(change: dict[str, object], field: str) -> None:
    reel = {**CARD, "kind": "reel", "template": "just_listed", "shape": "story", "preset": "tiktok"}

    with pytest.raises(Invalid) as raised:
        MediaRoom().inputs_hash({**reel, **change}, HASHES)

    assert raised.value.problems[0].field == field


def test_a_reel_with_time_enough_has_a_hash_of_its_own_for_each_network() -> None:
    reel = {**CARD, "kind": "reel", "template": "just_listed", "shape": "story", "seconds": 9.0}
    room = MediaRoom()

    hashes = {room.inputs_hash({**reel, "preset": name}, HASHES) for name in ("tiktok", "instagram_reel")}

    assert len(hashes) == 2


REEL: dict[str, object] = {
    "kind": "reel",
    "template": "just_listed",
    "shape": "story",
    "photos": ["asset-1"],
    "listing": LISTING,
}
MUSIC = {**HASHES, "tune": "d" * 64}


def subtitle(text: str, starts_s: float, ends_s: float) -> dict[str, object]:
    return {"text": text, "starts_s": starts_s, "ends_s": ends_s}


def test_a_reel_with_other_music_is_another_and_one_without_is_as_before() -> None:
    room = MediaRoom()
    silent = room.inputs_hash(REEL, HASHES)

    same = room.inputs_hash({**REEL, "music": "tune"}, MUSIC)

    assert room.inputs_hash({**REEL, "music": None, "voice": None, "subtitles": []}, HASHES) == silent
    assert same == room.inputs_hash({**REEL, "music": "copy"}, {**HASHES, "copy": "d" * 64})
    others = [
        room.inputs_hash({**REEL, "music": "tune"}, {**MUSIC, "tune": "e" * 64}),
        room.inputs_hash({**REEL, "voice": "tune"}, MUSIC),
        room.inputs_hash({**REEL, "subtitles": [subtitle("Hello", 0, 2)]}, HASHES),
    ]
    assert len({silent, same, *others}) == 5


@pytest.mark.parametrize(
    ("subtitles", "field", "message"),
    [
        (
            [subtitle("a", 0, 2), subtitle("b", 1, 3)],
            "subtitles",
            "Expected subtitles one after the other, but subtitles[1] begins at 1 s",
        ),
        ([subtitle("a", 2, 1)], "subtitles[0]", "Expected `ends_s` after `starts_s`; swap them"),
        ([subtitle("a", 0, 2), subtitle("", 2, 3)], "subtitles[1].text", "at least 1 character"),
        ([subtitle("far too long " * 15, 0, 2)], "subtitles[0].text", "Expected a text that fits"),
        ([subtitle("a", 0, 2), subtitle("\u1200", 2, 3)], "subtitles[1].text", "Expected a font"),
    ],
)
def test_subtitles_that_cannot_be_shown_are_named(
    subtitles: list[dict[str, object]], field: str, message: str
) -> None:
    with pytest.raises(Invalid) as raised:
        MediaRoom().inputs_hash({**REEL, "subtitles": subtitles}, HASHES)

    (problem,) = raised.value.problems
    assert problem.field == field
    assert message in problem.message
    assert "root." not in problem.message
