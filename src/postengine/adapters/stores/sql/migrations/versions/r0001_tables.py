"""The first revision: all tables."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Double

from postengine.adapters.stores.sql.migrations.place import create_index, create_table, drop_table
from postengine.adapters.stores.sql.types import JSON_TEXT, TEXT

revision = "0001"
down_revision = None

INSTANT = DateTime(timezone=True)
TABLES = (
    "tenants",
    "accounts",
    "agents",
    "devices",
    "pairing_codes",
    "phone_events",
    "channels",
    "listings",
    "posts",
    "deliveries",
    "assets",
    "holds",
    "attempts",
    "remote_posts",
    "history",
    "uploads",
    "api_tokens",
    "marks",
    "alerts",
)


def upgrade() -> None:
    """Make all tables."""
    _tenants()
    _accounts()
    _agents()
    _devices()
    _pairing_codes()
    _phone_events()
    _channels()
    _listings()
    _posts()
    _deliveries()
    _assets()
    _holds()
    _attempts()
    _remote_posts()
    _history()
    _uploads()
    _api_tokens()
    _marks()
    _alerts()


def downgrade() -> None:
    """Remove all tables."""
    for name in TABLES:
        drop_table(name)


def _tenants() -> None:
    create_table(
        "tenants",
        Column("id", TEXT, primary_key=True),
        Column("external_id", TEXT, nullable=False),
        Column("name", TEXT, nullable=False),
        Column("zone", TEXT, nullable=False),
        Column("account_id", TEXT),
        Column("brand", JSON_TEXT, nullable=False),
        Column("posting_hours", JSON_TEXT),
        Column("legal", TEXT, nullable=False),
        Column("created_at", INSTANT, nullable=False),
    )
    create_index("tenants", "external_id_once", ["external_id"], unique=True)


def _accounts() -> None:
    create_table(
        "accounts",
        Column("id", TEXT, primary_key=True),
        Column("base_url", TEXT, nullable=False),
        Column("api_key", TEXT, nullable=False),
        Column("budget_limit", BigInteger(), nullable=False),
        Column("budget_used", BigInteger(), nullable=False),
        Column("budget_since", INSTANT),
        Column("blocked_until", INSTANT),
        Column("breaker_open_at", INSTANT),
        Column("probe_id", TEXT),
        Column("listed_at", INSTANT),
        Column("skew_s", Double(), nullable=False),
        Column("created_at", INSTANT, nullable=False),
    )


def _agents() -> None:
    create_table(
        "agents",
        Column("id", TEXT, primary_key=True),
        Column("tenant_id", TEXT, nullable=False),
        Column("external_id", TEXT, nullable=False),
        Column("name", TEXT, nullable=False),
        Column("phone", TEXT, nullable=False),
        Column("email", TEXT, nullable=False),
        Column("zone", TEXT),
        Column("waking_hours", JSON_TEXT),
        Column("created_at", INSTANT, nullable=False),
    )
    create_index("agents", "tenant_id_external_id_once", ["tenant_id", "external_id"], unique=True)


def _devices() -> None:
    create_table(
        "devices",
        Column("id", TEXT, primary_key=True),
        Column("tenant_id", TEXT, nullable=False),
        Column("agent_id", TEXT, nullable=False),
        Column("platform", TEXT, nullable=False),
        Column("model", TEXT, nullable=False),
        Column("app_version", TEXT, nullable=False),
        Column("push_kind", TEXT, nullable=False),
        Column("push_address", TEXT, nullable=False),
        Column("push_updated_at", INSTANT),
        Column("push_lost_at", INSTANT),
        Column("token_hash", TEXT, nullable=False),
        Column("last_seen_at", INSTANT),
        Column("revoked_at", INSTANT),
        Column("created_at", INSTANT, nullable=False),
    )
    create_index("devices", "agent_id", ["agent_id"])
    create_index("devices", "token_hash", ["token_hash"])


def _pairing_codes() -> None:
    create_table(
        "pairing_codes",
        Column("id", TEXT, primary_key=True),
        Column("tenant_id", TEXT, nullable=False),
        Column("agent_id", TEXT, nullable=False),
        Column("expires_at", INSTANT, nullable=False),
        Column("used_at", INSTANT),
    )
    create_index("pairing_codes", "agent_id", ["agent_id"])


def _phone_events() -> None:
    create_table(
        "phone_events",
        Column("id", TEXT, primary_key=True),
        Column("device_id", TEXT, nullable=False),
        Column("delivery_id", TEXT, nullable=False),
        Column("body_hash", TEXT, nullable=False),
        Column("status", BigInteger(), nullable=False),
        Column("answer", JSON_TEXT, nullable=False),
        Column("at", INSTANT, nullable=False),
    )
    create_index("phone_events", "delivery_id", ["delivery_id"])


def _channels() -> None:
    create_table(
        "channels",
        Column("id", TEXT, primary_key=True),
        Column("tenant_id", TEXT, nullable=False),
        Column("external_id", TEXT, nullable=False),
        Column("kind", TEXT, nullable=False),
        Column("name", TEXT, nullable=False),
        Column("mode", TEXT, nullable=False),
        Column("agent_id", TEXT),
        Column("integration_id", TEXT),
        Column("url", TEXT),
        Column("settings", JSON_TEXT, nullable=False),
        Column("grace_s", Double()),
        Column("is_shared", Boolean(), nullable=False),
        Column("created_at", INSTANT, nullable=False),
    )
    create_index("channels", "agent_id", ["agent_id"])
    create_index("channels", "tenant_id_external_id_once", ["tenant_id", "external_id"], unique=True)


def _listings() -> None:
    create_table(
        "listings",
        Column("id", TEXT, primary_key=True),
        Column("tenant_id", TEXT, nullable=False),
        Column("external_id", TEXT, nullable=False),
        Column("status", TEXT, nullable=False),
        Column("agent_id", TEXT),
        Column("facts", JSON_TEXT, nullable=False),
        Column("photo_ids", JSON_TEXT, nullable=False),
        Column("rev", BigInteger(), nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("updated_at", INSTANT, nullable=False),
    )
    create_index("listings", "tenant_id_external_id_once", ["tenant_id", "external_id"], unique=True)


def _posts() -> None:
    create_table(
        "posts",
        Column("id", TEXT, primary_key=True),
        Column("tenant_id", TEXT, nullable=False),
        Column("external_id", TEXT),
        Column("listing_id", TEXT),
        Column("agent_id", TEXT),
        Column("title", TEXT, nullable=False),
        Column("content", JSON_TEXT, nullable=False),
        Column("scheduled_at", INSTANT, nullable=False),
        Column("local_time", TEXT, nullable=False),
        Column("zone", TEXT, nullable=False),
        Column("not_after", INSTANT),
        Column("campaign", TEXT, nullable=False),
        Column("rev", BigInteger(), nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("updated_at", INSTANT, nullable=False),
    )
    create_index("posts", "listing_id", ["listing_id"])
    create_index("posts", "tenant_id_external_id_once", ["tenant_id", "external_id"], unique=True)
    create_index("posts", "tenant_id_scheduled_at", ["tenant_id", "scheduled_at"])


def _deliveries() -> None:
    create_table(
        "deliveries",
        Column("id", TEXT, primary_key=True),
        Column("tenant_id", TEXT, nullable=False),
        Column("post_id", TEXT, nullable=False),
        Column("channel_id", TEXT, nullable=False),
        Column("agent_id", TEXT),
        Column("account_id", TEXT),
        Column("listing_id", TEXT),
        Column("mode", TEXT, nullable=False),
        Column("state", TEXT, nullable=False),
        Column("next_step", TEXT),
        Column("act_at", INSTANT),
        Column("fence", BigInteger(), nullable=False),
        Column("lease_until", INSTANT),
        Column("lease_owner", TEXT),
        Column("taken", Boolean(), nullable=False),
        Column("crashes", BigInteger(), nullable=False),
        Column("not_before", INSTANT),
        Column("tries", BigInteger(), nullable=False),
        Column("overrides", JSON_TEXT, nullable=False),
        Column("asset_ids", JSON_TEXT, nullable=False),
        Column("is_media_ready", Boolean(), nullable=False),
        Column("due_at", INSTANT, nullable=False),
        Column("miss_at", INSTANT, nullable=False),
        Column("rev", BigInteger(), nullable=False),
        Column("occurrence", BigInteger(), nullable=False),
        Column("ref", TEXT, nullable=False),
        Column("remote_id", TEXT),
        Column("absent_at", INSTANT),
        Column("recall", TEXT),
        Column("recall_is_decided", Boolean(), nullable=False),
        Column("reminders", BigInteger(), nullable=False),
        Column("snoozes", BigInteger(), nullable=False),
        Column("rang_at", INSTANT),
        Column("received_at", INSTANT),
        Column("snoozed_until", INSTANT),
        Column("promoted_at", INSTANT),
        Column("sent_at", INSTANT),
        Column("confirmed_at", INSTANT),
        Column("release_url", TEXT),
        Column("reason", TEXT),
        Column("created_at", INSTANT, nullable=False),
        Column("updated_at", INSTANT, nullable=False),
    )
    create_index("deliveries", "account_id_next_step", ["account_id", "next_step"])
    create_index("deliveries", "agent_id_state", ["agent_id", "state"])
    create_index("deliveries", "channel_id", ["channel_id"])
    create_index("deliveries", "due", ["act_at"], where="next_step IS NOT NULL")
    create_index("deliveries", "leased", ["lease_until"], where="lease_until IS NOT NULL")
    create_index("deliveries", "listing_id", ["listing_id"])
    create_index("deliveries", "post_id_channel_id_once", ["post_id", "channel_id"], unique=True)
    create_index("deliveries", "ref", ["ref"])
    create_index("deliveries", "tenant_id_state", ["tenant_id", "state"])


def _assets() -> None:
    create_table(
        "assets",
        Column("id", TEXT, primary_key=True),
        Column("tenant_id", TEXT, nullable=False),
        Column("state", TEXT, nullable=False),
        Column("next_step", TEXT),
        Column("act_at", INSTANT),
        Column("fence", BigInteger(), nullable=False),
        Column("lease_until", INSTANT),
        Column("lease_owner", TEXT),
        Column("taken", Boolean(), nullable=False),
        Column("crashes", BigInteger(), nullable=False),
        Column("not_before", INSTANT),
        Column("tries", BigInteger(), nullable=False),
        Column("inputs_hash", TEXT, nullable=False),
        Column("spec", JSON_TEXT, nullable=False),
        Column("photo_ids", JSON_TEXT, nullable=False),
        Column("needed_at", INSTANT, nullable=False),
        Column("sha256", TEXT),
        Column("mime", TEXT),
        Column("size_bytes", BigInteger()),
        Column("width_px", BigInteger()),
        Column("height_px", BigInteger()),
        Column("duration_s", Double()),
        Column("filename", TEXT, nullable=False),
        Column("reason", TEXT),
        Column("created_at", INSTANT, nullable=False),
        Column("updated_at", INSTANT, nullable=False),
    )
    create_index("assets", "due", ["act_at"], where="next_step IS NOT NULL")
    create_index("assets", "leased", ["lease_until"], where="lease_until IS NOT NULL")
    create_index("assets", "tenant_id_inputs_hash_once", ["tenant_id", "inputs_hash"], unique=True)


def _holds() -> None:
    create_table(
        "holds",
        Column("id", TEXT, primary_key=True),
        Column("tenant_id", TEXT),
        Column("scope", TEXT, nullable=False),
        Column("scope_id", TEXT, nullable=False),
        Column("reason", TEXT, nullable=False),
        Column("note", TEXT, nullable=False),
        Column("placed_by", TEXT, nullable=False),
        Column("from_at", INSTANT, nullable=False),
        Column("until_at", INSTANT),
        Column("is_applied", Boolean(), nullable=False),
        Column("released_at", INSTANT),
        Column("created_at", INSTANT, nullable=False),
    )
    create_index("holds", "released_at_is_applied", ["released_at", "is_applied"])
    create_index("holds", "scope_id", ["scope_id"])


def _attempts() -> None:
    create_table(
        "attempts",
        Column("id", TEXT, primary_key=True),
        Column("delivery_id", TEXT, nullable=False),
        Column("tenant_id", TEXT, nullable=False),
        Column("account_id", TEXT),
        Column("step", TEXT, nullable=False),
        Column("verb", TEXT, nullable=False),
        Column("fence", BigInteger(), nullable=False),
        Column("rev", BigInteger(), nullable=False),
        Column("occurrence", BigInteger(), nullable=False),
        Column("remote_id", TEXT),
        Column("outcome", TEXT),
        Column("detail", TEXT, nullable=False),
        Column("opened_at", INSTANT, nullable=False),
        Column("closed_at", INSTANT),
    )
    create_index("attempts", "delivery_id", ["delivery_id"])
    create_index("attempts", "remote_id", ["remote_id"])
    create_index(
        "attempts",
        "remote_id_once",
        ["remote_id"],
        where="verb = 'promote' AND (outcome IS NULL OR outcome != 'unsent')",
        unique=True,
    )


def _remote_posts() -> None:
    create_table(
        "remote_posts",
        Column("id", TEXT, primary_key=True),
        Column("account_id", TEXT, nullable=False),
        Column("delivery_id", TEXT, nullable=False),
        Column("occurrence", BigInteger(), nullable=False),
        Column("rev", BigInteger(), nullable=False),
        Column("publish_at", INSTANT, nullable=False),
        Column("is_dead", Boolean(), nullable=False),
        Column("asked_at", INSTANT),
        Column("gone_at", INSTANT),
        Column("was_queued_late", Boolean(), nullable=False),
        Column("made_at", INSTANT, nullable=False),
    )
    create_index("remote_posts", "account_id", ["account_id"])
    create_index("remote_posts", "delivery_id", ["delivery_id"])


def _history() -> None:
    create_table(
        "history",
        Column("id", TEXT, primary_key=True),
        Column("tenant_id", TEXT),
        Column("subject", TEXT, nullable=False),
        Column("subject_id", TEXT, nullable=False),
        Column("at", INSTANT, nullable=False),
        Column("by", TEXT, nullable=False),
        Column("from_state", TEXT, nullable=False),
        Column("to_state", TEXT, nullable=False),
        Column("why", TEXT, nullable=False),
        Column("detail", JSON_TEXT, nullable=False),
    )
    create_index("history", "subject_id", ["subject_id"])
    create_index("history", "tenant_id_at", ["tenant_id", "at"])


def _uploads() -> None:
    create_table(
        "uploads",
        Column("id", TEXT, primary_key=True),
        Column("account_id", TEXT, nullable=False),
        Column("sha256", TEXT, nullable=False),
        Column("media_id", TEXT, nullable=False),
        Column("url", TEXT, nullable=False),
        Column("at", INSTANT, nullable=False),
    )


def _api_tokens() -> None:
    create_table(
        "api_tokens",
        Column("id", TEXT, primary_key=True),
        Column("name", TEXT, nullable=False),
        Column("token_hash", TEXT, nullable=False),
        Column("tenant_id", TEXT),
        Column("created_at", INSTANT, nullable=False),
        Column("revoked_at", INSTANT),
    )
    create_index("api_tokens", "token_hash", ["token_hash"])


def _marks() -> None:
    create_table(
        "marks",
        Column("id", TEXT, primary_key=True),
        Column("value", TEXT, nullable=False),
        Column("at", INSTANT, nullable=False),
    )


def _alerts() -> None:
    create_table(
        "alerts",
        Column("id", TEXT, primary_key=True),
        Column("tenant_id", TEXT),
        Column("code", TEXT, nullable=False),
        Column("subject", TEXT, nullable=False),
        Column("subject_id", TEXT, nullable=False),
        Column("message", TEXT, nullable=False),
        Column("at", INSTANT, nullable=False),
        Column("cleared_at", INSTANT),
    )
    create_index("alerts", "subject_id", ["subject_id"])
