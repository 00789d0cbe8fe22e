"""FakeSmtp: a mail server on this machine that keeps what it is sent, and can refuse it."""

from __future__ import annotations

import socketserver
import ssl
import threading
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import TracebackType
from typing import BinaryIO, Self, cast


@dataclass(frozen=True, slots=True)
class Received:
    """An e-mail as it came.

    Attributes:
        was_private: It came over TLS.
        login: What the client showed of itself (`AUTH PLAIN`, base64); empty without.
    """

    sender: str
    recipients: tuple[str, ...]
    mail: EmailMessage
    was_private: bool
    login: str


class FakeSmtp:
    """A mail server: `with FakeSmtp() as fake:` listens on a free port of 127.0.0.1 while the block runs.

    Args:
        tls: The server's certificate and key; without it, it offers no STARTTLS.
        is_private_at_once: TLS from the first byte, as on port 465.

    Attributes:
        received: All e-mails that were taken, oldest first.
        answers: Instead of the usual answer to a command, such as `{"RCPT": "550 no such person"}`; an empty
            one breaks the connection.
    """

    def __init__(self, *, tls: ssl.SSLContext | None = None, is_private_at_once: bool = False) -> None:
        self.received: list[Received] = []
        self.answers: dict[str, str] = {}
        self.tls = tls
        self.is_private_at_once = is_private_at_once
        self._server = _Server(("127.0.0.1", 0), _Session)
        self._server.fake = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.server_address[1]

    def __enter__(self) -> Self:
        """Listen."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    fake: FakeSmtp


class _Broken(Exception):
    """The connection is to be dropped."""


class _Session(socketserver.BaseRequestHandler):
    """One connection: commands one after the other, as RFC 5321 has them."""

    def handle(self) -> None:
        self.fake = cast("_Server", self.server).fake
        self.is_private = False
        self.sender, self.recipients, self.login = "", list[str](), ""
        try:
            if self.fake.is_private_at_once:
                self._go_private()
            self._open()
            self._say(self.fake.answers.get("CONNECT", "220 fake.test ESMTP"))
            while line := self.stream.readline():
                self._obey(line.decode().strip())
        except (_Broken, OSError):
            self.request.close()

    def _open(self) -> None:
        self.stream: BinaryIO = self.request.makefile("rb")

    def _go_private(self) -> None:
        context = self.fake.tls
        if context is None:
            raise _Broken
        self.request = context.wrap_socket(self.request, server_side=True)
        self.is_private = True

    def _say(self, text: str) -> None:
        if not text:
            raise _Broken
        self.request.sendall(f"{text}\r\n".encode())

    def _obey(self, line: str) -> None:
        verb = line.split(" ", 1)[0].upper()
        if verb in self.fake.answers:
            self._say(self.fake.answers[verb])
            return
        match verb:
            case "EHLO":
                more = "250-STARTTLS\r\n" if self.fake.tls and not self.is_private else ""
                self._say(f"250-fake.test\r\n{more}250 AUTH PLAIN")
            case "STARTTLS":
                self._say("220 go ahead")
                self._go_private()
                self._open()
            case "AUTH":
                self.login = line.rpartition(" ")[2]
                self._say("235 welcome")
            case "MAIL":
                self.sender = _address(line)
                self._say("250 ok")
            case "RCPT":
                self.recipients.append(_address(line))
                self._say("250 ok")
            case "DATA":
                self._take()
            case "QUIT":
                self._say("221 bye")
                raise _Broken
            case _:
                self._say("250 ok")

    def _take(self) -> None:
        self._say("354 send it")
        lines: list[bytes] = []
        while (line := self.stream.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b"."))
        mail = message_from_bytes(b"".join(lines), policy=default)
        who = (self.sender, tuple(self.recipients))
        self.fake.received.append(Received(*who, mail, self.is_private, self.login))
        self._say("250 taken")


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]
