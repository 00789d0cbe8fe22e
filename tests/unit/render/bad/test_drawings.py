from __future__ import annotations

import base64
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

from postengine.render import PhotoUnreadable, PictureMissing, StyleInvalid, SvgUnsafe
from postengine.render.image import Box, Picture, tree_from
from postengine.render.image.renderer import Drawer
from tests.unit.render.bad.conftest import FILLS, SHOWS, SIZE, assert_still_draws, written

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="10" height="10">'
)


class Counting(ThreadingHTTPServer):
    """Answers everything with a picture, and counts how often it was asked."""

    hits = 0


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Counting)
        self.server.hits += 1
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(written("PNG"))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in http.server
        """Say nothing."""


@pytest.fixture
def server() -> Generator[Counting]:
    with Counting(("127.0.0.1", 0), _Answers) as one:
        thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield one
        one.shutdown()
        thread.join()


def svg(inside: str, before: str = "", head: str = HEAD) -> bytes:
    return f"{before}{head}{inside}</svg>".encode()


FETCHING = {
    "a picture": ('<image width="9" height="9" href="{at}"/>', "", "refers to"),
    "a picture by xlink": ('<image width="9" height="9" xlink:href="{at}"/>', "", "refers to"),
    "a part of another file": ('<use href="{at}#a"/>', "", "refers to"),
    "a paint": ('<rect width="9" height="9" fill="url({at}#a)"/>', "", "refers to"),
    "a style": ('<rect width="9" height="9" style="fill:url({at})"/>', "", "refers to"),
    "an imported sheet": ("<style>@import '{at}';</style>", "", "may fetch something"),
    "a font": ("<style>@font-face {{src: url({at})}}</style>", "", "may fetch something"),
    "a sheet of the page": ("", '<?xml-stylesheet href="{at}"?>', "a style sheet from elsewhere"),
    "an entity": ("<text>&a;</text>", '<!DOCTYPE svg [<!ENTITY a SYSTEM "{at}">]>', "declares entities"),
    "a script's file": ('<script href="{at}"/>', "", "contains script"),
    "a filter's picture": (
        '<filter id="f"><feImage href="{at}"/></filter><rect filter="url({at}#f)"/>',
        "",
        "refers to",
    ),
}


@pytest.mark.parametrize("where", ["http", "file"])
@pytest.mark.parametrize("name", FETCHING)
def test_a_drawing_that_refers_to_elsewhere_is_refused_and_nothing_is_fetched(
    door: Drawer, server: Counting, tmp_path: Path, name: str, where: str
) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(written("PNG"))
    at = f"http://127.0.0.1:{server.server_port}/a.png" if where == "http" else secret.as_uri()
    inside, before, reason = FETCHING[name]

    with pytest.raises(SvgUnsafe) as caught:
        door.render(SHOWS, SIZE, images={"photo": svg(inside.format(at=at), before.format(at=at))})

    assert reason in caught.value.reason
    assert server.hits == 0
    assert_still_draws(door)


def test_what_is_left_out_of_a_drawing_is_not_fetched_either(door: Drawer, server: Counting) -> None:
    at = f"http://127.0.0.1:{server.server_port}"
    doctype = f'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "{at}/svg11.dtd">'
    inside = f'<metadata><image href="{at}/a.png"/></metadata><rect width="10" height="10" fill="red"/>'

    drawn = door.pixels(SHOWS, SIZE, images={"photo": svg(inside, doctype)})

    assert drawn[20, 30].tolist() == [255, 0, 0, 255]
    assert server.hits == 0


@pytest.mark.parametrize("where", ["http", "file"])
def test_an_address_is_a_name_like_any_other_and_nothing_is_fetched(
    door: Drawer, server: Counting, tmp_path: Path, where: str
) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(written("PNG"))
    at = f"http://127.0.0.1:{server.server_port}/a.png" if where == "http" else secret.as_uri()
    shown = Box(children=(Picture(source=at, style=FILLS),))
    ground = tree_from({"style": {"backgroundImage": f'url("{at}")'}})

    for tree in (shown, ground):
        with pytest.raises(PictureMissing) as caught:
            door.render(tree, SIZE)
        assert caught.value.key == at

    assert server.hits == 0
    assert_still_draws(door)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
