"""One Notifier of several: each device by its own way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.adapters.notifiers.by_kind import NotifierByKind
from postengine.engine.ports import Ring, Rung
from postengine.engine.posts.agent import Device, PushKind
from postengine.testing.clock import FakeClock
from postengine.testing.engine import FakeNotifier

NOW = FakeClock().now()
RING = Ring(
    kind="manual_task",
    task_id="del_1",
    rev=1,
    channel="whatsapp_status",
    title="Villa",
    expires_at=NOW,
    time_to_live=timedelta(hours=1),
    link="https://p.example/",
)


def _device(kind: PushKind) -> Device:
    return Device(
        id="dev", tenant_id="t", agent_id="a", platform="ios", push_kind=kind, token_hash="h", created_at=NOW
    )


@pytest.mark.parametrize("kind", [PushKind.FCM, PushKind.WEBPUSH])
def test_each_kind_has_its_notifier(kind: PushKind) -> None:
    fcm, webpush = FakeNotifier(), FakeNotifier()
    notifiers = {PushKind.FCM: fcm, PushKind.WEBPUSH: webpush}

    rung = NotifierByKind(notifiers).push(_device(kind), RING)

    assert rung == Rung()
    assert NotifierByKind(notifiers).kinds == {PushKind.FCM, PushKind.WEBPUSH}
    assert notifiers[kind].pushes == [(_device(kind), RING)]
    assert len(fcm.pushes + webpush.pushes) == 1


@pytest.mark.parametrize("kind", [PushKind.WEBPUSH, PushKind.NONE])
def test_a_kind_that_is_not_set_up_is_a_problem(kind: PushKind) -> None:
    rung = NotifierByKind({PushKind.FCM: FakeNotifier()}).push(_device(kind), RING)

    assert (
        rung.problem == f"no push service of the kind {kind} is set up; device dev learns of del_1 by asking"
    )
