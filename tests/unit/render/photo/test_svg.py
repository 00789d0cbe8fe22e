from __future__ import annotations

import base64
import io
import re

import pytest
from PIL import Image

from postengine.render.errors import SvgUnsafe
from postengine.render.image.photo import safe_svg

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">'
)


def svg(inside: str, head: str = HEAD) -> bytes:
    return f"{head}{inside}</svg>".encode()


def embedded(kind: str = "PNG", size: tuple[int, int] = (4, 4)) -> str:
    target = io.BytesIO()
    Image.new("RGB", size).save(target, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(target.getvalue()).decode()}"


LOGO = svg(
    '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient>'
    '<clipPath id="c"><rect width="9" height="9"/></clipPath><symbol id="s"><circle r="2"/></symbol></defs>'
    "<style>.a, rect.b {fill:url(#g)} #z > path {clip-path: url('#c')}</style>"
    '<g clip-path="url(#c)" style="opacity:.5"><path class="a" d="M0 0L9 9"/><use xlink:href="#s" x="2"/></g>'
    '<text x="1" y="2" xml:space="preserve">A &amp; B &lt;</text>'
)


def test_a_plain_logo_keeps_all_that_draws() -> None:
    safe = safe_svg(LOGO).decode()

    for kept in ("linearGradient", "url(#g)", 'href="#s"', "A &amp; B &lt;", 'd="M0 0L9 9"', "opacity:.5"):
        assert kept in safe
    assert safe.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">')


def test_cleaning_twice_changes_nothing_more() -> None:
    once = safe_svg(LOGO)

    assert safe_svg(once) == once


def test_what_does_not_draw_is_left_out() -> None:
    data = (
        b'<?xml version="1.0"?><?editor note?><!-- secret --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        b'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    ) + svg(
        '<metadata><x xmlns="urn:x">Jane, 52.1 N</x></metadata><animate attributeName="x"/>'
        '<i:view xmlns:i="urn:inkscape" i:name="n"/><rect xmlns:i="urn:i" i:label="secret" width="4"/>'
    )

    safe = safe_svg(data).decode()

    assert safe == '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="4"/></svg>'


def test_a_drawing_without_namespace_gets_it() -> None:
    assert safe_svg(b"<svg/>") == b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_embedded_pictures_are_kept(kind: str) -> None:
    assert b"base64" in safe_svg(svg(f'<image href="{embedded(kind)}"/>'))


BOMB = "".join(f'<g id="n{n}">' + f'<use href="#n{n - 1}"/>' * 10 + "</g>" for n in range(1, 10))
CHAIN = "".join(f'<g id="n{n}"><use href="#n{n + 1}"/></g>' for n in range(2000))
ENTITIES = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (svg("<script>alert(1)</script>"), "contains script"),
        (svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml">1</h:script>'), "contains script"),
        (svg("<metadata><script/></metadata>"), "contains script"),
        (svg("<foreignObject><p/></foreignObject>"), "contains foreignObject"),
        (svg('<rect onclick="x()"/>'), "event handler"),
        (svg('<rect OnLoad="x()"/>'), "event handler"),
        (svg('<image href="http://example.com/a.png"/>'), "refers to 'http://example.com/a.png'"),
        (svg('<image xlink:href="//example.com/a.png"/>'), "refers to"),
        (svg('<image href="file:///etc/passwd"/>'), "refers to"),
        (svg('<a href="javascript:alert(1)"><rect/></a>'), "refers to"),
        (svg('<use href="other.svg#a"/>'), "refers to"),
        (svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'), "refers to"),
        (svg('<image href="data:text/html,hi"/>'), "refers to"),
        (svg('<image href="data:image/png;base64,AAAA"/>'), "picture in it cannot be used"),
        (svg('<image href="data:image/png;base64,A"/>'), "picture in it cannot be used"),
        (svg(f'<image href="{embedded("PNG", (5000, 4000))}"/>'), "picture in it cannot be used"),
        (svg('<rect fill="url(http://example.com/#a)"/>'), "refers to"),
        (svg("<rect fill=\"URL( 'http://example.com' )\"/>"), "refers to"),
        (svg('<rect fill="url(http://example.com"/>'), "unfinished url"),
        (svg('<rect begin="javascript:x"/>'), "javascript: address"),
        (svg("<style>@import 'http://example.com/a.css';</style>"), "style contains '@'"),
        (svg("<style>a{background:u\\72l(http://e.com)}</style>"), "style contains"),
        (svg("<style>a{background:url(http://e.com)}</style>"), "refers to"),
        (svg("<rect style=\"background:image-set('http://e.com' 1x)\"/>"), "image-set"),
        (svg('<rect style="width:expression(x)"/>'), "expression"),
        (b'<?xml-stylesheet href="http://e.com/a.css"?>' + svg(""), "style sheet from elsewhere"),
        (ENTITIES.encode() + svg("<text>&b;</text>"), "declares"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("&a;"), "declares"),
        (svg("<text>&unknown;</text>"), "not well-formed"),
        (svg("<g>"), "not well-formed"),
        (b"", "not well-formed"),
        (b"\xff\xfe\x00", "not well-formed"),
        (b'<?xml version="1.0" encoding="martian"?><svg/>', "not well-formed"),
        (b"<html/>", "first element is not svg"),
        (b'<svg xmlns="urn:other"/>', "first element is not svg"),
        (svg("<g>" * 100 + "</g>" * 100), "more than 64 deep"),
        (svg("<g/>" * 6000), "more than 5000 elements"),
        (svg(" " * 1_100_000), "bytes, more than"),
        (b'<svg width="1e30" height="5"/>', "its width is '1e30'"),
        (b'<svg height="NaN"/>', "its height is 'NaN'"),
        (b'<svg viewBox="0 0 99999 5"/>', "its viewBox"),
        (svg('<g id="n0"><path/></g>' + BOMB + '<use href="#n9"/>'), "draws .* elements through references"),
        (svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "circle"),
        (svg('<pattern id="p"><rect fill="url(#p)"/></pattern>'), "circle"),
        (svg('<style>.x{fill:url(#p)}</style><pattern id="p"><rect class="x"/></pattern>'), "circle"),
        (svg('<style>g rect{fill:url(#p)}</style><pattern id="p"><rect/></pattern>'), "circle"),
        (svg('<style>#r{fill:url(#p)}</style><pattern id="p"><rect id="r"/></pattern>'), "circle"),
        (svg('<style>*{fill:url(#p)}</style><pattern id="p"><rect/></pattern>'), "circle"),
        (
            svg('<style>.a/*{,.b*/,.x{fill:url(#p)}</style><pattern id="p"><rect class="x"/></pattern>'),
            "circle",
        ),
        (svg('<style>g{a{b:c} rect{fill:url(#p)}}</style><pattern id="p"><rect/></pattern>'), "circle"),
        (svg('<style>a[b="> x"]{fill:url(#p)}</style><pattern id="p"><rect/></pattern>'), "circle"),
        (svg(CHAIN), "nested too deep"),
        (svg('<filter id="f"><feGaussianBlur stdDeviation="2 90000"/></filter>'), "blur is '90000'"),
        (svg('<filter id="f"><feDropShadow stdDeviation="-1"/></filter>'), "blur is '-1'"),
    ],
)
def test_what_may_do_harm_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SvgUnsafe, match=reason) as caught:
        safe_svg(data)

    assert re.search(reason, caught.value.reason)


