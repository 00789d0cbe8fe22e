"""The engine in memory that tests of users start from."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from postengine.adapters.queues.inline import InlineDispatcher
from postengine.engine.commands.plan import ChannelUse, NewPost, plan_post
from postengine.engine.commands.register import (
    register_account,
    register_agent,
    register_channel,
    register_tenant,
)
from postengine.engine.commands.upload import keep_file
from postengine.engine.ports import Ports, Rung
from postengine.engine.posts.agent import Device, PushKind
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Content, MediaItem, MediaKind
from postengine.engine.posts.states import AssetState, DeliveryState
from postengine.engine.run import run_once
from postengine.engine.schedule.tick import tick
from postengine.errors import PostEngineError
from postengine.testing.clock import FakeClock
from postengine.testing.engine import FakeNotifier, FakeRenderer, NoPostiz, memory_ports


def plan_reel(ports: Ports, folder: Path) -> str:
    """Plan a reel for an agent with a phone; return the agent's id."""
    tenant = register_tenant(ports, "harbour", name="Harbour Homes", zone="UTC")
    agent = register_agent(ports, tenant.id, "ana", name="Ana")
    channel = register_channel(
        ports, tenant.id, "status", kind="whatsapp_status", name="Status", agent_id=agent.id
    )
    device = Device(
        id="dev_1",
        tenant_id=tenant.id,
        agent_id=agent.id,
        platform="android",
        push_kind=PushKind.FCM,
        push_address="fid-1",
        token_hash="x",
        created_at=ports.store.now(),
    )
    with ports.store.transaction() as tx:
        tx.add(device)
    file = folder / "photo.jpg"
    file.write_bytes(b"a photo")
    photo = keep_file(ports, tenant.id, file)[0]
    reel = MediaItem(kind=MediaKind.REEL, photo_ids=(photo.id,))
    new = NewPost(
        tenant_id=tenant.id,
        title="Villa Aurora",
        content=Content(caption="Just listed", media=(reel,)),
        channels=(ChannelUse(channel_id=channel.id),),
    )
    plan_post(ports, new)
    return agent.id


def states(ports: Ports) -> list[DeliveryState]:
    with ports.store.transaction() as tx:
        return [delivery.state for delivery in tx.find(Delivery, {})]


def test_a_reel_is_made_and_the_phone_rung(tmp_path: Path) -> None:
    notifier, renderer = FakeNotifier(), FakeRenderer()
    ports = memory_ports(tmp_path / "assets", notifier=notifier, renderer=renderer)
    plan_reel(ports, tmp_path)

    run_once(ports)

    assert states(ports) == [DeliveryState.NOTIFIED]
    assert [(device.id, ring.title) for device, ring in notifier.pushes] == [("dev_1", "Villa Aurora")]
    assert [spec["kind"] for spec in renderer.rendered] == ["reel"]
    with ports.store.transaction() as tx:
        made = [asset for asset in tx.find(Asset, {"state": AssetState.READY}) if asset.spec]
    assert [(asset.mime, asset.duration_s) for asset in made] == [("video/mp4", 6.0)]


def test_the_queue_can_be_drained_instead(tmp_path: Path) -> None:
    ports = memory_ports(tmp_path / "assets")
    plan_reel(ports, tmp_path)
    assert isinstance(ports.dispatcher, InlineDispatcher)

    while tick(ports) and ports.dispatcher.drain():
        pass

    assert states(ports) == [DeliveryState.NOTIFIED]


def test_a_renderer_that_fails_is_told_to(tmp_path: Path) -> None:
    renderer = FakeRenderer()
    renderer.errors.append(PostEngineError("no font"))
    ports = memory_ports(tmp_path / "assets", renderer=renderer)
    plan_reel(ports, tmp_path)

    run_once(ports)

    assert (states(ports), renderer.rendered, renderer.errors) == ([DeliveryState.PLANNED], [], [])


def test_a_notifier_answers_as_told(tmp_path: Path) -> None:
    notifier = FakeNotifier()
    notifier.answer = Rung(is_gone=True)
    ports = memory_ports(tmp_path / "assets", notifier=notifier)
    plan_reel(ports, tmp_path)

    run_once(ports)

    with ports.store.transaction() as tx:
        assert [device.push_lost_at for device in tx.find(Device, {})] == [ports.store.now()]


def test_the_same_spec_gives_the_same_file(tmp_path: Path) -> None:
    shas: list[str | None] = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        ports = memory_ports(folder / "assets")
        plan_reel(ports, folder)
        run_once(ports)
        with ports.store.transaction() as tx:
            shas += [asset.sha256 for asset in tx.find(Asset, {}) if asset.spec]

    assert len(shas) == 2
    assert shas[0] == shas[1]


def test_an_upload_that_is_called_a_sound_is_one(tmp_path: Path) -> None:
    seen = FakeRenderer().inspect(tmp_path / "tune.mp3")

    assert (seen.mime, seen.width_px, seen.duration_s) == ("audio/mpeg", None, 20.0)


def test_publishing_without_a_publisher_says_what_to_do(tmp_path: Path) -> None:
    clock = FakeClock()
    ports = memory_ports(tmp_path, clock)
    account = register_account(ports, "https://postiz.test", "key")

    with pytest.raises(NoPostiz, match="FakePostiz"):
        ports.publisher.list_posts(account, _hour(clock, -1), _hour(clock, 1))


def _hour(clock: FakeClock, hours: int) -> datetime:
    return clock.now() + timedelta(hours=hours)
