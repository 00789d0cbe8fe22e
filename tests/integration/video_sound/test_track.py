"""What finished tracks are, and what is heard when."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from postengine.render.video.spec import ClipScene, Music, PhotoScene, Sound, Transition, VideoSpec, Voice
from tests.integration.video_sound.sounds import (
    RATE,
    ffmpeg,
    heard,
    make,
    noise,
    rms,
    save,
    speech,
    tone,
    video,
)

QUIET_LUFS = -23.0
CUT = Transition(kind="cut")


@pytest.mark.parametrize(("fps", "frames"), [(24, 7), (25, 31), (30, 1), (60, 1), (60, 91)])
def test_a_track_is_exactly_as_long_as_the_video(fps: int, frames: int, tmp_path: Path) -> None:
    scenes = [{"kind": "photo", "source": "photo", "seconds": frames / fps}]
    spec = VideoSpec.model_validate({"scenes": scenes, "fps": fps})

    make(spec, tmp_path / "track.m4a")

    # One frame at 60 a second is shorter than a packet.
    assert len(heard(tmp_path / "track.m4a")) == max(frames * RATE // fps, 1025)


def test_a_track_is_what_networks_take(tmp_path: Path) -> None:
    track = tmp_path / "track.m4a"

    make(video(3, Sound(music=Music(source="music"))), track, save(tmp_path / "music.wav", noise(3)))

    with av.open(str(track)) as container:
        stream = container.streams.audio[0]
        packets = [packet for packet in container.demux(stream) if packet.size]
        assert len(container.streams) == 1
        assert (stream.codec_context.name, stream.profile) == ("aac", "LC")
        assert (stream.rate, stream.layout.name) == (48_000, "stereo")
        assert packets[0].pts == 0
        assert sum(packet.duration or 0 for packet in packets) == 3 * RATE
    data = track.read_bytes()
    assert b"elst" not in data
    assert data.index(b"moov") < data.index(b"mdat")


def test_the_bit_rate_is_as_asked_for(tmp_path: Path) -> None:
    music = save(tmp_path / "music.wav", noise(4))
    small, large = tmp_path / "small.m4a", tmp_path / "large.m4a"

    make(video(4, Sound(music=Music(source="music"))), small, music, bit_rate_kbps=64)
    make(video(4, Sound(music=Music(source="music"))), large, music, bit_rate_kbps=128)

    assert small.stat().st_size < 0.7 * large.stat().st_size


def test_the_same_sound_is_the_same_bytes_and_brings_no_metadata(tmp_path: Path) -> None:
    save(tmp_path / "plain.wav", noise(3))
    ffmpeg("-i", tmp_path / "plain.wav", "-metadata", "title=Geheim", tmp_path / "music.mp3")
    first, second = tmp_path / "first.m4a", tmp_path / "second.m4a"

    for track in (first, second):
        make(video(3, Sound(music=Music(source="music"))), track, tmp_path / "music.mp3")

    assert first.read_bytes() == second.read_bytes()
    assert b"Geheim" not in first.read_bytes()
    assert b"Lavf" not in first.read_bytes()


def test_nothing_is_left_beside_the_track(tmp_path: Path) -> None:
    music = save(tmp_path / "music.wav", noise(1))
    (tmp_path / "out").mkdir()

    make(video(2, Sound(music=Music(source="music"))), tmp_path / "out" / "track.m4a", music)

    assert [file.name for file in (tmp_path / "out").iterdir()] == ["track.m4a"]


def test_what_is_heard_is_in_time(tmp_path: Path) -> None:
    sound = speech(4)
    voice = save(tmp_path / "voice.wav", sound)

    make(
        video(5, Sound(voices=(Voice(source="voice", at_s=0.5),), loudness_lufs=QUIET_LUFS)),
        tmp_path / "track.m4a",
        voice,
    )

    track = heard(tmp_path / "track.m4a")[:, 0]
    expected = np.zeros(len(track))
    expected[RATE // 2 : RATE // 2 + len(sound)] = sound[:, 0]
    match = np.fft.irfft(np.fft.rfft(track) * np.conj(np.fft.rfft(expected)))
    assert abs(int(np.argmax(match))) <= 1


@pytest.mark.parametrize("ending", ["mp3", "m4a", "flac", "ogg", "aac", "webm", "mov"])
def test_every_kind_of_file_is_heard(ending: str, tmp_path: Path) -> None:
    ffmpeg("-i", save(tmp_path / "plain.wav", tone(3)), tmp_path / f"music.{ending}")

    told = make(
        video(3, Sound(music=Music(source="music"))), tmp_path / "track.m4a", tmp_path / f"music.{ending}"
    )

    assert told.is_reached
    assert loudest_hertz(heard(tmp_path / "track.m4a")) == pytest.approx(440, abs=2)


@pytest.mark.parametrize(
    "options",
    [("-ar", "44100"), ("-ar", "8000", "-ac", "1"), ("-ac", "6"), ("-c:a", "pcm_f32le"), ("-c:a", "pcm_u8")],
)
def test_every_rate_and_number_of_channels_is_heard(options: tuple[str, ...], tmp_path: Path) -> None:
    ffmpeg("-i", save(tmp_path / "plain.wav", tone(3)), *options, tmp_path / "music.wav")

    told = make(video(3, Sound(music=Music(source="music"))), tmp_path / "track.m4a", tmp_path / "music.wav")

    assert told.is_reached
    assert loudest_hertz(heard(tmp_path / "track.m4a")) == pytest.approx(440, abs=2)


def test_a_voice_in_mono_is_as_loud_as_the_same_in_stereo(tmp_path: Path) -> None:
    one = save(tmp_path / "one.wav", tone(2)[:, :1])
    two = save(tmp_path / "two.wav", tone(2))
    voices = (Voice(source="one"), Voice(source="two", at_s=2.0))

    make(video(4, Sound(voices=voices, loudness_lufs=QUIET_LUFS)), tmp_path / "track.m4a", one, two)

    track = heard(tmp_path / "track.m4a")
    assert rms(track[10_000:90_000]) == pytest.approx(rms(track[106_000:186_000]), rel=0.02)


def test_music_begins_again_where_it_began(tmp_path: Path) -> None:
    rising = np.concatenate([tone(1, 300), tone(1, 600), tone(1, 1200)])
    music = Music(source="music", starts_s=1, fade_out_s=0)

    make(video(5, Sound(music=music)), tmp_path / "track.m4a", save(tmp_path / "music.wav", rising))

    track = heard(tmp_path / "track.m4a")
    seconds = [track[n * RATE + 5000 : (n + 1) * RATE - 5000] for n in range(5)]
    assert [round(loudest_hertz(part), -1) for part in seconds] == [600, 1200, 600, 1200, 600]


@pytest.mark.parametrize("ending", ["wav", "mp3", "m4a", "mov", "ogg"])
@pytest.mark.parametrize("starts_s", [0.0, 0.5, 0.987])
def test_music_begins_again_without_a_gap_wherever_it_begins(
    ending: str, starts_s: float, tmp_path: Path
) -> None:
    tune = save(tmp_path / "tune.wav", tone(2))
    ffmpeg("-i", tune, tmp_path / f"music.{ending}")

    sound = Sound(music=Music(source="music", starts_s=starts_s, fade_out_s=0))
    make(video(5, sound), tmp_path / "track.m4a", tmp_path / f"music.{ending}")

    track = heard(tmp_path / "track.m4a")[RATE // 10 : -RATE // 10]
    levels = [rms(track[at : at + 480]) for at in range(0, len(track) - 480, 480)]
    assert min(levels) > 0.7 * max(levels)


def test_music_that_does_not_begin_again_fades_out_before_its_end(tmp_path: Path) -> None:
    music = Music(source="music", loops=False, fade_out_s=1)

    make(video(5, Sound(music=music)), tmp_path / "track.m4a", save(tmp_path / "music.wav", tone(3)))

    track = heard(tmp_path / "track.m4a")
    levels = [rms(track[round(at * RATE) :][:4800]) for at in (1.0, 2.5, 2.88, 3.2, 4.5)]
    assert levels[0] > levels[1] > levels[2] > 10 * levels[3]
    assert levels[3] == pytest.approx(0, abs=1e-3)


def test_music_fades_in_and_out(tmp_path: Path) -> None:
    music = Music(source="music", fade_in_s=1, fade_out_s=1)

    make(video(4, Sound(music=music)), tmp_path / "track.m4a", save(tmp_path / "music.wav", tone(4)))

    track = heard(tmp_path / "track.m4a")
    start, middle, end = (rms(track[at : at + 4800]) for at in (2000, 2 * RATE, 4 * RATE - 4800))
    assert start < 0.2 * middle > end


def test_music_gives_way_to_a_voice_by_what_was_asked_for(tmp_path: Path) -> None:
    music, voice = (
        save(tmp_path / "music.wav", tone(9, 400)),
        save(tmp_path / "voice.wav", tone(3, 3000, 0.1)),
    )
    sound = Sound(
        music=Music(source="music", fade_out_s=0),
        voices=(Voice(source="voice", at_s=3),),
        ducking_db=10,
        loudness_lufs=QUIET_LUFS,
    )

    make(video(9, sound), tmp_path / "track.m4a", music, voice)

    track = heard(tmp_path / "track.m4a")
    alone, under, after = (level_at(track[at * RATE :][:RATE], 400) for at in (1, 4, 8))
    assert 20 * np.log10(alone / under) == pytest.approx(10, abs=0.3)
    assert alone == pytest.approx(after, rel=0.03)


def test_clips_keep_their_sound_and_cross_without_a_dip(tmp_path: Path) -> None:
    garden = film(tmp_path / "garden.mp4", tone(4, 500))
    street = film(tmp_path / "street.mp4", tone(4, 2000))
    scenes = (
        ClipScene(source="garden", starts_s=1, seconds=2, sound=True),
        ClipScene(source="street", seconds=2, sound=True, transition=Transition(seconds=1)),
        PhotoScene(source="photo", seconds=1, transition=CUT),
    )

    make(video(0, Sound(loudness_lufs=QUIET_LUFS), *scenes), tmp_path / "track.m4a", garden, street)

    track = heard(tmp_path / "track.m4a")
    assert len(track) == 4 * RATE
    assert level_at(track[: RATE - 480], 2000) < 0.01 * level_at(track[: RATE - 480], 500)
    crossing = track[round(1.45 * RATE) : round(1.55 * RATE)]
    assert level_at(crossing, 500) == pytest.approx(level_at(crossing, 2000), rel=0.1)
    assert rms(crossing) == pytest.approx(rms(track[RATE // 2 : RATE]), rel=0.05)
    assert rms(track[3 * RATE + 2000 :]) < 1e-3


def test_a_mute_clip_and_one_without_sound_are_silent(tmp_path: Path) -> None:
    loud, dumb = film(tmp_path / "loud.mp4", tone(2)), film(tmp_path / "dumb.mp4", None)
    scenes = (
        ClipScene(source="loud", seconds=2),
        ClipScene(source="dumb", seconds=2, sound=True, transition=CUT),
    )

    told = make(video(0, Sound(), *scenes), tmp_path / "track.m4a", loud, dumb)

    assert told.true_peak_db is None


def test_a_clip_whose_sound_is_over_is_silent(tmp_path: Path) -> None:
    clip = film(tmp_path / "clip.mp4", tone(1))
    scene = ClipScene(source="clip", starts_s=2, seconds=2, sound=True)

    told = make(video(0, Sound(), scene), tmp_path / "track.m4a", clip)

    assert told.true_peak_db is None


def test_a_clip_whose_sound_begins_late_is_in_time(tmp_path: Path) -> None:
    clip = film(tmp_path / "clip.mp4", tone(2), late_s=1.0)

    make(
        video(0, Sound(loudness_lufs=QUIET_LUFS), ClipScene(source="clip", seconds=3, sound=True)),
        tmp_path / "track.m4a",
        clip,
    )

    track = heard(tmp_path / "track.m4a")
    loud = np.flatnonzero(np.abs(track[:, 0]) > 0.02)
    assert loud[0] == pytest.approx(RATE, abs=1500)


def film(file: Path, sound: np.ndarray | None, *, late_s: float = 0.0) -> Path:
    """Make a clip of four seconds."""
    pictures = ("-f", "lavfi", "-i", "color=gray:s=64x64:r=10:d=4")
    if sound is None:
        ffmpeg(*pictures, file)
        return file
    heard_in = save(file.with_suffix(".wav"), sound)
    ffmpeg(*pictures, "-itsoffset", str(late_s), "-i", heard_in, "-b:a", "256k", file)
    return file


def loudest_hertz(sound: np.ndarray) -> float:
    """Return where its spectrum is highest."""
    power = np.abs(np.fft.rfft(sound[:, 0] * np.hanning(len(sound))))
    return float(np.argmax(power) * RATE / len(sound))


def level_at(sound: np.ndarray, hertz: float) -> float:
    """Return how much of a frequency is in it."""
    wave = np.exp(-2j * np.pi * hertz * np.arange(len(sound)) / RATE) * np.hanning(len(sound))
    return float(np.abs(np.dot(sound[:, 0], wave)) / len(sound))
