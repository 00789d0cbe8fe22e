"""No ffmpeg outlives the program that started it, whatever either of them is doing then."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from postengine.render.video.ffmpeg.program import default_program
from tests.clips import make_counting
from tests.integration.video.conftest import encoded, is_gone, script, wait_for

pytestmark = pytest.mark.serial

ROOT = Path(__file__).parents[3]
START = """
import sys, threading
from itertools import repeat
from pathlib import Path
from tests.integration.video.conftest import PATIENT, SMALL, grey
from postengine.render.video.ffmpeg.encode import EncodeSettings, encode
from postengine.render.video.ffmpeg.mux import mux
from postengine.render.video.plan import timing_of
from postengine.render.video.reading.clip import clip_frames
from postengine.render.video.reading.probe import probe
from postengine.render.video.sound import make_sound
from postengine.render.video.spec import video_from
program, folder = sys.argv[1], Path(sys.argv[2])
def work():
    {work}
thread = threading.Thread(target=work)
thread.start()
thread.join()
"""
ENCODES = """settings = EncodeSettings(SMALL, 20, 10**9)
    encode(repeat(grey(16)), folder / 'a.mp4', settings, program=program, limits=PATIENT)"""
READS = """frames = clip_frames(folder / 'c.mp4', starts_s=0, frames=30, fps=30, size=SMALL, fit='cover',
        focus=(.5, .5), info=probe(folder / 'c.mp4'), program=program, limits=PATIENT)
    next(frames)
    sys.stdin.read()"""
MUXES = "mux(folder / 'c.mp4', folder / 'c.mp4', folder / 'o.mp4', program=program, limits=PATIENT)"
SOUNDS = """spec = video_from({{'scenes': [{{'kind': 'clip', 'source': 'c', 'seconds': 1}}],
        'sound': {{'music': {{'source': 'm'}}}}}})
    make_sound(spec, timing_of(spec, {{0: 1.0}}), {{'c': folder / 'c.mp4', 'm': folder / 'm.m4a'}},
        folder / 'o.m4a', program=program, limits=PATIENT)"""


@contextmanager
def started(work: str, program: str, folder: Path) -> Generator[None]:
    """Start a parent that does some work in a thread; kill it in the end."""
    parent = subprocess.Popen(
        [sys.executable, "-c", START.format(work=work.format()), program, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
    )
    with parent:
        try:
            yield
        finally:
            parent.kill()


def is_tied(child: int) -> bool:
    """Whether a process has a pipe whose end the kernel tells somebody of (O_ASYNC)."""
    return any(flags(file) & os.O_ASYNC for file in Path(f"/proc/{child}/fdinfo").iterdir())


def flags(fdinfo: Path) -> int:
    try:
        return int(fdinfo.read_text().split("flags:")[1].split()[0], 8)
    except FileNotFoundError:  # it was closed meanwhile
        return 0


@pytest.mark.parametrize("work", [ENCODES, READS], ids=["encoding", "reading"])
def test_a_real_ffmpeg_ends_when_its_parent_is_killed(work: str, tmp_path: Path) -> None:
    make_counting(tmp_path / "c.mp4")
    mark = tmp_path / "pid"
    program = script(tmp_path, f'echo $$ > {mark}; exec {default_program()} "$@"')

    with started(work, program, tmp_path):
        wait_for(lambda: mark.exists() and bool(mark.read_text()))
        child = int(mark.read_text())
        assert not is_gone(child)

    wait_for(lambda: is_gone(child))


@pytest.mark.parametrize(
    ("work", "count"),
    [(ENCODES, 1), (READS, 1), (MUXES, 1), (SOUNDS, 2)],
    ids=["encoding", "reading", "joining", "sounding"],
)
def test_one_that_hangs_and_its_children_end_too(work: str, count: int, clips: Path, tmp_path: Path) -> None:
    encoded(tmp_path / "c.mp4")
    (tmp_path / "m.m4a").write_bytes((clips / "sound.m4a").read_bytes())
    mark = tmp_path / "pids"
    program = script(tmp_path, f"trap '' HUP INT TERM IO; sleep 600 & echo $$ $! >> {mark}; sleep 600")

    with started(work, program, tmp_path):
        wait_for(lambda: mark.exists() and mark.read_text().count("\n") == count)
        children = [int(pid) for pid in mark.read_text().split()]
        wait_for(lambda: all(is_tied(child) for child in children))
        assert not any(is_gone(child) for child in children)

    wait_for(lambda: all(is_gone(child) for child in children))
