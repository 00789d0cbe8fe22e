"""When things happen in a reel: shots in turn, headline first, then details, end card last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postengine.render.image.draw import RgbaPixels
from postengine.render.image.photo import RgbPixels

from .motion import MOVES, Entrance
from .planes import Frame, to_frame, to_layer
from .timeline import Overlay, Shot, Timeline

_END_SHARE, _END_S = 0.30, 1.9
_FADE_S = 0.5
_HEADLINE_S, _DETAILS_S = 0.15, 0.85


@dataclass(frozen=True)
class ReelTimes:
    """The instants of a reel, in seconds.

    Attributes:
        seconds: Its length.
        photos: How many it shows.
    """

    seconds: float
    photos: int

    @property
    def end_s(self) -> float:
        """When the end card begins to fade in."""
        return self.seconds - min(_END_S, self.seconds * _END_SHARE)

    @property
    def fade_s(self) -> float:
        """Length of a crossfade; shorter where many photos share little time."""
        return min(_FADE_S, self.end_s / (2 * self.photos), (self.seconds - self.end_s) / 2)

    def shot(self, number: int) -> tuple[float, float]:
        """Return when shot `number` (from 0) begins and ends, crossfades included."""
        until = self.end_s + self.fade_s
        length = (until + (self.photos - 1) * self.fade_s) / self.photos
        begins = number * (length - self.fade_s)
        return begins, begins + length

    def entrance(self, at_s: float) -> Entrance:
        """Return the entrance of a layer at `at_s` of a reel of normal length, sooner in a short one."""
        pace = min(1.0, self.end_s / 3.0)
        fade_s = 0.55 * pace
        # Gone before the end card comes, or its words would cross theirs.
        return Entrance(at_s * pace, self.end_s - fade_s / 2, fade_s=fade_s)


def build_timeline(
    times: ReelTimes,
    fps: int,
    *,
    photos: Sequence[Frame],
    shade: RgbaPixels,
    headline: RgbaPixels,
    details: RgbaPixels,
    end_card: RgbPixels,
) -> Timeline:
    """Put photos and layers in time.

    Args:
        times: When things happen.
        fps: Frames a second.
        photos: Larger than the video, as `motion.py` says.
        shade: Layer as large as the video, over all photos.
        headline: Layer that enters first.
        details: Layer that enters second.
        end_card: The last picture.
    """
    shots = [
        Shot(photo, MOVES[number % len(MOVES)], *times.shot(number)) for number, photo in enumerate(photos)
    ]
    last = to_frame(end_card)
    return Timeline(
        size=last.size,
        fps=fps,
        frames=round(times.seconds * fps),
        fade_s=times.fade_s,
        shots=shots,
        shade=to_layer(shade),
        overlays=(
            Overlay(to_layer(headline), times.entrance(_HEADLINE_S)),
            Overlay(to_layer(details), times.entrance(_DETAILS_S)),
        ),
        end_card=last,
        end_s=times.end_s,
    )
