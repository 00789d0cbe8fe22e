"""Videos, described as values: photos that move by fractions of a pixel, clips, layers over them, sound.

`VideoSpec` says what a video is, `VideoRenderer` makes it, `check` says whether a network takes it.
"""

from __future__ import annotations

from .limits import VideoLimits as VideoLimits
from .networks import PRESETS as PRESETS
from .networks import Fault as Fault
from .networks import Preset as Preset
from .networks import check as check
from .networks import safe_region as safe_region
from .reading.info import VideoInfo as VideoInfo
from .reading.poster import poster as poster
from .reading.probe import probe as probe
from .reading.storyboard import storyboard as storyboard
from .renderer import VIDEO_VERSION as VIDEO_VERSION
from .renderer import Progress as Progress
from .renderer import RenderedVideo as RenderedVideo
from .renderer import VideoRenderer as VideoRenderer
from .sound import Loudness as Loudness
from .spec import Animation as Animation
from .spec import Caption as Caption
from .spec import CardScene as CardScene
from .spec import ClipScene as ClipScene
from .spec import Layer as Layer
from .spec import Move as Move
from .spec import Music as Music
from .spec import PhotoScene as PhotoScene
from .spec import PresetName as PresetName
from .spec import Scene as Scene
from .spec import Sound as Sound
from .spec import Subtitles as Subtitles
from .spec import Transition as Transition
from .spec import VideoSpec as VideoSpec
from .spec import Voice as Voice
from .spec import video_from as video_from

__all__ = [
    "PRESETS",
    "VIDEO_VERSION",
    "Animation",
    "Caption",
    "CardScene",
    "ClipScene",
    "Fault",
    "Layer",
    "Loudness",
    "Move",
    "Music",
    "PhotoScene",
    "Preset",
    "PresetName",
    "Progress",
    "RenderedVideo",
    "Scene",
    "Sound",
    "Subtitles",
    "Transition",
    "VideoInfo",
    "VideoLimits",
    "VideoRenderer",
    "VideoSpec",
    "Voice",
    "check",
    "poster",
    "probe",
    "safe_region",
    "storyboard",
    "video_from",
]
