"""A tenant of an installation, set up over the API as a user's backend would."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from PIL import Image, ImageDraw

from postengine.clock import SystemClock
from postengine.testing.phone import Person, PhoneSimulator
from tests.acceptance.fakes import FakePostizProcess

AUTOMATIC: dict[str, dict[str, str]] = {
    "facebook": {},
    "linkedin": {},
    "instagram": {"post_type": "post"},
}


def photo(size: tuple[int, int] = (1200, 900), colour: str = "#7a9eb1") -> bytes:
    """Return a JPEG that a renderer can use."""
    picture = Image.new("RGB", size, colour)
    ImageDraw.Draw(picture).rectangle((size[0] // 4, size[1] // 3, size[0] // 2, size[1]), fill="#f4e9d8")
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


@dataclass
class Agency:
    """A tenant with an account in Postiz, three channels, an agent, a listing and a photo.

    Attributes:
        photo_id: An uploaded file.
        listing_id: Of `a-101`, a property with that photo.
        phones: Simulators that were paired, with the clients they speak through.
    """

    api: httpx.Client
    postiz: FakePostizProcess
    external_id: str
    photo_id: str = ""
    listing_id: str = ""
    phones: list[httpx.Client] = field(default_factory=list[httpx.Client])

    @classmethod
    def found(
        cls, api: httpx.Client, postiz: FakePostizProcess, external_id: str, *, key: str | None
    ) -> Agency:
        """Set up a tenant; `key` is what the service is told in place of the right one."""
        agency = cls(api, postiz, external_id)
        integrations = [
            {"id": f"{external_id}-{kind}", "identifier": kind, "name": kind} for kind in AUTOMATIC
        ]
        postiz.ask("POST", "accounts", {"api_key": agency.key, "integrations": integrations})
        agency.give_key(key or agency.key)
        agency.photo_id = agency.upload(photo())
        agency.send("POST", "agents", {"external_id": "ana", "name": "Ana Reis"})
        for kind, settings in AUTOMATIC.items():
            channel = {"external_id": kind, "kind": kind, "name": kind, "settings": settings}
            agency.send("POST", "channels", channel | {"integration_id": f"{external_id}-{kind}"})
        status = {"external_id": "status", "kind": "whatsapp_status", "name": "Ana's status", "agent": "ana"}
        agency.send("POST", "channels", status)
        facts = {"title": "3 Bedroom Apartment", "price": "€ 425,000"}
        listing = {"external_id": "a-101", "facts": facts, "photos": [agency.photo_id]}
        agency.listing_id = agency.send("POST", "listings", listing)["id"]
        return agency

    @property
    def key(self) -> str:
        """The key under which Postiz knows the agency."""
        return f"key-of-{self.external_id}"

    def give_key(self, key: str) -> None:
        """Tell the service the key of the agency's account."""
        account = {"base_url": self.postiz.url, "api_key": key}
        body = {"name": self.external_id, "zone": "Europe/Lisbon", "postiz": account}
        self.api.put(f"/api/v1/tenants/{self.external_id}", json=body).raise_for_status()

    def upload(self, content: bytes) -> str:
        """Upload a file and return its id."""
        files = {"file": ("photo.jpg", content)}
        answer = self.api.post("/api/v1/assets", data={"tenant": self.external_id}, files=files)
        asset_id: str = answer.raise_for_status().json()["id"]
        return asset_id

    def send(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Write something of this tenant's."""
        answer = self.api.request(method, f"/api/v1/{path}", json={"tenant": self.external_id, **body})
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        read: dict[str, Any] = answer.json()
        return read

    def plan(
        self,
        title: str,
        *,
        due_in_s: float | None = None,
        channels: tuple[str, ...] = ("facebook",),
        **more: object,
    ) -> dict[str, Any]:
        """Plan a post with one uploaded photo as it is, due so and so soon; None is now."""
        body: dict[str, Any] = {
            "title": title,
            "caption": f"{title}, come and see it",
            "media": [{"kind": "file", "photo_ids": [self.photo_id]}],
            "channels": channels,
            **more,
        }
        if due_in_s is not None:
            at = datetime.now(UTC) + timedelta(seconds=due_in_s)
            body["scheduled_at"] = at.isoformat(timespec="milliseconds")
        return self.send("POST", "posts", body)

    def phone(self, *, fid: str | None, person: Person | None = None) -> PhoneSimulator:
        """Pair a phone for the agent."""
        code = self.pairing_code()
        http = httpx.Client(base_url=self.api.base_url, timeout=30)
        self.phones.append(http)
        phone = PhoneSimulator(http, clock=SystemClock(), person=person, fid=fid)
        phone.pair(code)
        return phone

    def pairing_code(self) -> str:
        """Ask for a pairing code of the agent."""
        agents = self.api.get("/api/v1/agents", params={"tenant": self.external_id}).raise_for_status().json()
        path = f"/api/v1/agents/{agents['items'][0]['id']}/pairing-codes"
        code: str = self.api.post(path, json={}).raise_for_status().json()["code"]
        return code

    def close(self) -> None:
        """Switch the phones off."""
        for http in self.phones:
            http.close()
