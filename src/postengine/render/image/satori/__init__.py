"""Templates written for Satori, as our trees."""

from __future__ import annotations

from postengine.render.errors import SatoriInvalid as SatoriInvalid

from .convert import Converted as Converted
from .convert import from_satori as from_satori
from .losses import Loss as Loss
