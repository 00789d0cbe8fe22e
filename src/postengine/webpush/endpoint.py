"""Which addresses we call: a phone hands the endpoint over, so it may be anything at all."""

from __future__ import annotations

import httpx

from postengine.hosts import is_public_host

from .errors import SubscriptionInvalid

_FIELD = "endpoint"


def check_endpoint(endpoint: str, *, allows_local: bool = False) -> httpx.URL:
    """Return the address if it is https on a public name, so that no phone makes us call our own network.

    Read by the parser that will call it: two parsers may see two hosts in one text.

    Args:
        endpoint: As the phone gave it.
        allows_local: Take http and hosts of this machine, too; for tests.

    Raises:
        SubscriptionInvalid: It is another address.
    """
    try:
        url = httpx.URL(endpoint)
        host = url.host  # reads the name, which may be none that can be written
    except (httpx.InvalidURL, UnicodeError):
        raise SubscriptionInvalid(_FIELD, "expected a URL; let the browser subscribe anew") from None
    if url.userinfo:
        raise SubscriptionInvalid(_FIELD, "expected no user and password in the URL")
    if url.scheme != "https" and not (allows_local and url.scheme == "http"):
        raise SubscriptionInvalid(_FIELD, f"expected https, got {url.scheme or 'no scheme'}")
    if not host or not (allows_local or is_public_host(url.raw_host.decode("ascii"))):
        raise SubscriptionInvalid(_FIELD, "expected the name of a public push service as its host")
    return url


def origin_of(url: httpx.URL) -> str:
    """Return scheme, host and port, as a token names its audience.

    >>> origin_of(httpx.URL("https://push.example.com:443/send/abc"))
    'https://push.example.com'
    """
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
