"""The e-mail that an agent gets: what is to be done and the link, in plain text."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from textwrap import dedent

from postengine.clock import Clock
from postengine.engine.ports import Letter
from postengine.engine.posts.agent import Agent

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\.]+(\.[^\s@<>()\[\],;:\"\\.]+)+")
_LONGEST_TITLE = 200
_TEXT = """\
    Hello {name},

    it is time to post "{title}" to {channel} for {tenant}.

    Open the task on your phone:
    {link}

    It ends at {end}. This comes by e-mail since none of your phones has
    answered its notification.
    """


def is_address(text: str) -> bool:
    """Whether `text` is one plain e-mail address.

    >>> is_address("ana@harbour.example"), is_address("ana@harbour.example, all@harbour.example")
    (True, False)
    """
    return _ADDRESS.fullmatch(text) is not None


def mail_for(agent: Agent, letter: Letter, sender: str, clock: Clock) -> EmailMessage:
    """Return the e-mail; one that is sent again has the same Message-ID.

    Args:
        agent: Whom it goes to.
        letter: What it says.
        sender: A plain address.
        clock: Dates it.
    """
    title = one_line(letter.title)[:_LONGEST_TITLE]
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = f"Time to post: {title}"
    mail["From"] = Address(one_line(letter.tenant_name), addr_spec=sender)
    mail["To"] = Address(one_line(agent.name), addr_spec=agent.email)
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{letter.key}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    values = {
        "name": one_line(agent.name),
        "title": title,
        "channel": one_line(letter.channel),
        "tenant": one_line(letter.tenant_name),
        "link": letter.link,
        "end": f"{letter.expires_at:%H:%M (%Z) on %Y-%m-%d}",
    }
    mail.set_content(dedent(_TEXT).format_map(values))
    return mail


def one_line(text: str) -> str:
    """Return text that cannot begin a header of its own."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]", " ", text).split())
