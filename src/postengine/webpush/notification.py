"""What a person sees: a push without it would cost an iPhone's subscription at the third time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from .errors import MessageInvalid

_DECLARATIVE = 8030
"""Says that the message follows the declarative form; it is the number of the protocol's RFC."""
_OWN_MACHINE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A notification that can be shown as it is.

    Attributes:
        title: At least one visible character.
        url: Opened by a tap: https, or this machine.
        body: Text below the title.
        tag: A later notification with the same tag takes the place of this one.
        lang: BCP 47, such as `pt-PT`.
        data: For the service worker.

    Raises:
        MessageInvalid: Nobody would see it, or no tap would lead anywhere.
    """

    title: str
    url: str
    body: str = ""
    tag: str = ""
    lang: str = ""
    data: Mapping[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        if not any(char.isprintable() and not char.isspace() for char in self.title):
            problem = "expected at least one visible character: a browser forgives no push that shows nothing"
            raise MessageInvalid("notification.title", problem)
        if not _opens(self.url):
            problem = "expected a URL that starts with https://; http only of localhost"
            raise MessageInvalid("notification.url", problem)

    def payload(self) -> bytes:
        """Return the JSON that is sent.

        Its form is the declarative one: Safari shows it by itself should the service worker fail; the worker
        of any other browser finds title, body, tag, navigate and data in `notification`.

        Source: W3C Push API, declarative push message; webkit.org/blog/16535, read November 2026.
        """
        shown = {
            "title": self.title,
            "navigate": self.url,
            "body": self.body,
            "tag": self.tag,
            "lang": self.lang,
            "data": {**self.data},
        }
        told = {name: value for name, value in shown.items() if value}
        # "mutable" lets the worker of Safari have its say, too: it fetches the files ahead.
        whole = {"web_push": _DECLARATIVE, "mutable": True, "notification": told}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _opens(text: str) -> bool:
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        return False
    return bool(url.host) and (url.scheme == "https" or (url.scheme == "http" and url.host in _OWN_MACHINE))
