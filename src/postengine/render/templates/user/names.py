"""The names that a template file may use, each with what it stands for: all that a file can reach."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from postengine.render.image.colour import Colour, readable_on
from postengine.render.templates.listing import Agent, Area, MarketFigure, Money, Testimonial, Visit
from postengine.render.templates.parts import Ink, Sheet
from postengine.render.templates.wording import Term

Kind = Literal["text", "number", "flag", "money", "area", "visit", "list", "point"]
"""What a name's value is; a filter takes one kind and gives another."""

Value = str | int | float | bool | Money | Area | Visit | tuple[str, ...] | tuple[float, float] | None
"""What a name stands for on one sheet; None and the empty text or list are empty."""

MOST_ITEMS = 12
"""A list's entries can be named up to this one: `listing.photos.1` to `listing.photos.12`."""


@dataclass(frozen=True)
class Name:
    """One thing that a placeholder can stand for.

    Attributes:
        kind: Of its value.
        about: What it is, in one line.
        value: Reads it from a sheet.
    """

    kind: Kind
    about: str
    value: Callable[[Sheet], Value]


def name_of(path: str) -> Name | None:
    """Return what a dotted path stands for, entries of lists included (counted from 1), or None."""
    found = NAMES.get(path)
    if found is not None:
        return found
    head, _, last = path.rpartition(".")
    of_list = NAMES.get(head)
    if of_list is None or of_list.kind != "list" or not last.isdecimal() or not 1 <= int(last) <= MOST_ITEMS:
        return None
    return Name("text", f"entry {last} of {head}", lambda sheet: _entry(of_list.value(sheet), int(last)))


def nearest(asked: str, known: Iterable[str]) -> str:
    """Return a remedy: the known name most like the asked one, or all of them where they are few."""
    names = list(known)
    found = difflib.get_close_matches(asked, names, 1, 0.6)
    if found:
        return f"did you mean {found[0]}?"
    if len(names) <= MOST_ITEMS:
        return f"there are {', '.join(names)}"
    return "the page on templates lists the names"


def _entry(value: Value, place: int) -> str | None:
    entries = value if isinstance(value, tuple) else ()
    return str(entries[place - 1]) if place <= len(entries) else None


def _listing() -> dict[str, Name]:
    return {
        "listing.title": Name("text", "the headline", lambda s: s.listing.title),
        "listing.price": Name("money", "as the locale writes it", lambda s: s.listing.price),
        "listing.old_price": Name("money", "before a change", lambda s: s.listing.old_price),
        "listing.address": Name(
            "text", "as much of it as is public", lambda s: s.wording.address(s.listing.address)
        ),
        "listing.bedrooms": Name("number", "a count", lambda s: s.listing.bedrooms),
        "listing.bathrooms": Name("number", "a count", lambda s: s.listing.bathrooms),
        "listing.area": Name("area", "the floor area with its unit", lambda s: s.listing.area),
        "listing.badge": Name("text", "a label of the listing's own", lambda s: s.listing.badge),
        "listing.features": Name("list", "what speaks for it", lambda s: s.listing.features),
        "listing.visit": Name("visit", "when the house is open: day and hours", lambda s: s.listing.visit),
        "listing.photos": Name("list", "the photos; each is a picture's source", lambda s: s.listing.photos),
        "listing.focus": Name(
            "point", "what stays in view of the first photo", lambda s: s.listing.focus or "smart"
        ),
        "listing.page_mark": Name("text", "such as 1/4, in a carousel", lambda s: s.listing.page_mark),
        "listing.locale": Name("text", "such as de-DE", lambda s: s.wording.lang),
    }


