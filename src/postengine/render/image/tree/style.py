"""The style of a node: the CSS subset that Satori documents, and what the drawing engine adds.

Names are CSS's: snake_case in Python, camelCase in JSON (`flex_direction`, `flexDirection`). A bare number
is pixels where CSS wants a length. Values are checked and bounded when a style is made; an unknown key is an
error.

Source: CSS as of the specifications' 2025 snapshot; Satori's list of supported properties (2026-08).
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from .values import (
    Angle,
    Backgrounds,
    Basis,
    Blends,
    Borders,
    BorderStyles,
    BorderWidth,
    BorderWidths,
    Clamp,
    ClipPath,
    Colour,
    Colours,
    CornerRadius,
    CornerShape,
    Decoration,
    DecorationLines,
    Factors,
    FamilyList,
    Filters,
    Flex,
    FontAxes,
    FontFeatures,
    FontSize,
    FontStretch,
    FontWeight,
    GridArea,
    GridAreas,
    GridAutoTracks,
    GridLine,
    GridLines,
    GridTracks,
    Images,
    Indent,
    Inset,
    Length,
    LineHeight,
    LineOffset,
    Margin,
    Masks,
    MaxSize,
    MinSize,
    Moves,
    Order,
    Origin,
    Padding,
    Place,
    Positions,
    Positive,
    Radius,
    Ratio,
    Repeats,
    Rise,
    Scale,
    Shadows,
    Share,
    Sizes,
    Spacing,
    Stroke,
    StrokeWidth,
    TabSize,
    TextEnd,
    TextShadows,
    Thickness,
    Tracking,
    Transforms,
    Width,
)

Across = Literal["flex-start", "flex-end", "start", "end", "center", "baseline", "stretch", "normal"]
Along = Literal[
    "flex-start",
    "flex-end",
    "start",
    "end",
    "center",
    "space-between",
    "space-around",
    "space-evenly",
    "stretch",
    "normal",
]
BoxArea = Literal["border-box", "padding-box", "content-box"]
BorderStyle = Literal[
    "solid", "dashed", "dotted", "double", "none", "hidden", "groove", "ridge", "inset", "outset"
]
Overflow = Literal["visible", "hidden", "clip"]


class Style(BaseModel):
    """How a node is laid out and painted; every field may be left out."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True, allow_inf_nan=False
    )

    # Layout
    display: Literal["flex", "grid", "block", "inline", "inline-block", "inline-flex", "none"] | None = None
    position: Literal["relative", "absolute", "static"] | None = None
    box_sizing: Literal["border-box", "content-box"] | None = None
    width: Width | None = None
    height: Width | None = None
    min_width: MinSize | None = None
    min_height: MinSize | None = None
    max_width: MaxSize | None = None
    max_height: MaxSize | None = None
    aspect_ratio: Ratio | None = None
    inset: Inset | None = None
    top: Length | None = None
    right: Length | None = None
    bottom: Length | None = None
    left: Length | None = None
    margin: Margin | None = None
    margin_top: Length | None = None
    margin_right: Length | None = None
    margin_bottom: Length | None = None
    margin_left: Length | None = None
    padding: Padding | None = None
    padding_top: Positive | None = None
    padding_right: Positive | None = None
    padding_bottom: Positive | None = None
    padding_left: Positive | None = None
    overflow: Overflow | None = None
    overflow_x: Overflow | None = None
    overflow_y: Overflow | None = None
    visibility: Literal["visible", "hidden"] | None = None
    z_index: Order | None = None

    # Flex and grid
    flex: Flex | None = None
    flex_direction: Literal["row", "row-reverse", "column", "column-reverse"] | None = None
    flex_wrap: Literal["nowrap", "wrap", "wrap-reverse"] | None = None
    flex_grow: Scale | None = None
    flex_shrink: Scale | None = None
    flex_basis: Basis | None = None
    align_items: Across | None = None
    align_self: Across | None = None
    align_content: Along | None = None
    justify_content: Along | None = None
    justify_items: Across | None = None
    justify_self: Across | None = None
    gap: Place | None = None
    row_gap: Spacing | None = None
    column_gap: Spacing | None = None
    grid_template_columns: GridTracks | None = None
    grid_template_rows: GridTracks | None = None
    grid_auto_columns: GridAutoTracks | None = None
    grid_auto_rows: GridAutoTracks | None = None
    grid_auto_flow: Literal["row", "column", "row dense", "column dense"] | None = None
    grid_column: GridLines | None = None
    grid_column_start: GridLine | None = None
    grid_column_end: GridLine | None = None
    grid_row: GridLines | None = None
    grid_row_start: GridLine | None = None
    grid_row_end: GridLine | None = None
    grid_area: GridArea | None = None
    grid_template_areas: GridAreas | None = None
    order: Order | None = None

    # Ground and borders
    background: Backgrounds | None = None
    background_color: Colour | None = None
    background_image: Images | None = None
    background_position: Positions | None = None
    background_size: Sizes | None = None
    background_repeat: Repeats | None = None
    background_clip: BoxArea | Literal["text"] | None = None
    background_origin: BoxArea | None = None
    background_blend_mode: Blends | None = None
    border: Borders | None = None
    border_top: Borders | None = None
    border_right: Borders | None = None
    border_bottom: Borders | None = None
    border_left: Borders | None = None
    border_width: BorderWidths | None = None
    border_top_width: BorderWidth | None = None
    border_right_width: BorderWidth | None = None
    border_bottom_width: BorderWidth | None = None
    border_left_width: BorderWidth | None = None
    border_color: Colours | None = None
    border_top_color: Colour | None = None
    border_right_color: Colour | None = None
    border_bottom_color: Colour | None = None
    border_left_color: Colour | None = None
    border_style: BorderStyles | None = None
    border_top_style: BorderStyle | None = None
    border_right_style: BorderStyle | None = None
    border_bottom_style: BorderStyle | None = None
    border_left_style: BorderStyle | None = None
    border_radius: Radius | None = None
    border_top_left_radius: CornerRadius | None = None
    border_top_right_radius: CornerRadius | None = None
    border_bottom_right_radius: CornerRadius | None = None
    border_bottom_left_radius: CornerRadius | None = None
    corner_shape: CornerShape | None = None
    outline: Borders | None = None
    outline_width: BorderWidth | None = None
    outline_color: Colour | None = None
    outline_style: BorderStyle | None = None
    outline_offset: Indent | None = None
    box_shadow: Shadows | None = None

    # The whole node
    opacity: Share | None = None
    transform: Transforms | None = None
    transform_origin: Origin | None = None
    rotate: Angle | None = None
    scale: Factors | None = None
    translate: Moves | None = None
    filter: Filters | None = None
    backdrop_filter: Filters | None = None
    mix_blend_mode: (
        Literal[
            "normal",
            "multiply",
            "screen",
            "overlay",
            "darken",
            "lighten",
            "color-dodge",
            "color-burn",
            "hard-light",
            "soft-light",
            "difference",
            "exclusion",
            "hue",
            "saturation",
            "color",
            "luminosity",
        ]
        | None
    ) = None
    isolation: Literal["auto", "isolate"] | None = None
    clip_path: ClipPath | None = None
    mask: Masks | None = None
    mask_image: Images | None = None
    mask_position: Positions | None = None
    mask_size: Sizes | None = None
    mask_repeat: Repeats | None = None

    # Pictures
    object_fit: Literal["cover", "contain", "blur-fill", "fill", "none", "scale-down"] | None = None
    object_position: Origin | None = None
    image_rendering: Literal["auto", "smooth", "pixelated"] | None = None

    # Text
    color: Colour | None = None
    font_family: FamilyList | None = None
    font_size: FontSize | None = None
    font_weight: FontWeight | None = None
    font_style: Literal["normal", "italic", "oblique"] | None = None
    font_stretch: FontStretch | None = None
    font_kerning: Literal["auto", "normal", "none"] | None = None
    font_synthesis: Literal["none", "weight", "style", "weight style"] | None = None
    font_variant_caps: Literal["normal", "small-caps", "all-small-caps"] | None = None
    font_feature_settings: FontFeatures | None = None
    font_variation_settings: FontAxes | None = None
    line_height: LineHeight | None = None
    letter_spacing: Tracking | None = None
    word_spacing: Tracking | None = None
    text_align: Literal["left", "right", "center", "justify", "start", "end"] | None = None
    text_indent: Indent | None = None
    text_transform: Literal["none", "uppercase", "lowercase", "capitalize"] | None = None
    text_decoration: Decoration | None = None
    text_decoration_line: DecorationLines | None = None
    text_decoration_color: Colour | None = None
    text_decoration_style: Literal["solid"] | None = None
    text_decoration_thickness: Thickness | None = None
    text_decoration_skip_ink: Literal["auto", "none"] | None = None
    text_underline_offset: LineOffset | None = None
    text_shadow: TextShadows | None = None
    text_overflow: TextEnd | None = None
    text_wrap: Literal["wrap", "nowrap", "balance", "pretty"] | None = None
    white_space: Literal["normal", "pre", "pre-wrap", "pre-line", "nowrap"] | None = None
    word_break: Literal["normal", "break-all", "break-word", "keep-all"] | None = None
    overflow_wrap: Literal["normal", "break-word", "anywhere"] | None = None
    line_clamp: Clamp | None = None
    tab_size: TabSize | None = None
    vertical_align: Rise | None = None
    direction: Literal["ltr", "rtl"] | None = None
    webkit_text_stroke: Stroke | None = None
    webkit_text_stroke_width: StrokeWidth | None = None
    webkit_text_stroke_color: Colour | None = None
    webkit_text_fill_color: Colour | None = None
