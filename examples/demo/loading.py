"""Load a listings file through the service's own HTTP API, as a user's backend would."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import httpx

from .listings import Agency, Listings, Media, Planned

MANUAL = {"whatsapp_status", "tiktok_personal", "facebook_group"}


@dataclass
class Loaded:
    """What was loaded.

    Attributes:
        post_ids: By `tenant/post`, both external ids.
        agent_ids: By `tenant/agent`.
        listing_ids: By `tenant/listing`.
        start: The instant that the posts' times are counted from.
    """

    start: datetime
    post_ids: dict[str, str] = field(default_factory=dict[str, str])
    agent_ids: dict[str, str] = field(default_factory=dict[str, str])
    listing_ids: dict[str, str] = field(default_factory=dict[str, str])


def load_agencies(api: httpx.Client, listings: Listings, files: dict[str, Path], postiz_url: str) -> Loaded:
    """Create tenants, agents, channels and listings, files uploaded; no posts yet."""
    loaded = Loaded(start=datetime.now(UTC))
    for agency in listings.tenants:
        _load_agency(api, agency, files, postiz_url, loaded)
    return loaded


def load_posts(api: httpx.Client, listings: Listings, files: dict[str, Path], loaded: Loaded) -> None:
    """Create the posts, due so and so long after now."""
    loaded.start = datetime.now(UTC)
    for agency in listings.tenants:
        uploads = _Uploads(api, agency.external_id, files)
        for post in agency.posts:
            answer = _send(api, "POST", "/api/v1/posts", _post_body(agency, post, uploads, loaded.start))
            loaded.post_ids[f"{agency.external_id}/{post.external_id}"] = answer["id"]


def postiz_key(agency: Agency) -> str:
    """Return the key under which FakePostiz knows the agency."""
    return f"demo-key-of-{agency.external_id}"


def integrations(agency: Agency) -> list[dict[str, str]]:
    """Return the agency's channels as Postiz would list them."""
    return [
        {"id": f"{agency.external_id}-{place.external_id}", "identifier": place.kind, "name": place.name}
        for place in agency.channels
        if place.kind not in MANUAL
    ]


@dataclass
class _Uploads:
    """Uploads each file once for a tenant."""

    api: httpx.Client
    tenant: str
    files: dict[str, Path]
    ids: dict[str, str] = field(default_factory=dict[str, str])

    def __call__(self, name: str) -> str:
        if name not in self.ids:
            with self.files[name].open("rb") as file:
                answer = self.api.post(
                    "/api/v1/assets", data={"tenant": self.tenant}, files={"file": (name, file)}
                )
            self.ids[name] = _read(answer)["id"]
        return self.ids[name]


def _load_agency(
    api: httpx.Client, agency: Agency, files: dict[str, Path], postiz_url: str, loaded: Loaded
) -> None:
    tenant: dict[str, Any] = {
        "external_id": agency.external_id,
        "name": agency.name,
        "zone": agency.zone,
        "locale": agency.locale,
        "legal": agency.legal,
        "brand": agency.brand.model_dump(),
        "postiz": {"base_url": postiz_url, "api_key": postiz_key(agency)},
    }
    _send(api, "POST", "/api/v1/tenants", tenant)
    uploads = _Uploads(api, agency.external_id, files)
    own = {"logo_asset_id": agency.logo, "music_asset_id": agency.music}
    tenant["brand"] |= {field: uploads(name) for field, name in own.items() if name is not None}
    del tenant["postiz"]
    _send(api, "POST", "/api/v1/tenants", tenant)
    for agent in agency.agents:
        body = {"tenant": agency.external_id, **agent.model_dump(exclude={"answers"})}
        answer = _send(api, "POST", "/api/v1/agents", body)
        loaded.agent_ids[f"{agency.external_id}/{agent.external_id}"] = answer["id"]
    for place in agency.channels:
        body = {"tenant": agency.external_id, **place.model_dump(exclude_none=True)}
        if place.kind not in MANUAL:
            body["integration_id"] = f"{agency.external_id}-{place.external_id}"
        _send(api, "POST", "/api/v1/channels", body)
    for listing in agency.listings:
        body = {"tenant": agency.external_id, **listing.model_dump(exclude_none=True)}
        body["photos"] = [uploads(name) for name in listing.photos]
        answer = _send(api, "POST", "/api/v1/listings", body)
        loaded.listing_ids[f"{agency.external_id}/{listing.external_id}"] = answer["id"]


def _post_body(agency: Agency, post: Planned, uploads: _Uploads, start: datetime) -> dict[str, Any]:
    body: dict[str, Any] = {
        "tenant": agency.external_id,
        "external_id": post.external_id,
        "title": post.title,
        "caption": post.caption,
        "hashtags": post.hashtags,
        "media": [_media_body(media, uploads) for media in post.media],
        "channels": post.channels,
        "campaign": "demo",
    }
    for name in ("listing", "agent", "first_comment"):
        if getattr(post, name) is not None:
            body[name] = getattr(post, name)
    if post.due_in_s is not None:
        body["scheduled_at"] = _after(start, post.due_in_s)
    if post.ends_in_s is not None:
        body["not_after"] = _after(start, post.ends_in_s)
    return body


def _media_body(media: Media, uploads: _Uploads) -> dict[str, Any]:
    body = media.model_dump(exclude={"photos"})
    body["photo_ids"] = [uploads(name) for name in media.photos]
    return body


def _after(start: datetime, seconds: float) -> str:
    return (start + timedelta(seconds=seconds)).isoformat(timespec="milliseconds")


def _send(api: httpx.Client, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    return _read(api.request(method, path, json=body))


def _read(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_error:
        raise SystemExit(
            f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text}"
        )
    return cast("dict[str, Any]", answer.json())
