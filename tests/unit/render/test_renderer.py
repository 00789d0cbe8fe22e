"""The renderer: photos decoded once, trees settled once, and every kind of picture source and output."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from postengine.render import (
    DrawingFailed,
    NodeRefused,
    PictureMissing,
    Renderer,
    StyleInvalid,
    SvgUnsafe,
)
from postengine.render.image import (
    Box,
    FontFace,
    FontSet,
    Job,
    Node,
    Output,
    PhotoCache,
    Picture,
    PictureSource,
    Region,
    Scrim,
    Shape,
    Size,
    Style,
    Text,
    asset_name,
    default_fonts,
    measure,
    render,
    renderer_with_fonts,
)
from postengine.render.image.draw import Placed, RgbaPixels
from postengine.render.image.draw.takumi import TakumiEngine
from postengine.render.image.fonts import SANS
from postengine.render.image.photo import Decoded, Fit, Photo, PhotoSource
from postengine.render.image.tree import walk

SIZE = Size(120, 90)
PNG = Output(format="png")
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    b'<path d="M0 0H40V20H0z" fill="#00ff00"/></svg>'
)


class CountingCache(PhotoCache):
    """Remembers what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[PhotoSource, list[Size]]] = []

    def decode_for(self, source: PhotoSource | Photo, sizes: Sequence[Size], fit: Fit = "cover") -> Decoded:
        self.asked.append((source.source if isinstance(source, Photo) else source, list(sizes)))
        return super().decode_for(source, sizes, fit)


class CountingEngine:
    """Measures and draws with another engine, and remembers on which canvas."""

    def __init__(self, engine: TakumiEngine) -> None:
        self._engine = engine
        self.fonts = engine.fonts
        self.measured: list[Size] = []
        self.drawn: list[tuple[Size, Mapping[str, bytes]]] = []

    def measure(self, root: Box, size: Size, pictures: Mapping[str, bytes]) -> Placed:
        self.measured.append(size)
        return self._engine.measure(root, size, pictures)

    def draw(self, root: Box, size: Size, pictures: Mapping[str, bytes]) -> RgbaPixels:
        self.drawn.append((size, pictures))
        return self._engine.draw(root, size, pictures)


@pytest.fixture
def counting(engine: TakumiEngine) -> CountingEngine:
    return CountingEngine(engine)


@pytest.fixture
def cache() -> CountingCache:
    return CountingCache()


def written(image: Image.Image, kind: str = "PNG", exif: Image.Exif | None = None) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, exif=exif or Image.Exif())
    return target.getvalue()


def photo(colour: str = "#ff0000", size: tuple[int, int] = (240, 180)) -> bytes:
    return written(Image.new("RGB", size, colour))


def box(*children: Node, **style: object) -> Box:
    return Box(children=children, style=Style.model_validate(style))


def pictured(source: str = "a", size: Size = SIZE, **style: object) -> Picture:
    given = {"width": size.width, "height": size.height, "object_fit": "cover"} | style
    return Picture(source=source, style=Style.model_validate(given))


def caption(text: str = "Sold", **style: object) -> Text:
    given = {"position": "absolute", "top": 10, "left": 10, "font_size": 20, "color": "#ffffff"} | style
    return Text(text=text, style=Style.model_validate(given))


CARD = box(pictured(), caption())


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def test_several_pictures_of_a_photo_decode_it_once_for_the_largest(
    counting: CountingEngine, cache: CountingCache
) -> None:
    renderer, given = Renderer(engine=counting, photos=cache), photo()
    small, large = Size(60, 45), Size(200, 150)
    jobs = [Job(box(pictured(size=size)), size, PNG) for size in (small, large)]

    files = renderer.render_all(jobs, images={"a": given})

    assert cache.asked == [(given, [small, large])]
    assert [opened(data).size for data in files] == [small, large]


def test_pictures_are_returned_in_the_order_of_their_jobs(renderer: Renderer) -> None:
    jobs = [Job(box(background_color=colour), SIZE, PNG) for colour in ("#ff0000", "#0000ff")]

    files = renderer.render_all(jobs)

    assert [opened(data).convert("RGB").getpixel((5, 5)) for data in files] == [(255, 0, 0), (0, 0, 255)]
    assert renderer.render_all([]) == []


