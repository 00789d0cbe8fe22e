"""The engine's own durations, a tenth of each, so that a run takes minutes; floors as the wire has them."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

from postengine.engine.posts.timings import Timings

SCALE = 10
_FLOORS = {"fence_margin": timedelta(seconds=2), "promote_proof": timedelta(seconds=1)}
_AS_THEY_ARE = {"skew_limit", "crash_limit", "horizon", "keys_kept"}


def scaled(timings: Timings, by: int = SCALE) -> Timings:
    """Return `timings` with every duration divided by `by`, none below its floor.

    Whether two clocks differ too much, how often workers may die, how far is listed, and how long the keys of
    events are kept do not scale.
    """
    changed: dict[str, object] = {}
    for field in fields(timings):
        value = getattr(timings, field.name)
        if field.name in _AS_THEY_ARE:
            continue
        if isinstance(value, tuple):
            changed[field.name] = tuple(part / by for part in value)
        else:
            changed[field.name] = max(value / by, _FLOORS.get(field.name, timedelta()))
    return Timings(**changed)  # type: ignore[arg-type] # every field is as it was, only shorter