def _agent() -> dict[str, Name]:
    def of(read: Callable[[Agent], Value]) -> Callable[[Sheet], Value]:
        return lambda sheet: None if sheet.listing.agent is None else read(sheet.listing.agent)

    return {
        "listing.agent": Name("flag", "whether there is an agent", lambda s: s.listing.agent is not None),
        "listing.agent.name": Name("text", "in full", of(lambda a: a.name)),
        "listing.agent.phone": Name("text", "as it is to be read", of(lambda a: a.phone)),
        "listing.agent.role": Name("text", "such as Sales director", of(lambda a: a.role)),
        "listing.agent.licence": Name("text", "with its own words", of(lambda a: a.licence)),
        "listing.agent.photo": Name("text", "a portrait; a picture's source", of(lambda a: a.photo)),
        "listing.agent.focus": Name("point", "the portrait's face", of(lambda a: a.focus or (0.5, 0.35))),
        "listing.agent.greeting": Name("text", "a sentence of the agent's own", of(lambda a: a.greeting)),
    }


def _testimonial() -> dict[str, Name]:
    def of(read: Callable[[Testimonial], Value]) -> Callable[[Sheet], Value]:
        return lambda sheet: None if sheet.listing.testimonial is None else read(sheet.listing.testimonial)

    return {
        "listing.testimonial": Name(
            "flag", "whether a client said something", lambda s: s.listing.testimonial is not None
        ),
        "listing.testimonial.quote": Name("text", "without quotation marks", of(lambda t: t.quote)),
        "listing.testimonial.author": Name("text", "who said it", of(lambda t: t.author)),
        "listing.testimonial.context": Name("text", "such as sold in Ottensen", of(lambda t: t.context)),
    }


def _market() -> dict[str, Name]:
    def of(read: Callable[[MarketFigure, Sheet], Value]) -> Callable[[Sheet], Value]:
        return lambda sheet: None if sheet.listing.market is None else read(sheet.listing.market, sheet)

    def change(figure: MarketFigure, sheet: Sheet) -> Value:
        return None if figure.change_percent is None else sheet.wording.change(figure.change_percent)

    return {
        "listing.market": Name("flag", "whether there is a figure", lambda s: s.listing.market is not None),
        "listing.market.label": Name("text", "what the figure is", of(lambda m, _: m.label)),
        "listing.market.value": Name("text", "the figure, as it is to be read", of(lambda m, _: m.value)),
        "listing.market.change": Name("text", "how it moved, with its sign", of(change)),
        "listing.market.first": Name("text", "where the series begins", of(lambda m, _: m.first)),
        "listing.market.last": Name("text", "where it ends", of(lambda m, _: m.last)),
        "listing.market.source": Name("text", "where the figure is from", of(lambda m, _: m.source)),
    }


def _brand() -> dict[str, Name]:
    return {
        "brand.name": Name("text", "as the agency signs", lambda s: s.brand.name),
        "brand.tagline": Name("text", "under the name", lambda s: s.brand.tagline),
        "brand.legal": Name("list", "lines that must stand on every picture", lambda s: s.brand.legal),
        "brand.heading": Name("text", "font family of headlines", lambda s: s.brand.heading),
        "brand.body": Name("text", "font family of everything else", lambda s: s.brand.body),
        "brand.logo_light": Name("text", "logo for dark grounds", lambda s: s.brand.logo_light),
        "brand.logo_dark": Name("text", "logo for light grounds", lambda s: s.brand.logo_dark),
        "brand.primary": Name("text", "the main colour", lambda s: s.brand.primary),
        "brand.accent": Name("text", "colour of small marks", lambda s: s.brand.accent),
        "brand.text": Name("text", "colour of text over photos", lambda s: s.brand.text),
        "brand.paper": Name("text", "the light ground", lambda s: s.brand.paper),
        "brand.shadow": Name(
            "text", "the main colour, very dark: scrims", lambda s: _hex(s.brand.shadow_colour)
        ),
        "brand.on_accent": Name(
            "text", "colour of text on the accent", lambda s: _hex(readable_on(s.brand.accent_colour))
        ),
    }


