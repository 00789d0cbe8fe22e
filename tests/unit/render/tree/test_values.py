"""Every property takes what CSS says, within bounds, and complains in one sentence about anything else."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from postengine.render.image.tree import Style


def refusal(**declaration: object) -> str:
    values: dict[str, Any] = declaration
    with pytest.raises(ValidationError) as caught:
        Style(**values)
    (problem,) = caught.value.errors()
    return str(problem["ctx"]["error"]) if "ctx" in problem else problem["msg"]


def kept(**declaration: object) -> object:
    values: dict[str, Any] = declaration
    return getattr(Style(**values), next(iter(values)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("width", 5),
        ("width", 12.5),
        ("width", "50%"),
        ("width", "calc(100% - 2 * 10px)"),
        ("width", "calc(calc(1px + 2px) / 3)"),
        ("width", "max-content"),
        ("width", "10CQW"),
        ("max_width", "none"),
        ("margin", "0 auto"),
        ("margin", "-5px 10% 1em 2vw"),
        ("top", -5),
        ("aspect_ratio", "16 / 9"),
        ("aspect_ratio", "auto"),
        ("flex", "1 1 auto"),
        ("flex", "10px 2"),
        ("flex", "10px"),
        ("text_shadow", "none"),
        ("clip_path", "inset(1px)"),
        ("font_weight", "650"),
        ("line_clamp", "2"),
        ("webkit_text_stroke", "2px"),
        ("flex", 1),
        ("flex", "none"),
        ("flex_basis", "content"),
        ("grid_template_columns", "[a] 1fr repeat(2, minmax(0, 1fr) [b]) auto"),
        ("grid_template_columns", "repeat(auto-fill, 20px)"),
        ("grid_template_columns", "none"),
        ("grid_auto_rows", "minmax(auto, 10px) 5%"),
        ("grid_column", "span 2 / -1"),
        ("grid_column_start", "auto"),
        ("grid_row", 2),
        ("grid_area", "1 / 1 / head / 2"),
        ("grid_template_areas", '"a b" "c d"'),
        ("grid_template_areas", "none"),
        ("background", "url(photo) center / cover no-repeat, #0a1f44"),
        ("background", "text linear-gradient(red, blue)"),
        ("background", "none"),
        ("background_image", "linear-gradient(45deg in oklch longer hue, red 10% 20%, 30%, blue)"),
        ("background_image", "linear-gradient(in oklab to right, red, blue)"),
        ("background_image", "radial-gradient(circle farthest-side at 10% 20%, red, blue 50px)"),
        ("background_image", "radial-gradient(closest-side ellipse, red, blue)"),
        ("background_image", "radial-gradient(10px 20% at left, red, calc(5px + 5%), blue)"),
        ("background_image", "repeating-radial-gradient(10px, red, blue)"),
        ("background_image", "radial-gradient(red, blue)"),
        ("background_image", "conic-gradient(from 1turn at top left, red 0 90deg, blue 75%)"),
        ("background_image", 'url("data:image/png;base64,AAAA"), none'),
        ("background_image", "none"),
        ("background_position", "right 10%, 5px"),
        ("background_size", "cover, 10px auto"),
        ("background_repeat", "space round, repeat-x"),
        ("mask", "url(logo) center / contain no-repeat"),
        ("mask", "none"),
        ("border", "thin solid rgb(0 0 0 / 50%)"),
        ("border", 0),
        ("border_width", "1px medium"),
        ("border_style", "solid none"),
        ("border_color", "red currentcolor"),
        ("border_radius", "1px 2px / 50%"),
        ("border_radius", "1px"),
        ("border_top_left_radius", "1px 2px"),
        ("corner_shape", "bevel superellipse(infinity) superellipse(-2) round"),
        ("box_shadow", "inset 0 1px 2px 3px red, blue 1px 1px inset, 1px 1px"),
        ("box_shadow", "none"),
        ("text_shadow", "0 1px calc(1px + 1px) red"),
        ("filter", "blur(4px) brightness(80%) hue-rotate(90deg) drop-shadow(0 1px 2px black)"),
        ("filter", "none"),
        ("transform", "scale(-1, 50%) scaleX(2) scaleY(1) skew(1deg, 2deg) skewX(5deg) translateX(5px)"),
        ("transform", "matrix(1, 0, 0, 1, 50, -5)"),
        ("transform", "none"),
        ("scale", "1.5 2"),
        ("rotate", "none"),
        ("rotate", -45),
        ("translate", "10px 50%"),
        ("transform_origin", "left 10px"),
        ("clip_path", "circle()"),
        ("clip_path", "circle(closest-side at 1px 2px)"),
        ("clip_path", "circle(at 1px 2px)"),
        ("clip_path", "ellipse(1px 2px)"),
        ("clip_path", "inset(1px 2px round 3px)"),
        ("clip_path", "polygon(evenodd, 0 0, 1px 1px, 2px 0)"),
        ("clip_path", 'path(evenodd, "M0 0L1 1z")'),
        ("clip_path", "none"),
        ("font_family", 'Noto Sans, "Foo\'s", serif'),
        ("font_size", "larger"),
        ("font_weight", "bold"),
        ("font_stretch", "semi-condensed"),
        ("font_stretch", "80%"),
        ("font_feature_settings", '"tnum", "liga" off, "ss01" 2'),
        ("font_feature_settings", "normal"),
        ("font_variation_settings", '"wght" 650'),
        ("font_variation_settings", "normal"),
        ("line_height", "1.2"),
        ("line_height", "20px"),
        ("text_decoration", "underline overline 2px solid red"),
        ("text_decoration", "none"),
        ("text_decoration_line", "underline line-through"),
        ("text_decoration_line", "none"),
        ("text_overflow", '"…"'),
        ("text_overflow", "ellipsis"),
        ("line_clamp", 2),
        ("line_clamp", "2 '… (more)'"),
        ("line_clamp", "none"),
        ("webkit_text_stroke", "2px red"),
        ("webkit_text_stroke", "none"),
        ("webkit_text_stroke", 2),
    ],
)
def test_a_value_of_css_is_kept_as_it_is(name: str, value: object) -> None:
    assert kept(**{name: value}) == value


@pytest.mark.parametrize(
    ("name", "written", "stored"),
    [
        ("gap", "  1px\n 2px ", "1px 2px"),
        ("color", "rgb( 1 , 2 , 3 )", "rgb(1, 2, 3)"),
        (
            "background_image",
            "linear-gradient(to left top, red, blue)",
            "linear-gradient(to top left, red, blue)",
        ),
        ("transform", "translate(5px) skew(1deg)", "translate(5px, 0px) skew(1deg, 0deg)"),
        ("clip_path", "circle(20% at bottom left)", "circle(20% at 0% 100%)"),
        ("clip_path", "circle(20% at right)", "circle(20% at 100% 50%)"),
        ("opacity", "50%", 0.5),
        ("opacity", ".5", 0.5),
        ("z_index", "7", 7),
    ],
)
def test_a_value_that_the_engine_wants_otherwise_is_written_so(
    name: str, written: str, stored: object
) -> None:
    once = kept(**{name: written})

    assert once == stored
    assert kept(**{name: once}) == stored


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("width", "10foo", "no length"),
        ("width", "5.px", "nothing can be made of"),
        ("width", "-1px", "from 0 to 10,000"),
        ("width", -1, "from 0 to 10,000"),
        ("width", 1e30, "from 0 to 10,000"),
        ("width", float("nan"), "got nan"),
        ("width", float("inf"), "got inf"),
        ("width", "1e30px", "out of all proportion"),
        ("width", "101em", "from 0 to 10,000"),
        ("width", True, "got True"),
        ("width", None, None),
        ("width", "", "missing at the end"),
        ("width", "1px 2px", "too much"),
        ("width", "inherit", "no length"),
        ("width", "var(--x)", "no length"),
        ("width", "calc(1px + 5)", "cannot add"),
        ("width", "calc(1px * 2px)", "cannot multiply"),
        ("width", "calc(1px / 0)", "divides by numbers"),
        ("width", "calc(1px / 2px)", "divides by numbers"),
        ("width", "calc(2 * 3)", "makes no length"),
        ("width", "calc(1px * 2000)", "out of all proportion"),
        ("width", "calc(10000px * 1000 * 1000)", "grows out of all proportion"),
        ("width", "calc(1px", "not paired"),
        ("width", "1px)", "not paired"),
        ("width", "calc(" * 20 + "1px" + ")" * 20, "deeply nested"),
        ("width", "1px " * 3_000, "characters long"),
        ("width", "a" * 9_000, "characters long"),
        ("width", "x" * 12_000_001, "characters long"),
        ("width", "1px\x00", "control characters"),
        ("width", "1px /* wide */", "'/' is too much"),
        ("aspect_ratio", "1 / 0", "from 0.001"),
        ("aspect_ratio", "9999 / 1", "1000:1"),
        ("margin", "1px 2px 3px 4px 5px", "too much"),
        ("flex", "1 1 1 1", "too much"),
        ("flex_grow", "many", "a number from 0 to 1,000"),
        ("flex_grow", -1, "a number from 0 to 1,000"),
        ("z_index", 1.5, "a whole number"),
        ("opacity", 2, "a number from 0 to 1"),
        ("opacity", [], "a number from 0 to 1"),
        ("color", 5, "a colour"),
        ("color", "bluish", "no colour's name"),
        ("color", "#12345", "write #rgb"),
        ("color", "hsv(1 2% 3%)", "no colour"),
        ("color", "5px", "no colour"),
        ("color", "rgb(300, 0, 0)", "from 0 to 255"),
        ("color", "rgb(1%, 101%, 0)", "from 0 to 100"),
        ("color", "rgb(1, 2 3)", "','"),
        ("color", "rgb(1 2 3 / 5)", "from 0 to 1"),
        ("color", "rgb(1 2", "not paired"),
        ("color", "hsl(0 101% 0)", "from 0 to 100"),
        ("color", "lab(50% 201 0)", "-200 to 200"),
        ("color", "lch(50% -1% 0)", "out of range"),
        ("color", "color(cmyk 1 1 1)", "knows the spaces"),
        ("color", "color-mix(red, blue)", "begins with the space"),
        ("color", "color-mix(in nowhere, red, blue)", "a colour space"),
        ("color", "color-mix(in hsl longer, red, blue)", "'hue'"),
        ("color", "color-mix(in srgb, red 0%, blue 0%)", "above 0 %"),
        ("color", "color-mix(in srgb, red 101%, blue)", "0 to 100 %"),
        ("color", "color-mix(in srgb, currentcolor, blue)", "currentcolor"),
        ("background_image", "red", "a gradient or url"),
        ("background_image", "", "a gradient or url"),
        ("background_image", "none, url(photo)", "too much"),
        ("background_image", "linear-gradient(to left left, red, blue)", "','"),
        ("background_image", "linear-gradient(45, red, blue)", "between two colours"),
        ("background_image", "linear-gradient(10%, red)", "between two colours"),
        ("background_image", "linear-gradient(red, 5%, 6%, blue)", "between two colours"),
        ("background_image", "radial-gradient(circle 1px 2px, red)", "one radius"),
        ("background_image", "conic-gradient(red 10px, blue)", "no angle"),
        ("background_image", "conic-gradient(red 99999%, blue)", "out of all proportion"),
        ("background_image", f"linear-gradient({'red, ' * 40}red)", "at most 32"),
        ("background_image", ", ".join(["url(a)"] * 10), "at most 7 layers"),
        ("background_image", ", ".join(["repeating-conic-gradient(red, blue)"] * 3), "too long to draw"),
        ("background_image", "url()", "1 to 2,000 characters"),
        ("background_image", "url(data:text/html,x)", "begins with data:image/"),
        ("background_position", "left right", "no length"),
        ("background", "red, blue", "last layer only"),
        ("background", "red red", "one colour"),
        ("background", "url(a),", "empty"),
        ("background", ", ".join(["border-box"] * 9), "at most 8 layers"),
        ("background", "url(photo) fixed", "no colour's name"),
        ("mask", "red", "no part of a layer"),
        ("background_blend_mode", "plus-darker", "none of"),
        ("background_repeat", "5px", "none of"),
        ("border", "1px 2px", "one too many"),
        ("border", "solid blurp", "one too many"),
        ("border_width", "10%", "no length"),
        ("border_radius", "1px /", "missing at the end"),
        ("border_radius", -5, "from 0 to"),
        ("corner_shape", "pointed", "corners are"),
        ("box_shadow", "1px", "missing at the end"),
        ("box_shadow", "1px 1px 201px", "from 0 to 200"),
        ("box_shadow", "1px 1px 1em", "no length"),
        ("box_shadow", "1px 1px red blue", "too much"),
        ("box_shadow", ", ".join(["0 0 1px"] * 9), "at most 8 shadows"),
        ("text_shadow", "0 0 150px, 0 0 150px", "at most 200 px"),
        ("filter", "url(#a)", "no filter"),
        ("filter", "", "no filter"),
        ("filter", "blur(1px) blur(1px) blur(1px) blur(1px)", "at most 3 blurs"),
        ("filter", "brightness(1e5)", "from 0 to 100"),
        ("transform", "rotate3d(1, 1, 1, 45deg)", "none of"),
        ("transform", "", "none of"),
        ("transform", "rotate(45)", "no angle"),
        ("transform", "rotate(99999deg)", "angles go"),
        ("transform", "rotate(1deg)rotate(1deg)", "a space"),
        ("transform", "scale(1e30)", "proportion"),
        ("transform", "scale(50) scale(50)", "at the most"),
        ("transform", "skewX(90deg)", "a skew goes"),
        ("rotate", "x 45deg", "no angle"),
        ("clip_path", "rect(1px)", "shapes are"),
        ("clip_path", "polygon(0 0, 1px 1px)", "three points"),
        ("clip_path", "path(evenodd, M0)", "a string"),
        ("clip_path", 'path("garbage")', "begins with M"),
        ("clip_path", "circle(1px at left right)", "a point is"),
        ("clip_path", "circle(1px at left 5px)", "a point is"),
        ("grid_template_columns", "subgrid", "no length"),
        ("grid_template_columns", "minmax(1fr, 10px)", "no length"),
        ("grid_template_columns", "repeat(100000, 1fr)", "1 to 100"),
        ("grid_template_columns", "repeat(1.5, 1fr)", "a whole number"),
        ("grid_template_columns", "repeat(60, 1fr 1fr)", "at most 100 tracks"),
        ("grid_template_columns", "repeat(auto-fill, 0.001px)", "auto-fill needs"),
        ("grid_template_columns", "repeat(2, [a])", "a track was to come"),
        ("grid_template_columns", "9999fr", "fractions go"),
        ("grid_template_columns", "[1] 1fr", "']'"),
        ("grid_column", "0", "numbered from 1"),
        ("grid_column", "span 0", "1 to 100"),
        ("grid_area", "1 / 2 / 3 / 4 / 5", "too much"),
        ("grid_template_areas", '"a b" "c"', "the same number"),
        ("font_family", "a, , b", "a family's name"),
        ("font_feature_settings", '"toolong"', "four letters"),
        ("font_variation_settings", '"wght"', "a tag and a number"),
        ("font_size", 0, "from 0.1 to 2,000"),
        ("font_stretch", "500%", "50% to 200%"),
        ("font_stretch", "slim", "none of"),
        ("font_weight", 5_000, "from 1 to 1,000"),
        ("text_decoration", "underline underline", "stands twice"),
        ("text_decoration", "red", "a line was to come"),
        ("text_decoration", "underline dotted", "no colour's name"),
        ("text_decoration_line", "underline underline", "stands twice"),
        ("text_overflow", "fade", "a string"),
        ("line_clamp", "2.5", "a whole number"),
        ("line_clamp", f"2 '{'x' * 300}'", "a string"),
        ("webkit_text_stroke", "red", "no length"),
    ],
)
def test_an_impossible_value_is_refused_with_the_reason(name: str, value: object, reason: str | None) -> None:
    if reason is None:
        assert kept(**{name: value}) is None
        return

    message = refusal(**{name: value})

    assert reason in message
    assert message.startswith("Expected ")
    assert message.endswith(".")
    assert len(message) < 400


def test_a_style_is_a_value() -> None:
    first, second = Style(width=5, color="red"), Style(width=5, color="red")

    assert first == second
    assert hash(first) == hash(second)
    assert len({first, second, Style(width=6)}) == 2
