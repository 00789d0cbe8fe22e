"""Draw a picture of one's own, from a tree and as JSON: python examples/07_draw_a_tree.py [FOLDER]."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import mkdtemp

from examples.listings.draw_photos import SCENES, draw_photo
from postengine.render import Output, Renderer, StyleInvalid
from postengine.render.image import Box, Fit, Picture, Scrim, Style, Text, tree_from

SIZE = (1080, 1080)
PHOTO = Picture(
    source="front",
    focus="smart",
    scrims=(Scrim(colour="#0c1a28"),),
    style=Style(position="absolute", top=0, left=0, width=1080, height=1080, object_fit="cover"),
)
TITLE = Text(
    text="Morning light on three sides, and a garden down to the sea wall",
    fit=Fit(min_px=44, max_lines=2),
    style=Style(font_family="Playfair Display", font_size=88, font_weight=600, width=936, color="#ffffff"),
)
TREE = Box(
    style=Style(width=1080, height=1080, padding=72, flex_direction="column", justify_content="flex-end"),
    children=(PHOTO, TITLE),
)


def main(folder: Path) -> None:
    """Draw it, within a size; then say what is wrong with another."""
    images = {"front": draw_photo(SCENES[0], folder / "photo.jpg")}
    renderer = Renderer()
    (place,) = renderer.measure(TREE, SIZE, images=images).texts
    print(f"title: {place.font_px:.0f} px in {len(place.lines)} lines")
    output = Output(format="webp", max_bytes=60_000, copyright="Harbour & Hill")
    data = renderer.render(TREE, SIZE, images=images, output=output)
    (folder / "tree.webp").write_bytes(data)
    print("tree.webp: within 60 kB:", len(data) <= 60_000)

    as_json = json.loads(TREE.model_dump_json(by_alias=True, exclude_none=True))
    as_json["children"][1]["style"]["color"] = "whitish"
    try:
        tree_from(as_json)
    except StyleInvalid as error:
        print("refused:", *(problem.path for problem in error.problems))


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(mkdtemp())
    main(target)
    print("in", target)
