"""Writes the tables that the pages show of the code, between their marks: `python docs/tables.py`.

A test compares them, so that no page says anything else than the code does.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, astuple, fields
from datetime import timedelta
from pathlib import Path
from typing import cast

from pydantic import BaseModel

from examples.demo import listings as listings_file
from postengine.engine.posts.errors import IllegalMove
from postengine.engine.posts.hold import is_allowed
from postengine.engine.posts.moves import PERSON, PHONE, check_move
from postengine.engine.posts.states import DeliveryState, HoldReason, Mode, Step
from postengine.engine.posts.timings import Timings
from postengine.engine.trouble.kinds import KINDS
from postengine.render.video import PRESETS, VideoLimits
from postengine.render.video.networks import Source
from reference_app.api.topics import TOPICS
from reference_app.settings import Settings

FOLDER = Path(__file__).parent
_MARK = re.compile(r"(<!-- table: ([a-z-]+) -->\n).*?(<!-- end of table -->)", re.DOTALL)
_HANDS = (*(step.value for step in Step), PERSON, PHONE)


def moves(mode: Mode) -> str:
    """Return who moves a delivery of `mode` from which state to which."""
    rows = [
        (hand, start.value, ", ".join(ends))
        for hand in _HANDS
        for start in DeliveryState
        if (ends := [end.value for end in DeliveryState if _may(mode, hand, start, end)])
    ]
    return _table(("by", "from", "to"), rows)


def holds() -> str:
    """Return which steps are allowed under which hold."""
    always = [step for step in Step if all(is_allowed(step, [reason]) for reason in HoldReason)]
    others = [step for step in Step if step not in always]
    rows = [
        (reason.value, *("yes" if is_allowed(step, [reason]) else "no" for step in others))
        for reason in HoldReason
    ]
    table = _table(("held because", *(step.value for step in others)), rows)
    return f"{table}\nAlways allowed: {', '.join(step.value for step in always)}.\n"


def timings() -> str:
    """Return every duration with its default."""
    said = _attributes(Timings)
    rows = [
        (f"`{field.name}`", _span(_default(field)), said.get(field.name, _SAID.get(field.name, "")))
        for field in fields(Timings)
    ]
    return _table(("name", "default", "meaning"), rows)


def settings() -> str:
    """Return every setting of the reference service."""
    said = _attributes(Settings)
    rows = [
        (
            f"`POSTENGINE_{name.upper()}`",
            _value(field.default),
            said.get(name, _SAID.get(name, "")),
        )
        for name, field in Settings.model_fields.items()
    ]
    return _table(("variable", "default", "meaning"), rows)


def routes() -> str:
    """Return every operation of the HTTP API."""
    rows = [
        (
            f"`{route.method} /api/v1{route.path}`",
            route.summary + (" (operators only)" if route.is_for_operators else ""),
        )
        for table in TOPICS.values()
        for route in table
    ]
    return _table(("operation", "what it does"), rows)


def listings() -> str:
    """Return every field of the demo's listings file, part by part."""
    parts: list[str] = []
    for name in ("Agency", "Brand", "Person", "Place", "Property", "Planned", "Media"):
        model = cast("type[BaseModel]", getattr(listings_file, name))
        said = _attributes(model)
        rows = [
            (
                f"`{field_name}`",
                _type(model, field_name),
                "yes" if field.is_required() else "",
                said.get(field_name, _SAID.get(f"{name}.{field_name}", "")),
            )
            for field_name, field in model.model_fields.items()
        ]
        parts.append(f"**{name}**: {(inspect.getdoc(model) or '').splitlines()[0]}\n\n")
        parts.append(_table(("field", "type", "required", "meaning"), rows) + "\n")
    return "".join(parts)


def presets() -> str:
    """Return what each network takes of a video."""
    rows = [
        (
            f"`{one.name}`",
            f"{one.suggested.width}x{one.suggested.height}",
            one.seconds.words("s").replace("any number of s", "any"),
            one.fps.words("fps").replace("any number of fps", "any"),
            f"{one.size_bytes.most / 1_000_000:,.0f} MB",
            ", ".join(_DEMANDS[demand] for demand in sorted(one.demands)),
        )
        for one in PRESETS.values()
    ]
    return _table(("preset", "shows best", "length", "frames", "at most", "and"), rows)


def safe_zones() -> str:
    """Return what the apps that fill the screen cover of it."""
    rows = [
        (f"`{one.name}`", *(str(edge) for edge in astuple(one.covered)))
        for one in PRESETS.values()
        if one.covered is not None
    ]
    return _table(("preset", "top", "right", "bottom", "left"), rows)


def preset_sources() -> str:
    """Return where the figures of each network are from."""
    rows = [
        (
            f"`{one.name}`",
            f"{one.as_of:%Y-%m-%d}",
            "; ".join(map(_source, one.sources)),
        )
        for one in PRESETS.values()
    ]
    return _table(("preset", "looked up", "where"), rows)


def _source(source: Source) -> str:
    title = f"[{source.title}]({source.url})" if source.url else source.title
    return f"{source.publisher}, {title}{' (from copies)' if source.is_copy else ''}"


def video_limits() -> str:
    """Return the bounds on videos with their defaults."""
    said = _attributes(VideoLimits)
    rows = [(f"`{field.name}`", f"{_default(field):,}", said[field.name]) for field in fields(VideoLimits)]
    return _table(("limit", "default", "meaning"), rows)


def troubles() -> str:
    """Return every kind of trouble."""
    rows = [
        (f"`{code}`", kind.gravity.name.lower(), kind.cause, kind.remedy.replace("\n", " "))
        for code, kind in KINDS.items()
    ]
    return _table(("code", "gravity", "cause", "what to do"), rows)


