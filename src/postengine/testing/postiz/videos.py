"""`POST /generate-video` and `/video/function`; read in the server's code, never recorded."""

from __future__ import annotations

from pydantic import JsonValue

from .message import Reply, json_reply, refused
from .uploads import Uploads

_TYPES = {"image-text-slides", "veo3"}
_OUTPUTS = {"vertical", "horizontal"}
_CLIP = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0\0\0\x08mdat"


class Videos:
    """Makes videos of no pictures.

    Attributes:
        credits: How many more the plan allows; None is any number.
    """

    def __init__(self, uploads: Uploads) -> None:
        self._uploads = uploads
        self.credits: int | None = None

    def generate(self, body: JsonValue, origin: str) -> Reply:
        """Answer a video as an upload; place a `slow` fault for the half hour that it may take."""
        given = body if isinstance(body, dict) else {}
        if given.get("output") not in _OUTPUTS:
            wanted = ", ".join(sorted(_OUTPUTS, reverse=True))
            return refused(400, [f"output must be one of the following values: {wanted}"])
        if given.get("type") not in _TYPES:
            return refused(400, "Invalid video type")
        if self.credits == 0:
            return json_reply(402, {"statusCode": 402, "message": "No credits left", "url": origin})
        if self.credits is not None:
            self.credits -= 1
        return self._uploads.keep(_CLIP, origin)

    def call(self, body: JsonValue) -> Reply:
        """Answer a generator's own function."""
        given = body if isinstance(body, dict) else {}
        if (given.get("identifier"), given.get("functionName")) != ("image-text-slides", "loadVoices"):
            return refused(400, "Invalid identifier or function")
        return json_reply(201, {"voices": [{"id": "voice-1", "name": "A voice"}]})
