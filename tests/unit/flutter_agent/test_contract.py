"""Every endpoint, field and word of the app is the service's."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping

import pytest
from tree_sitter import Node

from postengine.agent.api import ROUTES
from postengine.engine.commands.handover import PhoneSays
from postengine.engine.ports import Ring
from postengine.engine.posts.states import DeliveryState
from tests.unit.agent.house import House, json_of
from tests.unit.flutter_agent import dart
from tests.unit.flutter_agent.app import LIB, lib
from tests.unit.flutter_agent.service_words import BATCH_ITEM, TAKEN, answered, push_data

OWN_ADDRESS = {("GET", "assets/{id}")}
"""A file's address comes with its task."""


def dart_types() -> dict[str, Node]:
    return {name: node for root in lib().values() for name, node in dart.types(root).items()}


def endpoints(declared: Node) -> set[tuple[str, str]]:
    """Return what `Endpoint('METHOD', 'path')` names."""
    found: set[tuple[str, str]] = set()
    for node in dart.walk(declared):
        if node.type == "arguments":
            strings = [dart.unquoted(n) for n in dart.walk(node) if n.type == "string_literal"]
            found |= {(strings[0], strings[1])} if len(strings) == 2 else set()
    return found


def enum_names(name: str) -> list[str]:
    return [
        dart.text(node.named_children[0])
        for node in dart.walk(dart_types()[name])
        if node.type == "enum_constant"
    ]


def enum_wires(name: str) -> set[str]:
    """Return the strings of `value('wire')`."""
    constants = [node for node in dart.walk(dart_types()[name]) if node.type == "enum_constant"]
    return {
        dart.unquoted(n) for constant in constants for n in dart.walk(constant) if n.type == "string_literal"
    }


def unknown_fields(reader: Node, sample: Mapping[str, object]) -> set[str]:
    """Return the fields that a class reads and the service does not send."""
    return dart.keys_read(dart.method(reader, "fromJson")) - set(sample)


def unread_fields(reader: Node, sample: Mapping[str, object]) -> set[str]:
    """Return the fields that the service sends and a class does not read."""
    return set(sample) - dart.keys_read(dart.method(reader, "fromJson"))


def test_every_endpoint_of_the_app_is_the_services_and_every_one_is_called() -> None:
    served = {(route.method, route.path) for route in ROUTES}

    assert endpoints(dart_types()["Endpoints"]) == served - OWN_ADDRESS


def test_every_endpoint_is_used() -> None:
    source = (LIB / "contract" / "agent_api.dart").read_text(encoding="utf-8")

    unused = [name for name in dart.members(dart_types()["Endpoints"]) if f"Endpoints.{name}" not in source]

    assert unused == []


def test_a_renamed_endpoint_is_found() -> None:
    root = dart.parse("class Endpoints { static const me = Endpoint('GET', 'whoami'); }")

    assert endpoints(root) == {("GET", "whoami")}


def test_every_field_that_is_read_is_sent(house: House) -> None:
    samples = answered(house)

    unknown = {name: unknown_fields(dart_types()[name], sample) for name, sample in samples.items()}

    assert {name: fields for name, fields in unknown.items() if fields} == {}


@pytest.mark.parametrize("name", ["Task", "TaskChannel", "TaskAsset", "TaskSnooze", "TasksAnswer"])
def test_no_field_of_a_task_is_left_out(house: House, name: str) -> None:
    assert unread_fields(dart_types()[name], answered(house)[name]) == set()


def test_every_class_that_reads_json_is_compared(house: House) -> None:
    own = {"Session", "PhoneEvent"}  # these are read back from the phone's own files

    readers = {name for name, node in dart_types().items() if "fromJson" in dart.constructors(node)}

    assert readers - own == set(answered(house))


def test_a_renamed_field_is_found() -> None:
    reader = dart.types(dart.parse("class Me { Me.fromJson(Json json) : id = json.text('phone_id'); }"))["Me"]

    assert unknown_fields(reader, {"device_id": "dev_1"}) == {"phone_id"}
    assert unread_fields(reader, {"device_id": "dev_1"}) == {"device_id"}


@pytest.mark.parametrize("name", TAKEN)
def test_every_field_that_is_sent_is_taken_and_none_that_is_required_is_missing(name: str) -> None:
    fields = TAKEN[name].model_fields

    written = dart.keys_written(dart.method(dart_types()[name], "toJson"))

    assert written <= set(fields)
    assert {field for field, info in fields.items() if info.is_required()} <= written


def test_an_item_of_a_batch_has_the_fields_of_an_event_and_two_more() -> None:
    added = dart.keys_written(dart.method(dart_types()["PhoneEvent"], "toBatchItem"))

    assert added == set(BATCH_ITEM.model_fields) - set(TAKEN["PhoneEvent"].model_fields)


def test_the_events_are_the_services() -> None:
    assert set(enum_names("EventType")) == {says.value for says in PhoneSays}


def test_the_states_are_the_services_in_the_order_of_their_ranks() -> None:
    automatic = {"staged", "promoted", "unconfirmed", "failed"}
    ranks = [state.value for state in DeliveryState if state.value not in automatic]

    assert enum_names("TaskState") == [*ranks, "unknown"]


@pytest.mark.parametrize("kind", ["whatsapp_status", "tiktok_personal", "facebook_group"])
def test_every_way_to_share_is_known(house: House, kind: str) -> None:
    token = house.token()
    house.plan(kind=kind)

    (task,) = json_of(house.ask("GET", "tasks", token=token))["tasks"]

    assert task["channel"]["share_mode"] in enum_wires("ShareMode")


def test_every_action_is_known(house: House) -> None:
    asked = {
        dart.unquoted(node)
        for member in ("mayOpen", "mayShare", "mayConfirm", "mayDecline", "maySnooze")
        for node in dart.walk(dart.method(dart_types()["Task"], member))
        if node.type == "string_literal"
    }

    assert asked == set(answered(house)["Task"]["actions"])


def test_the_pushs_data_have_what_is_read(house: House) -> None:
    data = push_data(house)
    constructor = dart.method(dart_types()["PushData"], "of")

    read = {dart.unquoted(node) for node in dart.walk(constructor) if node.type == "string_literal"}

    assert read <= set(data)
    assert data["type"] in enum_wires("PushType")


def test_the_kinds_of_push_are_the_engines() -> None:
    """They are listed in the docstring of `Ring`, as strings have no type of their own."""
    (line,) = re.findall(r"^ +kind: (.*)$", inspect.getdoc(Ring) or "", re.MULTILINE)

    assert enum_wires("PushType") == {*re.findall(r"`(\w+)`", line), ""}
