"""What elements look like before anybody styles them.

Source: the HTML standard's user agent style sheet, chapter 15.3 (2025), as far as Satori follows it: there is
no inline formatting, so every element is a flex box.
"""

from __future__ import annotations

from collections.abc import Mapping


def _heading(size: str | None, margin: str) -> Mapping[str, object]:
    style: dict[str, object] = {"marginTop": margin, "marginBottom": margin, "fontWeight": "bold"}
    return {"fontSize": size} | style if size else style


_PARAGRAPH: Mapping[str, object] = {"marginTop": "1em", "marginBottom": "1em"}

PRESETS: Mapping[str, Mapping[str, object]] = {
    "p": _PARAGRAPH,
    "blockquote": {**_PARAGRAPH, "marginLeft": 40, "marginRight": 40},
    "center": {"textAlign": "center"},
    "hr": {
        "marginTop": "0.5em",
        "marginBottom": "0.5em",
        "marginLeft": "auto",
        "marginRight": "auto",
        "borderWidth": 1,
        "borderStyle": "solid",
    },
    "h1": _heading("2em", "0.67em"),
    "h2": _heading("1.5em", "0.83em"),
    "h3": _heading("1.17em", "1em"),
    "h4": _heading(None, "1.33em"),
    "h5": _heading("0.83em", "1.67em"),
    "h6": _heading("0.67em", "2.33em"),
    "u": {"textDecorationLine": "underline"},
    "s": {"textDecorationLine": "line-through"},
    "strong": {"fontWeight": "bold"},
    "b": {"fontWeight": "bold"},
    "i": {"fontStyle": "italic"},
    "em": {"fontStyle": "italic"},
    "code": {"fontFamily": "monospace"},
    "kbd": {"fontFamily": "monospace"},
    "pre": {"fontFamily": "monospace", "whiteSpace": "pre", **_PARAGRAPH},
    "mark": {"backgroundColor": "yellow", "color": "black"},
    "big": {"fontSize": "larger"},
    "small": {"fontSize": "smaller"},
}
