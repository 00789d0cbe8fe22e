"""The name under which a phone keeps a file: never a path."""

from __future__ import annotations

import re

from postengine.engine.posts.asset import Asset

_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u202a-\u202e\u2066-\u2069]')
_LONGEST = 120


def filename_of(asset: Asset) -> str:
    """Return a name without folders, control characters or leading dots; the asset's id where none is left.

    An upload may be called anything, `../../x` included, and the phone writes it to its disk.
    """
    last = (asset.filename or "").replace("\\", "/").rpartition("/")[2]
    name = _NOT_IN_A_NAME.sub("_", last).strip().lstrip(".").strip()
    stem, dot, ending = name.rpartition(".")
    if len(name) > _LONGEST:
        name = f"{stem[: _LONGEST - 11]}.{ending[:10]}" if dot else name[:_LONGEST]
    return name or asset.id
