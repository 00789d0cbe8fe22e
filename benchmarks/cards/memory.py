"""Memory, measured in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

_MANY = """
import json, sys
from pathlib import Path
from benchmarks.cards.our_way import Cards
from postengine.render import Output

def resident_mib():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024

folder, count = Path(sys.argv[1]), int(sys.argv[2])
photos = [path.read_bytes() for path in sorted(folder.glob("*.jpg"))]
cards, seen = Cards(), []
for number in range(count):
    cards.draw(photos[number % len(photos)], Output(), title=f"Apartment {number} by the old harbour")
    if number >= 49:
        seen.append(resident_mib())
print(json.dumps(max(seen) - seen[0]))
"""

_LARGE = """
import json, sys
from pathlib import Path
from benchmarks.cards.our_way import Cards
from postengine.render import Output

Cards().draw(Path(sys.argv[1]).read_bytes(), Output())
lines = Path("/proc/self/status").read_text().splitlines()
print(json.dumps(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024))
"""


def growth_mib(folder: Path, count: int) -> float:
    """Return how far the memory of a process rises above that at its 50th picture, over `count` pictures."""
    return _measured(_MANY, folder, count)


def peak_mib(photo: Path) -> float:
    """Return the most memory that a process takes for one card of `photo`, Python and packages included."""
    return _measured(_LARGE, photo)


def _measured(program: str, *arguments: object) -> float:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout))
