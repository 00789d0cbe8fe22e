"""Whom no push reaches is told by e-mail, with the same link, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.commands.handover import PhoneSays, polled
from postengine.engine.ledger.change import changing
from postengine.engine.ports import Letter, Rung, Sent
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import Attempt, Outcome, Verb
from postengine.engine.posts.states import DeliveryState
from postengine.errors import PostEngineError
from postengine.testing.engine import FakeMessenger

from .handovers import phone, rings, tell, with_messengers
from .world import World

MINUTE = timedelta(minutes=1)


class MailRefused(PostEngineError):
    """The mail server takes nothing from us."""


class MailDown(PostEngineError):
    """The mail server is away."""

    retryable = True

    def __init__(self, retry_after: float | None = None) -> None:
        super().__init__("the mail server is away")
        self.retry_after = retry_after


class Broken(FakeMessenger):
    """Raises what it is given instead of sending."""

    def __init__(self, error: PostEngineError) -> None:
        super().__init__()
        self.error: PostEngineError | None = error

    def send(self, agent: Agent, letter: Letter) -> Sent:
        if self.error is not None:
            raise self.error
        return super().send(agent, letter)


def _use(world: World, mail: FakeMessenger) -> None:
    world.ports = replace(world.ports, messengers=(mail,))


def _task(world: World) -> Post:
    post = world.plan(world.whatsapp, scheduled_at=None)
    world.run()
    return post


def test_an_agent_without_a_phone_is_told_by_every_other_way(world: World) -> None:
    mail, sms = with_messengers(world, "e-mail", "message")

    post = _task(world)

    (agent, letter) = mail.letters[0]
    delivery = world.delivery(post)
    assert agent.id == world.agent.id
    assert letter.link == world.ports.agent_link.format(id=delivery.id)
    assert (letter.title, letter.channel) == ("3 Bedroom Apartment", "Ana's status")
    assert letter.expires_at.utcoffset() == timedelta(0)
    assert "485" not in repr(letter)
    assert len(sms.letters) == 1
    assert delivery.state is DeliveryState.PLANNED
    assert "told by e-mail, message" in world.why(post)


def test_it_is_told_once_however_long_it_goes_on(world: World) -> None:
    (mail,) = with_messengers(world, "e-mail")

    _task(world)
    world.run(timedelta(hours=25), timedelta(minutes=5))

    assert len(mail.letters) == 1


def test_a_push_that_nobody_receives_is_followed_by_all_phones_and_an_e_mail_after_ten_minutes(
    world: World,
) -> None:
    (mail,) = with_messengers(world, "e-mail")
    in_use = phone(world, world.agent)
    other = phone(world, world.agent, seen_at=world.clock.now() - timedelta(days=1))
    _task(world)

    world.run(9 * MINUTE, MINUTE)
    before = rings(world), len(mail.letters)
    world.run(MINUTE, MINUTE)

    assert before == ([in_use.id, in_use.id], 0)
    assert rings(world)[2:] == [in_use.id, other.id]
    assert len(mail.letters) == 1
    assert "no_answer" not in world.alerts()


def test_a_task_that_was_received_is_not_written_about(world: World) -> None:
    (mail,) = with_messengers(world, "e-mail")
    device = phone(world, world.agent)
    post = _task(world)
    tell(world, post, PhoneSays.RECEIVED, device)

    world.run(timedelta(hours=25), timedelta(minutes=5))

    assert mail.letters == []


def test_an_agent_who_has_opened_it_meanwhile_is_not_written_to(world: World) -> None:
    (mail,) = with_messengers(world, "e-mail")
    world.pair()
    world.notifier.answer = Rung(retry_after=timedelta(minutes=30))
    post = _task(world)
    tell(world, post, PhoneSays.OPENED)

    world.run(15 * MINUTE, MINUTE)

    assert mail.letters == []


def test_a_phone_that_asks_for_its_tasks_is_given_its_ten_minutes_again(world: World) -> None:
    (mail,) = with_messengers(world, "e-mail")
    world.pair()
    world.notifier.answer = Rung(retry_after=timedelta(minutes=30))
    _task(world)
    world.run(8 * MINUTE, MINUTE)
    with changing(world.ports) as change:
        polled(change, world.agent.id, who="phone")

    world.run(5 * MINUTE, MINUTE)
    early = len(mail.letters)
    world.run(6 * MINUTE, MINUTE)

    assert (early, len(mail.letters)) == (0, 1)


def test_a_busy_push_service_is_given_ten_minutes(world: World) -> None:
    (mail,) = with_messengers(world, "e-mail")
    world.pair()
    world.notifier.answer = Rung(retry_after=MINUTE)
    _task(world)

    world.run(9 * MINUTE, MINUTE)
    early = len(mail.letters)
    world.run(2 * MINUTE, MINUTE)

    assert (early, len(mail.letters)) == (0, 1)


@pytest.mark.parametrize(
    ("error", "wait"),
    [
        (MailDown(), timedelta(minutes=5)),
        (MailDown(retry_after=30), timedelta(seconds=30)),
    ],
)
def test_a_mail_server_that_is_away_is_asked_again(world: World, error: MailDown, wait: timedelta) -> None:
    mail = Broken(error)
    _use(world, mail)
    post = _task(world)
    told = world.alerts()
    message_at = world.delivery(post).message_at

    mail.error = None
    world.run(timedelta(minutes=6), timedelta(seconds=5))

    assert message_at is not None
    assert message_at - wait <= world.clock.now()
    assert "message_refused" in told
    assert "message_refused" not in world.alerts()
    assert len(mail.letters) == 1


def test_a_letter_that_can_never_be_sent_is_an_alert_and_tried_once(world: World) -> None:
    mail = Broken(MailRefused("it is not allowed to write"))
    _use(world, mail)

    post = _task(world)
    world.run(timedelta(hours=1), timedelta(minutes=5))

    assert "message_refused" in world.alerts()
    assert len(world.rows(Attempt, verb=Verb.MESSAGE)) == 1
    assert "could not be told: e-mail: it is not allowed to write" in world.why(post)


def test_one_way_that_works_is_enough(world: World) -> None:
    mail, sms = with_messengers(world, "e-mail", "message")
    mail.answer = Sent(problem="busy", retry_after=MINUTE)

    _task(world)
    world.run(timedelta(minutes=10), MINUTE)

    assert (len(mail.letters), len(sms.letters)) == (1, 1)
    attempts = world.rows(Attempt, verb=Verb.MESSAGE)
    assert [(row.outcome, row.detail) for row in attempts] == [
        (Outcome.UNSENT, "e-mail: busy"),
        (Outcome.DONE, "message: sent"),
    ]


def test_an_answer_while_the_letter_is_written_is_not_overwritten(world: World) -> None:
    class Slow(FakeMessenger):
        def send(self, agent: Agent, letter: Letter) -> Sent:
            cancel_post(world.ports, post.id)
            return super().send(agent, letter)

    mail = Slow()
    _use(world, mail)
    post = world.plan(world.whatsapp, scheduled_at=None)

    world.run()

    assert world.delivery(post).state is DeliveryState.CANCELLED
    assert world.delivery(post).messaged_at is None


def test_a_task_handed_over_again_is_written_about_again(world: World) -> None:
    (mail,) = with_messengers(world, "e-mail")
    post = _task(world)
    cancel_post(world.ports, post.id)

    decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN)
    world.run()

    assert [letter.key[-len(world.agent.id) - 2 :] for _, letter in mail.letters] == [
        f"1-{world.agent.id}",
        f"2-{world.agent.id}",
    ]


def test_a_letter_that_would_come_after_the_end_is_not_sent(world: World) -> None:
    (mail,) = with_messengers(world, "e-mail")
    mail.answer = Sent(problem="busy", retry_after=timedelta(hours=48))
    post = _task(world)

    world.run(timedelta(hours=30), timedelta(minutes=30))

    assert len(mail.letters) == 1
    assert world.delivery(post).state is DeliveryState.MISSED
