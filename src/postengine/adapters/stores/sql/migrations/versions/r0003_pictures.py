"""What pictures say of an agent, and what an agency requires of each post."""

from __future__ import annotations

from sqlalchemy import Column

from postengine.adapters.stores.sql.migrations.place import add_column, drop_column
from postengine.adapters.stores.sql.types import JSON_TEXT, TEXT

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the columns; what is there already requires nothing and says nothing new.

    Facts, brands and media are documents: their new fields need no column.
    """
    add_column("tenants", Column("required", JSON_TEXT))
    add_column("tenants", Column("locale", TEXT))
    for name in ("role", "licence", "photo_asset_id", "greeting"):
        add_column("agents", Column(name, TEXT))


def downgrade() -> None:
    """Remove them."""
    for name in ("greeting", "photo_asset_id", "licence", "role"):
        drop_column("agents", name)
    drop_column("tenants", "locale")
    drop_column("tenants", "required")
