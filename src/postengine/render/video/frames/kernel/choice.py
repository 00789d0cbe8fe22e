"""Which kernel a machine can run."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import cast

from .plain import PlainKernel
from .protocol import Kernel


def best_kernel() -> Kernel:
    """Return OpenCV's kernel where that package is installed, else the slow one that needs nothing more."""
    if find_spec("cv2") is None:
        return PlainKernel()
    return cast("Kernel", import_module(".opencv", __package__).OpencvKernel())
