"""Trouble in the service: in the API, in the metrics, and told by whichever process is still there."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from postengine.engine.commands.hold import place_hold
from postengine.engine.ports import Sent
from postengine.engine.posts.record import Mark
from postengine.engine.posts.states import HoldReason, HoldScope
from postengine.engine.trouble.telling import LOOK_EVERY, Notice
from postengine.engine.trouble.value import TroubleCode
from postengine.testing.smtp import FakeSmtp
from reference_app.cron import Cron
from reference_app.settings import Settings
from reference_app.watchman import Watchman
from reference_app.wiring import alerters
from tests.unit.engine.world import World

from .conftest import Api, Breakable

MINUTE = timedelta(minutes=1)


@pytest.fixture
def missed(world: World) -> str:
    """The id of a delivery that was missed."""
    post = world.plan(after=MINUTE)
    world.clock.advance(timedelta(days=1))
    world.run()
    return world.delivery(post).id


def _codes(api: Api, **query: str) -> list[str]:
    return [one["code"] for one in api.get("/trouble", **query).get_json()["items"]]


def test_trouble_is_listed_with_its_evidence_and_remedy(api: Api, missed: str) -> None:
    answer = api.get("/trouble")

    (one,) = answer.get_json()["items"]
    assert answer.status_code == 200
    assert (one["code"], one["gravity"], one["subject_id"]) == ("missed", "serious", missed)
    assert one["key"] == f"missed:{missed}"
    assert "3 Bedroom Apartment" in one["evidence"][0]
    assert one["remedy"]
    assert one["since"]


@pytest.mark.usefixtures("missed")
def test_a_tenant_sees_its_own_trouble_and_the_operator_all(
    api: Api, agency: Api, rival: Api, world: World
) -> None:
    place_hold(world.ports, HoldScope.SERVICE, reason=HoldReason.RESTORED)

    assert _codes(api) == ["restored", "missed"]
    assert _codes(api, tenant="harbour") == _codes(agency) == ["missed"]
    assert _codes(rival) == []
    assert _codes(api, code="restored") == ["restored"]
    assert agency.get("/trouble", tenant="rival").status_code == 422


@pytest.mark.usefixtures("missed")
def test_trouble_is_over_when_its_alert_is_cleared(api: Api, missed: str) -> None:
    api.post(f"/alerts/missed:{missed}/clear", {})

    assert _codes(api) == []


@pytest.mark.usefixtures("missed")
def test_metrics_count_every_code(api: Api) -> None:
    text = api.client.get("/metrics", headers={"Authorization": f"Bearer {api.token}"}).get_data(as_text=True)

    assert 'postengine_trouble{code="missed"} 1.0' in text
    for code in TroubleCode:
        assert f'postengine_trouble{{code="{code}"}}' in text


@dataclass
class Bell:
    """A way that keeps what it is told."""

    way: str = "webhook"
    told: list[Notice] = field(default_factory=list[Notice])
    answer: Sent = field(default_factory=Sent)

    def tell(self, notice: Notice) -> Sent:
        self.told.append(notice)
        return self.answer

    @property
    def codes(self) -> list[str]:
        return [one.code for notice in self.told for one in notice.troubles]


def _cron(world: World, tmp_path: Path) -> Cron:
    return Cron(world.ports, Settings(data_dir=tmp_path / "data"))


def test_a_dead_cron_is_told_by_another_process_and_a_new_one_ends_it(world: World, tmp_path: Path) -> None:
    bell = Bell()
    web, worker = Watchman(world.ports, [bell]), Watchman(world.ports, [bell])
    _cron(world, tmp_path).look()
    web.look()
    world.clock.advance(2 * MINUTE)
    for watchman in (worker, web, worker):
        watchman.look()
        world.clock.advance(LOOK_EVERY)

    _cron(world, tmp_path).look()
    web.look()
    once = list(bell.codes)
    world.clock.advance(3 * MINUTE)
    web.look()

    assert once == ["cron_silent"]
    assert bell.codes == ["cron_silent", "cron_silent"]


def test_a_cron_that_was_never_started_is_told(world: World) -> None:
    bell = Bell()
    web = Watchman(world.ports, [bell])
    web.look()
    world.clock.advance(2 * MINUTE)

    web.look()

    assert bell.codes == ["cron_silent"]


@pytest.mark.usefixtures("missed")
def test_a_way_that_does_not_take_it_is_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        Watchman(world.ports, [Bell(answer=Sent(problem="busy", retry_after=MINUTE))]).look()

    assert "trouble could not be told" in caplog.text


@pytest.mark.usefixtures("missed")
def test_the_watchman_goes_on_after_an_error(
    world: World, store: Breakable, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = threading.Event()
    logged = threading.Event()
    store.error = RuntimeError("away")

    class Hearing(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.getMessage() == "trouble was not looked for":
                store.error = None
                logged.set()

    class Ringing(Bell):
        def tell(self, notice: Notice) -> Sent:
            told.set()
            return super().tell(notice)

    monkeypatch.setattr("reference_app.watchman.LOOK_EVERY", timedelta(milliseconds=5))
    logger = logging.getLogger("reference_app.watchman")
    handler = Hearing()
    logger.addHandler(handler)
    ports = replace(world.ports, store=store)  # type: ignore[arg-type] # it stands before one
    watchman = Watchman(ports, [Ringing()])
    try:
        watchman.start()
        assert logged.wait(10)
        assert told.wait(10)
    finally:
        watchman.stop()
        logger.removeHandler(handler)


@pytest.fixture
def mail_server() -> Iterator[FakeSmtp]:
    with FakeSmtp() as fake:
        yield fake


@pytest.fixture
def hook() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An address, and what it has got."""
    got: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/alerts", got
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("missed")
def test_what_is_set_up_tells_by_webhook_and_by_e_mail_once(
    world: World, mail_server: FakeSmtp, hook: tuple[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    url, got = hook
    settings = Settings(
        data_dir=tmp_path,
        smtp_host="127.0.0.1",
        smtp_port=mail_server.port,
        smtp_security="none",
        mail_sender="posts@house.example",
        alert_email="ops@house.example, boss@house.example",
        alert_webhook_url=url,
        alert_webhook_secret=SecretStr("sixteen characters"),
    )

    for _ in range(3):
        Watchman(world.ports, alerters(settings)).look()  # each as after a restart
        world.clock.advance(LOOK_EVERY)

    (mail,) = mail_server.received
    (body,) = got
    assert mail.recipients == ("ops@house.example", "boss@house.example")
    assert "What to do: Send it now" in mail.mail.get_content()
    assert [one["code"] for one in body["troubles"]] == ["missed"]
    assert body["troubles"][0]["remedy"].startswith("Send it now")


def test_nothing_set_up_tells_nobody(tmp_path: Path) -> None:
    assert alerters(Settings(data_dir=tmp_path)) == ()


def test_an_unsigned_webhook_and_a_mail_server_with_a_password_are_wired(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path,
        smtp_host="mail.example",
        smtp_username="u",
        smtp_password=SecretStr("p"),
        mail_sender="posts@house.example",
        alert_email="ops@house.example",
        alert_webhook_url="https://chat.example/hook",
    )

    assert [alerter.way for alerter in alerters(settings)] == ["webhook", "e-mail"]


def test_alerts_by_e_mail_need_a_mail_server(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="POSTENGINE_SMTP_HOST"):
        Settings(data_dir=tmp_path, alert_email="ops@house.example")


def test_marks_of_telling_are_not_those_of_the_service(world: World, missed: str) -> None:
    Watchman(world.ports, [Bell()]).look()

    names = {mark.id for mark in world.rows(Mark)}
    assert names == {"cron expected", "trouble look", f"told:missed:{missed}"}
