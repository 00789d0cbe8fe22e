"""SVG elements written with React's attribute names, as an SVG document.

Source: the attribute names of SVG 2; React writes those with a hyphen or colon in camelCase.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from .elements import Element
from .losses import Losses

_CAMEL_IN_SVG = frozenset(
    {
        "attributeName",
        "attributeType",
        "baseFrequency",
        "baseProfile",
        "calcMode",
        "clipPathUnits",
        "diffuseConstant",
        "edgeMode",
        "filterUnits",
        "glyphRef",
        "gradientTransform",
        "gradientUnits",
        "kernelMatrix",
        "kernelUnitLength",
        "keyPoints",
        "keySplines",
        "keyTimes",
        "lengthAdjust",
        "limitingConeAngle",
        "markerHeight",
        "markerUnits",
        "markerWidth",
        "maskContentUnits",
        "maskUnits",
        "numOctaves",
        "pathLength",
        "patternContentUnits",
        "patternTransform",
        "patternUnits",
        "pointsAtX",
        "pointsAtY",
        "pointsAtZ",
        "preserveAlpha",
        "preserveAspectRatio",
        "primitiveUnits",
        "refX",
        "refY",
        "repeatCount",
        "repeatDur",
        "requiredExtensions",
        "specularConstant",
        "specularExponent",
        "spreadMethod",
        "startOffset",
        "stdDeviation",
        "stitchTiles",
        "surfaceScale",
        "systemLanguage",
        "tableValues",
        "targetX",
        "targetY",
        "textLength",
        "viewBox",
        "xChannelSelector",
        "yChannelSelector",
    }
)
"""Attributes that SVG itself writes in camelCase; in all others a capital stands for a hyphen."""

_NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_COLON = re.compile(r"^(xlink|xml|xmlns)([A-Z])")
_NAME = re.compile(r"^[A-Za-z_][\w:.-]*$")
_NEVER = frozenset(
    {"script", "foreignObject", "iframe", "animate", "animateTransform", "animateMotion", "set"}
)


def document(
    element: Element, width: float | None, height: float | None, colour: str, losses: Losses
) -> bytes:
    """Return an `svg` element as a document.

    Args:
        element: The `svg` element.
        width: In pixels, if known.
        height: In pixels, if known.
        colour: What `currentColor` means.
        losses: Takes what cannot be drawn: scripts, text, references to other files.
    """
    attributes = {name: it for name, it in element.props.items() if name not in {"width", "height"}}
    if "viewbox" in attributes:
        attributes["viewBox"] = attributes.pop("viewbox")
    sizes = {"width": width, "height": height}
    given = {name: it for name, it in sizes.items() if it is not None}
    colour = _colour_of(element, colour)
    start = _start(f"svg {_NAMESPACES}", {**attributes, **given}, {}, colour, element.path, losses)
    return f"{start}>{_inside(element, colour, losses)}</svg>".encode("utf-8", "replace")


def attribute_name(name: str) -> str:
    """Return how SVG writes an attribute.

    >>> attribute_name("strokeWidth"), attribute_name("xlinkHref"), attribute_name("viewBox")
    ('stroke-width', 'xlink:href', 'viewBox')
    """
    if name in _CAMEL_IN_SVG:
        return name
    if found := _COLON.match(name):
        return f"{found[1]}:{name[found.end() - 1].lower()}{name[found.end() :]}"
    return re.sub("[A-Z]", lambda capital: "-" + capital[0].lower(), name)


def _inside(element: Element, colour: str, losses: Losses) -> str:
    return "".join(
        escape(child) if isinstance(child, str) else _written(child, colour, losses)
        for child in element.children
    )


def _written(element: Element, colour: str, losses: Losses) -> str:
    if element.type in _NEVER or not _NAME.match(element.type):
        losses.add(element.path, f"<{element.type}>", "not drawn within an SVG")
        return ""
    if element.type == "text":
        losses.add(element.path, "<text>", "text within an SVG has no fonts here; convert it to paths")
        return ""
    colour = _colour_of(element, colour)
    start = _start(element.type, element.props, element.style, colour, element.path, losses)
    return f"{start}>{_inside(element, colour, losses)}</{element.type}>"


def _start(
    tag: str, props: Mapping[str, object], style: Mapping[str, object], colour: str, path: str, losses: Losses
) -> str:
    out = [f"<{tag}"]
    for name, it in props.items():
        if it is None or isinstance(it, bool) or name.startswith("xmlns"):
            continue
        written, value = attribute_name(name), _value(it, colour)
        if written.startswith("on") or not _NAME.match(written):
            losses.add(f"{path}.{name}", value, "not an attribute of a drawing")
        elif written in {"href", "xlink:href"} and not value.startswith(("#", "data:image/")):
            losses.add(f"{path}.{name}", value, "other files are never fetched")
        else:
            out.append(f" {written}={quoteattr(value)}")
    if style:
        rules = ";".join(f"{attribute_name(name)}:{_value(it, colour)}" for name, it in style.items())
        out.append(f" style={quoteattr(rules)}")
    return "".join(out)


def _value(value: object, colour: str) -> str:
    written = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return colour if written.lower() == "currentcolor" else written


def _colour_of(element: Element, inherited: str) -> str:
    colour = element.style.get("color", element.props.get("color"))
    return colour if isinstance(colour, str) and colour.lower() != "currentcolor" else inherited
