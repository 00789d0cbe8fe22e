from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from postengine.render import PhotoUnreadable
from postengine.render.image.geometry import Region, Size
from postengine.render.image.photo import srgb_profile_bytes
from postengine.render.video.frames.photos import PhotoReader, ReadyPhoto
from postengine.render.video.limits import VideoLimits
from postengine.render.video.spec import Move, PhotoScene
from tests.unit.render.video.frames.stand_ins import KERNELS

VIDEO = Size(96, 160)
LIMITS = VideoLimits()
PUSH, STILL = Move(kind="push_in", amount=0.1), Move(kind="none")


def ready(path: Path, limits: VideoLimits = LIMITS, **scene: object) -> ReadyPhoto:
    made = PhotoScene.model_validate({"source": "a", "move": PUSH, **scene})
    return PhotoReader(VIDEO, "#00ff00", KERNELS[0], limits).read(path, made)


def quarters(size: tuple[int, int] = (400, 300)) -> Image.Image:
    """Return a picture with red, green, blue and white corners, clockwise from the top left."""
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    half = size[1] // 2, size[0] // 2
    pixels[: half[0], : half[1]] = (255, 0, 0)
    pixels[: half[0], half[1] :] = (0, 255, 0)
    pixels[half[0] :, half[1] :] = (0, 0, 255)
    pixels[half[0] :, : half[1]] = (255, 255, 255)
    return Image.fromarray(pixels)


RED, GREEN, BLUE, WHITE = "red", "green", "blue", "white"
COLOURS = {(63, 102, 240): RED, (173, 42, 26): GREEN, (32, 240, 118): BLUE, (235, 128, 128): WHITE}


