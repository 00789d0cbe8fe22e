"""Laying out and painting a tree: a drawing engine behind a protocol, and takumi, which is one."""

from __future__ import annotations

from .engine import DrawingEngine as DrawingEngine
from .engine import Line as Line
from .engine import Placed as Placed
from .engine import RgbaPixels as RgbaPixels
