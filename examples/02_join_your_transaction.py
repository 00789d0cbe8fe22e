"""Plan a post inside your own transaction: your row and the post are both there, or neither is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, text

import postengine
from postengine.adapters.stores.sql import SqlStore, make_engine, migrate
from postengine.engine.posts.post import Post
from postengine.testing.engine import memory_ports


def main() -> None:
    """Commit once and roll back once."""
    with TemporaryDirectory() as folder:
        database = make_engine(f"sqlite:///{folder}/agency.db")
        migrate(database, prefix="pe_")  # our tables beside yours, under a prefix
        ports = replace(memory_ports(Path(folder)), store=SqlStore(database, prefix="pe_"))
        new = _new_post(ports)
        with database.begin() as connection:
            connection.execute(text("CREATE TABLE viewings (place TEXT)"))
            _add_viewing(connection, ports, new)
        _count("committed", database, ports)
        with database.connect() as connection:
            _add_viewing(connection, ports, new)
            connection.rollback()
        _count("rolled back", database, ports)
        database.dispose()


def _add_viewing(connection: Connection, ports: postengine.Ports, new: postengine.NewPost) -> None:
    connection.execute(text("INSERT INTO viewings VALUES ('Rua do Sol 7')"))
    postengine.plan_post(ports, new, connection=connection)


def _new_post(ports: postengine.Ports) -> postengine.NewPost:
    tenant = postengine.register_tenant(ports, "harbour", name="Harbour", zone="Europe/Lisbon")
    ana = postengine.register_agent(ports, tenant.id, "ana", name="Ana").id
    name = "Ana's status"
    status = postengine.register_channel(
        ports, tenant.id, "wa", kind="whatsapp_status", name=name, agent_id=ana
    )
    uses = (postengine.ChannelUse(channel_id=status.id),)
    return postengine.NewPost(
        tenant_id=tenant.id, title="Viewing", content=postengine.Content(caption="Come!"), channels=uses
    )


def _count(what: str, database: Engine, ports: postengine.Ports) -> None:
    with database.begin() as connection, ports.store.transaction(connection) as tx:
        viewings = connection.execute(text("SELECT count(*) FROM viewings")).scalar_one()
        print(f"{what}: {viewings} viewing, {tx.count(Post, {})} post")


if __name__ == "__main__":
    main()
