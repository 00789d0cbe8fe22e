"""Picture and sound in one file."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from postengine.render.errors import FfmpegFailed, MediaTooLarge, RenderOutOfSpace
from postengine.render.video.ffmpeg.mux import mux
from postengine.render.video.ffmpeg.program import default_program
from postengine.render.video.limits import VideoLimits
from postengine.render.video.reading.probe import probe
from tests.clips import run_ffmpeg
from tests.integration.video.conftest import PATIENT, encoded


def together(clips: Path, folder: Path, out: Path, limits: VideoLimits = PATIENT) -> Path:
    video = encoded(folder / "video.mp4")
    mux(video, clips / "sound.m4a", out, program=default_program(), limits=limits)
    return out


def test_both_are_copied_as_networks_want_them(clips: Path, tmp_path: Path) -> None:
    path = together(clips, tmp_path, tmp_path / "a.mp4")

    info = probe(path)
    assert (info.frames, info.duration_s, info.fps) == (20, 1.0, 20.0)
    assert [(sound.codec, sound.profile, sound.rate_hz) for sound in info.sounds] == [("aac", "LC", 48000)]
    assert (info.is_index_first, info.edit_lists, info.is_closed_gop) == (True, 0, True)
    assert b"elst" not in path.read_bytes()
    with av.open(str(path)) as container:
        assert set(container.metadata) <= {"major_brand", "minor_version", "compatible_brands"}
        assert next(container.decode(video=0)).pts == 0


def test_nothing_of_the_inputs_metadata_is_kept(clips: Path, tmp_path: Path) -> None:
    told = tmp_path / "told.m4a"
    run_ffmpeg(
        "-i",
        clips / "sound.m4a",
        "-c",
        "copy",
        "-metadata",
        "location=+48.1+11.5/",
        "-metadata",
        "title=Me",
        told,
    )

    mux(encoded(tmp_path / "v.mp4"), told, tmp_path / "a.mp4", program=default_program(), limits=PATIENT)

    written = (tmp_path / "a.mp4").read_bytes()
    assert b"Me" not in written.replace(b"Medi", b"")
    assert b"+48.1" not in written
    assert b"Lavf" not in written


def test_the_same_inputs_give_the_same_bytes(clips: Path, tmp_path: Path) -> None:
    one, two = (together(clips, tmp_path, tmp_path / name).read_bytes() for name in ("a.mp4", "b.mp4"))

    assert one == two


def test_a_name_is_only_a_name(clips: Path, tmp_path: Path) -> None:
    folder = tmp_path / "-a 'b\" %d:\nü"
    folder.mkdir()

    together(clips, folder, folder / "-out:%d.mp4")

    assert {path.name for path in folder.iterdir()} == {"video.mp4", "-out:%d.mp4"}


def test_a_full_disk_is_retryable(clips: Path, tmp_path: Path) -> None:
    with pytest.raises(RenderOutOfSpace):
        together(clips, tmp_path, Path("/dev/full"))


def test_a_file_beyond_the_allowed_bytes_is_stopped(clips: Path, tmp_path: Path) -> None:
    video = encoded(tmp_path / "v.mp4")

    with pytest.raises(MediaTooLarge):
        mux(
            video,
            clips / "sound.m4a",
            tmp_path / "a.mp4",
            program=default_program(),
            limits=VideoLimits(output_bytes=2000),
        )


def test_a_missing_part_is_reported(clips: Path, tmp_path: Path) -> None:
    with pytest.raises(FfmpegFailed, match=r"No such file"):
        mux(
            tmp_path / "none.mp4",
            clips / "sound.m4a",
            tmp_path / "a.mp4",
            program=default_program(),
            limits=PATIENT,
        )
