"""Who we are to push services: an address at which a person can be reached."""

from __future__ import annotations

import re

import httpx

from postengine.hosts import is_public_host

from .errors import VapidInvalid

_MAIL = re.compile(r"mailto:[^\s@,?&<>]+@(?P<host>[A-Za-z0-9.-]+)", re.IGNORECASE)
_PLACEHOLDERS = ("example.com", "example.net", "example.org", "example", "test", "invalid")
_REMEDY = (
    "expected mailto: with an address that a person reads, or an https:// URL of yours, such as "
    "mailto:push@YOUR-DOMAIN"
)


def check_subject(subject: str) -> str:
    """Return `subject` if a push service can reach somebody by it.

    Apple refuses pushes with another one, and says only BadJwtToken.

    Raises:
        VapidInvalid: It is no such address, or one of localhost or of an example.

    Source: RFC 8292, section 2.1.
    """
    host = _host_of(subject)
    if not host:
        raise VapidInvalid("subject", f"{_REMEDY}; got {subject!r}")
    if not is_public_host(host) or _is_placeholder(host):
        raise VapidInvalid("subject", f"{_REMEDY}; nobody is reached at {host!r}")
    return subject


def _host_of(subject: str) -> str:
    mail = _MAIL.fullmatch(subject)
    if mail:
        return mail["host"]
    try:
        url = httpx.URL(subject)
    except httpx.InvalidURL:
        return ""
    return url.raw_host.decode("ascii") if url.scheme == "https" else ""


def _is_placeholder(host: str) -> bool:
    name = f".{host.lower()}"
    return any(name.endswith(f".{placeholder}") for placeholder in _PLACEHOLDERS)
