"""Pictures and short videos for posts, drawn ahead of their time.

Needs `postengine[image,video]`. Asks for a spec (a value that travels as JSON), photos by key, and a place to
write. Pictures of one's own making are trees of nodes: see `postengine.render.image`.
"""

from __future__ import annotations

from .errors import ContrastUnreachable as ContrastUnreachable
from .errors import DrawingCrashed as DrawingCrashed
from .errors import DrawingFailed as DrawingFailed
from .errors import DrawingKilled as DrawingKilled
from .errors import DrawingTimedOut as DrawingTimedOut
from .errors import FfmpegFailed as FfmpegFailed
from .errors import FfmpegKilled as FfmpegKilled
from .errors import FfmpegMissing as FfmpegMissing
from .errors import FfmpegStalled as FfmpegStalled
from .errors import FfmpegUnfit as FfmpegUnfit
from .errors import FontMissing as FontMissing
from .errors import FontUnknown as FontUnknown
from .errors import FontUnreadable as FontUnreadable
from .errors import InputMissing as InputMissing
from .errors import MediaTooLarge as MediaTooLarge
from .errors import MediaUnreadable as MediaUnreadable
from .errors import NodeRefused as NodeRefused
from .errors import OutputTooLarge as OutputTooLarge
from .errors import PhotoUnreadable as PhotoUnreadable
from .errors import PictureMissing as PictureMissing
from .errors import RenderCancelled as RenderCancelled
from .errors import RenderError as RenderError
from .errors import RenderOutOfSpace as RenderOutOfSpace
from .errors import StyleInvalid as StyleInvalid
from .errors import SvgUnsafe as SvgUnsafe
from .errors import TemplateInvalid as TemplateInvalid
from .errors import TemplateUnknown as TemplateUnknown
from .errors import TextDoesNotFit as TextDoesNotFit
from .errors import VideoInvalid as VideoInvalid
from .errors import VideoSpecInvalid as VideoSpecInvalid
from .image import Focus as Focus
from .image import IsolatedRenderer as IsolatedRenderer
from .image import Output as Output
from .image import Renderer as Renderer
from .image import Size as Size
from .image.renderer import RENDERER_VERSION as RENDERER_VERSION
from .inspect import inspect_file as inspect_file
from .once import made_once as made_once
from .output import Rendered as Rendered
from .picture import prepare_photo as prepare_photo
from .picture import render_picture as render_picture
from .picture import template_called as template_called
from .reel import describe_reel as describe_reel
from .reel import render_reel as render_reel
from .specs import PictureSpec as PictureSpec
from .specs import ReelSpec as ReelSpec
from .specs import inputs_hash as inputs_hash
from .specs import picture_keys as picture_keys
from .templates.brand import Brand as Brand
from .templates.listing import Address as Address
from .templates.listing import Agent as Agent
from .templates.listing import Area as Area
from .templates.listing import Listing as Listing
from .templates.listing import MarketFigure as MarketFigure
from .templates.listing import Money as Money
from .templates.listing import Testimonial as Testimonial
from .templates.listing import Visit as Visit
from .templates.pages import ShapeName as ShapeName
from .templates.pages import page_for as page_for
from .templates.reels import REELS as REELS
from .templates.reels import ReelName as ReelName
from .templates.reels import ReelShape as ReelShape
from .templates.registry import TEMPLATES as TEMPLATES
from .templates.registry import TemplateName as TemplateName
from .templates.user import TemplateFolder as TemplateFolder
from .video import VideoInfo as VideoInfo
from .video import VideoLimits as VideoLimits
from .video import VideoRenderer as VideoRenderer
from .video import VideoSpec as VideoSpec
from .video import poster as poster
from .video import probe as probe
from .video import storyboard as storyboard
from .video import video_from as video_from

__all__ = [
    "REELS",
    "RENDERER_VERSION",
    "TEMPLATES",
    "Address",
    "Agent",
    "Area",
    "Brand",
    "ContrastUnreachable",
    "DrawingCrashed",
    "DrawingFailed",
    "DrawingKilled",
    "DrawingTimedOut",
    "FfmpegFailed",
    "FfmpegKilled",
    "FfmpegMissing",
    "FfmpegStalled",
    "FfmpegUnfit",
    "Focus",
    "FontMissing",
    "FontUnknown",
    "FontUnreadable",
    "InputMissing",
    "IsolatedRenderer",
    "Listing",
    "MarketFigure",
    "MediaTooLarge",
    "MediaUnreadable",
    "Money",
    "NodeRefused",
    "Output",
    "OutputTooLarge",
    "PhotoUnreadable",
    "PictureMissing",
    "PictureSpec",
    "ReelName",
    "ReelShape",
    "ReelSpec",
    "RenderCancelled",
    "RenderError",
    "RenderOutOfSpace",
    "Rendered",
    "Renderer",
    "ShapeName",
    "Size",
    "StyleInvalid",
    "SvgUnsafe",
    "TemplateFolder",
    "TemplateInvalid",
    "TemplateName",
    "TemplateUnknown",
    "Testimonial",
    "TextDoesNotFit",
    "VideoInfo",
    "VideoInvalid",
    "VideoLimits",
    "VideoRenderer",
    "VideoSpec",
    "VideoSpecInvalid",
    "Visit",
    "describe_reel",
    "inputs_hash",
    "inspect_file",
    "made_once",
    "page_for",
    "picture_keys",
    "poster",
    "prepare_photo",
    "probe",
    "render_picture",
    "render_reel",
    "storyboard",
    "template_called",
    "video_from",
]
