"""An agency's own fonts: every font file in a folder."""

from __future__ import annotations

from pathlib import Path

from postengine.render.errors import FontUnreadable

from .face import read_face
from .font_set import FontSet
from .wheels import default_fonts

_ENDINGS = frozenset({".ttf", ".otf", ".woff2"})


def fonts_in(folder: Path | None) -> FontSet:
    """Return the default fonts with those of a folder in front, in the order of their names.

    Args:
        folder: Holds ttf, otf and woff2 files; other files are left alone. None: the default fonts alone.

    Raises:
        FontUnreadable: One of them is junk, or the folder is not there.
    """
    if folder is None:
        return default_fonts()
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS)
    except OSError as error:
        raise FontUnreadable(folder.name, f"the folder cannot be opened ({error.strerror})") from error
    return default_fonts().with_fonts(*(read_face(path) for path in files))