def test_a_tree_that_was_just_measured_is_not_settled_again(
    counting: CountingEngine, cache: CountingCache
) -> None:
    renderer, images = Renderer(engine=counting, photos=cache), {"a": photo()}

    renderer.measure(CARD, SIZE, images=images)
    assert cache.asked == []
    renderer.render(CARD, SIZE, images=images)
    renderer.pixels(CARD, SIZE, images=images)

    assert counting.measured == [SIZE]


@pytest.mark.parametrize("change", ["tree", "size", "bytes", "names"])
def test_anything_else_is_settled_anew(change: str, counting: CountingEngine) -> None:
    renderer, images = Renderer(engine=counting), {"a": photo()}
    renderer.measure(CARD, SIZE, images=images)

    tree = box(pictured(), caption("Sold!")) if change == "tree" else CARD
    size = Size(121, 90) if change == "size" else SIZE
    others = {"a": photo("#00ff00")} if change == "bytes" else images
    renderer.measure(tree, size, images=others | {"b": b""} if change == "names" else others)

    assert len(counting.measured) == 2


def test_a_tree_is_not_mixed_up_with_one_that_another_thread_measures_meanwhile(renderer: Renderer) -> None:
    class Slow(bytes):
        """Is compared so slowly that others get their turn."""

        def __eq__(self, other: object) -> bool:
            renderer.measure(Box(children=(Text(text="theirs"),)), SIZE)
            return bytes(self) == other

        __hash__ = bytes.__hash__

    ours = Box(children=(Text(text="ours"),))
    renderer.measure(ours, SIZE, images={"unused": Slow(SVG)})

    layout = renderer.measure(ours, SIZE, images={"unused": Slow(SVG)})

    assert [text.text for text in layout.texts] == ["ours"]


