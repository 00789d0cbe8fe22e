from __future__ import annotations

import math
from typing import get_args

import pytest

from postengine.engine.posts.errors import Invalid
from postengine.engine.posts.post import Content, MediaItem, MediaKind
from postengine.engine.posts.presets import SECONDS, preset_for
from postengine.engine.posts.templates import REEL_TEMPLATES
from postengine.render.templates.reels import REELS
from postengine.render.video.networks import PRESETS
from postengine.render.video.spec import PresetName
from tests.unit.engine.test_cards import specs
from tests.unit.engine.world import World


def reel(**fields: object) -> Content:
    return Content(caption="New", media=(MediaItem(kind=MediaKind.REEL, **fields),))  # type: ignore[arg-type]


def test_the_engine_and_the_renderer_know_the_same_reels() -> None:
    assert set(REEL_TEMPLATES) == set(REELS)


@pytest.mark.parametrize(
    ("kind", "shape", "settings", "preset"),
    [
        ("instagram", "story", {}, "instagram_reel"),
        ("instagram-standalone", "story", {"post_type": "story"}, "instagram_story"),
        ("instagram", "portrait", {"post_type": "post"}, "instagram_feed"),
        ("facebook", "square", {}, "facebook_feed"),
        ("facebook_group", "story", {}, "facebook_feed"),
        ("tiktok_personal", "story", {}, "tiktok"),
        ("whatsapp_status", "square", {}, "whatsapp_status"),
        ("youtube", "story", {}, "youtube_short"),
        ("youtube", "landscape", {}, "youtube"),
        ("mastodon", "story", {}, None),
        ("mastodon", "square", {}, None),
    ],
)
def test_a_channel_has_its_networks_preset(
    kind: str, shape: str, settings: dict[str, object], preset: str | None
) -> None:
    assert preset_for(kind, shape, settings) == preset
    assert preset is None or preset in get_args(PresetName)


def test_a_reel_says_its_template_its_length_and_its_network(world: World) -> None:
    (spec,) = specs(world, world.plan(content=reel(template="tour", seconds=12)))

    assert (spec["template"], spec["seconds"], spec["preset"]) == ("tour", 12, "instagram_reel")


def test_a_reel_without_a_length_takes_what_suits_it(world: World) -> None:
    (spec,) = specs(world, world.plan(content=reel()))

    assert spec["template"] == "just_listed"
    assert "seconds" not in spec


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"template": "photo_grid"}, "media[0].template"), ({"shape": "link"}, "media[0].shape")],
)
def test_a_reel_that_there_is_not_is_refused(world: World, fields: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        world.plan(content=reel(**fields))

    assert [problem.field for problem in caught.value.problems] == [field]
    assert "use one of" in caught.value.problems[0].message


def test_the_engine_and_the_renderer_know_the_same_lengths() -> None:
    bounded: dict[str, tuple[float, float]] = {
        name: (one.seconds.least, one.seconds.most) for name, one in PRESETS.items()
    }

    assert bounded | dict(SECONDS) == bounded
    assert all(math.isinf(bounded[name][1]) for name in set(bounded) - set(SECONDS))


@pytest.mark.parametrize("seconds", [2, 901])
def test_a_reel_of_a_length_that_its_network_refuses_is_refused(world: World, seconds: float) -> None:
    with pytest.raises(Invalid, match="instagram_reel takes videos of 3 to 900 s") as caught:
        world.plan(content=reel(seconds=seconds))

    assert [problem.field for problem in caught.value.problems] == ["media[0].seconds"]


@pytest.mark.parametrize("template", ["market_update", "testimonial", "agent_intro"])
def test_some_reels_need_no_photo(world: World, template: str) -> None:
    (spec,) = specs(world, world.plan(listing_id=None, content=reel(template=template)))

    assert spec["photos"] == []