def test_of_two_links_the_newer_kind_counts_and_the_other_goes() -> None:
    safe = safe_svg(svg('<use href="#a" xlink:href="http://example.com"/>'))

    assert b"example.com" not in safe
    assert b'<use href="#a"/>' in safe


def test_style_rules_for_other_elements_make_no_circle() -> None:
    rules = "<style>.x, text{fill:url(#p)} .y{}</style>"
    data = svg(rules + '<pattern id="p"><rect class="z"/></pattern><rect class="x"/>')

    assert b"pattern" in safe_svg(data)


LONG = 900_000


@pytest.mark.parametrize(
    "inside",
    [
        "<style>" + "a" * LONG + "</style>",
        "<style>" + "a" * LONG + " b{fill:url(#a)}</style>",
        "<style>" + "a{b:c}" * (LONG // 6) + "</style>",
        f'<rect fill="{" " * LONG}url(#a)"/>',
        f'<rect fill="url(#a{" " * LONG})"/>',
        f'<feGaussianBlur stdDeviation="{"1 " * (LONG // 2)}"/>',
        f'<rect class="{"a " * (LONG // 2)}"/><style>.b{{fill:url(#a)}}</style>',
    ],
    ids=range(7),
)
def test_long_values_that_are_harmless_take_no_long_time(inside: str) -> None:
    assert safe_svg(svg(inside))


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        (f'<rect fill="url({" " * LONG}"/>', "unfinished"),
        (f'<rect fill="{"url(" * (LONG // 4)}"/>', "unfinished"),
        (f'<rect fill="url({"url " * (LONG // 4)})"/>', "refers to"),
        ("<style>" + "a{fill:url(#a)}" * 400 + "</style>", "more than 300 rules"),
        ("<style>" + "a," * 400 + "b{fill:url(#a)}</style>", "more than 300 rules"),
        (f'<image href="data:image/png;base64,{"A" * LONG}"/>', "picture in it"),
        (f'<feGaussianBlur stdDeviation="{"1" * LONG}"/>', "blur"),
    ],
    ids=range(7),
)
def test_long_values_that_are_harmful_are_refused_at_once(inside: str, reason: str) -> None:
    with pytest.raises(SvgUnsafe, match=reason):
        safe_svg(svg(inside))


def test_a_number_without_end_is_no_size() -> None:
    with pytest.raises(SvgUnsafe, match="its width"):
        safe_svg(b'<svg width="' + b"1" * LONG + b'x"/>')


def test_a_dtd_elsewhere_is_not_opened_and_its_entities_are_left_out() -> None:
    data = b'<!DOCTYPE svg SYSTEM "http://example.com/a.dtd"><svg><text>a&b;c</text></svg>'

    assert b"<text>ac</text>" in safe_svg(data)


def test_a_picture_embedded_in_a_style_is_kept() -> None:
    assert b"base64" in safe_svg(svg(f'<rect style="fill:url({embedded()})"/>'))


def test_a_plain_blur_is_kept() -> None:
    assert b"feGaussianBlur" in safe_svg(svg('<filter id="f"><feGaussianBlur stdDeviation="2,3"/></filter>'))


def test_other_encodings_are_read() -> None:
    data = '<?xml version="1.0" encoding="utf-16"?><svg><text>é</text></svg>'.encode("utf-16")

    assert "<text>é</text>" in safe_svg(data).decode()
