"""What is to be drawn, as plain JSON: all that a picture depends on, beside the bytes of its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import cast

from postengine.engine.posts.agent import Agent
from postengine.engine.posts.facts import AddressDisplay, Facts, FloorArea, Money, Visit
from postengine.engine.posts.post import MediaItem, MediaKind
from postengine.engine.posts.presets import preset_for
from postengine.engine.posts.shapes import shape_for
from postengine.engine.posts.templates import reel_template
from postengine.engine.posts.tenant import USUAL_LOCALE, Tenant

from .compose import Scene
from .legal import pressed
from .pages import Page

Spec = dict[str, object]


def spec_of(scene: Scene, page: Page, photo_ids: list[str]) -> Spec:
    """Return the spec of one picture or video.

    Its `listing` and `brand` have the fields of `Listing` and `Brand` of `postengine.render.templates`, with
    asset ids in the place of keys. What is unknown is left out, and so is what must not be shown: a spec may
    be read wherever an asset may.
    """
    item = page.item
    shape = shape_for(item, scene.channel.kind)
    spec: Spec = {"kind": item.kind.value, "template": _template(item), "shape": shape, "photos": photo_ids}
    if item.kind is MediaKind.PHOTO:
        return spec
    spec |= {"listing": _listing(scene, page), "brand": _brand(scene.tenant, _lines_on_pictures(scene))}
    if item.kind is MediaKind.REEL:
        preset = preset_for(scene.channel.kind, shape, scene.settings)
        spec |= _known({"seconds": item.seconds, "preset": preset, **_heard(scene, item)})
    return spec


def spec_of_looks(tenant: Tenant) -> Spec:
    """Return the spec of a card that shows an agency and nothing else: what is wrong there is its own.

    Its name is left out: one that is too long for a card does for an agency that has none drawn.
    """
    brand = {key: said for key, said in _brand(tenant, tenant.legal_lines).items() if key != "name"}
    listing = {"title": "Home", "locale": tenant.locale or USUAL_LOCALE}
    return {
        "kind": "card",
        "template": "listing_card",
        "shape": "square",
        "photos": [],
        "listing": listing,
        "brand": brand,
    }


def _template(item: MediaItem) -> str:
    match item.kind:
        case MediaKind.REEL:
            return reel_template(item.template)
        case MediaKind.PHOTO:
            return "listing_photo"
        case _:
            return item.template


def _heard(scene: Scene, item: MediaItem) -> Spec:
    """Return what is heard, and what is read while it is heard."""
    tune = None if item.without_music else scene.tenant.brand.music_asset_id
    return {
        "music": item.music_id or tune,
        "voice": item.voice_id,
        "subtitles": [asdict(subtitle) for subtitle in item.subtitles],
    }


def pictures_in(spec: Mapping[str, object]) -> dict[str, str]:
    """Return the ids of the pictures that a spec draws on beside its photos, by the field they come from."""
    brand = cast("Spec", spec.get("brand") or {})
    listing = cast("Spec", spec.get("listing") or {})
    agent = cast("Spec", listing.get("agent") or {})
    found = {
        "tenant.brand.logo_asset_id": brand.get("logo_light"),
        "tenant.brand.logo_dark_asset_id": brand.get("logo_dark"),
        "agent.photo_asset_id": agent.get("photo"),
    }
    return {field: str(asset_id) for field, asset_id in found.items() if asset_id is not None}


def sounds_in(spec: Mapping[str, object], page: Page) -> dict[str, str]:
    """Return the ids of the sounds that a spec draws on, by the field they come from."""
    music = f"{page.field}.music_id" if page.item.music_id else "tenant.brand.music_asset_id"
    found = {music: spec.get("music"), f"{page.field}.voice_id": spec.get("voice")}
    return {field: str(asset_id) for field, asset_id in found.items() if asset_id is not None}


def _listing(scene: Scene, page: Page) -> Spec:
    facts = scene.listing.facts if scene.listing else Facts()
    item = page.item
    return _known(
        {
            "title": facts.title or scene.post.title,
            "price": _price(facts.price),
            "old_price": _price(facts.old_price),
            "address": _address(facts),
            "bedrooms": facts.bedrooms,
            "bathrooms": facts.bathrooms,
            "area": _area(facts.area),
            "badge": item.badge,
            "features": list(facts.features),
            "visit": _visit(facts.visit),
            "agent": _agent(scene.agent),
            "testimonial": item.testimonial,
            "market": item.market,
            "page_mark": page.mark,
            "locale": scene.locale,
        }
    )


def _brand(tenant: Tenant, legal: Sequence[str]) -> Spec:
    brand = tenant.brand
    return _known(
        {
            "name": tenant.name,
            "primary": brand.primary,
            "accent": brand.accent,
            "text": brand.text,
            "paper": brand.paper,
            "heading": brand.heading,
            "body": brand.body,
            "logo_light": brand.logo_asset_id,
            "logo_dark": brand.logo_dark_asset_id,
            "tagline": brand.tagline,
            "legal": list(pressed(legal)),
        }
    )


def _lines_on_pictures(scene: Scene) -> list[str]:
    """Return the legal lines but the agent's licence: that one stands beside the name."""
    licence = (scene.agent.licence or "").strip() if scene.agent else ""
    own = set(scene.tenant.legal_lines)
    return [line for line in scene.legal if line != licence or line in own]


def _agent(agent: Agent | None) -> Spec | None:
    if agent is None:
        return None
    return _known(
        {
            "name": agent.name,
            "phone": agent.phone,
            "role": agent.role,
            "licence": agent.licence,
            "photo": agent.photo_asset_id,
            "greeting": agent.greeting,
        }
    )


def _address(facts: Facts) -> Spec | str:
    """Return the public parts of the address alone, or its text."""
    is_text = facts.address_display is AddressDisplay.FULL and facts.address
    if is_text or not (facts.shown_street or facts.shown_locality):
        return facts.shown_address
    return {
        "street": facts.shown_street,
        "area": facts.shown_locality,
        "display": facts.address_display.value,
    }


def _price(price: str | Money) -> Spec | str:
    if isinstance(price, str):
        return price
    return _known({"amount": str(price.amount), "currency": price.currency, "per": str(price.per or "")})


def _area(area: str | FloorArea) -> Spec | str:
    return area if isinstance(area, str) else {"value": area.value, "unit": area.unit.value}


def _visit(visit: Visit | None) -> Spec | None:
    if visit is None:
        return None
    return _known({"starts_at": _local(visit.starts_at), "ends_at": _local(visit.ends_at)})


def _local(at: datetime | None) -> str | None:
    return None if at is None else at.replace(tzinfo=None).isoformat()


def _known(fields: Mapping[str, object]) -> Spec:
    """Return the fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
