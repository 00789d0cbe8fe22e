"""Telling names of the public internet from those of an inner network."""

from __future__ import annotations

from ipaddress import ip_address

_INNER_NAMES = ("localhost", "local", "internal", "intranet", "private", "corp", "home", "lan", "home.arpa")


def is_public_host(host: str) -> bool:
    """Say whether `host` is a name that only the public internet resolves; an address in numbers is none.

    Where the name leads, a resolver decides; what is sent there needs TLS, so that the certificate proves it.

    >>> [is_public_host(host) for host in ("push.example.com", "127.1", "[::1]", "intranet", "nas.local")]
    [True, False, False, False, False]
    """
    name = host.strip("[]").rstrip(".").lower()
    return (
        "." in name and not _is_number(name) and not name.endswith(tuple(f".{end}" for end in _INNER_NAMES))
    )


def _is_number(name: str) -> bool:
    """Say whether `name` is an IP address, in any form that `inet_aton` reads: `127.1`, `0x7f.0.0.1`."""
    try:
        ip_address(name)
    except ValueError:
        last = name.rpartition(".")[2]
        return last.isdigit() or last.startswith("0x")
    return True
