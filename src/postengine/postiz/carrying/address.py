"""The address of a Postiz instance, however a person wrote it."""

from __future__ import annotations

from urllib.parse import urlsplit

_API = "/public/v1"


def api_url(base_url: str) -> str:
    """Return the root of the public API for `base_url`, without a slash at its end.

    `https://h`, `https://h/api` and `https://h/api/public/v1` are all understood. `/api` is not guessed: the
    cloud has none, a self-hosted instance needs it.

    Raises:
        ValueError: No http(s) URL, or one with a user, query or fragment in it.

    >>> api_url("https://postiz.example/api/")
    'https://postiz.example/api/public/v1'
    """
    parts = urlsplit(base_url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("The base URL of Postiz is an http(s) URL such as https://postiz.example/api.")
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("The base URL of Postiz has no user, query or fragment in it.")
    path = parts.path.rstrip("/").removesuffix(_API).rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path}{_API}"
