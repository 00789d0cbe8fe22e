"""What is heard of a post: the agency's tune, a tune of its own, a voice, and subtitles beside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from postengine.engine.commands.register import register_tenant
from postengine.engine.commands.upload import keep_file
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.errors import Invalid
from postengine.engine.posts.post import Content, MediaItem, MediaKind, Post, Subtitle
from postengine.engine.posts.states import AssetState
from postengine.engine.posts.tenant import Brand

from .agency import change_tenant
from .test_cards import specs
from .world import SOUND_S, World

WELCOME = Subtitle(text="Welcome", starts_s=0.5, ends_s=2.5)


def media(kind: MediaKind = MediaKind.REEL, **fields: Any) -> Content:  # noqa: ANN401 - a test's own spelling
    return Content(caption="New", media=(MediaItem(kind=kind, **fields),))


def reel_of(world: World, post: Post) -> Asset:
    (asset_id,) = world.delivery(post).asset_ids
    (asset,) = world.rows(Asset, id=asset_id)
    return asset


def refused(world: World, content: Content) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        world.plan(content=content)
    return [(problem.field, problem.code) for problem in caught.value.problems]


@pytest.fixture
def tune(world: World) -> Asset:
    """The agency's."""
    tune = world.upload_sound()
    change_tenant(world, brand=Brand(music_asset_id=tune.id))
    return tune


def test_a_sound_is_kept_with_its_length_and_without_a_size_in_pixels(world: World) -> None:
    tune = world.upload_sound()

    assert (tune.mime, tune.duration_s, tune.width_px, tune.height_px) == ("audio/wav", SOUND_S, None, None)
    assert tune.is_sound
    assert not world.photo.is_sound


def test_a_reel_says_nothing_of_sound_where_there_is_none(world: World) -> None:
    (spec,) = specs(world, world.plan(content=media()))

    assert not {"music", "voice", "subtitles"} & set(spec)


def test_a_reel_is_played_with_the_agencys_tune(world: World, tune: Asset) -> None:
    reel = reel_of(world, world.plan(content=media()))

    assert reel.spec["music"] == tune.id
    assert reel.photo_ids == (world.photo.id, tune.id)


def test_a_reel_may_have_a_tune_of_its_own_or_none(world: World, tune: Asset) -> None:
    other = world.upload_sound(b"other")

    (own,) = specs(world, world.plan(external_id="own", content=media(music_id=other.id)))
    (none,) = specs(world, world.plan(external_id="none", content=media(without_music=True)))

    assert own["music"] == other.id
    assert "music" not in none
    assert tune.id not in str((own, none))


def test_a_card_is_drawn_without_the_tune(world: World, tune: Asset) -> None:
    card = reel_of(world, world.plan(content=media(MediaKind.CARD)))

    assert tune.id not in (str(card.spec), *card.photo_ids)


def test_a_voice_and_subtitles_are_told_to_the_renderer(world: World) -> None:
    voice = world.upload_sound(b"voice")

    reel = reel_of(world, world.plan(content=media(voice_id=voice.id, subtitles=(WELCOME,))))

    assert reel.spec["voice"] == voice.id
    assert reel.spec["subtitles"] == [{"text": "Welcome", "starts_s": 0.5, "ends_s": 2.5}]
    assert reel.photo_ids == (world.photo.id, voice.id)


def test_another_tune_makes_another_reel_of_what_is_unsent(world: World, tune: Asset) -> None:
    post = world.plan(content=media())
    before = reel_of(world, post)

    other = world.upload_sound(b"other")
    change_tenant(world, brand=Brand(music_asset_id=other.id))
    after = reel_of(world, post)
    change_tenant(world, brand=Brand(music_asset_id=tune.id))

    assert after.inputs_hash != before.inputs_hash
    assert after.spec["music"] == other.id
    assert reel_of(world, post).id == before.id


def test_a_new_tune_leaves_reels_with_their_own_and_silent_ones_alone(world: World, tune: Asset) -> None:
    posts = [
        world.plan(external_id="own", content=media(music_id=tune.id)),
        world.plan(external_id="none", content=media(without_music=True)),
        world.plan(external_id="card", content=media(MediaKind.CARD)),
    ]
    before = [reel_of(world, post).id for post in posts]

    change_tenant(world, brand=Brand(music_asset_id=world.upload_sound(b"other").id))

    assert [reel_of(world, post).id for post in posts] == before


def test_music_of_nobody_or_of_another_agency_is_refused(world: World) -> None:
    rival = register_tenant(world.ports, "rival", name="Rival", zone="Europe/Lisbon")
    theirs = world.upload_sound(tenant_id=rival.id)

    assert refused(world, media(music_id="asset_x")) == [("media[0].music_id", "unknown_sound")]
    assert refused(world, media(voice_id=theirs.id)) == [("media[0].voice_id", "unknown_sound")]


