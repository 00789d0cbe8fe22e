"""Finding the next free posting time."""

from __future__ import annotations

from datetime import datetime

from postengine.postiz.calls import integrations
from postengine.postiz.carrying.answer import Answer
from postengine.postiz.carrying.conversation import Conversation, ask
from postengine.postiz.errors import PostizChannelUnusable


def find_slot(integration_id: str) -> Conversation[Answer[datetime]]:
    """Find the next free posting time of a channel, after a look whether there is such a channel.

    For an unknown or disabled one the server would search for ever, and go on after the client has left.

    Raises:
        PostizChannelUnusable: It is unknown or disabled.
        PostizError: As `ask` does.
    """
    call = integrations.find_slot(integration_id)
    listed = yield from ask(integrations.list_integrations())
    found = next((channel for channel in listed.value if channel.id == integration_id), None)
    if found is None:
        raise PostizChannelUnusable(
            f"This Postiz account has no channel {integration_id}; list the integrations for its ids.",
            integration_id=integration_id,
            reason="unknown",
        )
    if found.disabled:
        raise PostizChannelUnusable(
            f"Channel {integration_id} is disabled; enable it in Postiz.",
            integration_id=integration_id,
            reason="disabled",
        )
    return (yield from ask(call))
