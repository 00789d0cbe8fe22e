"""What an element's style comes to: presets, variables and inheritance resolved, lengths in pixels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .elements import Element
from .losses import Losses
from .presets import PRESETS
from .shorthand import SIDES, expanded
from .units import ROOT_FONT_PX, Scale, in_px, is_sane, length, plain
from .variables import VariableUnknown, resolved

Declared = Mapping[str, object]

INHERITED = frozenset(
    {
        "color",
        "fontFamily",
        "fontSize",
        "fontStyle",
        "fontWeight",
        "fontStretch",
        "fontFeatureSettings",
        "fontVariationSettings",
        "fontKerning",
        "fontSynthesis",
        "fontVariantCaps",
        "letterSpacing",
        "wordSpacing",
        "lineHeight",
        "textAlign",
        "textIndent",
        "textTransform",
        "textShadow",
        "textWrap",
        "webkitTextStrokeWidth",
        "webkitTextStrokeColor",
        "webkitTextFillColor",
        "textDecorationLine",
        "textDecorationStyle",
        "textDecorationColor",
        "textDecorationThickness",
        "textDecorationSkipInk",
        "textUnderlineOffset",
        "whiteSpace",
        "wordBreak",
        "overflowWrap",
        "tabSize",
        "direction",
    }
)
"""What texts take from the elements around them; decorations too, because every text is a box of its own."""

UNITLESS = frozenset(
    {
        "flexGrow",
        "flexShrink",
        "opacity",
        "zIndex",
        "fontWeight",
        "lineHeight",
        "order",
        "scale",
        "lineClamp",
        "aspectRatio",
    }
)

ALIASES: Mapping[str, str] = {
    "wordWrap": "overflowWrap",
    "webkitBackgroundClip": "backgroundClip",
    "webkitBackdropFilter": "backdropFilter",
    "webkitClipPath": "clipPath",
    "webkitFilter": "filter",
    "webkitLineClamp": "lineClamp",
    "webkitMaskImage": "maskImage",
    "webkitMaskPosition": "maskPosition",
    "webkitMaskRepeat": "maskRepeat",
    "webkitMaskSize": "maskSize",
    "marginInlineStart": "marginLeft",
    "marginInlineEnd": "marginRight",
    "paddingInlineStart": "paddingLeft",
    "paddingInlineEnd": "paddingRight",
}

FONT_SIZES: Mapping[str, float] = {
    "xx-small": 9,
    "x-small": 10,
    "small": 13,
    "medium": 16,
    "large": 18,
    "x-large": 24,
    "xx-large": 32,
}

_LANG = re.compile(r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,3}$")
_CURRENT = re.compile(r"\bcurrentcolor\b", re.IGNORECASE)
_HYPHEN = re.compile(r"-([a-z])")


@dataclass(frozen=True)
class Surroundings:
    """What an element takes from those around it.

    Attributes:
        texts: Inherited declarations, resolved.
        variables: Custom properties.
        font_px: Font size.
        width: Of the picture, if fixed.
        height: Of the picture, if fixed.
        lang: Language of the text.
        opacity: What everything within is faded by, beyond its own.
        room: The most that anything within can be wide, in pixels, if that is known.
    """

    width: float | None = None
    height: float | None = None
    font_px: float = ROOT_FONT_PX
    texts: Declared = field(default_factory=dict[str, object])
    variables: Mapping[str, str] = field(default_factory=dict[str, str])
    lang: str | None = None
    opacity: float = 1.0
    room: float | None = None

    @property
    def colour(self) -> str:
        """The text colour."""
        return str(self.texts.get("color", "black"))


@dataclass(frozen=True)
class Computed:
    """An element's style, resolved.

    Attributes:
        own: Longhands of the element itself; numbers are pixels (or plain numbers, where CSS has no unit).
        inner: What its children take.
    """

    own: Declared
    inner: Surroundings


def computed(element: Element, classes: Declared, around: Surroundings, losses: Losses) -> Computed:
    """Return the style of an element.

    Args:
        element: The element.
        classes: What its class names declare.
        around: What it takes from those around it.
        losses: Takes what is not understood.
    """
    preset = _preset(element.type, around)
    declared = {**{k: v for k, v in preset.items() if k not in element.style}, **classes, **element.style}
    variables = {**around.variables, **{k: str(v) for k, v in declared.items() if k.startswith("--")}}
    plain_ones = _plain(declared, variables, f"{element.path}.style", losses)
    colour = _colour(plain_ones.pop("color", None), around)
    longhands = _longhands(plain_ones, colour)
    font_px = _font_px(longhands.get("fontSize"), around)
    scale = Scale(font_px, around.width, around.height)
    own: dict[str, object] = {"color": colour} if colour != around.colour else {}
    for name, it in longhands.items():
        own[name] = _measured(name, it, scale)
    if "fontSize" in own:
        own["fontSize"] = font_px
    if "lineHeight" in own:
        own["lineHeight"] = _line_height(own["lineHeight"], scale)
    if around.opacity < 1:
        declared_opacity = own.get("opacity", 1.0)
        own["opacity"] = around.opacity * (declared_opacity if isinstance(declared_opacity, float) else 1.0)
    texts = {**around.texts, **{name: it for name, it in own.items() if name in INHERITED}}
    lang = element.props.get("lang", around.lang)
    if lang is not None and not (isinstance(lang, str) and _LANG.match(lang)):
        losses.add(f"{element.path}.lang", lang, "not a language tag")
        lang = around.lang
    inner = replace(
        around,
        font_px=font_px,
        texts=texts,
        variables=variables,
        lang=lang,
        opacity=1.0,
    )
    return Computed(own, inner)


def _preset(tag: str, around: Surroundings) -> Declared:
    """Return a preset with its margins in pixels: Satori takes them from the preset's own font size."""
    preset = PRESETS.get(tag, {})
    scale = Scale(_font_px(preset.get("fontSize"), around), around.width, around.height)
    return {name: _measured(name, it, scale) if "margin" in name else it for name, it in preset.items()}


