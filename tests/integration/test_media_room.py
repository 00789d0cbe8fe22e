"""Videos through the engine's MediaRenderer: a real ffmpeg makes them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from examples.demo.tune import draw_tune
from postengine.adapters.media import MediaRoom
from postengine.render import (
    Brand,
    IsolatedRenderer,
    Listing,
    MediaUnreadable,
    PictureMissing,
    ReelSpec,
    render_reel,
)
from tests.integration.video_sound.sounds import heard, metered

REEL: dict[str, object] = {
    "kind": "reel",
    "template": "listing_reel",
    "shape": "square",
    "photos": ["asset-1"],
    "listing": {"title": "3 Bedroom Apartment", "price": "€ 485,000", "badge": "Just listed"},
    "seconds": 5.5,
}


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (640, 480), "teal").save(path)
    return path


def nothing() -> None:
    return


def test_a_reel_is_as_long_as_asked_for_and_is_known_again_when_uploaded(tmp_path: Path, photo: Path) -> None:
    room = MediaRoom()

    rendered = room.render(REEL, {"asset-1": photo}, tmp_path, nothing)
    seen = room.inspect(rendered.path)

    assert (rendered.mime, seen.mime, seen.width_px) == ("video/mp4", "video/mp4", 1080)
    assert rendered.duration_s == pytest.approx(5.5, abs=0.05)
    assert seen.duration_s == pytest.approx(5.5, abs=0.05)


def test_a_card_is_drawn_in_a_process_of_its_own_as_it_is_here(tmp_path: Path, photo: Path) -> None:
    card = {key: value for key, value in REEL.items() if key != "seconds"} | {
        "kind": "card",
        "template": "just_listed",
    }
    for name in ("here", "apart"):
        (tmp_path / name).mkdir()

    here = MediaRoom().render(card, {"asset-1": photo}, tmp_path / "here", nothing)
    with IsolatedRenderer() as isolated:
        room = MediaRoom(renderer=isolated)
        apart = room.render(card, {"asset-1": photo}, tmp_path / "apart", nothing)

    assert here.path.read_bytes() == apart.path.read_bytes()


def test_a_reel_whose_file_was_not_handed_over_is_named(tmp_path: Path) -> None:
    spec = ReelSpec(listing=Listing(title="3 Bedroom Apartment", photos=("front",)), brand=Brand(name="Casa"))

    with pytest.raises(PictureMissing, match="front"):
        render_reel(spec, {}, tmp_path / "reel.mp4")


@pytest.fixture
def tune(tmp_path: Path) -> Path:
    return draw_tune(tmp_path / "tune.wav")


def test_a_reel_with_music_is_as_loud_as_networks_want_it_and_one_without_is_silent(
    tmp_path: Path, photo: Path, tune: Path
) -> None:
    room = MediaRoom()
    for name in ("played", "silent"):
        (tmp_path / name).mkdir()
    files = {"asset-1": photo, "asset-2": tune}

    played = room.render({**REEL, "music": "asset-2"}, files, tmp_path / "played", nothing)
    silent = room.render(REEL, {"asset-1": photo}, tmp_path / "silent", nothing)

    loudness, peak = metered(played.path)
    assert loudness == pytest.approx(-14, abs=0.5)
    assert peak <= -1
    assert np.abs(heard(silent.path)).max() < 1e-4
    assert played.duration_s == silent.duration_s


def test_a_reel_left_to_itself_lasts_as_long_as_its_voice(tmp_path: Path, photo: Path, tune: Path) -> None:
    spec = {name: value for name, value in REEL.items() if name != "seconds"} | {
        "voice": "asset-2",
        "subtitles": [{"text": "Come in", "starts_s": 0, "ends_s": 2}],
    }

    rendered = MediaRoom().render(spec, {"asset-1": photo, "asset-2": tune}, tmp_path, nothing)

    assert rendered.duration_s == pytest.approx(24, abs=0.04)
    assert metered(rendered.path)[0] == pytest.approx(-14, abs=0.5)


@pytest.mark.parametrize("name", ["music", "voice"])
def test_a_reel_whose_sound_is_broken_says_so(tmp_path: Path, photo: Path, tune: Path, name: str) -> None:
    tune.write_bytes(tune.read_bytes()[:100_000])

    with pytest.raises(MediaUnreadable, match=r"'tune\.wav': it is cut short"):
        MediaRoom().render({**REEL, name: "asset-2"}, {"asset-1": photo, "asset-2": tune}, tmp_path, nothing)

    assert not list(tmp_path.glob("*.mp4"))
