from __future__ import annotations

import pytest

from postengine.render.image.geometry import Focus, Region, Size, cover


@pytest.mark.parametrize(
    ("source", "target", "focus", "window"),
    [
        (Size(400, 300), Size(100, 100), Focus(), Region(50, 0, 300, 300)),
        (Size(300, 400), Size(100, 100), Focus(), Region(0, 50, 300, 300)),
        (Size(400, 300), Size(100, 100), Focus(0, 0), Region(0, 0, 300, 300)),
        (Size(400, 300), Size(100, 100), Focus(1, 1), Region(100, 0, 300, 300)),
        (Size(10, 10), Size(1000, 500), Focus(), Region(0, 2.5, 10, 5)),
    ],
)
def test_a_crop_covers_its_target_as_near_to_the_focus_as_it_can(
    source: Size, target: Size, focus: Focus, window: Region
) -> None:
    assert cover(source, target, focus) == window


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (Region(0, 0, 100, 50), True),
        (Region(-0.4, 0, 100, 50), True),
        (Region(-1, 0, 10, 10), False),
        (Region(0, -1, 10, 10), False),
        (Region(95, 0, 10, 10), False),
        (Region(0, 45, 10, 10), False),
    ],
)
def test_a_region_holds_what_lies_inside(inner: Region, expected: bool) -> None:
    assert Region(0, 0, 100, 50).holds(inner) is expected
