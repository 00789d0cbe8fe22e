"""Who was rung for a task, whose it was before, and the watch over each agent's phones."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, DateTime

from postengine.adapters.stores.sql.migrations.place import (
    add_column,
    create_index,
    create_table,
    drop_column,
    drop_index,
    drop_table,
    table_name,
)
from postengine.adapters.stores.sql.types import JSON_TEXT, TEXT

revision = "0004"
down_revision = "0003"

INSTANT = DateTime(timezone=True)
_LISTS = ("rung_ids", "closing_ids", "former_agent_ids")
_INSTANTS = ("passed_at", "message_at", "messaged_at")


def upgrade() -> None:
    """Make the table and the columns; each agent who has a phone gets a watch that begins at once."""
    create_table(
        "watches",
        Column("id", TEXT, primary_key=True),
        Column("tenant_id", TEXT, nullable=False),
        Column("next_step", TEXT),
        Column("act_at", INSTANT),
        Column("fence", BigInteger(), nullable=False),
        Column("lease_until", INSTANT),
        Column("lease_owner", TEXT),
        Column("taken", Boolean(), nullable=False),
        Column("crashes", BigInteger(), nullable=False),
        Column("told_on", TEXT),
        Column("created_at", INSTANT, nullable=False),
        Column("updated_at", INSTANT, nullable=False),
    )
    create_index("watches", "due", ["act_at"], where="next_step IS NOT NULL")
    create_index("watches", "leased", ["lease_until"], where="lease_until IS NOT NULL")
    create_index("phone_events", "device_id_at", ["device_id", "at"])
    op.execute(
        f"INSERT INTO {table_name('watches')}"  # noqa: S608 - the names are ours
        " (id, tenant_id, next_step, act_at, fence, taken, crashes, created_at, updated_at)"
        " SELECT id, tenant_id, 'watch', created_at, 0, false, 0, created_at, created_at"
        f" FROM {table_name('agents')} AS agent"
        f" WHERE EXISTS (SELECT 1 FROM {table_name('devices')} AS device WHERE device.agent_id = agent.id)"
    )
    add_column("deliveries", Column("first_agent_id", TEXT))
    for name in _LISTS:
        add_column("deliveries", Column(name, JSON_TEXT))
    for name in _INSTANTS:
        add_column("deliveries", Column(name, INSTANT))


def downgrade() -> None:
    """Remove them."""
    for name in (*_INSTANTS, *_LISTS, "first_agent_id"):
        drop_column("deliveries", name)
    drop_index("phone_events", "device_id_at")
    drop_table("watches")
