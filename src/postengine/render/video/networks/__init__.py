"""What each network takes, as data with source and date, and whether a file is such."""

from __future__ import annotations

from .bounds import Bounds as Bounds
from .check import check as check
from .fault import Fault as Fault
from .fault import FaultCode as FaultCode
from .preset import Insets as Insets
from .preset import Preset as Preset
from .preset import Source as Source
from .presets import PRESETS as PRESETS
from .presets import h264_profile as h264_profile
from .presets import preset as preset
from .rate import most_bytes as most_bytes
from .rate import rate_cap as rate_cap
from .safe_zone import safe_region as safe_region
