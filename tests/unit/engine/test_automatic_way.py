"""The way of a delivery on an automatic channel, when nothing goes wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from postengine.engine.commands.plan import ChannelUse
from postengine.engine.commands.register import register_channel
from postengine.engine.ports import DeliveryChanged
from postengine.engine.posts.post import Content, MediaItem, MediaKind
from postengine.engine.posts.record import Attempt, Outcome, Verb
from postengine.engine.posts.states import DeliveryState, Step

from .world import PUBLISHED_WAY, World


def test_a_post_is_staged_promoted_and_published_once(world: World) -> None:
    post = world.plan()

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    delivery = world.delivery(post)
    assert delivery.state is DeliveryState.PUBLISHED
    assert world.history(post) == PUBLISHED_WAY
    assert [entry.ref for entry in world.fake.network] == [delivery.ref]
    assert delivery.release_url is not None


def test_it_goes_out_to_the_second_and_never_earlier(world: World) -> None:
    post = world.plan()

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert [entry.at for entry in world.fake.network] == [post.scheduled_at]


def test_a_clean_run_costs_one_creation_one_promotion_and_no_deletion(world: World) -> None:
    post = world.plan()

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    verbs = [attempt.verb for attempt in world.rows(Attempt)]
    assert verbs == [Verb.CREATE, Verb.PROMOTE]
    assert {attempt.outcome for attempt in world.rows(Attempt)} == {Outcome.DONE}
    assert world.wire.count("POST", "/posts") == 1
    assert world.wire.count("PUT") == 1
    assert world.wire.count("DELETE") == 0


def test_the_draft_waits_until_a_day_before(world: World) -> None:
    post = world.plan(after=timedelta(days=3))

    world.run(timedelta(days=1, hours=23), timedelta(hours=1))
    early = world.delivery(post)
    world.run(timedelta(hours=2), timedelta(hours=1))

    assert (early.state, early.next_step) == (DeliveryState.PLANNED, Step.STAGE)
    assert world.delivery(post).state is DeliveryState.STAGED
    assert world.fake.network == []


def test_it_is_promoted_five_minutes_before(world: World) -> None:
    post = world.plan()

    world.run_until(post.scheduled_at - timedelta(seconds=301))
    before = world.draft(post).state
    world.run(timedelta(seconds=1))

    assert before == "DRAFT"
    assert world.draft(post).state == "QUEUE"


def test_the_post_at_postiz_has_text_files_alt_texts_and_comment(world: World) -> None:
    media = (MediaItem(kind=MediaKind.CARD, alt="A flat"), MediaItem(kind=MediaKind.PHOTO))
    content = Content(
        caption="{title} for {price}",
        media=media,
        first_comment="Call {agent.phone}",
        hashtags=("lisbon", "#sea"),
    )
    post = world.plan(content=content)

    world.run()

    draft = world.draft(post)
    (comment,) = [row for row in world.fake.posts.values() if row.parent_id == draft.id]
    assert "3 Bedroom Apartment for € 485,000" in draft.content
    assert "#lisbon #sea" in draft.content
    assert "+351 1" in comment.content
    assert [item["alt"] if isinstance(item, dict) and "alt" in item else None for item in draft.image] == [
        "A flat",
        None,
    ]
    assert draft.settings["post_type"] == "post"


def test_a_file_is_uploaded_once_for_an_account(world: World) -> None:
    world.plan(external_id="a")
    world.plan(external_id="b")

    world.run()

    assert world.wire.count("POST", "/upload") == 1
    assert world.wire.count("POST", "/posts") == 2


def test_each_channel_has_a_delivery_with_its_own_words(world: World) -> None:
    world.fake.add_account("key-of-harbour", [{"id": "int-li", "identifier": "linkedin-page"}])
    linkedin = register_channel(
        world.ports, world.tenant.id, "li", kind="linkedin-page", name="LinkedIn", integration_id="int-li"
    )
    uses = (
        ChannelUse(channel_id=world.instagram.id),
        ChannelUse(channel_id=linkedin.id, overrides=Content(caption="For professionals")),
    )
    post = world.plan(channels=uses)

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert sorted(entry.integration for entry in world.fake.network) == ["int-ig", "int-li"]
    assert {row.content.strip("<p>/") for row in world.live()} == {
        "3 Bedroom Apartment for € 485,000",
        "For professionals",
    }


def test_callbacks_hear_of_each_move_after_the_commit(world: World) -> None:
    heard: list[tuple[str, str, DeliveryState]] = []

    def hear(event: DeliveryChanged) -> None:
        stored = world.delivery(post)  # a transaction of its own: the commit is over
        heard.append((event.from_state, event.delivery.state, stored.state))

    world.ports = replace(world.ports, on_delivery_changed=(hear,))
    post = world.plan()
    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert heard == [
        ("planned", "staged", DeliveryState.STAGED),
        ("staged", "promoted", DeliveryState.PROMOTED),
        ("promoted", "published", DeliveryState.PUBLISHED),
    ]
