"""The device itself: who it is, where it is rung, and how it takes leave."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from pydantic import TypeAdapter

from postengine.engine.commands.ping import ping
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ports import Ports, Rung
from postengine.engine.posts.agent import Agent, Device, PushKind
from postengine.engine.posts.errors import Conflict
from postengine.engine.posts.tenant import Tenant

from .auth import authenticate, still_paired
from .call import Call, Setup
from .push import FcmPush, NoPush, Push, WebPush, check_push, push_json, register
from .requests import read_json
from .responses import AgentResponse, JsonObject, Refusal, json_response, to_iso

_PUSH: TypeAdapter[FcmPush | WebPush | NoPush] = TypeAdapter(Push)


def about_us(change: Change, setup: Setup, device: Device) -> JsonObject:
    """Return whose phone it is, and what it needs to know of the service."""
    agent = change.need(Agent, device.agent_id)
    tenant = change.need(Tenant, device.tenant_id)
    return {
        "agent": {"id": agent.id, "name": agent.name, "zone": agent.zone or tenant.zone},
        "tenant": {"id": tenant.id, "name": tenant.name, "brand": {"primary": tenant.brand.primary}},
        "vapid_public_key": setup.vapid_public_key,
        "poll_interval_s": setup.poll_interval_s,
        "server_time": to_iso(change.now),
    }


def show_me(call: Call) -> AgentResponse:
    """`GET /agent/v1/me`: who the phone is."""
    device = authenticate(call)
    about: JsonObject = {
        "device_id": device.id,
        "platform": device.platform,
        "model": device.model,
        "app_version": device.app_version,
        "push": push_json(device),
    }
    with changing(call.ports) as change:
        return json_response(HTTPStatus.OK, about | about_us(change, call.setup, device))


def put_push(call: Call) -> AgentResponse:
    """`PUT /agent/v1/device/push`: a new registration, or the same as a sign of life."""
    caller = authenticate(call)
    push = read_json(call.request, _PUSH)
    check_push(push, allows_local=call.setup.allows_local_push)
    with changing(call.ports) as change:
        device = register(change, still_paired(change, caller), push)
        change.tx.save(device)
    return json_response(HTTPStatus.OK, {"device_id": device.id, "push": push_json(device)})


def delete_device(call: Call) -> AgentResponse:
    """`DELETE /agent/v1/device`: take leave."""
    device = authenticate(call)
    revoke_device(call.ports, device.id, who=f"agent:{device.agent_id}")
    return AgentResponse(status=HTTPStatus.NO_CONTENT)


def test_device(call: Call) -> AgentResponse:
    """`POST /agent/v1/device/test`: ring this phone, so that its owner sees that it rings."""
    device = authenticate(call)
    call.setup.tests_pace.take(device.id)
    try:
        answer = ping(call.ports, device.id, who=f"phone:{device.id}")
    except Conflict as error:
        raise Refusal(HTTPStatus.CONFLICT, error.code, str(error)) from error
    return json_response(HTTPStatus.OK, rung_json(answer))


def rung_json(answer: Rung) -> JsonObject:
    """Return what came of a test notification."""
    wait = answer.retry_after
    problem = "its registration is gone; allow notifications again" if answer.is_gone else answer.problem
    return {
        "is_accepted": answer.is_accepted,
        "problem": problem,
        "retry_after_s": None if wait is None else wait.total_seconds(),
    }


def revoke_device(ports: Ports, device_id: str, *, who: str = "person") -> Device:
    """Take a phone's token and registration away; at its next call it wipes itself.

    Args:
        ports: What the engine works with.
        device_id: Which phone.
        who: Written into the history.

    Raises:
        NotFound: There is no such device.
    """
    with changing(ports) as change:
        known = change.need(Device, device_id, lock=True)
        if known.revoked_at is not None:
            return known
        revoked = replace(known, revoked_at=change.now, push_kind=PushKind.NONE, push_address="")
        change.tx.save(revoked)
        for code in ("phone_silent", "push_gone", "push_refused", "push_stale"):
            change.clear_alert(code, revoked.id)
        change.note(revoked, by=who, why="unpaired", tenant_id=revoked.tenant_id, subject_id=revoked.id)
        return revoked
