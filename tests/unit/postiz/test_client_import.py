"""Importing the SDK loads what it stands on, and nothing else."""

from __future__ import annotations

import subprocess
import sys

ITS_OWN = {
    "pydantic": {"pydantic_core", "annotated_types", "typing_extensions", "typing_inspection"},
    # httpx's command line and its decoders are imported with it, where their packages happen to be installed.
    "httpx": {
        *("httpcore", "anyio", "certifi", "h11", "idna", "sniffio", "click", "rich", "pygments"),
        *("brotli", "_brotli"),
    },
    "tenacity": set[str](),
}


def test_importing_the_sdk_loads_only_its_three_packages_and_theirs() -> None:
    program = (
        "import sys; before = set(sys.modules); import postengine.postiz;"
        "roots = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "print(*(name for name in roots - sys.stdlib_module_names if '_sysconfigdata' not in name))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    allowed = {"postengine", *ITS_OWN, *(name for names in ITS_OWN.values() for name in names)}
    assert set(done.stdout.split()) <= allowed
