"""Pairing: an operator makes a code for an agent, and the agent's phone trades it for a token of its own."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, TypeAdapter

from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.watches import watch_over
from postengine.engine.ports import Ports
from postengine.engine.posts.agent import Agent, Device, PairingCode
from postengine.ids import new_secret

from .auth import token_hash
from .call import Call
from .device import about_us
from .push import Push, Text, check_push, register
from .requests import read_json
from .responses import AgentResponse, Refusal, json_response

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, 1, I, L and O, which people confuse."""
LENGTH = 8
LIFETIME = timedelta(minutes=10)

_Word = Annotated[Text, Field(max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingOffer:
    """A code to be typed or shown as a QR code, once, until `expires_at`.

    Attributes:
        pair_url: Opens the agent's page with the code behind `#`, which no server sees or logs.
    """

    code: str = field(repr=False)
    pair_url: str = field(repr=False)
    expires_at: datetime


class PairDevice(BaseModel):
    """What the phone says of itself."""

    platform: _Word
    model: _Word = ""
    app_version: _Word = ""


class PairBody(BaseModel):
    """The body of `POST /agent/v1/pair`."""

    code: Annotated[str, Field(max_length=40, repr=False)]
    device: PairDevice
    push: Push


_BODY: TypeAdapter[PairBody] = TypeAdapter(PairBody)


def create_pairing_code(ports: Ports, agent_id: str, *, who: str = "person") -> PairingOffer:
    """Make a code for a phone of the agent; only its hash is kept.

    Args:
        ports: `agent_link` says where the agent's page is.
        agent_id: Whose phone it will be.
        who: Written into the history.

    Raises:
        NotFound: There is no such agent.
    """
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    with changing(ports) as change:
        agent = change.need(Agent, agent_id)
        expires_at = change.now + LIFETIME
        row = PairingCode(
            id=_code_hash(code), tenant_id=agent.tenant_id, agent_id=agent.id, expires_at=expires_at
        )
        change.tx.add(row)
        change.note(agent, by=who, why="pairing code made", tenant_id=agent.tenant_id, subject_id=agent.id)
    page = urlsplit(ports.agent_link)._replace(query="", fragment=f"pair={code}")
    return PairingOffer(code=code, pair_url=page.geturl(), expires_at=expires_at)


def pair(call: Call) -> AgentResponse:
    """`POST /agent/v1/pair`: trade a code for a token."""
    setup, remote_addr = call.setup, call.request.remote_addr
    setup.gate.enter(remote_addr)
    body = read_json(call.request, _BODY)
    check_push(body.push, allows_local=setup.allows_local_push)
    token = new_secret()
    with changing(call.ports) as change:
        device = _add_device(change, _use_code(change, body.code), body, token)
        answer = {"device_id": device.id, "token": token, **about_us(change, setup, device)}
    setup.gate.forgive(remote_addr)
    return json_response(HTTPStatus.CREATED, answer)


def _use_code(change: Change, code: str) -> PairingCode:
    row = change.tx.get(PairingCode, _code_hash(code), lock=True)
    if row is None or row.used_at is not None or row.expires_at <= change.now:
        # One answer for all three: whoever guesses learns nothing.
        detail = "this code is wrong, used, or older than ten minutes; ask the office for a new one"
        raise Refusal(HTTPStatus.FORBIDDEN, "code_invalid", detail, field="code")
    change.tx.save(replace(row, used_at=change.now))
    return row


def _add_device(change: Change, code: PairingCode, body: PairBody, token: str) -> Device:
    device = Device(
        id=change.ports.ids.new("dev"),
        tenant_id=code.tenant_id,
        agent_id=code.agent_id,
        platform=body.device.platform,
        model=body.device.model,
        app_version=body.device.app_version,
        token_hash=token_hash(token),
        last_seen_at=change.now,
        created_at=change.now,
    )
    device = register(change, device, body.push)
    change.tx.add(device)
    watch_over(change, change.need(Agent, device.agent_id))
    change.note(
        device, by=f"agent:{device.agent_id}", why="paired", tenant_id=device.tenant_id, subject_id=device.id
    )
    return device


def _code_hash(code: str) -> str:
    """Return the hash of a code as people type it: any case, with spaces or dashes."""
    typed = "".join(code.split()).replace("-", "").upper()
    return hashlib.sha256(f"pairing:{typed}".encode()).hexdigest()
