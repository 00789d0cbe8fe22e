"""Trouble by webhook: a JSON POST that a chat, a pager or a program of one's own reads."""

from __future__ import annotations

import ssl
from collections.abc import Mapping

from postengine.adapters.messengers.hook import Hook
from postengine.clock import Clock
from postengine.engine.ports import Sent
from postengine.engine.trouble.telling import Notice
from postengine.engine.trouble.value import Trouble

from .wording import headline, paragraphs


class WebhookAlerter:
    """Posts each notice.

    The body is JSON: `v`, `type` (`trouble`), `key`, `at`, `text` (all of it, ready to be shown), `more`, and
    `troubles`, each with `key`, `code`, `gravity`, `subject`, `subject_id`, `tenant_id`, `since`, `what`,
    `evidence` and `remedy`. The header `Idempotency-Key` has the notice's key again.

    Args:
        url: An https address; http only on this machine.
        secret: Signs the body, at least 16 bytes; None: nothing is signed.
        timeout_s: For each answer, in seconds.
        tls: Whom to trust; None: whom this machine trusts.
        clock: Dates the signature.

    Raises:
        ValueError: The address or the secret is not fit.
    """

    way = "webhook"

    def __init__(
        self,
        url: str,
        secret: bytes | None = None,
        *,
        timeout_s: float = 5.0,
        tls: ssl.SSLContext | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._hook = Hook(url, secret, timeout_s=timeout_s, tls=tls, clock=clock)

    def tell(self, notice: Notice) -> Sent:
        """Post it; what the other side says is in the result, never raised."""
        content = {
            "v": 1,
            "type": "trouble",
            "key": notice.key,
            "at": notice.at.isoformat(),
            "text": "\n\n".join((headline(notice), *paragraphs(notice))),
            "troubles": [_content(one) for one in notice.troubles],
            "more": notice.more,
        }
        return self._hook.post(notice.key, content)


def _content(one: Trouble) -> Mapping[str, object]:
    return {
        "key": one.key,
        "code": one.code,
        "gravity": one.gravity.name.lower(),
        "subject": one.subject,
        "subject_id": one.subject_id,
        "tenant_id": one.tenant_id,
        "since": one.since.isoformat(),
        "what": one.what,
        "evidence": list(one.evidence),
        "remedy": one.remedy,
    }
