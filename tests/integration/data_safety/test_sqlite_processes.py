"""Several processes over one SQLite file: they take turns, and a killed one leaves nothing half done."""

from __future__ import annotations

from pathlib import Path

import pytest

from postengine.adapters.stores.sql import make_engine, migrate, open_store

from .writing import begin_writing, end_of, line_of, written

_EACH = 150


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A migrated database that no process has open."""
    file = tmp_path / "store.db"
    engine = make_engine(f"sqlite:///{file}")
    migrate(engine)
    engine.dispose()
    return file


def test_each_connection_is_durable_and_waits(file: Path) -> None:
    engine = make_engine(f"sqlite:///{file}")

    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }

    engine.dispose()
    full, ten_seconds_ms = 2, 10_000
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "busy_timeout": ten_seconds_ms,
        "foreign_keys": 1,
    }


def test_processes_that_open_and_write_at_once_lose_nothing_and_hear_of_no_lock(file: Path) -> None:
    writers = [begin_writing(f"sqlite:///{file}", name, _EACH) for name in ("one", "two", "three")]

    ends = [end_of(writer) for writer in writers]

    assert [(status, complaints) for status, _, complaints in ends] == [(0, "")] * 3
    assert written(file) == {name: list(range(_EACH)) for name in ("one", "two", "three")}


def test_a_writer_that_is_killed_in_a_transaction_leaves_nothing_of_it_and_holds_nobody_up(
    file: Path,
) -> None:
    killed = begin_writing(f"sqlite:///{file}", "killed", "hold")
    assert line_of(killed) == "open"
    waiting = begin_writing(f"sqlite:///{file}", "waiting", 5)

    killed.kill()
    end_of(killed)
    status, _, complaints = end_of(waiting)

    assert (status, complaints) == (0, "")
    assert written(file) == {"waiting": list(range(5))}


def test_what_a_killed_writer_said_was_committed_is_there(file: Path) -> None:
    for round_ in range(5):
        writer = begin_writing(f"sqlite:///{file}", f"round{round_}", 100_000)
        other = begin_writing(f"sqlite:///{file}", f"other{round_}", 20)
        said = [line_of(writer) for _ in range(10 + round_)]

        writer.kill()
        more = end_of(writer)[1]

        assert end_of(other)[0] == 0
        last = int([*said, *more][-1])
        found = written(file)[f"round{round_}"]
        assert found in (
            list(range(last + 1)),
            list(range(last + 2)),
        )  # one may be committed and not yet said


def test_a_reader_waits_for_no_writer(file: Path) -> None:
    holder = begin_writing(f"sqlite:///{file}", "holder", "hold")
    assert line_of(holder) == "open"
    store = open_store(f"sqlite:///{file}")

    next_act_at = store.next_act_at()  # a writer would be refused after ten seconds

    store.engine.dispose()
    holder.kill()
    end_of(holder)
    assert next_act_at is None
