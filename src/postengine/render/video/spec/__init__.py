"""What a video is, as values: scenes, layers, subtitles, sound. Nothing here touches a file or a pixel."""

from __future__ import annotations

from .layers import Caption as Caption
from .layers import Layer as Layer
from .layers import Subtitles as Subtitles
from .motion import Animation as Animation
from .motion import Move as Move
from .motion import Side as Side
from .motion import Transition as Transition
from .preset_names import PresetName as PresetName
from .scenes import CardScene as CardScene
from .scenes import ClipScene as ClipScene
from .scenes import PhotoScene as PhotoScene
from .scenes import Scene as Scene
from .sound import Music as Music
from .sound import Sound as Sound
from .sound import Voice as Voice
from .video import Rate as Rate
from .video import VideoSpec as VideoSpec
from .video import media_of as media_of
from .video import overlap_s as overlap_s
from .video import pictures_of as pictures_of
from .video import video_from as video_from