def test_a_file_that_was_replaced_meanwhile_is_drawn_as_it_is_now(renderer: Renderer, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(photo("#ff0000"))
    first = renderer.pixels(box(pictured()), SIZE, images={"a": path})
    path.write_bytes(photo("#0000ff", (100, 300)))
    os.utime(path, ns=(1, 1))

    second = renderer.pixels(box(pictured()), SIZE, images={"a": path})

    assert (first[40, 40].tolist(), second[40, 40].tolist()) == ([255, 0, 0, 255], [0, 0, 255, 255])


@pytest.mark.parametrize("how", ["bytes", "path", "data"])
@pytest.mark.parametrize("fit", ["cover", "fill"])
def test_a_photo_may_be_bytes_a_file_or_a_data_uri(
    how: str, fit: str, renderer: Renderer, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(photo())
    uri = f"data:image/png;base64,{base64.b64encode(photo()).decode()}"
    images: dict[str, PictureSource] = {"a": tmp_path / "a.png" if how == "path" else photo()}

    pixels = renderer.pixels(
        box(pictured(uri if how == "data" else "a", object_fit=fit)), SIZE, images=images
    )

    assert (pixels == [255, 0, 0, 255]).all()


@pytest.mark.parametrize("how", ["bytes", "path", "data"])
def test_a_drawing_may_be_bytes_a_file_or_a_data_uri(how: str, renderer: Renderer, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(SVG)
    uri = f"data:image/svg+xml;base64,{base64.b64encode(SVG).decode()}"
    images: dict[str, PictureSource] = {"logo": tmp_path / "logo.svg" if how == "path" else SVG}
    logo = Picture(source=uri if how == "data" else "logo", style=Style(height=30))

    pixels = renderer.pixels(box(logo, align_items="flex-start"), SIZE, images=images)

    assert pixels[15, 30].tolist() == [0, 255, 0, 255]
    assert (pixels[..., 3] > 0).sum() == 60 * 30


def test_a_harmful_drawing_is_refused(renderer: Renderer) -> None:
    bad = SVG.replace(b"<path", b"<script>1</script><path")

    with pytest.raises(SvgUnsafe):
        renderer.render(box(Picture(source="logo")), SIZE, images={"logo": bad})


def test_a_photo_is_turned_upright(renderer: Renderer) -> None:
    image = Image.new("RGB", (180, 240), "#0000ff")
    image.paste("#ff0000", (0, 0, 180, 120))
    exif = Image.Exif()
    exif[0x0112] = 6
    data = written(image, "JPEG", exif)

    layout = renderer.measure(
        box(Picture(source="a", key="photo"), align_items="flex-start"), Size(300, 300), images={"a": data}
    )
    pixels = renderer.pixels(box(pictured()), SIZE, images={"a": data})

    assert layout.regions["photo"] == Region(0, 0, 240, 180)
    assert pixels[45, 100, 0] > 240
    assert pixels[45, 20, 2] > 240


COLUMNS = np.repeat(np.eye(3, dtype=np.uint8)[[0, 1, 1, 2]] * 255, 25, axis=0)
RED, GREEN, BLUE, NONE = [255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255], [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("style", "seen"),
    [
        ({"object_fit": "cover"}, (GREEN, GREEN, GREEN)),
        ({"object_fit": "cover", "object_position": "left top"}, (RED, RED, RED)),
        ({"object_fit": "cover", "object_position": "100% 0"}, (BLUE, BLUE, BLUE)),
        ({"object_fit": "contain"}, (NONE, GREEN, NONE)),
        ({"object_fit": "contain", "object_position": "left top"}, (GREEN, NONE, NONE)),
        ({"object_fit": "fill"}, (GREEN, GREEN, GREEN)),
        ({"object_fit": None}, (GREEN, GREEN, GREEN)),
        ({"object_fit": "none"}, (GREEN, GREEN, GREEN)),
        ({"object_fit": "scale-down"}, (NONE, GREEN, NONE)),
    ],
)
def test_a_photo_is_fitted_as_css_says(
    style: dict[str, Any], seen: tuple[list[int], ...], renderer: Renderer
) -> None:
    data = written(Image.fromarray(np.broadcast_to(COLUMNS, (25, 100, 3)).copy()))

    pixels = renderer.pixels(box(pictured(size=Size(20, 20), **style)), Size(20, 20), images={"a": data})

    assert tuple(pixels[y, 10].tolist() for y in (2, 10, 17)) == seen


@pytest.mark.parametrize("fit", ["fill", None])
def test_a_distorted_photo_shows_all_of_it(fit: str | None, renderer: Renderer) -> None:
    data = written(Image.fromarray(np.broadcast_to(COLUMNS, (25, 100, 3)).copy()))

    pixels = renderer.pixels(
        box(pictured(size=Size(40, 20), object_fit=fit)), Size(40, 20), images={"a": data}
    )

    assert [pixels[10, x].tolist() for x in (3, 20, 36)] == [RED, GREEN, BLUE]


@pytest.mark.parametrize("name", ["background_image", "background"])
def test_a_photo_may_be_a_ground(name: str, renderer: Renderer, cache: CountingCache) -> None:
    panel = box(width=120, height=90, background_size="cover", **{name: "url(a)"})

    pixels = Renderer(engine=TakumiEngine(renderer._engine.fonts), photos=cache).pixels(
        box(panel), SIZE, images={"a": photo()}
    )

    assert (pixels == RED).all()
    assert len(cache.asked) == 1


def test_a_drawing_may_be_a_mask(renderer: Renderer) -> None:
    panel = box(
        width=120, height=90, background_color="#ff0000", mask_image="url(m)", mask_repeat="no-repeat"
    )

    pixels = renderer.pixels(box(panel), SIZE, images={"m": SVG})

    assert pixels[10, 20].tolist() == RED
    assert pixels[60, 100].tolist() == NONE


@pytest.mark.parametrize("tree", [box(pictured("b")), box(box(width=9, height=9, background="url(b)"))])
@pytest.mark.parametrize("method", ["render", "measure", "pixels"])
def test_a_picture_that_was_not_handed_over_is_named(tree: Box, method: str, renderer: Renderer) -> None:
    with pytest.raises(PictureMissing, match=r"^root\.children\[0\]: .*'b'"):
        getattr(renderer, method)(tree, SIZE, images={"a": photo()})


@pytest.mark.parametrize(
    ("style", "seen"),
    [
        ({"background_color": "#ffffff", "mix_blend_mode": "multiply"}, [51, 102, 170, 255]),
        ({"backdrop_filter": "invert(1)"}, [204, 153, 85, 255]),
    ],
)
def test_a_layer_blends_with_the_colour_of_the_ground(
    style: dict[str, str], seen: list[int], renderer: Renderer
) -> None:
    tree = box(box(width=50, height=50, **style), background_color="#3366aa")

    assert renderer.pixels(tree, SIZE)[20, 20].tolist() == seen


@pytest.mark.parametrize("style", [{"background_color": "#ff0000"}, {"border": "2px solid #ff0000"}])
def test_a_texts_own_ground_and_frame_are_painted_as_wide_as_its_box(
    style: dict[str, str], renderer: Renderer
) -> None:
    label = Text(text="Hi", style=Style.model_validate({"height": 30} | style))

    pixels = renderer.pixels(box(label, flex_direction="column"), SIZE)

    assert pixels[1, 118].tolist() == RED
    assert pixels[29, 118].tolist() == RED


def test_lines_that_reach_out_of_their_box_are_painted(renderer: Renderer) -> None:
    text = Text(text="HHH HHH HHH", style=Style(font_size=20, line_height=1.2, width=60, height=12))

    pixels = renderer.pixels(box(text), SIZE)

    assert pixels[48:72, :60, 3].max() == 255


def test_what_reaches_out_of_an_inline_box_is_painted(renderer: Renderer) -> None:
    line = box(Picture(source="a"), Picture(source="a"), display="inline-block")
    tree = box(box(line, width="50%", flex_direction="column"))

    pixels = renderer.pixels(tree, SIZE, images={"a": photo()})

    assert pixels[80, 115].tolist() == RED


def test_a_framed_photo_of_one_given_side_leaves_its_neighbour_where_it_was_measured(
    renderer: Renderer,
) -> None:
    framed = pictured("a", width=None, height=60, border="10px solid #0000ff")
    tree = box(framed, box(width=9, height=9, background_color="#00ff00"), align_items="flex-start")

    (left,) = (
        region.x
        for path, region in renderer.measure(tree, SIZE, images={"a": photo()}).boxes.items()
        if path == "root.children[1]"
    )
    pixels = renderer.pixels(tree, SIZE, images={"a": photo()})

    assert pixels[4, round(left)].tolist() == GREEN
    assert pixels[4, round(left) - 1].tolist() == [0, 0, 255, 255]


@pytest.mark.parametrize("margin", [0.5, 10.5])
def test_a_photo_at_half_a_pixel_is_the_same_on_both_ways(margin: float, renderer: Renderer) -> None:
    grain = Image.effect_noise((99, 99), 80).convert("RGB")
    node = pictured("a", Size(61, 51), margin=margin)

    beneath, by_the_engine = (
        renderer.pixels(tree, SIZE, images={"a": written(grain)}).astype(int)
        for tree in (box(node), box(node, z_index=1))
    )

    assert np.abs(beneath - by_the_engine).max() <= 2


@pytest.mark.parametrize("opacity", [None, 0.999], ids=["beneath", "by the engine"])
def test_a_photo_may_stand_whole_over_its_own_blur(opacity: float | None, renderer: Renderer) -> None:
    tree = box(pictured("b", object_fit="blur-fill", opacity=opacity))

    pixels = renderer.pixels(tree, SIZE, images={"b": photo("#ff0000", (90, 90))})

    assert pixels[45, 60, :3] == pytest.approx(np.array(RED[:3]), abs=3)
    red, green, blue, alpha = pixels[45, 5].tolist()
    assert 120 < red < 220
    assert max(green, blue) < 20
    assert alpha >= 254


def test_a_drawing_has_no_blur_to_stand_on(renderer: Renderer) -> None:
    tree = box(pictured("b", object_fit="blur-fill"))

    pixels = renderer.pixels(tree, SIZE, images={"b": SVG})

    assert pixels[45, 60].tolist() == [0, 255, 0, 255]
    assert pixels[5, 60].tolist() == NONE


@pytest.mark.parametrize(
    ("node", "data"),
    [
        (pictured("b"), b"junk"),
        (pictured("b"), photo()[:-200]),
        (pictured("data:image/png;base64,AAAA"), b""),
        (pictured("b"), b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        (box(width=9, height=9, mask_image="url(b)"), b"junk"),
        (caption(font_family="Comic Sans"), b""),
    ],
    ids=["junk", "cut short", "data uri", "drawing", "mask", "font"],
)
def test_what_a_node_cannot_have_names_the_node(node: Node, data: bytes, renderer: Renderer) -> None:
    tree = box(pictured(), box(node))

    with pytest.raises(NodeRefused, match=r"^root\.children\[1\]\.children\[0\]: Expected") as caught:
        renderer.render(tree, SIZE, images={"a": photo(), "b": data})

    assert caught.value.path == "root.children[1].children[0]"


@pytest.mark.parametrize("size", [(0, 10), (10, 0), (-10, -10), (8001, 8000)])
def test_a_canvas_of_no_or_too_many_pixels_is_refused(size: tuple[int, int], renderer: Renderer) -> None:
    with pytest.raises(StyleInvalid, match="canvas") as caught:
        renderer.render(box(), size)

    assert caught.value.problems[0].path == "size"


def test_a_box_far_beyond_the_canvas_is_refused(renderer: Renderer) -> None:
    with pytest.raises(StyleInvalid, match="16 times"):
        renderer.render(box(box(width=9000, height=9000)), SIZE)


def test_a_shape_in_a_line_is_refused_if_it_is_as_large(renderer: Renderer) -> None:
    wide = Shape(view=(7000, 1), outlines=(), style=Style(height=1000))

    with pytest.raises(StyleInvalid, match="16 times") as caught:
        renderer.render(box(box(Text(text="a"), wide, display="inline-block")), SIZE)

    assert caught.value.problems[0].path == "root.children[0].children[1].style"


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "avif"])
def test_every_format_is_written(kind: str, renderer: Renderer) -> None:
    data = renderer.render(CARD, SIZE, images={"a": photo()}, output=Output.model_validate({"format": kind}))

    image = opened(data)
    assert (image.format, image.size) == (kind.upper(), SIZE)


def test_without_an_output_it_is_a_jpeg(renderer: Renderer) -> None:
    assert opened(renderer.render(CARD, SIZE, images={"a": photo()})).format == "JPEG"


def test_an_empty_tree_is_a_transparent_layer(renderer: Renderer) -> None:
    pixels = renderer.pixels(box(), SIZE)

    assert (pixels.shape, int(pixels.max())) == ((90, 120, 4), 0)


@pytest.mark.parametrize("position", [None, "relative"])
def test_only_what_is_above_the_photo_is_drawn_by_the_engine(
    position: str | None, counting: CountingEngine
) -> None:
    card = box(*CARD.children, position=position)

    Renderer(engine=counting).render(card, SIZE, images={"a": photo()})

    ((size, pictures),) = counting.drawn
    assert size.width * size.height < 120 * 90 / 2
    assert pictures == {}


def test_a_window_shows_what_the_whole_canvas_would(renderer: Renderer, counting: CountingEngine) -> None:
    card = box(pictured(), caption("Sold", top=50, left=40))
    whole = box(pictured(), caption("Sold", top=50, left=40), top=0)

    assert (
        renderer.pixels(card, SIZE, images={"a": photo()})
        == renderer.pixels(whole, SIZE, images={"a": photo()})
    ).all()
    Renderer(engine=counting).pixels(whole, SIZE, images={"a": photo()})
    assert counting.drawn[0][0] == SIZE


def test_photos_that_the_engine_draws_are_cut_for_their_place(counting: CountingEngine) -> None:
    turned = pictured(size=Size(60, 45), rotate="10deg")

    Renderer(engine=counting).render(box(turned, pictured("b")), SIZE, images={"a": photo(), "b": photo()})

    ((_, pictures),) = counting.drawn
    assert sorted(opened(data).size for data in pictures.values()) == [(60, 45), (120, 90)]


def test_photos_one_over_the_other_are_laid_in_their_order(renderer: Renderer) -> None:
    above = pictured("b", Size(40, 30), position="absolute", top=10, left=10, border_radius=4)

    pixels = renderer.pixels(box(pictured(), above), SIZE, images={"a": photo(), "b": photo("#0000ff")})

    assert (pixels[20, 20].tolist(), pixels[60, 60].tolist()) == (BLUE, RED)


def test_a_scrim_makes_the_text_on_a_photo_readable(renderer: Renderer) -> None:
    shaded = pictured().model_copy(update={"scrims": (Scrim(edge="bottom"),)})
    tree = box(shaded, caption("Sold", top=60))

    pixels = renderer.pixels(tree, SIZE, images={"a": photo("#ffffff")})

    assert pixels[5, 60].tolist() == [255, 255, 255, 255]
    assert pixels[85, 110, 0] < 120


def test_layout_tells_where_texts_stand(renderer: Renderer) -> None:
    layout = renderer.measure(CARD, SIZE, images={"a": photo()})

    assert layout.boxes["root.children[0]"] == Region(0, 0, 120, 90)
    assert [(text.path, text.text) for text in layout.texts] == [("root.children[1]", "Sold")]


def test_a_renderer_takes_its_fonts_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "house.ttf").write_bytes(default_fonts().face(SANS).read())

    with_fonts, without = renderer_with_fonts(tmp_path), renderer_with_fonts(None)

    assert with_fonts.measure(box(caption()), SIZE).texts
    assert without.measure(box(caption()), SIZE).texts


def test_a_picture_may_be_drawn_and_measured_without_keeping_a_renderer() -> None:
    fonts = FontSet((FontFace("House", default_fonts().face(SANS).read()),))

    data = render(CARD, (120, 90), fonts=fonts, images={"a": photo()}, output=PNG)
    layout = measure(CARD, (120, 90), fonts=fonts, images={"a": photo()})

    assert opened(data).size == (120, 90)
    assert len(layout.texts) == 1


HASHES = {"a": "1" * 64, "b": "2" * 64}
FONTS = FontSet((FontFace("House", b"one"),))


def name_of(
    tree: Box = CARD,
    size: tuple[int, int] = SIZE,
    output: Output = PNG,
    fonts: FontSet = FONTS,
    sha256s: Mapping[str, str] = HASHES,
) -> str:
    return asset_name(tree, size, output, fonts=fonts, sha256s=sha256s)


def test_a_name_changes_with_all_that_can_be_seen() -> None:
    names = [
        name_of(),
        name_of(tree=box(pictured(), caption("Sold!"))),
        name_of(tree=box(pictured("b"), caption())),
        name_of(size=(120, 91)),
        name_of(output=Output(format="webp")),
        name_of(output=Output(format="png", dpi=300)),
        name_of(fonts=FontSet((FontFace("House", b"two"),))),
        name_of(sha256s=HASHES | {"a": "3" * 64}),
        name_of(tree=box(box(background="url(b)"))),
        name_of(tree=box(box(background="url(b)")), sha256s=HASHES | {"b": "3" * 64}),
    ]

    assert len(set(names)) == len(names)
    assert all(len(name) == 64 and set(name) <= set("0123456789abcdef") for name in names)


def test_a_name_does_not_change_with_what_cannot_be_seen() -> None:
    assert name_of(sha256s={"a": "1" * 64}) == name_of()
    assert name_of(tree=Box.model_validate_json(CARD.model_dump_json())) == name_of()


@pytest.mark.parametrize("tree", [CARD, box(box(background="url(a)"))])
def test_a_name_needs_every_picture(tree: Box) -> None:
    with pytest.raises(PictureMissing, match="'a'"):
        name_of(tree=tree, sha256s={"b": "2" * 64})


def test_a_picture_in_the_tree_itself_needs_no_hash() -> None:
    assert name_of(tree=box(pictured("data:image/png;base64,AAAA")), sha256s={}) != name_of()


PROGRAM = """
from postengine.render.image import *
tree = Box(children=(Picture(source="a"), Text(text="Sold", key="title"),
           Shape(view=(9, 9), outlines=(Outline(d="M0 0H9", fill="#ff0000"),))))
fonts = FontSet((FontFace("House", b"one"),))
print(asset_name(tree, (9, 9), Output(), fonts=fonts, sha256s={"a": "1" * 64, "b": "2" * 64}))
"""


def test_a_name_is_the_same_in_every_process() -> None:
    names = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(names) == 1


class FailingEngine(CountingEngine):
    """Refuses every text that says so, when it measures or when it draws."""

    def __init__(self, engine: TakumiEngine, *, at: str) -> None:
        super().__init__(engine)
        self._at = at

    def measure(self, root: Box, size: Size, pictures: Mapping[str, bytes]) -> Placed:
        if self._at == "measure":
            self._refuse(root)
        return super().measure(root, size, pictures)

    def draw(self, root: Box, size: Size, pictures: Mapping[str, bytes]) -> RgbaPixels:
        if self._at == "draw":
            self._refuse(root)
        return super().draw(root, size, pictures)

    @staticmethod
    def _refuse(root: Box) -> None:
        if any(isinstance(node, Text) and node.text == "refused" for _, node in walk(root)):
            raise DrawingFailed("Expected a drawing, got: trouble")


@pytest.mark.parametrize("position", [None, "relative"])
@pytest.mark.parametrize("at", ["measure", "draw"])
def test_a_refused_drawing_names_the_node_as_its_author_knows_it(
    at: str, position: str | None, engine: TakumiEngine
) -> None:
    tree = box(pictured(), box(caption(), caption("refused")), position=position)

    with pytest.raises(DrawingFailed, match="trouble") as caught:
        Renderer(engine=FailingEngine(engine, at=at)).render(tree, SIZE, images={"a": photo()})

    assert caught.value.path == "root.children[1].children[1]"
