"""Row 13: an operator edits, reschedules, cancels, pauses and withdraws around the promote time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import httpx

from benchmarks.matrix.count import deliveries
from benchmarks.matrix.row import Nemesis, Row
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import HistoryEntry
from postengine.engine.posts.states import Mode

_ALL = {"edit", "reschedule", "cancel", "pause", "withdraw"}
_PAUSE = timedelta(seconds=2)
_WITHDRAWN_AT = 25
"""Its number among the requests; posts are being promoted by then."""
_IN_HAND = timedelta(seconds=3)
"""A person who posts by hand, and a phone that shows the task, may be behind by so much."""


@dataclass(frozen=True, slots=True)
class _Stop:
    """Posts that were not to go out any more, or not for a while.

    Attributes:
        is_sure: It was answered as done: nobody may have to be told afterwards that it was too late.
    """

    why: str
    post_ids: frozenset[str]
    from_at: datetime
    until_at: datetime
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A post that went out, as it was seen from outside."""

    delivery: Delivery
    at: datetime
    text: str


class Operator(Nemesis):
    """Asks the service's own API for one thing after the other; refusals are part of it."""

    every_s = 0.15
    extra_s = 10.0

    def __init__(self) -> None:
        self._asked = 0
        self._captions: dict[str, list[tuple[datetime, str]]] = {}
        self._stops: list[_Stop] = []
        self._taken: set[str] = set()

    def act(self) -> None:
        """Do one of them."""
        self._asked += 1
        if self._asked == _WITHDRAWN_AT:
            self._withdraw()
            return
        post_id = self.house.chance.choice(self.load.post_ids)
        todo: Sequence[Callable[[str], None]] = (self._edit, self._reschedule, self._cancel, self._pause)
        self.house.chance.choices(todo, (4, 3, 2, 1))[0](post_id)

    def found(self) -> list[str]:
        """Tell of what went out otherwise than was answered."""
        with self.house.ports.store.transaction() as tx:
            history = tx.find(HistoryEntry, {"subject": "delivery"})
        warned = {entry.subject_id for entry in history if entry.why.startswith("too_late")}
        wrong: list[str] = []
        for arrival in self._arrivals():
            is_warned = arrival.delivery.id in warned
            wrong += self._stopped(arrival, is_warned=is_warned)
            if not is_warned and not self._is_current(arrival):
                wrong.append(f"{arrival.delivery.id} ({arrival.delivery.mode}) went out as {arrival.text!r}")
        return wrong

    def spared(self) -> list[str]:
        """Tell of what was never taken, and if no edit was seen outside."""
        untried = [f"no {what} was taken" for what in sorted(_ALL - self._taken)]
        if not any("Edited" in arrival.text for arrival in self._arrivals()):
            untried.append("nothing went out that had been edited")
        return untried

    def _edit(self, post_id: str) -> None:
        caption = f"Edited, {self._asked}."
        if self._ask("edit", "PATCH", f"posts/{post_id}", {"caption": caption}).is_success:
            self._captions.setdefault(post_id, []).append((_now(), caption))

    def _reschedule(self, post_id: str) -> None:
        soon = _now() + timedelta(seconds=self.house.chance.uniform(1, 15))
        self._ask("reschedule", "POST", f"posts/{post_id}/reschedule", {"scheduled_at": soon.isoformat()})

    def _cancel(self, post_id: str) -> None:
        answer = self._ask("cancel", "POST", f"posts/{post_id}/cancel", {"why": "on second thoughts"})
        is_done = answer.is_success and answer.json()["status"] == "cancelled"
        if is_done or answer.status_code == HTTPStatus.ACCEPTED:  # it is being recalled
            self._stops.append(_Stop("cancelled", frozenset({post_id}), _now(), _EVER, is_sure=is_done))

    def _pause(self, post_id: str) -> None:
        """Hold the post's tenant for a moment."""
        tenant = self._of(post_id).tenant_id
        until = _now() + _PAUSE
        body: dict[str, object] = {"scope": "tenant", "target": tenant, "until_at": until.isoformat()}
        if self._ask("pause", "POST", "holds", body).is_success:
            held = frozenset(row.post_id for row in deliveries(self.house.ports) if row.tenant_id == tenant)
            self._stops.append(_Stop("paused", held, _now(), until))

    def _withdraw(self) -> None:
        """Take a listing off the market."""
        listing = self.house.chance.choice(list(self.load.listings.values()))
        if self._ask("withdraw", "PATCH", f"listings/{listing}", {"status": "withdrawn"}).is_success:
            of_it = frozenset(
                row.post_id for row in deliveries(self.house.ports) if row.listing_id == listing
            )
            self._stops.append(_Stop("withdrawn", of_it, _now(), _EVER))

    def _ask(self, what: str, method: str, path: str, body: dict[str, object]) -> httpx.Response:
        answer = self.house.api.request(method, f"/api/v1/{path}", json=body)
        if answer.is_server_error:
            raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text}")
        if answer.is_success:
            self._taken.add(what)
        return answer

    def _of(self, post_id: str) -> Delivery:
        return next(row for row in deliveries(self.house.ports) if row.post_id == post_id)

    def _arrivals(self) -> Iterable[_Arrival]:
        rows = deliveries(self.house.ports)
        by_ref, by_id = {row.ref: row for row in rows}, {row.id: row for row in rows}
        texts = {post["id"]: str(post["content"]) for post in self.house.postiz.posts()}
        for line in self.house.postiz.network():
            at = datetime.fromisoformat(line["at"])
            yield _Arrival(by_ref[line["ref"]], at, texts[line["post_id"]])
        for phone in self.phones.by_key.values():
            for posted in phone.posted:
                yield _Arrival(by_id[posted.task_id], posted.at, posted.caption)

    def _stopped(self, arrival: _Arrival, *, is_warned: bool) -> list[str]:
        """Return each stop in spite of which it went out."""
        row = arrival.delivery
        spare = _IN_HAND if row.mode is Mode.MANUAL else timedelta(0)
        return [
            f"{row.id} ({row.mode}) went out at {arrival.at:%T.%f}, {stop.why} at {stop.from_at:%T.%f}"
            for stop in self._stops
            if row.post_id in stop.post_ids
            and stop.from_at + spare < arrival.at < stop.until_at
            and (stop.is_sure or not is_warned)
        ]

    def _is_current(self, arrival: _Arrival) -> bool:
        """Whether it says what it was last to say when it went out, or in a hand a moment before."""
        at = arrival.at - (_IN_HAND if arrival.delivery.mode is Mode.MANUAL else timedelta(0))
        edits = self._captions.get(arrival.delivery.post_id, [])
        before = [caption for edited_at, caption in edits if edited_at <= at]
        since = [caption for edited_at, caption in edits if at < edited_at]
        return any(caption in arrival.text for caption in (*(before or ["Post"])[-1:], *since))


_EVER = datetime(2100, 1, 1, tzinfo=UTC)


def _now() -> datetime:
    return datetime.now(UTC)


ROW = Row(
    number=13,
    name="operator",
    does="an operator edits, reschedules, cancels, pauses and withdraws, around the promote times",
    nemesis=Operator,
    may_miss=True,
)
