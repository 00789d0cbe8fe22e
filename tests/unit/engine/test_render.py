"""Rendering: ahead of time, equal inputs once, and what waits goes on when its pictures are there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from postengine.adapters.assets.errors import AssetStoreFull
from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.delivery.perform import perform
from postengine.engine.jobs import Message
from postengine.engine.ledger.moving import renew, take
from postengine.engine.ports import Rendered
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.errors import ClaimLost
from postengine.engine.posts.post import Content, MediaItem, MediaKind
from postengine.engine.posts.states import AssetState, DeliveryState, Step
from postengine.errors import PostEngineError

from .world import StubRenderer, World


class Busy(PostEngineError):
    """A renderer that may be asked again."""

    retryable = True


class Hopeless(PostEngineError):
    """A renderer that will never do it."""


def _drawn(world: World) -> Asset:
    (asset,) = [row for row in world.rows(Asset) if row.spec]
    return asset


def test_a_picture_is_made_at_once_though_the_post_is_due_in_a_month(world: World) -> None:
    world.plan(after=timedelta(days=30))

    world.run()

    asset = _drawn(world)
    assert (asset.state, asset.next_step, asset.mime) == (AssetState.READY, None, "image/jpeg")
    assert world.ports.assets.path(asset.sha256 or "").exists()
    assert asset.filename == f"{asset.id}.jpg"


def test_a_failure_that_may_pass_is_tried_again_slower_each_time(world: World) -> None:
    world.renderer.error = Busy("busy")
    post = world.plan()
    world.run(timedelta(minutes=2))
    waiting = (_drawn(world), world.delivery(post), world.alerts())
    world.renderer.error = None

    world.run(timedelta(minutes=5))

    asset, delivery, alerts = waiting
    assert asset.tries == 5  # after 0, 5, 15, 35 and 75 s
    assert delivery.reason == "its picture could not be made: busy"
    assert "render_failed" in alerts
    assert "render_failed" not in world.alerts()
    assert (_drawn(world).state, _drawn(world).tries) == (AssetState.READY, 0)
    assert world.delivery(post).state is DeliveryState.STAGED
    assert world.delivery(post).reason is None


def test_a_failure_that_will_not_pass_fails_the_asset_and_the_post_is_missed(world: World) -> None:
    world.renderer.error = Hopeless("no such font")
    post = world.plan()

    world.run_until(post.scheduled_at + timedelta(hours=3), timedelta(minutes=5))

    assert (_drawn(world).state, _drawn(world).next_step) == (AssetState.FAILED, None)
    assert world.delivery(post).state is DeliveryState.MISSED
    assert "no such font" in (world.delivery(post).reason or "")
    assert {"render_failed", "missed"} <= world.alerts()


def test_an_edit_tries_a_failed_picture_again(world: World) -> None:
    world.renderer.error = Hopeless("no such font")
    post = world.plan()
    world.run()
    world.renderer.error = None

    edit_post(world.ports, post.id, PostChanges(content=Content(caption="x")))
    world.run()

    assert world.delivery(post).state is DeliveryState.STAGED
    assert "render_failed" not in world.alerts()


def test_a_full_disk_is_waited_for(world: World) -> None:
    world.renderer.error = AssetStoreFull(1)
    post = world.plan()
    world.run()
    world.renderer.error = None

    world.run(timedelta(seconds=10))

    assert world.delivery(post).state is DeliveryState.STAGED


def test_one_picture_lets_all_go_on_that_wait_for_it(world: World) -> None:
    posts = [world.plan(external_id=f"p{number}") for number in range(3)]

    world.run()

    assert len(world.renderer.rendered) == 1
    assert {world.delivery(post).state for post in posts} == {DeliveryState.STAGED}


def test_a_delivery_goes_on_when_all_its_pictures_are_there(world: World) -> None:
    media = (MediaItem(kind=MediaKind.CARD), MediaItem(kind=MediaKind.CARD, badge="Just listed"))
    post = world.plan(content=Content(caption="x", media=media))
    from_queue = world.store.claim(Asset, limit=1, lease=timedelta(seconds=90), owner="a")

    perform(world.ports, Message("asset", from_queue[0].id, Step.RENDER, from_queue[0].fence))
    half = world.delivery(post).is_media_ready
    world.run()

    assert not half
    assert world.delivery(post).state is DeliveryState.STAGED
    assert len(world.delivery(post).asset_ids) == 2


def test_what_was_cancelled_keeps_its_reason_when_its_picture_fails(world: World) -> None:
    world.renderer.error = Hopeless("no such font")
    post = world.plan()
    cancel_post(world.ports, post.id, why="sold otherwise")

    world.run()

    assert world.delivery(post).reason == "sold otherwise"


def test_a_render_whose_lease_was_lost_writes_nothing(world: World) -> None:
    world.plan()
    (claimed,) = world.store.claim(Asset, limit=1, lease=timedelta(seconds=90), owner="a")
    asset = take(world.ports, Asset, claimed.id, claimed.fence)
    world.change(Asset, asset, fence=asset.fence + 1)

    with pytest.raises(ClaimLost):
        renew(world.ports, asset)


class Slow(StubRenderer):
    """Loses its lease while it draws."""

    def __init__(self, lose: Callable[[], object]) -> None:
        super().__init__()
        self._lose = lose

    def render(
        self,
        spec: Mapping[str, object],
        photos: Mapping[str, Path],
        folder: Path,
        heartbeat: Callable[[], None],
    ) -> Rendered:
        self._lose()
        return super().render(spec, photos, folder, heartbeat)


def test_a_renderer_hears_at_its_next_heartbeat_that_it_has_lost_the_work(world: World) -> None:
    world.plan()
    (claimed,) = world.store.claim(Asset, limit=1, lease=timedelta(seconds=90), owner="a")
    renderer = Slow(lambda: world.change(Asset, claimed, fence=claimed.fence + 1))
    world.ports = world.with_renderer(renderer)

    was_done = perform(world.ports, Message("asset", claimed.id, Step.RENDER, claimed.fence))

    assert not was_done
    assert renderer.rendered == []
    assert _drawn(world).state is AssetState.PLANNED


def test_a_heartbeat_lengthens_the_lease(world: World) -> None:
    world.plan()
    (claimed,) = world.store.claim(Asset, limit=1, lease=timedelta(seconds=90), owner="a")
    asset = take(world.ports, Asset, claimed.id, claimed.fence)
    world.clock.advance(timedelta(seconds=60))

    renew(world.ports, asset)

    assert _drawn(world).lease_until == world.clock.now() + timedelta(seconds=90)


def test_a_photo_that_is_gone_from_the_disk_fails_the_picture(world: World) -> None:
    world.ports.assets.path(world.photo.sha256 or "").unlink()
    post = world.plan()

    world.run()

    assert "render_failed" in world.alerts()
    assert world.delivery(post).state is DeliveryState.PLANNED


def test_a_photo_waits_for_no_listing(world: World) -> None:
    post = world.plan(listing_id=None, content=world.words("Open day"))

    world.run()

    assert "listing" not in world.renderer.rendered[0]
    assert world.delivery(post).state is DeliveryState.STAGED
