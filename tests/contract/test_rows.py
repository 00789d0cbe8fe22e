"""Rows come back as they were written, from every store."""

from __future__ import annotations

import importlib
import json
import pkgutil
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy import text

from postengine.adapters.stores.kinds import KINDS
from postengine.adapters.stores.sql import SqlStore
from postengine.engine import posts
from postengine.engine.ports import Row, Store
from postengine.engine.posts.errors import NotFound
from postengine.engine.posts.facts import AddressDisplay, AreaUnit, Facts, FloorArea, Money, Per, Visit
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.post import Content, MediaItem, MediaKind, Post, Subtitle
from postengine.engine.posts.tenant import Tenant
from tests.contract.rows import full, minimal

EVERY_KIND = pytest.mark.parametrize("kind", list(KINDS), ids=lambda kind: kind.__name__)


def test_every_dataclass_with_an_id_is_a_kind() -> None:
    modules = [
        importlib.import_module(f"{posts.__name__}.{found.name}")
        for found in pkgutil.iter_modules(posts.__path__)
    ]
    classes = [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and is_dataclass(value)
    ]

    rows = {found for found in classes if {"id", "tenant_id"} & {field.name for field in fields(found)}}

    assert rows <= set(KINDS)


@EVERY_KIND
def test_a_full_row_comes_back_as_it_was(store: Store, kind: type[Row]) -> None:
    row = full(kind)

    with store.transaction() as tx:
        tx.add(row)
    with store.transaction() as tx:
        found = tx.get(kind, row.id)

    assert found == row
    assert type(found) is kind


@EVERY_KIND
def test_a_minimal_row_comes_back_as_it_was(store: Store, kind: type[Row]) -> None:
    row = minimal(kind)

    with store.transaction() as tx:
        tx.add(row)
        found = tx.find(kind, {"id": row.id})

    assert found == [row]


@EVERY_KIND
def test_a_saved_row_replaces_every_field(store: Store, kind: type[Row]) -> None:
    first = minimal(kind)
    second = full(kind, id=first.id)

    with store.transaction() as tx:
        tx.add(first)
    with store.transaction() as tx:
        tx.save(second)
    with store.transaction() as tx:
        found = tx.get(kind, first.id)

    assert found == second


def test_amounts_areas_and_times_come_back_as_what_they_are(store: Store) -> None:
    facts = Facts(
        price=Money(amount=Decimal("485000.50"), currency="EUR", per=Per.MONTH),
        old_price="€ 1",
        area=FloorArea(value=112.5, unit=AreaUnit.SQUARE_FEET),
        address_display=AddressDisplay.AREA,
        visit=Visit(starts_at=datetime(2026, 12, 5, 14), ends_at=None),  # noqa: DTZ001 - local
    )
    row = minimal(Listing, facts=facts)

    with store.transaction() as tx:
        tx.add(row)
    with store.transaction() as tx:
        found = tx.get(Listing, row.id)

    assert found == row
    assert found is not None
    assert str(found.facts) == str(facts)


def test_a_reel_comes_back_with_all_that_is_heard(store: Store) -> None:
    words = Subtitle(text="Come in", starts_s=0.5, ends_s=2)
    item = MediaItem(kind=MediaKind.REEL, music_id="a1", voice_id="a2", subtitles=(words,))
    row = minimal(Post, content=Content(media=(item, replace(item, music_id=None, without_music=True))))

    with store.transaction() as tx:
        tx.add(row)
    with store.transaction() as tx:
        found = tx.get(Post, row.id)

    assert found == row


def test_a_reel_of_before_is_read_as_one_without_a_sound_of_its_own(sql_store: SqlStore) -> None:
    row = minimal(Post, content=Content(media=(MediaItem(kind=MediaKind.REEL),)))
    stored: dict[str, object] = {
        "media": [{"kind": "reel", "photo_ids": [], "alt": "", "badge": "", "seconds": None}]
    }
    with sql_store.transaction() as tx:
        tx.add(row)
    with sql_store.engine.begin() as connection:
        connection.execute(text("UPDATE posts SET content = :stored"), {"stored": json.dumps(stored)})

    with sql_store.transaction() as tx:
        assert tx.get(Post, row.id) == row


def test_a_row_that_does_not_exist_is_none_and_cannot_be_saved(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.get(Tenant, "nobody") is None
        with pytest.raises(NotFound):
            tx.save(minimal(Tenant, id="nobody"))


def test_a_row_that_is_saved_unchanged_stays_as_it_is(store: Store) -> None:
    row = full(Tenant)
    with store.transaction() as tx:
        tx.add(row)

    with store.transaction() as tx:
        tx.save(replace(row))
        found = tx.get(Tenant, row.id, lock=True)

    assert found == row
