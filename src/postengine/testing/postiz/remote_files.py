"""`POST /upload-from-url`: the web is a table; the guard against inner addresses is as the server's."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from pydantic import JsonValue

from .message import Reply, json_reply, refused
from .uploads import Uploads, sniff

_EXTENSIONS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp4")
_MOST_REDIRECTS = 5


@dataclass(frozen=True)
class WebFile:
    """What lies at a URL.

    Attributes:
        body: The file.
        status: What its server answers.
        redirect: Where it sends the asker instead, relative or absolute.
    """

    body: bytes = b""
    status: int = 200
    redirect: str | None = None


class RemoteFiles:
    """Fetches files; nothing leaves this process.

    Attributes:
        web: What lies in the web, by its URL. Their hosts are the ones that have an address.
    """

    def __init__(self, uploads: Uploads) -> None:
        self._uploads = uploads
        self.web: dict[str, WebFile] = {}

    def upload(self, body: JsonValue, origin: str) -> Reply:
        """Fetch a file and keep it as an upload."""
        url = body.get("url") if isinstance(body, dict) else None
        problems = list(self._problems(url))
        if problems or not isinstance(url, str):
            return refused(400, problems)
        file = self._fetch(url)
        if file is None:
            return json_reply(400, {"msg": "Failed to fetch URL"})
        kind = sniff(file.body)
        if kind is None:
            return json_reply(400, {"msg": "Unsupported file type."})
        if self._uploads.is_too_large(file.body, kind[0]):
            return json_reply(400, {"msg": "File is too large."})
        return self._uploads.keep(file.body, origin)

    def _problems(self, url: JsonValue) -> Iterator[str]:
        if url is None:
            yield "url should not be null or undefined"
        if not isinstance(url, str) or not urlsplit(url).path.endswith(_EXTENSIONS):
            yield f"File must have a valid extension: {', '.join(_EXTENSIONS[:-1])}, or {_EXTENSIONS[-1]}"
        if not isinstance(url, str):
            yield "url must be a string"
        if not isinstance(url, str) or not self._is_public(url):
            yield "URL must be a public HTTPS URL and cannot point to internal network addresses"

    def _is_public(self, url: str) -> bool:
        parts = urlsplit(url)
        if parts.scheme != "https" or parts.hostname is None:
            return False
        hosts = {urlsplit(known).hostname for known in self.web}
        return parts.hostname in hosts and not _is_inner(parts.hostname)

    def _fetch(self, url: str) -> WebFile | None:
        for _ in range(_MOST_REDIRECTS):
            file = self.web.get(url)
            if file is None or not 200 <= file.status < 400 or not self._is_public(url):
                return None
            if file.redirect is None:
                return file
            url = urljoin(url, file.redirect)
        return None


def _is_inner(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost"
