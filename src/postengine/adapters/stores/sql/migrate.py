"""The schema's migrations, run from the package; also as DDL for whoever runs it themselves."""

from __future__ import annotations

import io
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, select

from .migrations.place import Place
from .vendor import vendor_errors

_LOCK = 0x706F7374
"""Key of the advisory lock under which PostgreSQL migrates: two processes that start together take turns."""


def migrate(engine: Engine, *, prefix: str = "", schema: str | None = None, to: str = "head") -> None:
    """Bring the store's tables to revision `to`, up or down, in one transaction; there already, do nothing.

    Args:
        engine: As `make_engine` gives it.
        prefix: Before each table's name, the version table's `postengine_version` too.
        schema: PostgreSQL schema, which exists.
        to: A revision; an older one removes what came after it, `base` all tables, with what is in them.
    """
    with vendor_errors(), engine.begin() as connection:
        _take_turns(connection)
        place = Place(prefix, schema, connection=connection)
        config = _config(place)
        run = command.downgrade if to in _behind(connection, place, config) else command.upgrade
        run(config, to)


def ddl(dialect_name: str, *, prefix: str = "", schema: str | None = None) -> str:
    """Return all migrations as SQL for `sqlite` or `postgresql`."""
    script = io.StringIO()
    config = _config(Place(prefix, schema, dialect_name=dialect_name), script)
    command.upgrade(config, "head", sql=True)
    return script.getvalue()


def is_current(engine: Engine, *, prefix: str = "", schema: str | None = None) -> bool:
    """Whether the database is at the newest revision that this package has."""
    place = Place(prefix, schema)
    with vendor_errors(), engine.connect() as connection:
        present = _present(connection, place)
    return present == ScriptDirectory.from_config(_config(place)).get_current_head()


def _present(connection: Connection, place: Place) -> str | None:
    """Return the revision that the tables are at, or None if there are none."""
    opts = {"version_table": place.version_table, "version_table_schema": place.schema}
    return MigrationContext.configure(connection, opts=opts).get_current_revision()


def _behind(connection: Connection, place: Place, config: Config) -> set[str]:
    """Return what is a step down from here."""
    present = _present(connection, place)
    script = ScriptDirectory.from_config(config)
    older = [] if present is None else list(script.iterate_revisions(present, "base"))
    return {"base", *(revision.revision for revision in older if revision.revision != present)}


def _config(place: Place, output: io.StringIO | None = None) -> Config:
    config = Config(output_buffer=output) if output is not None else Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["place"] = place
    return config


def _take_turns(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
