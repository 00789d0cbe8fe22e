"""What a network takes, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from postengine.render.image.geometry import Size
from postengine.render.video.spec import PresetName

from .bounds import ANY, MONO_OR_STEREO, ONE_OR_NONE, Bounds

Container = Literal["mp4", "mov", "webm"]

Demand = Literal[
    "index_first",
    "no_edit_lists",
    "closed_gop",
    "progressive",
    "fixed_rate",
    "square_pixels",
    "simple_h264",
]
"""`simple_h264` is H.264 without B-frames in its Baseline or Main profile; the others say what they are."""

SCREEN = Size(1080, 1920)
"""A phone's screen, on which `Insets` are measured."""


@dataclass(frozen=True)
class Insets:
    """How far an app's own buttons, names and captions reach into a phone's screen, in pixels of `SCREEN`."""

    top: int
    right: int
    bottom: int
    left: int


@dataclass(frozen=True)
class Source:
    """Who says so.

    Attributes:
        publisher: The network, or somebody who wrote down what it does.
        title: Of the page.
        url: Of the network's own page; empty where it has none.
        is_copy: The page itself could not be read; the figures are from copies of it.
    """

    publisher: str
    title: str
    url: str = ""
    is_copy: bool = False


@dataclass(frozen=True)
class Preset:
    """What one place of a network takes; what its publisher leaves open is open here.

    Attributes:
        name: As a described video names it.
        label: As people call it.
        suggested: The size that shows best.
        sources: Where the figures are from, the first the weightiest.
        as_of: When they were looked up; networks change them without a word.
        containers: File formats.
        video_codecs: By ffmpeg's names.
        pixel_formats: By ffmpeg's names; all are 4:2:0.
        audio_codecs: By ffmpeg's names.
        aspect: Width over height.
        width_px: Of the upright picture.
        short_px: Of its shorter side.
        long_px: Of its longer side.
        fps: Frames a second.
        seconds: Length.
        size_bytes: Of the file.
        rate_kbps: Of the whole file, on average.
        sample_rate_hz: Of its sound.
        channels: Of its sound.
        sound_tracks: How many.
        demands: What else must be so.
        covered: What the app covers of a video that fills the screen; None for one that stands in a feed.
    """

    name: PresetName
    label: str
    suggested: Size
    sources: tuple[Source, ...]
    as_of: date
    containers: tuple[Container, ...] = ("mp4", "mov")
    video_codecs: tuple[str, ...] = ("h264", "hevc")
    pixel_formats: tuple[str, ...] = ("yuv420p", "yuvj420p", "yuv420p10le")
    audio_codecs: tuple[str, ...] = ("aac",)
    aspect: Bounds = ANY
    width_px: Bounds = ANY
    short_px: Bounds = ANY
    long_px: Bounds = ANY
    fps: Bounds = ANY
    seconds: Bounds = ANY
    size_bytes: Bounds = ANY
    rate_kbps: Bounds = ANY
    sample_rate_hz: Bounds = ANY
    channels: Bounds = MONO_OR_STEREO
    sound_tracks: Bounds = ONE_OR_NONE
    demands: frozenset[Demand] = frozenset()
    covered: Insets | None = None
