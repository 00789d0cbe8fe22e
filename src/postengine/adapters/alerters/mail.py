"""Trouble by e-mail: plain text, with the evidence and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from postengine.adapters.messengers.mail import is_address, one_line
from postengine.adapters.messengers.mail_server import MailServer
from postengine.clock import Clock, SystemClock
from postengine.engine.ports import Sent
from postengine.engine.trouble.telling import Notice

from .wording import headline, paragraphs

_LONGEST_SUBJECT = 200


class MailAlerter:
    """Writes an e-mail for each notice; one that is sent again has the same Message-ID.

    Args:
        server: Takes the e-mails.
        sender: The plain address that they come from.
        recipients: Plain addresses, at least one.
        clock: Dates the e-mails.

    Raises:
        ValueError: An address is none, or there is no recipient.
    """

    way = "e-mail"

    def __init__(
        self, server: MailServer, *, sender: str, recipients: Sequence[str], clock: Clock | None = None
    ) -> None:
        for address in (sender, *recipients):
            if not is_address(address):
                raise ValueError(f"{address!r} is no plain address such as alerts@example.com")
        if not recipients:
            raise ValueError("recipients: name at least one address")
        self._server = server
        self._sender = sender
        self._recipients = tuple(recipients)
        self._clock = clock or SystemClock()

    def tell(self, notice: Notice) -> Sent:
        """Write it; what the server says is in the result, never raised."""
        mail = EmailMessage(policy=SMTP)
        mail["Subject"] = one_line(headline(notice))[:_LONGEST_SUBJECT]
        mail["From"] = self._sender
        mail["To"] = ", ".join(self._recipients)
        mail["Date"] = format_datetime(self._clock.now())
        mail["Message-ID"] = f"<{notice.key}@{self._sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content("\n\n".join(paragraphs(notice)) + "\n")
        return self._server.take(mail)
