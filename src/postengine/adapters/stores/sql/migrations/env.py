"""Alembic executes this file for each command; `migrate.py` gives it the `Place`."""

from __future__ import annotations

from typing import cast

from alembic import context

from postengine.adapters.stores.sql.migrations.place import Place

place = cast("Place", context.config.attributes["place"])
context.configure(
    connection=place.connection,
    dialect_name=place.dialect_name,
    literal_binds=place.connection is None,
    transactional_ddl=True,
    version_table=place.version_table,
    version_table_schema=place.schema,
    place=place,
)
with context.begin_transaction():
    context.run_migrations()
