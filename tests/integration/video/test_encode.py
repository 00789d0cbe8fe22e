"""Encoding with the real ffmpeg."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from threading import Thread

import av
import numpy as np
import pytest

from postengine.render import RenderError, Size
from postengine.render.errors import FfmpegFailed, FfmpegMissing, MediaTooLarge, RenderOutOfSpace
from postengine.render.video.ffmpeg.encode import EncodeSettings, encode
from postengine.render.video.ffmpeg.program import default_program
from postengine.render.video.frame import Frame
from postengine.render.video.limits import VideoLimits
from postengine.render.video.reading.probe import probe
from tests.integration.video.conftest import PATIENT, SMALL, encoded, frames, grey, is_gone, script


def test_every_frame_is_there_at_its_time_with_its_colours(tmp_path: Path) -> None:
    info = probe(encoded(tmp_path / "a.mp4"))

    assert (info.shown, info.frames, info.fps, info.duration_s) == (SMALL, 20, 20.0, 1.0)
    assert (info.codec, info.profile, info.pix_fmt) == ("h264", "High", "yuv420p")
    assert (info.colour.primaries, info.colour.transfer, info.colour.matrix) == (1, 1, 1)
    assert (info.colour.is_full, info.is_closed_gop, info.edit_lists) == (False, True, 0)
    assert not info.has_audio


def test_the_first_frame_is_shown_at_once(tmp_path: Path) -> None:
    with av.open(str(encoded(tmp_path / "a.mp4"))) as container:
        times = [frame.time for frame in container.decode(video=0)]

    assert times == pytest.approx([number / 20 for number in range(20)])


def test_the_same_frames_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = (encoded(tmp_path / name).read_bytes() for name in ("a.mp4", "b.mp4"))

    assert one == two
    assert b"Lavf" not in one


def test_two_encodings_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    alone = encoded(tmp_path / "alone.mp4", count=200).read_bytes()
    paths = [tmp_path / "a.mp4", tmp_path / "b.mp4"]

    threads = [Thread(target=encoded, args=(path,), kwargs={"count": 200}) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [path.read_bytes() for path in paths] == [alone, alone]


def test_a_key_frame_comes_at_least_every_two_seconds(tmp_path: Path) -> None:
    path = encoded(tmp_path / "a.mp4", count=100)

    with av.open(str(path)) as container:
        keys = [frame.time or 0.0 for frame in container.decode(video=0) if frame.key_frame]

    assert keys[0] == 0
    assert max(later - sooner for sooner, later in pairwise([*keys, 5.0])) <= 2.0


def test_a_capped_rate_keeps_noise_small(tmp_path: Path) -> None:
    size = Size(160, 120)
    noise = np.random.default_rng(1)

    def noisy() -> Iterator[Frame]:
        for _ in range(100):
            yield Frame(noise.integers(16, 235, (120, 160), np.uint8), *grey(0, size).planes[1:])

    def bytes_at(kbps: int | None) -> int:
        out = tmp_path / "a.mp4"
        settings = EncodeSettings(size, 25, 100, max_rate_kbps=kbps)
        encode(noisy(), out, settings, program=default_program(), limits=PATIENT, on_frame=None)
        return out.stat().st_size

    assert bytes_at(None) > 800_000
    assert bytes_at(400) <= 400_000 / 8 * 4 * 1.02 + 400_000 / 8  # four seconds, and what the buffer holds


def test_the_caller_hears_of_every_frame(tmp_path: Path) -> None:
    done: list[int] = []

    encoded(tmp_path / "a.mp4", count=5, on_frame=done.append)

    assert done == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("at", [1, 7, 20])
def test_a_caller_may_stop_at_any_frame(at: int, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    program = script(tmp_path, f'echo $$ > {mark}; exec {default_program()} "$@"')

    def stop(done: int) -> None:
        if done == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        encoded(tmp_path / "a.mp4", program, on_frame=stop)

    assert is_gone(int(mark.read_text() or "0")) if mark.exists() else True


def test_an_error_in_a_frame_is_the_one_that_is_raised(tmp_path: Path) -> None:
    closed: list[bool] = []

    def broken() -> Iterator[Frame]:
        try:
            yield from frames(3)
            raise RenderError("Expected a frame.")
        finally:
            closed.append(True)

    with pytest.raises(RenderError, match="Expected a frame"):
        encode(
            broken(),
            tmp_path / "a.mp4",
            EncodeSettings(SMALL, 20, 9),
            program=default_program(),
            limits=PATIENT,
        )

    assert closed == [True]


def test_frames_are_let_go_when_the_encoder_fails() -> None:
    closed: list[bool] = []

    def endless() -> Iterator[Frame]:
        try:
            while True:
                yield grey(16)
        finally:
            closed.append(True)

    with pytest.raises(RenderOutOfSpace) as caught:
        encode(
            endless(),
            Path("/dev/full"),
            EncodeSettings(SMALL, 20, 10**6),
            program=default_program(),
            limits=PATIENT,
        )

    assert closed == [True]
    assert caught.value.retryable


def test_a_video_beyond_the_allowed_bytes_is_stopped_by_the_kernel(tmp_path: Path) -> None:
    limits = VideoLimits(output_bytes=3000)

    with pytest.raises(MediaTooLarge, match="at most 3,000 in the video's bytes"):
        encoded(tmp_path / "a.mp4", count=4000, limits=limits)

    assert (tmp_path / "a.mp4").stat().st_size <= 3000


def test_more_frames_than_were_announced_are_refused(tmp_path: Path) -> None:
    settings = EncodeSettings(SMALL, 20, 5)

    with pytest.raises(FfmpegFailed, match="code 0"):
        encode(frames(2000), tmp_path / "a.mp4", settings, program=default_program(), limits=PATIENT)

    assert probe(tmp_path / "a.mp4").frames == 5


def test_planes_that_are_parts_of_larger_ones_are_taken(tmp_path: Path) -> None:
    wide = grey(100, Size(128, 96))
    part = Frame(wide.y[:48, :64], wide.u[:24, :32], wide.v[:24, :32])

    encode(
        [part], tmp_path / "a.mp4", EncodeSettings(SMALL, 20, 1), program=default_program(), limits=PATIENT
    )

    assert probe(tmp_path / "a.mp4").shown == SMALL


@pytest.mark.parametrize("name", ["-dash 'quote\" %03d: ünï\nline.mp4", "a b;c|d&e$f.mp4"])
def test_any_name_is_only_a_name(name: str, tmp_path: Path) -> None:
    encoded(tmp_path / name)

    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert probe(tmp_path / name).frames == 20


@pytest.mark.parametrize("program", ["/nowhere/ffmpeg", "/etc/hostname", "/etc/hostname/ffmpeg"])
def test_a_missing_ffmpeg_is_named(program: str, tmp_path: Path) -> None:
    with pytest.raises(FfmpegMissing) as caught:
        encoded(tmp_path / "a.mp4", program)

    assert caught.value.program == program
