"""Clips that are broken, huge, or no clips: each is refused with its reason, and nothing is left running."""

from __future__ import annotations

import os
import random
import struct
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from postengine.render.errors import (
    FfmpegKilled,
    FfmpegMissing,
    FfmpegStalled,
    MediaTooLarge,
    MediaUnreadable,
)
from postengine.render.video.ffmpeg.program import default_program
from postengine.render.video.limits import VideoLimits
from postengine.render.video.reading import packets
from postengine.render.video.reading.clip import clip_frames
from postengine.render.video.reading.probe import probe
from tests.clips import H264, make_counting, make_quarters, run_ffmpeg
from tests.integration.video.conftest import HASTY, PATIENT, SMALL, read, script

FAST_START = ("-c:v", "libx264", "-g", "15", "-movflags", "+faststart")


@pytest.mark.parametrize("content", [b"plain text\n" * 50, os.urandom(4096), b"\0" * 4096])
def test_what_is_no_video_is_unreadable(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(content)

    with pytest.raises(MediaUnreadable, match=r"got 'a\.mp4': it is no MP4, MOV") as caught:
        probe(tmp_path / "a.mp4")

    assert caught.value.path == tmp_path / "a.mp4"
    assert not caught.value.retryable


def test_an_empty_file_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").touch()

    with pytest.raises(MediaUnreadable, match="it is empty"):
        probe(tmp_path / "a.mp4")


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(MediaUnreadable, match="No such file"):
        probe(tmp_path / "none.mp4")


def test_a_folder_or_a_named_pipe_is_unreadable_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")

    for path in (tmp_path, tmp_path / "pipe.mp4"):
        with pytest.raises(MediaUnreadable, match="no plain file"):
            probe(path)


@pytest.mark.parametrize("keeps", [0.97, 0.7, 0.3])
def test_a_clip_cut_short_is_unreadable_though_it_claims_its_full_length(
    keeps: float, tmp_path: Path
) -> None:
    whole = make_counting(tmp_path / "a.mp4", options=FAST_START).read_bytes()
    (tmp_path / "a.mp4").write_bytes(whole[: int(len(whole) * keeps)])

    with pytest.raises(MediaUnreadable, match="cut short"):
        probe(tmp_path / "a.mp4")


def test_a_webm_cut_short_is_unreadable(tmp_path: Path) -> None:
    whole = make_counting(tmp_path / "a.webm", options=("-c:v", "libvpx-vp9", "-deadline", "realtime"))
    content = whole.read_bytes()
    assert probe(whole).frames == 30

    whole.write_bytes(content[: len(content) // 2])

    with pytest.raises(MediaUnreadable, match="cut short"):
        probe(whole)


def test_a_clip_cut_short_after_it_was_probed_is_unreadable(tmp_path: Path) -> None:
    path = make_counting(tmp_path / "a.mp4", options=FAST_START)
    info, whole = probe(path), path.read_bytes()
    path.write_bytes(whole[: len(whole) * 7 // 10])

    with pytest.raises(MediaUnreadable, match=r"damaged|cut short"):
        read(path, count=30, info=info)


def test_a_clip_without_its_index_is_unreadable(tmp_path: Path) -> None:
    whole = make_counting(tmp_path / "a.mp4").read_bytes()
    (tmp_path / "a.mp4").write_bytes(whole[: whole.index(b"moov") - 4])

    with pytest.raises(MediaUnreadable, match="it is damaged"):
        probe(tmp_path / "a.mp4")


@pytest.mark.parametrize("seed", range(4))
def test_a_clip_with_flipped_bits_is_damaged(seed: int, tmp_path: Path) -> None:
    path = make_quarters(tmp_path / "a.mp4", codec=FAST_START, seconds=1.0, then="noise=alls=20:allf=t")
    info, content = probe(path), bytearray(path.read_bytes())
    chance = random.Random(seed)
    for _ in range(40):
        content[chance.randrange(content.index(b"mdat") + 900, len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)

    with pytest.raises(MediaUnreadable, match="damaged"):
        read(path, count=30, info=info)


@pytest.mark.parametrize("name", ["a.mp4", "a.webm"])
def test_random_damage_is_survived_or_told(name: str, tmp_path: Path) -> None:
    codec = ("-c:v", "libvpx-vp9", "-deadline", "realtime") if name == "a.webm" else FAST_START
    path = make_quarters(tmp_path / name, codec=codec, sound=name == "a.mp4")
    whole = path.read_bytes()

    for seed in range(40):
        path.write_bytes(damaged(whole, random.Random(seed)))
        with suppress(MediaUnreadable, MediaTooLarge):
            assert len(read(path, count=15)) == 15


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return a file some bytes of which are others, are gone, or are too many."""
    changed = bytearray(content)
    for _ in range(chance.choice([1, 3, 10, 50])):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    if chance.random() < 0.3:
        at = chance.randrange(len(changed))
        changed[at:at] = chance.randbytes(chance.randrange(8))
    return bytes(changed)


def test_a_clip_that_claims_a_hundred_hours_is_too_large(tmp_path: Path) -> None:
    content = bytearray(make_counting(tmp_path / "a.mp4", options=(*H264, "-use_editlist", "0")).read_bytes())
    for kind, place in ((b"mvhd", 20), (b"tkhd", 24), (b"mdhd", 20)):
        at = content.index(kind)
        rate = struct.unpack_from(">I", content, at + 16)[0] if kind != b"tkhd" else 1000
        struct.pack_into(">I", content, at + place, min(360_000 * rate, 2**32 - 2))
    frames_at = content.index(b"stts") + 12
    struct.pack_into(">I", content, frames_at + 4, 150_000_000)
    (tmp_path / "a.mp4").write_bytes(content)

    with pytest.raises(MediaTooLarge, match=r"at most 7,200 in the seconds of 'a\.mp4'"):
        probe(tmp_path / "a.mp4")


def huge(path: Path, side: int, *, is_told: bool) -> Path:
    """Write a MOV of one PNG picture that says that it is `side` pixels wide and high."""
    codec = ("-c:v", "png", "-frames:v", "1")
    content = bytearray(make_quarters(path, codec=codec, pix_fmt="rgb24").read_bytes())
    at = content.index(b"IHDR")
    struct.pack_into(">II", content, at + 4, side, side)
    struct.pack_into(">I", content, at + 17, zlib.crc32(content[at : at + 17]))
    if is_told:
        struct.pack_into(">HH", content, content.index(b"png ", content.index(b"stsd")) + 28, side, side)
    path.write_bytes(content)
    return path


def test_a_clip_of_thirty_thousand_pixels_squared_is_not_decoded(tmp_path: Path) -> None:
    with pytest.raises(MediaUnreadable, match="no size, or more than 16777216 pixels"):
        probe(huge(tmp_path / "a.mov", 30_000, is_told=True))


def test_pictures_that_are_larger_than_their_file_says_are_not_decoded(tmp_path: Path) -> None:
    limits = VideoLimits(clip_pixels=128 * 96)
    honest = make_quarters(tmp_path / "b.mov", codec=("-c:v", "png"), pix_fmt="rgb24")
    bomb = huge(tmp_path / "a.mov", 20_000, is_told=False)
    assert probe(honest, limits).frames == 15

    with pytest.raises(MediaUnreadable, match="cannot be read"):
        probe(bomb, limits)
    with pytest.raises(MediaUnreadable, match="damaged"):
        read(bomb, count=3, info=probe(honest), limits=limits)


def test_the_limits_are_the_callers(clips: Path) -> None:
    path = clips / "counting.mp4"

    with pytest.raises(MediaTooLarge, match="the bytes of"):
        probe(path, VideoLimits(source_bytes=100))
    with pytest.raises(MediaTooLarge, match="the pixels of"):
        probe(path, VideoLimits(clip_pixels=1000))
    with pytest.raises(MediaTooLarge, match="the seconds of"):
        probe(path, VideoLimits(clip_s=0.5))
    with pytest.raises(MediaTooLarge, match="the bytes of"):
        read(path, limits=VideoLimits(source_bytes=100))


def test_a_clip_of_endless_frames_is_too_large(clips: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packets, "_MOST_FRAMES", 20)

    with pytest.raises(MediaTooLarge, match=r"at most 20 in the frames of 'counting\.mp4', got 21"):
        probe(clips / "counting.mp4")


def test_a_clip_that_ends_after_its_head_has_no_pictures(tmp_path: Path) -> None:
    parts = make_counting(tmp_path / "a.mp4", options=(*H264, "-movflags", "empty_moov+frag_keyframe"))
    content = parts.read_bytes()
    assert probe(parts).frames == 30

    parts.write_bytes(content[: content.index(b"moof") - 4])

    with pytest.raises(MediaUnreadable, match="no pictures that can be decoded"):
        probe(parts)


def test_sound_alone_is_no_clip(clips: Path) -> None:
    with pytest.raises(MediaUnreadable, match="no pictures"):
        probe(clips / "sound.m4a")


def test_pictures_in_an_unknown_code_are_unreadable(clips: Path, tmp_path: Path) -> None:
    content = (clips / "counting.mp4").read_bytes()
    (tmp_path / "a.mp4").write_bytes(content.replace(b"avc1\0\0\0\0", b"zzzz\0\0\0\0"))

    with pytest.raises(MediaUnreadable, match="code that is not known"):
        probe(tmp_path / "a.mp4")


def test_a_clip_that_is_deleted_before_it_is_read_is_unreadable(clips: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes((clips / "counting.mp4").read_bytes())
    info = probe(path)
    path.unlink()

    with pytest.raises(MediaUnreadable, match="No such file"):
        read(path, info=info)


def test_a_clip_that_is_deleted_while_it_is_read_is_read_to_its_end(clips: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes((clips / "counting.mp4").read_bytes())
    frames = clip_frames(
        path, starts_s=0, frames=30, fps=30, size=SMALL, fit="cover", focus=(0.5, 0.5), info=probe(path),
        program=default_program(), limits=PATIENT,
    )  # fmt: skip

    next(frames)
    path.unlink()

    assert len(list(frames)) == 29


def test_failures_of_ffmpeg_itself_are_not_blamed_on_the_clip(clips: Path, tmp_path: Path) -> None:
    path = clips / "counting.mp4"

    with pytest.raises(FfmpegMissing):
        read(path, program="/nowhere/ffmpeg")
    with pytest.raises(FfmpegKilled):
        read(path, program=script(tmp_path, "kill -9 $$"))
    with pytest.raises(FfmpegStalled):
        read(path, program=script(tmp_path, "sleep 600"), limits=HASTY)


def test_a_failure_without_words_is_told_by_its_code(clips: Path, tmp_path: Path) -> None:
    with pytest.raises(MediaUnreadable, match=r"damaged \(code 7\)"):
        read(clips / "counting.mp4", program=script(tmp_path, "exit 7"))


def test_sound_in_an_unknown_code_is_no_obstacle(tmp_path: Path) -> None:
    content = make_quarters(tmp_path / "a.mp4", sound=True).read_bytes()
    content = content.replace(b"mp4a\0\0\0\0", b"zzzz\0\0\0\0").replace(b"esds", b"zzzz")
    (tmp_path / "a.mp4").write_bytes(content)

    (sound,) = probe(tmp_path / "a.mp4").sounds

    assert (sound.codec, sound.rate_hz) == ("unknown", 0)


@pytest.mark.parametrize(
    "name", ["-dash 'quote\" %03d: ünï\nline.mp4", "http:a?b#c;d|e.mp4", "concat:a|b.mp4"]
)
def test_any_name_is_only_a_name(name: str, clips: Path, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes((clips / "counting.mp4").read_bytes())

    assert probe(path).frames == 30
    assert len(read(path, count=3)) == 3


def test_a_name_relative_to_the_working_folder_is_found(clips: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(clips)

    assert len(read(Path("counting.mp4"), count=3)) == 3


def test_odd_metadata_is_no_obstacle(clips: Path, tmp_path: Path) -> None:
    run_ffmpeg("-i", clips / "counting.mp4", "-c", "copy", "-metadata", "title=XXXX", tmp_path / "a.mp4")
    content = (tmp_path / "a.mp4").read_bytes()
    (tmp_path / "a.mp4").write_bytes(content.replace(b"XXXX", b"\xff\xfe\xe4\x80"))

    assert probe(tmp_path / "a.mp4").frames == 30
