"""E-mails to agents, through a real SMTP dialogue with a mail server on this machine."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from postengine.adapters.messengers.smtp import SmtpMessenger
from postengine.engine.ports import Letter
from postengine.engine.posts.agent import Agent
from postengine.testing.clock import FakeClock
from postengine.testing.smtp import FakeSmtp

NOW = FakeClock().now()
ANA = Agent(
    id="agt_1", tenant_id="t", external_id="ana", name="Ana Sá", email="ana@harbour.example", created_at=NOW
)
LETTER = Letter(
    key="del_1-1-agt_1",
    task_id="del_1",
    channel="Ana's status",
    title="3 Bedroom Apartment",
    tenant_name="Harbour & Hill",
    expires_at=datetime(2026, 12, 2, 9, 30, tzinfo=ZoneInfo("Europe/Madrid")),
    link="https://posts.example.com/agent/?task=del_1",
)


@pytest.fixture
def server() -> Iterator[FakeSmtp]:
    with FakeSmtp() as fake:
        yield fake


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1, with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "fake mail server")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    private = serialization.PrivateFormat.PKCS8
    pem = key.private_bytes(serialization.Encoding.PEM, private, serialization.NoEncryption())
    file.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def of_server(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def _plain(server: FakeSmtp) -> SmtpMessenger:
    return SmtpMessenger(
        "127.0.0.1", server.port, sender="posts@agency.example", security="none", clock=FakeClock()
    )


def test_the_agent_is_told_what_to_do_and_gets_the_link(server: FakeSmtp) -> None:
    assert _plain(server).send(ANA, LETTER).problem is None

    (one,) = server.received
    assert (one.sender, one.recipients) == ("posts@agency.example", ("ana@harbour.example",))
    assert one.mail["Subject"] == "Time to post: 3 Bedroom Apartment"
    assert one.mail["From"] == "Harbour & Hill <posts@agency.example>"
    assert one.mail["To"] == "Ana Sá <ana@harbour.example>"
    assert one.mail["Message-ID"] == "<del_1-1-agt_1@agency.example>"
    assert one.mail["Auto-Submitted"] == "auto-generated"
    text = one.mail.get_content()
    assert LETTER.link in text
    assert 'post "3 Bedroom Apartment" to Ana\'s status for Harbour & Hill' in text
    assert "09:30 (CET) on 2026-12-02" in text


def test_no_title_and_no_name_begins_a_header_of_its_own(server: FakeSmtp) -> None:
    evil = "Villa\r\nBcc: all@harbour.example\n\u2028x"

    sent = _plain(server).send(replace(ANA, name=evil), replace(LETTER, title=evil, tenant_name=evil))

    (one,) = server.received
    assert sent.problem is None
    assert one.mail["Bcc"] is None
    assert one.recipients == ("ana@harbour.example",)
    assert one.mail["Subject"] == "Time to post: Villa Bcc: all@harbour.example x"


@pytest.mark.parametrize(
    "address",
    ["", "ana", "ana@harbour", "a@b.example, c@d.example", "a@b.example\r\nBcc: x@y.example", "<a@b.c>"],
)
def test_an_agent_without_a_usable_address_is_told_of(server: FakeSmtp, address: str) -> None:
    sent = _plain(server).send(replace(ANA, email=address), LETTER)

    assert sent.problem is not None
    assert "no usable e-mail address" in sent.problem
    assert sent.retry_after is None
    assert server.received == []


@pytest.mark.parametrize("verb", ["RCPT", "MAIL", "DATA", "CONNECT"])
@pytest.mark.parametrize(("answer", "is_final"), [("550 never", True), ("451 later", False)])
def test_a_refusal_is_final_and_a_busy_server_is_asked_again(
    server: FakeSmtp, verb: str, answer: str, is_final: bool
) -> None:
    server.answers[verb] = answer

    sent = _plain(server).send(ANA, LETTER)

    assert sent.problem == f"the mail server says {answer}"
    assert (sent.retry_after is None) is is_final


def test_a_connection_that_breaks_or_is_refused_is_tried_again(server: FakeSmtp) -> None:
    messenger = _plain(server)
    server.answers["DATA"] = ""
    broken = messenger.send(ANA, LETTER)
    with FakeSmtp() as other:
        gone = _plain(other)
    refused = gone.send(ANA, LETTER)

    assert broken.retry_after == refused.retry_after == timedelta(minutes=2)
    assert "no answer from the mail server 127.0.0.1" in (broken.problem or "")


Make = Callable[[FakeSmtp, ssl.SSLContext | None], SmtpMessenger]


def _private(security: str) -> Make:
    def make(server: FakeSmtp, tls: ssl.SSLContext | None) -> SmtpMessenger:
        return SmtpMessenger(
            "127.0.0.1",
            server.port,
            sender="posts@agency.example",
            username="posts",
            password="s3cret",
            security=security,  # type: ignore[arg-type] # parametrized
            tls=tls,
        )

    return make


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_the_password_and_the_e_mail_go_over_tls(
    of_server: ssl.SSLContext, trusting: ssl.SSLContext, security: str
) -> None:
    with FakeSmtp(tls=of_server, is_private_at_once=security == "tls") as server:
        sent = _private(security)(server, trusting).send(ANA, LETTER)

    assert sent.problem is None
    (one,) = server.received
    assert one.was_private
    assert base64.b64decode(one.login) == b"\0posts\0s3cret"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_nobody_vouches_for_gets_nothing(of_server: ssl.SSLContext, security: str) -> None:
    with FakeSmtp(tls=of_server, is_private_at_once=security == "tls") as server:
        sent = _private(security)(server, None).send(ANA, LETTER)

    assert "is not who it says" in (sent.problem or "")
    assert (server.received, sent.retry_after) == ([], None)


def test_a_server_without_starttls_gets_nothing(server: FakeSmtp) -> None:
    sent = _private("starttls")(server, None).send(ANA, LETTER)

    assert "STARTTLS" in (sent.problem or "")
    assert (server.received, sent.retry_after) == ([], None)


def test_a_wrong_password_is_final(of_server: ssl.SSLContext, trusting: ssl.SSLContext) -> None:
    with FakeSmtp(tls=of_server) as server:
        server.answers["AUTH"] = "535 who are you"
        sent = _private("starttls")(server, trusting).send(ANA, LETTER)

    assert sent.problem == "the mail server says 535 who are you"
    assert sent.retry_after is None


def test_what_cannot_work_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="no plain address"):
        SmtpMessenger("mail.test", 25, sender="Posts <posts@agency.example>")
    with pytest.raises(ValueError, match="a password needs starttls or tls"):
        SmtpMessenger("mail.test", 25, sender="posts@agency.example", username="x", security="none")
