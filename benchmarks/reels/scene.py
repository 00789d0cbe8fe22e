"""The reel that is measured: five photos of 12 megapixels, three animated layers, an end card, music."""

from __future__ import annotations

import wave
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.cards.photos import photo
from postengine.render.image import Box, Scrim, Style, Text
from postengine.render.video.spec import (
    Animation,
    CardScene,
    Layer,
    Move,
    Music,
    PhotoScene,
    Sound,
    Transition,
    VideoSpec,
)

PHOTOS, PHOTO_S, FADE_S, CARD_S = 5, 3.0, 0.5, 2.5
_MOVES = ("push_in", "pan_left", "pull_out", "pan_right", "drift")
_MUSIC_S, _RATE = 20, 48_000
_LAYERS_END_S = 12.4

Kind = Any  # one of the spec's literals, which a table of strings does not keep


def reel(photos: int = PHOTOS, photo_s: float = PHOTO_S) -> VideoSpec:
    """Return the reel: 15 s with five photos of 3 s."""
    scenes = [
        PhotoScene(source=f"photo{number}", seconds=photo_s, move=Move(kind=kind), focus=(0.45, 0.4))
        for number, kind in ((number, _kind(number)) for number in range(photos))
    ]
    return VideoSpec(
        scenes=(*scenes, CardScene(tree=end_card(), seconds=CARD_S, background="#12263a")),
        transition=Transition(seconds=min(FADE_S, photo_s / 3)),
        shade=Scrim(colour="#0b1620", at_least=0.3, reach=0.4),
        layers=layers(),
        sound=Sound(music=Music(source="music")),
    )


def layers() -> tuple[Layer, ...]:
    """Return title, price tag and agent, each animated in its own way."""
    gone = Animation(kind="fade", seconds=0.3)
    slide = Animation(kind="slide", side="right")
    return (
        Layer(tree=_title(), starts_s=0.3, ends_s=_LAYERS_END_S, enters=Animation(kind="rise"), leaves=gone),
        Layer(tree=_price(), starts_s=0.9, ends_s=_LAYERS_END_S, enters=slide, leaves=gone),
        Layer(tree=_agent(), starts_s=1.5, ends_s=_LAYERS_END_S, leaves=gone),
    )


def files(folder: Path, photos: int = PHOTOS) -> Mapping[str, Path]:
    """Write the photos, each with bytes of its own, and the music; return them by the reel's names."""
    named = {f"photo{number}": folder / f"{number:02}.jpg" for number in range(photos)}
    for number, path in enumerate(named.values()):
        if not path.exists():
            path.write_bytes(photo(number))
    music = folder / "music.wav"
    if not music.exists():
        write_music(music)
    return named | {"music": music}


def write_music(path: Path) -> None:
    """Write a chord with a beat, in stereo."""
    at = np.arange(_MUSIC_S * _RATE) / _RATE
    beat = np.exp(-6 * (at % 0.5))
    chord = sum(np.sin(2 * np.pi * tone * at) for tone in (220.0, 277.2, 329.6))
    left = 0.2 * chord + 0.3 * beat * np.sin(2 * np.pi * 110 * at)
    pair = np.stack([left, np.roll(left, 240)], axis=1)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes((pair.clip(-1, 1) * 32_000).astype("<i2").tobytes())


def end_card() -> Box:
    """Return the last picture."""
    words = _words("Petersen & Co", 96), _words("Anna Petersen · +49 40 123 45 67", 42)
    return _page(words, justify_content="center", align_items="center", background_color="#12263a")


def _kind(number: int) -> Kind:
    return _MOVES[number % len(_MOVES)]


def _title() -> Box:
    return _page((_words("3 bedroom apartment by the harbour", 84),), padding="220px 70px 300px")


def _price() -> Box:
    style = Style(background_color="#e3b873", padding="16px 28px", border_radius=14, align_self="flex-start")
    tag = Box(style=style, children=(_words("€485,000", 60, color="#12263a"),))
    return _page((tag,), justify_content="flex-start", padding="220px 70px")


def _agent() -> Box:
    return _page((_words("Anna Petersen · +49 40 123 45 67", 40),), padding="220px 70px 220px")


def _words(text: str, size: float, color: str = "#ffffff") -> Text:
    return Text(text=text, style=Style(font_size=size, color=color, font_weight=700))


def _page(children: tuple[Box | Text, ...], **style: Kind) -> Box:
    base = {
        "width": 1080,
        "height": 1920,
        "flex_direction": "column",
        "justify_content": "flex-end",
        "gap": 24,
    }
    return Box(style=Style.model_validate(base | style), children=children)
