"""The sound track: mixed, brought to its loudness, measured."""

from __future__ import annotations

from .loudness import Loudness as Loudness
from .track import check_sound as check_sound
from .track import make_sound as make_sound
