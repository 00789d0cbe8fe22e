"""`POST /upload`: the kind is told by the bytes, and what was stored is served again."""

from __future__ import annotations

import io

from werkzeug.formparser import parse_form_data

from .agenda import Agenda
from .message import Reply, Request, json_reply, refused
from .store import Store, StoredFile

_LARGEST_IMAGE_BYTES = 10_485_760
_MP4_BRANDS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"MSNV"}
)


class Uploads:
    """Takes files and hands them out again.

    Attributes:
        largest_video_bytes: 1 GiB, as the server has it; a test may want less.
    """

    def __init__(self, store: Store, agenda: Agenda) -> None:
        self._store = store
        self._agenda = agenda
        self.largest_video_bytes = 1_073_741_824

    def upload(self, request: Request) -> Reply:
        """Store the file of the form's field `file`."""
        environ = {
            "wsgi.input": io.BytesIO(request.body),
            "CONTENT_LENGTH": str(len(request.body)),
            "CONTENT_TYPE": request.headers.get("content-type", ""),
            "REQUEST_METHOD": "POST",
        }
        _, _, parts = parse_form_data(environ)
        files: dict[str, bytes] = {}
        for name, part in parts.items():
            with part.stream as stream:
                files[name] = stream.read()
        other = next((name for name in files if name != "file"), None)
        if other is not None:
            return refused(400, f"Unexpected field - {other}")
        if "file" not in files:
            return json_reply(400, {"msg": "No file provided"})
        return self.keep(files["file"], request.origin)

    def keep(self, body: bytes, origin: str) -> Reply:
        """Store a file of the kinds and sizes that are taken, and answer what it became."""
        kind = sniff(body)
        if kind is None:
            return refused(400, "Unsupported file type.")
        content_type, extension = kind
        if self.is_too_large(body, content_type):
            most = self._most(content_type)
            return refused(400, f"File size exceeds the maximum allowed size of {most} bytes.")
        name = f"{self._store.new_name()}.{extension}"
        path = f"/uploads/{self._agenda.server_now:%Y/%m/%d}/{name}"
        self._store.files[path] = StoredFile(content_type, body)
        return json_reply(
            201,
            {
                "id": self._store.new_uuid(),
                "name": name,
                "originalName": None,
                "path": origin + path,
                "thumbnail": None,
                "alt": None,
            },
        )

    def is_too_large(self, body: bytes, content_type: str) -> bool:
        """Tell whether a file of this kind is larger than the server takes."""
        return len(body) > self._most(content_type)

    def _most(self, content_type: str) -> int:
        return self.largest_video_bytes if content_type == "video/mp4" else _LARGEST_IMAGE_BYTES

    def forget(self, path: str) -> None:
        """Lose a stored file, as a server does whose folder was not kept.

        Args:
            path: The path of its URL, or the whole URL.

        Raises:
            KeyError: There is no such file.
        """
        del self._store.files["/" + path.partition("://")[2].partition("/")[2] if "://" in path else path]

    def serve(self, path: str) -> Reply:
        """Hand out a stored file, to anybody."""
        file = self._store.files.get(path)
        if file is None:
            return refused(404, f"Cannot GET {path}")
        return Reply(200, file.body, {"Content-Type": file.content_type})


def sniff(body: bytes) -> tuple[str, str] | None:
    """Tell content type and extension from the bytes, or None if the server does not take such files."""
    if body.startswith(b"\xff\xd8\xff"):
        return "image/jpeg", "jpg"
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png", "png"
    if body.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif", "gif"
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
        return "image/webp", "webp"
    if body.startswith(b"BM"):
        return "image/bmp", "bmp"
    if body.startswith((b"II*\0", b"MM\0*")):
        return "image/tiff", "tif"
    if body[4:8] == b"ftyp":
        if body[8:12] in {b"avif", b"avis"}:
            return "image/avif", "avif"
        if body[8:12] in _MP4_BRANDS:
            return "video/mp4", "mp4"
    return None
