"""Entity tags: whether the caller has the file already (RFC 9110, section 13.1.2)."""

from __future__ import annotations


def is_known(if_none_match: str | None, etag: str) -> bool:
    """Say whether `If-None-Match` names `etag`; a weak tag counts, as no content is ranged here.

    >>> is_known('"a", W/"b"', '"b"'), is_known("*", '"b"'), is_known(None, '"b"')
    (True, True, False)
    """
    known = [one.strip().removeprefix("W/") for one in (if_none_match or "").split(",")]
    return etag in known or "*" in known
