"""Class names mean what Tailwind says."""

from __future__ import annotations

import pytest

from postengine.render.image.satori.losses import Losses
from postengine.render.image.satori.palette import PALETTE, SHADES, colour
from postengine.render.image.satori.tailwind import declared
from postengine.render.image.satori.utilities import FIXED

CORNERS = ("TopLeft", "TopRight", "BottomRight", "BottomLeft")


def meaning(classes: str, width: float | None = 1200) -> dict[str, object]:
    losses = Losses()
    found = declared(classes, width, "root", losses)
    assert not losses.found
    return found


def sides(
    prefix: str, value: object, names: str = "Top Right Bottom Left", suffix: str = ""
) -> dict[str, object]:
    return {f"{prefix}{side}{suffix}": value for side in names.split()}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("flex", {"display": "flex"}),
        ("flex-1", {"flexGrow": 1, "flexShrink": 1, "flexBasis": 0}),
        ("items-center", {"alignItems": "center"}),
        ("items-start", {"alignItems": "flex-start"}),
        ("justify-between", {"justifyContent": "space-between"}),
        ("self-end", {"alignSelf": "flex-end"}),
        ("w-4", {"width": 16}),
        ("w-px", {"width": 1}),
        ("w-1/2", {"width": "50%"}),
        ("w-2/3", {"width": "66.6667%"}),
        ("w-full", {"width": "100%"}),
        ("w-screen", {"width": "100vw"}),
        ("h-screen", {"height": "100vh"}),
        ("h-[42px]", {"height": "42px"}),
        ("w-[calc(100%_-_4px)]", {"width": "calc(100% - 4px)"}),
        ("size-2.5", {"width": 10, "height": 10}),
        ("max-w-md", {"maxWidth": 448}),
        ("min-h-0", {"minHeight": 0}),
        ("basis-1/4", {"flexBasis": "25%"}),
        ("p-4", sides("padding", 16)),
        ("px-2", sides("padding", 8, "Right Left")),
        ("mt-1", {"marginTop": 4}),
        ("-mt-1", {"marginTop": -4}),
        ("mx-auto", sides("margin", "auto", "Right Left")),
        ("gap-2", {"rowGap": 8, "columnGap": 8}),
        ("gap-x-2", {"columnGap": 8}),
        ("inset-0", {"top": 0, "right": 0, "bottom": 0, "left": 0}),
        ("-left-2", {"left": -8}),
        ("top-1/2", {"top": "50%"}),
        ("text-xl", {"fontSize": 20, "lineHeight": 1.4}),
        ("text-[22px]", {"fontSize": "22px"}),
        ("text-[#abc]", {"color": "#abc"}),
        ("text-center", {"textAlign": "center"}),
        ("text-gray-900", {"color": "#111827"}),
        ("text-current", {"color": "currentColor"}),
        ("font-bold", {"fontWeight": 700}),
        ("font-[550]", {"fontWeight": 550}),
        ("font-mono", {"fontFamily": "monospace"}),
        ("leading-tight", {"lineHeight": 1.25}),
        ("leading-6", {"lineHeight": "24.0px"}),
        ("leading-[3rem]", {"lineHeight": "3rem"}),
        ("tracking-wide", {"letterSpacing": "0.025em"}),
        ("tracking-[.2em]", {"letterSpacing": ".2em"}),
        ("whitespace-nowrap", {"whiteSpace": "nowrap"}),
        ("truncate", {"overflow": "hidden", "textOverflow": "ellipsis", "whiteSpace": "nowrap"}),
        ("line-clamp-2", {"display": "block", "lineClamp": 2, "overflow": "hidden"}),
        ("underline", {"textDecorationLine": "underline"}),
        ("decoration-red-500", {"textDecorationColor": "#ef4444"}),
        ("indent-4", {"textIndent": 16}),
        ("bg-white", {"backgroundColor": "#fff"}),
        ("bg-black/50", {"backgroundColor": "rgba(0, 0, 0, 0.5)"}),
        ("bg-[url(a_b.png)]", {"backgroundImage": "url(a b.png)"}),
        ("bg-left-top", {"backgroundPosition": "left top"}),
        ("bg-no-repeat", {"backgroundRepeat": "no-repeat"}),
        ("bg-cover", {"backgroundSize": "cover"}),
        ("border", sides("border", 1, suffix="Width")),
        ("border-2", sides("border", 2, suffix="Width")),
        ("border-t-4", {"borderTopWidth": 4}),
        ("border-x", sides("border", 1, "Right Left", "Width")),
        ("border-dashed", sides("border", "dashed", suffix="Style")),
        ("border-red-500", sides("border", "#ef4444", suffix="Color")),
        ("border-b-red-500", {"borderBottomColor": "#ef4444"}),
        ("border-[3px]", sides("border", "3px", suffix="Width")),
        ("rounded", {f"border{corner}Radius": 4 for corner in CORNERS}),
        ("rounded-t-lg", {"borderTopLeftRadius": 8, "borderTopRightRadius": 8}),
        ("rounded-bl", {"borderBottomLeftRadius": 4}),
        ("rounded-[9px]", {f"border{corner}Radius": "9px" for corner in CORNERS}),
        ("shadow-sm", {"boxShadow": "0 1px 2px 0 rgba(0,0,0,0.05)"}),
        ("shadow-none", {"boxShadow": None}),
        ("shadow-[0_0_3px_red]", {"boxShadow": "0 0 3px red"}),
        ("blur-sm", {"filter": "blur(4px)"}),
        ("backdrop-blur", {"backdropFilter": "blur(8px)"}),
        ("opacity-50", {"opacity": 0.5}),
        ("opacity-[.3]", {"opacity": 0.3}),
        ("z-10", {"zIndex": 10}),
        ("grow", {"flexGrow": 1}),
        ("shrink-0", {"flexShrink": 0}),
        ("object-cover", {"objectFit": "cover"}),
        ("object-left-top", {"objectPosition": "left top"}),
        ("overflow-hidden", {"overflow": "hidden"}),
        ("rotate-45", {"transform": "rotate(45deg)"}),
        ("-rotate-[7deg]", {"transform": "rotate(-7deg)"}),
        ("scale-110", {"transform": "scaleX(1.1) scaleY(1.1)"}),
        ("scale-x-[.5]", {"transform": "scaleX(0.5)"}),
        ("skew-y-3", {"transform": "skewY(3deg)"}),
        ("translate-x-1/2", {"transform": "translateX(50%)"}),
        ("[mask-type:luminance]", {"maskType": "luminance"}),
        ("!mt-1", {"marginTop": 4}),
    ],
)  # fmt: skip
def test_a_class_name_declares(name: str, expected: dict[str, object]) -> None:
    assert meaning(name) == expected


