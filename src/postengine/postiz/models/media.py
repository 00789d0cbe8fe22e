"""What Postiz tells of uploaded media."""

from __future__ import annotations

from .wire import Received


class Media(Received):
    """An uploaded file.

    Attributes:
        path: Its absolute URL, with the extension that its bytes asked for.
    """

    id: str
    path: str
    name: str | None = None
    thumbnail: str | None = None
    alt: str | None = None
