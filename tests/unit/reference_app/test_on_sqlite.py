"""One way through the API on a real database, while the queue is away."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from postengine.adapters.stores.sql import migrate
from reference_app.app import create_app
from reference_app.installation import prepare
from reference_app.settings import Settings
from reference_app.wiring import wire

from .conftest import Api, problem


@pytest.fixture
def sqlite_api(tmp_path: Path) -> Iterator[Api]:
    """Asks as an operator; all is wired as it is in service."""
    settings = Settings(data_dir=tmp_path, redis_url="redis://127.0.0.1:1/0")
    wired = wire(settings)
    migrate(wired.store.engine)
    token = prepare(settings, wired.ports)
    yield Api(create_app(settings, wired.ports).test_client(), token or "")
    wired.store.engine.dispose()


def photo() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (1200, 900), "#336699").save(file, "JPEG")
    file.seek(0)
    return file


def test_from_an_agency_to_a_post(sqlite_api: Api) -> None:
    api = sqlite_api
    postiz = {"base_url": "https://postiz.test", "api_key": "key"}
    hours = [{"weekday": 0, "opens": "08:00", "closes": "18:00"}]
    tenant = {"external_id": "harbour", "name": "Harbour", "zone": "Europe/Lisbon", "posting_hours": hours}
    assert api.post("/tenants", tenant | {"postiz": postiz}).status_code == 201
    assert api.post("/agents", {"tenant": "harbour", "external_id": "ana", "name": "Ana"}).status_code == 201
    asset = api.ask("POST", "/assets", data={"tenant": "harbour", "file": (photo(), "flat.jpg")})
    assert (asset.status_code, asset.get_json()["width_px"]) == (201, 1200)
    no_photo = api.ask("POST", "/assets", data={"tenant": "harbour", "file": (io.BytesIO(b"no"), "x.jpg")})
    assert problem(no_photo)[:2] == (422, "invalid")
    listing = {"tenant": "harbour", "external_id": "flat", "facts": {"title": "Flat"}}
    assert api.post("/listings", listing | {"photos": [asset.get_json()["id"]]}).status_code == 201
    for channel in (
        {"external_id": "ig", "kind": "instagram", "integration_id": "i", "settings": {"post_type": "post"}},
        {"external_id": "wa", "kind": "whatsapp_status", "agent": "ana"},
    ):
        assert api.post("/channels", channel | {"tenant": "harbour", "name": "x"}).status_code == 201
    post: dict[str, object] = {
        "tenant": "harbour",
        "external_id": "p1",
        "listing": "flat",
        "title": "Flat",
        "caption": "{title}",
    }
    post |= {"channels": ["ig", "wa"], "media": [{"kind": "card", "alt": "The flat"}]}

    planned = api.post("/posts", post)
    cancelled = api.post("/posts/p1/cancel")

    assert planned.status_code == 201
    assert {hold["reason"] for hold in planned.get_json()["holds"]} == {"drafts_only"}
    assert cancelled.get_json()["status"] == "cancelled"
    assert [one["external_id"] for one in api.get("/posts", status="cancelled").get_json()["items"]] == ["p1"]
    assert len(api.get("/deliveries", state="cancelled").get_json()["items"]) == 2
    assert api.client.get("/readyz").get_json()["checks"]["store"] == "ok"


def test_empty_lists_are_empty(sqlite_api: Api) -> None:
    for topic in ("tenants", "agents", "channels", "listings", "posts", "deliveries", "alerts", "assets"):
        assert sqlite_api.get(f"/{topic}").get_json() == {"items": [], "next_cursor": None}
