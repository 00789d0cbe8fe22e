"""Pairing: one code, one phone, ten minutes; and no guessing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.agent import AgentResponse, create_pairing_code
from postengine.agent.gate import PairingGate
from postengine.agent.pairing import ALPHABET
from postengine.agent.responses import Refusal
from postengine.engine.posts.agent import Device, PairingCode
from postengine.engine.posts.errors import NotFound
from postengine.testing.clock import FakeClock
from tests.unit.agent.house import House, code_of, json_of, pair_body


def pair(house: House, code: str, remote_addr: str = "192.0.2.1") -> AgentResponse:
    return house.ask("POST", "pair", pair_body(code), remote_addr=remote_addr)


def test_a_code_is_eight_clear_characters_and_kept_as_a_hash(house: House) -> None:
    offer = create_pairing_code(house.ports, house.agent.id)

    assert len(offer.code) == 8
    assert set(offer.code) <= set(ALPHABET)
    assert offer.pair_url == f"https://localhost/agent/#pair={offer.code}"
    assert offer.expires_at == house.clock.now() + timedelta(minutes=10)
    with house.ports.store.transaction() as tx:
        row = tx.find(PairingCode, {})[0]
    assert offer.code not in repr(row) + repr(offer)


def test_a_code_for_nobody_is_not_made(house: House) -> None:
    with pytest.raises(NotFound):
        create_pairing_code(house.ports, "agt_none")


def test_pairing_answers_with_token_agent_tenant_and_settings(house: House) -> None:
    answer = json_of(pair(house, create_pairing_code(house.ports, house.agent.id).code))

    assert len(answer.pop("token")) == 43
    device_id = answer.pop("device_id")
    assert answer == {
        "agent": {"id": house.agent.id, "name": "Ana", "zone": "Europe/Lisbon"},
        "tenant": {"id": house.tenant_id, "name": "Harbour Homes", "brand": {"primary": "#14213d"}},
        "vapid_public_key": "vapid",
        "poll_interval_s": 60,
        "server_time": "2026-12-01T09:00:00Z",
    }
    device = house.device(device_id)
    assert (device.agent_id, device.model, device.last_seen_at) == (
        house.agent.id,
        "Pixel",
        house.clock.now(),
    )


def test_the_token_is_kept_as_a_hash_alone(house: House) -> None:
    token = house.token()

    with house.ports.store.transaction() as tx:
        device = tx.find(Device, {})[0]
    assert token not in (device.token_hash, repr(device))
    assert len(device.token_hash) == 64


def test_a_code_may_be_typed_in_small_letters_with_dashes(house: House) -> None:
    code = create_pairing_code(house.ports, house.agent.id).code

    assert pair(house, f" {code[:4].lower()}-{code[4:]} ").status == 201


def test_a_code_works_once(house: House) -> None:
    code = create_pairing_code(house.ports, house.agent.id).code
    assert pair(house, code).status == 201

    assert code_of(pair(house, code)) == (403, "code_invalid")


def test_a_code_is_good_for_less_than_ten_minutes(house: House) -> None:
    code = create_pairing_code(house.ports, house.agent.id).code
    house.clock.advance(timedelta(minutes=10))

    assert code_of(pair(house, code)) == (403, "code_invalid")


def test_guessing_is_stopped_after_ten_tries_and_may_go_on_later(house: House) -> None:
    code = create_pairing_code(house.ports, house.agent.id).code
    for _ in range(10):
        assert code_of(pair(house, "AAAA2222")) == (403, "code_invalid")

    refused = pair(house, code)

    assert (code_of(refused), refused.headers["Retry-After"]) == ((429, "too_many_tries"), "600")
    assert pair(house, code, "192.0.2.2").status == 201
    house.clock.advance(timedelta(minutes=10))
    assert pair(house, create_pairing_code(house.ports, house.agent.id).code).status == 201


def test_an_office_may_pair_many_phones_from_one_address(house: House) -> None:
    for _ in range(12):
        assert pair(house, create_pairing_code(house.ports, house.agent.id).code).status == 201


def test_a_broken_body_uses_no_code_up(house: House) -> None:
    code = create_pairing_code(house.ports, house.agent.id).code
    answer = house.ask("POST", "pair", pair_body(code, {"kind": "fcm"}))
    assert code_of(answer) == (422, "invalid")

    assert pair(house, code).status == 201


def test_tries_from_everywhere_are_limited_together() -> None:
    clock = FakeClock()
    gate = PairingGate(clock, per_address=2, overall=3)
    for address in ("192.0.2.1", "192.0.2.2", "unix"):
        gate.enter(address)
    clock.advance(timedelta(seconds=100.5))

    with pytest.raises(Refusal) as caught:
        gate.enter("192.0.2.3")

    assert caught.value.headers == {"Retry-After": "500"}


def test_an_ipv6_network_counts_as_one_address() -> None:
    gate = PairingGate(FakeClock(), per_address=2)
    gate.enter("2001:db8::1")
    gate.enter("2001:db8::2")

    with pytest.raises(Refusal):
        gate.enter("2001:db8::3")
    gate.enter("2001:db8:0:1::3")


def test_an_ipv4_address_in_ipv6_clothes_is_the_same() -> None:
    gate = PairingGate(FakeClock(), per_address=1)
    gate.enter("192.0.2.1")

    with pytest.raises(Refusal):
        gate.enter("::ffff:192.0.2.1")


def test_forgiving_an_unknown_address_does_nothing() -> None:
    gate = PairingGate(FakeClock(), per_address=1)
    gate.enter("192.0.2.1")

    gate.forgive("192.0.2.2")

    with pytest.raises(Refusal):
        gate.enter("192.0.2.1")
