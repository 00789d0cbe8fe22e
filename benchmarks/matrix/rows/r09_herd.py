"""Row 9: four schedulers meet ten times as many due posts as were asked for; nobody works on them."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from benchmarks.matrix.claiming import CLAIMS, GO, READY
from benchmarks.matrix.count import Tally
from benchmarks.matrix.house import House, Node
from benchmarks.matrix.load import Load, Share, plan_all
from benchmarks.matrix.row import Nemesis, Row
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Post

_SCHEDULERS = 4
_TIMES = 10
_WITHIN_S = 120.0


def _measure(house: House, load: Load, posts: int) -> Tally:
    """Count how often each was claimed."""
    plan_all(house, load, 1, Share(by_hand=0.0, now=1.0), words={})
    due = _copies(house, load, posts * _TIMES)
    for _ in range(_SCHEDULERS):
        house.begin(Node("claimer", "claimer"))
    _wait_for(house, READY)
    (house.settings.data_dir / GO).touch()
    claims = [file.read_text(encoding="utf-8").splitlines() for file in _wait_for(house, CLAIMS)]
    claimed = Counter(id_ for one in claims for id_ in one)
    lost = [f"lost: {id_} was never claimed" for id_ in due if not claimed[id_]]
    doubled = [f"duplicate: {id_} was claimed {n} times" for id_, n in claimed.items() if n > 1]
    idle = [] if sum(map(bool, claims)) > 1 else ["one scheduler claimed all"]
    return Tally(len(lost), len(doubled), 0, (*lost, *doubled), tuple(idle))


def _copies(house: House, load: Load, times: int) -> list[str]:
    """Store the one planned post so many times; return the deliveries' ids."""
    with house.ports.store.transaction() as tx:
        post = tx.find(Post, {"id": load.post_ids[0]})[0]
        row = tx.find(Delivery, {})[0]
        for number in range(1, times):
            tx.add(replace(post, id=f"{post.id}-{number}", external_id=f"copy-{number}"))
            tx.add(replace(row, id=f"{row.id}-{number}", post_id=f"{post.id}-{number}", ref=f"ref-{number}"))
        return [found.id for found in tx.find(Delivery, {})]


def _wait_for(house: House, files: str) -> list[Path]:
    """Return the files of this pattern when each scheduler has one."""
    until = time.monotonic() + _WITHIN_S
    while len(found := list(house.settings.data_dir.glob(files))) < _SCHEDULERS:
        if time.monotonic() > until:
            raise RuntimeError(f"the schedulers had no {files} within {_WITHIN_S:.0f} s; see {house.log}")
        time.sleep(0.1)
    return found


ROW = Row(
    number=9,
    name="herd",
    does="four schedulers claim from the same due posts, ten times as many as asked for",
    nemesis=Nemesis,
    measure=_measure,
)
