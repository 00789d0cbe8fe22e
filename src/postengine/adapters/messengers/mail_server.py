"""The mail server: one place that speaks SMTP, and says what came of it."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import AbstractContextManager
from datetime import timedelta
from email.message import EmailMessage
from typing import Literal, TypeAlias

from postengine.engine.ports import Sent

Security: TypeAlias = Literal["starttls", "tls", "none"]
"""How the way to the mail server is kept private: from a plain start, from the first byte, or not."""

_AGAIN_AFTER = timedelta(minutes=2)
_PERMANENT = 500


class MailServer:
    """Takes e-mails; a connection for each.

    Args:
        host: The mail server.
        port: Usually 587 for `starttls`, 465 for `tls`.
        username: None: it asks for none.
        password: Goes with the user name; never sent over a way that is not private.
        security: How the way to the server is kept private.
        timeout_s: For each answer of the server, in seconds; all of them together stay within a lease.
        tls: Whom to trust; None: whom this machine trusts.

    Raises:
        ValueError: A password would go over a way that is not private.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        username: str | None = None,
        password: str | None = None,
        security: Security = "starttls",
        timeout_s: float = 5.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        if username is not None and security == "none":
            raise ValueError("security: a password needs starttls or tls; leave the user name out otherwise")
        self._host, self._port = host, port
        self._login = None if username is None else (username, password or "")
        self._security = security
        self._timeout_s = timeout_s
        self._tls = tls

    def take(self, mail: EmailMessage) -> Sent:
        """Hand an e-mail over; what the server says is in the result, never raised."""
        try:
            self._hand_over(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            return _refused(code, said)
        except smtplib.SMTPResponseException as error:
            return _refused(error.smtp_code, error.smtp_error)
        except smtplib.SMTPNotSupportedError as error:
            return Sent(problem=f"the mail server {self._host} cannot do what is set up: {error}")
        except ssl.SSLCertVerificationError as error:
            return Sent(problem=f"the mail server {self._host} is not who it says: {error.verify_message}")
        except (OSError, smtplib.SMTPException) as error:
            problem = f"no answer from the mail server {self._host}: {type(error).__name__}: {error}"
            return Sent(problem=problem, retry_after=_AGAIN_AFTER)
        return Sent()

    def _hand_over(self, mail: EmailMessage) -> None:
        with self._connect() as server:
            if self._security == "starttls":
                server.starttls(context=self._context())
            if self._login is not None:
                server.login(*self._login)
            server.send_message(mail)

    def _connect(self) -> AbstractContextManager[smtplib.SMTP]:
        if self._security == "tls":
            context = self._context()
            return smtplib.SMTP_SSL(self._host, self._port, timeout=self._timeout_s, context=context)
        return smtplib.SMTP(self._host, self._port, timeout=self._timeout_s)

    def _context(self) -> ssl.SSLContext:
        return self._tls or ssl.create_default_context()


def _refused(code: int, said: bytes | str) -> Sent:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    wait = None if code >= _PERMANENT else _AGAIN_AFTER
    return Sent(problem=f"the mail server says {code} {text}", retry_after=wait)
