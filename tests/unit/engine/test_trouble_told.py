"""Trouble is told once, by every way, until it is over: whatever dies, fails or runs twice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.ledger.change import changing
from postengine.engine.ports import Sent, Transaction
from postengine.engine.posts.errors import Conflict
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.record import Mark
from postengine.engine.posts.states import HoldReason, HoldScope
from postengine.engine.trouble.processes import expect_cron, note_clock
from postengine.engine.trouble.telling import LOOK_EVERY, Notice, tell_trouble
from postengine.engine.trouble.value import TroubleCode
from postengine.testing.clock import FakeClock

from .world import World

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class ProcessDied(Exception):
    """The process is gone in the middle of it."""


@dataclass
class Bell:
    """A way that keeps what it is told, and answers what it is told to."""

    way: str = "e-mail"
    told: list[Notice] = field(default_factory=list[Notice])
    answers: list[Sent] = field(default_factory=list[Sent])
    dies: bool = False

    def tell(self, notice: Notice) -> Sent:
        self.told.append(notice)
        if self.dies:
            raise ProcessDied
        return self.answers.pop(0) if self.answers else Sent()

    @property
    def codes(self) -> list[list[TroubleCode]]:
        return [[one.code for one in notice.troubles] for notice in self.told]


@pytest.fixture
def hold(world: World) -> Hold:
    """A trouble, until it is released."""
    return place_hold(world.ports, HoldScope.SERVICE, reason=HoldReason.RESTORED, note="restored")


def _look(world: World, *bells: Bell) -> None:
    """Look, once it is time to."""
    world.clock.advance(LOOK_EVERY)
    tell_trouble(world.ports, bells)


def _marks(world: World, start: str) -> list[Mark]:
    return [mark for mark in world.rows(Mark) if mark.id.startswith(start)]


def test_without_trouble_nothing_is_told(world: World) -> None:
    bell = Bell()

    _look(world, bell)

    assert bell.told == []


@pytest.mark.usefixtures("hold")
def test_it_is_told_once_by_every_way_however_often_it_is_looked_at(world: World) -> None:
    mail, hook = Bell(), Bell("webhook")

    for _ in range(5):
        _look(world, mail, hook)

    assert mail.codes == hook.codes == [[TroubleCode.RESTORED]]
    (one,) = mail.told[0].troubles
    assert "adopt" in one.remedy
    assert _marks(world, "notice:") == []


def test_what_comes_back_is_told_again_under_another_key(world: World, hold: Hold) -> None:
    bell = Bell()
    _look(world, bell)
    release_hold(world.ports, hold.id)
    _look(world, bell)
    place_hold(world.ports, HoldScope.SERVICE, reason=HoldReason.RESTORED, note="restored")

    _look(world, bell)

    first, second = bell.told
    assert first.troubles[0].key == second.troubles[0].key
    assert first.key != second.key


@pytest.mark.usefixtures("hold")
def test_what_is_new_at_once_is_told_at_once_the_gravest_first(world: World) -> None:
    bell = Bell()
    with changing(world.ports) as change:
        change.alert("push_gone", "device", "d", "gone")

    _look(world, bell)

    assert bell.codes == [[TroubleCode.RESTORED, TroubleCode.PUSH_GONE]]


@pytest.mark.usefixtures("hold")
def test_a_way_that_fails_is_tried_again_with_the_same_key_and_the_other_is_not(world: World) -> None:
    mail, hook = Bell(), Bell("webhook", answers=[Sent(problem="busy", retry_after=2 * MINUTE)])
    _look(world, mail, hook)
    _look(world, mail, hook)
    patient = len(hook.told)
    world.clock.advance(2 * MINUTE)

    _look(world, mail, hook)
    _look(world, mail, hook)

    assert patient == 1
    assert [notice.key for notice in hook.told] == [hook.told[0].key] * 2
    assert hook.told[0] == hook.told[1]
    assert len(mail.told) == 1


@pytest.mark.usefixtures("hold")
def test_what_a_way_refuses_for_good_is_tried_again_rarely_since_a_person_may_mend_it(world: World) -> None:
    bell = Bell(answers=[Sent(problem="550 no such user")])
    _look(world, bell)
    for _ in range(8):
        _look(world, bell)
    patient = len(bell.told)
    world.clock.advance(8 * MINUTE)

    _look(world, bell)

    assert patient == 1
    assert len(bell.told) == 2


@pytest.mark.usefixtures("hold")
def test_a_process_that_dies_while_it_tells_is_followed_by_another_with_the_same_key(world: World) -> None:
    dying, next_one = Bell(dies=True), Bell()
    with pytest.raises(ProcessDied):
        _look(world, dying)
    _look(world, next_one)
    patient = len(next_one.told)
    world.clock.advance(MINUTE)

    _look(world, next_one)

    assert patient == 0
    assert [notice.key for notice in next_one.told] == [dying.told[0].key]


def test_what_was_noticed_is_told_even_if_it_is_over_by_then(world: World, hold: Hold) -> None:
    bell = Bell(answers=[Sent(problem="away", retry_after=MINUTE)])
    _look(world, bell)
    release_hold(world.ports, hold.id)
    world.clock.advance(MINUTE)

    _look(world, bell)

    assert len(bell.told) == 2


@pytest.mark.usefixtures("hold")
def test_what_nobody_takes_for_three_days_is_given_up(world: World) -> None:
    bell = Bell(answers=[Sent(problem="away", retry_after=MINUTE)])
    _look(world, bell)
    world.clock.advance(3 * DAY)

    _look(world, bell)

    assert len(bell.told) == 1
    assert _marks(world, "notice:") == []


@pytest.mark.usefixtures("hold")
def test_processes_together_look_no_more_often_than_one(world: World) -> None:
    bell = Bell()
    world.clock.advance(LOOK_EVERY)
    tell_trouble(world.ports, [bell])
    with changing(world.ports) as change:
        change.alert("push_gone", "device", "d", "gone")

    tell_trouble(world.ports, [bell])
    at_once = len(bell.told)
    _look(world, bell)

    assert at_once == 1
    assert bell.codes[1:] == [[TroubleCode.PUSH_GONE]]


@pytest.mark.usefixtures("hold")
def test_without_a_way_nothing_is_noted_so_that_the_first_way_hears_all(world: World) -> None:
    bell = Bell()
    _look(world)

    _look(world, bell)

    assert len(bell.told) == 1


@dataclass
class Slow(Bell):
    """A way that takes so long that another process looks meanwhile."""

    world: World | None = None
    other: Bell = field(default_factory=Bell)

    def tell(self, notice: Notice) -> Sent:
        assert self.world is not None
        tell_trouble(self.world.ports, [self.other])
        return super().tell(notice)


@pytest.mark.usefixtures("hold")
def test_what_one_process_is_telling_another_does_not_tell_as_well(world: World) -> None:
    slow = Slow(world=world)

    _look(world, slow)

    assert slow.codes == [[TroubleCode.RESTORED]]
    assert slow.other.told == []


@dataclass
class Outlived(Bell):
    """A way that answers only when its claim is over, and another process has told it as well."""

    world: World | None = None
    other: Bell = field(default_factory=Bell)

    def tell(self, notice: Notice) -> Sent:
        assert self.world is not None
        if not self.told:
            self.world.clock.advance(MINUTE)
            tell_trouble(self.world.ports, [self.other])
        return super().tell(notice)


@pytest.mark.usefixtures("hold")
@pytest.mark.parametrize(("other", "told_again"), [(Sent(), 0), (Sent(problem="no", retry_after=MINUTE), 1)])
def test_a_late_answer_does_not_undo_what_another_process_has_found(
    world: World, other: Sent, told_again: int
) -> None:
    bell = Outlived(world=world, other=Bell(answers=[other]), answers=[Sent(problem="late")])
    _look(world, bell)
    world.clock.advance(MINUTE)

    _look(world, bell)

    assert {notice.key for notice in bell.told} == {bell.other.told[0].key}
    assert len(bell.told) == 1 + told_again


def test_more_than_a_hundred_at_once_are_counted(world: World) -> None:
    bell = Bell()
    with changing(world.ports) as change:
        for number in range(103):
            change.alert("push_gone", "device", f"d{number:03}", "gone")

    _look(world, bell)
    _look(world, bell)

    (notice,) = bell.told
    assert (len(notice.troubles), notice.more) == (100, 3)


def test_evidence_survives_being_kept(world: World) -> None:
    world.plan(after=MINUTE)
    world.clock.advance(DAY)
    world.run()
    bell = Bell()

    _look(world, bell)

    (one,) = bell.told[0].troubles
    assert (one.code, one.tenant_id) == (TroubleCode.MISSED, world.tenant.id)
    assert "3 Bedroom Apartment" in one.evidence[0]
    assert one.since.tzinfo is not None


@pytest.mark.usefixtures("hold")
def test_two_first_looks_at_once_are_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    bell = Bell()

    def clash(_: Transaction, row: object) -> None:
        raise Conflict("exists", f"there is already a {type(row).__name__}")

    with world.store.transaction() as tx:
        kind = type(tx)
    monkeypatch.setattr(kind, "add", clash)
    tell_trouble(world.ports, [bell])
    note_clock(replace(world.ports, clock=FakeClock(world.clock.now() + DAY)))
    monkeypatch.undo()
    _look(world, bell)

    assert len(bell.told) == 1
    assert _marks(world, "clock:") == []


def test_a_cron_that_dies_is_told_by_any_other_process_and_again_when_it_dies_again(world: World) -> None:
    bell = Bell()
    with world.store.transaction() as tx:
        expect_cron(tx)
        tx.add(Mark(id="cron", value="host:1", at=tx.now))
    for _ in range(8):
        _look(world, bell)
    (cron,) = world.rows(Mark, id="cron")
    world.change(Mark, cron, at=world.clock.now())
    _look(world, bell)
    world.clock.advance(2 * MINUTE)

    _look(world, bell)

    assert bell.codes == [[TroubleCode.CRON_SILENT]] * 2
    assert bell.told[0].troubles[0].evidence == ("the last one was host:1",)
