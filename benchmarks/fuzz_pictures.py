"""Draw thousands of random trees, every field of the style near its limits, and say what became of them.

    python -m benchmarks.fuzz_pictures [--trees 1000] [--seed 1] [--processes 1] [--slow-s 2] [--keep FOLDER]

Trees are valid by construction and are drawn by `IsolatedRenderer`. Each is drawn, or refused with an error
of its own class; that the engine fails, the process ends, or the time limit passes is a defect, and so is a
drawing slower than `--slow-s` (the best of three: the machine may be busy). `--keep` writes the trees of
defects as JSON, `--redraw FILE` draws one of them again. The last line is JSON: `{"trees", "drawn",
"refused", "defects", "slow", "slowest_s", "seconds"}`.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from PIL import Image

from postengine.render.errors import (
    ContrastUnreachable,
    FontMissing,
    RenderError,
    StyleInvalid,
    TextDoesNotFit,
)
from postengine.render.image import Box, IsolatedRenderer, Output, Size
from tests.unit.render.strategies import PICTURE_NAMES, trees

_REFUSALS = (StyleInvalid, FontMissing, TextDoesNotFit, ContrastUnreachable)
_SIZES = (Size(240, 160), Size(1080, 1350), Size(1, 1), Size(600, 20))
_MOST_TOLD = 10
_OUTPUT = Output(format="jpeg")


@dataclass(frozen=True)
class Fate:
    """What became of a tree.

    Attributes:
        kind: `drawn`, or the name of the error's class.
        is_defect: It is none of those that a tree may cause.
        seconds: What it took.
        said: The error's message.
    """

    kind: str
    is_defect: bool
    seconds: float
    said: str = ""


@dataclass(frozen=True)
class Found:
    """A tree that is worth telling of."""

    number: int
    tree: Box
    size: Size
    fate: Fate

    def line(self) -> str:
        """Return it as one line."""
        fate, (width, height) = self.fate, self.size
        return f"{self.number:6} {fate.seconds:6.2f} s {fate.kind:18} {width}x{height} {fate.said[:200]}"


@dataclass
class Tally:
    """Counts of fates, the defects, and the slowest."""

    kinds: Counter[str] = field(default_factory=Counter[str])
    defects: list[Found] = field(default_factory=list[Found])
    slowest: list[Found] = field(default_factory=list[Found])
    count: int = 0

    def add(self, tree: Box, size: Size, fate: Fate) -> Found:
        """Count a tree."""
        found = Found(self.count, tree, size, fate)
        self.count += 1
        self.kinds[fate.kind] += 1
        if fate.is_defect:
            self.defects.append(found)
        else:
            self.slowest = sorted([*self.slowest, found], key=lambda one: -one.fate.seconds)[:_MOST_TOLD]
        return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the trees and print what became of them; 1 if there are defects."""
    chosen = _parser().parse_args(arguments)
    pictures: dict[str, bytes] = dict(zip(PICTURE_NAMES, (_photo(), _logo()), strict=True))
    began = time.monotonic()
    with IsolatedRenderer(processes=chosen.processes, limit_s=10.0) as renderer:
        renderer.start()

        def fate(tree: Box, size: Size) -> Fate:
            return fate_of(renderer, tree, size, pictures)

        if chosen.redraw:
            sys.stdout.write(_redrawn(chosen.redraw, fate) + "\n")
            return 0
        tally = _drawn(chosen.trees, chosen.seed, fate, chosen.keep)
        slow = [_again(one, fate) for one in tally.slowest if one.fate.seconds > chosen.slow_s]
    slow = [one for one in slow if one.fate.seconds > chosen.slow_s]
    for one in slow:
        _keep(chosen.keep, one)
    seconds = time.monotonic() - began
    sys.stdout.write("\n".join(_report(tally, slow, seconds)) + "\n")
    return 1 if tally.defects or slow else 0


def fate_of(renderer: IsolatedRenderer, tree: Box, size: Size, pictures: dict[str, bytes]) -> Fate:
    """Draw a tree and say what became of it."""
    began = time.monotonic()
    try:
        renderer.render(tree, size, images=pictures, output=_OUTPUT)
    except RenderError as error:
        is_defect = not isinstance(error, _REFUSALS) or (
            isinstance(error, StyleInvalid) and not all(path.startswith("root") for path, _ in error.problems)
        )
        return Fate(type(error).__name__, is_defect, time.monotonic() - began, str(error))
    except Exception as error:  # noqa: BLE001 - whatever else comes is what is looked for
        return Fate(type(error).__name__, True, time.monotonic() - began, str(error))
    return Fate("drawn", False, time.monotonic() - began)


def _drawn(count: int, number: int, fate: Callable[[Box, Size], Fate], folder: Path | None) -> Tally:
    tally = Tally()

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(trees, st.sampled_from(_SIZES))
    def draw(tree: Box, size: Size) -> None:
        found = tally.add(tree, size, fate(tree, size))
        if found.fate.is_defect:
            _keep(folder, found)
            sys.stdout.write(found.line() + "\n")
            sys.stdout.flush()

    draw()
    return tally


def _again(found: Found, fate: Callable[[Box, Size], Fate]) -> Found:
    fates = [found.fate, *(fate(found.tree, found.size) for _ in range(2))]
    return Found(found.number, found.tree, found.size, min(fates, key=lambda one: one.seconds))


def _redrawn(file: Path, fate: Callable[[Box, Size], Fate]) -> str:
    kept = json.loads(file.read_text())
    tree, size = Box.model_validate(kept["tree"]), Size(*kept["size"])
    return Found(kept["number"], tree, size, fate(tree, size)).line()


def _keep(folder: Path | None, found: Found) -> None:
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    tree = found.tree.model_dump(mode="json", by_alias=True, exclude_none=True)
    kept = {"number": found.number, "size": found.size, "said": found.fate.said, "tree": tree}
    (folder / f"{found.number:06}-{found.fate.kind}.json").write_text(json.dumps(kept))


def _report(tally: Tally, slow: Sequence[Found], seconds: float) -> Iterator[str]:
    for kind, count in tally.kinds.most_common():
        yield f"{count:6} {kind}"
    yield "slowest:"
    yield from (found.line() for found in tally.slowest)
    if slow:
        yield "slow, also when drawn again:"
        yield from (found.line() for found in slow)
    drawn, defects = tally.kinds["drawn"], len(tally.defects)
    yield json.dumps(
        {
            "trees": tally.count,
            "drawn": drawn,
            "refused": tally.count - drawn - defects,
            "defects": defects,
            "slow": len(slow),
            "slowest_s": round(max((one.fate.seconds for one in tally.slowest), default=0.0), 2),
            "seconds": round(seconds, 1),
        }
    )


def _photo() -> bytes:
    across = Image.linear_gradient("L").resize((320, 240))
    photo = Image.merge("RGB", (across, across.transpose(Image.Transpose.ROTATE_180), across))
    target = io.BytesIO()
    photo.save(target, "JPEG")
    return target.getvalue()


def _logo() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0 0H40L20 20Z"/></svg>'


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz_pictures")
    parser.add_argument("--trees", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--slow-s", type=float, default=2.0, help="a drawing that takes longer is a defect")
    parser.add_argument("--keep", type=Path, help="a folder for the trees of defects")
    parser.add_argument("--redraw", type=Path, help="a tree that was kept: draw only that")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
