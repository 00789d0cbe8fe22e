"""A small line chart: the shape of a series, without axes."""

from __future__ import annotations

from collections.abc import Sequence

from postengine.render.image.tree import Outline, Shape, Style

from .inks import Ink

_LINES = 3
_DOT = 2.2
_HALO = 4.6


def chart(
    series: Sequence[float],
    ink: Ink,
    *,
    width: float,
    height: float,
    line_px: float = 6.0,
    from_right: bool = False,
) -> Shape | None:
    """Return the line of a series with its area below and a dot at its end, or None if there is no series.

    Args:
        series: At least two values, the oldest first; the lowest stands a tenth above the foot.
        ink: Its colours.
        width: Of the drawing.
        height: Of the drawing.
        line_px: How thick its line is.
        from_right: Time runs to the left, as lines of the page do.
    """
    if not series:
        return None
    low, high = min(series), max(series)
    spread = (high - low) or 1.0
    inset = line_px * _HALO / 2 + 1
    step = (width - inset - line_px) / (len(series) - 1)
    points = [
        (
            abs((width if from_right else 0) - (line_px / 2 + at * step)),
            height - inset - (0.1 + 0.9 * (value - low) / spread) * (height - 2 * inset),
        )
        for at, value in enumerate(series)
    ]
    line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    area = f"{line}L{points[-1][0]:.1f} {height:.1f}L{points[0][0]:.1f} {height:.1f}z"
    levels = [height * share / _LINES for share in range(_LINES)]
    return Shape(
        view=(round(width, 2), round(height, 2)),
        outlines=(
            *(
                Outline(d=f"M0 {y + 1:.1f}H{width:.1f}", stroke=ink.text.css(0.14), stroke_width=2)
                for y in levels
            ),
            Outline(d=area, fill=ink.text.css(0.08)),
            Outline(d=f"M0 {height - 1:.1f}H{width:.1f}", stroke=ink.text.css(0.45), stroke_width=2),
            Outline(d=line, stroke=ink.mark.css(), stroke_width=line_px),
            Outline(d=_dot(*points[-1], line_px * _HALO / 2), fill=ink.mark.css(0.3)),
            Outline(d=_dot(*points[-1], line_px * _DOT / 2), fill=ink.mark.css()),
        ),
        style=Style(width=round(width, 2), height=round(height, 2), flex_shrink=0),
        key="chart",
    )


def _dot(x: float, y: float, radius: float) -> str:
    turn = f"a{radius:.2f} {radius:.2f} 0 1 0"
    return f"M{x - radius:.1f} {y:.1f}{turn} {2 * radius:.2f} 0{turn} {-2 * radius:.2f} 0z"
