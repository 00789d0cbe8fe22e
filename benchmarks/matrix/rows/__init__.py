"""The fourteen rows, a file each, named by its number."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from benchmarks.matrix.row import Row

_FILES: list[Row] = [import_module(f"{__name__}.{found.name}").ROW for found in iter_modules(__path__)]
ROWS: dict[str, Row] = {row.name: row for row in sorted(_FILES, key=lambda row: row.number)}
"""By name, in the order of their numbers."""
