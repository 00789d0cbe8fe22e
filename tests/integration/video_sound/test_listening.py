"""What an uploaded sound is, of whatever kind, and what is none."""

from __future__ import annotations

import contextlib
import random
import wave
from pathlib import Path

import pytest
from PIL import Image

from postengine.render import MediaTooLarge, MediaUnreadable, PhotoUnreadable, VideoLimits, inspect_file
from postengine.render.errors import RenderError
from postengine.render.video.sound.listening import is_sound, listen
from tests.integration.video.test_bad_clips import damaged
from tests.integration.video_sound.sounds import ffmpeg, noise, save


@pytest.fixture
def tune(tmp_path: Path) -> Path:
    return save(tmp_path / "tune.wav", noise(6))


@pytest.mark.parametrize(
    ("name", "options", "mime"),
    [
        ("a.mp3", (), "audio/mpeg"),
        ("a.m4a", (), "audio/mp4"),
        ("a.mp4", (), "audio/mp4"),
        ("a.wav", ("-ac", "1", "-ar", "22050"), "audio/wav"),
        ("a.flac", (), "audio/flac"),
        ("a.ogg", (), "audio/ogg"),
        ("a.opus", (), "audio/ogg"),
        ("a.aac", (), "audio/aac"),
        ("a.webm", ("-c:a", "libopus"), "audio/webm"),
    ],
)
def test_a_sound_is_known_by_what_is_in_it(
    tmp_path: Path, tune: Path, name: str, options: tuple[str, ...], mime: str
) -> None:
    ffmpeg("-i", tune, *options, tmp_path / name)
    file = (tmp_path / name).rename(tmp_path / "upload")

    found = inspect_file(file)

    assert (found.mime, found.width_px, found.height_px) == (mime, 0, 0)
    assert found.duration_s == pytest.approx(6, abs=0.06)
    assert found.size_bytes == file.stat().st_size


@pytest.mark.parametrize("name", ["a.mp3", "a.m4a"])
def test_a_cover_makes_no_video_of_a_song(tmp_path: Path, tune: Path, name: str) -> None:
    Image.new("RGB", (64, 64), "teal").save(tmp_path / "cover.jpg")
    cover = ("-i", tmp_path / "cover.jpg", "-map", "0", "-map", "1", "-c:v", "copy")
    ffmpeg("-i", tune, *cover, "-disposition:v", "attached_pic", tmp_path / name)

    assert inspect_file(tmp_path / name).mime.startswith("audio/")


@pytest.mark.parametrize("sound", [(), ("-an",)])
def test_a_video_is_no_sound(tmp_path: Path, tune: Path, sound: tuple[str, ...]) -> None:
    film = tmp_path / "film.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=teal:s=64x64:d=1", "-i", tune, "-shortest", *sound, film)

    assert not is_sound(film)
    assert inspect_file(film).mime == "video/mp4"


def test_the_voice_of_a_video_may_be_listened_to_alone(tmp_path: Path, tune: Path) -> None:
    film = tmp_path / "film.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=teal:s=64x64:d=6", "-i", tune, film)

    assert listen(film).duration_s == pytest.approx(6, abs=0.06)


def test_a_silent_film_says_nothing(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=teal:s=64x64:d=1", film)

    with pytest.raises(MediaUnreadable, match="it has no sound"):
        listen(film)


@pytest.mark.parametrize("ending", ["m4a", "flac", "wav", "webm"])
def test_a_sound_that_is_cut_short_is_refused(tmp_path: Path, tune: Path, ending: str) -> None:
    whole = tmp_path / f"whole.{ending}"
    ffmpeg("-i", tune, "-movflags", "+faststart", whole) if ending == "m4a" else ffmpeg("-i", tune, whole)
    content = whole.read_bytes()
    (tmp_path / "cut").write_bytes(content[: len(content) // 2])

    with pytest.raises(MediaUnreadable, match="it is cut short"):
        inspect_file(tmp_path / "cut")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", PhotoUnreadable),
        (b"Dear Sir or Madam", PhotoUnreadable),
        (b"#EXTM3U\n/etc/passwd\n", PhotoUnreadable),
        (b"ID3" + bytes(range(256)) * 40, MediaUnreadable),
        (b"OggS" + bytes(range(256)) * 40, MediaUnreadable),
        (b"\x1a\x45\xdf\xa3" + bytes(100), PhotoUnreadable),
        (b"\x00\x00\x00\x18ftypM4A " + bytes(100), MediaUnreadable),
    ],
)
def test_what_is_no_sound_is_refused(tmp_path: Path, content: bytes, error: type[RenderError]) -> None:
    (tmp_path / "upload").write_bytes(content)

    with pytest.raises(error):
        inspect_file(tmp_path / "upload")


@pytest.mark.parametrize("name", ["a.mp3", "a.m4a", "a.flac", "a.ogg", "a.aac", "a.webm"])
def test_random_damage_is_survived_or_told(tmp_path: Path, tune: Path, name: str) -> None:
    ffmpeg("-i", tune, tmp_path / name)
    content, outcomes = (tmp_path / name).read_bytes(), set[str]()

    for seed in range(30):
        (tmp_path / name).write_bytes(damaged(content, random.Random(seed)))
        with contextlib.suppress(MediaUnreadable, PhotoUnreadable, MediaTooLarge):
            outcomes.add(inspect_file(tmp_path / name).mime)

    assert outcomes <= {"audio/mpeg", "audio/mp4", "audio/flac", "audio/ogg", "audio/aac", "audio/webm"}


def test_a_sound_without_a_single_sample_is_refused(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "none.wav"), "wb") as none:
        none.setparams((1, 2, 48_000, 0, "NONE", ""))

    with pytest.raises(MediaUnreadable, match="it holds no sound that can be decoded"):
        inspect_file(tmp_path / "none.wav")


def test_a_first_frame_of_junk_is_passed_over(tmp_path: Path, tune: Path) -> None:
    file = tmp_path / "odd.aac"
    ffmpeg("-i", tune, file)
    spoilt = bytearray(file.read_bytes())
    spoilt[7:60] = b"\xff" * 53
    file.write_bytes(spoilt)

    assert inspect_file(file).duration_s == pytest.approx(6, abs=0.1)


def test_nothing_but_junk_is_refused(tmp_path: Path, tune: Path) -> None:
    file = tmp_path / "odd.m4a"
    ffmpeg("-i", tune, file)
    content = file.read_bytes()
    begins = content.index(b"mdat") + 4
    ends = content.index(b"moov") - 4
    file.write_bytes(content[:begins] + b"\xff" * (ends - begins) + content[ends:])

    with pytest.raises(MediaUnreadable, match="it holds no sound that can be decoded"):
        inspect_file(file)


def test_a_sound_beyond_a_limit_is_refused(tune: Path) -> None:
    with pytest.raises(MediaTooLarge, match="seconds"):
        listen(tune, VideoLimits(clip_s=5))
