"""What is unsent follows what it is made from: its words, pictures and settings are kept up to date."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime

from postengine.engine.ledger.change import Change
from postengine.engine.ledger.compose import Scene, scene_of, words_of
from postengine.engine.ledger.demands import unmet_demands
from postengine.engine.ledger.media import assets_for
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Invalid
from postengine.engine.posts.states import ENDED, DeliveryState

from .edit import rewrite
from .refresh import the_problems

_NOT_OUT = tuple(state for state in DeliveryState if state is not DeliveryState.PUBLISHED)
_OPEN = tuple(state for state in DeliveryState if state not in {*ENDED, DeliveryState.UNCONFIRMED})


def unsent(change: Change, where: Mapping[str, object]) -> list[Delivery]:
    """Return the deliveries that may still go out, locked."""
    found = change.tx.find(Delivery, {**where, "state": _NOT_OUT}, lock=True)
    return [row for row in found if _may_still_go_out(row, change.now)]


@contextmanager
def keeping_up(change: Change, where: Mapping[str, object], *, who: str, why: str) -> Generator[None]:
    """Rewrite each unsent delivery of `where` that says something else after the block than before it.

    Raises:
        Invalid: A text would lack what the block has taken away, or no longer fits its network; or what the
            tenant requires is not there.
    """
    deliveries = unsent(change, where)
    before = {row.id: _said(scene_of(change, row)) for row in deliveries}
    yield
    for row in deliveries:
        scene = scene_of(change, row)
        is_other = _said(scene) != before[row.id] or _pictures(change, scene) != row.asset_ids
        problems = the_problems(change, scene) if is_other else unmet_demands(scene, words_of(scene))
        if problems:
            raise Invalid(problems)
        if is_other:
            rewrite(change, row, row, who=who, why=why)


def _said(scene: Scene) -> tuple[object, ...]:
    """Return all that Postiz or a phone is told, but the pictures."""
    return words_of(scene), scene.settings, scene.channel.integration_id, scene.channel.kind


def _pictures(change: Change, scene: Scene) -> tuple[str, ...]:
    return tuple(asset.id for asset in assets_for(change, scene))


def _may_still_go_out(row: Delivery, now: datetime) -> bool:
    is_ahead = row.state is DeliveryState.UNCONFIRMED and now < row.due_at
    return row.state in _OPEN or is_ahead or row.recall is DeliveryState.PLANNED
