"""Row 11: Google refuses, is slow and forgets phones; phones answer late, twice, out of order, or never."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from benchmarks.matrix.count import deliveries
from benchmarks.matrix.house import House
from benchmarks.matrix.load import Share
from benchmarks.matrix.row import Nemesis, Row
from postengine.engine.posts.record import Alert, Attempt, Outcome, Verb
from postengine.engine.posts.states import DeliveryState, Mode
from postengine.testing.phone import Answer, Person, PhoneSimulator, Quirks, Task

_DONE = {"ignored", "posted", "replayed"}
"""What stands in the diaries of phones of which one is never answered, and one says all twice."""
_FAULTS: tuple[dict[str, object], ...] = (
    {"kind": "QUOTA_EXCEEDED", "retry_after": "1", "times": 3},
    {"kind": "UNAVAILABLE", "times": 3},
    {"kind": "INTERNAL", "times": 2},
    {"kind": "slow", "seconds": 1.5, "times": 2},
    {"kind": "drop", "times": 2},
    {"kind": "drop-after", "times": 2},
    {"kind": "token-server-down", "times": 2},
)


class Google(Nemesis):
    """Fails in a way of its choice; now and then a phone is forgotten, or loses its network.

    A phone is used in a thread of its own: only what that may find changed at any moment is changed here.
    """

    every_s = 0.5
    extra_s = 10.0

    def started(self) -> None:
        """Let the last phone lose its network when its person posts, until all is over."""
        self._last.person = Person(answer=self._lose_network)

    def act(self) -> None:
        """Fail the next messages, forget a phone or let it register anew, take or give its network."""
        key = self.house.chance.choice(self.house.keys[:-1])
        phone = self.phones.by_key[key]
        match self.house.chance.randrange(8):
            case 0:
                self.house.google.add_fault(kind="UNREGISTERED", fid=phone.fid)
            case 1 | 2:
                phone.heartbeat()
            case 3:
                phone.is_online = False
            case 4 | 5:
                phone.is_online = True
            case _:
                self.house.google.add_fault(**self.house.chance.choice(_FAULTS))

    def end(self) -> None:
        """Give all phones their network."""
        self.house.google.clear_faults()
        self._last.person = Person()
        for phone in self.phones.by_key.values():
            phone.is_online = True

    def found(self) -> list[str]:
        """Tell of each "Yes" that was lost, and of network posts that were missed."""
        with self.house.ports.store.transaction() as tx:
            told = {alert.subject_id for alert in tx.find(Alert, {"code": "posted_after_end"})}
        rows = {row.id: row for row in deliveries(self.house.ports)}
        wrong = [
            f"lost: {id_} was posted by hand, is {rows[id_].state}, and nobody is told"
            for id_ in self.phones.posted()
            if rows[id_].state is not DeliveryState.PUBLISHED and id_ not in told
        ]
        wrong += [
            f"{row.id} needs no phone, and is missed"
            for row in rows.values()
            if row.mode is Mode.AUTOMATIC and row.state is DeliveryState.MISSED
        ]
        wrong += [f"{phone.fid} has not told all" for phone in self._all if phone.waiting_events]
        return wrong

    def spared(self) -> list[str]:
        """Tell of what no phone did, and if all pushes were taken."""
        with self.house.ports.store.transaction() as tx:
            pushes = tx.find(Attempt, {"verb": Verb.PUSH})
        diary = {line.what for phone in self._all for line in phone.log}
        untried = [f"no phone has {what!r} in its diary" for what in sorted(_DONE - diary)]
        if all(row.reason != "confirmed late" for row in deliveries(self.house.ports)):
            untried.append('no "Yes" came after its task had ended')
        if all(attempt.outcome is Outcome.DONE for attempt in pushes):
            untried.append(f"all {len(pushes)} pushes were taken")
        return untried

    def _lose_network(self, _: Task) -> Answer:
        self._last.is_online = False
        return Answer.YES

    @property
    def _last(self) -> PhoneSimulator:
        return self.phones.by_key[self.house.keys[-1]]

    @property
    def _all(self) -> Iterable[PhoneSimulator]:
        return self.phones.by_key.values()


def _quirks(house: House) -> Mapping[str, Quirks]:
    return {house.keys[2]: Quirks(doubled=True, reordered=True), house.keys[3]: Quirks(late=True)}


def _people(house: House) -> Mapping[str, Person]:
    return {house.keys[0]: Person(answer=Answer.NEVER), house.keys[1]: Person(answer=Answer.CANT)}


ROW = Row(
    number=11,
    name="phones",
    does="FCM: UNREGISTERED, 429 with Retry-After, 503, slow; phones answer late, twice, out of order, never",
    nemesis=Google,
    share=Share(by_hand=0.8, now=0.5),
    quirks=_quirks,
    people=_people,
    may_miss=True,
    timings={"grace_manual": timedelta(seconds=10)},
)
