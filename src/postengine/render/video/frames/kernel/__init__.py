"""How pixels are moved and blended: by OpenCV where it is installed, else by Pillow and numpy."""

from __future__ import annotations

from .choice import best_kernel as best_kernel
from .protocol import MARGIN_PX as MARGIN_PX
from .protocol import Kernel as Kernel
