"""The way of a delivery on an automatic channel, when nothing goes wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from postengine.engine.posts.states import DeliveryState

from .world import PUBLISHED_WAY, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_post_is_staged_promoted_and_published_once(world: World) -> None:
    post = world.plan()

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    delivery = world.delivery(post)
    assert delivery.state is DeliveryState.PUBLISHED
    assert world.history(post) == PUBLISHED_WAY
    assert [entry.ref for entry in world.fake.network] == [delivery.ref]
    assert delivery.release_url is not None
