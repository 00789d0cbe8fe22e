"""The values that a style takes, each checked and bounded.

A value is a number (pixels, where CSS wants a length) or CSS text. Bounds keep one node's drawing under a
tenth of a second and away from what the drawing engine panics at.
"""

from __future__ import annotations

from typing import Annotated

from . import fonts, grid, images, outlines, paint, text, transforms
from .colours import Rgba as Rgba
from .colours import parse_colour as parse_colour
from .colours import read_colour
from .css import CssInvalid as CssInvalid
from .css import shortened as shortened
from .fonts import LARGEST_FONT_PX as LARGEST_FONT_PX
from .fonts import growth as growth
from .images import named_in as named_in
from .images import tiles_px as tiles_px
from .lengths import LONGEST_PX, Measure, one_of, read_ratio, sides
from .property import Checked as Checked
from .property import css_value, plain_value, text_value
from .transforms import magnification as magnification

_signed = Measure(least=-LONGEST_PX)
_unsigned = Measure()
_signed_or_auto = Measure(least=-LONGEST_PX, words=("auto",))
_gap = Measure(words=("normal",))
_tracking = Measure(1_000, least=-1_000)
_SIZES = ("auto", "min-content", "max-content", "fit-content", "stretch")
_A_LENGTH = "a length such as 12, '1.5em' or '40%'"
_POSITIVE = "a length of 0 or more such as 12, '1.5em' or '40%'"

Number = Annotated[float, plain_value(-1_000, 1_000)]
Share = Annotated[float, plain_value(0, 1)]
Scale = Annotated[float, plain_value(0, 1_000)]
Order = Annotated[int, plain_value(-1_000, 1_000, whole=True)]

Length = Annotated[
    float | str, css_value(_signed_or_auto, f"{_A_LENGTH}, or 'auto'", least=-LONGEST_PX, most=LONGEST_PX)
]
Positive = Annotated[float | str, css_value(_unsigned, _POSITIVE, most=LONGEST_PX)]
Spacing = Annotated[float | str, css_value(_gap, _POSITIVE, most=LONGEST_PX)]
Indent = Annotated[float | str, css_value(_signed, _A_LENGTH, least=-LONGEST_PX, most=LONGEST_PX)]
Width = Annotated[
    float | str,
    css_value(
        Measure(words=_SIZES),
        f"{_POSITIVE}, 'auto', 'min-content', 'max-content' or 'fit-content'",
        most=LONGEST_PX,
    ),
]
Basis = Annotated[
    float | str,
    css_value(Measure(words=(*_SIZES, "content")), f"{_POSITIVE}, 'auto' or 'content'", most=LONGEST_PX),
]
MinSize = Annotated[
    float | str, css_value(Measure(words=("auto",)), f"{_POSITIVE}, or 'auto'", most=LONGEST_PX)
]
MaxSize = Annotated[
    float | str, css_value(Measure(words=("none", "auto")), f"{_POSITIVE}, or 'none'", most=LONGEST_PX)
]
Inset = Annotated[
    float | str, css_value(sides(_signed_or_auto), "one to four lengths", least=-LONGEST_PX, most=LONGEST_PX)
]
Margin = Inset
Padding = Annotated[
    float | str, css_value(sides(_unsigned), "one to four lengths of 0 or more", most=LONGEST_PX)
]
Place = Annotated[float | str, css_value(sides(_gap, 2), "one or two lengths of 0 or more", most=LONGEST_PX)]
Angle = Annotated[
    float | str,
    css_value(transforms.read_rotate, "an angle such as '45deg', or degrees", least=-36_000, most=36_000),
]


Ratio = Annotated[
    float | str, css_value(read_ratio, "a ratio such as 1.5, '16 / 9' or 'auto'", least=0.001, most=1_000)
]
Factors = Annotated[
    float | str,
    css_value(
        transforms.read_scale,
        "one or two factors such as 1.5 or '150%'",
        least=-transforms.LARGEST_SCALE,
        most=transforms.LARGEST_SCALE,
    ),
]
Moves = Annotated[
    float | str,
    css_value(transforms.read_translate, "one or two lengths", least=-LONGEST_PX, most=LONGEST_PX),
]
Transforms = Annotated[
    str,
    css_value(transforms.read_transforms, "transform functions such as 'rotate(5deg) scale(1.2)', or 'none'"),
]

