"""Cards and carousels: what the renderer is handed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from postengine.engine.ledger.pages import pages_of
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.errors import Invalid, Problem
from postengine.engine.posts.facts import AreaUnit, FloorArea, Money, Per, Visit
from postengine.engine.posts.post import Content, MediaItem, MediaKind, Post
from postengine.engine.posts.shapes import SHAPES, shape_for
from postengine.engine.posts.tenant import Brand
from postengine.engine.posts.wording import PlainWording

from .agency import change_agent, change_facts, change_tenant, text_of
from .world import StubRenderer, World

CARD = MediaItem(kind=MediaKind.CARD)


def of(item: MediaItem, caption: str = "New") -> Content:
    return Content(caption=caption, media=(item,))


def specs(world: World, post: Post) -> list[dict[str, object]]:
    return [row.spec for id_ in world.delivery(post).asset_ids for row in world.rows(Asset, id=id_)]


def test_a_card_says_all_that_is_known(world: World) -> None:
    portrait = world.upload(b"portrait")
    world.plan(listing_id=None, external_id="other", content=world.words("so that the agent is used"))
    change_agent(world, role="Sales", licence="Lic. 9", photo_asset_id=portrait.id, greeting="Call me")
    change_facts(
        world,
        price=Money(amount=Decimal("1200"), currency="EUR", per=Per.MONTH),
        old_price=Money(amount=Decimal("1350.50"), currency="EUR"),
        area=FloorArea(value=112),
        bedrooms=3,
        bathrooms=2,
        features=("Lift", "Sea view"),
        visit=Visit(starts_at=datetime(2026, 12, 5, 14), ends_at=datetime(2026, 12, 5, 16)),  # noqa: DTZ001
    )
    change_tenant(world, locale="pt-PT")
    quote: dict[str, object] = {"quote": "Splendid", "author": "Rui"}

    (spec,) = specs(world, world.plan(content=of(replace(CARD, template="for_rent", testimonial=quote))))

    assert (spec["kind"], spec["template"], spec["shape"]) == ("card", "for_rent", "portrait")
    assert spec["listing"] == {
        "title": "3 Bedroom Apartment",
        "price": {"amount": "1200", "currency": "EUR", "per": "month"},
        "old_price": {"amount": "1350.50", "currency": "EUR"},
        "address": "Rua do Sol",
        "bedrooms": 3,
        "bathrooms": 2,
        "area": {"value": 112, "unit": "m2"},
        "features": ["Lift", "Sea view"],
        "visit": {"starts_at": "2026-12-05T14:00:00", "ends_at": "2026-12-05T16:00:00"},
        "agent": {
            "name": "Ana",
            "phone": "+351 1",
            "role": "Sales",
            "licence": "Lic. 9",
            "photo": portrait.id,
            "greeting": "Call me",
        },
        "testimonial": quote,
        "locale": "pt-PT",
    }


def test_a_brand_is_drawn_with_all_that_it_has(world: World) -> None:
    light, dark = world.upload(b"light"), world.upload(b"dark")
    brand = Brand(text="#fffffe", heading="Lora", logo_asset_id=light.id, logo_dark_asset_id=dark.id)
    change_tenant(world, brand=brand)

    post = world.plan(content=of(CARD))

    (spec,) = specs(world, post)
    assert spec["brand"] == {
        "name": "Harbour & Hill",
        "primary": "#14213d",
        "accent": "#e0a458",
        "text": "#fffffe",
        "heading": "Lora",
        "logo_light": light.id,
        "logo_dark": dark.id,
    }
    (asset_id,) = world.delivery(post).asset_ids
    assert world.rows(Asset, id=asset_id)[0].photo_ids == (world.photo.id, light.id, dark.id)


def test_amounts_in_captions_are_written_too(world: World) -> None:
    change_facts(
        world,
        price=Money(amount=Decimal("1200"), currency="EUR", per=Per.MONTH),
        old_price=Money(amount=Decimal("1350.50"), currency="EUR"),
        area=FloorArea(value=1200.5, unit=AreaUnit.SQUARE_FEET),
        visit=Visit(starts_at=datetime(2026, 12, 5, 14)),  # noqa: DTZ001 - local
    )

    post = world.plan(content=of(CARD, "{price}, was {old_price}; {area}; {visit}"))

    assert text_of(world, post) == "EUR 1,200 per month, was EUR 1,350.50; 1,200.5 ft²; 2026-12-05, 14:00"


def test_a_visit_that_ends_says_when() -> None:
    visit = Visit(starts_at=datetime(2026, 12, 5, 14), ends_at=datetime(2026, 12, 5, 16))  # noqa: DTZ001

    assert PlainWording().visit(visit, "en-GB") == "2026-12-05, 14:00-16:00"
    assert PlainWording().area(FloorArea(value=2_000_000), "en-GB") == "2,000,000 m²"


def test_a_card_is_given_all_photos_of_its_listing_up_to_ten(world: World) -> None:
    photos = [world.upload(bytes([index])).id for index in range(11)]
    world.change(type(world.listing), world.listing, photo_ids=tuple(photos))

    (spec,) = specs(world, world.plan(content=of(CARD)))

    assert spec["photos"] == photos[:10]


@pytest.mark.parametrize("kind", [MediaKind.CARD, MediaKind.REEL, MediaKind.CAROUSEL])
def test_more_photos_than_ten_are_refused_not_left_out(world: World, kind: MediaKind) -> None:
    item = MediaItem(kind=kind, photo_ids=tuple(f"asset_{index}" for index in range(11)))

    with pytest.raises(Invalid) as caught:
        world.plan(content=of(item))

    assert caught.value.problems[0].code == "too_many"


@pytest.mark.parametrize(
    ("item", "field"),
    [
        (replace(CARD, template="nothing"), "media[0].template"),
        (replace(CARD, template="user:"), "media[0].template"),
        (replace(CARD, shape="round"), "media[0].shape"),
        (MediaItem(kind=MediaKind.CAROUSEL, pages=("sold", "nothing")), "media[0].template"),
    ],
)
def test_a_template_or_a_shape_that_nobody_knows_is_refused(
    world: World, item: MediaItem, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        world.plan(content=of(item))

    assert [(one.field, one.code) for one in caught.value.problems] == [(field, "unknown")]


def test_a_template_of_ones_own_is_the_renderers_to_know(world: World) -> None:
    (spec,) = specs(world, world.plan(content=of(replace(CARD, template="user:winter"))))

    assert spec["template"] == "user:winter"


def test_a_shape_of_its_own_goes_before_the_channels(world: World) -> None:
    (spec,) = specs(world, world.plan(content=of(replace(CARD, shape="landscape"))))

    assert spec["shape"] == "landscape"


def test_every_channel_has_a_shape_and_a_post_on_x_that_of_a_link() -> None:
    assert shape_for(CARD, "x") == "link"
    assert shape_for(CARD, "mastodon") == "square"
    assert shape_for(replace(CARD, kind=MediaKind.REEL), "x") == "story"
    assert {shape_for(CARD, kind) for kind in ("x", "instagram", "tiktok", "linkedin")} < set(SHAPES)


@pytest.mark.parametrize("template", ["agent_intro", "testimonial", "market_figure"])
def test_some_pictures_need_no_photo(world: World, template: str) -> None:
    item = replace(CARD, template=template)

    (spec,) = specs(world, world.plan(listing_id=None, content=of(item)))

    assert spec["photos"] == []


def test_a_reel_and_a_photo_are_named_after_their_kind(world: World) -> None:
    reel, photo = MediaItem(kind=MediaKind.REEL, seconds=8), MediaItem(kind=MediaKind.PHOTO)

    found = specs(world, world.plan(content=Content(caption="New", media=(reel, photo))))

    assert [(spec["kind"], spec["template"]) for spec in found] == [
        ("reel", "just_listed"),
        ("photo", "listing_photo"),
    ]
    assert found[0]["seconds"] == 8
    assert set(found[1]) == {"kind", "template", "shape", "photos"}


def test_a_carousel_has_a_page_for_each_photo_with_its_mark(world: World) -> None:
    photos = [world.photo.id, world.upload(b"two").id, world.upload(b"three").id]
    item = MediaItem(kind=MediaKind.CAROUSEL, photo_ids=tuple(photos), template="just_listed", alt="A flat")

    post = world.plan(content=of(item))
    world.run()

    found = specs(world, post)
    assert [spec["photos"] for spec in found] == [photos, photos[1:] + photos[:1], photos[2:] + photos[:2]]
    assert {spec["template"] for spec in found} == {"just_listed"}
    assert ["'page_mark': '2/3'" in str(spec) for spec in found] == [False, True, False]
    assert len(world.draft(post).image) == 3


def test_a_carousel_may_name_the_template_of_each_page() -> None:
    item = MediaItem(kind=MediaKind.CAROUSEL, pages=("just_listed", "feature_list", "agent_intro"), alt="A")

    pages = pages_of((CARD, item), ("a", "b"))

    assert [page.item.template for page in pages[1:]] == list(item.pages)
    assert [page.item.photo_ids for page in pages[1:]] == [("a", "b"), ("b", "a"), ("a", "b")]
    assert [page.item.alt for page in pages[1:]] == ["A (1/3)", "A (2/3)", "A (3/3)"]
    assert [page.mark for page in pages] == [None, "1/3", "2/3", "3/3"]
    assert [page.field for page in pages] == ["media[0]", "media[1]", "media[1]", "media[1]"]


def test_a_carousel_of_one_photo_bears_no_mark() -> None:
    item = MediaItem(kind=MediaKind.CAROUSEL, alt="A flat")

    (with_photo,) = pages_of((item,), ("a",))
    (without,) = pages_of((item,), ())

    assert (with_photo.mark, with_photo.item.alt) == (None, "A flat")
    assert without.item.photo_ids == ()


def test_a_carousel_counts_each_page_as_a_picture(world: World) -> None:
    item = MediaItem(kind=MediaKind.CAROUSEL, pages=("sold",) * 10)

    with pytest.raises(Invalid) as caught:
        world.plan(content=Content(caption="New", media=(item, CARD)))

    assert caught.value.problems[0].code == "too_many"


def test_a_logo_of_another_tenant_is_refused(world: World) -> None:
    change_tenant(world, brand=Brand(logo_asset_id="asset_none"))

    with pytest.raises(Invalid) as caught:
        world.plan(content=of(CARD))

    assert [(one.field, one.code) for one in caught.value.problems] == [
        ("tenant.brand.logo_asset_id", "unknown_photo")
    ]


class Strict(StubRenderer):
    """Draws nothing."""

    def inputs_hash(self, spec: object, photo_hashes: object) -> str:  # noqa: ARG002 - the port's
        raise Invalid([Problem("listing.title", "string_too_long", "too long")])


def test_what_the_renderer_cannot_draw_is_said_of_the_media_item(world: World) -> None:
    world.ports = world.with_renderer(Strict())

    with pytest.raises(Invalid) as caught:
        world.plan(content=of(CARD))

    assert [one.field for one in caught.value.problems] == ["media[0].listing.title"]
