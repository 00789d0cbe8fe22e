"""The fourteen rows, a file each."""

from __future__ import annotations

from benchmarks.matrix.row import Row

from . import (
    r01_kill,
    r02_crash_points,
    r03_redis,
    r04_database,
    r05_postiz,
    r06_frozen,
    r07_clocks,
    r08_messages,
    r09_herd,
    r10_suicide,
    r11_phones,
    r12_disk,
    r13_operator,
    r14_restore,
)

_MODULES = (
    r01_kill,
    r02_crash_points,
    r03_redis,
    r04_database,
    r05_postiz,
    r06_frozen,
    r07_clocks,
    r08_messages,
    r09_herd,
    r10_suicide,
    r11_phones,
    r12_disk,
    r13_operator,
    r14_restore,
)
ROWS: dict[str, Row] = {module.ROW.name: module.ROW for module in _MODULES}
"""By name, in the order of their numbers."""
