"""The device: who it is, where it is rung, how it leaves."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from postengine.agent import AgentApi, revoke_device
from postengine.engine.ledger.change import changing
from postengine.engine.posts.agent import Device, PushKind
from postengine.engine.posts.record import Alert
from tests.unit.agent.house import BASE, SECRET, House, code_of, json_of

KEYS = {"p256dh": "BPu", "auth": "c2Vj"}


def subscription(endpoint: str) -> dict[str, Any]:
    body = {"endpoint": endpoint, "expirationTime": None, "keys": KEYS}
    return {"kind": "webpush", "subscription": body}


def only_device(house: House) -> Device:
    with house.ports.store.transaction() as tx:
        return tx.find(Device, {})[0]


def test_me_tells_who_and_where_the_phone_is_rung(house: House) -> None:
    token = house.token(push={"kind": "fcm", "fid": "fid-1"})

    me = json_of(house.ask("GET", "me", token=token))

    assert (me["platform"], me["model"], me["app_version"]) == ("android", "Pixel", "1.0")
    assert me["push"] == {"kind": "fcm", "is_lost": False, "fid": "fid-1"}
    assert (me["agent"]["name"], me["tenant"]["name"]) == ("Ana", "Harbour Homes")


def test_a_token_of_the_older_kind_is_taken(house: House) -> None:
    house.token(push={"kind": "fcm", "token": "old-token"})

    assert only_device(house).push_address == "old-token"


def test_a_web_push_subscription_is_kept_and_shown_without_its_keys(house: House) -> None:
    token = house.token()

    answer = house.ask("PUT", "device/push", subscription("https://push.example.com/1"), token=token)

    assert json_of(answer)["push"] == {
        "kind": "webpush",
        "is_lost": False,
        "endpoint": "https://push.example.com/1",
    }
    kept = json.loads(only_device(house).push_address)
    assert kept == {"endpoint": "https://push.example.com/1", "keys": KEYS}


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.com/1",
        "https://127.0.0.1/1",
        "https://[::1]/1",
        "https://localhost/1",
        "https://127.1/1",
        "https://nas.local/1",
        "https://[::1",
        "nonsense",
    ],
)
def test_a_subscription_inside_our_own_network_is_refused(house: House, endpoint: str) -> None:
    answer = house.ask("PUT", "device/push", subscription(endpoint), token=house.token())

    assert code_of(answer) == (422, "endpoint_not_public")
    assert json_of(answer)["field"] == "subscription.endpoint"


def test_tests_may_allow_a_local_push_service(house: House) -> None:
    house.api = AgentApi(house.ports, link_secret=SECRET, base_url=BASE, allows_local_push=True)

    answer = house.ask("PUT", "device/push", subscription("http://127.0.0.1:9/1"), token=house.token())

    assert answer.status == 200


@pytest.mark.parametrize(
    "push", [{"kind": "fcm"}, {"kind": "fcm", "fid": "a", "token": "b"}, {"kind": "pigeon"}]
)
def test_a_registration_that_names_no_address_is_refused(house: House, push: dict[str, str]) -> None:
    assert code_of(house.ask("PUT", "device/push", push, token=house.token())) == (422, "invalid")


def test_a_new_registration_heals_a_lost_one(house: House) -> None:
    token = house.token(push={"kind": "fcm", "fid": "fid-1"})
    device = only_device(house)
    with changing(house.ports) as change:
        change.tx.save(replace(device, push_lost_at=change.now))
        change.alert("push_gone", "device", device.id, "gone")

    house.ask("PUT", "device/push", {"kind": "fcm", "fid": "fid-2"}, token=token)

    assert (only_device(house).push_lost_at, only_device(house).push_address) == (None, "fid-2")
    with house.ports.store.transaction() as tx:
        assert [alert.cleared_at for alert in tx.find(Alert, {})] == [house.clock.now()]


def test_a_phone_that_pairs_anew_rings_only_once(house: House) -> None:
    push = {"kind": "fcm", "fid": "fid-1"}
    house.token(push=push)
    house.token(house.new_agent("rui", "Rui"), push=push)

    with house.ports.store.transaction() as tx:
        kinds = [device.push_kind for device in tx.find(Device, {})]
    assert kinds == [PushKind.NONE, PushKind.FCM]


def test_the_same_registration_again_is_a_sign_of_life(house: House) -> None:
    push = {"kind": "fcm", "fid": "fid-1"}
    token = house.token(push=push)
    house.clock.advance(timedelta(days=30))

    assert house.ask("PUT", "device/push", push, token=token).status == 200

    device = only_device(house)
    assert (device.push_kind, device.push_updated_at) == (PushKind.FCM, house.clock.now())


def test_leaving_takes_token_and_registration_away(house: House) -> None:
    token = house.token(push={"kind": "fcm", "fid": "fid-1"})

    answer = house.ask("DELETE", "device", token=token)

    assert (answer.status, answer.body) == (204, b"")
    assert (only_device(house).push_address, only_device(house).push_kind) == ("", PushKind.NONE)
    assert code_of(house.ask("GET", "me", token=token)) == (401, "token_unknown")


def test_revoking_twice_keeps_the_first_instant(house: House) -> None:
    house.token()
    first = revoke_device(house.ports, only_device(house).id)
    house.clock.advance(timedelta(hours=1))

    assert revoke_device(house.ports, first.id) == first


def test_a_phone_is_seen_at_most_once_a_minute(house: House) -> None:
    token = house.token()
    start = house.clock.now()

    house.clock.advance(timedelta(seconds=59))
    house.ask("GET", "me", token=token)
    assert only_device(house).last_seen_at == start

    house.clock.advance(timedelta(seconds=1))
    house.ask("GET", "me", token=token)
    assert only_device(house).last_seen_at == house.clock.now()
