"""`img` and `svg` become pictures of the size that Satori gives them."""

from __future__ import annotations

import base64
from io import BytesIO

import pytest
from PIL import Image

from postengine.render.image.satori import from_satori
from postengine.render.image.satori.pictures import (
    bytes_of,
    data_uri,
    media_type_of,
    natural_size,
    url_of,
    with_urls,
)
from postengine.render.image.tree import Picture, Style


def png(width: int, height: int, kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "red").save(out, kind)
    return out.getvalue()


URL = "https://example.test/a.png"
IMAGES = {URL: png(20, 10)}


def img(style: dict[str, object] | None = None, **props: object) -> Picture:
    element = {"type": "img", "props": {"src": URL, "style": style, **props}}
    node = from_satori(element, width=200, height=100, images=IMAGES).tree.children[0]
    assert isinstance(node, Picture)
    return node


def svg(*children: object, **props: object) -> Picture:
    element = {"type": "svg", "props": {**props, "children": list(children)}}
    node = from_satori(element, width=200, height=100).tree.children[0]
    assert isinstance(node, Picture)
    return node


def drawing_of(picture: Picture) -> str:
    return base64.b64decode(picture.source.partition(",")[2]).decode()


def sizes(style: Style) -> tuple[object, object, object]:
    return style.width, style.height, style.aspect_ratio


@pytest.mark.parametrize(
    ("props", "style", "expected"),
    [
        ({"width": 40, "height": "30"}, {}, (40, 30, None)),
        ({"width": "40"}, {}, (40, 20, None)),
        ({"height": 40}, {}, (80, 40, None)),
        ({}, {"width": 50, "height": 50}, (50, 50, None)),
        ({"width": 40, "height": 40}, {"width": "50%"}, ("50%", 40, None)),
        ({}, {"width": "50%"}, ("50%", None, 2)),
        ({"width": "50%"}, {}, ("50%", None, 2)),
        ({}, {}, ("100%", None, 2)),
        ({"width": "wide", "height": 10}, {}, (20, 10, None)),
    ],
)
def test_an_image_has_the_size_of_style_attributes_or_nature(
    props: dict[str, object], style: dict[str, object], expected: tuple[object, ...]
) -> None:
    picture = img(style, **props)

    assert sizes(picture.style) == expected
    assert picture.source == URL
    assert picture.style.flex_shrink == 0


def test_an_image_of_unknown_size_is_a_loss() -> None:
    converted = from_satori({"type": "img", "props": {"src": URL}}, width=100, height=100)

    assert converted.tree.children == ()
    assert str(converted.losses[0]) == f"root.src: {URL} (its size is not known; give width and height)"


def test_an_image_that_is_not_at_hand_keeps_its_size() -> None:
    element = {"type": "img", "props": {"src": URL, "width": 40, "height": 30}}
    picture = from_satori(element, width=100, height=100).tree.children[0]

    assert sizes(picture.style) == (40, 30, None)


def test_a_data_uri_is_written_as_base64() -> None:
    element = {
        "type": "img",
        "props": {
            "src": 'data:image/svg+xml;utf8,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"/>'
        },
    }
    picture = from_satori(element, width=100, height=100).tree.children[0]
    assert isinstance(picture, Picture)

    assert picture.source.startswith("data:image/svg+xml;base64,")
    assert picture.style.aspect_ratio == 2


D = {"d": "M0 0", "strokeWidth": 2.0}


def test_an_svg_is_written_with_its_own_attribute_names() -> None:
    picture = svg(
        {
            "type": "path",
            "props": {**D, "fill": "currentColor", "style": {"strokeLinecap": "round"}},
        },
        {"type": "use", "props": {"xlinkHref": "#a", "id": None, "hidden": True}},
        {"type": "title", "props": {"children": "a < b"}},
        viewBox="0 0 10 20",
        xmlnsXlink="http://www.w3.org/1999/xlink",
        width=50,
        style={"color": "teal"},
    )  # fmt: skip

    assert drawing_of(picture) == (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'viewBox="0 0 10 20" width="50" height="100">'
        '<path d="M0 0" stroke-width="2" fill="teal" style="stroke-linecap:round"></path>'
        '<use xlink:href="#a"></use><title>a &lt; b</title></svg>'
    )
    assert sizes(picture.style) == (50, 100, None)


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ({"viewBox": "0 0 10 20"}, (10, 20, None)),
        ({"viewbox": "0,0,10,20", "height": "40px"}, (20, 40, None)),
        ({"viewBox": "0 0 10 20", "width": "2em", "height": 8}, (32, 8, None)),
        ({"width": 30, "height": 30}, (30, 30, None)),
        ({"viewBox": "nonsense", "width": 30}, (30, None, None)),
        ({"viewBox": "0 0 0 20", "width": 30}, (30, None, None)),
        ({"viewBox": "0 0 10 20", "width": "50%"}, ("50%", None, None)),
        ({"viewBox": "0 0 10 20", "height": "50%"}, (None, "50%", None)),
    ],
)
def test_an_svg_has_the_size_of_its_attributes_or_its_view(
    props: dict[str, object], expected: tuple[object, ...]
) -> None:
    assert sizes(svg(**props).style) == expected


