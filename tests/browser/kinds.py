"""Kinds of phones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

ANDROID = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 "
    "Mobile Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)


@dataclass(frozen=True)
class Kind:
    """What kind of phone.

    Attributes:
        can_share: Whether the browser has a share sheet that takes files.
        can_copy: Whether it copies without a tap.
        is_installed: Opened from an iPhone's home screen; None: not an iPhone.
        clock_off: How far ahead its clock is.
    """

    user_agent: str = ANDROID
    language: str = "en-GB"
    scheme: str = "light"
    can_share: bool = True
    can_copy: bool = True
    is_installed: bool | None = None
    clock_off: timedelta = timedelta(0)


IPHONE_IN_SAFARI = Kind(user_agent=IPHONE, is_installed=False)
IPHONE_AT_HOME = Kind(user_agent=IPHONE, is_installed=True, can_copy=False)
