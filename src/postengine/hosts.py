"""Telling names of the public internet from those of an inner network."""

from __future__ import annotations

import re
from ipaddress import ip_address

_INNER_NAMES = ("localhost", "local", "internal", "intranet", "private", "corp", "home", "lan", "home.arpa")
_NAME = re.compile(r"(?=.{1,253}$)[\w-]{1,63}(\.[\w-]{1,63})+")
"""What a resolver can be asked for; Python's own fails on other names with an error that is no network's."""


def is_public_host(host: str) -> bool:
    """Say whether `host` is a name that only the public internet resolves; an address in numbers is none.

    Where the name leads, a resolver decides; what is sent there needs TLS, so that the certificate proves it.

    >>> [is_public_host(host) for host in ("push.example.com", "127.1", "[::1]", "intranet", "nas.local")]
    [True, False, False, False, False]
    """
    name = host.strip("[]").rstrip(".").lower()
    is_inner = name.endswith(tuple(f".{end}" for end in _INNER_NAMES))
    return _NAME.fullmatch(name) is not None and not _is_number(name) and not is_inner


def _is_number(name: str) -> bool:
    """Say whether `name` is an IP address, in any form that `inet_aton` reads: `127.1`, `0x7f.0.0.1`."""
    try:
        ip_address(name)
    except ValueError:
        last = name.rpartition(".")[2]
        return last.isdigit() or last.startswith("0x")
    return True