def test_an_svg_without_a_view_is_scaled_as_a_drawing() -> None:
    assert 'width="30"' not in drawing_of(svg(width=30, height=30))


def test_what_is_not_a_drawing_is_left_out_of_it() -> None:
    element = {
        "type": "svg",
        "props": {
            "viewBox": "0 0 1 1",
            "children": [
                {"type": "script", "props": {"children": "steal()"}},
                {"type": "text", "props": {"children": "no fonts"}},
                {"type": "a b", "props": {}},
                {"type": "image", "props": {"href": "https://example.test/x.png", "onLoad": "steal()"}},
                {"type": "image", "props": {"href": "data:image/png;base64,AA=="}},
            ],
        },
    }
    converted = from_satori(element, width=100, height=100)
    (picture,) = converted.tree.children
    assert isinstance(picture, Picture)

    assert drawing_of(picture).endswith(
        '<image></image><image href="data:image/png;base64,AA=="></image></svg>'
    )
    assert [loss.path for loss in converted.losses] == [
        "root.children[0]",
        "root.children[1]",
        "root.children[2]",
        "root.children[3].href",
        "root.children[3].onLoad",
    ]


def test_a_colour_within_an_svg_is_inherited() -> None:
    circle = {"type": "circle", "props": {"fill": "currentcolor"}}
    group = {"type": "g", "props": {"color": "red", "children": circle}}

    assert '<circle fill="red">' in drawing_of(svg(group, viewBox="0 0 1 1"))
    assert '<circle fill="black">' in drawing_of(svg(circle, viewBox="0 0 1 1"))


def ground(images: dict[str, bytes], **style: object) -> tuple[Style, list[str]]:
    converted = from_satori({"type": "div", "props": {"style": style}}, width=100, height=100, images=images)
    return converted.tree.children[0].style, [str(loss) for loss in converted.losses]


def test_a_picture_in_the_ground_is_written_into_the_tree_at_its_own_size() -> None:
    style, losses = ground(IMAGES, backgroundImage=f"url({URL})", border="1px solid")

    assert str(style.background_image).startswith('url("data:image/png;base64,')
    assert (style.background_size, style.background_origin) == ("20px 10px", "border-box")
    assert losses == []


def test_a_ground_s_size_and_origin_are_kept() -> None:
    style, _ = ground(
        IMAGES,
        backgroundImage=f"url({URL})",
        backgroundSize="cover",
        borderTopWidth=1,
        backgroundOrigin="content-box",
    )

    assert (style.background_size, style.background_origin) == ("cover", "content-box")


def test_a_picture_in_the_ground_that_is_not_at_hand_is_a_loss() -> None:
    style, losses = ground({}, backgroundImage=f"url('{URL}')", backgroundColor="red")

    assert (style.background_image, style.background_color) == (None, "red")
    assert losses == [f"root.style.backgroundImage: {URL} (the picture was not handed over)"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (png(3, 4), (3, 4)),
        (png(3, 4, "GIF"), (3, 4)),
        (b"junk", None),
        (b'<svg width="3" height="4">', (3, 4)),
        (b'<svg viewBox="0 0 3 4">', (3, 4)),
        (b'<svg viewBox="0 0 3 4" width="6">', (6, 8)),
        (b'<svg viewBox="0 0 3 4" height="8px">', (6, 8)),
        (b'<svg viewBox="0 0 0 4" width="6">', None),
        (b"<svg>", None),
    ],
)
def test_pictures_know_their_size(data: bytes, expected: tuple[float, float] | None) -> None:
    assert natural_size(data) == expected


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (png(1, 1), "image/png"),
        (png(1, 1, "JPEG"), "image/jpeg"),
        (png(1, 1, "GIF"), "image/gif"),
        (png(1, 1, "WEBP"), "image/webp"),
        (b"<svg/>", "image/svg+xml"),
        (b"junk", "image/png"),
    ],
)
def test_pictures_tell_their_kind(data: bytes, kind: str) -> None:
    assert media_type_of(data) == kind
    assert data_uri("", data).startswith(f"data:{kind};base64,")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("data:text/plain,a%20b", ("text/plain", b"a b")),
        ("data:image/png;base64,QUI=", ("image/png", b"AB")),
        ("data:image/png;base64,Q", None),
        ("data:nonsense", None),
        ("https://example.test/b.png", None),
        (URL, ("", IMAGES[URL])),
    ],
)
def test_bytes_come_from_data_uris_and_what_was_handed_over(
    source: str, expected: tuple[str, bytes] | None
) -> None:
    assert bytes_of(source, IMAGES) == expected


def test_urls_are_found_in_every_spelling() -> None:
    assert [url_of(value) for value in ("url(a)", 'url("a")', "url( 'a' )", "url()", "red, url(a)")] == [
        "a",
        "a",
        "a",
        "",
        None,
    ]
    assert with_urls("url(a), url(b)", {"a": b"<svg/>"})[1] == ("b",)
