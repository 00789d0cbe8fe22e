"""Migrations of filled databases, up and down each revision: what both sides know is kept to the letter."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, select

from postengine.adapters.stores.errors import StoreError
from postengine.adapters.stores.kinds import KINDS
from postengine.adapters.stores.sql import SqlStore, make_engine, migrate
from postengine.engine.ports import Row
from postengine.engine.posts.agent import Agent, Device
from postengine.engine.posts.checkup import Checkup
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.tenant import Account, Tenant
from postengine.engine.posts.watch import Watch
from tests.contract.rows import full

REVISIONS = ("base", "0001", "0002", "0003", "0004")
FORGOTTEN: dict[str, dict[str, set[str]]] = {
    "0004": {
        "watches": set(),
        "deliveries": {
            "first_agent_id",
            "rung_ids",
            "closing_ids",
            "former_agent_ids",
            "passed_at",
            "message_at",
            "messaged_at",
        },
    },
    "0003": {"tenants": {"required", "locale"}, "agents": {"role", "licence", "photo_asset_id", "greeting"}},
    "0002": {
        "checkups": set(),
        "accounts": {"looker_id", "looking_until"},
        "deliveries": {"seen_state", "seen_at"},
    },
}
"""What the step down from a revision loses: a table's columns, or with none named, the whole table."""

Content = dict[str, dict[str, dict[str, object]]]
"""By table, by id: the values of a row, by column."""


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Engine]:
    """An empty database of either kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/store.db"
    else:
        url = request.getfixturevalue("new_postgres")("filled")  # starts a server
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def rows(engine: Engine) -> list[Row]:
    """Two rows of every kind with a value in every field, in a database at the newest revision."""
    migrate(engine)
    rows = [row for kind in KINDS for row in _two(kind)]
    with SqlStore(engine).transaction() as tx:
        for row in rows:
            tx.add(row)
    return rows


def _two(kind: type[Row]) -> tuple[Row, Row]:
    """Return two rows; agents have phones, and accounts checkups of the same id, as they do in life."""
    if kind is Agent:
        return full(Agent, id="agent_a"), full(Agent, id="agent_b")
    if kind is Device:
        return full(Device, agent_id="agent_a"), full(Device, agent_id="agent_a")
    if kind is Account:
        return full(Account, id="acc_a"), full(Account, id="acc_b")
    return full(kind), full(kind)


def _content(engine: Engine) -> Content:
    """Return all that is in the database, as its columns have it."""
    found = MetaData()
    found.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: {
                str(record["id"]): dict(record) for record in connection.execute(select(table)).mappings()
            }
            for table in found.sorted_tables
            if table.name != "postengine_version"
        }


def _without(content: Content, forgotten: dict[str, set[str]]) -> Content:
    return {
        table: {
            id_: {name: value for name, value in row.items() if name not in forgotten.get(table, set())}
            for id_, row in found.items()
        }
        for table, found in content.items()
        if forgotten.get(table, {"some"})
    }


def test_each_step_down_forgets_what_the_revision_brought_and_nothing_else(
    engine: Engine, rows: list[Row]
) -> None:
    assert len(rows) == 2 * len(KINDS)

    for newer, older in zip(REVISIONS[:1:-1], REVISIONS[-2:0:-1], strict=True):
        before = _content(engine)
        migrate(engine, to=older)
        assert _content(engine) == _without(before, FORGOTTEN[newer])

    assert sum(len(found) for found in _content(engine).values()) == 2 * (len(KINDS) - 2)


def test_each_step_up_keeps_every_row(engine: Engine, rows: list[Row]) -> None:
    migrate(engine, to="0001")
    first = _content(engine)

    for revision in REVISIONS[2:]:
        before = _content(engine)
        migrate(engine, to=revision)
        after = _content(engine)
        assert _without(after, FORGOTTEN[revision]) == before

    assert rows
    for table, found in first.items():
        for id_, row in found.items():
            assert row.items() <= after[table][id_].items()


def test_rows_that_went_down_and_up_are_read_as_the_engines_own(engine: Engine, rows: list[Row]) -> None:
    migrate(engine, to="0001")
    migrate(engine)

    with SqlStore(engine).transaction() as tx:
        for row in rows:
            if not isinstance(row, (Checkup, Watch)):
                assert tx.get(type(row), row.id) == _remembered(row)
        checkups, watches = tx.find(Checkup, {}), tx.find(Watch, {})
    assert [(row.id, row.next_step) for row in checkups] == [("acc_a", None), ("acc_b", None)]
    assert [(row.id, row.next_step) for row in watches] == [("agent_a", "watch")]  # who has a phone


def _remembered(row: Row) -> Row:
    """Return what is left of `row` after a step down to the first revision and up again."""
    tables = {Delivery: "deliveries", Tenant: "tenants", Agent: "agents", Account: "accounts"}
    table = tables.get(type(row), "")
    names = {name for forgotten in FORGOTTEN.values() for name in forgotten.get(table, set())}
    return replace(row, **dict.fromkeys(names))  # type: ignore[type-var] # every row is a dataclass


def test_a_filled_database_goes_down_to_nothing_and_up_again(engine: Engine, rows: list[Row]) -> None:
    migrate(engine, to="base")
    assert _content(engine) == {}

    migrate(engine)

    assert rows
    assert set(_content(engine)) == {kind.table for kind in KINDS.values()}
    assert not any(_content(engine).values())


def test_a_step_that_breaks_half_way_leaves_the_database_as_it_was(engine: Engine, rows: list[Row]) -> None:
    before = _content(engine)

    with engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX phone_events_device_id_at")
    with pytest.raises(StoreError):
        migrate(engine, to="0001")  # fails at this index, after columns are gone already

    assert rows
    assert _content(engine) == before
