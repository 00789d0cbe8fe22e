"""What an agency demands of each post: what it requires is known, and a hidden street stands nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from postengine.engine.posts.agent import Agent
from postengine.engine.posts.errors import Problem
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.post import MediaKind
from postengine.engine.posts.tenant import Required, Tenant

from .compose import Scene, Words
from .streets import plain, street_pattern


def unmet_demands(scene: Scene, words: Words) -> list[Problem]:
    """Return what is missing of what the tenant requires, and where a hidden street would be read."""
    return [*_missing(scene), *_leaks(scene, words)]


def _missing(scene: Scene) -> Iterator[Problem]:
    tenant, agent, listing = scene.tenant, scene.agent, scene.listing
    for required in tenant.required or ():
        if required is Required.LEGAL:
            if not tenant.legal_lines:
                yield _problem(tenant, "tenant.legal", "a legal line", "give the tenant its `legal_lines`")
        elif required in {Required.AGENT, Required.LICENCE}:
            yield from _missing_of_agent(tenant, agent, required)
        elif listing is not None:
            yield from _missing_of_listing(tenant, listing, required)


def _missing_of_agent(tenant: Tenant, agent: Agent | None, required: Required) -> Iterator[Problem]:
    if agent is None:
        remedy = "name the agent of the post or of its listing"
        yield _problem(tenant, "agent", "an agent", remedy)
    elif required is Required.LICENCE and not (agent.licence or "").strip():
        remedy = f"give agent {agent.external_id} a `licence`"
        yield _problem(tenant, "agent.licence", "the agent's licence", remedy)


def _missing_of_listing(tenant: Tenant, listing: Listing, required: Required) -> Iterator[Problem]:
    facts = listing.facts
    known: dict[Required, object] = {
        Required.ENERGY_CLASS: facts.energy_class.strip(),
        Required.ADDRESS: facts.shown_address,
        Required.PRICE: facts.price,
        Required.AREA: facts.area,
    }
    if not known[required]:
        name = required.value
        what = "a public address" if required is Required.ADDRESS else f"the {name.replace('_', ' ')}"
        remedy = f"give listing {listing.external_id} its `{name}`"
        if required is Required.ADDRESS and facts.hidden:
            remedy = f"show some of it by `address_display` of listing {listing.external_id}"
        yield _problem(tenant, f"listing.facts.{name}", what, remedy)


def _problem(tenant: Tenant, field: str, what: str, remedy: str) -> Problem:
    return Problem(field, "required", f"{tenant.name} requires {what}, and there is none; {remedy}")


def _leaks(scene: Scene, words: Words) -> Iterator[Problem]:
    listing = scene.listing
    if listing is None or not listing.facts.hidden:
        return
    streets = [street_pattern(address) for address in listing.facts.hidden if plain(address)]
    for field, text in _public(scene, words):
        if any(street.search(plain(text)) for street in streets):
            message = (
                f"the street of listing {listing.external_id} is not to be shown (address_display"
                f" {listing.facts.address_display}), but it stands here; take it out, or show it"
            )
            yield Problem(field, "hidden_address", message)


def _public(scene: Scene, words: Words) -> Iterator[tuple[str, str]]:
    """Return every text that leaves the house, with its field."""
    channel = f"channels[{scene.channel.external_id}]"
    yield f"{channel}.caption", words.text
    yield f"{channel}.first_comment", words.first_comment
    yield from _texts(f"{channel}.settings", scene.settings)
    facts = scene.listing.facts if scene.listing and _is_drawn(scene) else None
    for page in scene.pages:
        yield f"{page.field}.alt", page.item.alt
        yield f"{page.field}.badge", page.item.badge
        yield from _texts(f"{page.field}.testimonial", page.item.testimonial)
        yield from _texts(f"{page.field}.market", page.item.market)
        for index, subtitle in enumerate(page.item.subtitles):
            yield f"{page.field}.subtitles[{index}].text", subtitle.text
    if facts is not None:
        yield "listing.facts.title", facts.title or scene.post.title
        for index, feature in enumerate(facts.features):
            yield f"listing.facts.features[{index}]", feature
    if scene.agent is not None and _is_drawn(scene):
        yield "agent.greeting", scene.agent.greeting or ""


def _is_drawn(scene: Scene) -> bool:
    return any(item.kind in {MediaKind.CARD, MediaKind.REEL} for item in scene.media)


def _texts(field: str, value: object) -> Iterator[tuple[str, str]]:
    """Return every text in a value as JSON has it, however deep."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, Mapping):
        for name, inner in cast("Mapping[str, object]", value).items():
            yield from _texts(f"{field}.{name}", inner)
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(cast("Sequence[object]", value)):
            yield from _texts(f"{field}[{index}]", inner)
