"""The engine's Messenger over SMTP."""

from __future__ import annotations

import ssl

from postengine.clock import Clock, SystemClock
from postengine.engine.ports import Letter, Sent
from postengine.engine.posts.agent import Agent

from .mail import is_address, mail_for
from .mail_server import MailServer
from .mail_server import Security as Security


class SmtpMessenger:
    """Writes e-mails to agents through one mail server.

    Args:
        host: The mail server; see `MailServer` for it and for the others that are not told of here.
        port: Usually 587 for `starttls`, 465 for `tls`.
        sender: The plain address that they come from.
        username: None: the server asks for none.
        password: Goes with the user name.
        security: How the way to the server is kept private.
        timeout_s: For each answer of the server, in seconds.
        tls: Whom to trust; None: whom this machine trusts.
        clock: Dates the e-mails.

    Raises:
        ValueError: The sender is no plain address, or a password would go over a way that is not private.
    """

    way = "e-mail"

    def __init__(
        self,
        host: str,
        port: int,
        *,
        sender: str,
        username: str | None = None,
        password: str | None = None,
        security: Security = "starttls",
        timeout_s: float = 5.0,
        tls: ssl.SSLContext | None = None,
        clock: Clock | None = None,
    ) -> None:
        if not is_address(sender):
            raise ValueError(f"sender: {sender!r} is no plain address such as posts@example.com")
        self._server = MailServer(
            host,
            port,
            username=username,
            password=password,
            security=security,
            timeout_s=timeout_s,
            tls=tls,
        )
        self._sender = sender
        self._clock = clock or SystemClock()

    def send(self, agent: Agent, letter: Letter) -> Sent:
        """Write to the agent; what the server says is in the result, never raised."""
        if not is_address(agent.email):
            return Sent(problem=f"{agent.name} has no usable e-mail address ({agent.email!r}); give one")
        return self._server.take(mail_for(agent, letter, self._sender, self._clock))
