"""The listings file: agencies, their people, channels, properties and posts (docs/listings.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Brand(_Part):
    """Colours as `#rrggbb`."""

    primary: str
    accent: str


class Person(_Part):
    """An agent; `answers` is what the simulated phone's human does."""

    external_id: str
    name: str
    phone: str = ""
    email: str = ""
    answers: Literal["yes", "cant", "later", "never"] = "yes"


class Place(_Part):
    """A channel; an `agent` for those that are posted to by hand."""

    external_id: str
    kind: str
    name: str
    agent: str | None = None
    url: str | None = None
    settings: dict[str, object] = Field(default_factory=dict[str, object])


class Property(_Part):
    """A listing; photos are names of files in the photo folder."""

    external_id: str
    agent: str | None = None
    facts: dict[str, JsonValue]
    photos: list[str] = Field(min_length=1)


class Media(_Part):
    """A picture or video; without photos it takes the listing's."""

    kind: Literal["card", "carousel", "reel", "photo", "file"]
    template: str = "listing_card"
    photos: list[str] = Field(default_factory=list[str])
    badge: str = ""
    alt: str = ""
    seconds: float | None = None


class Planned(_Part):
    """A post.

    Attributes:
        due_in_s: Seconds after all is loaded; left out: at once.
        ends_in_s: Not sent later than this many seconds after all is loaded.
        when_promoted: What the operator does once Postiz has been told to publish it.
        withdraw_listing_at_s: Its listing leaves the market this many seconds after all is loaded.
        kill_worker: The worker that promotes it is killed in the act.
        unanswered: Channels on which the phone's human never answers.
    """

    external_id: str
    listing: str | None = None
    agent: str | None = None
    title: str
    caption: str
    hashtags: list[str] = Field(default_factory=list[str])
    first_comment: str | None = None
    media: list[Media] = Field(min_length=1, max_length=10)
    channels: list[str] = Field(min_length=1)
    due_in_s: float | None = None
    ends_in_s: float | None = None
    when_promoted: Literal["edit", "cancel"] | None = None
    withdraw_listing_at_s: float | None = None
    kill_worker: bool = False
    unanswered: list[str] = Field(default_factory=list[str])


class Agency(_Part):
    """A tenant with all that is its own."""

    external_id: str
    name: str
    zone: str
    locale: str = "en-GB"
    legal: str = ""
    brand: Brand
    logo: str | None = None
    music: str | None = None
    agents: list[Person] = Field(default_factory=list[Person])
    channels: list[Place] = Field(min_length=1)
    listings: list[Property] = Field(default_factory=list[Property])
    posts: list[Planned] = Field(min_length=1)


class Listings(_Part):
    """The whole file."""

    tenants: list[Agency] = Field(min_length=1)

    @property
    def photos(self) -> list[str]:
        """Names of all photos, each once, in order of appearance."""
        named = [
            name
            for agency in self.tenants
            for names in (
                *(listing.photos for listing in agency.listings),
                *(media.photos for post in agency.posts for media in post.media),
            )
            for name in names
        ]
        return list(dict.fromkeys(named))


def read_listings(path: Path) -> Listings:
    """Read a listings file.

    Raises:
        SystemExit: It is not there or not what docs/listings.md asks for; the message names each field.
    """
    try:
        return Listings.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SystemExit(f"{path}: {error.strerror}; name a listings file (docs/listings.md)") from error
    except json.JSONDecodeError as error:
        raise SystemExit(f"{path}: line {error.lineno}: {error.msg}; it is to be JSON") from error
    except ValidationError as error:
        lines = [f"  {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise SystemExit(f"{path} is not a listings file (docs/listings.md):\n" + "\n".join(lines)) from error
