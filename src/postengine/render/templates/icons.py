"""Small line drawings: bed, bath, area and place, as SVG in a wanted colour."""

from __future__ import annotations

from postengine.render.image.colour import Colour

_PATHS = {
    "bed": '<path d="M3 19v-6.5A2.5 2.5 0 0 1 5.5 10h13A2.5 2.5 0 0 1 21 12.5V19M3 16h18"/>'
    '<path d="M5.5 10V7.5A2.5 2.5 0 0 1 8 5h8a2.5 2.5 0 0 1 2.5 2.5V10M9 10V8.5h6V10"/>',
    "bath": '<path d="M3 12h18v1.5a5.5 5.5 0 0 1-5.5 5.5h-7A5.5 5.5 0 0 1 3 13.5z"/>'
    '<path d="M6 12V6a2 2 0 0 1 2-2c1.2 0 2 .8 2 2M7.5 19l-1 1.8M16.5 19l1 1.8"/>',
    "area": '<rect x="4" y="4" width="16" height="16" rx="1.5"/><path d="M8 13v3h3M16 11V8h-3M8 16l8-8"/>',
    "place": '<path d="M12 21c4.3-4 6.5-7.4 6.5-10.5a6.5 6.5 0 0 0-13 0C5.5 13.6 7.700 17 12 21z"/>'
    '<circle cx="12" cy="10.5" r="2.3"/>',
}


def icon(name: str, colour: Colour) -> bytes:
    """Return the drawing `name` as SVG bytes, stroked in `colour`."""
    red, green, blue = colour
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 24 24" fill="none" '
        f'stroke="#{red:02x}{green:02x}{blue:02x}" stroke-width="1.6" stroke-linecap="round" '
        f'stroke-linejoin="round">{_PATHS[name]}</svg>'
    ).encode()
