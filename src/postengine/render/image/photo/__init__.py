"""Photos, as cameras write them, made into upright sRGB pixels of a wanted size. The home of Pillow."""

from __future__ import annotations

from .cache import PhotoCache as PhotoCache
from .decoding import Decoded as Decoded
from .decoding import Fit as Fit
from .decoding import decode as decode
from .fitting import FocusChoice as FocusChoice
from .fitting import fitted as fitted
from .levels import Levels as Levels
from .levels import gentle_levels as gentle_levels
from .limits import MAX_PHOTO_PIXELS as MAX_PHOTO_PIXELS
from .limits import PhotoLimits as PhotoLimits
from .opening import Photo as Photo
from .opening import PhotoSource as PhotoSource
from .opening import open_photo as open_photo
from .pixels import RgbPixels as RgbPixels
from .pixels import encode_jpeg as encode_jpeg
from .pixels import load_photo as load_photo
from .profile import srgb_profile_bytes as srgb_profile_bytes
from .smart_focus import smart_focus as smart_focus
from .svg import safe_svg as safe_svg
