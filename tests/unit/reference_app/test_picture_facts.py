"""What pictures say, over HTTP: legal lines, requirements, amounts, addresses, templates."""

from __future__ import annotations

from collections.abc import Mapping

from postengine.engine.posts.agent import Agent
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.post import Post
from postengine.engine.posts.tenant import Tenant
from tests.unit.engine.world import World

from .conftest import Api, problem

TENANT = {"name": "Harbour & Hill", "zone": "Europe/Lisbon"}
CARD = {"kind": "card"}


def post_of(*media: Mapping[str, object], **changes: object) -> dict[str, object]:
    usual = {"title": "Flat", "caption": "New", "listing": "flat-1", "channels": ["ig"], "media": [*media]}
    return {**usual, "scheduled_at": "2026-12-01T18:00", **changes}


def test_legal_text_is_kept_as_lines_and_lines_as_text(api: Api, world: World) -> None:
    as_text = api.put("/tenants/harbour", {**TENANT, "legal": "Harbour & Hill Lda\nAMI 123"}).get_json()
    as_lines = api.put("/tenants/harbour", {**TENANT, "legal_lines": ["AMI 123", "Lic. 9"]}).get_json()

    assert as_text["legal_lines"] == ["Harbour & Hill Lda", "AMI 123"]
    assert as_lines["legal"] == "AMI 123\nLic. 9"
    assert world.rows(Tenant)[0].legal_lines == ("AMI 123", "Lic. 9")


def test_legal_lines_that_no_picture_could_carry_are_refused(api: Api) -> None:
    five = api.put("/tenants/harbour", {**TENANT, "legal": "a\nb\nc\nd\ne"})
    long = api.put("/tenants/harbour", {**TENANT, "legal_lines": ["x" * 161]})
    both = api.put("/tenants/harbour", {**TENANT, "legal": "a", "legal_lines": ["b"]})

    assert problem(five) == (422, "invalid", [("legal_lines", "too_many")])
    assert problem(long) == (422, "invalid", [("legal_lines[0]", "string_too_long")])
    assert problem(both) == (422, "invalid", [("", "value_error")])


def test_what_a_tenant_requires_is_missed_when_a_post_is_saved(api: Api, agency: Api, world: World) -> None:
    body = {**TENANT, "account_id": world.account.id, "required": ["energy_class", "licence", "licence"]}
    shown = api.put("/tenants/harbour", body).get_json()

    refused = agency.post("/posts", post_of(CARD))
    agency.patch("/listings/flat-1", {"facts": {"energy_class": "Energy class B"}})
    agency.post("/agents", {"external_id": "ana", "name": "Ana", "licence": "Lic. 9"})
    taken = agency.post("/posts", post_of(CARD))

    assert shown["required"] == ["energy_class", "licence"]
    assert problem(refused) == (
        422,
        "invalid",
        [("listing.facts.energy_class", "required"), ("agent.licence", "required")],
    )
    assert taken.status_code == 201
    assert len(world.rows(Post)) == 1


def test_a_tenant_that_requires_nothing_writes_as_in_britain(api: Api) -> None:
    shown = api.put("/tenants/harbour", TENANT).get_json()
    german = api.put("/tenants/harbour", {**TENANT, "locale": "de-DE"}).get_json()
    wrong = api.put("/tenants/harbour", {**TENANT, "locale": "German language"})

    assert (shown["required"], shown["locale"], german["locale"]) == ([], "en-GB", "de-DE")
    assert problem(wrong)[2] == [("locale", "string_pattern_mismatch")]


def test_a_brand_is_shown_with_both_logos_and_its_fonts(api: Api, world: World) -> None:
    brand = {"logo_asset_id": world.photo.id, "logo_dark_asset_id": world.photo.id, "heading": "Lora"}

    shown = api.put("/tenants/harbour", {**TENANT, "brand": brand}).get_json()["brand"]

    assert shown == {
        "primary": "#14213d",
        "accent": "#e0a458",
        "text": None,
        "paper": None,
        "heading": "Lora",
        "body": None,
        "logo_asset_id": world.photo.id,
        "logo_dark_asset_id": world.photo.id,
        "tagline": None,
        "music_asset_id": None,
    }