Flex = Annotated[float | str, css_value(grid.read_flex, "1, 'auto', 'none' or '1 1 0'", most=1_000)]
GridTracks = Annotated[
    str, css_value(grid.read_tracks, "tracks such as '1fr 2fr' or 'repeat(3, minmax(0, 1fr))', or 'none'")
]
GridAutoTracks = Annotated[
    str, css_value(grid.read_auto_tracks, "tracks such as '1fr' or 'minmax(100px, auto)'")
]
GridLine = Annotated[
    float | str,
    css_value(
        grid.read_line, "a line such as 2, 'span 2' or 'auto'", least=-grid.MOST_TRACKS, most=grid.MOST_TRACKS
    ),
]
GridLines = Annotated[
    float | str,
    css_value(
        grid.read_lines,
        "lines such as 2, '1 / 3' or 'span 2'",
        least=-grid.MOST_TRACKS,
        most=grid.MOST_TRACKS,
    ),
]
GridArea = Annotated[str, css_value(grid.read_area, "a name, or lines such as '1 / 1 / 3 / 2'")]
GridAreas = Annotated[str, css_value(grid.read_areas, 'rows of names such as \'"head head" "side main"\'')]

Colour = Annotated[str, css_value(read_colour, "a colour such as '#0a1f44' or 'rgb(10 31 68 / 50%)'")]
Colours = Annotated[str, css_value(sides(read_colour), "one to four colours")]
Backgrounds = Annotated[
    str, css_value(images.read_background, "a colour, or layers such as 'url(photo) center / cover, #0a1f44'")
]
Masks = Annotated[
    str, css_value(images.read_mask, "layers such as 'linear-gradient(black, transparent)', or 'none'")
]
Images = Annotated[
    str,
    css_value(images.read_images, "images such as 'linear-gradient(red, blue)' or 'url(photo)', or 'none'"),
]
Positions = Annotated[
    float | str,
    css_value(
        images.layers(images.read_position),
        "positions such as 'center' or '10px 20%'",
        least=-LONGEST_PX,
        most=LONGEST_PX,
    ),
]
Origin = Annotated[
    float | str,
    css_value(
        transforms.read_origin, "a point such as 'center' or '10px 20%'", least=-LONGEST_PX, most=LONGEST_PX
    ),
]
Sizes = Annotated[
    float | str,
    css_value(images.layers(images.read_size), "sizes such as 'cover' or '10px auto'", most=LONGEST_PX),
]
Repeats = Annotated[str, css_value(images.layers(images.read_repeat), "'no-repeat', 'repeat-x' or the like")]
_BLENDS = (
    "normal", "multiply", "screen", "overlay", "darken", "lighten", "color-dodge", "color-burn", "hard-light",
    "soft-light", "difference", "exclusion", "hue", "saturation", "color", "luminosity",
)  # fmt: skip
Blends = Annotated[str, css_value(images.layers(one_of(*_BLENDS)), f"one of {', '.join(_BLENDS)}")]

