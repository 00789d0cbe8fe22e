"""Reels with the real ffmpeg, short and small."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from postengine.render import (
    Brand,
    FfmpegFailed,
    FfmpegKilled,
    FfmpegMissing,
    FfmpegStalled,
    InputMissing,
    IsolatedRenderer,
    Listing,
    PictureMissing,
    ReelSpec,
    RenderError,
    RenderOutOfSpace,
    Size,
    VideoInvalid,
    poster,
    probe,
    render_reel,
)
from postengine.render.video.arguments import default_program
from postengine.render.video.encode import encode
from postengine.render.video.planes import Frame, to_frame

pytestmark = pytest.mark.serial

SPEC = ReelSpec(
    shape="link",
    listing=Listing(
        title="Sunlit villa with pool",
        price="€1,250,000",
        bedrooms=4,
        badge="Just listed",
        photos=("front", "kitchen"),
    ),
    brand=Brand(name="Harbour & Hill"),
    seconds=1.5,
    fps=20,
)
SMALL = Size(64, 48)


@pytest.fixture
def photos(tmp_path: Path) -> dict[str, Path]:
    folder = tmp_path / "photos"
    folder.mkdir()
    paths = {"front": folder / "front.jpg", "kitchen": folder / "kitchen.jpg"}
    for path, colour in zip(paths.values(), ((200, 180, 160), (60, 120, 90)), strict=True):
        noise = np.random.default_rng(3).normal(0, 12, (700, 1000, 1)) + np.array(colour)
        Image.fromarray(noise.clip(0, 255).astype(np.uint8)).save(path)
    return paths


def script(folder: Path, body: str) -> str:
    """Return a program that stands in for an ffmpeg that misbehaves."""
    path = folder / "ffmpeg"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def frames(count: int) -> Iterator[Frame]:
    for number in range(count):
        yield to_frame(np.full((SMALL.height, SMALL.width, 3), number % 256, np.uint8))


def make(out: Path, program: str | None = None, *, count: int = 20, stall_s: float = 20.0) -> None:
    encode(frames(count), out, size=SMALL, fps=20, count=count, program=program, stall_s=stall_s)


def test_a_reel_has_every_frame_and_a_silent_track(photos: dict[str, Path], tmp_path: Path) -> None:
    done = render_reel(SPEC, photos, tmp_path / "out" / "reel.mp4")

    info = probe(done.path)
    assert (info.width, info.height, info.frames, info.has_audio) == (1200, 628, 30, True)
    assert (info.fps, info.duration_s, done.duration_s) == (20.0, 1.5, 1.5)
    assert (done.mime, done.size_bytes) == ("video/mp4", done.path.stat().st_size)
    assert list(done.path.parent.iterdir()) == [done.path]


def test_a_reel_is_what_networks_take(photos: dict[str, Path], tmp_path: Path) -> None:
    path = render_reel(SPEC, photos, tmp_path / "reel.mp4").path

    with av.open(str(path)) as container:
        video = container.streams.video[0].codec_context
        sound = container.streams.audio[0].codec_context
        assert (video.name, video.pix_fmt, sound.name, sound.sample_rate) == ("h264", "yuv420p", "aac", 48000)
        assert (video.color_primaries, video.color_trc, video.colorspace, video.color_range) == (1, 1, 1, 1)
        assert set(container.metadata) <= {"major_brand", "minor_version", "compatible_brands"}
    head = path.read_bytes()[:4096]
    assert head.index(b"moov") < 64
    assert b"elst" not in path.read_bytes()


def test_the_same_inputs_give_the_same_bytes(photos: dict[str, Path], tmp_path: Path) -> None:
    one, two = (render_reel(SPEC, photos, tmp_path / f"{name}.mp4").path.read_bytes() for name in "ab")

    assert one == two


def test_the_poster_shows_the_first_third(photos: dict[str, Path], tmp_path: Path) -> None:
    path = render_reel(SPEC, photos, tmp_path / "reel.mp4").path
    (tmp_path / "poster.jpg").write_bytes(poster(path))

    with Image.open(tmp_path / "poster.jpg") as image:
        assert image.size == (1200, 628)
        assert np.asarray(image).std() > 20
    with pytest.raises(VideoInvalid, match="shorter"):
        poster(path, at_s=9.0)


def test_a_photo_that_was_not_handed_over_is_named(photos: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(PictureMissing, match="kitchen"):
        render_reel(SPEC, {"front": photos["front"]}, tmp_path / "reel.mp4")


def test_a_reel_needs_a_photo(photos: dict[str, Path], tmp_path: Path) -> None:
    bare = SPEC.model_copy(update={"listing": SPEC.listing.model_copy(update={"photos": ()})})

    with pytest.raises(InputMissing) as caught:
        render_reel(bare, photos, tmp_path / "reel.mp4")

    assert (caught.value.template, caught.value.field) == ("reel", "photos")


def test_a_reels_letters_may_be_drawn_in_a_process_of_their_own(
    photos: dict[str, Path], tmp_path: Path
) -> None:
    here = render_reel(SPEC, photos, tmp_path / "here.mp4").path
    with IsolatedRenderer() as isolated:
        apart = render_reel(SPEC, photos, tmp_path / "apart.mp4", renderer=isolated).path

    assert here.read_bytes() == apart.read_bytes()


def test_a_missing_ffmpeg_is_named_and_nothing_is_left(photos: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(FfmpegMissing) as caught:
        render_reel(SPEC, photos, tmp_path / "out" / "reel.mp4", program="/nowhere/ffmpeg")

    assert caught.value.program == "/nowhere/ffmpeg"
    assert list((tmp_path / "out").iterdir()) == []


def test_an_ffmpeg_that_gives_up_is_reported_with_its_words(tmp_path: Path) -> None:
    program = script(tmp_path, "echo 'Unknown encoder' >&2; exit 8")

    with pytest.raises(FfmpegFailed, match="code 8: Unknown encoder") as caught:
        make(tmp_path / "a.mp4", program)

    assert (caught.value.returncode, caught.value.stderr_tail) == (8, "Unknown encoder\n")
    assert not caught.value.retryable


def test_an_ffmpeg_that_says_nothing_is_reported_too(tmp_path: Path) -> None:
    with pytest.raises(FfmpegFailed, match="it said nothing"):
        make(tmp_path / "a.mp4", script(tmp_path, "cat >/dev/null; exit 1"))


def test_an_ffmpeg_that_stops_reading_but_claims_success_is_not_believed(tmp_path: Path) -> None:
    with pytest.raises(FfmpegFailed, match="code 0"):
        make(tmp_path / "a.mp4", script(tmp_path, "exit 0"), count=400)


def test_half_a_video_is_never_passed_off_as_whole(photos: dict[str, Path], tmp_path: Path) -> None:
    half = 1200 * 628 * 3 // 2 * 15
    program = script(tmp_path, f'head -c {half} | {default_program()} "$@"; cat >/dev/null; exit 0')

    with pytest.raises(VideoInvalid, match=r"\(1200, 628, 30, True\), but are \(1200, 628, 15, True\)"):
        render_reel(SPEC, photos, tmp_path / "out" / "reel.mp4", program=program)

    assert list((tmp_path / "out").iterdir()) == []


def test_a_full_disk_is_retryable_and_leaves_nothing(photos: dict[str, Path], tmp_path: Path) -> None:
    program = script(
        tmp_path, "cat >/dev/null; echo 'av_interleaved_write_frame(): No space left on device' >&2; exit 228"
    )

    with pytest.raises(RenderOutOfSpace) as caught:
        render_reel(SPEC, photos, tmp_path / "out" / "reel.mp4", program=program)

    assert caught.value.retryable
    assert list((tmp_path / "out").iterdir()) == []


def test_an_ffmpeg_that_hangs_is_killed_with_its_children(tmp_path: Path) -> None:
    mark = tmp_path / "pids"
    program = script(tmp_path, f"trap '' TERM; sleep 600 & echo $$ $! > {mark}; wait")

    with pytest.raises(FfmpegStalled) as caught:
        make(tmp_path / "a.mp4", program, count=4000, stall_s=0.5)

    assert caught.value.retryable
    wait_for(lambda: all(gone(int(pid)) for pid in mark.read_text().split()))


def test_an_ffmpeg_killed_from_outside_is_retryable(tmp_path: Path) -> None:
    with pytest.raises(FfmpegKilled, match="SIGKILL") as caught:
        make(tmp_path / "a.mp4", script(tmp_path, "kill -9 $$"))

    assert caught.value.returncode == -signal.SIGKILL
    assert caught.value.retryable


def test_an_error_in_a_frame_ends_ffmpeg_at_once(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    program = script(tmp_path, f"echo $$ > {mark}; exec cat >/dev/null")

    def broken() -> Iterator[Frame]:
        while not (mark.exists() and mark.read_text()):
            yield from frames(1)
        raise RenderError("Expected a frame.")

    with pytest.raises(RenderError, match="Expected a frame"):
        encode(broken(), tmp_path / "a.mp4", size=SMALL, fps=20, count=20, program=program)

    assert gone(int(mark.read_text()))


def test_an_error_in_a_frame_after_ffmpegs_end_is_the_one_reported(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    program = script(tmp_path, f"echo $$ > {mark}")

    def broken() -> Iterator[Frame]:
        wait_for(lambda: mark.exists() and bool(mark.read_text()) and gone(int(mark.read_text())))
        yield from ()
        raise RenderError("Expected a frame.")

    with pytest.raises(RenderError, match="Expected a frame"):
        encode(broken(), tmp_path / "a.mp4", size=SMALL, fps=20, count=20, program=program)


def test_ffmpeg_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    program = script(tmp_path, f'echo $$ > {mark}; exec {default_program()} "$@"')
    parent = subprocess.Popen([sys.executable, "-c", ENDLESS, program, str(tmp_path / "a.mp4")])

    wait_for(lambda: mark.exists() and bool(mark.read_text()))
    parent.kill()
    parent.wait()

    wait_for(lambda: gone(int(mark.read_text())))


ENDLESS = """
import sys
from itertools import repeat
from pathlib import Path
import numpy as np
from postengine.render.image.geometry import Size
from postengine.render.video.encode import encode
from postengine.render.video.planes import to_frame
frame = to_frame(np.zeros((48, 64, 3), np.uint8))
encode(repeat(frame), Path(sys.argv[2]), size=Size(64, 48), fps=20, count=10**9, program=sys.argv[1])
"""


@pytest.mark.parametrize("content", [b"", b"junk", b"ffconcat version 1.0\nfile other.mp4\n"])
def test_what_is_no_video_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(content)

    with pytest.raises(VideoInvalid, match="cannot be read"):
        probe(path)
    with pytest.raises(VideoInvalid, match="cannot be read"):
        poster(path, at_s=0.0)


def test_a_video_cut_short_shows_the_frames_it_has(tmp_path: Path) -> None:
    make(tmp_path / "whole.mp4", count=60)
    whole = (tmp_path / "whole.mp4").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[: len(whole) * 9 // 10])

    assert probe(tmp_path / "whole.mp4").frames == 60
    assert probe(tmp_path / "cut.mp4").frames < 60


def test_sound_alone_is_no_video(tmp_path: Path) -> None:
    path = tmp_path / "sound.mp4"
    subprocess.run(
        [
            default_program(),
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "anullsrc",
            "-t",
            "0.2",
            "-c:a",
            "aac",
            str(path),
        ],
        check=True,
    )

    with pytest.raises(VideoInvalid, match="no pictures"):
        probe(path)
    with pytest.raises(VideoInvalid):
        poster(path, at_s=0.0)


def gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state in "ZX"  # dead, though nobody has asked for its exit code yet


def wait_for(condition: object, timeout_s: float = 20.0) -> None:
    assert callable(condition)
    ends = time.monotonic() + timeout_s
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < ends, "It did not come true in time."
        pause.wait(0.02)


def test_the_brought_ffmpeg_is_a_program() -> None:
    assert os.access(default_program(), os.X_OK)
