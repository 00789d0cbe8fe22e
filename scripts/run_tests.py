"""Run every test: in parallel where they allow it, then those that want the machine to themselves.

The first two parts are measured: lines and branches of `src` that no test reaches are listed, and too many of
them fail the run.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COVERED = ("--cov", "--cov-report=", "--cov-fail-under=0")  # judged once, when all parts have run
MEASURED = ("tests/unit", "tests/contract", "tests/integration")
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("side by side", (*MEASURED, "-n", "2", "--dist", "worksteal", "-m", "not serial", *COVERED)),
    ("one by one", (*MEASURED, "-m", "serial", *COVERED, "--cov-append")),
    ("phones", ("tests/browser", "-n", "2", "--dist", "worksteal")),
    ("services", ("tests/acceptance", "-n", "3", "--dist", "worksteal", "-m", "not serial")),
    ("faults", ("tests/faults", "-n", "4", "--dist", "worksteal")),
    ("whole programs", ("tests/acceptance", "-n", "2", "--dist", "loadfile", "-m", "serial")),
)


def main() -> int:
    """Run all parts, even after a failure, so that one run shows everything; return the exit status."""
    failed: list[str] = []
    for name, arguments in PARTS:
        print(f"\n=== {name}", flush=True)
        started = time.monotonic()
        if not _succeeds([sys.executable, "-m", "pytest", "-q", "--durations=15", *arguments]):
            failed.append(name)
        print(f"=== {name}: {time.monotonic() - started:.0f} s", flush=True)
    if not _succeeds([sys.executable, "-m", "coverage", "report"]):
        failed.append("coverage")
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nall parts passed", flush=True)
    return 1 if failed else 0


def _succeeds(command: Sequence[str]) -> bool:
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
