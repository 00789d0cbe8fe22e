"""The most memory that a render and its ffmpeg take together, in processes of their own."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

_EVERY_S = 0.02
_RENDER = """
import sys
from pathlib import Path
from benchmarks.reels.scene import files, reel
from postengine.render.video.renderer import VideoRenderer

folder, photos, photo_s = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
VideoRenderer().render(reel(photos, photo_s), files(folder, photos), folder / f"{photos}.mp4")
"""


def peak_mib(folder: Path, photos: int, photo_s: float) -> float:
    """Return the highest sum of both processes' resident memory during a render."""
    process = subprocess.Popen([sys.executable, "-c", _RENDER, str(folder), str(photos), str(photo_s)])
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(_resident_mib(pid) for pid in (process.pid, *_children(process.pid))))
        with suppress(subprocess.TimeoutExpired):
            process.wait(_EVERY_S)
    if process.returncode != 0:
        raise RuntimeError(f"The render ended with code {process.returncode}.")
    return peak


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for tasks in _read(Path(f"/proc/{pid}/task")):
        with suppress(OSError):
            found.extend(map(int, (tasks / "children").read_text().split()))
    return found


def _read(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:  # it has just ended
        return []


def _resident_mib(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:  # likewise
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0) / 1024
