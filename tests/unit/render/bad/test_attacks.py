from __future__ import annotations

import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pydantic import ValidationError

from postengine.render import (
    Brand,
    IsolatedRenderer,
    Listing,
    Output,
    OutputTooLarge,
    PhotoUnreadable,
    PictureMissing,
    PictureSpec,
    Renderer,
    StyleInvalid,
    TemplateFolder,
    render_picture,
)
from postengine.render.image import Box, Outline, Picture, Shape, Style, Text, tree_from
from postengine.render.image.renderer import Drawer
from tests.unit.render.bad.conftest import FILLS, PHOTO, SHOWS, SIZE, assert_still_draws, written

RED, BLUE = written("PNG", colour="#ff0000"), written("PNG", colour="#0000ff")
NOISE = Image.effect_noise((200, 200), 90)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("dpi", 9_601),
        ("dpi", 10**30),
        ("dpi", 0),
        ("quality", 0),
        ("quality", 101),
        ("max_bytes", 0),
        ("effort", 10),
        ("copyright", "a\nb"),
        ("copyright", "a" * 501),
        ("format", "gif"),
    ],
)
def test_an_output_out_of_bounds_is_refused_by_its_field(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Output.model_validate({field: value})

    assert caught.value.errors()[0]["loc"] == (field,)


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_the_highest_dpi_is_written(door: Drawer, kind: str) -> None:
    data = door.render(Box(), SIZE, output=Output.model_validate({"format": kind, "dpi": 9_600}))

    assert round(Image.open(io.BytesIO(data)).info["dpi"][0]) == 9_600


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "avif"])
def test_a_picture_of_one_byte_is_refused_with_what_it_takes(door: Drawer, kind: str) -> None:
    with pytest.raises(OutputTooLarge) as caught:
        door.render(Box(), SIZE, output=Output.model_validate({"format": kind, "max_bytes": 1}))

    assert caught.value.max_bytes == 1
    assert caught.value.least_bytes > 1
    assert_still_draws(door)


@pytest.mark.parametrize("prefix", ["cut:", "shape:", "\ue000cut:", ""])
def test_no_name_of_a_picture_meets_one_of_our_own(door: Drawer, prefix: str) -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        b'<path fill="#00f" d="M0 0H9V9H0Z"/></svg>'
    )
    half = Style(width="50%", height="100%", flex_shrink=0)
    turned = Picture(source="photo", style=half.model_copy(update={"rotate": 180}))
    tree = Box(children=(turned, Picture(source=f"{prefix}0", style=half)), style=FILLS)

    drawn = door.pixels(tree, SIZE, images={"photo": RED, f"{prefix}0": drawing})

    assert drawn[20, 15].tolist() == [255, 0, 0, 255]
    assert drawn[20, 45].tolist() == [0, 0, 255, 255]


def test_a_picture_that_is_named_as_a_shape_stays_itself(door: Drawer) -> None:
    shape = Shape(
        view=(9, 9), outlines=(Outline(d="M0 0H9V9H0Z", fill="#ff0000"),), style=Style(width=20, height=20)
    )
    names = [f"shape:{hash(shape):x}", "shape:0", f"{hash(shape):x}"]
    for name in names:
        other = Picture(source=name, style=Style(width=20, height=20, rotate=180))

        drawn = door.pixels(Box(children=(shape, other)), SIZE, images={name: BLUE})

        assert drawn[10, 10].tolist() == [255, 0, 0, 255]
        assert drawn[10, 30].tolist() == [0, 0, 255, 255]


def test_a_control_character_is_no_part_of_a_name() -> None:
    with pytest.raises(StyleInvalid) as caught:
        tree_from({"children": [{"type": "picture", "source": "\x1fcut:0"}]})

    assert caught.value.problems[0].path == "root.children[0].source"


def test_threads_share_a_renderer_of_other_processes() -> None:
    trees = [
        Box(children=(Text(text=f"House {number}"),), style=Style(background_color="#fff"))
        for number in range(8)
    ]
    alone = Renderer()
    output = Output(format="png")

    with IsolatedRenderer(processes=2) as renderer, ThreadPoolExecutor(8) as threads:
        drawn = list(threads.map(lambda tree: renderer.render(tree, SIZE, output=output), trees * 5))
        same = list(threads.map(lambda _: renderer.render(trees[0], SIZE, output=output), range(8)))

    expected = [alone.render(tree, SIZE, output=output) for tree in trees]
    assert drawn == expected * 5
    assert same == expected[:1] * 8


def test_a_renderer_takes_every_error_after_the_other() -> None:
    renderer = Renderer()
    spoil: list[tuple[type[Exception], Callable[[], object]]] = [
        (
            PhotoUnreadable,
            lambda: renderer.render(SHOWS, SIZE, images={"photo": b"\xff\xd8\xff" + bytes(90)}),
        ),
        (PictureMissing, lambda: renderer.measure(SHOWS, SIZE)),
        (StyleInvalid, lambda: renderer.pixels(Box(), (0, 5))),
        (OutputTooLarge, lambda: renderer.render(Box(), SIZE, output=Output(max_bytes=1))),
        (StyleInvalid, lambda: renderer.render(Box(children=(Box(),) * 5_000), SIZE)),
    ]

    for error, draw in [*spoil, *reversed(spoil)]:
        with pytest.raises(error):
            draw()
        assert_still_draws(renderer)