def camel(name: str) -> str:
    """Return a property's name as JSON trees write it.

    >>> camel("font-size"), camel("WebkitTextStroke"), camel("-webkit-mask-image")
    ('fontSize', 'webkitTextStroke', 'maskImage')
    """
    if "-" in name:
        name = _HYPHEN.sub(lambda found: found[1].upper(), name.removeprefix("-"))
    name = name[:1].lower() + name[1:]
    return ALIASES.get(name, name)


def _plain(declared: Declared, variables: Mapping[str, str], path: str, losses: Losses) -> dict[str, object]:
    """Return declarations under their names in camelCase, without variables and without empty ones."""
    found: dict[str, object] = {}
    for name, it in declared.items():
        if name.startswith(("--", "_")) or it is None or isinstance(it, bool) or it == "":
            continue
        if not isinstance(it, (str, int, float)):
            losses.add(f"{path}.{name}", it, "neither a text nor a number")
            continue
        if isinstance(it, (int, float)) and not is_sane(it):
            losses.add(f"{path}.{name}", it, "beyond all bounds")
            continue
        value: object = it.strip() if isinstance(it, str) else it
        if isinstance(value, str) and "var(" in value:
            try:
                value = resolved(value, variables)
            except VariableUnknown as unknown:
                losses.add(f"{path}.{name}", it, f"the variable {unknown} has no value")
                continue
        known = camel(name)
        found.pop(known, None)  # a later declaration also comes later among the others
        found[known] = value
    return found


def _colour(declared: object, around: Surroundings) -> str:
    if not isinstance(declared, str) or declared.lower() in {"currentcolor", "inherit"}:
        return around.colour
    return declared


def _longhands(declared: Declared, colour: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, it in declared.items():
        value = _CURRENT.sub(colour, it) if isinstance(it, str) else it
        parts = expanded(name, value, colour)
        for key, part in ({name: value} if parts is None else parts).items():
            found.pop(key, None)
            found[key] = part
    for side in SIDES:  # Satori draws a border that has a width but no style
        if found.get(f"border{side}Width") not in {None, 0, "0"}:
            found.setdefault(f"border{side}Style", "solid")
            found.setdefault(f"border{side}Color", colour)
    return found


def _measured(name: str, value: object, scale: Scale) -> object:
    if name in UNITLESS:
        if isinstance(value, str) and re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", value):
            return float(value) if is_sane(float(value)) else value
        return in_px(value, scale) if isinstance(value, str) else value
    px = length(value, scale)
    if px is not None:
        return px
    return in_px(value, scale) if isinstance(value, str) else value


def _font_px(value: object, around: Surroundings) -> float:
    if value is None:
        return around.font_px
    if isinstance(value, str):
        if value in FONT_SIZES:
            return FONT_SIZES[value]
        if value in {"larger", "smaller"}:
            return around.font_px * (1.2 if value == "larger" else 1 / 1.2)
        if value.endswith("%") and (share := length(value[:-1], Scale(1, None, None))) is not None:
            return around.font_px * share / 100
    px = length(value, Scale(around.font_px, around.width, around.height))
    return around.font_px if px is None or px <= 0 else px


def _line_height(value: object, scale: Scale) -> object:
    """Return a line height as a multiple of the font size, which is what children take."""
    if isinstance(value, (int, float)) or value == "normal":
        return value
    written = str(value)
    if written.endswith("%") and (share := length(written[:-1], scale)) is not None:
        return share / 100
    px = length(written, scale)
    return "normal" if px is None or not scale.font_px else float(plain(px / scale.font_px))
