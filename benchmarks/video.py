"""What a reel costs over pure encoding and beside MoviePy, how evenly it moves, how sharp it is.

    python -m benchmarks.video [--rounds N] [--without-moviepy] [--keep FOLDER]

CPU seconds of all processes. The reel: 15 s of 1080x1920 at 30 frames a second, five photos of 12 megapixels,
crossfades, three animated layers, an end card, music. The floor: x264 of the same finished frames by the same
settings, and AAC of the same sound, both from files. They take turns, and the least of each counts: what else
runs on the machine only adds. Jitter: how far discs in the encoded video are off a smooth curve.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from postengine.render.video.ffmpeg.encode import EncodeSettings
from postengine.render.video.plan import timing_of
from postengine.render.video.renderer import VideoRenderer

from .reels.clock import cpu_of
from .reels.first_frame import first_frame_s
from .reels.floor import Floor
from .reels.memory import peak_mib
from .reels.moviepy_way import MoviePy
from .reels.scene import PHOTO_S, PHOTOS, files, reel
from .reels.shaking import our_jitter_px, zoompan_jitter_px
from .reels.sharpness import sharpness_ratio
from .reels.stage import frames_of

_MANY, _MANY_S = 50, 0.6
_BARS: Mapping[str, tuple[str, float]] = {
    "floor_ratio": ("<=", 1.35),
    "jitter_rms_px": ("<=", 0.03),
    "moviepy_ratio": (">=", 6.0),
    "rss_mib": ("<=", 450.0),
    "sharpness_ratio": (">=", 0.8),
    "first_frame_s": ("<=", 1.5),
}


def main() -> int:
    """Measure and print; return 1 if a bar is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3, help="renders, each beside its floor (default 3)")
    parser.add_argument("--without-moviepy", action="store_true", help="leave out what needs PyPI")
    parser.add_argument("--keep", type=Path, help="leave the videos here, to be looked at")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        figures = _measured(given, Path(scratch))
        if given.keep:
            _keep(Path(scratch), given.keep)
    missed = [name for name, value in figures.items() if not _holds(name, value)]
    for name in missed:
        print(f"missed: {name} {figures[name]} (bar {' '.join(map(str, _BARS[name]))})")
    print(json.dumps(figures))
    return 1 if missed else 0


def _measured(given: argparse.Namespace, scratch: Path) -> dict[str, float]:
    sources = files(scratch)
    ours, floor = _rounds(given.rounds, sources, scratch)
    print(f"CPU s: ours {ours:.2f}, floor {floor:.2f}")
    figures = {
        "floor_ratio": round(ours / floor, 3),
        "jitter_rms_px": round(our_jitter_px(scratch), 4),
        "zoompan_jitter_px": round(zoompan_jitter_px(scratch), 3),
        "sharpness_ratio": round(sharpness_ratio(sources["photo0"]), 3),
        "first_frame_s": round(_first_frame_s(scratch), 2),
        "rss_mib": round(_rss_mib(scratch), 1),
    }
    if not given.without_moviepy:
        figures["moviepy_ratio"] = round(_moviepy_s(sources, scratch) / ours, 2)
    return figures


def _rounds(rounds: int, sources: Mapping[str, Path], scratch: Path) -> tuple[float, float]:
    """Return the CPU seconds of our reel and of its floor."""
    renderer, spec, out = VideoRenderer(), reel(), scratch / "reel.mp4"
    renderer.render(spec, sources, out)  # warms up, and has the sound for the floor
    settings = EncodeSettings(spec.size, spec.fps, timing_of(spec, {}).frames, quality=spec.quality)
    floor = Floor.of(frames_of(spec, sources), out, settings, scratch)
    took: list[tuple[float, float]] = []
    for _ in range(rounds):
        took.append((cpu_of(lambda: renderer.render(spec, sources, out)), cpu_of(floor.encode)))
        print("CPU s of ours and of the floor: {:.2f} {:.2f}".format(*took[-1]))
    floor.frames.unlink()
    ours, bare = zip(*took, strict=True)
    return min(ours), min(bare)


def _first_frame_s(scratch: Path) -> float:
    """Return the wait for the first frame of a reel of many photos."""
    return first_frame_s(reel(_MANY, _MANY_S), files(scratch, _MANY), scratch / "first.mp4")


def _rss_mib(scratch: Path) -> float:
    """Return the peak of few and of many photos, whichever is higher."""
    few, many = peak_mib(scratch, PHOTOS, PHOTO_S), peak_mib(scratch, _MANY, _MANY_S)
    print(f"MiB of both processes at their peak: {few:.0f} with {PHOTOS} photos, {many:.0f} with {_MANY}")
    return max(few, many)


def _moviepy_s(sources: Mapping[str, Path], scratch: Path) -> float:
    folder = scratch / "moviepy"
    folder.mkdir()
    moviepy = MoviePy(folder)
    moviepy.install()
    seconds = moviepy.cpu_s(sources, scratch / "moviepy.mp4")
    print(f"CPU s of MoviePy: {seconds:.1f}")
    return seconds


def _keep(scratch: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in scratch.glob("*.mp4"):
        shutil.copy(path, folder)


def _holds(name: str, value: float) -> bool:
    if name not in _BARS:
        return True
    sign, bar = _BARS[name]
    return value <= bar if sign == "<=" else value >= bar


if __name__ == "__main__":
    sys.exit(main())