def test_a_file_that_changes_between_two_drawings_is_read_again(door: Drawer, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(RED)
    door.pixels(SHOWS, SIZE, images={"photo": path})
    path.write_bytes(written("PNG", (61, 41), "#0000ff"))

    drawn = door.pixels(SHOWS, SIZE, images={"photo": path})

    assert drawn[20, 30].tolist() == [0, 0, 255, 255]


def test_a_folder_in_place_of_a_photo_is_refused(door: Drawer, tmp_path: Path) -> None:
    with pytest.raises(PhotoUnreadable) as caught:
        door.render(SHOWS, SIZE, images={"photo": tmp_path})

    assert caught.value.file == tmp_path
    assert_still_draws(door)


@pytest.mark.parametrize(
    "style",
    [
        Style(width=0.5, height=10),
        Style(width=10, height=10, padding=5, box_sizing="border-box"),
        Style(width=10, height=10, border="6px solid red", box_sizing="border-box"),
        Style(width=0, height=0),
        Style(width=10, height=0.4, transform="scale(9) rotate(5deg)"),
    ],
)
def test_a_drawing_without_room_leaves_the_others_as_they_are(door: Drawer, style: Style) -> None:
    outline = Outline(d="M0 0H40V20H0Z", fill="#0000ff")
    none = Shape(view=(40, 20), outlines=(outline,), style=style)
    logo = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
        b'<path fill="#0f0" d="M0 0H40V20H0Z"/></svg>'
    )
    other = Shape(
        view=(40, 20),
        outlines=(outline,),
        style=Style(position="absolute", left=20, top=0, width=40, height=20),
    )
    tree = Box(children=(none, Picture(source="logo", style=style), other))

    drawn = door.pixels(tree, SIZE, images={"logo": logo})

    assert drawn[10, 40].tolist() == [0, 0, 255, 255]


@pytest.mark.parametrize(
    "style",
    [
        {"objectPosition": "200cm"},
        {"position": "absolute", "left": 500},
        {"translate": "-900px"},
        {"scale": 5, "transformOrigin": "900px 900px"},
        {"padding": "40px"},
        {"display": "none"},
        {"margin": "0px 0px -1000vw -163vw", "display": "none"},
    ],
)
def test_a_drawing_that_is_out_of_sight_is_no_error(door: Drawer, style: dict[str, object]) -> None:
    outline = {"d": "M0 0H40V20H0Z", "fill": "#0000ff"}
    shape = {
        "type": "shape",
        "view": [40, 1],
        "outlines": [outline],
        "style": {"width": 40, "height": 1} | style,
    }

    for around in ({}, {"scale": 7, "left": 225}, {"display": "none"}):
        drawn = door.pixels(tree_from({"children": [shape], "style": around}), SIZE)
        assert not drawn[30:, :, 3].any()

    assert_still_draws(door)


@pytest.mark.parametrize("display", ["none", "inline", "inline-block"])
def test_a_photo_in_a_box_that_is_not_laid_out_by_itself_is_no_error(door: Drawer, display: str) -> None:
    photo = Picture(source="photo", style=Style(width=20, height=20, rotate=5))
    inner = Box(children=(Text(text="a"), photo), style=Style.model_validate({"display": display}))

    for tree in (Box(children=(inner, photo)), inner):
        door.render(tree, SIZE, images={"photo": PHOTO})

    assert_still_draws(door)


def test_a_photo_in_a_place_longer_than_the_engine_reads_is_drawn(door: Drawer) -> None:
    style = Style(width=40, height=10_000, flex_shrink=0, object_fit="cover", rotate=180)

    drawn = door.pixels(
        Box(children=(Picture(source="photo", style=style),)), (400, 400), images={"photo": RED}
    )

    assert drawn[200, 20][0] > 250
    assert drawn[200, 20][1:].tolist() == [0, 0, 255]


def test_a_photo_across_a_very_long_picture_is_as_long(door: Drawer) -> None:
    tree = Box(children=(Picture(source="photo", style=FILLS.model_copy(update={"object_fit": "cover"})),))

    drawn = door.pixels(tree, (20_000, 20), images={"photo": RED})

    assert drawn.shape == (20, 20_000, 4)
    assert drawn[10, 19_990].tolist() == [255, 0, 0, 255]


def test_placeholders_in_a_listing_stay_text(door: Drawer, tmp_path: Path) -> None:
    content = {"children": [{"type": "text", "text": "{{listing.title}}", "style": {"fontSize": 40}}]}
    (tmp_path / "mine.json").write_text(json.dumps(content), encoding="utf-8")
    title = "{{brand.name}} {{listing.photos.1}} {{page.width}}"
    folder, seen = TemplateFolder(tmp_path), _Seeing(door)
    spec = PictureSpec(
        template="user:mine",
        shape="square",
        listing=Listing(title=title, photos=("a",)),
        brand=Brand(name="Harbour & Hill"),
    )
    (tmp_path / "a.png").write_bytes(PHOTO)

    render_picture(spec, {"a": tmp_path / "a.png"}, tmp_path / "out.jpg", renderer=seen, folder=folder)

    assert [text.text for text in seen.texts] == [title]


class _Seeing:
    """Draws by another, and keeps the texts of the trees that it was given."""

    def __init__(self, door: Drawer) -> None:
        self._door = door
        self.texts: list[Text] = []
        self.measure = door.measure
        self.pixels = door.pixels

    def render(self, tree: Box, size: tuple[int, int], **more: Any) -> bytes:  # noqa: ANN401 - handed on as it is
        self.texts += [node for node in tree.children if isinstance(node, Text)]
        return self._door.render(tree, size, **more)


def test_a_ground_wider_than_the_engine_reads_is_drawn(door: Drawer) -> None:
    tree = tree_from({"style": {"backgroundImage": "url(photo)", "backgroundSize": "cover"}})

    drawn = door.pixels(tree, SIZE, images={"photo": written("PNG", (9_000, 40), "#ff0000")})

    assert drawn[20, 30][0] > 250
    assert drawn[20, 30][1:].tolist() == [0, 0, 255]
