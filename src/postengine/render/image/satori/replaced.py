"""Elements that are a picture: `img` and `svg`."""

from __future__ import annotations

import math
from dataclasses import dataclass

from postengine.render.errors import SatoriInvalid
from postengine.render.image.tree import Picture, Style

from .cascade import Computed, Declared
from .elements import Element
from .losses import well_formed
from .pictures import bytes_of, data_uri, natural_size
from .styles import StyleMaker
from .svg import document
from .units import Scale, length


@dataclass(frozen=True)
class PictureMaker:
    """Makes pictures of elements.

    Attributes:
        styles: Makes their styles.
    """

    styles: StyleMaker

    def img(self, element: Element, style: Computed, found: Declared) -> Picture | None:
        """Return the picture of an `img`; None, and a loss, if its size is not known.

        Raises:
            SatoriInvalid: It has no source.
        """
        source = element.props.get("src")
        if not isinstance(source, str) or not source:
            raise SatoriInvalid(f"{element.path}.src", f"a URL or data URI, got {source!r}")
        at_hand = bytes_of(source, self.styles.images)
        natural = natural_size(at_hand[1]) if at_hand else None
        ratio = natural[1] / natural[0] if natural and all(natural) else None
        sizes = _sizes(
            found.get("width", _attribute(element, "width", style)),
            found.get("height", _attribute(element, "height", style)),
            ratio,
        )
        if sizes is None:
            self.styles.losses.add(
                f"{element.path}.src", source, "its size is not known; give width and height"
            )
            return None
        return self._picture(source, self._style({**found, **sizes}, element), f"{element.path}.src")

    def svg(self, element: Element, style: Computed, found: Declared) -> Picture:
        """Return the picture of an `svg`."""
        view = _view(element)
        ratio = view[1] / view[0] if view else None
        wide, high = _attribute(element, "width", style), _attribute(element, "height", style)
        if view and wide is None and high is None:
            wide, high = view
        elif ratio is not None:
            wide = high / ratio if wide is None and isinstance(high, float) else wide
            high = wide * ratio if high is None and isinstance(wide, float) else high
        # Without a viewBox Satori scales the drawing itself, whatever it covers, to the element's size.
        drawn = [side if view and isinstance(side, float) else None for side in (wide, high)]
        drawing = document(element, drawn[0], drawn[1], style.inner.colour, self.styles.losses)
        made = self._style({"width": wide, "height": high, **found}, element)
        return Picture(source=data_uri("image/svg+xml", drawing), style=made)

    def inline(self, source: str, style: Style, path: str) -> Picture:
        """Return a picture that stands within a text."""
        return self._picture(source, style, path)

    def _picture(self, source: str, style: Style, path: str) -> Picture:
        with well_formed(path):
            return Picture(source=self._named(source), style=style)

    def _style(self, found: Declared, element: Element) -> Style:
        kept = {name: it for name, it in found.items() if name != "display"}
        return self.styles.made({"flexShrink": 0, **kept}, f"{element.path}.style")

    def _named(self, source: str) -> str:
        """Return a data URI as base64, any other name as it is."""
        at_hand = bytes_of(source, {}) if source.startswith("data:") else None
        return data_uri(*at_hand) if at_hand else source


def _sizes(wide: object, high: object, ratio: float | None) -> dict[str, object] | None:
    """Return width, height and ratio; without any size a picture is as wide as its box."""
    if wide is None and high is None:
        return None if ratio is None else {"width": "100%", "aspectRatio": 1 / ratio}
    if ratio is None or (wide is not None and high is not None):
        return {"width": wide, "height": high}
    if isinstance(high, float):
        return {"width": high / ratio, "height": high}
    if isinstance(wide, float):
        return {"width": wide, "height": wide * ratio}
    return {"width": wide, "height": high, "aspectRatio": 1 / ratio}


def _attribute(element: Element, name: str, style: Computed) -> float | str | None:
    value = element.props.get(name)
    px = length(value, Scale(style.inner.font_px, style.inner.width, style.inner.height))
    if px is not None:
        return px
    return value if isinstance(value, str) and value.endswith("%") else None


def _view(element: Element) -> tuple[float, float] | None:
    """Return width and height of a viewBox."""
    written = str(element.props.get("viewBox", element.props.get("viewbox", ""))).replace(",", " ").split()
    try:
        _, _, wide, high = (float(part) for part in written)
    except ValueError:
        return None
    return (wide, high) if 0 < wide < math.inf and 0 < high < math.inf else None
