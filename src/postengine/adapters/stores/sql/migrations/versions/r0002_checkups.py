"""Checkups of accounts, one look at a time, and what a listing last showed of a delivery."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, DateTime

from postengine.adapters.stores.sql.migrations.place import (
    add_column,
    create_index,
    create_table,
    drop_column,
    drop_table,
    table_name,
)
from postengine.adapters.stores.sql.types import JSON_TEXT, TEXT

revision = "0002"
down_revision = "0001"

INSTANT = DateTime(timezone=True)


def upgrade() -> None:
    """Make the table and the columns; each account that is there gets its checkup."""
    create_table(
        "checkups",
        Column("id", TEXT, primary_key=True),
        Column("tenant_id", TEXT, nullable=False),
        Column("next_step", TEXT),
        Column("act_at", INSTANT),
        Column("fence", BigInteger(), nullable=False),
        Column("lease_until", INSTANT),
        Column("lease_owner", TEXT),
        Column("taken", Boolean(), nullable=False),
        Column("crashes", BigInteger(), nullable=False),
        Column("not_before", INSTANT),
        Column("tries", BigInteger(), nullable=False),
        Column("read_until", INSTANT),
        Column("fingerprints", JSON_TEXT, nullable=False),
        Column("broken", JSON_TEXT, nullable=False),
        Column("absent", JSON_TEXT, nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("updated_at", INSTANT, nullable=False),
    )
    create_index("checkups", "due", ["act_at"], where="next_step IS NOT NULL")
    create_index("checkups", "leased", ["lease_until"], where="lease_until IS NOT NULL")
    op.execute(
        f"INSERT INTO {table_name('checkups')}"  # noqa: S608 - the names are ours
        " (id, tenant_id, fence, taken, crashes, tries, fingerprints, broken, absent, created_at, updated_at)"
        " SELECT id, id, 0, false, 0, 0, '{}', '[]', '[]', created_at, created_at"
        f" FROM {table_name('accounts')}"
    )
    add_column("accounts", Column("looker_id", TEXT))
    add_column("accounts", Column("looking_until", INSTANT))
    add_column("deliveries", Column("seen_state", TEXT))
    add_column("deliveries", Column("seen_at", INSTANT))


def downgrade() -> None:
    """Remove them."""
    for table, column in (
        ("deliveries", "seen_at"),
        ("deliveries", "seen_state"),
        ("accounts", "looking_until"),
        ("accounts", "looker_id"),
    ):
        drop_column(table, column)
    drop_table("checkups")
