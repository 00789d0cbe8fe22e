"""The public names of every room are those of a checked-in list: a rename is seen, and meant."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

LIST = Path(__file__).with_name("public_names.txt")
SRC = Path(__file__).parents[2] / "src"
ROOMS = sorted(
    ".".join(file.parent.relative_to(SRC).parts)
    for file in SRC.rglob("__init__.py")
    if "__all__" in file.read_text(encoding="utf-8")
)


def test_the_public_names_are_those_on_the_list() -> None:
    present = [f"{room}.{name}" for room in ROOMS for name in import_module(room).__all__]

    assert present == LIST.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_name_is_there_and_named_once(room: str) -> None:
    module = import_module(room)

    assert [name for name in module.__all__ if not hasattr(module, name)] == []
    assert len(set(module.__all__)) == len(module.__all__)


def test_importing_the_root_loads_no_package_beyond_the_standard_library() -> None:
    program = (
        "import sys; before = set(sys.modules); import postengine;"
        "roots = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "print(*(name for name in roots - sys.stdlib_module_names if '_sysconfigdata' not in name))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "postengine"
