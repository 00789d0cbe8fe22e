"""What Tailwind's class names mean: the tables behind the rules.

Source: Tailwind CSS 3.4, default theme.
"""

from __future__ import annotations

from collections.abc import Mapping

SCREENS: Mapping[str, int] = {"sm": 640, "md": 768, "lg": 1024, "xl": 1280, "2xl": 1536}

FIXED: Mapping[str, Mapping[str, object]] = {
    "flex": {"display": "flex"},
    "inline-flex": {"display": "flex"},
    "block": {"display": "block"},
    "grid": {"display": "grid"},
    "contents": {"display": "contents"},
    "hidden": {"display": "none"},
    "absolute": {"position": "absolute"},
    "relative": {"position": "relative"},
    "static": {"position": "static"},
    "flex-row": {"flexDirection": "row"},
    "flex-row-reverse": {"flexDirection": "row-reverse"},
    "flex-col": {"flexDirection": "column"},
    "flex-col-reverse": {"flexDirection": "column-reverse"},
    "flex-wrap": {"flexWrap": "wrap"},
    "flex-wrap-reverse": {"flexWrap": "wrap-reverse"},
    "flex-nowrap": {"flexWrap": "nowrap"},
    "flex-1": {"flexGrow": 1, "flexShrink": 1, "flexBasis": 0},
    "flex-auto": {"flexGrow": 1, "flexShrink": 1, "flexBasis": "auto"},
    "flex-initial": {"flexGrow": 0, "flexShrink": 1, "flexBasis": "auto"},
    "flex-none": {"flexGrow": 0, "flexShrink": 0, "flexBasis": "auto"},
    "italic": {"fontStyle": "italic"},
    "not-italic": {"fontStyle": "normal"},
    "uppercase": {"textTransform": "uppercase"},
    "lowercase": {"textTransform": "lowercase"},
    "capitalize": {"textTransform": "capitalize"},
    "normal-case": {"textTransform": "none"},
    "underline": {"textDecorationLine": "underline"},
    "overline": {"textDecorationLine": "overline"},
    "line-through": {"textDecorationLine": "line-through"},
    "no-underline": {"textDecorationLine": "none"},
    "truncate": {"overflow": "hidden", "textOverflow": "ellipsis", "whiteSpace": "nowrap"},
    "text-ellipsis": {"textOverflow": "ellipsis"},
    "text-clip": {"textOverflow": "clip"},
    "text-wrap": {"textWrap": "wrap"},
    "text-nowrap": {"textWrap": "nowrap"},
    "text-balance": {"textWrap": "balance"},
    "text-pretty": {"textWrap": "pretty"},
    "break-normal": {"wordBreak": "normal"},
    "break-words": {"overflowWrap": "break-word"},
    "break-all": {"wordBreak": "break-all"},
    "break-keep": {"wordBreak": "keep-all"},
    "font-sans": {"fontFamily": "sans-serif"},
    "font-serif": {"fontFamily": "serif"},
    "font-mono": {"fontFamily": "monospace"},
    "box-border": {"boxSizing": "border-box"},
    "box-content": {"boxSizing": "content-box"},
    "visible": {"visibility": "visible"},
    "invisible": {"visibility": "hidden"},
    "aspect-square": {"aspectRatio": 1},
    "aspect-video": {"aspectRatio": 16 / 9},
    "aspect-auto": {"aspectRatio": "auto"},
    "bg-cover": {"backgroundSize": "cover"},
    "bg-contain": {"backgroundSize": "contain"},
    "bg-auto": {"backgroundSize": "auto"},
    "bg-clip-text": {"backgroundClip": "text"},
    "bg-none": {"backgroundImage": "none"},
}

VALUES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "items": (
        "alignItems",
        {k: k for k in ("center", "baseline", "stretch")} | {"start": "flex-start", "end": "flex-end"},
    ),
    "self": (
        "alignSelf",
        {k: k for k in ("auto", "center", "baseline", "stretch")}
        | {"start": "flex-start", "end": "flex-end"},
    ),
    "justify": (
        "justifyContent",
        {
            "start": "flex-start",
            "end": "flex-end",
            "center": "center",
            "normal": "normal",
            "stretch": "stretch",
        }
        | {k: f"space-{k}" for k in ("between", "around", "evenly")},
    ),
    "content": (
        "alignContent",
        {
            "start": "flex-start",
            "end": "flex-end",
            "center": "center",
            "normal": "normal",
            "stretch": "stretch",
        }
        | {k: f"space-{k}" for k in ("between", "around", "evenly")},
    ),
    "font": (
        "fontWeight",
        dict(
            zip(
                ("thin", "extralight", "light", "normal", "medium", "semibold", "bold", "extrabold", "black"),
                range(100, 1000, 100),
                strict=True,
            )
        ),
    ),
    "tracking": (
        "letterSpacing",
        {
            "tighter": "-0.05em",
            "tight": "-0.025em",
            "normal": 0,
            "wide": "0.025em",
            "wider": "0.05em",
            "widest": "0.1em",
        },
    ),
    "leading": (
        "lineHeight",
        {"none": 1, "tight": 1.25, "snug": 1.375, "normal": 1.5, "relaxed": 1.625, "loose": 2},
    ),
    "whitespace": ("whiteSpace", {k: k for k in ("normal", "nowrap", "pre", "pre-line", "pre-wrap")}),
    "object": (
        "objectFit",
        {k: k for k in ("contain", "cover", "fill", "none", "scale-down")},
    ),
    "overflow": ("overflow", {k: k for k in ("hidden", "visible", "clip")}),
    "mix-blend": (
        "mixBlendMode",
        {
            k: k
            for k in (
                "normal",
                "multiply",
                "screen",
                "overlay",
                "darken",
                "lighten",
                "difference",
                "exclusion",
                "hue",
                "color",
            )
        },
    ),
}

