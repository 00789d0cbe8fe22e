from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from postengine.render import Size
from postengine.render.image.geometry import Focus
from postengine.render.video.limits import VideoLimits
from postengine.render.video.reading.clip import clip_arguments
from postengine.render.video.reading.colours import guessed
from postengine.render.video.reading.filters import Look
from postengine.render.video.reading.info import Colour, VideoInfo
from postengine.render.video.reading.turn import Turn

BT709 = Colour(1, 1, 1)
UPRIGHT = Turn()


def info(
    width: int = 1920,
    height: int = 1080,
    *,
    pix_fmt: str = "yuv420p",
    colour: Colour = BT709,
    turn: Turn = UPRIGHT,
    sar: Fraction = Fraction(1),
    is_interlaced: bool = False,
) -> VideoInfo:
    return VideoInfo(
        width=width, height=height, fps=30.0, frames=30, duration_s=1.0, codec="h264", profile="High",
        pix_fmt=pix_fmt, colour=colour, turn=turn, sar=sar, is_interlaced=is_interlaced, is_vfr=False,
        is_closed_gop=True, bit_rate=1, sounds=(), container="mp4", brand="isom", is_index_first=True,
        edit_lists=0, size_bytes=1,
    )  # fmt: skip


def graph(clip: VideoInfo, look: Look) -> str:
    line = clip_arguments(Path("/a.mp4"), clip, look, starts_s=0.0, frames=3, limits=VideoLimits())
    return line[line.index("-filter_complex") + 1]


def test_an_ordinary_clip_is_only_cropped_and_scaled() -> None:
    made = graph(info(), Look(Size(1080, 1920), 30))

    assert "crop=608:1080:656:0" in made
    assert "scale=1080:1920" in made
    assert "zscale" not in made
    assert "bwdif" not in made


def test_cropping_follows_the_focus_and_counts_in_the_clips_own_pixels() -> None:
    assert "crop=608:1080:1312:0" in graph(info(), Look(Size(1080, 1920), 30, focus=Focus(1.0, 0.5)))
    wide = info(960, 1080, sar=Fraction(2))
    assert "crop=304:1080:328:0" in graph(wide, Look(Size(1080, 1920), 30))


def test_half_pictures_are_joined_before_anything_else() -> None:
    made = graph(info(is_interlaced=True), Look(Size(1920, 1080), 30))

    assert made.index("bwdif") < made.index("fps") < made.index("scale")


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        (Turn(1), ["transpose=clock"]),
        (Turn(2), ["hflip", "vflip"]),
        (Turn(3), ["transpose=cclock"]),
        (Turn(0, is_mirrored=True), ["hflip"]),
        (Turn(1, is_mirrored=True), ["hflip", "transpose=clock"]),
    ],
)
def test_a_clip_is_turned_by_what_the_camera_noted(turn: Turn, expected: list[str]) -> None:
    made = graph(info(turn=turn), Look(Size(1080, 1080), 30))

    assert [
        name for name in ("hflip", "vflip", "transpose=clock", "transpose=cclock") if name in made
    ] == sorted(expected)


def test_the_backdrop_is_left_out_when_nothing_would_be_seen_of_it() -> None:
    assert "overlay" not in graph(info(), Look(Size(960, 540), 30, fit="contain"))
    assert "overlay=0:656" in graph(info(), Look(Size(1080, 1920), 30, fit="contain"))


@pytest.mark.parametrize(
    ("clip", "expected"),
    [
        (info(colour=Colour()), BT709),
        (info(720, 576, colour=Colour()), Colour(1, 1, 5)),
        (info(720, 480, colour=Colour()), Colour(1, 1, 6)),
        (info(1080, 1920, colour=Colour()), BT709),
        (info(colour=Colour(9, 18, 9)), Colour(9, 18, 9)),
        (info(colour=Colour(2, 16, 9)), Colour(9, 16, 9)),
        (info(colour=Colour(1, 13, 1, is_full=True)), Colour(1, 1, 1, is_full=True)),
        (info(colour=Colour(3, 3, 3)), BT709),
        (info(colour=Colour(1, 1, 0)), BT709),
        (info(640, 480, pix_fmt="rgb24", colour=Colour()), Colour(1, 1, 0, is_full=True)),
    ],
)
def test_what_a_clip_does_not_say_is_guessed_as_players_do(clip: VideoInfo, expected: Colour) -> None:
    assert guessed(clip) == expected


def test_bright_light_is_mapped_through_linear_light_and_others_are_not() -> None:
    bright = info(pix_fmt="yuv420p10le", colour=Colour(9, 18, 9))
    deep = info(pix_fmt="yuv420p10le")

    assert "tonemap=mobius" in graph(bright, Look(Size(64, 64), 30))
    assert "zscale" in graph(deep, Look(Size(64, 64), 30))
    assert "tonemap" not in graph(deep, Look(Size(64, 64), 30))


def test_only_this_file_may_be_opened_and_a_damaged_frame_is_an_error() -> None:
    line = clip_arguments(
        Path("a'b.mp4"),
        info(),
        Look(Size(64, 64), 30),
        starts_s=1.25,
        frames=3,
        limits=VideoLimits(clip_pixels=99),
    )

    told = dict(pairwise(line))
    assert told["-i"] == f"file:{Path('a' + chr(39) + 'b.mp4').absolute()}"
    assert told["-protocol_whitelist"] == "file"
    assert "concat" not in told["-format_whitelist"]
    assert (told["-ss"], told["-max_pixels"], told["-frames:v"]) == ("1.250000", "99", "3")
    assert "-xerror" in line


def test_the_shown_size_is_upright_with_square_pixels() -> None:
    assert info(turn=Turn(1)).shown == Size(1080, 1920)
    assert info(720, 576, sar=Fraction(16, 15)).shown == Size(768, 576)
    assert info(720, 576, sar=Fraction(16, 15), turn=Turn(3)).shown == Size(576, 768)
    assert info(turn=Turn(3)).rotation == 270
