"""Frames of clips as the video wants them, whatever they came as."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from postengine.render import Size
from postengine.render.errors import MediaUnreadable
from postengine.render.video.frame import Frame
from postengine.render.video.reading.pictures import frame_at
from postengine.render.video.reading.probe import probe
from tests.clips import (
    FPS,
    H264,
    HEIGHT,
    HEVC,
    WIDTH,
    colours_of,
    make_counting,
    make_quarters,
    number_of,
    run_ffmpeg,
)
from tests.integration.video.conftest import read


def numbers(frames: list[Frame]) -> list[int]:
    return [number_of(frame) for frame in frames]


def test_a_clip_at_its_own_size_and_pace_is_shown_frame_by_frame(clips: Path) -> None:
    assert numbers(read(clips / "counting.mp4", count=30)) == list(range(30))


def test_a_stretch_begins_at_its_frame(clips: Path) -> None:
    assert numbers(read(clips / "counting.mp4", starts_s=0.5, count=6)) == [15, 16, 17, 18, 19, 20]


@pytest.mark.parametrize(
    ("fps", "expected"),
    [(60, [0, 0, 1, 1, 2, 2]), (24, [0, 1, 3, 4, 5, 6]), (25, [0, 1, 2, 4, 5, 6])],
)
def test_another_pace_repeats_or_leaves_out_frames(fps: int, expected: list[int], clips: Path) -> None:
    got = numbers(read(clips / "counting.mp4", fps=fps, count=6))

    assert got == pytest.approx(expected, abs=1)
    assert got == sorted(got)


def test_the_last_frame_is_held_for_what_is_missing_by_rounding(clips: Path) -> None:
    assert numbers(read(clips / "counting.mp4", starts_s=0.8, count=8)) == [24, 25, 26, 27, 28, 29, 29, 29]


@pytest.mark.parametrize(("starts_s", "expected"), [(0.5, [0, 0]), (1.9, [1, 1]), (3.7, [3, 3])])
def test_a_stretch_begins_with_what_is_shown_then_however_long_ago_it_came(
    starts_s: float, expected: list[int], tmp_path: Path
) -> None:
    slow = make_counting(tmp_path / "a.mp4", frames=4, rate=1)

    assert numbers(read(slow, starts_s=starts_s, count=2)) == expected


def test_a_clip_that_ends_long_before_is_cut_short(clips: Path) -> None:
    with pytest.raises(MediaUnreadable, match=r"cut short: 6 of 20 frames came from 0\.8 s on"):
        read(clips / "counting.mp4", starts_s=0.8, count=20)


def test_a_clip_has_no_frames_after_its_end(clips: Path) -> None:
    with pytest.raises(MediaUnreadable, match="cut short: 0 of 2 frames"):
        read(clips / "counting.mp4", starts_s=5.0, count=2)


@pytest.mark.parametrize("starts_s", [0.0, 0.3, 0.5, 0.55])
@pytest.mark.parametrize("codec", ["h264", "hevc"])
def test_a_clip_with_open_groups_of_pictures_is_read_from_anywhere(
    codec: str, starts_s: float, tmp_path: Path
) -> None:
    group = "open-gop=1:keyint=15:min-keyint=15:scenecut=0:bframes=3:b-adapt=0"
    options = {
        "h264": ("-c:v", "libx264", "-x264-params", group),
        "hevc": ("-c:v", "libx265", "-x265-params", f"log-level=error:{group}"),
    }
    path = make_counting(tmp_path / "a.mp4", options=options[codec])

    first = round(starts_s * 30)
    assert not probe(path).is_closed_gop
    got = numbers(read(path, starts_s=starts_s, count=10))
    assert got == pytest.approx(list(range(first, first + 10)), abs=1)


def test_frames_at_uneven_times_are_shown_at_theirs(tmp_path: Path) -> None:
    path = make_counting(
        tmp_path / "a.mp4",
        frames=10,
        options=(*H264, "-bsf:v", "setts=pts=PTS+if(gte(N\\,5)\\,9000/TB/90000\\,0):dts=DTS", "-bf", "0"),
    )

    info = probe(path)
    assert info.is_vfr
    assert numbers(read(path, count=13)) == [0, 1, 2, 3, 4, 4, 4, 4, 5, 6, 7, 8, 9]


def test_pictures_that_begin_after_the_sound_stay_in_time_with_it(tmp_path: Path) -> None:
    path = make_quarters(tmp_path / "a.mp4", sound=True, then="setpts=PTS+0.2/TB")

    assert probe(path).duration_s == pytest.approx(0.7, abs=0.01)
    assert len(read(path, count=21)) == 21


@pytest.mark.parametrize(
    ("turn", "flip", "expected"),
    [
        (0, "", "RGBW"),
        (90, "", "GWRB"),  # ffmpeg counts against the clock
        (180, "", "WBGR"),
        (270, "", "BRWG"),
        (0, "-display_hflip", "GRWB"),
        (0, "-display_vflip", "BWRG"),
        (90, "-display_hflip", "WGBR"),
        (90, "-display_vflip", "RBGW"),
    ],
)
@pytest.mark.parametrize("fit", ["cover", "contain"])
def test_a_clip_is_shown_as_it_was_held(
    turn: int, flip: str, expected: str, fit: str, clips: Path, tmp_path: Path
) -> None:
    flips = [flip] if flip else []
    run_ffmpeg(
        "-display_rotation", str(turn), *flips, "-i", clips / "quarters.mp4", "-c", "copy", tmp_path / "a.mp4"
    )

    info = probe(tmp_path / "a.mp4")
    (frame,) = read(tmp_path / "a.mp4", count=1, size=info.shown, fit=fit)

    assert info.shown == (Size(HEIGHT, WIDTH) if turn == 90 or turn == 270 else Size(WIDTH, HEIGHT))
    assert colours_of(frame) == expected


def test_cover_keeps_the_focus_in_view(clips: Path) -> None:
    left, right = (
        read(clips / "quarters.mp4", count=1, size=Size(40, 96), focus=(across, 0.5))[0]
        for across in (0.0, 1.0)
    )

    assert colours_of(left) == "RRBB"
    assert colours_of(right) == "GGWW"


def test_contain_shows_all_over_a_darker_blurred_picture_of_itself(clips: Path) -> None:
    (frame,) = read(clips / "quarters.mp4", count=1, size=Size(128, 288), fit="contain")

    middle = Frame(frame.y[96:192], frame.u[48:96], frame.v[48:96])
    assert colours_of(middle) == "RGBW"
    below = frame.y[200:, 70:]  # beneath white
    assert 120 < below.mean() < 200
    assert np.abs(np.diff(below.astype(int), axis=0)).max() < 12


@pytest.mark.parametrize("size", [Size(128, 96), Size(64, 64), Size(1080, 1920), Size(320, 66)])
@pytest.mark.parametrize("fit", ["cover", "contain"])
def test_frames_have_the_size_that_was_asked_for(size: Size, fit: str, clips: Path) -> None:
    frames = read(clips / "quarters.mp4", count=2, size=size, fit=fit)

    assert [frame.size for frame in frames] == [size, size]
    assert frames[0].u.shape == (size.height // 2, size.width // 2)


@pytest.mark.parametrize("fit", ["cover", "contain"])
def test_odd_sizes_are_taken(fit: str, tmp_path: Path) -> None:
    path = make_quarters(tmp_path / "a.mp4", size=(63, 47), pix_fmt="yuv444p", then="setsar=1")

    assert colours_of(read(path, count=1, size=Size(64, 48), fit=fit)[0]) == "RGBW"


@pytest.mark.parametrize("fit", ["cover", "contain"])
def test_pixels_that_are_not_square_become_so(fit: str, tmp_path: Path) -> None:
    path = make_quarters(tmp_path / "a.mp4", size=(64, 96), then="setsar=2")

    info = probe(path)
    (frame,) = read(path, count=1, size=Size(128, 96), fit=fit)

    assert (info.width, info.shown) == (64, Size(128, 96))
    assert colours_of(frame) == "RGBW"


def test_a_cover_is_not_the_film_though_it_comes_first(clips: Path, tmp_path: Path) -> None:
    path, picture = tmp_path / "a.mp4", tmp_path / "cover.jpg"
    run_ffmpeg("-i", clips / "quarters.mp4", "-frames:v", "1", picture)
    both = ("-i", clips / "counting.mp4", "-i", picture, "-map", "0", "-map", "1", "-c", "copy")
    run_ffmpeg(*both, "-disposition:1", "attached_pic", path)
    content = path.read_bytes()
    head, film, cover = content.index(b"moov") + 4, content.index(b"trak") - 4, content.index(b"udta") - 4
    first_cover = content[:head] + content[head:film] + content[cover:] + content[film:cover]
    path.write_bytes(first_cover)

    assert probe(path).frames == 30
    assert numbers(read(path, starts_s=0.5, count=3)) == [15, 16, 17]
    assert frame_at(path, 0.9).mean() > frame_at(path, 0.1).mean()


def test_two_half_pictures_become_one(tmp_path: Path) -> None:
    # A white bar on black that moves by 8 px from field to field: woven together, its edges are combs.
    bar = (
        f"color=black:s={WIDTH}x{HEIGHT}:r=60:d=0.5,geq=lum='if(between(X,8*N,8*N+24),235,16)':cb=128:cr=128"
    )
    run_ffmpeg(
        "-f", "lavfi", "-i", bar, "-vf", "interlace=scan=tff:lowpass=off", "-pix_fmt", "yuv420p",
        *H264, "-flags", "+ilme+ildct", "-x264opts", "tff=1", tmp_path / "a.mp4",
    )  # fmt: skip

    info = probe(tmp_path / "a.mp4")
    frame = read(tmp_path / "a.mp4", count=6)[4]

    assert info.is_interlaced
    assert frame.y.max() > 200
    assert combed(frame) < 0.2  # 12 without


def combed(frame: Frame) -> float:
    """Return how much neighbouring rows differ, against rows of the same field."""
    y = frame.y.astype(int)
    return float(np.abs(y[1:-1] * 2 - y[:-2] - y[2:]).mean() / (np.abs(np.diff(y, axis=1)).mean() + 1))


@pytest.mark.parametrize(
    ("name", "codec", "pix_fmt"),
    [
        ("a.mp4", HEVC, "yuv420p"),
        ("a.mov", ("-c:v", "prores_ks"), "yuv422p10le"),
        ("a.webm", ("-c:v", "libvpx-vp9", "-deadline", "realtime"), "yuv420p"),
        ("a.mkv", ("-c:v", "libaom-av1", "-usage", "realtime", "-cpu-used", "8"), "yuv420p"),
        ("a.mov", ("-c:v", "mjpeg", "-q:v", "2"), "yuvj420p"),
        ("a.mov", ("-c:v", "png"), "rgb24"),
        ("a.3gp", ("-c:v", "mpeg4", "-q:v", "2"), "yuv420p"),
    ],
)
def test_what_cameras_and_browsers_write_is_read(
    name: str, codec: tuple[str, ...], pix_fmt: str, tmp_path: Path
) -> None:
    path = make_quarters(
        tmp_path / name, codec=codec, pix_fmt=pix_fmt, span="pc" if pix_fmt == "yuvj420p" else "tv"
    )

    frames = read(path, count=15)

    assert len(frames) == 15
    assert {colours_of(frame) for frame in frames} == {"RGBW"}
    assert probe(path).fps == pytest.approx(FPS, abs=0.1)
