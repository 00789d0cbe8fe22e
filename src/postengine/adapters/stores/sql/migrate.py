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
    """Bring the store's tables to revision `to`, in one transaction; nothing is done if they are there.

    Args:
        engine: As `make_engine` gives it.
        prefix: Before each table's name, the version table's `postengine_version` too.
        schema: PostgreSQL schema, which exists.
        to: A revision; `base` removes all tables, with what is in them.
    """
    with vendor_errors(), engine.begin() as connection:
        _take_turns(connection)
        config = _config(Place(prefix, schema, connection=connection))
        run = command.downgrade if to == "base" else command.upgrade
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
    opts = {"version_table": place.version_table, "version_table_schema": schema}
    with vendor_errors(), engine.connect() as connection:
        present = MigrationContext.configure(connection, opts=opts).get_current_revision()
    return present == ScriptDirectory.from_config(_config(place)).get_current_head()


def _config(place: Place, output: io.StringIO | None = None) -> Config:
    config = Config(output_buffer=output) if output is not None else Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["place"] = place
    return config


def _take_turns(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
