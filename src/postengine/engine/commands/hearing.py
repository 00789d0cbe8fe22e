"""Hearing a phone: each event by what it says, whom it comes from, and how the task stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from postengine.engine.ledger.change import Change
from postengine.engine.ledger.moving import disturb
from postengine.engine.posts.agent import Device
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict, Invalid
from postengine.engine.posts.moves import PHONE
from postengine.engine.posts.record import HistoryEntry
from postengine.engine.posts.states import OPEN_HANDOVER, DeliveryState

from .telling import PhoneSays, PhoneTells

_S = DeliveryState
MOST_SNOOZES = 3
_RANK = {_S.PLANNED: 0, _S.NOTIFIED: 1, _S.OPENED: 2, _S.SHARED: 3}


@dataclass(frozen=True, slots=True)
class Ear:
    """One event on its way into the store.

    Attributes:
        delivery: As it is stored, locked.
        device: The phone; None where it is not known.
    """

    change: Change
    delivery: Delivery
    tells: PhoneTells
    who: str
    device: Device | None

    def hear(self) -> Delivery:
        """Write down what is told, and return the delivery.

        Raises:
            Conflict: It contradicts how the delivery has ended, or there were too many snoozes.
            Invalid: A snooze without a time, or past the end.
        """
        delivery, says = self.delivery, self.tells.says
        if self.device is not None and self.device.agent_id != delivery.agent_id:
            return self._of_former()
        if delivery.state not in {_S.PLANNED, *OPEN_HANDOVER}:
            return self._after_the_end()
        match says:
            case PhoneSays.RECEIVED if delivery.state is _S.PLANNED and self.change.now < delivery.due_at:
                # Of an earlier time, or seen in the list of what comes: it still rings when due.
                return self._noted("received before it was due")
            case PhoneSays.RECEIVED:
                received_at = delivery.received_at or self.change.now
                return self._write(replace(self._reached(_S.NOTIFIED), received_at=received_at), "received")
            case PhoneSays.OPENED:
                return self._write(self._reached(_S.OPENED), "opened")
            case PhoneSays.SHARED:
                sent_at = delivery.sent_at or self.change.now
                return self._write(replace(self._reached(_S.SHARED), sent_at=sent_at), "shared")
            case PhoneSays.CONFIRMED:
                return self._confirmed(None)
            case PhoneSays.DECLINED:
                return self._declined()
            case PhoneSays.SNOOZED:
                return self._snoozed()
            case _:  # FAILED
                return self._failed()

    def _declined(self) -> Delivery:
        reason = self.tells.reason
        after = replace(self.delivery, state=_S.DECLINED, reason=reason or "declined on the phone")
        return self._write(self._without_us(after), reason or "declined")

    def _failed(self) -> Delivery:
        why = f"the phone could not do it: {self.tells.reason}"
        self.change.alert("phone_failed", "delivery", self.delivery.id, why, self.delivery.tenant_id)
        return self._write(replace(self.delivery, reason=why), why)

    def _reached(self, state: DeliveryState) -> Delivery:
        """Return it in the higher of its own and `state`; it has rung, or the phone would not know."""
        highest = max(self.delivery.state, state, key=lambda known: _RANK[known])
        rang_at = self.delivery.rang_at or self.change.now
        return replace(self.delivery, state=highest, rang_at=rang_at)

    def _confirmed(self, reason: str | None) -> Delivery:
        delivery, now = self.delivery, self.change.now
        after = replace(
            delivery,
            state=_S.PUBLISHED,
            confirmed_at=now,
            sent_at=delivery.sent_at or now,
            release_url=self.tells.proof_url or delivery.release_url,
            reason=reason,
        )
        for code in ("missed", "no_answer", "no_device", "no_colleague"):
            self.change.clear_alert(code, delivery.id)
        return self._write(self._without_us(after), '"Yes, I posted"')

    def _snoozed(self) -> Delivery:
        until = self._snooze_until()
        if self.delivery.snoozes >= MOST_SNOOZES:
            message = f"task {self.delivery.id} was put off {MOST_SNOOZES} times; answer it now"
            raise Conflict("too_many_snoozes", message)
        reached = self._reached(_S.NOTIFIED)
        after = replace(reached, snoozes=self.delivery.snoozes + 1, snoozed_until=until)
        return self._write(after, f"put off until {until.isoformat()}")

    def _snooze_until(self) -> datetime:
        """Return when it is to ring again.

        A time that cannot be meant, by a clock that is wrong or an event that was long on its way, is read
        as a span: as long after now as it was after the event, by the phone's own clock.
        """
        until, now = self.tells.snooze_until, self.change.now
        if until is not None and not now < until < self.delivery.miss_at:
            # No longer than the task itself lasts: a clock may be off by more than a calendar holds.
            span = max(until - self.tells.occurred_at, timedelta(0))
            until = now + min(span, max(self.delivery.miss_at - now, timedelta(0)))
        if until is None or not now < until < self.delivery.miss_at:
            message = f"a snooze ends between now and {self.delivery.miss_at.isoformat()}"
            raise Invalid.one("snooze_until", "out_of_range", message)
        return until

    def _after_the_end(self) -> Delivery:
        """Take what agrees with the end, or no longer matters; within the grace, a "Yes" beats a timer."""
        state, says = self.delivery.state, self.tells.says
        if says is PhoneSays.CONFIRMED:
            if state is _S.MISSED and self._is_within_grace():
                return self._confirmed("confirmed late")
            if state is _S.PUBLISHED:
                return self._yes_again()
            self._alert_of_yes(f'the phone says "Yes, I posted" of a task that is {state}')
            raise self._ended()
        if says is PhoneSays.DECLINED and state is not _S.DECLINED:
            self._noted(f"too late: {self.tells.reason or 'declined'}")
            raise self._ended()
        if says is PhoneSays.SNOOZED:
            raise self._ended()
        return self._noted(f"{says}, after the end")

    def _yes_again(self) -> Delivery:
        """Hear "Yes" of what is published: the same again, its link, or a second post by a colleague."""
        if self._was_posted_by_a_colleague():
            self._alert_of_yes('two agents say "Yes, I posted" of this task')
            raise self._ended()
        if self.tells.proof_url is not None:
            # "Yes" is one tap; the link to the post comes after it, if it comes.
            after = replace(self.delivery, release_url=self.tells.proof_url)
            return self._write(after, "link to the post")
        return self._noted("confirmed, after the end")

    def _was_posted_by_a_colleague(self) -> bool:
        """Whether a phone of another agent has ended it; an operator's word is nobody's post."""
        if self.device is None or not self.delivery.former_agent_ids:
            return False
        where = {"subject_id": self.delivery.id, "to_state": _S.PUBLISHED.value}
        found = self.change.tx.find(HistoryEntry, where, order_by="at")
        moves = [entry for entry in found if entry.from_state != entry.to_state]
        poster_id = moves[-1].detail.get("device_id") if moves else None
        poster = self.change.tx.get(Device, poster_id) if isinstance(poster_id, str) else None
        return poster is not None and poster.agent_id != self.device.agent_id

    def _of_former(self) -> Delivery:
        """Hear an agent whose task has passed to a colleague: only a "Yes" still matters.

        What was posted is posted: the colleague's task ends by it. Posted by both, a person has to look.
        """
        says, state = self.tells.says, self.delivery.state
        if says is PhoneSays.CONFIRMED:
            is_open = state in {_S.PLANNED, *OPEN_HANDOVER}
            if is_open or (state is _S.MISSED and self._is_within_grace()):
                return self._confirmed("confirmed by an agent who had it before")
            if state is _S.PUBLISHED:
                return self._yes_again()
            self._alert_of_yes(f'an agent who had it before says "Yes, I posted"; it is {state}')
            raise self._ended()
        if says in {PhoneSays.DECLINED, PhoneSays.SNOOZED}:
            raise self._ended()
        return self._noted(f"{says}, by an agent who had it before")

    def _alert_of_yes(self, what: str) -> None:
        """Keep a "Yes" for a task that has ended otherwise: it is refused, and yet somebody has posted."""
        message = f"{what}; look at the channel"
        self._noted(message)
        self.change.alert("posted_after_end", "delivery", self.delivery.id, message, self.delivery.tenant_id)

    def _ended(self) -> Conflict:
        has_passed = self.device is not None and self.device.agent_id != self.delivery.agent_id
        what = "has passed to a colleague" if has_passed else f"is {self.delivery.state}"
        return Conflict("ended", f"task {self.delivery.id} {what}")

    def _is_within_grace(self) -> bool:
        return self.change.now <= self.delivery.miss_at + self.change.ports.timings.late_yes

    def _without_us(self, after: Delivery) -> Delivery:
        """Leave out the phone that has ended it: it knows."""
        if self.device is None or after.rung_ids is None:
            return after
        return replace(after, rung_ids=tuple(id_ for id_ in after.rung_ids if id_ != self.device.id) or None)

    def _write(self, after: Delivery, why: str) -> Delivery:
        return disturb(
            self.change, self.delivery, after, by=PHONE, why=why, who=self.who, detail=self._detail()
        )

    def _noted(self, why: str) -> Delivery:
        """Write a line of history, and leave the delivery as it is."""
        delivery = self.delivery
        self.change.note(
            delivery,
            by=self.who,
            why=why,
            from_state=delivery.state,
            to_state=delivery.state,
            tenant_id=delivery.tenant_id,
            subject_id=delivery.id,
            detail=self._detail(),
        )
        return delivery

    def _detail(self) -> dict[str, object]:
        detail: dict[str, object] = {
            "event": self.tells.says.value,
            "occurred_at": self.tells.occurred_at.isoformat(),
        }
        return detail if self.device is None else detail | {"device_id": self.device.id}
