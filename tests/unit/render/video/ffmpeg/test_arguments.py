from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from postengine.render import Size
from postengine.render.video.ffmpeg.encode import EncodeSettings, encode_arguments
from postengine.render.video.ffmpeg.graph import arguments, joined, opened


def pairs(line: list[str]) -> dict[str, str]:
    return {name: value for name, value in pairwise(line) if name.startswith("-")}


def test_frames_come_raw_with_their_colours_told() -> None:
    line = encode_arguments(Path("/a/b.mp4"), EncodeSettings(Size(64, 48), 25, 10))

    told = line[: line.index("-i")]
    assert pairs(told) == {
        "-f": "rawvideo",
        "-pix_fmt": "yuv420p",
        "-s": "64x48",
        "-framerate": "25",
        "-color_range": "tv",
        "-colorspace": "bt709",
        "-color_primaries": "bt709",
        "-color_trc": "bt709",
    }
    assert line[line.index("-i") + 1] == "pipe:0"


def test_the_output_is_what_networks_take() -> None:
    line = encode_arguments(
        Path("b.mp4"),
        EncodeSettings(Size(64, 48), 25, 10, quality=18, gop_s=1.5, preset="faster", profile="main"),
    )

    told = pairs(line[line.index("-i") :])
    assert (told["-crf"], told["-g"], told["-preset"], told["-profile:v"]) == ("18", "38", "faster", "main")
    assert (told["-threads"], told["-map_metadata"], told["-use_editlist"]) == ("1", "-1", "0")
    assert "-maxrate" not in told
    assert str(Path("b.mp4").absolute()) in line


def test_a_cap_has_a_buffer_of_one_second() -> None:
    told = pairs(encode_arguments(Path("b.mp4"), EncodeSettings(Size(64, 48), 25, 10, max_rate_kbps=700)))

    assert (told["-maxrate"], told["-bufsize"]) == ("700k", "700k")


def test_streams_are_split_and_joined() -> None:
    clip = opened("a.mp4", ss=1)
    one, two = clip.video.split(2)

    line = arguments([joined((one, two), "overlay", 1, 2), clip.sound], "pipe:1", {"f": "nut"}, said="info")

    graph = line[line.index("-filter_complex") + 1]
    assert "[0:V:0]split=2" in graph
    assert "overlay=1:2" in graph
    assert line[line.index("0:a:0") - 1] == "-map"
    assert line[-1] == "-y"
    assert "info" in line
