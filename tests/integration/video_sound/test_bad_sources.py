"""Sources that are broken, too large, not there, or made to open something else."""

from __future__ import annotations

import errno
import random
import socket
from pathlib import Path

import pytest

from postengine.render.errors import (
    FfmpegFailed,
    FfmpegKilled,
    FfmpegMissing,
    FfmpegStalled,
    MediaTooLarge,
    MediaUnreadable,
    PictureMissing,
    RenderCancelled,
    RenderOutOfSpace,
)
from postengine.render.video.limits import VideoLimits
from postengine.render.video.spec import Music, Sound
from tests.integration.video_sound.sounds import PROGRAM, ffmpeg, make, noise, save, video

SPEC = video(6, Sound(music=Music(source="music")))


@pytest.fixture
def music(tmp_path: Path) -> Path:
    return save(tmp_path / "music.wav", noise(6))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b"Dear Sir or Madam, " * 500, "it is no MP3"),
        (random.Random(1).randbytes(50_000), "it is no MP3|of an unknown kind"),
        (b"RIFF", "it is no MP3"),
    ],
)
@pytest.mark.parametrize("ending", ["mp3", "wav"])
def test_what_is_no_sound_is_refused(content: bytes, reason: str, ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"music.{ending}"
    file.write_bytes(content)

    with pytest.raises(MediaUnreadable, match=reason) as caught:
        make(SPEC, tmp_path / "track.m4a", file)

    assert caught.value.path == file


@pytest.mark.parametrize("ending", ["wav", "flac", "m4a"])
def test_a_file_that_is_cut_short_is_refused(ending: str, music: Path, tmp_path: Path) -> None:
    whole, cut = tmp_path / f"whole.{ending}", tmp_path / "cut" / f"music.{ending}"
    faststart = ("-movflags", "+faststart") if ending == "m4a" else ()
    ffmpeg("-i", music, *faststart, whole)
    cut.parent.mkdir()
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    with pytest.raises(MediaUnreadable, match="it is cut short, "):
        make(SPEC, tmp_path / "track.m4a", cut)


def test_a_wav_that_never_knew_its_length_is_taken(tmp_path: Path) -> None:
    save(tmp_path / "plain.wav", noise(6))
    streamed = ffmpeg("-i", tmp_path / "plain.wav", "-f", "wav", "pipe:1").stdout
    (tmp_path / "music.wav").write_bytes(streamed)

    assert make(SPEC, tmp_path / "track.m4a", tmp_path / "music.wav").is_reached


def test_a_file_that_is_mostly_broken_is_refused(music: Path, tmp_path: Path) -> None:
    broken = tmp_path / "music.flac"
    ffmpeg("-i", music, broken)
    data = bytearray(broken.read_bytes())
    for place in range(20_000, len(data), 700):
        data[place] ^= 0xFF
    broken.write_bytes(data)

    with pytest.raises(MediaUnreadable, match="its sound cannot be decoded"):
        make(SPEC, tmp_path / "track.m4a", broken)


def test_a_sound_that_nobody_can_decode_is_refused(music: Path, tmp_path: Path) -> None:
    strange = tmp_path / "music.webm"
    ffmpeg("-i", music, strange)
    strange.write_bytes(strange.read_bytes().replace(b"A_OPUS", b"A_XXXX"))

    with pytest.raises(MediaUnreadable, match="its sound is of an unknown kind"):
        make(SPEC, tmp_path / "track.m4a", strange)


def test_a_film_without_sound_is_no_music(tmp_path: Path) -> None:
    ffmpeg("-f", "lavfi", "-i", "color=gray:s=64x64:r=10:d=1", tmp_path / "music.mp4")

    with pytest.raises(MediaUnreadable, match="it has no sound"):
        make(SPEC, tmp_path / "track.m4a", tmp_path / "music.mp4")


def test_a_source_that_was_not_handed_over_is_named(tmp_path: Path) -> None:
    with pytest.raises(PictureMissing, match="'music'") as caught:
        make(SPEC, tmp_path / "track.m4a")

    assert caught.value.key == "music"


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(MediaUnreadable, match=r"'music\.mp3': there is no such file"):
        make(SPEC, tmp_path / "track.m4a", tmp_path / "music.mp3")


def test_a_file_that_goes_meanwhile_is_named(music: Path, tmp_path: Path) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text(f'#!/bin/sh\nrm -f {music}\nexec {PROGRAM} "$@"\n')
    program.chmod(0o755)

    with pytest.raises(MediaUnreadable, match="its sound cannot be decoded"):
        make(SPEC, tmp_path / "track.m4a", music, program=str(program))


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        (VideoLimits(source_bytes=1000), "the bytes of 'music.wav'"),
        (VideoLimits(clip_s=5), "the seconds of 'music.wav'"),
        (VideoLimits(output_bytes=10_000), "the video's bytes"),
    ],
)
def test_what_is_beyond_a_limit_is_refused(
    limits: VideoLimits, what: str, music: Path, tmp_path: Path
) -> None:
    with pytest.raises(MediaTooLarge) as caught:
        make(SPEC, tmp_path / "track.m4a", music, limits=limits)

    assert caught.value.what == what
    assert [file.name for file in tmp_path.iterdir()] == ["music.wav"]


