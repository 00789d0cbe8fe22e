"""The engine's Messenger over a webhook: a signed JSON POST to a service that sends text messages."""

from __future__ import annotations

import ssl
from collections.abc import Mapping

from postengine.clock import Clock
from postengine.engine.ports import Letter, Sent
from postengine.engine.posts.agent import Agent

from .hook import SIGNATURE_HEADER as SIGNATURE_HEADER
from .hook import Hook
from .hook import signature_of as signature_of


class WebhookMessenger:
    """Posts what is to be told, to be passed on as a text message.

    The body is JSON: `key`, `type` (`manual_task`), `agent {id, external_id, name, phone}`, `task_id`,
    `title`, `channel`, `tenant`, `expires_at`, `link`, and `text`, which is ready to be sent. The header
    `Idempotency-Key` has the key again, and `Postengine-Signature` proves who sends it; see `signature_of`.

    Args:
        url: An https address; http only on this machine.
        secret: At least 16 bytes that both sides know.
        timeout_s: For each answer, in seconds.
        tls: Whom to trust; None: whom this machine trusts.
        clock: Dates the signature.

    Raises:
        ValueError: The address or the secret is not fit.
    """

    way = "message"

    def __init__(
        self,
        url: str,
        secret: bytes,
        *,
        timeout_s: float = 5.0,
        tls: ssl.SSLContext | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._hook = Hook(url, secret, timeout_s=timeout_s, tls=tls, clock=clock)

    def send(self, agent: Agent, letter: Letter) -> Sent:
        """Post it; what the other side says is in the result, never raised."""
        if not agent.phone:
            return Sent(problem=f"{agent.name} has no phone number; give one")
        return self._hook.post(letter.key, _content(agent, letter))


def _content(agent: Agent, letter: Letter) -> Mapping[str, object]:
    person = {"id": agent.id, "external_id": agent.external_id, "name": agent.name, "phone": agent.phone}
    return {
        "v": 1,
        "type": "manual_task",
        "key": letter.key,
        "agent": person,
        "task_id": letter.task_id,
        "title": letter.title,
        "channel": letter.channel,
        "tenant": letter.tenant_name,
        "expires_at": letter.expires_at.isoformat(),
        "link": letter.link,
        "text": f"Time to post: {letter.title} ({letter.channel}). {letter.link}",
    }
