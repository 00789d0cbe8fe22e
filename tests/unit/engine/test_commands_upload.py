"""Uploaded files: inspected, kept by their hash, once for each tenant."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from postengine.engine.commands.register import register_tenant
from postengine.engine.commands.upload import keep_file
from postengine.engine.ports import Rendered, Transaction
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.errors import Conflict, Invalid, NotFound
from postengine.engine.posts.states import AssetState
from postengine.errors import PostEngineError

from .tamper import WatchedStore
from .world import StubRenderer, World


class Picky(StubRenderer):
    """Refuses what it inspects."""

    def __init__(self, error: PostEngineError) -> None:
        super().__init__()
        self._error = error

    def inspect(self, file: Path) -> Rendered:  # noqa: ARG002 - the port's
        raise self._error


class Unusable(PostEngineError):
    """No picture."""


class Busy(PostEngineError):
    """Ask again."""

    retryable = True


def _file(folder: Path, content: bytes = b"x") -> Path:
    file = folder / "given"
    file.write_bytes(content)
    return file


def test_an_upload_that_is_no_picture_is_invalid(world: World, tmp_path: Path) -> None:
    ports = world.with_renderer(Picky(Unusable("no picture")))

    with pytest.raises(Invalid) as caught:
        keep_file(ports, world.tenant.id, _file(tmp_path))

    assert [(problem.field, problem.code) for problem in caught.value.problems] == [("file", "unusable")]
    assert [row.id for row in world.rows(Asset)] == [world.photo.id]


def test_an_upload_that_may_be_tried_again_says_so(world: World, tmp_path: Path) -> None:
    with pytest.raises(Busy):
        keep_file(world.with_renderer(Picky(Busy("later"))), world.tenant.id, _file(tmp_path))


def test_the_same_upload_is_the_same_asset(world: World, tmp_path: Path) -> None:
    first = keep_file(world.ports, world.tenant.id, _file(tmp_path))
    second = keep_file(world.ports, world.tenant.id, _file(tmp_path))

    assert (first[1], second[1]) == (True, False)
    assert first[0] == second[0]


def test_an_upload_for_nobody_is_not_found(world: World, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        keep_file(world.ports, "ten_x", _file(tmp_path))


class Racing(WatchedStore):
    """Another upload of the same file is first, between the look and the write."""

    def __init__(self, world: World) -> None:
        super().__init__(world.store, lambda _: None)
        self._world = world
        self._left = 2

    @contextmanager
    def transaction(self, connection: object | None = None) -> Generator[Transaction]:
        self._left -= 1
        if self._left == 0:
            with super().transaction(connection) as tx:
                yield _Refusing(tx)  # type: ignore[misc] # passes the rest through
            return
        with super().transaction(connection) as tx:
            yield tx


class _Refusing:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    @property
    def now(self) -> datetime:
        return self._tx.now

    def find(self, *_: object, **__: object) -> list[Asset]:
        return []

    def add(self, row: object) -> None:
        raise Conflict("exists", f"{row} exists")


def test_two_uploads_of_one_file_at_once_are_one_asset(world: World, tmp_path: Path) -> None:
    first, _ = keep_file(world.ports, world.tenant.id, _file(tmp_path))
    ports = replace(world.ports, store=Racing(world))

    second, is_new = keep_file(ports, world.tenant.id, _file(tmp_path))

    assert (second.id, is_new) == (first.id, False)


def test_an_upload_is_ready_with_what_was_found_in_it(world: World, tmp_path: Path) -> None:
    asset, is_new = keep_file(world.ports, world.tenant.id, _file(tmp_path), filename="villa.jpg")

    assert is_new
    assert (asset.state, asset.mime, asset.filename) == (AssetState.READY, "image/jpeg", "villa.jpg")
    assert (asset.width_px, asset.height_px, asset.size_bytes) == (4032, 3024, 1)
    assert world.ports.assets.path(asset.sha256 or "").read_bytes() == b"x"
    assert world.rows(Asset, id=asset.id) == [asset]


def test_an_upload_of_another_tenant_is_an_asset_of_its_own(world: World, tmp_path: Path) -> None:
    other = register_tenant(world.ports, "other", name="Other", zone="Europe/Lisbon")
    first, _ = keep_file(world.ports, world.tenant.id, _file(tmp_path))

    second, is_new = keep_file(world.ports, other.id, _file(tmp_path))

    assert is_new
    assert second.id != first.id
    assert second.sha256 == first.sha256
