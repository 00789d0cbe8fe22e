"""What is known of a picture or video before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["MediaFact", "MediaKind"]

MediaKind = Literal["image", "video"]

_EXTENSIONS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "video/mp4": "mp4",
}


@dataclass(frozen=True, kw_only=True)
class MediaFact:
    """A picture or video of a post; what is None is not known, and not checked.

    Attributes:
        kind: Picture or video.
        mime: Such as `image/jpeg`.
        extension: Of its path, such as `jpg`; without the dot.
        size_bytes: Of the file.
        width_px: As it is shown.
        height_px: As it is shown.
        duration_s: Of a video.
        has_thumbnail: A picture goes with it as its cover (Reddit asks for one).
    """

    kind: MediaKind
    mime: str | None = None
    extension: str | None = None
    size_bytes: int | None = None
    width_px: int | None = None
    height_px: int | None = None
    duration_s: float | None = None
    has_thumbnail: bool | None = None

    @property
    def format(self) -> str | None:
        """The file's format as an extension, `jpg` for all JPEGs; None if it is not known.

        >>> MediaFact(kind="image", mime="image/jpeg").format
        'jpg'
        """
        if self.extension is not None:
            return "jpg" if self.extension == "jpeg" else self.extension
        return None if self.mime is None else _EXTENSIONS.get(self.mime, self.mime)

    @property
    def size_px(self) -> tuple[int, int] | None:
        """Width and height, if both are known."""
        if self.width_px is None or self.height_px is None:
            return None
        return self.width_px, self.height_px
