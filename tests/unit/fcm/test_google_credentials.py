"""Access tokens from service accounts and from firebase_admin apps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import firebase_admin
import httpx
import pytest
from firebase_admin import credentials
from google.oauth2 import credentials as oauth2

from postengine.fcm import (
    ApplicationDefault,
    CredentialsInvalid,
    DeliveredToFcm,
    FcmClient,
    GoogleToken,
    Message,
    ServiceAccount,
    TokenServerBusy,
)
from postengine.testing.clock import FakeClock
from postengine.testing.fcm import FakeFcm

_google: Any = firebase_admin
_certificates: Any = credentials
_oauth2: Any = oauth2


class CountedCredentials:
    """google-auth's shape, with tokens in counting order that live an hour."""

    def __init__(self, *, gives_nothing: bool = False) -> None:
        self.token: str | None = None
        self.expiry: datetime | None = None
        self.refreshed = 0
        self._gives_nothing = gives_nothing

    def refresh(self, _request: object) -> None:
        self.refreshed += 1
        self.token = None if self._gives_nothing else f"token-{self.refreshed}"
        self.expiry = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=1)


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.MockTransport(lambda _request: httpx.Response(500))) as client:
        yield client


def delete(app: object) -> None:
    _google.delete_app(app)


def test_a_token_is_kept_until_some_minutes_before_its_end(http: httpx.Client) -> None:
    clock, source = FakeClock(), CountedCredentials()
    tokens = GoogleToken(source)

    first = tokens.access_token(http, clock)
    clock.advance(timedelta(minutes=55))
    kept = tokens.access_token(http, clock)
    clock.advance(timedelta(minutes=2))
    renewed = tokens.access_token(http, clock)

    assert (first, kept, renewed) == ("token-1", "token-1", "token-2")


def test_a_token_that_another_thread_has_renewed_is_not_renewed_again(http: httpx.Client) -> None:
    clock, source = FakeClock(), CountedCredentials()
    tokens = GoogleToken(source)
    old = tokens.access_token(http, clock)
    new = tokens.access_token(http, clock, refused=old)

    late = tokens.access_token(http, clock, refused=old)

    assert (old, new, late) == ("token-1", "token-2", "token-2")
    assert source.refreshed == 2


def test_credentials_without_a_token_are_said_to_be_wrong(http: httpx.Client) -> None:
    tokens = GoogleToken(CountedCredentials(gives_nothing=True))

    with pytest.raises(CredentialsInvalid, match="no access token"):
        tokens.access_token(http, FakeClock())


def test_the_failure_of_one_is_that_of_all_who_come_within_seconds(http: httpx.Client) -> None:
    clock, source = FakeClock(), CountedCredentials(gives_nothing=True)
    tokens = GoogleToken(source)

    for _ in range(3):
        with pytest.raises(CredentialsInvalid):
            tokens.access_token(http, clock)
    clock.advance(timedelta(seconds=5))
    with pytest.raises(CredentialsInvalid):
        tokens.access_token(http, clock)

    assert source.refreshed == 2


def test_a_token_is_at_hand_only_after_it_was_fetched(http: httpx.Client) -> None:
    clock, tokens = FakeClock(), GoogleToken(CountedCredentials())

    before = tokens.token_at_hand(clock)
    token = tokens.access_token(http, clock)

    assert (before, tokens.token_at_hand(clock)) == (None, token)
    assert tokens.token_at_hand(clock, refused=token) is None


def test_a_token_server_out_of_reach_is_retryable() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    tokens = ServiceAccount(FakeFcm().service_account())

    with (
        httpx.Client(transport=httpx.MockTransport(refuse)) as http,
        pytest.raises(TokenServerBusy, match="ConnectError") as caught,
    ):
        tokens.access_token(http, FakeClock())

    assert caught.value.retryable


def test_a_key_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "key.json"
    path.write_text(json.dumps(FakeFcm(project_id="agency").service_account()))

    account = ServiceAccount.from_file(path)

    assert account.project_id == "agency"
    assert repr(account) == "ServiceAccount()"


@pytest.mark.parametrize("content", [None, "not json", "[]", "{}", '{"private_key": "s3cret"}'])
def test_what_is_no_key_file_is_said_without_its_content(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "key.json"
    if content is not None:
        path.write_text(content)

    with pytest.raises(CredentialsInvalid) as caught:
        ServiceAccount.from_file(path)

    assert "s3cret" not in str(caught.value)


def test_the_machine_has_default_credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeFcm(project_id="agency", accepts_unknown=True)
    path = tmp_path / "key.json"
    path.write_text(json.dumps(fake.service_account()))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    for name in ("GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT"):
        monkeypatch.delenv(name, raising=False)

    with fake.http() as http:
        outcome = FcmClient(ApplicationDefault(), base_url=fake.url, http=http).send(Message(fid="f"))

    assert isinstance(outcome, DeliveredToFcm)
    assert repr(ApplicationDefault()) == "ApplicationDefault()"


def test_a_machine_without_default_credentials_says_what_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "absent.json"))

    with pytest.raises(CredentialsInvalid, match="set GOOGLE_APPLICATION_CREDENTIALS"):
        ApplicationDefault()


def test_a_firebase_admin_app_lends_its_credentials_and_its_project() -> None:
    fake = FakeFcm(project_id="agency", accepts_unknown=True)
    app = _google.initialize_app(_certificates.Certificate(fake.service_account()), name="lends")

    with fake.http() as http:
        outcome = FcmClient.from_app(app, base_url=fake.url, http=http).send(Message(fid="f"))
    delete(app)

    assert isinstance(outcome, DeliveredToFcm)
    assert fake.delivered["f"] == [{"fid": "f"}]


def test_a_firebase_admin_app_with_a_ready_token_asks_no_token_server() -> None:
    fake = FakeFcm(accepts_unknown=True)
    fake.accept_token("ready")
    source = _oauth2.Credentials(token="ready")
    app = _google.initialize_app(source, {"projectId": fake.project_id}, name="ready")

    with fake.http() as http:
        outcome = FcmClient.from_app(app, base_url=fake.url, http=http).send(Message(fid="f"))
    delete(app)

    assert isinstance(outcome, DeliveredToFcm)


def test_a_firebase_admin_app_without_a_project_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    app = _google.initialize_app(_oauth2.Credentials(token="t"), name="nowhere")

    with pytest.raises(CredentialsInvalid, match="projectId"):
        FcmClient.from_app(app)
    delete(app)
