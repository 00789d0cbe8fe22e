"""Row 12: no room for files, a corrupt photo, and a program for videos that hangs."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from benchmarks.matrix.count import deliveries
from benchmarks.matrix.row import Nemesis, Row
from benchmarks.matrix.twists import Twists
from postengine.engine.commands.plan import NewPost, plan_post
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Content, MediaItem, MediaKind
from postengine.engine.posts.record import Alert
from postengine.engine.posts.states import DeliveryState
from postengine.render.video.ffmpeg.program import default_program
from tests.acceptance.agency import photo

_NO_ROOM_S = 20.0
"""At most, for the card has met it long before."""
_LOOK_EVERY_S = 0.2
_GIVEN_UP_AFTER = timedelta(seconds=45)
"""ffmpeg is killed before that, and what can never be made is missed in the course of the run."""
_LACKS = ("cannot write to", "full disk")
"""What is told in each of the two cases."""


class FullDisk(Nemesis):
    """Plans pictures of its own, takes the folder away in which they are made, and spoils a photo."""

    every_s = 2.0

    def __init__(self) -> None:
        self._photo_id = ""
        self._cards: set[str] = set()
        self._broken: set[str] = set()
        self._met: list[str] = []

    def begin(self) -> None:
        """Let the processes know what tells them of a full disk."""
        for node in self.house.nodes:
            node.twists = Twists(fakes_pictures=False, full_while=str(self._mark))

    def started(self) -> None:
        """Plan a card of a photo that is spoilt, and a video."""
        key = self.house.keys[0]
        self._photo_id, bad = (self._upload(key, colour) for colour in ("#7a9eb1", "#aa3344"))
        with self.house.ports.store.transaction() as tx:
            sha256 = tx.find(Asset, {"id": bad})[0].sha256 or ""
        stored = self._assets / sha256[:2] / sha256[2:]
        stored.unlink()
        stored.write_bytes(b"\xff\xd8 no picture")
        end = (self.house.ports.store.now() + _GIVEN_UP_AFTER).isoformat()
        self._broken = {
            self._plan("spoilt", MediaItem(kind=MediaKind.CARD, photo_ids=(bad,)), not_after=end),
            self._plan("video", MediaItem(kind=MediaKind.REEL, photo_ids=(self._photo_id,)), not_after=end),
        }

    def act(self) -> None:
        """Fill the disk or take the folder away for a moment, in which a card is to be made."""
        with self._full() if len(self._cards) % 2 else self._unwritable():
            name = f"card {len(self._cards)}"
            card = MediaItem(kind=MediaKind.CARD, photo_ids=(self._photo_id,), badge=name)
            post_id = self._plan(name, card)
            self._cards.add(post_id)
            until = time.monotonic() + _NO_ROOM_S
            while not (met := self._failures(post_id)) and time.monotonic() < until:
                time.sleep(_LOOK_EVERY_S)
            self._met += met

    def _failures(self, post_id: str) -> list[str]:
        """Return what is told of the post's pictures."""
        with self.house.ports.store.transaction() as tx:
            (row,) = tx.find(Delivery, {"post_id": post_id})
            found = tx.find(Alert, {"code": "render_failed", "subject_id": row.asset_ids})
        return [alert.message for alert in found]

    @contextmanager
    def _full(self) -> Generator[None]:
        self._mark.touch()
        yield
        self._mark.unlink()

    @contextmanager
    def _unwritable(self) -> Generator[None]:
        making, aside = self._assets / "making", self._assets / "aside"
        making.rename(aside)
        making.touch()
        yield
        making.unlink()
        aside.rename(making)

    def found(self) -> list[str]:
        """Tell of cards that did not go out, of failures unseen, of others that were missed."""
        with self.house.ports.store.transaction() as tx:
            told = {alert.subject_id: alert for alert in tx.find(Alert, {"code": "render_failed"})}
        rows = {row.post_id: row for row in deliveries(self.house.ports)}
        wrong = [
            f"{rows[post_id].id} had room again, and is {rows[post_id].state}"
            for post_id in self._cards
            if rows[post_id].state is not DeliveryState.PUBLISHED
        ]
        wrong += [
            f"{rows[post_id].id} cannot be made, is {rows[post_id].state}, and nobody is told"
            for post_id in self._broken
            if not any(id_ in told and told[id_].cleared_at is None for id_ in rows[post_id].asset_ids)
        ]
        wrong += [
            f"{row.id} needs no file, and is missed"
            for post_id, row in rows.items()
            if row.state is DeliveryState.MISSED and post_id not in self._broken
        ]
        return wrong

    def spared(self) -> list[str]:
        """Tell what no card failed with."""
        return [
            f"no card failed with {lack!r}" for lack in _LACKS if not any(lack in said for said in self._met)
        ]

    @property
    def _mark(self) -> Path:
        return self.house.folder / "full"

    @property
    def _assets(self) -> Path:
        return self.house.settings.data_dir / "assets"

    def _upload(self, key: str, colour: str) -> str:
        answer = self.house.api.post(
            "/api/v1/assets", data={"tenant": key}, files={"file": ("photo.jpg", photo(colour=colour))}
        )
        asset_id: str = answer.raise_for_status().json()["id"]
        return asset_id

    def _plan(self, name: str, item: MediaItem, *, not_after: str | None = None) -> str:
        """Plan a post that is due now; return its id."""
        key = self.house.keys[0]
        new = NewPost(
            tenant_id=self.load.tenants[key],
            listing_id=self.load.listings[key],
            external_id=name,
            title=name,
            content=Content(caption=name, media=(item,)),
            channels=(self.load.networks[key],),
            not_after=not_after,
        )
        post_id = plan_post(self.house.ports, new).id
        self.load.post_ids.append(post_id)
        return post_id


def _program(folder: Path) -> Path:
    """Write a program that says what the true one can do, and hangs when it is to do it."""
    file = folder / "ffmpeg"
    asked = f'[ $# = 2 ] && [ "$1" = -hide_banner ] && exec "{default_program()}" "$@"'
    file.write_text(f"#!/bin/sh\n{asked}\nexec sleep 600\n", encoding="utf-8")
    file.chmod(0o755)
    return file


ROW = Row(
    number=12,
    name="disk",
    does="the disk is full or its folder unwritable for seconds at a time, a photo is corrupt, ffmpeg hangs",
    nemesis=FullDisk,
    may_miss=True,
    program=_program,
)
