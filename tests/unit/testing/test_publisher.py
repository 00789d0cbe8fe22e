"""A publisher that stands between the engine and another one."""

from __future__ import annotations

from postengine.adapters.postiz import PostizPublisher
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.states import Mode
from postengine.testing.clock import FakeClock
from postengine.testing.publisher import PassOn


def test_it_passes_everything_on() -> None:
    channel = Channel(
        id="c",
        tenant_id="t",
        external_id="x",
        kind="x",
        name="X",
        mode=Mode.AUTOMATIC,
        created_at=FakeClock().now(),
    )
    inner = PostizPublisher()
    outer = PassOn(inner)

    assert outer.inner is inner
    assert outer.check(channel, "", [], {}) == inner.check(channel, "", [], {}) != []
    assert {name for name in vars(PostizPublisher) if not name.startswith("_")} == {
        name for name in vars(PassOn) if not name.startswith("_")
    }