def _inks() -> dict[str, Name]:
    def of(ground: str, read: Callable[[Ink], Value]) -> Callable[[Sheet], Value]:
        return lambda sheet: read(ink_on(sheet, ground))

    names: dict[str, Name] = {}
    for ground in GROUNDS:
        names[f"ink.{ground}.text"] = Name(
            "text", f"colour of words on {GROUNDS[ground]}", of(ground, lambda ink: _hex(ink.text))
        )
        names[f"ink.{ground}.mark"] = Name(
            "text", f"colour of icons and rules on {GROUNDS[ground]}", of(ground, lambda ink: _hex(ink.mark))
        )
        names[f"ink.{ground}.accent"] = Name(
            "text",
            f"colour of words in the accent on {GROUNDS[ground]}",
            of(ground, lambda ink: _hex(ink.accent)),
        )
        names[f"ink.{ground}.logo"] = Name(
            "text", f"the logo made for {GROUNDS[ground]}, or the other", of(ground, lambda ink: ink.logo)
        )
    return names


GROUNDS: Mapping[str, str] = MappingProxyType(
    {"photo": "a photo", "paper": "the light ground", "primary": "the main colour"}
)
"""The grounds that have inks of their own."""


def ink_on(sheet: Sheet, ground: str) -> Ink:
    """Return a sheet's ink on one of `GROUNDS`."""
    inks = {
        "photo": lambda: sheet.on_photo,
        "paper": lambda: sheet.on_paper,
        "primary": lambda: sheet.on_primary,
    }
    return inks[ground]()


def _page() -> dict[str, Name]:
    return {
        "page.name": Name(
            "text", "the shape: square, portrait, story, landscape, link", lambda s: s.page.name
        ),
        "page.width": Name("number", "of the picture", lambda s: s.page.size.width),
        "page.height": Name("number", "of the picture", lambda s: s.page.size.height),
        "page.margin": Name("number", "free of text left and right", lambda s: s.page.margin),
        "page.top": Name("number", "free of text at the top", lambda s: s.page.top),
        "page.bottom": Name("number", "free of text at the bottom", lambda s: s.page.bottom),
        "page.inner_width": Name(
            "number", "the width between the margins", lambda s: round(s.page.safe.width)
        ),
        "page.inner_height": Name(
            "number", "the height between top and bottom", lambda s: round(s.page.safe.height)
        ),
        "page.column": Name("number", "width of a text column on a photo", lambda s: s.page.column),
        "page.unit": Name("number", "the grid: gaps are multiples or halves of it", lambda s: s.page.unit),
        "page.display": Name("number", "size of one large word", lambda s: s.page.display),
        "page.title": Name("number", "largest size of a headline", lambda s: s.page.title),
        "page.title_least": Name("number", "its smallest size", lambda s: s.page.title_least),
        "page.title_lines": Name("number", "the most lines it may take", lambda s: s.page.title_lines),
        "page.price": Name("number", "size of a price", lambda s: s.page.price),
        "page.body": Name("number", "size of facts and sentences", lambda s: s.page.body),
        "page.small": Name("number", "size of labels", lambda s: s.page.small),
        "page.fine": Name("number", "size of legal lines, the smallest", lambda s: s.page.fine),
        "page.least": Name("number", "the smallest size that a phone shows well", lambda s: s.page.least),
        "page.is_wide": Name("flag", "whether text stands beside the photo", lambda s: s.page.is_wide),
        "page.is_right_to_left": Name(
            "flag", "whether the page begins at the right", lambda s: s.wording.is_right_to_left
        ),
        "page.start": Name("text", "the side where lines begin: left, or right", lambda s: _sides(s)[0]),
        "page.end": Name("text", "the other side", lambda s: _sides(s)[1]),
    }


def _words() -> dict[str, Name]:
    def of(term: Term) -> Callable[[Sheet], Value]:
        return lambda sheet: sheet.wording.term(term)

    terms: tuple[Term, ...] = get_args(Term)
    return {
        f"words.{term}": Name("text", f"“{term.replace('_', ' ')}” in the listing's language", of(term))
        for term in terms
    }


def _hex(colour: Colour) -> str:
    return f"#{colour.red:02x}{colour.green:02x}{colour.blue:02x}"


def _sides(sheet: Sheet) -> tuple[str, str]:
    return ("right", "left") if sheet.wording.is_right_to_left else ("left", "right")


NAMES: Mapping[str, Name] = MappingProxyType(
    _listing() | _agent() | _testimonial() | _market() | _brand() | _inks() | _page() | _words()
)
"""Every name by its dotted path."""
