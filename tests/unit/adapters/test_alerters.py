"""Trouble by webhook and by e-mail, against a real HTTP server and a real SMTP dialogue on this machine."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from postengine.adapters.alerters.mail import MailAlerter
from postengine.adapters.alerters.webhook import WebhookAlerter
from postengine.adapters.messengers.hook import SIGNATURE_HEADER
from postengine.adapters.messengers.mail_server import MailServer
from postengine.engine.trouble.kinds import troubled
from postengine.engine.trouble.telling import Notice
from postengine.engine.trouble.value import TroubleCode
from postengine.testing.clock import FakeClock
from postengine.testing.smtp import FakeSmtp

from .test_smtp_messenger import server as server
from .test_webhook_messenger import SECRET, Gateway
from .test_webhook_messenger import gateway as gateway

NOW = FakeClock().now()
MISSED = troubled(
    TroubleCode.MISSED,
    "delivery",
    "del_1",
    tenant_id="t1",
    since=NOW - timedelta(hours=1),
    what="held until it was too late: paused\r\nBcc: all@rival.example",
    evidence=('"3 Bedroom Apartment" on Instagram', "nothing was sent"),
)
SICK = troubled(TroubleCode.ACCOUNT_SICK, "account", "acc_1", since=NOW, what="the key is refused")
NOTICE = Notice(key="notice_7", at=NOW, troubles=(SICK, MISSED))


def _hook(gateway: Gateway, secret: bytes | None = None) -> WebhookAlerter:
    return WebhookAlerter(f"http://127.0.0.1:{gateway.port}/alerts", secret, clock=FakeClock())


def _mailer(server: FakeSmtp, *recipients: str) -> MailAlerter:
    return MailAlerter(
        MailServer("127.0.0.1", server.port, security="none"),
        sender="posts@house.example",
        recipients=recipients,
        clock=FakeClock(),
    )


def test_the_webhook_gets_each_trouble_with_its_key_evidence_and_remedy(gateway: Gateway) -> None:
    assert _hook(gateway).tell(NOTICE).problem is None

    ((path, headers, body),) = gateway.got
    said = json.loads(body)
    assert path == "/alerts"
    assert headers["Idempotency-Key"] == said["key"] == "notice_7"
    assert SIGNATURE_HEADER not in headers
    assert (said["v"], said["type"], said["at"], said["more"]) == (1, "trouble", NOW.isoformat(), 0)
    assert [one["key"] for one in said["troubles"]] == ["account_sick:acc_1", "missed:del_1"]
    missed = said["troubles"][1]
    assert (missed["gravity"], missed["tenant_id"], missed["subject"]) == ("serious", "t1", "delivery")
    assert missed["evidence"] == list(MISSED.evidence)
    assert missed["remedy"] == MISSED.remedy
    assert MISSED.remedy in said["text"]
    assert said["text"].startswith("postengine: account sick: the key is refused (and 1 more)")


def test_the_webhook_is_signed_where_there_is_a_secret(gateway: Gateway) -> None:
    _hook(gateway, SECRET).tell(NOTICE)

    assert gateway.got[0][1][SIGNATURE_HEADER].startswith(f"t={int(NOW.timestamp())},v1=")


@pytest.mark.parametrize(("status", "again"), [(503, True), (429, True), (404, False)])
def test_a_webhook_that_does_not_take_it_says_so(gateway: Gateway, status: int, again: bool) -> None:
    gateway.status = status

    sent = _hook(gateway).tell(NOTICE)

    assert str(status) in (sent.problem or "")
    assert (sent.retry_after is not None) is again


def test_an_answer_that_is_lost_is_no_success(gateway: Gateway) -> None:
    gateway.is_mute = True

    sent = _hook(gateway).tell(NOTICE)

    assert "no answer" in (sent.problem or "")
    assert len(gateway.got) == 1


def test_the_e_mail_tells_all_of_it_to_all(server: FakeSmtp) -> None:
    sent = _mailer(server, "ops@house.example", "boss@house.example").tell(replace(NOTICE, more=3))

    (received,) = server.received
    mail = received.mail
    text = mail.get_content()
    assert sent.problem is None
    assert received.recipients == ("ops@house.example", "boss@house.example")
    assert mail["Subject"] == "postengine: account sick: the key is refused (and 4 more)"
    assert mail["Message-ID"] == "<notice_7@house.example>"
    assert f"What to do: {SICK.remedy}" in text
    assert f"What to do: {MISSED.remedy}" in text
    assert "- nothing was sent" in text
    assert "3 more are shown by the service." in text


def test_no_word_of_a_trouble_becomes_a_header(server: FakeSmtp) -> None:
    _mailer(server, "ops@house.example").tell(replace(NOTICE, troubles=(MISSED,)))

    mail = server.received[0].mail
    assert mail["Bcc"] is None
    assert "Bcc: all@rival.example" in mail["Subject"]


def test_one_that_is_sent_again_has_the_same_id(server: FakeSmtp) -> None:
    mailer = _mailer(server, "ops@house.example")

    mailer.tell(NOTICE)
    mailer.tell(NOTICE)

    ids = {received.mail["Message-ID"] for received in server.received}
    assert len(server.received) == 2
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("sender", "recipients"),
    [("no address", ["ops@house.example"]), ("posts@house.example", ["x"]), ("posts@house.example", [])],
)
def test_addresses_that_reach_nobody_are_refused(sender: str, recipients: list[str]) -> None:
    with pytest.raises(ValueError, match="address"):
        MailAlerter(MailServer("localhost", 25), sender=sender, recipients=recipients)
