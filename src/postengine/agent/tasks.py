"""The agent's tasks: one, those that wait for an answer, and the day ahead."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus

from postengine.engine.commands.handover import polled
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.holds import holds_on
from postengine.engine.ports import Above, AtMost
from postengine.engine.posts.agent import Device
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.hold import is_allowed
from postengine.engine.posts.states import OPEN_HANDOVER, DeliveryState, Mode, Step

from .auth import authenticate
from .call import Call
from .responses import AgentResponse, JsonObject, Refusal, json_response, to_iso
from .task import may_see, own_delivery, task_json

_AHEAD = timedelta(hours=24)
_CURSOR = re.compile(r"[A-Za-z0-9_.-]{1,100}")


def show_task(call: Call) -> AgentResponse:
    """`GET /agent/v1/tasks/{id}`."""
    device = authenticate(call)
    with changing(call.ports) as change:
        delivery = own_delivery(change, device, call.args["id"])
        return json_response(HTTPStatus.OK, task_json(change, call.setup.links, delivery, device))


def list_tasks(call: Call) -> AgentResponse:
    """`GET /agent/v1/tasks?state=active|upcoming&cursor=`.

    A phone that asks for its active tasks has been told of them: what is due counts as notified.
    """
    device = authenticate(call)
    state = call.request.query.get("state", "active")
    if state not in {"active", "upcoming"}:
        detail = f"state: active or upcoming was expected, not {state[:40]!r}"
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", detail, field="state")
    cursor = _cursor(call)
    with changing(call.ports) as change:
        if state == "active":
            polled(change, device.agent_id, who=f"phone:{device.id}")
        found = _find(change, device, state, cursor, call.setup.page_size + 1)
        page = found[: call.setup.page_size]
        shown = [row for row in page if may_see(change, row, device)]
        if state == "upcoming":
            shown = [row for row in shown if _may_be_handed_over(change, row)]
        answer: JsonObject = {
            "tasks": [task_json(change, call.setup.links, row, device) for row in shown],
            "cursor": page[-1].id if len(found) > len(page) else None,
            "server_time": to_iso(change.now),
        }
        has_written = bool(change.moved)
    return json_response(HTTPStatus.OK, answer, has_written=has_written)


def _cursor(call: Call) -> str:
    cursor = call.request.query.get("cursor", "")
    if cursor and not _CURSOR.fullmatch(cursor):
        detail = "cursor: give back the one of the last page, or leave it out"
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", detail, field="cursor")
    return cursor


def _find(change: Change, device: Device, state: str, cursor: str, limit: int) -> list[Delivery]:
    where: dict[str, object] = {"agent_id": device.agent_id, "mode": Mode.MANUAL}
    if state == "active":
        where["state"] = OPEN_HANDOVER
    else:
        where |= {"state": DeliveryState.PLANNED, "due_at": AtMost(change.now + _AHEAD)}
    if cursor:
        where["id"] = Above(cursor)
    return change.tx.find(Delivery, where, limit=limit)


def _may_be_handed_over(change: Change, delivery: Delivery) -> bool:
    """Whether no hold is on it: what is not approved yet is not shown."""
    return is_allowed(Step.NOTIFY, [hold.reason for hold in holds_on(change.tx, delivery)])
