"""The command line: `python -m reference_app [run | migrate | token | adopt | restored | backup FILE]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from postengine.adapters.stores.sql import make_engine, migrate
from postengine.engine.posts.tenant import Tenant
from postengine.errors import PostEngineError

from .backup import make_backup
from .ending import Ending
from .identity import adopt, say_restored
from .logs import set_up_logs
from .settings import Settings
from .supervisor import Supervisor
from .tokens import issue_token
from .wiring import build_ports


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit status."""
    options = _parser().parse_args(arguments)
    settings = Settings()
    set_up_logs(settings.log_level)
    match options.command:
        case "migrate":
            return _migrate(settings)
        case "adopt":
            return _adopt(settings)
        case "restored":
            return _restored(settings)
        case "backup":
            return _backup(settings, options.file)
        case "token":
            return _token(settings, options.name, options.tenant)
        case _:
            return _run(settings)


def _run(settings: Settings) -> int:
    ending = Ending()
    supervisor = Supervisor(settings)
    try:
        token = supervisor.start()
    except (RuntimeError, PostEngineError) as error:
        print(error, file=sys.stderr)
        return 1
    if token is not None:
        print(f"\nThe operator's token, shown this once:\n\n    {token}\n")
    print(f"Dashboard: {supervisor.url}/    Ctrl-C drains and stops.", flush=True)
    ending.wait()
    print("Draining …", flush=True)
    supervisor.stop()
    return 0


def _migrate(settings: Settings) -> int:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.database)
    migrate(engine)
    engine.dispose()
    return 0


def _adopt(settings: Settings) -> int:
    adopt(settings, build_ports(settings))
    print("The database is this installation's now. What has passed meanwhile is on the dashboard.")
    return 0


def _restored(settings: Settings) -> int:
    say_restored(build_ports(settings))
    print("Nothing is sent until you run: python -m reference_app adopt")
    return 0


def _backup(settings: Settings, file: Path) -> int:
    try:
        make_backup(settings, file)
    except PostEngineError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{file}: started anywhere, it sends nothing until you run: python -m reference_app adopt")
    return 0


def _token(settings: Settings, name: str, tenant: str | None) -> int:
    ports = build_ports(settings)
    tenant_id = None
    if tenant is not None:
        with ports.store.transaction() as tx:
            found = tx.find(Tenant, {"external_id": tenant}, limit=1)
        if not found:
            print(f"there is no tenant {tenant!r}; create it first", file=sys.stderr)
            return 1
        tenant_id = found[0].id
    _, token = issue_token(ports, name, tenant_id=tenant_id)
    print(token)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reference_app", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("run", help="run the whole service (what happens without a command, too)")
    commands.add_parser("migrate", help="bring the database's tables up to date")
    commands.add_parser("adopt", help="make a copied or restored database this installation's own")
    commands.add_parser("restored", help="hold everything, since the database was restored from a backup")
    copy = commands.add_parser("backup", help="copy the SQLite database to a new file at any time")
    copy.add_argument("file", type=Path, help="where to; nothing is there yet")
    token = commands.add_parser("token", help="make a bearer token and print it")
    token.add_argument("--name", default="operator", help="who uses it")
    token.add_argument("--tenant", help="external id of the one tenant that it is for")
    return parser


if __name__ == "__main__":
    sys.exit(main())