TEXT_SIZES: Mapping[str, tuple[float, float]] = {
    "xs": (12, 16),
    "sm": (14, 20),
    "base": (16, 24),
    "lg": (18, 28),
    "xl": (20, 28),
    "2xl": (24, 32),
    "3xl": (30, 36),
    "4xl": (36, 40),
    "5xl": (48, 48),
    "6xl": (60, 60),
    "7xl": (72, 72),
    "8xl": (96, 96),
    "9xl": (128, 128),
}

RADII: Mapping[str, object] = {
    "": 4, "none": 0, "sm": 2, "md": 6, "lg": 8, "xl": 12, "2xl": 16, "3xl": 24, "full": 9999,
}  # fmt: skip

CORNERS: Mapping[str, tuple[str, ...]] = {
    "t": ("TopLeft", "TopRight"),
    "r": ("TopRight", "BottomRight"),
    "b": ("BottomRight", "BottomLeft"),
    "l": ("TopLeft", "BottomLeft"),
    "tl": ("TopLeft",),
    "tr": ("TopRight",),
    "br": ("BottomRight",),
    "bl": ("BottomLeft",),
}

SIDES: Mapping[str, tuple[str, ...]] = {
    "": ("Top", "Right", "Bottom", "Left"),
    "x": ("Right", "Left"),
    "y": ("Top", "Bottom"),
    "t": ("Top",),
    "r": ("Right",),
    "b": ("Bottom",),
    "l": ("Left",),
}

SHADOWS: Mapping[str, str] = {
    "sm": "0 1px 2px 0 rgba(0,0,0,0.05)",
    "": "0 1px 3px 0 rgba(0,0,0,0.1), 0 1px 2px -1px rgba(0,0,0,0.1)",
    "md": "0 4px 6px -1px rgba(0,0,0,0.1), 0 2px 4px -2px rgba(0,0,0,0.1)",
    "lg": "0 10px 15px -3px rgba(0,0,0,0.1), 0 4px 6px -4px rgba(0,0,0,0.1)",
    "xl": "0 20px 25px -5px rgba(0,0,0,0.1), 0 8px 10px -6px rgba(0,0,0,0.1)",
    "2xl": "0 25px 50px -12px rgba(0,0,0,0.25)",
    "inner": "inset 0 2px 4px 0 rgba(0,0,0,0.05)",
}

BLURS: Mapping[str, int] = {"sm": 4, "": 8, "md": 12, "lg": 16, "xl": 24, "2xl": 40, "3xl": 64, "none": 0}

TOWARDS: Mapping[str, str] = {
    "t": "to top", "tr": "to top right", "r": "to right", "br": "to bottom right",
    "b": "to bottom", "bl": "to bottom left", "l": "to left", "tl": "to top left",
}  # fmt: skip

PLACES = frozenset(
    {"center", "top", "bottom", "left", "right", "left-top", "left-bottom", "right-top", "right-bottom"}
)

WIDEST: Mapping[str, int] = {
    "xs": 320, "sm": 384, "md": 448, "lg": 512, "xl": 576, "2xl": 672, "3xl": 768, "4xl": 896, "5xl": 1024,
    "6xl": 1152, "7xl": 1280,
}  # fmt: skip

LENGTHS: Mapping[str, tuple[str, ...]] = {
    "w": ("width",),
    "h": ("height",),
    "size": ("width", "height"),
    "min-w": ("minWidth",),
    "min-h": ("minHeight",),
    "max-w": ("maxWidth",),
    "max-h": ("maxHeight",),
    "basis": ("flexBasis",),
    "gap": ("rowGap", "columnGap"),
    "gap-x": ("columnGap",),
    "gap-y": ("rowGap",),
    "inset": ("top", "right", "bottom", "left"),
    "inset-x": ("right", "left"),
    "inset-y": ("top", "bottom"),
    "top": ("top",),
    "right": ("right",),
    "bottom": ("bottom",),
    "left": ("left",),
    "indent": ("textIndent",),
    **{f"p{side}": tuple(f"padding{it}" for it in them) for side, them in SIDES.items()},
    **{f"m{side}": tuple(f"margin{it}" for it in them) for side, them in SIDES.items()},
}
