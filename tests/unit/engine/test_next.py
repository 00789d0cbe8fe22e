"""What is done next: a table over states, holds, hours and back-off."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.hours import WeeklyHours, Window
from postengine.engine.posts.next import Plan, Situation, plan_next
from postengine.engine.posts.states import DeliveryState, HoldReason, Mode, Step
from postengine.engine.posts.timings import Timings
from postengine.testing.clock import FakeClock

_S = DeliveryState
T = Timings()
NOW = FakeClock().now()  # a Tuesday, 09:00 UTC
DUE = NOW + timedelta(hours=2)
MISS = DUE + timedelta(hours=2)
HOUR = timedelta(hours=1)
AFTERNOONS = WeeklyHours(tuple(Window(day, time(13), time(18)) for day in range(7)))
NEVER = WeeklyHours(())


def _delivery(**fields: object) -> Delivery:
    known: dict[str, object] = {
        "mode": Mode.AUTOMATIC,
        "is_media_ready": True,
        "due_at": DUE,
        "miss_at": MISS,
        **fields,
    }
    return Delivery(
        id="d",
        tenant_id="t",
        post_id="p",
        channel_id="c",
        ref="r",
        created_at=NOW,
        updated_at=NOW,
        **known,  # type: ignore[arg-type]
    )


def _held(*reasons: HoldReason) -> Situation:
    return Situation(timings=T, reasons=frozenset(reasons))


FREE = _held()
NOT_A_COPY = [reason for reason in HoldReason if reason is not HoldReason.RESTORED]
AUTOMATIC: list[tuple[dict[str, object], Situation, datetime, Plan]] = [
    ({}, FREE, NOW, (Step.STAGE, DUE - T.stage_lead)),
    ({"is_media_ready": False}, FREE, NOW, (Step.MISS, MISS)),
    ({"not_before": NOW + HOUR}, FREE, NOW, (Step.STAGE, NOW + HOUR)),
    ({"not_before": MISS}, FREE, NOW, (Step.MISS, MISS)),
    ({"not_before": MISS + HOUR}, FREE, MISS, (Step.MISS, MISS + HOUR)),
    ({}, FREE, MISS, (Step.MISS, MISS)),
    ({}, _held(HoldReason.PAUSED), NOW, (Step.STAGE, DUE - T.stage_lead)),
    ({}, _held(HoldReason.UNAPPROVED), NOW, (Step.MISS, MISS)),
    ({}, _held(HoldReason.PAUSED, HoldReason.RESTORED), NOW, (Step.MISS, MISS)),
    ({"state": _S.STAGED}, FREE, NOW, (Step.PROMOTE, DUE - T.promote_lead)),
    ({"state": _S.STAGED}, _held(HoldReason.PAUSED), NOW, (Step.MISS, MISS)),
    ({"state": _S.STAGED}, FREE, MISS, (Step.MISS, MISS)),
    ({"state": _S.PROMOTED}, FREE, NOW, (Step.CONFIRM, DUE + T.polls[0])),
    ({"state": _S.PROMOTED, "not_before": MISS}, FREE, NOW, (Step.CONFIRM, MISS)),
    ({"state": _S.PROMOTED}, _held(HoldReason.PAUSED), NOW, (Step.CONFIRM, DUE + T.polls[0])),
    ({"state": _S.UNCONFIRMED, "remote_id": "x"}, FREE, DUE, (Step.CONFIRM, DUE)),
    ({"state": _S.UNCONFIRMED}, FREE, DUE, (None, None)),
    ({"state": _S.FAILED, "remote_id": "x"}, FREE, DUE + T.follow, (Step.CONFIRM, DUE + T.follow)),
    ({"state": _S.FAILED, "remote_id": "x"}, FREE, DUE + T.follow + HOUR, (None, None)),
    (
        {"state": _S.FAILED, "remote_id": "x", "promoted_at": DUE + HOUR},
        FREE,
        DUE + T.follow + HOUR,
        (Step.CONFIRM, DUE + T.follow + HOUR),
    ),
    ({"state": _S.PUBLISHED}, FREE, NOW, (None, None)),
    ({"state": _S.MISSED}, FREE, NOW, (None, None)),
    ({"state": _S.CANCELLED, "recall": _S.PLANNED}, FREE, NOW, (Step.RECALL, NOW)),
    ({"state": _S.STAGED, "recall": _S.CANCELLED, "not_before": DUE}, FREE, NOW, (Step.RECALL, DUE)),
    ({"recall": _S.CANCELLED}, _held(*NOT_A_COPY), NOW, (Step.RECALL, NOW)),
    ({"recall": _S.CANCELLED}, _held(HoldReason.RESTORED), NOW, (None, None)),
]


@pytest.mark.parametrize(("fields", "situation", "now", "expected"), AUTOMATIC)
def test_automatic(fields: dict[str, object], situation: Situation, now: datetime, expected: Plan) -> None:
    assert plan_next(_delivery(**fields), situation, now) == expected


OPEN: dict[str, object] = {
    "mode": Mode.MANUAL,
    "state": _S.NOTIFIED,
    "rang_at": DUE,
    "miss_at": DUE + 24 * HOUR,
}
END = DUE + 24 * HOUR
MANUAL: list[tuple[dict[str, object], Situation, Plan]] = [
    ({"mode": Mode.MANUAL}, FREE, (Step.NOTIFY, DUE)),
    ({"mode": Mode.MANUAL, "is_media_ready": False}, FREE, (Step.MISS, MISS)),
    ({"mode": Mode.MANUAL}, _held(HoldReason.DRAFTS_ONLY), (Step.MISS, MISS)),
    (OPEN, FREE, (Step.REMIND, DUE + T.reminders[0])),
    ({**OPEN, "reminders": 2}, FREE, (Step.REMIND, DUE + T.reminders[2])),
    ({**OPEN, "reminders": 3}, FREE, (Step.REMIND, END - T.remind_before_end)),
    ({**OPEN, "reminders": 4}, FREE, (Step.EXPIRE, END)),
    ({**OPEN, "received_at": DUE}, FREE, (Step.REMIND, END - T.remind_before_end)),
    ({**OPEN, "rang_at": None}, FREE, (Step.EXPIRE, END)),
    ({**OPEN, "snoozed_until": DUE + HOUR}, FREE, (Step.REMIND, DUE + HOUR)),
    ({**OPEN, "snoozed_until": DUE + HOUR, "miss_at": DUE + HOUR}, FREE, (Step.EXPIRE, DUE + HOUR)),
    ({**OPEN, "miss_at": DUE + timedelta(minutes=5)}, FREE, (Step.EXPIRE, DUE + timedelta(minutes=5))),
    ({**OPEN, "state": _S.SHARED}, _held(HoldReason.PAUSED), (Step.EXPIRE, END)),
    ({**OPEN, "state": _S.OPENED}, FREE, (Step.REMIND, DUE + T.reminders[0])),
    ({**OPEN, "state": _S.DECLINED}, FREE, (None, None)),
    (OPEN, Situation(timings=T, hours=AFTERNOONS), (Step.REMIND, NOW + 4 * HOUR)),
    (OPEN, Situation(timings=T, hours=NEVER), (Step.EXPIRE, END)),
]


@pytest.mark.parametrize(("fields", "situation", "expected"), MANUAL)
def test_manual(fields: dict[str, object], situation: Situation, expected: Plan) -> None:
    assert plan_next(_delivery(**fields), situation, NOW) == expected


@pytest.mark.parametrize(
    ("hours", "now", "expected"),
    [
        (AFTERNOONS, NOW, (Step.PROMOTE, DUE - T.promote_lead)),  # on time: the hours do not matter
        (AFTERNOONS, DUE + HOUR, (Step.PROMOTE, NOW + 4 * HOUR)),
        (AFTERNOONS, NOW + 4 * HOUR, (Step.MISS, MISS)),
        (NEVER, DUE + HOUR, (Step.MISS, MISS)),
        (NEVER, NOW, (Step.PROMOTE, DUE - T.promote_lead)),
    ],
)
def test_late_work_waits_for_the_posting_hours(hours: WeeklyHours, now: datetime, expected: Plan) -> None:
    delivery = _delivery(state=_S.STAGED, miss_at=MISS if now >= NOW + 4 * HOUR else MISS + 3 * HOUR)
    if expected[0] is Step.MISS:
        expected = (Step.MISS, delivery.miss_at)

    assert plan_next(delivery, Situation(timings=T, hours=hours), now) == expected


def test_late_work_within_the_hours_goes_now() -> None:
    delivery = _delivery(state=_S.STAGED, miss_at=MISS + 3 * HOUR)
    now = NOW + 5 * HOUR

    assert plan_next(delivery, Situation(timings=T, hours=AFTERNOONS), now) == (
        Step.PROMOTE,
        DUE - T.promote_lead,
    )
