"""Message: tell the agent by e-mail, or whatever else there is, since no phone has taken the task up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from postengine.engine.ledger.attempts import close_attempt, open_attempt
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.moving import still_ours, write
from postengine.engine.ports import Letter, Messenger, Ports, Sent
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import Attempt, Outcome, Verb
from postengine.engine.posts.states import Step
from postengine.engine.posts.tenant import Tenant
from postengine.errors import PostEngineError


def message(ports: Ports, delivery: Delivery) -> None:
    """Send the task's link by every way that is set up, once; if none works just now, try again."""
    with changing(ports) as change:
        agent = change.need(Agent, delivery.agent_id or "")
        letter = _letter(change, delivery, agent)
    answers: list[tuple[str, Sent]] = []
    for messenger in ports.messengers:
        attempt = open_attempt(ports, delivery, Step.MESSAGE, Verb.MESSAGE)
        sent = _send(ports, messenger, agent, letter)
        answers.append((messenger.way, sent))
        with changing(ports) as change:
            _close(change, attempt, messenger.way, sent)
    with changing(ports) as change:
        row = still_ours(change, delivery)
        if row is not None:
            _told(change, row, answers)


def _letter(change: Change, delivery: Delivery, agent: Agent) -> Letter:
    tenant = change.need(Tenant, delivery.tenant_id)
    return Letter(
        key=f"{delivery.id}-{delivery.occurrence}-{agent.id}",
        task_id=delivery.id,
        channel=change.need(Channel, delivery.channel_id).name,
        title=change.need(Post, delivery.post_id).title,
        tenant_name=tenant.name,
        expires_at=delivery.miss_at.astimezone(ZoneInfo(agent.zone or tenant.zone)),
        link=change.ports.agent_link.format(id=delivery.id),
    )


def _send(ports: Ports, messenger: Messenger, agent: Agent, letter: Letter) -> Sent:
    try:
        return messenger.send(agent, letter)
    except PostEngineError as error:
        wait = timedelta(seconds=error.retry_after) if error.retry_after else ports.timings.backoff_max
        return Sent(problem=str(error), retry_after=wait if error.retryable else None)


def _close(change: Change, attempt: Attempt, way: str, sent: Sent) -> None:
    outcome = Outcome.DONE if sent.problem is None else Outcome.UNSENT
    close_attempt(change, attempt, outcome, detail=f"{way}: {sent.problem or 'sent'}")


def _told(change: Change, row: Delivery, answers: list[tuple[str, Sent]]) -> None:
    ways = ", ".join(way for way, sent in answers if sent.problem is None)
    problems = "; ".join(f"{way}: {sent.problem}" for way, sent in answers if sent.problem is not None)
    waits = [sent.retry_after for _, sent in answers if sent.retry_after is not None]
    if problems:
        change.alert("message_refused", "delivery", row.id, problems, row.tenant_id)
    else:
        change.clear_alert("message_refused", row.id)
    if waits and not ways:
        again_at = change.now + max(min(waits), change.ports.timings.backoff)
        write(change, row, replace(row, message_at=again_at, crashes=0), by=Step.MESSAGE)
        return
    why = f"told by {ways}" if ways else f"could not be told: {problems}"
    after = replace(row, message_at=None, messaged_at=change.now, crashes=0)
    write(change, row, after, by=Step.MESSAGE, why=why)
