"""The phone's web app, served: a request value in, a response value out."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from .etag import is_known
from .requests import AgentRequest
from .responses import AgentResponse
from .site_files import SiteFile, read_site

_ROOT = "/agent/"
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' blob:",
        "media-src 'self' blob:",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types worker",
    )
)
_PROTECTION = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class AgentSite:
    """Answers for everything below `/agent/` but the API; may be called from many threads.

        site = AgentSite()
        answer = site.handle(AgentRequest(method, path, query, headers))

    Args:
        files: None serves the web app that came with the package.
    """

    def __init__(self, files: Mapping[str, SiteFile] | None = None) -> None:
        self._files = read_site() if files is None else files

    def handle(self, request: AgentRequest) -> AgentResponse:
        """Answer `request`; `/agent` without its slash leads to the page, with its query."""
        if request.method.upper() not in {"GET", "HEAD"}:
            return _plain(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})
        if request.path == _ROOT.removesuffix("/"):
            query = f"?{urlencode(dict(request.query))}" if request.query else ""
            return _plain(HTTPStatus.PERMANENT_REDIRECT, {"Location": _ROOT + query})
        file = self._files.get(request.path.removeprefix(_ROOT)) if request.path.startswith(_ROOT) else None
        return _plain(HTTPStatus.NOT_FOUND, {}) if file is None else _served(file, request)


def _served(file: SiteFile, request: AgentRequest) -> AgentResponse:
    headers = {**_PROTECTION, "ETag": file.etag, "Cache-Control": file.cache_control}
    if is_known(request.header("if-none-match"), file.etag):
        return AgentResponse(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers |= {"Content-Type": file.media_type, "Content-Length": str(len(file.content))}
    body = b"" if request.method.upper() == "HEAD" else file.content
    return AgentResponse(status=HTTPStatus.OK, headers=headers, body=body)


def _plain(status: HTTPStatus, headers: Mapping[str, str]) -> AgentResponse:
    told = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    return AgentResponse(
        status=status, headers={**_PROTECTION, **told, **headers}, body=status.phrase.encode()
    )