@pytest.mark.parametrize("ending", ["mp3", "wav", "m4a"])
def test_no_other_file_and_no_network_is_opened(ending: str, music: Path, tmp_path: Path) -> None:
    secret = music.rename(tmp_path / "secret.wav")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        port = server.getsockname()[1]
        for script in (
            f"ffconcat version 1.0\nfile '{secret}'\n",
            f"#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nfile://{secret}\n#EXT-X-ENDLIST\n",
            f"#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nhttp://127.0.0.1:{port}/a\n#EXT-X-ENDLIST\n",
        ):
            trap = tmp_path / f"music.{ending}"
            trap.write_text(script)
            with pytest.raises(MediaUnreadable, match="it is no MP3"):
                make(SPEC, tmp_path / "track.m4a", trap)
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("name", ["-i -y.wav", 'it\'s "mine".wav', "line\nbreak.wav", "50% [a];b:c,d.wav"])
def test_any_name_is_only_a_name(name: str, music: Path, tmp_path: Path) -> None:
    odd = music.rename(tmp_path / name)
    spec = video(6, Sound(music=Music(source=odd.stem)))

    assert make(spec, tmp_path / "track.m4a", odd).is_reached


def test_samples_that_are_no_numbers_spoil_nothing_else(tmp_path: Path) -> None:
    raw = noise(6).astype("<f4")
    raw[5000:5010], raw[9000] = float("nan"), float("inf")
    (tmp_path / "raw").write_bytes(raw.tobytes())
    options = ("-f", "f32le", "-ar", "48000", "-ac", "2", "-i", tmp_path / "raw", "-c:a", "pcm_f32le")
    ffmpeg(*options, tmp_path / "music.wav")

    told = make(SPEC, tmp_path / "track.m4a", tmp_path / "music.wav")

    assert told.integrated_lufs == pytest.approx(-14, abs=1)


def test_no_ffmpeg_is_told(music: Path, tmp_path: Path) -> None:
    with pytest.raises(FfmpegMissing):
        make(SPEC, tmp_path / "track.m4a", music, program=str(tmp_path / "ffmpeg"))


@pytest.mark.parametrize(("does", "error"), [("kill -9 $$", FfmpegKilled), ("exec sleep 60", FfmpegStalled)])
def test_a_decoder_that_ends_or_hangs_is_no_fault_of_the_file(
    does: str, error: type[FfmpegFailed], music: Path, tmp_path: Path
) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text(f'#!/bin/sh\ncase "$*" in *asetnsamples*) {does};; esac\nexec {PROGRAM} "$@"\n')
    program.chmod(0o755)

    with pytest.raises(error):
        make(SPEC, tmp_path / "track.m4a", music, program=str(program), limits=VideoLimits(stall_s=1))

    assert not (tmp_path / "track.m4a").exists()


def test_the_caller_can_stop_it_at_any_second(music: Path, tmp_path: Path) -> None:
    seconds = 0

    def stop() -> None:
        nonlocal seconds
        seconds += 1
        if seconds == 9:
            raise RenderCancelled(0)

    with pytest.raises(RenderCancelled):
        make(SPEC, tmp_path / "track.m4a", music, on_second=stop)

    assert seconds == 9
    assert [file.name for file in tmp_path.iterdir()] == ["music.wav"]


@pytest.mark.parametrize(("number", "error"), [(errno.ENOSPC, RenderOutOfSpace), (errno.EIO, OSError)])
def test_a_full_disk_is_told(number: int, error: type[Exception], music: Path, tmp_path: Path) -> None:
    def fail() -> None:
        raise OSError(number, "no luck")

    with pytest.raises(error):
        make(SPEC, tmp_path / "track.m4a", music, on_second=fail)
