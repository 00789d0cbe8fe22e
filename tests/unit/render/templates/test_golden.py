"""The look of every template, against small pictures that a designer has looked at."""

from __future__ import annotations

import json

import pytest
from PIL import Image

from postengine.render import Renderer
from postengine.render.templates.pages import ShapeName
from postengine.render.templates.registry import TemplateName

from .golden_pictures import EACH, FOLDER, GEOMETRY, alike, picture_of

_PLACES = json.loads(GEOMETRY.read_text())
_ALIKE = 0.97
_AWAY_PX = 3


@pytest.mark.parametrize(("template", "shape"), EACH)
def test_it_looks_as_it_did(renderer: Renderer, template: TemplateName, shape: ShapeName) -> None:
    kept = Image.open(FOLDER / f"{template}-{shape}.webp")

    image, places = picture_of(renderer, template, shape)

    before = _PLACES[f"{template}-{shape}"]
    assert places.keys() == before.keys()
    away = {key: place for key, place in places.items() if _apart(place, before[key]) > _AWAY_PX}
    assert away == {}
    assert alike(kept, image) >= _ALIKE


def test_a_picture_with_other_words_is_not_alike() -> None:
    kept = Image.open(FOLDER / "just_listed-square.webp").convert("RGB")
    other = kept.copy()
    other.paste(kept.crop((0, 20, 270, 60)), (0, 160))

    assert alike(kept, kept) == pytest.approx(1.0)
    assert alike(kept, other) < _ALIKE


def _apart(one: list[int], other: list[int]) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
