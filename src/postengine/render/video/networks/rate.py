"""How much a video may take a second, so that its file stays within a network's size."""

from __future__ import annotations

import math

from postengine.render.errors import VideoSpecInvalid
from postengine.render.image.geometry import Size
from postengine.render.video.spec import PresetName

from .bounds import number
from .preset import SCREEN
from .presets import preset

_WORTHLESS_KBPS = 250
"""At 1080x1920 pixels; less for fewer."""
_BUFFER_S = 1.0
"""The encoder may be ahead of its rate by a full buffer, which holds so many seconds."""
_SOUND_MORE = 1.1
"""AAC keeps its rate on average only."""
_BEYOND_KBPS = 240_000
"""No video comes near: H.264's levels up to 5.2 end there."""
_BOXES_KBPS = 24
_BOXES_BYTES = 4096


def rate_cap(
    name: PresetName | None,
    seconds: float,
    *,
    max_bytes: int | None = None,
    size: Size = SCREEN,
    sound_kbps: int = 128,
) -> int | None:
    """Return the highest rate of the pictures at which the file surely stays within its size.

    It is for an encoder that is held to it (`-maxrate`) with a buffer of a second (`-bufsize`).

    Args:
        name: The network; None has no limits of its own.
        seconds: Length of the video.
        max_bytes: Of the file; the network's own limit holds as well.
        size: Of the pictures.
        sound_kbps: What the sound takes.

    Returns:
        In kbit a second; None where nothing limits it.

    Raises:
        VideoSpecInvalid: The network takes no video of that length; or so few bytes are left for each second
            that nobody would want to see it.
    """
    least_kbps = max(round(_WORTHLESS_KBPS * size.width * size.height / (SCREEN.width * SCREEN.height)), 1)
    allowed, cap = most_bytes(name, max_bytes), math.inf
    if name is not None:
        _require_length(name, seconds)
        cap = preset(name).rate_kbps.most - sound_kbps * _SOUND_MORE
    cap = min(cap, _within(allowed, seconds, sound_kbps))
    if cap < least_kbps:
        raise _worthless(allowed, seconds, cap, least_kbps)
    return int(cap) if cap < _BEYOND_KBPS else None


def most_bytes(name: PresetName | None, max_bytes: int | None = None) -> float:
    """Return how large a file may be, for its network and for whoever asked; infinite without either."""
    return min(max_bytes or math.inf, math.inf if name is None else preset(name).size_bytes.most)


def _within(max_bytes: float, seconds: float, sound_kbps: int) -> float:
    kbits = (max_bytes - _BOXES_BYTES) * 8 / 1000
    return (kbits - (sound_kbps * _SOUND_MORE + _BOXES_KBPS) * seconds) / (seconds + _BUFFER_S)


def _require_length(name: PresetName, seconds: float) -> None:
    allowed = preset(name).seconds
    if not allowed.hold(seconds):
        change = "shorter" if seconds > allowed.most else "longer"
        raise VideoSpecInvalid(
            (
                (
                    "preset",
                    f"Expected {allowed.words('s')} for {name}, got {number(seconds)}; make it {change}.",
                ),
            )
        )


def _worthless(max_bytes: float, seconds: float, cap: float, least_kbps: int) -> VideoSpecInvalid:
    message = (
        f"Expected room for {least_kbps} kbit/s of pictures, but {number(max_bytes)} bytes for "
        f"{number(seconds)} s leave {number(max(cap, 0))}; make it shorter, or smaller in pixels."
    )
    return VideoSpecInvalid((("max_bytes", message),))
