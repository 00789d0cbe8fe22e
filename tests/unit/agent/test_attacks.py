"""Somebody who means ill, or a phone gone wrong: what it sends is answered, and harms nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from postengine.agent import AgentApi, create_pairing_code, revoke_device
from postengine.engine.commands.cancel import cancel_delivery
from postengine.engine.commands.reassign import reassign, resend
from postengine.engine.commands.register import register_agent, register_tenant
from postengine.engine.ledger.change import changing
from postengine.engine.ports import Transaction
from postengine.engine.posts.agent import Device, PushKind
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict
from postengine.engine.posts.record import Alert
from postengine.engine.posts.states import DeliveryState
from tests.unit.agent.house import BASE, SECRET, House, bytes_of, code_of, json_of, pair_body

_S = DeliveryState
NOW = "2026-12-01T09:00:00Z"


def _alerts(house: House) -> set[str]:
    with house.ports.store.transaction() as tx:
        return {alert.code for alert in tx.find(Alert, {"cleared_at": None})}


@pytest.mark.parametrize(
    ("until", "occurred_at"),
    [
        ("9999-12-31T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z"),
        ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"),
    ],
)
def test_a_snooze_by_a_clock_of_another_age_is_refused_and_keeps_no_other_event_back(
    house: House, token: str, task: str, until: str, occurred_at: str
) -> None:
    snooze = {"type": "snoozed", "snooze_until": until, "occurred_at": occurred_at}
    event = {"type": "confirmed", "occurred_at": occurred_at}
    events = [
        {**snooze, "task_id": task, "idempotency_key": "1"},
        {**event, "task_id": task, "idempotency_key": "2"},
    ]

    results = json_of(house.ask("POST", "events:batch", {"events": events}, token=token))["results"]

    assert [result["status"] for result in results] == [422, 200]
    assert results[0]["problem"]["code"] == "out_of_range"
    assert house.delivery(task).state is _S.PUBLISHED


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[" * 60_000, 400),
        (b'{"events":' + b"[" * 30_000 + b"]" * 30_000 + b"}", 400),
        (b'{"events":[' + b"9" * 5000 + b"]}", 400),
        (b'{"events":[NaN, -Infinity]}', 200),
        (b'{"events":[{"task_id":"\\ud800"}]}', 400),
        (b'{"events":"\xff"}', 400),
        ('{"events":[]}'.encode("utf-16"), 400),
        (b'{"events":null}', 422),
        (b"null", 422),
        (b'{"events":[null, 1, "x", [], {}]}', 200),
        (b'{"events":[]}' + b" " * 70_000, 413),
    ],
)
def test_odd_bodies_are_refused_and_crash_nothing(house: House, token: str, body: bytes, status: int) -> None:
    answer = house.ask("POST", "events:batch", body, token=token)

    assert answer.status == status
    if status == 200:
        assert {result["status"] for result in json_of(answer)["results"]} == {422}


@pytest.mark.parametrize("shown", ["\ud800", "\udcff\udcfe", "é", "\x00", "a" * 60_000])
def test_an_odd_token_is_an_unknown_one(house: House, shown: str) -> None:
    assert code_of(house.ask("GET", "me", token=shown)) in {(401, "token_unknown"), (401, "token_missing")}


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic YTpi", "Token x", "bearer\tx", "Bearer  "]
)
def test_without_a_bearer_token_nobody_gets_in(house: House, header: str) -> None:
    answer = house.ask("GET", "tasks", headers={"Authorization": header})

    assert code_of(answer) == (401, "token_missing")


def _query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_a_signature_is_good_for_its_own_file_and_its_own_end_alone(
    house: House, token: str, task: str
) -> None:
    first = json_of(house.ask("GET", f"tasks/{task}", token=token))["assets"][0]
    other_task = house.plan(media=(house.photo(b"\xff\xd8 another \xff\xd9"),), kind="facebook_group")
    house.ask("GET", "tasks", token=token)
    second = json_of(house.ask("GET", f"tasks/{other_task}", token=token))["assets"][0]
    signed = _query(first["url"])
    later = str(int(signed["exp"]) + 86_400)
    tried: tuple[tuple[str, Mapping[str, str]], ...] = (
        (second["id"], signed),
        (first["id"], {**signed, "exp": later}),
        (first["id"], {**signed, "exp": f"{signed['exp']}0"}),
        (first["id"], {**signed, "exp": f" {signed['exp']}"}),
        (first["id"], {**signed, "exp": "9" * 400}),
        (first["id"], {**signed, "exp": "nan"}),
        (first["id"], {"sig": signed["sig"]}),
        (first["id"], {**signed, "sig": ""}),
        (first["id"], {**signed, "sig": signed["sig"].upper()}),
        (first["id"], {**signed, "sig": f"{signed['sig']}\udcff"}),
    )

    said = [code_of(house.ask("GET", f"assets/{id_}", query=dict(query))) for id_, query in tried]

    assert first["id"] != second["id"]
    assert set(said) == {(403, "link_invalid")}
    assert house.ask("GET", f"assets/{first['id']}", query=signed).status == 200


def test_another_installations_signature_opens_nothing(house: House, token: str, task: str) -> None:
    asset = json_of(house.ask("GET", f"tasks/{task}", token=token))["assets"][0]
    house.api = AgentApi(house.ports, link_secret=SECRET[::-1], base_url=BASE)

    assert code_of(house.ask("GET", f"assets/{asset['id']}", query=_query(asset["url"]))) == (
        403,
        "link_invalid",
    )


@pytest.mark.parametrize(
    "wanted",
    [
        "bytes=0-0," * 500,
        "bytes=" + "9" * 5000 + "-",
        "bytes=-" + "9" * 5000,
        "bytes=٣-٤",
        "bytes=0x0-0x5",
        "bytes=-1--2",
        "bytes=\r\nX: y",
    ],
)
def test_a_range_that_is_abused_is_answered_with_the_whole_file(
    house: House, token: str, task: str, wanted: str
) -> None:
    asset = json_of(house.ask("GET", f"tasks/{task}", token=token))["assets"][0]

    answer = house.ask("GET", f"assets/{asset['id']}", token=token, headers={"Range": wanted})

    assert (answer.status, len(bytes_of(answer))) == (200, asset["bytes"])


def test_no_header_of_an_answer_holds_a_line_break_whatever_was_sent(
    house: House, token: str, task: str
) -> None:
    nasty = "x\r\nSet-Cookie: a=b"
    said = [
        house.ask("GET", f"tasks/{nasty}", token=token),
        house.ask("GET", "tasks", token=token, query={"state": nasty, "cursor": nasty}),
        house.ask(nasty, "tasks", token=token),
        house.ask("GET", "me", token=nasty),
        house.ask("POST", "pair", pair_body(nasty)),
        house.tell(token, task, "opened", key=nasty),
        house.tell(token, task, "failed", reason=nasty),
    ]

    assert all(answer.status in {200, 400, 401, 403, 404, 405, 422} for answer in said)
    values = [value for answer in said for value in answer.headers.values()]
    assert not [value for value in values if "\r" in value or "\n" in value]


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://a..com/x",
        f"https://{'a' * 64}.com/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:10.0.0.1]/",
        "https://fcm.googleapis.com\\@10.0.0.1/",
        "http://fcm.googleapis.com/x",
        "https://redis.internal/",
        "https://",
        "file:///etc/passwd",
    ],
)
def test_a_phone_makes_the_service_call_no_address_of_its_choice(
    house: House, token: str, endpoint: str
) -> None:
    push = {"kind": "webpush", "subscription": {"endpoint": endpoint, "keys": {"p256dh": "x", "auth": "y"}}}

    assert code_of(house.ask("PUT", "device/push", push, token=token)) == (422, "endpoint_not_public")
    code = create_pairing_code(house.ports, house.agent.id).code
    assert code_of(house.ask("POST", "pair", pair_body(code, push))) == (422, "endpoint_not_public")


def test_a_code_whose_pairing_was_refused_is_still_good(house: House) -> None:
    code = create_pairing_code(house.ports, house.agent.id).code

    assert house.ask("POST", "pair", {**pair_body(code), "push": {"kind": "pigeon"}}).status == 422
    assert house.ask("POST", "pair", pair_body(code.lower())).status == 201
    assert code_of(house.ask("POST", "pair", pair_body(code))) == (403, "code_invalid")


def test_tries_from_everywhere_are_counted_together(house: House) -> None:
    said = [
        house.ask("POST", "pair", pair_body("WRONG234"), remote_addr=f"10.0.{number // 200}.{number % 200}")
        for number in range(1001)
    ]

    assert [answer.status for answer in said] == [403] * 1000 + [429]


class _RevokedMeanwhile:
    """A store in which a phone is revoked between being let in and being written to."""

    def __init__(self, house: House, device_id: str) -> None:
        self._house = house
        self._device_id = device_id
        self._store = house.ports.store
        self._rest = 1

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a store has
        return getattr(self._store, name)

    def transaction(self, connection: object | None = None) -> Any:  # noqa: ANN401 - the store's own
        self._rest -= 1
        if self._rest == -1:
            revoke_device(replace(self._house.ports, store=self._store), self._device_id)
        return self._store.transaction(connection)


def test_a_phone_that_is_revoked_while_it_registers_takes_no_push_along(house: House, token: str) -> None:
    with house.ports.store.transaction() as tx:
        (thief,) = tx.find(Device, {})
    house.token(push={"kind": "fcm", "fid": "fid-of-another"})
    store = _RevokedMeanwhile(house, thief.id)
    house.api = AgentApi(replace(house.ports, store=store), link_secret=SECRET, base_url=BASE)

    answer = house.ask("PUT", "device/push", {"kind": "fcm", "fid": "fid-of-another"}, token=token)

    assert code_of(answer) == (401, "token_unknown")
    assert house.device(thief.id).push_kind is PushKind.NONE
    with house.ports.store.transaction() as tx:
        assert tx.count(Device, {"push_address": "fid-of-another"}) == 1


def test_what_was_told_of_a_phone_is_dealt_with_by_revoking_it(house: House, token: str) -> None:
    with changing(house.ports) as change:
        device = _only(change.tx)
        for code in ("phone_silent", "push_gone"):
            change.alert(code, "device", device.id, "call the agent, or revoke the phone", device.tenant_id)

    revoke_device(house.ports, device.id)

    assert _alerts(house) == set()
    assert house.ask("GET", "me", token=token).status == 401


def _only(tx: Transaction) -> Device:
    (device,) = tx.find(Device, {})
    return device


def test_ids_of_another_agency_are_not_there_either(house: House, token: str, task: str) -> None:
    rival = register_tenant(house.ports, "rival", name="Rival", zone="Europe/Lisbon")
    agent = register_agent(house.ports, rival.id, "eva", name="Eva")
    stranger = house.token(agent)
    asset = json_of(house.ask("GET", f"tasks/{task}", token=token))["assets"][0]

    said = [
        house.ask("GET", f"tasks/{task}", token=stranger),
        house.ask("GET", f"assets/{asset['id']}", token=stranger),
        house.tell(stranger, task, "confirmed"),
    ]
    none = [
        house.ask("GET", "tasks/del_0", token=stranger),
        house.ask("GET", "assets/asset_0", token=stranger),
        house.tell(stranger, "del_0", "confirmed"),
    ]

    assert [code_of(answer) for answer in said] == [code_of(answer) for answer in none]
    assert {answer.status for answer in said} == {404}
    assert len({len(answer.headers) for answer in (*said, *none)}) == 1
    assert house.delivery(task).state is _S.NOTIFIED


def test_a_file_of_a_personal_task_is_its_owners_whatever_a_row_says(house: House, task: str) -> None:
    rui, row = house.new_agent("rui", "Rui"), house.delivery(task)
    with house.ports.store.transaction() as tx:
        tx.save(replace(row, agent_id=rui.id))
    asset_id = row.asset_ids[0]

    assert code_of(house.ask("GET", f"assets/{asset_id}", token=house.token(rui))) == (404, "asset_unknown")


@pytest.mark.parametrize("kind", ["whatsapp_status", "tiktok_personal"])
def test_a_personal_task_leaves_its_owner_by_no_way(house: House, kind: str) -> None:
    owner, rui = house.phone(fid="ana"), house.new_agent("rui", "Rui")
    other = house.phone(agent=rui, fid="rui")
    task = house.plan(kind=kind)
    with house.ports.store.transaction() as tx:
        (channel,) = tx.find(Channel, {})
        tx.save(replace(channel, is_shared=True))  # no command lets it be; a hand in the database may
    house.run()

    with pytest.raises(Conflict, match="never leaves its owner"):
        reassign(house.ports, task, rui.id)
    house.clock.advance(timedelta(minutes=10))
    house.run()
    resend(house.ports, task)
    house.run()

    assert {device.id for device, _ in house.notifier.pushes} == {owner.device_id}
    assert other.device_id is not None
    assert house.delivery(task).agent_id == house.agent.id
    assert house.delivery(task).former_agent_ids is None


def test_a_yes_of_a_cancelled_task_is_refused_and_shown_to_the_office(
    house: House, token: str, task: str
) -> None:
    cancel_delivery(house.ports, task)

    answer = house.tell(token, task, "confirmed")

    assert code_of(answer) == (409, "ended")
    assert json_of(answer)["task"]["state"] == "cancelled"
    assert "posted_after_end" in _alerts(house)


class _Passed:
    """A shared task that Ana had, and Rui has now; both have a phone."""

    def __init__(self, house: House) -> None:
        self.house = house
        rui = house.new_agent("rui", "Rui")
        self.ana, self.rui = house.token(), house.token(rui)
        self.task = house.plan(kind="facebook_group", is_shared=True)
        house.run()
        reassign(house.ports, self.task, rui.id)
        house.ask("GET", "tasks", token=self.rui)

    @property
    def row(self) -> Delivery:
        return self.house.delivery(self.task)


@pytest.fixture
def passed(house: House) -> _Passed:
    return _Passed(house)


def test_the_link_of_the_agent_who_had_it_before_is_no_second_post(house: House, passed: _Passed) -> None:
    house.tell(passed.ana, passed.task, "confirmed", key="1")

    again = house.tell(passed.ana, passed.task, "confirmed", key="2")
    link = house.tell(passed.ana, passed.task, "confirmed", key="3", proof_url="https://fb.example/1")

    assert (again.status, link.status) == (200, 200)
    assert passed.row.release_url == "https://fb.example/1"
    assert "posted_after_end" not in _alerts(house)


@pytest.mark.parametrize("first", ["ana", "rui"])
def test_two_posts_by_two_agents_are_shown_to_the_office_whoever_was_first(
    house: House, passed: _Passed, first: str
) -> None:
    tokens = [passed.ana, passed.rui] if first == "ana" else [passed.rui, passed.ana]
    link = "https://fb.example/first"
    house.tell(tokens[0], passed.task, "confirmed", key="1", proof_url=link)

    answer = house.tell(tokens[1], passed.task, "confirmed", key="2", proof_url="https://fb.example/second")

    assert code_of(answer) == (409, "ended")
    assert "posted_after_end" in _alerts(house)
    assert passed.row.release_url == link


def test_a_late_yes_of_the_agent_who_had_it_before_beats_the_timer_too(house: House, passed: _Passed) -> None:
    house.clock.set(passed.row.miss_at)
    house.run()
    assert passed.row.state is _S.MISSED

    answer = house.tell(passed.ana, passed.task, "confirmed")

    assert (answer.status, passed.row.state) == (200, _S.PUBLISHED)
    assert "missed" not in _alerts(house)


def test_after_the_grace_it_is_refused_and_shown(house: House, passed: _Passed) -> None:
    house.clock.set(passed.row.miss_at)
    house.run()
    house.clock.advance(house.ports.timings.late_yes + timedelta(seconds=1))

    answer = house.tell(passed.ana, passed.task, "confirmed")

    assert code_of(answer) == (409, "ended")
    assert "posted_after_end" in _alerts(house)
    assert passed.row.state is _S.MISSED
