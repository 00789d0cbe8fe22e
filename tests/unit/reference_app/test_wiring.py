"""Wiring: which adapter stands behind each port."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from postengine.adapters.notifiers.fcm import FcmNotifier, NoPush
from postengine.adapters.postiz import PostizPublisher
from postengine.adapters.stores.sql import is_current, migrate
from postengine.engine.commands.register import register_tenant
from reference_app.__main__ import main
from reference_app.sabotage import PromotesTwice
from reference_app.settings import Settings
from reference_app.tokens import read_token
from reference_app.wiring import build_ports, wire


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """A service account's key file, with a key of its own."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    info = {
        "type": "service_account",
        "project_id": "harbour",
        "private_key": pem.decode(),
        "client_email": "push@harbour.test",
        "token_uri": "https://token.test",
    }
    file = tmp_path / "key.json"
    file.write_text(json.dumps(info), encoding="utf-8")
    return file


def test_nothing_is_connected_while_it_is_wired(tmp_path: Path) -> None:
    ports = build_ports(Settings(data_dir=tmp_path / "data", redis_url="redis://127.0.0.1:1/0"))

    assert isinstance(ports.publisher, PostizPublisher)
    assert isinstance(ports.notifier, NoPush)
    assert ports.agent_link == "http://127.0.0.1:8000/agent/?task={id}"
    assert not (tmp_path / "data" / "postengine.db").exists()


def test_a_key_file_rings_phones_through_fcm(tmp_path: Path, key_file: Path) -> None:
    ports = build_ports(Settings(data_dir=tmp_path, fcm_service_account_file=key_file))

    assert isinstance(ports.notifier, FcmNotifier)


def test_sabotage_stands_before_the_publisher(tmp_path: Path) -> None:
    ports = build_ports(Settings(data_dir=tmp_path, sabotage="promote-twice"))

    assert isinstance(ports.publisher, PromotesTwice)


def test_the_command_line_migrates_and_makes_tokens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POSTENGINE_DATA_DIR", str(tmp_path / "data"))
    main(["migrate"])
    wired = wire(Settings())
    register_tenant(wired.ports, "harbour", name="Harbour", zone="Europe/Lisbon")

    statuses = [main(["token"]), main(["token", "--tenant", "harbour"]), main(["token", "--tenant", "x"])]

    assert is_current(wired.store.engine)
    assert statuses == [0, 0, 1]
    operator, agency = capsys.readouterr().out.split()
    found = [read_token(wired.ports, token) for token in (operator, agency)]
    assert [access is not None and access.is_operator for access in found] == [True, False]
    wired.store.engine.dispose()


def test_a_migrated_store_is_migrated_again_without_harm(tmp_path: Path) -> None:
    wired = wire(Settings(data_dir=tmp_path))

    migrate(wired.store.engine)
    migrate(wired.store.engine)

    assert is_current(wired.store.engine)
    wired.store.engine.dispose()


@pytest.mark.usefixtures("signals")
def test_a_database_that_cannot_be_reached_is_told_and_leaves_the_folder_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POSTENGINE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("POSTENGINE_DATABASE_URL", f"sqlite:///{tmp_path}/no/such/folder/x.db")

    statuses = [main(["run"]), main([])]

    assert statuses == [1, 1]
    assert capsys.readouterr().err.count("not available just now") == 2
