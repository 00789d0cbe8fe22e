"""Pictures of a video by their time, its poster, its storyboard."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from postengine.render.errors import MediaUnreadable, VideoInvalid
from postengine.render.image.photo import RgbPixels
from postengine.render.video.ffmpeg.program import default_program
from postengine.render.video.reading.pictures import frame_at
from postengine.render.video.reading.poster import poster
from postengine.render.video.reading.storyboard import storyboard

from .conftest import turn

FPS = 10
RED, GREEN, BLUE = (200, 40, 40), (40, 180, 60), (40, 60, 200)


def filmed(path: Path, frames: list[RgbPixels], *options: str) -> Path:
    """Make a video of given pictures, 10 a second."""
    height, width = frames[0].shape[:2]
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", f"{FPS}", "-i", "pipe:0"]
    to_709 = "scale=out_color_matrix=bt709:out_range=tv,setparams=colorspace=bt709:range=tv"
    encoding = ["-vf", to_709, "-pix_fmt", "yuv420p", "-crf", "12", "-preset", "ultrafast", *options]
    command = [default_program(), "-y", "-loglevel", "error", *raw, *encoding, str(path)]
    subprocess.run(command, input=b"".join(frame.tobytes() for frame in frames), check=True, timeout=60)
    return path


def plain(colour: tuple[int, int, int], size: tuple[int, int] = (64, 96)) -> RgbPixels:
    return np.full((size[1], size[0], 3), colour, dtype=np.uint8)


def detail(seed: int, block: int) -> RgbPixels:
    """Return a picture of random blocks: the smaller, the sharper."""
    cells = np.random.default_rng(seed).integers(30, 220, (192 // block, 128 // block, 3), dtype=np.uint8)
    return cells.repeat(block, axis=0).repeat(block, axis=1)


def close(pixels: RgbPixels, colour: tuple[int, int, int]) -> bool:
    return bool(np.abs(pixels.reshape(-1, 3).mean(axis=0) - colour).max() < 6)


def opened(jpeg: bytes) -> RgbPixels:
    with Image.open(io.BytesIO(jpeg)) as image:
        return np.array(image)


@pytest.fixture
def traffic_light(tmp_path: Path) -> Path:
    """A second each of red, green and blue."""
    return filmed(tmp_path / "a.mp4", [plain(colour) for colour in (RED, GREEN, BLUE) for _ in range(FPS)])


@pytest.mark.parametrize(
    ("at_s", "colour"),
    [(0.0, RED), (0.99, RED), (1.0, GREEN), (1.05, GREEN), (1.99, GREEN), (2.0, BLUE), (2.99, BLUE)],
)
def test_the_picture_is_the_one_that_is_shown_then(
    traffic_light: Path, at_s: float, colour: tuple[int, int, int]
) -> None:
    assert close(frame_at(traffic_light, at_s), colour)


@pytest.mark.parametrize("at_s", [-0.1, 3.0, 60.0])
def test_an_instant_beyond_the_video_is_told(traffic_light: Path, at_s: float) -> None:
    with pytest.raises(VideoInvalid, match=rf"show something at {at_s:g} s, but lasts 3\.00 s"):
        frame_at(traffic_light, at_s)


def test_colours_come_back_as_they_were(tmp_path: Path) -> None:
    pure = filmed(tmp_path / "a.mp4", [plain((230, 20, 30))] * 3)

    assert np.abs(frame_at(pure, 0.1).astype(int) - (230, 20, 30)).max() <= 3


@pytest.mark.parametrize(
    ("degrees", "options", "corner"),
    [
        (0, (), (0, 0)),
        (90, (), (-1, 0)),
        (180, (), (-1, -1)),
        (270, (), (0, -1)),
        (0, ("-display_hflip",), (0, -1)),
    ],
)
def test_a_turned_video_is_seen_upright(
    tmp_path: Path, degrees: int, options: tuple[str, ...], corner: tuple[int, int]
) -> None:
    marked = plain((30, 30, 30), (96, 64))
    marked[:16, :16] = 230
    path = turn(filmed(tmp_path / "a.mp4", [marked] * 3), tmp_path / "turned.mp4", degrees, *options)

    pixels = frame_at(path, 0.0)

    assert pixels.shape == ((96, 64, 3) if degrees % 180 else (64, 96, 3))
    assert pixels[corner].min() > 180
    assert [(*at,) for at in ((0, 0), (0, -1), (-1, 0), (-1, -1)) if pixels[at].min() > 180] == [corner]


def test_wide_pixels_are_made_square(tmp_path: Path) -> None:
    path = filmed(tmp_path / "a.mp4", [plain(RED)] * 3, "-aspect", "4:3")

    assert frame_at(path, 0.0).shape == (96, 128, 3)


def test_the_poster_is_the_sharpest_picture(tmp_path: Path) -> None:
    soft, sharp = detail(1, 32), detail(2, 4)
    path = filmed(tmp_path / "a.mp4", [soft] * 20 + [sharp] * 10 + [soft] * 20)

    assert np.abs(opened(poster(path)).astype(int) - sharp).mean() < 25


def test_the_poster_is_neither_the_end_card_nor_within_a_transition(tmp_path: Path) -> None:
    first, second, card = detail(1, 16), detail(2, 16), detail(3, 2)
    # The fade has the finest detail of all, and flickers.
    fade = [detail(seed, 4) for seed in range(10, 20)]
    path = filmed(tmp_path / "a.mp4", [first] * 20 + fade + [second] * 20 + [card] * 16)

    pixels = opened(poster(path)).astype(int)

    assert min(np.abs(pixels - first).mean(), np.abs(pixels - second).mean()) < 12


def test_a_poster_may_be_asked_for_by_its_time(traffic_light: Path) -> None:
    assert close(opened(poster(traffic_light, 1.5)), GREEN)
    with pytest.raises(VideoInvalid):
        poster(traffic_light, at_s=3.5)


def test_a_video_of_one_frame_has_a_poster(tmp_path: Path) -> None:
    path = filmed(tmp_path / "a.mp4", [plain(GREEN)])

    assert close(opened(poster(path)), GREEN)


def test_a_tiny_video_has_a_poster(tmp_path: Path) -> None:
    path = filmed(tmp_path / "a.mp4", [plain(BLUE, (2, 2))] * 8)

    assert opened(poster(path)).shape == (2, 2, 3)


def test_a_storyboard_shows_the_video_from_beginning_to_end(traffic_light: Path) -> None:
    sheet = opened(storyboard(traffic_light, columns=2, count=3, width_px=64))

    assert sheet.shape == (2 * (96 + 26 + 12) + 12, 2 * (64 + 12) + 12, 3)
    cells = [sheet[top : top + 96, left : left + 64] for top, left in ((12, 12), (12, 88), (146, 12))]
    assert [close(cell, colour) for cell, colour in zip(cells, (RED, GREEN, BLUE), strict=True)] == [True] * 3
    assert sheet[110:130, 12:76].min() < 130  # its time, in dark letters
    assert sheet[160:260, 90:150].min() > 220  # no fourth picture


def test_a_storyboard_of_fewer_pictures_than_columns_is_as_narrow(traffic_light: Path) -> None:
    assert opened(storyboard(traffic_light, count=1, width_px=64)).shape[1] == 64 + 24


@pytest.mark.parametrize(
    "numbers", [{"columns": 0}, {"count": 0}, {"count": 101}, {"width_px": 15}, {"width_px": 2000}]
)
def test_a_storyboard_of_nonsense_is_refused(traffic_light: Path, numbers: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="Expected 1 or more columns and 1 to 100 pictures of 16 to 1080 px"):
        storyboard(traffic_light, **numbers)


def test_a_storyboard_too_large_for_a_jpeg_is_refused(traffic_light: Path) -> None:
    with pytest.raises(ValueError, match="take fewer pictures, smaller ones"):
        storyboard(traffic_light, columns=1, count=50, width_px=1080)


def test_what_is_no_video_has_no_pictures(tmp_path: Path) -> None:
    junk = tmp_path / "junk.mp4"
    junk.write_bytes(b"no video" * 100)

    for look in (poster, storyboard):
        with pytest.raises(MediaUnreadable, match=r"junk\.mp4"):
            look(junk)
    with pytest.raises(MediaUnreadable):
        frame_at(tmp_path / "gone.mp4", 0.0)