def test_moves_are_one_transform() -> None:
    assert meaning("scale-50 rotate-90 -translate-x-2 translate-y-1")["transform"] == (
        "translateX(-8.0px) translateY(4.0px) rotate(90deg) scaleX(0.5) scaleY(0.5)"
    )


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ("bg-gradient-to-r from-red-500 to-[#fff]", "linear-gradient(to right, #ef4444, #fff)"),
        ("bg-gradient-to-tl via-black from-white", "linear-gradient(to top left, #fff, #000, transparent)"),
    ],
)
def test_a_gradient_has_its_stops(classes: str, expected: str) -> None:
    assert meaning(classes) == {"backgroundImage": expected}


def test_stops_without_a_gradient_are_nothing() -> None:
    assert meaning("from-red-500") == {}


@pytest.mark.parametrize(("width", "expected"), [(1200, 20), (500, 10), (None, 10)])
def test_screens_look_at_the_picture_s_width(width: float | None, expected: int) -> None:
    assert meaning("mt-[10px] md:mt-[20px]", width)["marginTop"] == f"{expected}px"


@pytest.mark.parametrize(
    "name",
    [
        "foo",
        "hover:flex",
        "space-x-4",
        "p-huge",
        "-w-full",
        "mt-[",
        "w-1/2x",
        "text-huge",
        "bg-huge",
        "border-huge",
        "rounded-huge",
        "shadow-huge",
        "blur-huge",
        "opacity-x",
        "flex-grow-x",
        "object-middle",
        "font-huge",
        "leading-x",
        "tracking-x",
        "line-clamp-x",
        "decoration-x",
        "rotate-x",
        "scale-x",
        "translate-x-x",
        "from-x",
        "bg-gradient-to-x",
        "text-red-550",
        "bg-red-500/x",
        "order-1",
        "border-x-huge",
        "bg-current/50",
    ],
)
def test_class_names_that_are_not_understood_are_a_loss(name: str) -> None:
    losses = Losses()

    found = declared(f"flex {name}", 1200, "root", losses)

    assert found == {"display": "flex"}
    assert [loss.what for loss in losses.found] == [name]


def test_every_hue_has_every_shade() -> None:
    assert {len(shades.split()) for shades in PALETTE.values()} == {len(SHADES)}
    assert colour("rose-950") == "#4c0519"
    assert colour("[var(--ink)]") == "var(--ink)"
    assert colour("[color:red]") == "red"
    assert colour("red-500/[0.25]") == "rgba(239, 68, 68, 0.25)"
    assert colour("[bogus]") is None


def test_whole_names_are_those_of_styles_that_come_over() -> None:
    assert all(FIXED.values())
