"""Events: heard once, answered with the current task."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from postengine.agent import AgentResponse
from postengine.engine.commands.cancel import cancel_delivery
from postengine.engine.posts.states import DeliveryState
from tests.unit.agent.house import House, bytes_of, code_of, json_of


def batch(house: House, token: str, events: list[Any]) -> AgentResponse:
    return house.ask("POST", "events:batch", {"events": events}, token=token)


def item(house: House, task_id: str, kind: str, key: str) -> dict[str, Any]:
    at = house.clock.now().isoformat()
    return {"task_id": task_id, "idempotency_key": key, "type": kind, "occurred_at": at}


def test_an_event_answers_with_the_task_and_asks_for_a_tick(house: House, token: str, task: str) -> None:
    answer = house.tell(token, task, "opened")

    assert (answer.status, answer.has_written, json_of(answer)["state"]) == (200, True, "opened")
    assert "Idempotency-Replayed" not in answer.headers


def test_a_replay_gets_the_same_answer_and_changes_nothing(house: House, token: str, task: str) -> None:
    first = house.tell(token, task, "snoozed", snooze_until="2026-12-01T10:00:00Z")

    again = house.tell(token, task, "snoozed", snooze_until="2026-12-01T10:00:00Z")

    assert (again.status, bytes_of(again)) == (first.status, bytes_of(first))
    assert (again.headers["Idempotency-Replayed"], again.has_written) == ("true", False)
    assert house.delivery(task).snoozes == 1


def test_a_replay_carries_the_task_as_it_is_now(house: House, token: str, task: str) -> None:
    house.tell(token, task, "opened")
    cancel_delivery(house.ports, task)

    again = house.tell(token, task, "opened")

    assert (again.status, json_of(again)["state"]) == (200, "cancelled")


def test_a_key_that_came_with_another_event_is_refused(house: House, token: str, task: str) -> None:
    house.tell(token, task, "opened")

    answer = house.tell(token, task, "declined")

    assert code_of(answer) == (422, "idempotency_key_reused")
    assert json_of(answer)["task"]["state"] == "opened"
    assert house.delivery(task).state is DeliveryState.OPENED


def test_a_key_of_another_task_is_refused(house: House, token: str, task: str) -> None:
    house.tell(token, task, "opened")

    answer = house.tell(token, house.plan(title="Villa 2"), "opened")

    assert code_of(answer) == (422, "idempotency_key_reused")


def test_two_phones_may_use_the_same_key(house: House, token: str, task: str) -> None:
    house.tell(token, task, "opened")

    answer = house.tell(house.token(), task, "confirmed")

    assert (answer.status, json_of(answer)["state"]) == (200, "published")


def test_what_contradicts_the_end_is_refused_again_on_replay(house: House, token: str, task: str) -> None:
    house.tell(token, task, "confirmed", key="yes")

    answers = [house.tell(token, task, "declined", key="no") for _ in range(2)]

    assert [code_of(answer) for answer in answers] == [(409, "ended"), (409, "ended")]
    assert [json_of(answer)["task"]["state"] for answer in answers] == ["published", "published"]
    assert answers[1].headers["Idempotency-Replayed"] == "true"


def test_a_snooze_past_the_end_is_refused_with_its_field(house: House, token: str, task: str) -> None:
    answer = house.tell(token, task, "snoozed", snooze_until="2026-12-09T10:00:00Z")

    assert code_of(answer) == (422, "out_of_range")
    assert json_of(answer)["field"] == "snooze_until"
    assert json_of(answer)["task"]["snooze"]["remaining"] == 3


def test_a_fourth_snooze_is_refused(house: House, token: str, task: str) -> None:
    for number in range(3):
        house.tell(token, task, "snoozed", key=f"{number}", snooze_until="2026-12-01T10:00:00Z")

    answer = house.tell(token, task, "snoozed", key="4", snooze_until="2026-12-01T11:00:00Z")

    assert code_of(answer) == (409, "too_many_snoozes")
    assert json_of(answer)["task"]["snooze"]["remaining"] == 0


def test_a_failure_on_the_phone_changes_no_state(house: House, token: str, task: str) -> None:
    answer = house.tell(token, task, "failed", reason="no space\0" + "x" * 2000)

    assert json_of(answer)["state"] == "notified"
    reason = house.delivery(task).reason
    assert reason is not None
    assert reason.endswith("no space" + "x" * 992)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"proof_url": "javascript:alert(1)"}, "proof_url"),
        ({"occurred_at": "2026-12-01T09:00:00"}, "occurred_at"),
        ({"type": "stolen"}, "type"),
    ],
)
def test_a_wrong_field_is_named(
    house: House, token: str, task: str, more: dict[str, str], field: str
) -> None:
    body = {"type": "confirmed", "occurred_at": "2026-12-01T09:00:00Z"} | more

    answer = house.ask("POST", f"tasks/{task}/events", body, token=token, headers={"Idempotency-Key": "k"})

    assert code_of(answer) == (422, "invalid")
    assert json_of(answer)["field"] == field


@pytest.mark.parametrize("key", ["", "with space", "x" * 201])
def test_an_event_without_a_usable_key_is_refused(house: House, token: str, task: str, key: str) -> None:
    answer = house.tell(token, task, "opened", key=key)

    assert code_of(answer) == (400, "idempotency_key_missing")


def test_a_batch_answers_each_event_in_order(house: House, token: str, task: str) -> None:
    events = [
        item(house, task, "opened", "1"),
        item(house, "del_none", "opened", "2"),
        item(house, task, "confirmed", "3"),
        item(house, task, "declined", "4"),
        {"task_id": task},
        "nonsense",
        item(house, "no such\0id", "opened", "5"),
    ]

    answer = batch(house, token, events)

    results = json_of(answer)["results"]
    assert [result["status"] for result in results] == [200, 404, 200, 409, 422, 422, 404]
    assert [results[index]["task"]["state"] for index in (0, 2)] == ["opened", "published"]
    assert results[3]["problem"]["code"] == "ended"
    assert results[3]["problem"]["task"]["state"] == "published"
    assert (answer.status, answer.has_written) == (200, True)


def test_an_event_sent_singly_and_again_in_a_batch_is_heard_once(house: House, token: str, task: str) -> None:
    snooze = {"snooze_until": "2026-12-01T10:00:00Z"}
    house.tell(token, task, "snoozed", key="k", **snooze)

    answer = batch(house, token, [item(house, task, "snoozed", "k") | snooze])

    result = json_of(answer)["results"][0]
    assert (result["status"], result["replayed"], answer.has_written) == (200, True, False)
    assert house.delivery(task).snoozes == 1


def test_a_refused_event_is_refused_again_in_a_batch(house: House, token: str, task: str) -> None:
    house.tell(token, task, "confirmed", key="yes")
    events = [item(house, task, "declined", "no")]
    batch(house, token, events)

    result = json_of(batch(house, token, events))["results"][0]

    assert (result["status"], result["problem"]["code"], result["replayed"]) == (409, "ended", True)


def test_a_batch_of_more_than_fifty_is_refused(house: House, token: str, task: str) -> None:
    events = [item(house, task, "opened", f"{number}") for number in range(51)]

    assert code_of(batch(house, token, events)) == (422, "too_many_events")
    assert house.delivery(task).state is DeliveryState.NOTIFIED


def test_a_late_yes_counts_within_the_grace(house: House, token: str, task: str) -> None:
    house.clock.advance(timedelta(hours=30))
    house.run()

    answer = house.tell(token, task, "confirmed")

    assert (answer.status, json_of(answer)["state"]) == (200, "published")
