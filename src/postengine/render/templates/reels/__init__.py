"""Reels: videos that templates describe, from the same listings and brands as pictures."""

from __future__ import annotations

from .described import described as described
from .described import require_inputs as require_inputs
from .described import require_readable as require_readable
from .pages import REEL_SHAPES as REEL_SHAPES
from .pages import ReelShape as ReelShape
from .pages import page_for_reel as page_for_reel
from .registry import REELS as REELS
from .registry import ReelName as ReelName
from .registry import ReelTemplate as ReelTemplate
from .script import Act as Act
from .script import Entrance as Entrance
from .script import Passage as Passage
from .script import Script as Script
from .script import Shot as Shot
from .stage import beat as beat
from .stage import edges as edges
from .stage import stage as stage