def test_a_logo_or_a_portrait_of_somebody_else_is_refused(api: Api, rival: Api, world: World) -> None:
    brand = {"logo_asset_id": "asset_none", "logo_dark_asset_id": world.photo.id}

    logo = api.put("/tenants/harbour", {**TENANT, "brand": brand})
    new = api.put("/tenants/new", {**TENANT, "brand": brand})
    portrait = rival.post("/agents", {"external_id": "eva", "name": "Eva", "photo_asset_id": world.photo.id})

    assert problem(logo)[2] == [("brand.logo_asset_id", "unknown")]
    assert problem(new)[2] == [("brand.logo_asset_id", "unknown"), ("brand.logo_dark_asset_id", "unknown")]
    assert problem(portrait)[2] == [("photo_asset_id", "unknown")]


def test_an_agent_is_shown_with_all_that_a_picture_says(agency: Api, world: World) -> None:
    said = {"role": "Sales", "licence": "Lic. 9", "photo_asset_id": world.photo.id, "greeting": "Call me"}

    agency.post("/agents", {"external_id": "ana", "name": "Ana", **said})

    shown = agency.get("/agents/ana").get_json()
    assert {name: shown[name] for name in said} == said
    assert world.rows(Agent)[0].licence == "Lic. 9"


def test_amounts_areas_and_visits_come_back_as_they_were_given(agency: Api, world: World) -> None:
    facts = {
        "price": {"amount": "485000", "currency": "EUR", "per": None},
        "old_price": "€ 500,000",
        "area": {"value": 112.5, "unit": "ft2"},
        "street": "Rua do Sol 5",
        "locality": "Alfama",
        "address_display": "area",
        "features": ["Lift", "Sea view"],
        "energy_class": "Energy class B",
        "visit": {"starts_at": "2026-12-05T14:00:00", "ends_at": "2026-12-05T16:00:00"},
    }

    agency.patch("/listings/flat-1", {"facts": {**facts, "address": ""}})

    shown = agency.get("/listings/flat-1").get_json()["facts"]
    assert {name: shown[name] for name in facts} == facts
    assert shown["title"] == "3 Bedroom Apartment"
    assert world.rows(Listing)[0].facts.shown_address == "Alfama"


def test_facts_that_no_picture_can_show_are_refused_by_their_path(agency: Api) -> None:
    amount = agency.patch("/listings/flat-1", {"facts": {"price": {"amount": -1, "currency": "EUR"}}})
    visit = {"starts_at": "2026-12-05T14:00", "ends_at": "2026-12-05T13:00"}
    hours = agency.patch("/listings/flat-1", {"facts": {"visit": visit}})
    parts = agency.patch("/listings/flat-1", {"facts": {"address_display": "area"}})

    assert ("facts.price.amount", "greater_than_equal") in problem(amount)[2]
    assert problem(hours)[2] == [("facts.visit", "value_error")]
    assert problem(parts)[2] == [("facts.address_display", "needs_parts")]


def test_a_hidden_street_is_not_taken_in_a_caption(agency: Api) -> None:
    facts = {"address": "", "street": "Rua do Sol 5", "locality": "Alfama", "address_display": "area"}
    agency.patch("/listings/flat-1", {"facts": facts})

    answer = agency.post("/posts", post_of(CARD, caption="Rua do Sol!"))

    assert problem(answer) == (422, "invalid", [("channels[ig].caption", "hidden_address")])