Borders = Annotated[
    float | str, css_value(paint.read_border, "a border such as '2px solid #0a1f44', or 'none'", most=1_000)
]
BorderWidth = Annotated[float | str, css_value(paint.line_width, "a width such as 2 or 'thin'", most=1_000)]
BorderWidths = Annotated[float | str, css_value(sides(paint.line_width), "one to four widths", most=1_000)]
BorderStyles = Annotated[
    str, css_value(sides(paint.line_style), "one to four of 'solid', 'dashed', 'dotted' or the like")
]
Radius = Annotated[
    float | str, css_value(outlines.read_radius, "radii such as 12, '50%' or '8px 8px 0 0'", most=LONGEST_PX)
]
CornerRadius = Annotated[
    float | str, css_value(sides(outlines.radius, 2), "one or two radii such as 12 or '50%'", most=LONGEST_PX)
]
CornerShape = Annotated[
    str, css_value(outlines.read_corners, "one to four of 'round', 'squircle', 'bevel' or the like")
]
Shadows = Annotated[
    str, css_value(paint.read_box_shadows, "shadows such as '0 2px 8px rgb(0 0 0 / 40%)', or 'none'")
]
TextShadows = Annotated[
    str, css_value(paint.read_text_shadows, "shadows such as '0 2px 8px rgb(0 0 0 / 40%)', or 'none'")
]
Filters = Annotated[
    str, css_value(paint.read_filters, "filters such as 'blur(4px) brightness(80%)', or 'none'")
]
ClipPath = Annotated[
    str, css_value(outlines.read_clip, "a shape such as 'circle(50%)' or 'inset(10px round 8px)'")
]
PathData = Annotated[str, text_value(outlines.check_path, "path data such as 'M0 0L10 0L5 8Z'")]
Source = Annotated[str, text_value(images.read_source, "a picture's name or a data URI")]

FamilyList = Annotated[str, css_value(text.read_families, "families such as 'Inter, \"Noto Sans\"'")]
FontSize = Annotated[
    float | str,
    css_value(fonts.font_size, "a size such as 24 or '1.5em'", least=0.1, most=2_000),
]


FontWeight = Annotated[
    float | str, css_value(fonts.read_weight, "a weight such as 600 or 'bold'", least=1, most=1_000)
]
FontStretch = Annotated[str, css_value(fonts.read_stretch, "a width such as 'condensed' or '75%'")]
FontFeatures = Annotated[
    str, css_value(text.read_features, "features such as '\"tnum\", \"liga\" off', or 'normal'")
]
FontAxes = Annotated[str, css_value(text.read_axes, "axes such as '\"wght\" 650', or 'normal'")]


LineHeight = Annotated[
    float | str,
    css_value(
        fonts.read_line_height,
        "a multiple of the font's size such as 1.2, or a length such as '20px'",
        most=20,
    ),
]
Tracking = Annotated[
    float | str, css_value(_tracking, "a length such as 2 or '-0.02em'", least=-1_000, most=1_000)
]
Decoration = Annotated[
    str, css_value(text.read_decoration, "lines such as 'underline' or 'underline 2px red', or 'none'")
]
DecorationLines = Annotated[
    str, css_value(text.read_decoration_lines, "'underline', 'overline', 'line-through' or 'none'")
]
Thickness = Annotated[
    float | str,
    css_value(Measure(1_000, words=("auto", "from-font")), f"{_POSITIVE}, 'auto' or 'from-font'", most=1_000),
]
LineOffset = Annotated[
    float | str,
    css_value(
        Measure(1_000, least=-1_000, words=("auto",)), f"{_A_LENGTH}, or 'auto'", least=-1_000, most=1_000
    ),
]
TextEnd = Annotated[str, css_value(text.read_overflow, "'clip', 'ellipsis' or a string such as '\"…\"'")]
Clamp = Annotated[
    int | str,
    css_value(text.read_clamp, "a number of lines such as 2 or '2 \"…\"', or 'none'", least=1, most=1_000),
]
TabSize = Annotated[float, plain_value(0, 100)]
_RISES = ("baseline", "top", "middle", "bottom", "text-top", "text-bottom", "sub", "super")
Rise = Annotated[
    float | str,
    css_value(
        Measure(least=-LONGEST_PX, words=_RISES),
        f"{_A_LENGTH}, or 'middle' or the like",
        least=-LONGEST_PX,
        most=LONGEST_PX,
    ),
]
Stroke = Annotated[float | str, css_value(text.read_stroke, "a line such as '2px red', or 'none'", most=200)]
StrokeWidth = Annotated[
    float | str, css_value(Measure(200, percent=False), "a width such as 2 or '0.1em'", most=200)
]
