"""Files that are gone from our own disk: made again, or asked for, and never called refused by Postiz."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

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
    assert f"the file of {lost.id} is gone" in world.why(_post(world))


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
    assert failed.reason == f"the file of {lost.id} is gone; upload it again, then send the post again"
    assert "refused" in alerts
    assert world.delivery(_post(world)).state is _S.PUBLISHED