def test_a_card_names_its_template_shape_and_words(agency: Api, world: World) -> None:
    quote = {"quote": "Splendid", "author": "Rui"}
    figure = {"label": "Median price", "value": "€ 4,200", "series": [1, 2.5]}
    media: list[Mapping[str, object]] = [
        {"kind": "card", "template": "testimonial", "shape": "square", "testimonial": quote},
        {"kind": "card", "template": "market_figure", "market": figure},
        {"kind": "carousel", "pages": ["just_listed", "feature_list"]},
    ]

    shown = agency.post("/posts", post_of(*media)).get_json()

    assert [one["template"] for one in shown["content"]["media"]] == [
        "testimonial",
        "market_figure",
        "listing_card",
    ]
    assert shown["content"]["media"][0]["testimonial"] == quote
    assert shown["content"]["media"][1]["market"] == figure
    assert shown["content"]["media"][2]["pages"] == ["just_listed", "feature_list"]
    specs = [row.spec for row in world.rows(Asset) if row.spec]
    assert [spec["template"] for spec in specs] == [
        "testimonial",
        "market_figure",
        "just_listed",
        "feature_list",
    ]
    assert [spec["shape"] for spec in specs] == ["square", "portrait", "portrait", "portrait"]


def test_a_template_that_there_is_not_is_refused(agency: Api) -> None:
    template = agency.post("/posts", post_of({"kind": "card", "template": "nothing"}))
    shape = agency.post("/posts", post_of({"kind": "card", "shape": "round"}))

    assert problem(template)[2] == [("media[0].template", "unknown")]
    assert problem(shape)[2] == [("media[0].shape", "literal_error")]


REEL = {"kind": "reel"}


def test_a_reel_is_planned_with_music_a_voice_and_subtitles(agency: Api, world: World) -> None:
    tune, voice = world.upload_sound(), world.upload_sound(b"voice")
    words = {"text": "Come in", "starts_s": 0.5, "ends_s": 2}
    heard = {"music_id": tune.id, "voice_id": voice.id, "subtitles": [words]}

    answer = agency.post("/posts", post_of({**REEL, **heard}))

    (shown,) = answer.get_json()["content"]["media"]
    assert {name: shown[name] for name in heard} == heard
    assert shown["without_music"] is False
    (spec,) = [asset.spec for asset in world.rows(Asset) if asset.spec]
    assert (spec["music"], spec["voice"], spec["subtitles"]) == (tune.id, voice.id, [words])


def test_a_tune_is_set_once_for_an_agency_and_turned_off_by_a_post(
    api: Api, agency: Api, world: World
) -> None:
    tune = world.upload_sound()
    body = {**TENANT, "account_id": world.account.id, "brand": {"music_asset_id": tune.id}}

    shown = api.put("/tenants/harbour", body).get_json()
    agency.post("/posts", post_of(REEL, {**REEL, "without_music": True}))

    specs = [asset.spec for asset in world.rows(Asset) if asset.spec]
    assert shown["brand"]["music_asset_id"] == tune.id
    assert [spec.get("music") for spec in specs] == [tune.id, None]


def test_what_is_no_music_is_refused_with_its_field(api: Api, agency: Api, world: World) -> None:
    tune = world.upload_sound()
    brand = {**TENANT, "brand": {"music_asset_id": world.photo.id, "logo_asset_id": None}}
    logo = {**TENANT, "brand": {"logo_asset_id": tune.id}}
    late = {"text": "Hello", "starts_s": 1, "ends_s": 901}

    assert problem(api.put("/tenants/harbour", brand))[2] == [("brand.music_asset_id", "unknown")]
    assert problem(api.put("/tenants/harbour", logo))[2] == [("brand.logo_asset_id", "unknown")]
    assert problem(agency.patch("/listings/flat-1", {"photos": [tune.id]}))[2] == [("photos[0]", "unknown")]
    assert problem(agency.post("/posts", post_of({**REEL, "music_id": world.photo.id})))[2] == [
        ("media[0].music_id", "wrong_kind")
    ]
    assert problem(agency.post("/posts", post_of({**REEL, "subtitles": [late]})))[2] == [
        ("media[0].subtitles[0].ends_s", "less_than_equal")
    ]
