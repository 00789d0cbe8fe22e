"""What the Postiz client costs over bare httpx: CPU a call, time to import, memory while a film goes up.

    python -m benchmarks.postiz_client [--rounds N] [--calls N] [--upload-mib N]

Both ways ask the same server in another process over a connection that stays open, and read the same JSON;
they take turns, and the ratio is the median of all rounds. Import and upload are measured in fresh processes,
the memory as Linux counts it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from postengine.postiz import PostizClient

from .loopback import running_loopback

_KEY = "benchmark-key"
_ROOTS = ("pydantic", "httpx", "tenacity")
_IMPORTS = 7
_MIB = 1 << 20
_MP4_HEAD = b"\x00\x00\x00\x18ftypisom"
_CPU_RATIO, _IMPORT_S, _UPLOAD_RSS_MIB = 1.3, 0.35, 30.0

_IMPORT = """
import json, sys, time
started = time.perf_counter()
{imports}
took_s = time.perf_counter() - started
print(json.dumps([took_s, sorted({{name.partition(".")[0] for name in sys.modules}})]))
"""

_UPLOAD = """
import sys
from pathlib import Path
from postengine.postiz import PostizClient

def resident_kib(field):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field))

url, small, large = sys.argv[1:]
with PostizClient(base_url=url, api_key="benchmark-key") as client:
    client.upload(Path(small))
    before = resident_kib("VmRSS:")
    Path("/proc/self/clear_refs").write_text("5")
    client.upload(Path(large))
print((resident_kib("VmHWM:") - before) / 1024)
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """What importing the client brings along.

    Attributes:
        took_s: The fastest of several, in seconds.
        others: Packages that importing the client's three requirements does not bring along.
    """

    took_s: float
    others: tuple[str, ...]


def main() -> int:
    """Measure and print; return 1 if a bar is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--calls", type=int, default=100, help="of each way, a round")
    parser.add_argument("--upload-mib", type=int, default=200)
    options = parser.parse_args()
    with running_loopback() as url:
        ratios = cpu_ratios(url, rounds=options.rounds, calls=options.calls)
        rss_mib = upload_rss_mib(url, options.upload_mib)
    imported = measure_import()
    for name, ratio in ratios.items():
        print(f"CPU of {name}: {ratio:.2f} times that of bare httpx")
    print(f"import of postengine.postiz: {imported.took_s:.2f} s")
    print(
        f"brought along beside {', '.join(_ROOTS)} and their own: {', '.join(imported.others) or 'nothing'}"
    )
    print(f"memory added while {options.upload_mib} MiB go up: {rss_mib:.1f} MiB")
    cpu_ratio = max(ratios.values())
    figures = {"cpu_ratio": cpu_ratio, "import_s": imported.took_s, "upload_rss_mib": rss_mib}
    print(
        json.dumps({**{name: round(value, 2) for name, value in figures.items()}, "others": imported.others})
    )
    is_kept = cpu_ratio <= _CPU_RATIO and imported.took_s <= _IMPORT_S and rss_mib <= _UPLOAD_RSS_MIB
    return 0 if is_kept and not imported.others else 1


def cpu_ratios(url: str, *, rounds: int, calls: int) -> Mapping[str, float]:
    """Return the client's CPU over that of bare httpx, for each of two small calls."""
    with PostizClient(base_url=url, api_key=_KEY) as client, httpx.Client() as http:
        ways: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
            "is_connected": (client.is_connected, lambda: _get(http, f"{url}/public/v1/is-connected")),
            "list_integrations": (
                client.list_integrations,
                lambda: _get(http, f"{url}/public/v1/integrations"),
            ),
        }
        return {name: _ratio(ours, bare, rounds, calls) for name, (ours, bare) in ways.items()}


def measure_import() -> Imported:
    """Import the client in fresh processes, and what it may bring along in one more."""
    found = [_import("import postengine.postiz") for _ in range(_IMPORTS)]
    _, allowed = _import("import httpx, tenacity; from pydantic import BaseModel, Field, TypeAdapter")
    names = {name for _, modules in found for name in modules}
    others = names - {*allowed, *sys.stdlib_module_names, "postengine"}
    others = {name for name in others if not name.startswith("_sysconfigdata")}  # Python's own, by its system
    return Imported(min(took_s for took_s, _ in found), tuple(sorted(others)))


def upload_rss_mib(url: str, size_mib: int) -> float:
    """Return the memory that an upload of so many MiB adds at its peak, in a process that has sent one."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.mp4", Path(folder) / "large.mp4"
        for file, size_bytes in ((small, _MIB), (large, size_mib * _MIB)):
            with file.open("wb") as stream:
                stream.write(_MP4_HEAD)
                stream.truncate(size_bytes)
        command = [sys.executable, "-c", _UPLOAD, url, str(small), str(large)]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _get(http: httpx.Client, url: str) -> object:
    response = http.get(url, headers={"Authorization": _KEY})
    response.raise_for_status()
    return json.loads(response.content)


def _ratio(ours: Callable[[], object], bare: Callable[[], object], rounds: int, calls: int) -> float:
    for way in (ours, bare):
        _cpu_s(way, calls)  # the first call connects
    return statistics.median(_cpu_s(ours, calls) / _cpu_s(bare, calls) for _ in range(rounds))


def _cpu_s(way: Callable[[], object], calls: int) -> float:
    started = time.process_time()
    for _ in range(calls):
        way()
    return time.process_time() - started


def _import(imports: str) -> tuple[float, list[str]]:
    command = [sys.executable, "-c", _IMPORT.format(imports=imports)]
    took_s, names = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return took_s, names


if __name__ == "__main__":
    sys.exit(main())