TABLES: Mapping[str, Callable[[], str]] = {
    "moves-automatic": lambda: moves(Mode.AUTOMATIC),
    "moves-manual": lambda: moves(Mode.MANUAL),
    "holds": holds,
    "timings": timings,
    "settings": settings,
    "routes": routes,
    "listings": listings,
    "presets": presets,
    "safe-zones": safe_zones,
    "preset-sources": preset_sources,
    "video-limits": video_limits,
    "troubles": troubles,
}


def filled(page: str) -> str:
    """Return the text of a page with each of its tables written anew."""
    return _MARK.sub(lambda mark: f"{mark[1]}\n{TABLES[mark[2]]()}\n{mark[3]}", page)


def main() -> None:
    """Write the tables of all pages."""
    for page in sorted(FOLDER.rglob("*.md")):
        before = page.read_text(encoding="utf-8")
        after = filled(before)
        if after != before:
            page.write_text(after, encoding="utf-8")
            sys.stdout.write(f"{page.name}: tables written\n")


_DEMANDS = {
    "closed_gop": "closed GOPs",
    "fixed_rate": "an even pace",
    "index_first": "index first",
    "no_edit_lists": "no edit lists",
    "progressive": "progressive",
    "simple_h264": "H.264 without B-frames",
    "square_pixels": "square pixels",
}

_SAID = {
    "backoff_max": "The longest wait after failures.",
    "host": "Address that the web process listens on.",
    "port": "Port that it listens on.",
    "fcm_project": "Firebase project; None: the one that the key file names.",
    "log_level": "The least that is logged.",
    "Agency.external_id": "Your own id of the agency.",
    "Agency.name": "As it signs.",
    "Agency.zone": "IANA time zone.",
    "Agency.locale": "How numbers and dates are written.",
    "Agency.legal": "Its legal lines, on each drawn picture and below each caption.",
    "Agency.brand": "Its colours.",
    "Agency.logo": "`logo-harbour.png` or `logo-casa.png`, which the demo draws; left out: none.",
    "Agency.music": "`tune.wav`, which the demo makes, beneath its reels; left out: none.",
    "Agency.agents": "Its people.",
    "Agency.channels": "Where it posts.",
    "Agency.listings": "Its properties.",
    "Agency.posts": "What is to go out.",
    "Brand.primary": "Main colour; shadows take its tint.",
    "Brand.accent": "Badges and small marks.",
    "Person.external_id": "Your own id of the agent.",
    "Person.name": "`{agent.name}` in captions.",
    "Person.phone": "`{agent.phone}` in captions.",
    "Person.email": "`{agent.email}` in captions.",
    "Person.answers": "Posts and says yes, declines, snoozes once, or never looks.",
    "Place.external_id": "Your own id of the channel; posts name it.",
    "Place.kind": "Postiz's name of the network, or `whatsapp_status`, `tiktok_personal`, `facebook_group`.",
    "Place.name": "As people call it.",
    "Place.agent": "External id of the agent who posts there by hand.",
    "Place.url": "Address of a group, opened by the phone.",
    "Place.settings": "What Postiz asks for on this network, such as `post_type`.",
    "Property.external_id": "Your own id of the property.",
    "Property.agent": "External id of the agent who sells it.",
    "Property.facts": "`title`, `price`, `area`, `features`, `visit` and so on, as the HTTP API takes them.",
    "Property.photos": "At least one; the first is the one that cards show.",
    "Planned.external_id": "Your own id of the post.",
    "Planned.listing": "External id of the property it is about.",
    "Planned.agent": "External id of the agent, where it is not the property's.",
    "Planned.title": "What a phone's notification says.",
    "Planned.caption": "May hold `{title}`, `{price}`, `{agent.phone}` and so on.",
    "Planned.hashtags": "With or without `#`.",
    "Planned.first_comment": "Posted below it.",
    "Planned.media": "1 to 10, in order.",
    "Planned.channels": "External ids of the agency's channels.",
    "Media.kind": "A drawn picture, several of one look, a video, a cut photo, or the file as it is.",
    "Media.template": "Of a card: `just_listed`, `open_house` and so on.",
    "Media.photos": "Names of photo files.",
    "Media.badge": "Words on the picture, such as `Just listed`.",
    "Media.alt": "For those who do not see it.",
    "Media.seconds": "Length of a reel.",
}


def _may(mode: Mode, hand: str, start: DeliveryState, end: DeliveryState) -> bool:
    try:
        check_move("", mode, hand, start, end)
    except IllegalMove:
        return False
    return True


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = tuple(head)
    lines = [head, tuple("---" for _ in head), *(tuple(row) for row in rows)]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _attributes(kind: type) -> dict[str, str]:
    """Return what the docstring of `kind` says of each attribute."""
    text = inspect.getdoc(kind) or ""
    found: dict[str, str] = {}
    names: list[str] = []
    for line in text.partition("Attributes:\n")[2].splitlines():
        if line.startswith("        ") and names:
            for name in names:
                found[name] += f" {line.strip()}"
        elif match := re.match(r"    ([\w, ]+): (.*)", line):
            names = [name.strip() for name in match[1].split(",")]
            found |= dict.fromkeys(names, match[2])
    return found


def _default(field: Field[object]) -> object:
    return field.default if field.default is not MISSING else None


def _span(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_span(part) for part in value)
    if not isinstance(value, timedelta):
        return str(value)
    seconds = value.total_seconds()
    for name, length in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= length and seconds % length == 0:
            return f"{seconds / length:g} {name}"
    return f"{seconds:g} s"


def _value(value: object) -> str:
    if value is None or value == Timings():
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _type(model: type[BaseModel], name: str) -> str:
    text = str(model.__annotations__[name])
    return f"`{text}`"


if __name__ == "__main__":
    main()
