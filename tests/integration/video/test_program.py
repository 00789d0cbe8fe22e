"""Which ffmpeg is run, and what it must be able to do."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from postengine.render.errors import FfmpegFailed, FfmpegMissing, FfmpegUnfit
from postengine.render.video.ffmpeg import program as room
from postengine.render.video.ffmpeg.program import NEEDED, default_program, require_fit
from tests.integration.video.conftest import script

pytestmark = pytest.mark.serial


def test_the_brought_ffmpeg_is_a_program_that_can_do_everything() -> None:
    assert os.access(default_program(), os.X_OK)

    require_fit(default_program())


def test_a_machine_without_an_ffmpeg_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise RuntimeError("No ffmpeg exe could be found.")

    monkeypatch.setattr(room, "_imageio_ffmpeg", SimpleNamespace(get_ffmpeg_exe=none))

    with pytest.raises(FfmpegMissing):
        default_program()


def test_what_an_ffmpeg_lacks_is_named_before_anything_is_rendered(tmp_path: Path) -> None:
    without = f'{default_program()} "$@" | grep -v -e libx264 -e zscale -e " hevc "'

    with pytest.raises(FfmpegUnfit, match=r"libx264, hevc, zscale.*install postengine\[video\]") as caught:
        require_fit(script(tmp_path, without))

    assert caught.value.lacks == ("libx264", "hevc", "zscale")


def test_a_replaced_program_is_asked_anew(tmp_path: Path) -> None:
    program = script(tmp_path, "echo ' V..... none'")
    with pytest.raises(FfmpegUnfit):
        require_fit(program)

    script(tmp_path, f'exec {default_program()} "$@"')

    require_fit(program)


def test_the_same_program_is_asked_once(tmp_path: Path) -> None:
    log = tmp_path / "log"
    program = script(tmp_path, f'echo asked >> {log}; exec {default_program()} "$@"')

    require_fit(program)
    require_fit(program)

    assert len(log.read_text().split()) == len(NEEDED)


def test_a_missing_program_is_named() -> None:
    with pytest.raises(FfmpegMissing):
        require_fit("/nowhere/ffmpeg")


def test_what_is_no_ffmpeg_is_told(tmp_path: Path) -> None:
    with pytest.raises(FfmpegFailed, match="usage"):
        require_fit(script(tmp_path, "echo usage >&2; exit 2"))


def test_every_filter_in_the_code_is_asked_for() -> None:
    room_of_video = Path(room.__file__).parents[1]
    calls = [
        node
        for file in room_of_video.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
    ]

    used = {*_names(calls, "filtered", 0), *_names(calls, "joined", 1)}

    assert {"scale", "overlay", "fps"} <= used
    assert used - set(NEEDED["filters"]) == set()


def _names(calls: list[ast.Call], function: str, place: int) -> Iterator[str]:
    for call in calls:
        name = getattr(call.func, "attr", None) or getattr(call.func, "id", None)
        named = call.args[place] if name == function and len(call.args) > place else None
        if isinstance(named, ast.Constant):
            yield str(named.value)
