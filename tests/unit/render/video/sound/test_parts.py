"""What is heard when."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import pytest

from postengine.render.errors import MediaUnreadable, VideoSpecInvalid
from postengine.render.video.plan import timing_of
from postengine.render.video.sound.parts import Parts, parts_of, sample_count, sources_of
from postengine.render.video.sound.source import SoundFile
from postengine.render.video.spec import ClipScene, Music, PhotoScene, Sound, Transition, VideoSpec, Voice

CUT = Transition(kind="cut")
PHOTO = PhotoScene(source="photo", seconds=4)
GARDEN = ClipScene(source="garden", starts_s=2, seconds=3, sound=True, volume_db=-6)
STREET = ClipScene(source="street", seconds=3, sound=True)


def video(*scenes: PhotoScene | ClipScene, **sound: object) -> VideoSpec:
    return VideoSpec(scenes=scenes, sound=Sound.model_validate(sound), transition=Transition(seconds=0.5))


def parts(spec: VideoSpec, *, seconds: float | None = 60.0, channels: int = 2) -> Parts:
    files = {
        name: SoundFile(Path(f"/{name}.wav"), channels, seconds, is_told=True) for name in sources_of(spec)
    }
    return parts_of(spec, timing_of(spec, {}), files)


def test_sources_are_those_that_are_heard_each_once() -> None:
    mute = STREET.model_copy(update={"sound": False})
    spec = video(PHOTO, GARDEN, mute, GARDEN, music=Music(source="tune"), voices=(Voice(source="agent"),))

    assert sources_of(spec) == ("tune", "agent", "garden")


def test_a_video_of_photos_alone_has_nothing_to_hear() -> None:
    assert parts(video(PHOTO)).all == ()


@pytest.mark.parametrize(("fps", "samples"), [(24, 2000), (25, 1920), (30, 1600), (60, 800)])
def test_a_frame_has_a_whole_number_of_samples(fps: Literal[24, 25, 30, 60], samples: int) -> None:
    spec = VideoSpec(scenes=(PhotoScene(source="photo", seconds=1 / fps),), fps=fps)

    assert sample_count(timing_of(spec, {})) == samples


def test_music_that_loops_goes_on_to_the_end() -> None:
    music = parts(video(PHOTO, music=Music(source="tune", fade_in_s=1, fade_out_s=2)), seconds=1).music

    assert music is not None
    assert (music.first, music.end, music.loops) == (0, 4 * 48_000, True)
    assert (music.fade_in, music.fade_out) == (48_000, 96_000)


def test_music_that_does_not_loop_ends_with_its_file() -> None:
    music = parts(video(PHOTO, music=Music(source="tune", starts_s=1, loops=False)), seconds=3).music

    assert music is not None
    assert music.end == 2 * 48_000


def test_music_of_unknown_length_goes_on_to_the_end() -> None:
    music = parts(video(PHOTO, music=Music(source="tune", loops=False)), seconds=None).music

    assert music is not None
    assert music.end == 4 * 48_000


def test_a_voice_ends_with_its_file_or_with_the_video() -> None:
    spec = video(PHOTO, voices=(Voice(source="agent", at_s=1), Voice(source="agent", at_s=2.5)))

    first, second = parts(spec, seconds=2).voices

    assert (first.first, first.end) == (48_000, 3 * 48_000)
    assert (second.first, second.end) == (120_000, 4 * 48_000)


def test_a_clip_comes_and_goes_with_its_transitions() -> None:
    (clip,) = parts(video(PHOTO, GARDEN, PHOTO)).clips

    assert (clip.first, clip.end) == (168_000, 168_000 + 3 * 48_000)
    assert (clip.fade_in, clip.fade_out) == (24_000, 24_000)
    assert (clip.starts_s, clip.volume_db) == (2, -6)


def test_two_clips_cross_over_the_frames_that_they_share() -> None:
    garden, street = parts(video(GARDEN, STREET)).clips

    assert garden.end - street.first == garden.fade_out == street.fade_in == 24_000


def test_a_cut_has_an_edge_that_does_not_click() -> None:
    street = STREET.model_copy(update={"transition": CUT})

    garden, street_part = parts(video(GARDEN, street)).clips

    assert garden.end == street_part.first
    assert garden.fade_out == street_part.fade_in == 480


def test_a_clip_without_sound_is_left_out() -> None:
    assert parts(video(GARDEN), channels=0).clips == ()


def test_music_without_sound_is_refused() -> None:
    with pytest.raises(MediaUnreadable, match=r"'tune\.wav': it has no sound"):
        parts(video(PHOTO, music=Music(source="tune")), channels=0)


def test_a_voice_without_sound_is_refused() -> None:
    with pytest.raises(MediaUnreadable, match=r"'agent\.wav': it has no sound"):
        parts(video(PHOTO, voices=(Voice(source="agent"),)), channels=0)


def test_a_voice_after_the_end_of_the_video_is_told_with_its_place() -> None:
    spec = video(PHOTO, voices=(Voice(source="agent"), Voice(source="agent", at_s=4)))

    with pytest.raises(VideoSpecInvalid, match="4 s of the video, got 4; begin sooner") as caught:
        parts(spec)

    assert caught.value.problems[0].path == "sound.voices[1].at_s"


def test_music_after_the_end_of_its_file_is_told_with_its_place() -> None:
    with pytest.raises(VideoSpecInvalid, match=r"60 s of 'tune\.wav', got 61; begin sooner") as caught:
        parts(video(PHOTO, music=Music(source="tune", starts_s=61)))

    assert caught.value.problems[0].path == "sound.music.starts_s"


def test_everything_is_in_one_order() -> None:
    found = parts(video(GARDEN, music=Music(source="tune"), voices=(Voice(source="agent"),)))

    assert [part.file.path.stem for part in found.all] == ["tune", "agent", "garden"]
    assert found.voices[0].end < sys.maxsize
