"""The words of the service: what it answers with, and what it takes, as its own code says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from pydantic import BaseModel

from postengine.adapters.notifiers.fcm_message import to_message
from postengine.agent import create_pairing_code
from postengine.agent.event_body import BatchItem, EventBody
from postengine.agent.pairing import PairBody, PairDevice
from postengine.agent.push import FcmPush
from tests.unit.agent.house import House, bytes_of, json_of, pair_body

Fields = Mapping[str, Any]
TAKEN: Mapping[str, type[BaseModel]] = {
    "PairRequest": PairBody,
    "DeviceFacts": PairDevice,
    "PushAddress": FcmPush,
    "PhoneEvent": EventBody,
}
"""The Dart class, and what its JSON becomes here."""
BATCH_ITEM = BatchItem


def answered(house: House) -> Mapping[str, Fields]:
    """Return a sample of each answer that the app reads, by the Dart class that reads it."""
    code = create_pairing_code(house.ports, house.agent.id).code
    pairing = json_of(house.ask("POST", "pair", pair_body(code, {"kind": "fcm", "fid": "fid-1"})))
    token = cast("str", pairing["token"])
    task_id = house.plan(kind="facebook_group")
    page = json_of(house.ask("GET", "tasks", token=token))
    me = json_of(house.ask("GET", "me", token=token))
    task = page["tasks"][0]
    batch = _batch(house, token, task_id)
    return {
        "Pairing": pairing,
        "PartyName": pairing["tenant"],
        "Me": me,
        "KnownPush": me["push"],
        "TasksAnswer": page,
        "Task": task,
        "TaskChannel": task["channel"],
        "TaskAsset": task["assets"][0],
        "TaskSnooze": task["snooze"],
        "BatchAnswer": batch,
        "EventResult": _merged(batch["results"]),
        "Problem": _merged([result.get("problem", {}) for result in batch["results"]]),
    }


def push_data(house: House) -> Fields:
    """Return the data of a push as the engine sends it."""
    house.phone()
    house.plan()
    house.run()
    _, ring = house.notifier.pushes[0]
    return dict(to_message("fid-1", ring).data or {})


def _batch(house: House, token: str, task_id: str) -> dict[str, Any]:
    """Send a "Yes" twice, and a "No" after it."""
    at = house.clock.now().isoformat()
    events = [
        {"task_id": task_id, "idempotency_key": key, "type": kind, "occurred_at": at}
        for key, kind in (("key-1", "confirmed"), ("key-1", "confirmed"), ("key-2", "declined"))
    ]
    answer = house.ask("POST", "events:batch", {"events": events}, token=token)
    return cast("dict[str, Any]", json.loads(bytes_of(answer)))


def _merged(samples: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: value for sample in samples for name, value in sample.items()}
