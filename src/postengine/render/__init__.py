"""Pictures and short videos for posts, drawn ahead of their time.

Needs `postengine[image,video]`. Asks for a spec (a value that travels as JSON), photos by key, and a place to
write.
"""

from __future__ import annotations

from .card import prepare_photo as prepare_photo
from .card import render_card as render_card
from .errors import DrawingFailed as DrawingFailed
from .errors import FfmpegFailed as FfmpegFailed
from .errors import FfmpegKilled as FfmpegKilled
from .errors import FfmpegMissing as FfmpegMissing
from .errors import FfmpegStalled as FfmpegStalled
from .errors import FontMissing as FontMissing
from .errors import PhotoUnreadable as PhotoUnreadable
from .errors import PictureMissing as PictureMissing
from .errors import RenderError as RenderError
from .errors import RenderOutOfSpace as RenderOutOfSpace
from .errors import TextDoesNotFit as TextDoesNotFit
from .errors import VideoInvalid as VideoInvalid
from .image.geometry import Focus as Focus
from .image.geometry import Size as Size
from .inspect import inspect_file as inspect_file
from .output import Rendered as Rendered
from .reel import render_reel as render_reel
from .specs import RENDERER_VERSION as RENDERER_VERSION
from .specs import CardSpec as CardSpec
from .specs import ReelSpec as ReelSpec
from .specs import inputs_hash as inputs_hash
from .templates.facts import Brand as Brand
from .templates.facts import ListingFacts as ListingFacts
from .templates.sizes import SizeName as SizeName
from .video.probe import VideoInfo as VideoInfo
from .video.probe import poster as poster
from .video.probe import probe as probe

__all__ = [
    "RENDERER_VERSION",
    "Brand",
    "CardSpec",
    "DrawingFailed",
    "FfmpegFailed",
    "FfmpegKilled",
    "FfmpegMissing",
    "FfmpegStalled",
    "Focus",
    "FontMissing",
    "ListingFacts",
    "PhotoUnreadable",
    "PictureMissing",
    "ReelSpec",
    "RenderError",
    "RenderOutOfSpace",
    "Rendered",
    "Size",
    "SizeName",
    "TextDoesNotFit",
    "VideoInfo",
    "VideoInvalid",
    "inputs_hash",
    "inspect_file",
    "poster",
    "prepare_photo",
    "probe",
    "render_card",
    "render_reel",
]
