"""What a listing card costs: over Pillow's floor, beside Satori, by hand with Pillow, and in a child process.

    python -m benchmarks.image [--rounds N] [--pictures N] [--without-satori] [--keep FOLDER]

CPU seconds, all ways in turn, each time a photo that was not seen before (12 megapixels, about 4 MB);
ratios are of medians. Satori and resvg-js come from npm and write PNG; ours is measured as JPEG (as posted)
and as PNG by the fast settings of both. The floor decodes, crops and encodes with the same filter and
quality.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from postengine.render import IsolatedRenderer, Output, ShapeName

from .cards.memory import growth_mib, peak_mib
from .cards.our_way import Cards, without_cache
from .cards.photos import photo
from .cards.pillow_ways import by_hand, floor
from .cards.satori_way import Satori

_JPEG, _PNG = Output(), Output(format="png")
_SHAPES: tuple[ShapeName, ...] = ("square", "portrait", "story")
_BARS: Mapping[str, tuple[str, float]] = {
    "floor_ratio": ("<=", 1.25),
    "satori_jpeg_ratio": (">=", 4.5),
    "satori_png_ratio": (">=", 2.5),
    "three_sizes_ratio": ("<=", 1.8),
    "isolated_overhead": ("<=", 8.0),
    "rss_mib": ("<=", 350.0),
    "rss_growth_mib": ("<=", 60.0),
}


@dataclass
class _Clock:
    """Seconds that each way took, each round's."""

    seconds: dict[str, list[float]] = field(default_factory=dict[str, list[float]])

    def time(self, name: str, work: Callable[[], object], *, clock: Callable[[], float]) -> None:
        started = clock()
        work()
        self.seconds.setdefault(name, []).append(clock() - started)

    def median(self, name: str) -> float:
        return statistics.median(self.seconds[name])


def main() -> int:
    """Measure and print; return 1 if a bar is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15, help="photos, each drawn in every way (default 15)")
    parser.add_argument("--pictures", type=int, default=1000, help="pictures in one process, for its memory")
    parser.add_argument("--without-satori", action="store_true", help="leave out what needs npm")
    parser.add_argument("--keep", type=Path, help="leave the pictures here, to be looked at")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        figures = _measured(given, Path(scratch))
    missed = [name for name, value in figures.items() if not _holds(name, value)]
    for name in missed:
        print(f"missed: {name} {figures[name]} (bar {' '.join(map(str, _BARS[name]))})")
    print(json.dumps(figures))
    return 1 if missed else 0


def _measured(given: argparse.Namespace, scratch: Path) -> dict[str, float]:
    photos = [_saved(scratch, number) for number in range(given.rounds + 1)]
    clock = _Clock()
    with IsolatedRenderer(make=without_cache) as isolated:
        _draw_all(photos, clock, isolated)
    figures = _ratios(clock)
    if not given.without_satori:
        figures |= _beside_satori(photos, clock, scratch / "satori", given.keep)
    large = scratch / "large.jpg"
    large.write_bytes(photo(0, (11_600, 8_700)))
    figures["rss_mib"] = round(peak_mib(large), 1)
    figures["rss_growth_mib"] = round(growth_mib(scratch, given.pictures), 1)
    if given.keep:
        _keep(given.keep, photos[0].read_bytes())
    return figures


def _draw_all(photos: list[Path], clock: _Clock, isolated: IsolatedRenderer) -> None:
    """Draw every way in turn. The first photo warms up, and counts for nothing."""
    cards, apart = Cards(), Cards(isolated)
    for path in photos:
        data = path.read_bytes()
        ways: dict[str, Callable[[], object]] = {
            "floor": partial(floor, data),
            "ours_jpeg": partial(cards.draw, data, _JPEG),
            "ours_png": partial(cards.draw, data, _PNG),
            "by_hand": partial(by_hand, data),
            "three": partial(cards.draw_all, data, _SHAPES, _JPEG),
        }
        ways |= {f"one_{shape}": partial(cards.draw_all, data, (shape,), _JPEG) for shape in _SHAPES}
        for name, work in ways.items():
            clock.time(name, work, clock=time.process_time)
        # Two processes work on this one, so the clock on the wall tells. A service hands over files.
        clock.time("here", partial(cards.draw, path, _JPEG), clock=time.perf_counter)
        clock.time("apart", partial(apart.draw, path, _JPEG), clock=time.perf_counter)
    for seconds in clock.seconds.values():
        del seconds[0]


def _ratios(clock: _Clock) -> dict[str, float]:
    names = ("floor", "ours_jpeg", "ours_png", "by_hand", "three")
    print("CPU ms a picture:", {name: round(clock.median(name) * 1000, 1) for name in names})
    # The largest of the three needs the photo at its full size: that one alone is what three compare with.
    one = max(clock.median(f"one_{shape}") for shape in _SHAPES)
    overhead = statistics.median(
        apart - here for apart, here in zip(clock.seconds["apart"], clock.seconds["here"], strict=True)
    )
    return {
        "floor_ratio": round(clock.median("ours_jpeg") / clock.median("floor"), 3),
        "pillow_hand_ratio": round(clock.median("ours_jpeg") / clock.median("by_hand"), 3),
        "three_sizes_ratio": round(clock.median("three") / one, 3),
        "isolated_overhead": round(overhead * 1000, 2),
    }


def _beside_satori(photos: list[Path], clock: _Clock, folder: Path, keep: Path | None) -> dict[str, float]:
    satori = Satori.installed(folder)
    seconds = satori.draw(photos)[1:]
    theirs = statistics.median(seconds)
    print(f"CPU ms a picture of Satori and resvg-js: {theirs * 1000:.1f}")
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / "satori.png").write_bytes((folder / "card.png").read_bytes())
    return {
        "satori_jpeg_ratio": round(theirs / clock.median("ours_jpeg"), 2),
        "satori_png_ratio": round(theirs / clock.median("ours_png"), 2),
    }


def _saved(folder: Path, number: int) -> Path:
    path = folder / f"{number:03}.jpg"
    path.write_bytes(photo(number))
    return path


def _keep(folder: Path, data: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ours.jpg").write_bytes(Cards().draw(data, _JPEG))
    (folder / "by-hand.jpg").write_bytes(by_hand(data))


def _holds(name: str, value: float) -> bool:
    if name not in _BARS:
        return True
    sign, bar = _BARS[name]
    return value <= bar if sign == "<=" else value >= bar


if __name__ == "__main__":
    sys.exit(main())
