"""Backups of an SQLite file: made while others write, whole, and on hold wherever they are started."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from postengine.adapters.stores.errors import BackupImpossible
from postengine.adapters.stores.sql import backup, make_engine, migrate, open_store
from postengine.engine.ports import Ports
from postengine.engine.posts.hold import SERVICE, Hold
from postengine.engine.posts.states import HoldReason
from postengine.testing.engine import memory_ports
from reference_app.identity import adopt, check_identity
from reference_app.settings import Settings

from .writing import begin_writing, end_of, line_of, written

ROOT = Path(__file__).parents[3]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an installation with the embedded database, which has started once."""
    settings = Settings(data_dir=tmp_path / "data")
    settings.data_dir.mkdir()
    engine = make_engine(settings.database)
    migrate(engine)
    engine.dispose()
    with opened(settings.database, tmp_path) as ports:
        check_identity(settings, ports)
    return settings


@contextmanager
def opened(url: str, folder: Path) -> Generator[Ports]:
    """Give ports over a database that nobody has open afterwards."""
    store = open_store(url)
    yield replace(memory_ports(folder / "files"), store=store)
    store.engine.dispose()


def reasons(ports: Ports) -> list[HoldReason]:
    with ports.store.transaction() as tx:
        return [hold.reason for hold in tx.find(Hold, {"scope_id": SERVICE, "released_at": None})]


def back_up(settings: Settings, file: Path) -> subprocess.CompletedProcess[str]:
    """Run the command, as an operator or a timer does."""
    return subprocess.run(
        [sys.executable, "-m", "reference_app", "backup", str(file)],
        cwd=ROOT,
        env=dict(os.environ) | settings.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_backups_while_two_processes_write_are_whole_and_of_one_instant(
    settings: Settings, tmp_path: Path
) -> None:
    names = ("one", "two")
    writers = [begin_writing(settings.database, name, 100_000) for name in names]
    seen = {name: 0 for name in names}

    for number in range(5):
        for name, writer in zip(names, writers, strict=True):
            seen[name] = max(int(line_of(writer)) for _ in range(5))
        file = tmp_path / f"backup{number}.db"
        backup(settings.database, file)
        found = written(file)
        for name in names:
            assert found[name] == list(range(len(found[name])))
            assert len(found[name]) > seen[name]

    assert [writer.poll() for writer in writers] == [None, None]
    for writer in writers:
        writer.kill()
        assert end_of(writer)[2] == ""


def test_a_backup_is_one_file_for_its_owner_alone(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    backup(settings.database, folder / "a.db")

    assert [file.name for file in folder.iterdir()] == ["a.db"]
    assert (folder / "a.db").stat().st_mode & 0o777 == 0o600


def test_the_command_makes_a_copy_that_is_on_hold_and_leaves_the_service_alone(
    settings: Settings, tmp_path: Path
) -> None:
    writer = begin_writing(settings.database, "busy", 100_000)
    line_of(writer)

    done = back_up(settings, tmp_path / "backup.db")

    writer.kill()
    assert end_of(writer)[2] == ""
    assert (done.returncode, done.stderr) == (0, "")
    assert "adopt" in done.stdout
    with opened(f"sqlite:///{tmp_path / 'backup.db'}", tmp_path) as ports:
        assert reasons(ports) == [HoldReason.RESTORED]
    with opened(settings.database, tmp_path) as ports:
        assert reasons(ports) == []


def test_a_backup_that_is_put_back_at_once_is_held_though_its_count_is_not_behind(
    settings: Settings, tmp_path: Path
) -> None:
    back_up(settings, tmp_path / "backup.db")
    database = settings.data_dir / "postengine.db"
    for name in ("postengine.db-wal", "postengine.db-shm"):
        database.with_name(name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup.db", database)

    with opened(settings.database, tmp_path) as ports:
        check_identity(settings, ports)
        held = reasons(ports)
        adopt(settings, ports)
        after = reasons(ports)

    assert (held, after) == ([HoldReason.RESTORED], [])


def test_a_file_that_is_there_is_never_written_over(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "precious.db"
    file.write_text("an older backup")

    done = back_up(settings, file)

    assert done.returncode == 1
    assert "exists already" in done.stderr
    assert file.read_text() == "an older backup"


def test_what_cannot_be_copied_is_told(tmp_path: Path) -> None:
    with pytest.raises(BackupImpossible, match="pg_dump"):
        backup("postgresql://localhost/postengine", tmp_path / "to.db")
    with pytest.raises(BackupImpossible, match="there is no SQLite file"):
        backup(f"sqlite:///{tmp_path}/none.db", tmp_path / "to.db")
    with pytest.raises(BackupImpossible, match="No such file"):
        backup(f"sqlite:///{__file__}", tmp_path / "no-folder" / "to.db")
    with pytest.raises(BackupImpossible, match="exists already"):
        backup(f"sqlite:///{__file__}", Path(__file__))

    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_gives_no_backup(settings: Settings, tmp_path: Path) -> None:
    database = settings.data_dir / "postengine.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pages = bytearray(database.read_bytes())
    pages[5 * 4096 : 6 * 4096] = b"\xff" * 4096
    database.write_bytes(pages)
    folder = tmp_path / "backups"
    folder.mkdir()

    with pytest.raises(BackupImpossible, match=r"damaged|malformed"):
        backup(settings.database, folder / "to.db")

    assert list(folder.iterdir()) == []
