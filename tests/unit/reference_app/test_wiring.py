"""Wiring: which adapter stands behind each port."""

from __future__ import annotations

import json
from datetime import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pydantic import SecretStr, ValidationError

from postengine.adapters.notifiers.by_kind import NotifierByKind
from postengine.adapters.notifiers.fcm import NoPush
from postengine.adapters.postiz import PostizPublisher
from postengine.adapters.stores.sql import is_current, migrate
from postengine.engine.commands.register import register_tenant
from postengine.engine.posts.agent import PushKind
from reference_app.__main__ import main
from reference_app.sabotage import PromotesTwice
from reference_app.settings import Settings
from reference_app.tokens import read_token
from reference_app.wiring import build_ports, vapid_keys, wire


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

    assert isinstance(ports.notifier, NotifierByKind)
    assert ports.notifier.kinds == {PushKind.FCM}


@pytest.mark.parametrize(
    "chosen",
    [{"vapid_subject": "mailto:push@harbour-homes.pt"}, {"public_url": "https://posts.harbour-homes.pt"}],
)
def test_a_subject_rings_browsers_with_keys_made_once(tmp_path: Path, chosen: dict[str, str]) -> None:
    settings = Settings.model_validate({"data_dir": tmp_path / "data", **chosen})

    ports = build_ports(settings)

    assert isinstance(ports.notifier, NotifierByKind)
    assert ports.notifier.kinds == {PushKind.WEBPUSH}
    first, second = vapid_keys(settings), vapid_keys(settings)
    assert first is not None
    assert second is not None
    assert first.public_key == second.public_key
    assert (tmp_path / "data" / "vapid.pem").exists()


def test_without_a_subject_no_browser_is_rung(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", public_url="https://posts.example.com")

    assert isinstance(build_ports(settings).notifier, NoPush)
    assert vapid_keys(settings) is None
    assert not (tmp_path / "data" / "vapid.pem").exists()


def test_a_subject_that_reaches_nobody_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="mailto:push@YOUR-DOMAIN"):
        Settings(data_dir=tmp_path, vapid_subject="mailto:push@localhost")


def test_without_settings_nobody_is_written_to(tmp_path: Path) -> None:
    ports = build_ports(Settings(data_dir=tmp_path))

    assert ports.messengers == ()
    assert ports.morning_at is None


def test_a_mail_server_and_a_webhook_tell_agents_whom_no_push_reaches(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path,
        smtp_host="mail.harbour-homes.pt",
        smtp_username="posts",
        smtp_password=SecretStr("s3cret"),
        mail_sender="posts@harbour-homes.pt",
        message_webhook_url="https://sms.harbour-homes.pt/hook",
        message_webhook_secret=SecretStr("0123456789abcdef"),
        morning_summary_at=time(7, 30),
    )

    ports = build_ports(settings)

    assert [messenger.way for messenger in ports.messengers] == ["e-mail", "message"]
    assert ports.morning_at == time(7, 30)
    assert "s3cret" not in repr(settings)


def test_a_way_to_tell_agents_that_lacks_a_part_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="set POSTENGINE_MAIL_SENDER"):
        Settings(data_dir=tmp_path, smtp_host="mail.harbour-homes.pt")
    with pytest.raises(ValidationError, match="set POSTENGINE_MESSAGE_WEBHOOK_SECRET"):
        Settings(data_dir=tmp_path, message_webhook_url="https://sms.harbour-homes.pt/hook")


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