NESTED = "".join(f'<g id="n{n}">' + f'<use href="#n{n - 1}"/>' * 10 + "</g>" for n in range(1, 10))
EXPLOSIVE = {
    "a billion laughs": (
        svg("<text>&l9;</text>", f'<!DOCTYPE svg [<!ENTITY l0 "ha">{LAUGHS}]>'),
        "declares entities",
    ),
    "nested use": (
        svg(f'<g id="n0"><rect width="1" height="1"/></g>{NESTED}'),
        "elements through references",
    ),
    "use of itself": (svg('<g id="a"><use href="#a"/></g>'), "in a circle"),
    "a circle of patterns": (
        svg(
            '<pattern id="a"><rect fill="url(#b)"/></pattern><pattern id="b"><rect fill="url(#a)"/></pattern>'
        ),
        "in a circle",
    ),
    "a huge view box": (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e12 1e12"/>',
        "its viewBox is",
    ),
    "a huge size": (b'<svg xmlns="http://www.w3.org/2000/svg" width="900000" height="9"/>', "its width is"),
    "a huge filter": (svg('<filter id="f"><feGaussianBlur stdDeviation="90000"/></filter>'), "its blur is"),
    "turbulence": (svg("<script>for(;;);</script>"), "contains script"),
    "a click": (svg('<rect onload="alert(1)"/>'), "an event handler"),
    "a page inside": (svg("<foreignObject><body/></foreignObject>"), "contains foreignObject"),
    "no end": (svg("<g>"), "not well-formed"),
    "six thousand elements": (svg("<g/>" * 6_000), "more than 5000 elements"),
    "a hundred levels": (svg("<g>" * 100 + "</g>" * 100), "more than 64 deep"),
}


@pytest.mark.parametrize("name", EXPLOSIVE)
def test_a_drawing_that_runs_or_explodes_is_refused(door: Drawer, name: str) -> None:
    data, reason = EXPLOSIVE[name]

    with pytest.raises(SvgUnsafe) as caught:
        door.render(SHOWS, SIZE, images={"photo": data})

    assert reason in caught.value.reason
    assert_still_draws(door)


@pytest.mark.parametrize("name", ["nested use", "a click", "a billion laughs"])
@pytest.mark.parametrize("coded", ["base64", "percent"])
@pytest.mark.parametrize("place", ["source", "background", "mask"])
def test_a_drawing_inside_a_data_uri_is_held_to_the_same(
    door: Drawer, name: str, coded: str, place: str
) -> None:
    data, reason = EXPLOSIVE[name]
    told = ";base64," + base64.b64encode(data).decode() if coded == "base64" else "," + quote(data)
    uri = f"data:image/svg+xml{told}"
    style = {
        "source": {},
        "background": {"backgroundImage": f'url("{uri}")'},
        "mask": {"maskImage": f'url("{uri}")'},
    }
    children = [{"type": "picture", "source": uri}] if place == "source" else []
    tree = tree_from({"children": children, "style": style[place]})

    with pytest.raises(SvgUnsafe) as caught:
        door.render(tree, SIZE)

    assert reason in caught.value.reason
    assert_still_draws(door)


@pytest.mark.parametrize(
    ("uri", "error"),
    [
        ("data:image/png;base64,AAAA", PhotoUnreadable),
        ("data:image/png;base64,%%%", PhotoUnreadable),
        ("data:image/png;base64,A", PhotoUnreadable),
        ("data:image/png,AAAA", PhotoUnreadable),
        ("data:image/svg+xml,<svg", SvgUnsafe),
        ("data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP", PhotoUnreadable),
    ],
)
@pytest.mark.parametrize("place", ["source", "background"])
def test_a_spoilt_data_uri_is_refused(door: Drawer, uri: str, error: type[Exception], place: str) -> None:
    children = [{"type": "picture", "source": uri}] if place == "source" else []
    tree = tree_from(
        {"children": children, "style": {} if children else {"backgroundImage": f'url("{uri}")'}}
    )

    with pytest.raises(error):
        door.render(tree, SIZE)

    assert_still_draws(door)


@pytest.mark.parametrize(
    "uri", ["data:", "data:,", "data:image/png", "data:text/html,<b>", "data:image/png,"]
)
def test_what_is_no_data_uri_of_a_picture_is_refused_by_its_path(uri: str) -> None:
    with pytest.raises(StyleInvalid) as caught:
        tree_from({"children": [{"type": "picture", "source": uri}]})

    assert caught.value.problems[0].path == "root.children[0].source"


def test_a_huge_data_uri_is_refused_by_its_path() -> None:
    uri = "data:image/png;base64," + "A" * 13_000_000

    with pytest.raises(StyleInvalid, match="12,000,000") as caught:
        tree_from({"children": [{"type": "picture", "source": uri}]})

    assert caught.value.problems[0].path == "root.children[0].source"
    assert len(str(caught.value)) < 500
