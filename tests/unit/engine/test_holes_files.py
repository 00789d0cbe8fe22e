"""Files gone or damaged on our own disk: made again, or asked for, and never called refused by Postiz."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from postengine.adapters.assets.local import LocalAssetStore
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.post import Content, MediaItem, MediaKind, Post
from postengine.engine.posts.states import AssetState, DeliveryState

from .world import World

_S = DeliveryState


@pytest.fixture(params=[True, False])
def lost(world: World, tmp_path: Path, request: pytest.FixtureRequest) -> Asset:
    """The picture of a post, drawn or uploaded, whose file is gone before it was sent."""
    uploaded = Content(caption="x", media=(MediaItem(kind=MediaKind.FILE, photo_ids=(world.photo.id,)),))
    post = world.plan() if request.param else world.plan(content=uploaded)
    world.draw()
    (asset_id,) = world.delivery(post).asset_ids
    (asset,) = world.rows(Asset, id=asset_id)
    (tmp_path / f"{asset.sha256}.jpg").unlink()
    return asset


def _post(world: World) -> Post:
    (post,) = world.rows(Post)
    return post


def test_nothing_is_asked_of_postiz_without_the_file(world: World, lost: Asset) -> None:
    world.perform(world.claim("delivery"))

    assert world.wire.requests == []
    assert f"the file of {lost.id} is gone or damaged" in world.why(_post(world))


@pytest.mark.parametrize("lost", [True], indirect=True)
def test_a_drawn_picture_is_drawn_again(world: World, lost: Asset) -> None:
    world.run_until(_post(world).scheduled_at + timedelta(minutes=1))

    assert [asset.state for asset in world.rows(Asset, id=lost.id)] == [AssetState.READY]
    assert len(world.renderer.rendered) == 2
    assert world.delivery(_post(world)).state is _S.PUBLISHED


@pytest.mark.parametrize("lost", [False], indirect=True)
def test_an_uploaded_file_is_asked_for_and_goes_out_once_it_is_there(world: World, lost: Asset) -> None:
    world.run(timedelta(minutes=1))
    failed = world.delivery(_post(world))
    alerts = world.alerts()

    world.upload(b"photo")
    decide(world.ports, failed.id, Decision.SEND_AGAIN)
    world.run_until(_post(world).scheduled_at + timedelta(minutes=1))

    assert failed.state is _S.FAILED
    why = f"the file of {lost.id} is gone or damaged"
    assert failed.reason == f"{why}; upload it again, then send the post again"
    assert "refused" in alerts
    assert world.delivery(_post(world)).state is _S.PUBLISHED


@pytest.fixture
def damaged(world: World, tmp_path: Path) -> Post:
    """A post with a drawn card whose file a real disk has damaged before it was sent."""
    world.ports = replace(world.ports, assets=LocalAssetStore(tmp_path / "kept"))
    world.upload(b"photo")
    post = world.plan()
    world.draw()
    _damage(world, world.delivery(post).asset_ids[0])
    return post


def _damage(world: World, asset_id: str) -> None:
    """Turn one bit of the asset's file over."""
    (asset,) = world.rows(Asset, id=asset_id)
    file = world.ports.assets.path(asset.sha256 or "")
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.chmod(0o644)
    file.write_bytes(content)


def test_a_damaged_picture_is_drawn_again_and_never_sent(world: World, damaged: Post) -> None:
    world.run_until(damaged.scheduled_at + timedelta(minutes=1))

    assert "is gone or damaged: made again" in world.why(damaged)
    assert len(world.renderer.rendered) == 2
    assert world.delivery(damaged).state is _S.PUBLISHED


def test_a_picture_of_a_damaged_photo_waits_and_is_drawn_once_the_photo_is_there_again(
    world: World, damaged: Post
) -> None:
    _damage(world, world.photo.id)

    world.run(timedelta(minutes=1))
    waiting, alerts, network = world.delivery(damaged), world.alerts(), list(world.fake.network)
    world.upload(b"photo")
    world.run_until(damaged.scheduled_at + timedelta(minutes=1))

    assert waiting.state is _S.PLANNED
    assert "its picture could not be made" in (waiting.reason or "")
    assert alerts == {"file_missing", "render_failed"}
    assert network == []
    assert world.delivery(damaged).state is _S.PUBLISHED
    assert world.alerts() == set()


def test_another_photo_makes_no_picture_again(world: World, damaged: Post) -> None:
    _damage(world, world.photo.id)
    world.run(timedelta(minutes=1))

    for _ in range(2):
        world.upload(b"another")
    world.run(timedelta(minutes=1))

    (asset_id,) = world.delivery(damaged).asset_ids
    assert world.rows(Asset, id=asset_id)[0].state is AssetState.FAILED
