"""Hypothesis strategies for whole trees: everything that the model takes, its bounds included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from postengine.render.image.tree import Box, Fit, Outline, Picture, Scrim, Shape, Style, Text

PICTURE_NAMES = ("photo", "logo")
"""Every picture that these trees name."""

DATA_URI = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='7' height='3'/%3E"

Values = st.SearchStrategy[Any]


def numbers(least: float, most: float) -> Values:
    """Return numbers from `least` to `most`, written as Python has them."""
    edges = [least, most, *([0] if least <= 0 <= most else [])]
    within = st.floats(least, most, allow_nan=False).map(lambda number: round(number, 3))
    return (
        st.sampled_from(edges)
        | st.integers(int(least) + (least > 0), int(most))
        | within.filter(lambda number: least <= number <= most)
    )


def lengths(
    most: float = 10_000, least: float = 0, *, percent: bool = True, words: tuple[str, ...] = ()
) -> Values:
    """Return lengths as CSS text: in every unit, in `calc()`, and the words that a property adds."""
    units = {
        "px": 1,
        "pt": 0.75,
        "in": 0.01,
        "cm": 0.02,
        "q": 1,
        "em": 0.01,
        "rem": 0.01,
        "vw": 0.1,
        "vh": 0.1,
        "vmin": 0.1,
        "cqw": 0.1,
    }
    if percent:
        units["%"] = 1
    plain = st.sampled_from(sorted(units)).flatmap(
        lambda unit: numbers(least * units[unit], most * units[unit]).map(
            lambda number: f"{_written(number)}{unit}"
        )
    )
    summed = st.tuples(numbers(0, most / 4), numbers(0, 9)).map(
        lambda pair: f"calc({_written(pair[0])}px * 2 + {_written(pair[1])}px / 2)"
    )
    return st.one_of(plain, plain, summed, *([st.sampled_from(words)] if words else []))


def _written(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".") if isinstance(number, float) else str(number)


def _joined(values: Values, most: int, between: str = " ", least: int = 1) -> Values:
    return st.lists(values, min_size=least, max_size=most).map(between.join)


def _call(name: str, *arguments: Values, between: str = ", ") -> Values:
    return st.tuples(*arguments).map(lambda given: f"{name}({between.join(given)})")


_angles = st.tuples(numbers(-36_000, 36_000), st.sampled_from(["deg", "grad"])).map(
    lambda pair: f"{_written(pair[0])}{pair[1]}"
)
_share = numbers(0, 1).map(_written)
_percent = numbers(0, 100).map(lambda number: f"{_written(number)}%")
_byte = st.integers(0, 255).map(str)
_space = st.sampled_from(
    ["srgb", "oklab", "oklch", "hsl", "hwb", "lab", "lch", "xyz", "oklch longer hue", "display-p3"]
)
colours: Values = st.one_of(
    st.sampled_from(["red", "transparent", "rebeccapurple", "currentColor", "#fff", "#0a1f4480"]),
    st.tuples(_byte, _byte, _byte, _share).map(lambda c: f"rgba({c[0]}, {c[1]}, {c[2]}, {c[3]})"),
    st.tuples(_byte, _byte, _byte, _percent).map(lambda c: f"rgb({c[0]} {c[1]} {c[2]} / {c[3]})"),
    st.tuples(_angles, _percent, _percent).map(lambda c: f"hsl({c[0]} {c[1]} {c[2]})"),
    st.tuples(_angles, _percent, _percent).map(lambda c: f"hwb({c[0]} {c[1]} {c[2]})"),
    st.tuples(_share, _share, _angles).map(lambda c: f"oklch({c[0]} {c[1]} {c[2]})"),
    st.tuples(_percent, numbers(-200, 200).map(_written)).map(lambda c: f"lab({c[0]} {c[1]} -20 / 0.5)"),
    st.tuples(_space, _percent).map(lambda c: f"color-mix(in {c[0]}, red {c[1]}, #00f 30%)"),
    st.tuples(_share, _share, _share).map(lambda c: f"color(display-p3 {' '.join(c)})"),
)
_signed = lengths(10_000, -10_000)
_position = st.one_of(
    st.sampled_from(["center", "left top", "bottom right", "top", "right 10%"]), _joined(_signed, 2)
)
_stop = st.tuples(colours, _joined(_signed, 2, least=0)).map(lambda pair: " ".join(pair).strip())
_turn_stop = st.tuples(colours, _joined(_angles | _percent, 2, least=0)).map(
    lambda pair: " ".join(pair).strip()
)
_again = st.sampled_from(["", "repeating-"])


def _gradient(form: str, starts: Values, stops: Values) -> Values:
    parts = st.tuples(_again, starts, st.lists(stops, min_size=1, max_size=6))
    return parts.map(lambda p: f"{p[0]}{form}-gradient({', '.join([*([p[1]] if p[1] else []), *p[2]])})")


def _can_be_drawn(images: str) -> bool:
    """Tell whether an image comes first, and the gradients together are not too slow."""
    cost = (
        images.count("gradient(")
        + images.count("conic")
        + 3 * images.count("repeating")
        + images.count("url")
    )
    return cost <= 8 and (images == "none" or not images.startswith("none"))


_towards = st.one_of(
    st.sampled_from(["", "to right", "to left top", "in oklab", "45deg in oklch longer hue"]), _angles
)
_round = st.one_of(
    st.sampled_from(["", "circle", "closest-side", "ellipse farthest-corner at left", "in srgb-linear"]),
    lengths().map(lambda radius: f"circle {radius} at center"),
    st.tuples(lengths(), lengths(), _position).map(lambda p: f"{p[0]} {p[1]} at {p[2]}"),
)
_turning = st.one_of(st.just(""), _angles.map("from {}".format), _position.map("at {}".format))
_image = st.one_of(
    _gradient("linear", _towards, _stop),
    _gradient("radial", _round, _stop),
    _gradient("conic", _turning, _turn_stop),
    st.sampled_from(
        [f"url({name})" for name in PICTURE_NAMES] + ['url("photo")', f'url("{DATA_URI}")', "none"]
    ),
)
_images = _joined(_image, 4, ", ").filter(_can_be_drawn)
_repeat = st.sampled_from(["no-repeat", "repeat-x", "space round", "repeat", "round"])
_size = st.sampled_from(["cover", "contain", "auto", "10px auto"]) | _joined(lengths(words=("auto",)), 2)
_layer = st.tuples(_image.filter(lambda image: image != "none"), _position, _size, _repeat).map(
    lambda p: f"{p[0]} {p[1]} / {p[2]} {p[3]}"
)
_background = st.one_of(
    colours,
    _joined(_layer, 3, ", ").filter(_can_be_drawn),
    st.tuples(_layer, colours).map(", ".join),
    st.just("none"),
)
_line_styles = ["solid", "dashed", "dotted", "double", "none", "groove", "ridge", "inset", "outset"]
_line_width = lengths(1_000, percent=False, words=("thin", "thick")).filter(lambda width: "calc" not in width)
_border = st.one_of(
    st.just("none"),
    st.tuples(_line_width, st.sampled_from(_line_styles), colours).map(" ".join),
    st.tuples(colours, st.sampled_from(_line_styles)).map(" ".join),
)
_blur = numbers(0, 25).map(lambda number: f"{_written(number)}px")
_offset = numbers(-2_000, 2_000).map(lambda number: f"{_written(number)}px")
_text_shadow = st.tuples(_offset, _offset, _blur, colours).map(" ".join)
_box_shadow = st.tuples(
    st.sampled_from(["", "inset "]),
    _offset,
    _offset,
    _blur,
    numbers(-1_000, 1_000).map(lambda n: f" {_written(n)}px"),
    colours,
).map(lambda p: f"{p[0]}{p[1]} {p[2]} {p[3]}{p[4]} {p[5]}")
_filter = st.one_of(
    _call("brightness", numbers(0, 100).map(_written)),
    _call("contrast", numbers(0, 100).map(_written)),
    _call("saturate", numbers(0, 10_000).map(lambda n: f"{_written(n)}%")),
    _call("grayscale", _percent),
    _call("invert", _share),
    _call("opacity", _share),
    _call("sepia", _share),
    _call("hue-rotate", _angles),
)
_blur_filter = _call("blur", _blur) | _call("drop-shadow", _text_shadow)
_filters = st.one_of(_joined(_filter, 5), st.tuples(_blur_filter, _filter).map(" ".join), st.just("none"))
_factor = numbers(-100, 100).map(_written)
_transform = st.one_of(
    _call("translate", _signed),
    _call("translate", _signed, _signed),
    _call("translateX", _signed),
    _call("scale", _factor),
    _call("scale", _factor, _factor),
    _call("scaleY", _factor),
    _call("rotate", _angles),
    _call("skew", numbers(-85, 85).map(lambda n: f"{_written(n)}deg")),
    _call("skewX", numbers(-85, 85).map(lambda n: f"{_written(n)}deg")),
    _call("matrix", *[numbers(-50, 50).map(_written)] * 4, *[numbers(-10_000, 10_000).map(_written)] * 2),
)
_gentle = _call("rotate", _angles) | _call("translate", _signed, _signed) | _call("scale", _share)
_transforms = st.one_of(_transform, _joined(_gentle, 5), st.just("none"))
_clip = st.one_of(
    _call("circle", lengths()),
    st.tuples(lengths(), _signed, _signed).map(lambda p: f"circle({p[0]} at {p[1]} {p[2]})"),
    st.tuples(lengths(), lengths()).map(lambda p: f"ellipse({p[0]} {p[1]} at bottom left)"),
    _call("inset", _joined(_signed, 4)),
    st.tuples(_joined(_signed, 4), _joined(lengths(), 4)).map(lambda p: f"inset({p[0]} round {p[1]})"),
    st.lists(st.tuples(_signed, _signed).map(" ".join), min_size=3, max_size=9).map(
        lambda p: f"polygon({', '.join(p)})"
    ),
    st.just('path(evenodd, "M0 0L50 0L50 50Z")'),
    st.just("none"),
)
_track = st.one_of(
    lengths(words=("auto",)),
    numbers(0, 1_000).map(lambda number: f"{_written(number)}fr"),
    st.tuples(lengths(words=("auto",)), lengths(words=("auto", "1fr"))).map(
        lambda p: f"minmax({p[0]}, {p[1]})"
    ),
)
_tracks = st.one_of(
    _joined(_track, 4),
    st.tuples(st.integers(1, 25), _joined(_track, 3)).map(lambda p: f"repeat({p[0]}, {p[1]}) [end]"),
    st.just("repeat(auto-fill, minmax(8px, 1fr))"),
    st.just("[start] repeat(auto-fit, 20px) 1fr"),
    st.just("none"),
)
_line = st.one_of(
    st.integers(-100, 100).filter(bool).map(str),
    st.integers(1, 100).map("span {}".format),
    st.sampled_from(["auto", "start"]),
)
_across = st.sampled_from(
    ["flex-start", "flex-end", "start", "end", "center", "baseline", "stretch", "normal"]
)
_along = st.sampled_from(
    ["flex-start", "end", "center", "space-between", "space-around", "space-evenly", "stretch", "normal"]
)
_overflow = st.sampled_from(["visible", "hidden", "clip"])
_width = numbers(0, 10_000) | lengths(words=("auto", "min-content", "max-content", "fit-content", "stretch"))
_length = numbers(-10_000, 10_000) | lengths(10_000, -10_000, words=("auto",))
_positive = numbers(0, 10_000) | lengths()
_spacing = numbers(0, 10_000) | lengths(words=("normal",))
_blends = st.sampled_from(
    ["normal", "multiply", "screen", "overlay", "hue", "luminosity", "color-dodge", "soft-light"]
)

VALUES: dict[str, Values] = {
    "display": st.sampled_from(["flex", "grid", "block", "inline", "inline-block", "inline-flex", "none"]),
    "position": st.sampled_from(["relative", "absolute", "static"]),
    "box_sizing": st.sampled_from(["border-box", "content-box"]),
    **dict.fromkeys(("width", "height"), _width),
    **dict.fromkeys(("min_width", "min_height"), numbers(0, 10_000) | lengths(words=("auto",))),
    **dict.fromkeys(("max_width", "max_height"), numbers(0, 10_000) | lengths(words=("none", "auto"))),
    "aspect_ratio": numbers(0.001, 1_000) | st.sampled_from(["16 / 9", "auto", "1/1000"]),
    "inset": _joined(lengths(10_000, -10_000, words=("auto",)), 4),
    **dict.fromkeys(("top", "right", "bottom", "left"), _length),
    "margin": _joined(lengths(10_000, -10_000, words=("auto",)), 4),
    **dict.fromkeys(("margin_top", "margin_right", "margin_bottom", "margin_left"), _length),
    "padding": _joined(lengths(), 4),
    **dict.fromkeys(("padding_top", "padding_right", "padding_bottom", "padding_left"), _positive),
    **dict.fromkeys(("overflow", "overflow_x", "overflow_y"), _overflow),
    "visibility": st.sampled_from(["visible", "hidden"]),
    **dict.fromkeys(("z_index", "order"), st.integers(-1_000, 1_000)),
    "flex": st.one_of(
        numbers(0, 1_000), st.sampled_from(["1 1 0", "auto", "none", "initial", "10px 2", "1 1 50%"])
    ),
    "flex_direction": st.sampled_from(["row", "row-reverse", "column", "column-reverse"]),
    "flex_wrap": st.sampled_from(["nowrap", "wrap", "wrap-reverse"]),
    **dict.fromkeys(("flex_grow", "flex_shrink"), numbers(0, 1_000)),
    "flex_basis": numbers(0, 10_000) | lengths(words=("auto", "content")),
    **dict.fromkeys(("align_items", "align_self", "justify_items", "justify_self"), _across),
    **dict.fromkeys(("align_content", "justify_content"), _along),
    "gap": _joined(lengths(words=("normal",)), 2),
    **dict.fromkeys(("row_gap", "column_gap"), _spacing),
    **dict.fromkeys(("grid_template_columns", "grid_template_rows"), _tracks),
    **dict.fromkeys(("grid_auto_columns", "grid_auto_rows"), _joined(_track, 3)),
    "grid_auto_flow": st.sampled_from(["row", "column", "row dense", "column dense"]),
    **dict.fromkeys(("grid_column", "grid_row"), _line | st.tuples(_line, _line).map(" / ".join)),
    **dict.fromkeys(("grid_column_start", "grid_column_end", "grid_row_start", "grid_row_end"), _line),
    "grid_area": _joined(_line, 4, " / "),
    "grid_template_areas": st.sampled_from(['"a b" "c d"', "none", '"a . a"']),
    "background": _background,
    "background_color": colours,
    "background_image": _images,
    **dict.fromkeys(("background_position", "mask_position"), _joined(_position, 2, ", ")),
    **dict.fromkeys(("background_size", "mask_size"), _joined(_size, 2, ", ")),
    **dict.fromkeys(("background_repeat", "mask_repeat"), _joined(_repeat, 2, ", ")),
    "background_clip": st.sampled_from(["border-box", "padding-box", "content-box", "text"]),
    "background_origin": st.sampled_from(["border-box", "padding-box", "content-box"]),
    "background_blend_mode": _joined(_blends, 2, ", "),
    **dict.fromkeys(
        ("border", "border_top", "border_right", "border_bottom", "border_left", "outline"), _border
    ),
    "border_width": _joined(_line_width, 4),
    **dict.fromkeys(
        (
            "border_top_width",
            "border_right_width",
            "border_bottom_width",
            "border_left_width",
            "outline_width",
        ),
        numbers(0, 1_000) | _line_width,
    ),
    "border_color": _joined(colours, 4),
    **dict.fromkeys(
        (
            "border_top_color",
            "border_right_color",
            "border_bottom_color",
            "border_left_color",
            "outline_color",
        ),
        colours,
    ),
    "border_style": _joined(st.sampled_from(_line_styles), 4),
    **dict.fromkeys(
        (
            "border_top_style",
            "border_right_style",
            "border_bottom_style",
            "border_left_style",
            "outline_style",
        ),
        st.sampled_from(_line_styles),
    ),
    "border_radius": numbers(0, 10_000)
    | _joined(lengths(), 4)
    | st.tuples(_joined(lengths(), 4), _joined(lengths(), 4)).map(" / ".join),
    **dict.fromkeys(
        (
            "border_top_left_radius",
            "border_top_right_radius",
            "border_bottom_right_radius",
            "border_bottom_left_radius",
        ),
        numbers(0, 10_000) | _joined(lengths(), 2),
    ),
    "corner_shape": _joined(
        st.sampled_from(["round", "squircle", "square", "bevel", "scoop", "notch", "superellipse(infinity)"])
        | _call("superellipse", numbers(-100, 100).map(_written)),
        4,
    ),
    "outline_offset": numbers(-10_000, 10_000),
    "box_shadow": _joined(_box_shadow, 3, ", ") | st.just("none"),
    "opacity": numbers(0, 1),
    "transform": _transforms,
    **dict.fromkeys(("transform_origin", "object_position"), _position),
    "rotate": numbers(-36_000, 36_000) | _angles,
    "scale": numbers(-100, 100) | _joined(_factor, 2),
    "translate": numbers(-10_000, 10_000) | _joined(_signed, 2),
    **dict.fromkeys(("filter", "backdrop_filter"), _filters),
    "mix_blend_mode": _blends,
    "isolation": st.sampled_from(["auto", "isolate"]),
    "clip_path": _clip,
    "mask": _layer | st.just("none"),
    "mask_image": _images,
    "object_fit": st.sampled_from(["cover", "contain", "blur-fill", "fill", "none", "scale-down"]),
    "image_rendering": st.sampled_from(["auto", "smooth", "pixelated"]),
    "color": colours,
    "font_family": st.sampled_from(["Inter", '"Inter", serif', "Inter, sans-serif"]),
    "font_size": numbers(0.1, 2_000)
    | lengths(2_000, 10, words=("small", "larger")).filter(lambda s: "calc" not in s),
    "font_weight": numbers(1, 1_000) | st.sampled_from(["bold", "normal", "lighter"]),
    "font_style": st.sampled_from(["normal", "italic", "oblique"]),
    "font_stretch": st.sampled_from(["condensed", "75%", "normal", "200%"]),
    "font_kerning": st.sampled_from(["auto", "normal", "none"]),
    "font_synthesis": st.sampled_from(["none", "weight", "style", "weight style"]),
    "font_variant_caps": st.sampled_from(["normal", "small-caps", "all-small-caps"]),
    "font_feature_settings": st.sampled_from(['"tnum"', '"liga" off, "ss01" 2', "normal", '"zzzz" 999']),
    "font_variation_settings": st.tuples(
        st.sampled_from(["wght", "opsz", "XXXX"]), numbers(-10_000, 10_000)
    ).map(lambda p: f'"{p[0]}" {_written(p[1])}'),
    "line_height": numbers(0, 20) | lengths(4_000, words=("normal",)),
    **dict.fromkeys(("letter_spacing", "word_spacing"), numbers(-1_000, 1_000) | lengths(1_000, -1_000)),
    "text_align": st.sampled_from(["left", "right", "center", "justify", "start", "end"]),
    "text_indent": numbers(-10_000, 10_000) | lengths(10_000, -10_000),
    "text_transform": st.sampled_from(["none", "uppercase", "lowercase", "capitalize"]),
    "text_decoration": st.sampled_from(
        ["none", "underline", "overline 1000px solid red", "line-through 2em blue"]
    ),
    "text_decoration_line": st.sampled_from(["none", "underline", "overline line-through"]),
    **dict.fromkeys(("text_decoration_color", "webkit_text_stroke_color", "webkit_text_fill_color"), colours),
    "text_decoration_style": st.just("solid"),
    "text_decoration_thickness": numbers(0, 1_000) | lengths(1_000, words=("auto", "from-font")),
    "text_decoration_skip_ink": st.sampled_from(["auto", "none"]),
    "text_underline_offset": numbers(-1_000, 1_000) | lengths(1_000, -1_000, words=("auto",)),
    "text_shadow": _joined(_text_shadow, 3, ", ") | st.just("none"),
    "text_overflow": st.sampled_from(["clip", "ellipsis", '"…"', "' (more)'"]),
    "text_wrap": st.sampled_from(["wrap", "nowrap", "balance", "pretty"]),
    "white_space": st.sampled_from(["normal", "pre", "pre-wrap", "pre-line", "nowrap"]),
    "word_break": st.sampled_from(["normal", "break-all", "break-word", "keep-all"]),
    "overflow_wrap": st.sampled_from(["normal", "break-word", "anywhere"]),
    "line_clamp": st.integers(1, 1_000) | st.sampled_from(["2", '2 "…"', "1 'more'", "none"]),
    "tab_size": numbers(0, 100),
    "vertical_align": st.sampled_from(["top", "middle", "sub"])
    | _length.filter(lambda value: value != "auto"),
    "direction": st.sampled_from(["ltr", "rtl"]),
    "webkit_text_stroke": st.tuples(lengths(200, percent=False), colours).map(" ".join),
    "webkit_text_stroke_width": numbers(0, 200) | lengths(200, percent=False),
}
"""A strategy for every field of a style."""

_INVISIBLE = "\u202e\u2066\u2069\u200d\u00ad\u200b\u2028\ufeff\u0301\u0e34"
sentences: st.SearchStrategy[str] = st.text(
    st.one_of(
        st.sampled_from(" \n\taeiounst,.-'"),
        st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=["Cc"]),
        st.sampled_from("אבגشسلไทย漢字かな한국어हनद🏡👩️" + _INVISIBLE),
    ),
    max_size=120,
).filter(lambda text: not _stacked(text))


def _stacked(text: str) -> bool:
    """Tell a heap of marks, which is refused."""
    return sum(character in "️\u0301\u0e34" for character in text) > 8


@st.composite
def styles(draw: Callable[[Values], Any], most: int = 8) -> Style:
    """Draw a style of up to `most` declarations."""
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=most))
    return Style(**{name: draw(VALUES[name]) for name in names})


fits = st.tuples(numbers(1, 40), st.integers(1, 5), st.booleans(), st.booleans()).map(
    lambda given: Fit(min_px=given[0], max_lines=given[1], may_shorten=given[2], balanced=given[3])
)
scrims = st.builds(
    Scrim,
    colour=st.sampled_from(["#000000", "#0a1f44"]),
    edge=st.sampled_from(["top", "right", "bottom", "left", "all"]),
    reach=numbers(0.01, 1),
    at_least=numbers(0, 1),
    contrast=numbers(1, 6) | numbers(1, 21),
)
texts = st.builds(
    Text, text=sentences, style=styles(), lang=st.sampled_from([None, "de", "ar", "zh-Hant", "th"])
)
fitted_texts = st.builds(
    Text,
    text=sentences,
    style=st.builds(
        lambda style, width, size: Style(
            **(style.model_dump(exclude_none=True) | {"width": width, "font_size": size})
        ),
        styles(),
        numbers(1, 2_000),
        numbers(1, 200),
    ),
    fit=fits,
)
pictures = st.builds(
    Picture,
    source=st.sampled_from([*PICTURE_NAMES, DATA_URI]),
    style=styles(),
    focus=st.sampled_from([None, "smart", (0.2, 0.9)]),
    levels=st.booleans(),
    scrims=st.lists(scrims, max_size=2).map(tuple),
)
outlines = st.builds(
    Outline,
    d=st.sampled_from(
        [
            "M0 0L50 0L50 50Z",
            "m1,2 3-4.5.6 7z",
            "M0 0a10 5 30 01 20 20",
            "M0 0H5V5q1 1 2 2t3 3c1 1 2 2 3 3s4 4 5 5",
        ]
    ),
    fill=st.none() | colours,
    stroke=st.none() | st.sampled_from(["red", "#fff"]),
    stroke_width=numbers(0, 10_000),
    dashes=st.lists(numbers(0, 100), max_size=3).map(tuple),
)
shapes = st.builds(
    Shape,
    view=st.tuples(numbers(1, 8_000), numbers(1, 8_000)),
    outlines=st.lists(outlines, max_size=3).map(tuple),
    style=styles(),
)
leaves = st.one_of(texts, texts, fitted_texts, pictures, shapes)
trees: st.SearchStrategy[Box] = st.recursive(
    st.builds(Box, children=st.lists(leaves, max_size=3).map(tuple), style=styles()),
    lambda inner: st.builds(Box, children=st.lists(inner | leaves, max_size=3).map(tuple), style=styles()),
    max_leaves=8,
)
"""Whole trees, which `check` may still refuse for what their relative sizes add up to."""