def colour(photo: ReadyPhoto, x: float, y: float) -> str:
    """Return which of the colours a pixel is nearest to."""
    planes = photo.planes.planes
    found = [int(plane[int(y) // by, int(x) // by]) for plane, by in zip(planes, (1, 2, 2), strict=True)]
    nearest = min(COLOURS, key=lambda one: sum(abs(a - b) for a, b in zip(one, found, strict=True)))
    return COLOURS[nearest]


def corners(photo: ReadyPhoto) -> list[str]:
    """Return the colours in the corners of the first window, clockwise from the top left."""
    window = photo.camera.first
    left, top, right, bottom = window.x + 5, window.y + 5, window.right - 6, window.bottom - 6
    return [colour(photo, *at) for at in ((left, top), (right, top), (right, bottom), (left, bottom))]


def test_only_what_the_camera_sees_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    quarters().save(path)

    photo = ready(path)

    assert photo.planes.size == (180, 300)
    assert photo.camera.first == Region(0, 0, 180, 300)
    assert photo.camera.last.width == pytest.approx(162)
    assert corners(photo) == [RED, GREEN, BLUE, WHITE]


def test_a_jpeg_is_decoded_no_larger_than_needed(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    quarters((3200, 2400)).save(path, quality=95)

    photo = ready(path)

    assert photo.planes.size == (180, 300)
    assert corners(photo) == [RED, GREEN, BLUE, WHITE]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("move", [PUSH, STILL])
def test_photos_stand_upright(tmp_path: Path, orientation: int, move: Move) -> None:
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    picture = quarters()
    stored = picture.transpose(undo[orientation]) if orientation > 1 else picture
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "a.jpg"
    stored.save(path, exif=exif, quality=95, subsampling=0)

    assert corners(ready(path, move=move)) == [RED, GREEN, BLUE, WHITE]


@pytest.mark.parametrize("move", [PUSH, STILL])
def test_what_is_transparent_shows_the_background(tmp_path: Path, move: Move) -> None:
    path = tmp_path / "a.png"
    Image.new("RGBA", (400, 300), (255, 0, 0, 0)).save(path)

    photo = ready(path, move=move)

    assert colour(photo, 50, 50) == GREEN
    assert all(look.mode == "RGB" and look.getpixel((5, 5)) == (0, 255, 0) for look in photo.looks)


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "1", "I;16"])
def test_all_kinds_of_pixels_become_rgb(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("a.jpg" if mode == "CMYK" else "a.png")
    grey = Image.new("L", (400, 300), 200)
    if mode == "I;16":
        picture = Image.fromarray(np.full((300, 400), 200 * 257, np.uint16))
    else:
        picture = grey.convert("RGB").convert(mode)
    picture.save(path)

    photo = ready(path)

    assert int(photo.planes.y.mean()) == pytest.approx(16 + 200 * 219 / 255, abs=7)
    assert int(photo.planes.u.mean()) == pytest.approx(128, abs=2)


def test_colours_are_read_by_the_photos_profile(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    swapped = (
        srgb_profile_bytes().replace(b"rXYZ", b"tmpX").replace(b"bXYZ", b"rXYZ").replace(b"tmpX", b"bXYZ")
    )
    profile = swapped.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))
    quarters().save(path, icc_profile=profile)

    assert corners(ready(path)) == [BLUE, GREEN, RED, WHITE]


@pytest.mark.parametrize("size", [(100, 100), (33, 57), (9, 301), (301, 9), (8, 8)])
@pytest.mark.parametrize("kind", ["push_in", "pan_left", "drift"])
def test_odd_and_small_sizes_work(tmp_path: Path, size: tuple[int, int], kind: str) -> None:
    path = tmp_path / "a.png"
    quarters(size).save(path)

    photo = ready(path, move=Move.model_validate({"kind": kind, "focus": (0.2, 0.8)}))

    width, height = photo.planes.size
    assert (width % 2, height % 2) == (0, 0)
    assert photo.planes.u.shape == (height // 2, width // 2)
    assert Region(0, 0, width, height).holds(photo.camera.bounds, slack_px=1.01)


def test_the_smart_focus_finds_the_detail(tmp_path: Path) -> None:
    pixels = np.full((300, 900, 3), 180, np.uint8)
    pixels[60:240, 640:760] = np.random.default_rng(1).integers(0, 255, (180, 120, 3))
    path = tmp_path / "a.png"
    Image.fromarray(pixels).save(path)

    seen = ready(path, focus="smart").planes.y.std()
    middle = ready(path).planes.y.std()

    assert seen > 20 > middle


def test_a_photo_that_stands_still_is_cut_to_the_videos_size(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    quarters().save(path)

    photo = ready(path, move=STILL, focus=(0.0, 0.5))

    assert photo.planes.size == VIDEO
    assert not photo.camera.moves
    assert corners(photo) == [RED, RED, WHITE, WHITE]


@pytest.mark.parametrize("focus", ["smart", (0.5, 0.5)])
def test_contained_photos_are_seen_whole_over_a_blur_of_themselves(tmp_path: Path, focus: object) -> None:
    path = tmp_path / "a.png"
    quarters().save(path)

    photo = ready(path, fit="contain", focus=focus)

    assert photo.planes.size == VIDEO
    assert not photo.camera.moves
    assert (colour(photo, 10, 60), colour(photo, 85, 100)) == (RED, BLUE)
    assert len(np.unique(photo.planes.y[4])) > 10


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_photo_is_looked_at_through_its_windows(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "a.png"
    quarters((400, 300)).save(path, exif=exif)

    first, *_, last = ready(path, move=Move(kind="pan_right", amount=0.2)).looks

    assert first.size == last.size == (24, 40)
    shares = [float((np.asarray(look)[5] == (255, 0, 0)).all(axis=1).mean()) for look in (first, last)]
    assert shares[0] != shares[1]


def test_a_photo_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(PhotoUnreadable, match="no such file") as caught:
        ready(tmp_path / "gone.jpg")

    assert caught.value.file == tmp_path / "gone.jpg"


def test_a_photo_with_too_many_pixels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    quarters().save(path)

    with pytest.raises(PhotoUnreadable, match="120000 pixels"):
        ready(path, limits=VideoLimits(photo_pixels=100_000))


def test_a_photo_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    quarters().save(path)
    path.write_bytes(path.read_bytes()[:900])

    with pytest.raises(PhotoUnreadable, match="cut short"):
        ready(path)
