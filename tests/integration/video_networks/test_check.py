"""Each thing that a network refuses, in a real file that has it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from postengine.render.errors import FfmpegMissing, FfmpegStalled
from postengine.render.video.limits import VideoLimits
from postengine.render.video.networks import FaultCode, check
from postengine.render.video.spec import PresetName

from .conftest import Made, turn

OPEN_GOP = ("-bf", "2", "-x264-params", "open-gop=1:keyint=12:min-keyint=6:scenecut=0", "-flags:v", "-cgop")
UNEVEN = ("-vf", "select='not(mod(n,3))+not(mod(n,5))'", "-fps_mode", "vfr")
BEHIND = ("-movflags", "-faststart")
WEBM = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-c:a", "libopus")
NOISE = ("-crf", "1", "-vf", "noise=alls=100:allf=t")
TWO_SOUNDS = ("-map", "0", "-map", "1", "-map", "1")


class Case(NamedTuple):
    code: FaultCode
    preset: PresetName
    words: str
    options: tuple[str, ...] = ()
    name: str = "a.mp4"
    size: str = "64x114"
    fps: int = 30
    sound: str = "anullsrc=r=48000:cl=stereo"


CASES = (
    Case("container", "instagram_reel", "the file format mp4 or mov, got mkv", name="a.mkv"),
    Case("container", "linkedin", "the file format mp4, got mov", name="a.mov"),
    Case("container", "x", "got webm", WEBM, name="a.webm"),
    Case("index", "instagram_reel", "before the content, got it behind", BEHIND),
    Case("edit_list", "youtube", "no edit list, got one", ("-use_editlist", "1", "-bf", "2")),
    Case("video_codec", "tiktok", "hevc or vp8 or vp9, got mpeg4", ("-c:v", "mpeg4", "-flags:v", "-cgop")),
    Case("pixel_format", "pinterest", "got yuv444p; convert it to yuv420p", ("-pix_fmt", "yuv444p")),
    Case("profile", "whatsapp_message", "without B-frames", ("-preset", "veryfast", "-bf", "2")),
    Case("profile", "whatsapp_status", "Main or Baseline", ("-preset", "veryfast", "-profile:v", "high")),
    Case("gop", "facebook_reel", "closed groups of pictures, got open ones", OPEN_GOP),
    Case("interlaced", "x", "whole pictures", ("-x264-params", "tff=1"), size="64x128"),
    Case("pixel_shape", "x", "square pixels", ("-vf", "setsar=2")),
    Case("frame_rate", "instagram_story", "23 to 60 frames a second, got 10; render it at 30", fps=10),
    Case("frame_rate_varies", "facebook_reel", "an even pace of frames", UNEVEN),
    Case("aspect", "facebook_reel", "0.5625 as width over height, got 1;", size="64x64"),
    Case("aspect", "youtube_short", "at most 1 as width over height, got 1.7778;", size="640x360"),
    Case("width", "instagram_reel", "at most 1,920 px of width, got 1,922;", size="1922x200"),
    Case("short_side", "tiktok", "at least 360 px of the shorter side, got 64;"),
    Case("long_side", "x", "32 to 1,920 px of the longer side, got 2,000;", size="72x2000"),
    Case("seconds", "pinterest", "4 to 900 s, got 1; change its length"),
    Case("size_bytes", "linkedin", "75,000 to 500,000,000 bytes, got"),
    Case("rate", "instagram_reel", "at most 25,000 kbit a second", NOISE, size="640x640"),
    Case("sound_tracks", "whatsapp_status", "at most 1 sound tracks, got 2", TWO_SOUNDS),
    Case("audio_codec", "instagram_reel", "the codec of sound aac, got mp3", ("-c:a", "libmp3lame")),
    Case("sample_rate", "instagram_reel", "at most 48,000 samples a second, got 96,000", ("-ar", "96000")),
    Case("channels", "x", "1 to 2 channels of sound, got 6", sound="anullsrc=r=48000:cl=5.1"),
)
"""Files that have what they are for, and may have other faults too: they are tiny."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.preset}")
def test_what_a_network_refuses_is_told(case: Case, made: Made) -> None:
    path = made(case.name, *case.options, size=case.size, fps=case.fps, sound=case.sound)

    faults = {fault.code: fault.message for fault in check(path, case.preset, decode=False)}

    assert case.words in faults.get(case.code, f"none of {case.code}, but {faults}")


def test_every_kind_of_fault_has_a_file() -> None:
    assert {case.code for case in CASES} == {*get_args(FaultCode)} - {"unreadable", "damaged"}


def test_what_is_not_asked_for_is_no_fault(made: Made) -> None:
    path = made("a.mp4", "-movflags", "-faststart", "-use_editlist", "1", "-bf", "2", seconds=2)

    assert {fault.code for fault in check(path, "tiktok")} == {"short_side", "seconds"}


def test_a_turned_video_counts_as_it_is_shown(made: Made, tmp_path: Path) -> None:
    upright = made("a.mp4", size="640x360", seconds=3)
    turned = tmp_path / "turned.mp4"
    turn(upright, turned, 90)

    assert "aspect" in {fault.code for fault in check(upright, "youtube_short")}
    assert "aspect" not in {fault.code for fault in check(turned, "youtube_short")}


def test_a_damaged_frame_is_found_when_all_are_decoded(made: Made) -> None:
    path = made("a.mp4", size="320x240")
    data = bytearray(path.read_bytes())
    middle = len(data) * 2 // 3
    data[middle : middle + 600 : 7] = b"\x5a" * len(data[middle : middle + 600 : 7])
    path.write_bytes(data)

    assert "damaged" not in {fault.code for fault in check(path, "facebook_feed", decode=False)}
    (fault,) = [one for one in check(path, "facebook_feed") if one.code == "damaged"]
    assert fault.message.startswith("Expected a video that can be decoded to its end, got ")
    assert "[" not in fault.message


@pytest.mark.parametrize("data", [b"", b"no video at all\n" * 90, b"\x00\x00\x00\x18ftypisom" + bytes(900)])
def test_a_file_that_is_no_video_has_one_fault(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(data)

    (fault,) = check(path, "instagram_reel")

    assert fault.code == "unreadable"
    assert "a.mp4" in fault.message


def test_a_file_beyond_the_limits_is_not_looked_at(made: Made) -> None:
    path = made("a.mp4")

    (fault,) = check(path, "instagram_reel", limits=VideoLimits(source_bytes=1000))

    assert (fault.code, "Expected at most 1,000" in fault.message) == ("unreadable", True)


def test_without_an_ffmpeg_nothing_can_be_decoded(made: Made, tmp_path: Path) -> None:
    with pytest.raises(FfmpegMissing):
        check(made("a.mp4"), "instagram_reel", program=str(tmp_path / "none"))


def test_an_ffmpeg_that_stands_still_is_no_fault_of_the_file(made: Made, tmp_path: Path) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\nexec tail -f /dev/null\n")
    program.chmod(0o755)

    with pytest.raises(FfmpegStalled):
        check(made("a.mp4"), "instagram_reel", program=str(program), limits=VideoLimits(stall_s=0.3))
