"""What the phone tells of a task: one event, or an outbox of them; each is heard once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus

from pydantic import JsonValue, TypeAdapter, ValidationError

from postengine.engine.commands.handover import hear
from postengine.engine.ledger.change import Change, changing
from postengine.engine.posts.agent import Device, PhoneEvent
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict, Invalid

from .auth import authenticate, shown_hash
from .call import Call
from .event_body import BatchBody, BatchItem, EventBody
from .requests import read_json, refusal_of
from .responses import AgentResponse, JsonObject, Refusal, json_response, problem, problem_response
from .task import own_delivery, task_json

MOST_EVENTS = 50
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_ID = re.compile(r"[A-Za-z0-9_.-]{1,100}")
_BODY: TypeAdapter[EventBody] = TypeAdapter(EventBody)
_BATCH: TypeAdapter[BatchBody] = TypeAdapter(BatchBody)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """What became of an event.

    Attributes:
        problem: Why it was not taken; empty where it was.
        task: As it is now, also in the answer to a replay: an old answer must not open a closed task.
    """

    status: int
    problem: JsonObject
    task: JsonObject
    was_replayed: bool

    @property
    def has_written(self) -> bool:
        return not self.was_replayed and not self.problem


def post_event(call: Call) -> AgentResponse:
    """`POST /agent/v1/tasks/{id}/events` with an `Idempotency-Key`."""
    device = _authenticate(call)
    body = read_json(call.request, _BODY)
    heard = _hear(call, device, call.args["id"], call.request.header("idempotency-key") or "", body)
    headers = {"Idempotency-Replayed": "true"} if heard.was_replayed else {}
    if heard.problem:
        members = heard.problem | {"task": heard.task}
        return problem_response(members, heard.status, headers=headers)
    return json_response(heard.status, heard.task, headers=headers, has_written=heard.has_written)


def post_batch(call: Call) -> AgentResponse:
    """`POST /agent/v1/events:batch`: up to 50 events in their order, with a result for each."""
    device = _authenticate(call)
    events = read_json(call.request, _BATCH).events
    if len(events) > MOST_EVENTS:
        detail = f"events: {len(events)} were sent; send at most {MOST_EVENTS} at once"
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "too_many_events", detail, field="events")
    call.setup.events_pace.take(shown_hash(call), max(len(events) - 1, 0))
    results: list[JsonObject] = []
    has_written = False
    for event in events:
        try:
            heard = _hear_item(call, device, event)
        except Refusal as refusal:
            results.append({"status": refusal.status, "problem": refusal.to_json()})
        else:
            results.append(_result(heard))
            has_written |= heard.has_written
    return json_response(HTTPStatus.OK, {"results": results}, has_written=has_written)


def _authenticate(call: Call) -> Device:
    """Return the calling device; a phone that goes too fast is refused before the store is asked.

    Raises:
        Refusal: 401, or 429.
    """
    call.setup.events_pace.take(shown_hash(call))
    return authenticate(call)


def _hear_item(call: Call, device: Device, event: JsonValue) -> _Heard:
    try:
        item = BatchItem.model_validate(event)
    except ValidationError as error:
        raise refusal_of(error) from error
    return _hear(call, device, item.task_id, item.idempotency_key, item)


def _result(heard: _Heard) -> JsonObject:
    replayed: JsonObject = {"replayed": True} if heard.was_replayed else {}
    if heard.problem:
        return {"status": heard.status, "problem": heard.problem | {"task": heard.task}, **replayed}
    return {"status": heard.status, "task": heard.task, **replayed}


def _hear(call: Call, device: Device, task_id: str, key: str, body: EventBody) -> _Heard:
    """Hear one event, or find that it was heard before.

    Raises:
        Refusal: No such task, no usable key, or a key that came with another event.
    """
    if not _KEY.fullmatch(key):
        detail = (
            "each event needs a key of its own, 1 to 200 visible ASCII characters, kept when it is resent"
        )
        raise Refusal(HTTPStatus.BAD_REQUEST, "idempotency_key_missing", detail, field="idempotency_key")
    with changing(call.ports) as change:
        # The lock on the delivery also parts two arrivals of the same event.
        delivery = own_delivery(change, device, task_id if _ID.fullmatch(task_id) else "", lock=True)
        known = change.tx.get(PhoneEvent, f"{device.id}:{key}")
        if known is None:
            return _hear_new(change, call, device, key, body, delivery)
        task = task_json(change, call.setup.links, delivery, device)
        if known.body_hash != body.hash_for(task_id):
            detail = "this key came with another event before; give each event its own"
            raise Refusal(
                HTTPStatus.UNPROCESSABLE_ENTITY, "idempotency_key_reused", detail, more={"task": task}
            )
        return _Heard(status=known.status, problem=known.answer, task=task, was_replayed=True)


def _hear_new(
    change: Change, call: Call, device: Device, key: str, body: EventBody, delivery: Delivery
) -> _Heard:
    status, refused = int(HTTPStatus.OK), JsonObject()
    try:
        delivery = hear(change, delivery, body.tells(), who=f"phone:{device.id}", device=device)
    except Conflict as error:
        status = int(HTTPStatus.CONFLICT)
        refused = problem(status, error.code, str(error))
    except Invalid as error:
        first = error.problems[0]
        status = int(HTTPStatus.UNPROCESSABLE_ENTITY)
        refused = problem(status, first.code, first.message, first.field)
    event = PhoneEvent(
        id=f"{device.id}:{key}",
        device_id=device.id,
        delivery_id=delivery.id,
        body_hash=body.hash_for(delivery.id),
        status=status,
        answer=refused,
        at=change.now,
    )
    change.tx.add(event)
    task = task_json(change, call.setup.links, delivery, device)
    return _Heard(status=status, problem=refused, task=task, was_replayed=False)
