"""Compare our pictures with those that Satori draws from the same element trees.

    python -m benchmarks.satori_parity FOLDER [--only TEST_FILE]

FOLDER holds `cases/NNN.json`, `png/NNN.png` and `fonts/`. A case matches at p % when the sizes are equal and
fewer than p % of its pixels differ by more than 25 in any channel, over white. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from postengine.render.errors import RenderError

from .satori.case import Case, Rgb, cases
from .satori.drawing import converted, drawn

_TOLERANCE = 25


@dataclass(frozen=True)
class Verdict:
    """How a case came out.

    Attributes:
        case: The case.
        share: Of pixels that differ; None if the sizes differ or it was not drawn.
        reason: Why it misses, a few words; empty if it matches at 1 %.
    """

    case: Case
    share: float | None
    reason: str = ""

    def is_under(self, limit: float) -> bool:
        """Return whether the case matches at `limit` (0.01 is 1 %)."""
        return self.share is not None and self.share < limit


def judged(case: Case) -> Verdict:
    """Convert, draw and compare one case."""
    try:
        result = converted(case)
        ours = drawn(case, result.tree)
    except RenderError as error:
        return Verdict(case, None, f"not drawn: {type(error).__name__}: {error}")
    theirs = case.approved()
    if ours.shape != theirs.shape:
        return Verdict(case, None, f"size {_size(ours)} instead of {_size(theirs)}")
    share = float((np.abs(ours.astype(int) - theirs.astype(int)).max(axis=2) > _TOLERANCE).mean())
    if share < 0.01:
        return Verdict(case, share)
    lost = "; ".join(str(loss) for loss in result.losses)
    return Verdict(case, share, f"lost {lost}" if lost else _nearest(case))


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge all cases of a folder and print how many match."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.satori_parity")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="only test files whose name holds this")
    chosen = parser.parse_args(arguments)
    verdicts = [judged(case) for case in cases(chosen.folder) if chosen.only in case.suite]
    sys.stdout.write("\n".join(_report(verdicts)) + "\n")
    return 0


def _report(verdicts: Sequence[Verdict]) -> Iterable[str]:
    suites: defaultdict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        suites[verdict.case.suite].append(verdict)
    for suite, them in sorted(suites.items()):
        yield f"{suite:36} {len(them):4} cases  {_count(them, 0.01):4} at 1 %  {_count(them, 0.05):4} at 5 %"
    yield ""
    for verdict in verdicts:
        if not verdict.is_under(0.01):
            yield _miss(verdict)
    yield ""
    foreign = [verdict for verdict in verdicts if not verdict.case.embeds_fonts]
    yield _line("fonts of their machine", foreign)
    yield _line("all others", [verdict for verdict in verdicts if verdict.case.embeds_fonts])
    yield _line("all", verdicts)
    yield json.dumps(
        {
            "cases": len(verdicts),
            "under_1": _count(verdicts, 0.01),
            "under_5": _count(verdicts, 0.05),
            "same_size": sum(verdict.share is not None for verdict in verdicts),
        }
    )


def _miss(verdict: Verdict) -> str:
    share = "   —  " if verdict.share is None else f"{verdict.share:6.2%}"
    case = verdict.case
    return f"{case.number} {share} {case.suite}: {case.title[-70:]}: {verdict.reason[:200]}"


def _line(name: str, verdicts: Sequence[Verdict]) -> str:
    of = len(verdicts) or 1
    at_1, at_5 = _count(verdicts, 0.01), _count(verdicts, 0.05)
    counts = f"{at_1:4} at 1 % ({at_1 / of:.1%})  {at_5:4} at 5 % ({at_5 / of:.1%})"
    return f"{name:24} {len(verdicts):4} cases  {counts}"


def _count(verdicts: Iterable[Verdict], limit: float) -> int:
    return sum(verdict.is_under(limit) for verdict in verdicts)


def _size(pixels: Rgb) -> str:
    return f"{pixels.shape[1]}x{pixels.shape[0]}"


def _nearest(case: Case) -> str:
    """Guess the nearest cause of a difference that no loss explains."""
    written = json.dumps(case.tree)
    if not case.embeds_fonts:
        return "set in a font of the machine it was made on"
    for sign, cause in _CAUSES:
        if sign in written:
            return cause
    return "letters stand on other fractions of a pixel" if '"fontSize"' in written else "edges and tiles"


_CAUSES = (
    ("textIndent", "Satori shifts the first line after breaking lines, the engine before"),
    ("textDecoration", "ends of lines under texts, and where they make way for descenders"),
    ("repeating-", "rasterising of fine repeated gradients"),
    ("graphemeImages", "pictures in place of emoji"),
    ("\\u06", "Satori orders right-to-left words from the left"),
    ("\\u05", "Satori orders right-to-left words from the left"),
    ("\\t", "tab stops"),
    ("backdropFilter", "blur at the edges"),
    ("Shadow", "spread of blurs"),
    ("cornerShape", "borders around shaped corners"),
    ("border", "joins of borders"),
    ("img", "resampling of pictures"),
)


if __name__ == "__main__":
    raise SystemExit(main())
