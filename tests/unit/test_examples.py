"""The numbered examples run offline and print what they say."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "examples"
SAID = {
    "01_publish_in_memory": [
        "linkedin-page received it at 18:00:00",
        "published: https://linkedin-page.example/…",
    ],
    "02_join_your_transaction": ["committed: 1 viewing, 1 post", "rolled back: 1 viewing, 1 post"],
    "03_manual_channel": [
        "push: Time to post: 3 Bedroom Apartment",
        "phone said: ['received', 'opened', 'shared', 'confirmed'], clipboard: New on …",
        "delivery: published",
    ],
    "04_draw_a_card": [
        "square.jpg: image/jpeg, 1080x1080",
        "portrait.jpg: image/jpeg, 1080x1350",
        "link.jpg: image/jpeg, 1200x628",
        "in …",
    ],
    "05_postiz_client": [
        "channel: int-x x",
        "posts left this hour: 89",
        "post: PUBLISHED at 10:00",
        "lost answer: may have happened True · in flight True",
    ],
    "06_fcm": [
        "phone-1 rings",
        "phone-2 is gone: forget its registration",
        "phone-3 later: in 30 s",
        "refused before sending: data: expected a payload of at most 4096 bytes, got 5004",
    ],
    "07_draw_a_tree": [
        "title: 61 px in 2 lines",
        "tree.webp: within 60 kB: True",
        "refused: root.children[1].style.color",
        "in …",
    ],
    "08_make_a_video": [
        "film.mp4: 540x540, 3.32 s",
        "as loud as asked for: True",
        "LinkedIn takes it: True",
        "Pinterest: Expected 4 to 900 s, …",
        "tour: 3 scenes, 3 layers",
        "in …",
    ],
    "09_agent_in_fastapi": ["paired: 201 Ana", "without a token: 401 token_missing"],
    "10_agent_in_django": ["paired: 201 Ana", "without a token: token_missing"],
}


def run(name: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    runpy.run_path(str(FOLDER / f"{name}.py"), run_name="__main__")
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("name", SAID)
def test_an_example_prints_what_it_says(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "argv", [name, str(tmp_path)])

    said = run(name, capsys)

    assert len(said) == len(SAID[name])
    for line, expected in zip(said, SAID[name], strict=True):
        start, ellipsis, _ = expected.partition("…")
        assert line.startswith(start) if ellipsis else line == expected


def test_every_numbered_example_is_run() -> None:
    numbered = sorted(path.stem for path in FOLDER.glob("[0-9]*.py"))

    assert numbered == sorted(SAID)


@pytest.mark.parametrize("name", SAID)
def test_an_example_is_short(name: str) -> None:
    lines = (FOLDER / f"{name}.py").read_text(encoding="utf-8").splitlines()

    assert len(lines) <= 60