def test_a_photo_is_no_music_and_a_sound_is_no_photo(world: World) -> None:
    tune = world.upload_sound()

    assert refused(world, media(music_id=world.photo.id)) == [("media[0].music_id", "wrong_kind")]
    assert refused(world, media(voice_id=world.photo.id)) == [("media[0].voice_id", "wrong_kind")]
    for kind in (MediaKind.REEL, MediaKind.CARD, MediaKind.CAROUSEL, MediaKind.PHOTO):
        assert refused(world, media(kind, photo_ids=(tune.id,))) == [("media[0].photo_ids", "wrong_kind")]


def test_a_sound_is_handed_to_no_person(world: World) -> None:
    content = media(MediaKind.FILE, photo_ids=(world.upload_sound().id,))

    with pytest.raises(Invalid) as caught:
        world.plan(world.whatsapp, content=content)

    assert [problem.code for problem in caught.value.problems] == ["wrong_kind"]


def test_a_brands_photo_is_no_tune_and_its_tune_no_logo(world: World) -> None:
    tune = world.upload_sound()
    change_tenant(world, brand=Brand(music_asset_id=world.photo.id))
    music = refused(world, media())
    change_tenant(world, brand=Brand(logo_asset_id=tune.id))
    logo = refused(world, media())

    assert music == [("tenant.brand.music_asset_id", "wrong_kind")]
    assert logo == [("tenant.brand.logo_asset_id", "wrong_kind")]


def test_what_is_wrong_with_a_kind_is_told_with_what_to_do(world: World) -> None:
    with pytest.raises(Invalid, match=r"asset_\w+ \(image/jpeg\) is not a sound; upload one and name it"):
        world.plan(content=media(music_id=world.photo.id))


@pytest.mark.parametrize("kind", [MediaKind.CARD, MediaKind.CAROUSEL, MediaKind.PHOTO, MediaKind.FILE])
def test_only_reels_are_heard(world: World, kind: MediaKind) -> None:
    tune = world.upload_sound()
    photos = (world.photo.id,)

    content = media(kind, photo_ids=photos, music_id=tune.id, voice_id=tune.id, subtitles=(WELCOME,))

    assert refused(world, content) == [
        ("media[0].music_id", "reels_only"),
        ("media[0].voice_id", "reels_only"),
        ("media[0].subtitles", "reels_only"),
    ]


def test_a_tune_and_none_at_once_are_refused(world: World, tune: Asset) -> None:
    content = media(music_id=tune.id, without_music=True)

    assert refused(world, content) == [("media[0].music_id", "conflicting")]


def test_a_voice_longer_than_its_reel_is_refused(world: World) -> None:
    voice = world.upload_sound()

    with pytest.raises(Invalid) as caught:
        world.plan(content=media(voice_id=voice.id, seconds=20))

    (problem,) = caught.value.problems
    assert (problem.field, problem.code) == ("media[0].voice_id", "too_long")
    told = "it ends after 24.0 s, and the reel lasts 20 s; shorten it, or leave `seconds` out"
    assert problem.message == told


def test_a_voice_or_subtitle_longer_than_any_reel_of_the_network_is_refused(world: World) -> None:
    voice = world.upload_sound()
    with world.store.transaction() as tx:
        tx.save(replace(voice, duration_s=901.0))
    late = replace(WELCOME, ends_s=902.0)

    assert refused(world, media(voice_id=voice.id, subtitles=(WELCOME, late))) == [
        ("media[0].voice_id", "too_long"),
        ("media[0].subtitles[1].ends_s", "too_long"),
    ]


def test_where_no_network_sets_a_bound_a_voice_may_be_long(world: World) -> None:
    group = replace(world.instagram, id="chan_x", external_id="x", kind="mastodon")
    with world.store.transaction() as tx:
        tx.add(group)
    voice = world.upload_sound()

    reel = reel_of(world, world.plan(group, content=media(voice_id=voice.id)))

    assert "preset" not in reel.spec


def test_a_tune_may_be_longer_than_its_reel(world: World, tune: Asset) -> None:
    assert reel_of(world, world.plan(content=media(seconds=10))).spec["music"] == tune.id


def test_a_subtitle_that_ends_after_its_reel_is_refused(world: World) -> None:
    content = media(seconds=10, subtitles=(WELCOME, replace(WELCOME, starts_s=9, ends_s=11)))

    assert refused(world, content) == [("media[0].subtitles[1].ends_s", "too_long")]


def test_a_reel_whose_tune_is_lost_is_made_once_it_is_there_again(
    world: World, tune: Asset, tmp_path: Path
) -> None:
    post = world.plan(content=media())
    (tmp_path / f"{tune.sha256}.jpg").unlink()
    world.run()
    failed, alerts = reel_of(world, post), world.alerts()

    file = tmp_path / "again.wav"
    file.write_bytes(b"RIFFtune")
    keep_file(world.ports, world.tenant.id, file)
    world.run()

    assert failed.state is AssetState.FAILED
    assert failed.reason == f"the file of {tune.id} is gone or damaged; upload the same file again"
    assert "file_missing" in str(alerts)
    assert reel_of(world, post).state is AssetState.READY
