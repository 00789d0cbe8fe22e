"""A pairing address as a QR code, for a screen to show and a phone to scan; needs `postengine[agent]`."""

from __future__ import annotations

import io

import segno

_QUIET_MODULES = 4
_SVG_MODULE_PX = 6
_PNG_MODULE_PX = 10


def qr_svg(text: str) -> str:
    """Return `text` as a QR code: one `<svg>` element, black on white, for a page or a file.

    Error correction M; the quiet zone of four modules is part of it. It fills the room that it is given. No
    style and no script is in it, so that a strict content security policy shows it.

    >>> qr_svg("https://posts.example.com/agent/#pair=ABCD2345")[:4]
    '<svg'
    """
    file = io.BytesIO()
    segno.make_qr(text, error="m").save(
        file,
        kind="svg",
        xmldecl=False,
        nl=False,
        omitsize=True,
        scale=_SVG_MODULE_PX,
        border=_QUIET_MODULES,
        light="#fff",
        title="Pair this phone",
    )
    return file.getvalue().decode()


def qr_png(text: str) -> bytes:
    """Return `text` as a QR code in a PNG file, ten pixels a module."""
    file = io.BytesIO()
    segno.make_qr(text, error="m").save(file, kind="png", scale=_PNG_MODULE_PX, border=_QUIET_MODULES)
    return file.getvalue()
