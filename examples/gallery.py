"""Every template in every shape, drawn from sample listings: the gallery of the docs, a sheet for the demo.

python -m examples.gallery FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from examples.listings.draw_photos import CASA_NORTE, HARBOUR_AND_HILL, SCENES, draw_logo, draw_photo
from examples.listings.portrait import draw_portrait
from postengine.render import (
    TEMPLATES,
    Brand,
    Listing,
    Output,
    Renderer,
    ShapeName,
    TemplateFolder,
    TemplateName,
    page_for,
)
from postengine.render.image import Box, Job, Picture, PictureSource, Style, Text
from postengine.render.templates.carousel import draw_carousel
from postengine.render.templates.draw import template_tree
from postengine.render.templates.pages import SHAPES

from .gallery_samples import ARABIC, ENGLISH, JAPANESE, Told

_OWN = Path(__file__).parent / "templates"
_THUMB_PX, _GAP, _MARGIN = 264, 24, 56

IN_OTHER_LANGUAGES: tuple[TemplateName, ...] = ("just_listed", "open_house", "feature_list")
"""The templates that the gallery shows in Arabic and in Japanese, too."""

HARBOUR = Brand(
    name="Harbour & Hill",
    primary="#12263a",
    accent="#e3b873",
    logo_light="logo-harbour.png",
    tagline="Homes by the sea",
    legal=("AMI 12345", "Energy class B"),
)
CASA = Brand(
    name="Casa Norte",
    primary="#5a2a27",
    accent="#d9694a",
    logo_light="logo-casa.png",
    legal=("Casa Norte Lda", "Energy class A"),
)

_LEADS: Mapping[TemplateName, tuple[str, ...]] = {
    "listing_card": ("villa-day", "terrace-day"),
    "just_listed": ("villa-dusk", "terrace-dusk"),
    "open_house": ("house-day", "living-room"),
    "price_change": ("apartments-day", "bedroom"),
    "under_offer": ("townhouses-day", "front-door"),
    "sold": ("house-dusk", "kitchen"),
    "for_rent": ("living-room", "kitchen"),
    "feature_list": ("terrace-day", "villa-day"),
    "before_after": ("house-day", "house-dusk"),
    "photo_grid": ("villa-day", "living-room", "kitchen", "terrace-dusk"),
    "agent_intro": ("harbour-day",),
    "testimonial": ("townhouses-day",),
    "market_figure": ("harbour-dusk",),
}


@dataclass(frozen=True)
class Card:
    """A template in a shape, drawn.

    Attributes:
        template: Its name; of a page of a carousel `carousel-1` and so on.
        shape: Of the picture.
        locale: Of its listing.
        data: The file.
    """

    template: str
    shape: ShapeName
    locale: str
    data: bytes

    @property
    def name(self) -> str:
        """Of its file, without the ending."""
        language = self.locale.partition("-")[0]
        return f"{self.template}-{self.shape}" + ("" if language == "en" else f"-{language}")


def cards(
    photos: Mapping[str, Path], logos: Mapping[str, Path], *, others: Sequence[Told] = ()
) -> Iterator[Card]:
    """Draw every template in every shape.

    Args:
        photos: By name. Where those are missing that a template is shown with, it gets the next ones.
        logos: The two sample logos, by the names of their files.
        others: Further languages, for some of the templates.
    """
    renderer = Renderer()
    pictures: dict[str, PictureSource] = {**photos, **logos, "portrait": draw_portrait()}
    for number, template in enumerate(TEMPLATES):
        brand = CASA if number % 3 == 2 else HARBOUR
        shown = {"photos": _photos_for(template, list(photos), number)}
        for told in (ENGLISH, *(others if template in IN_OTHER_LANGUAGES else ())):
            listing = Listing.model_validate({**told, **shown, **(_RENT if template == "for_rent" else {})})
            yield from _drawn(renderer, template, listing, brand, pictures)


def own_cards(photos: Mapping[str, Path], logos: Mapping[str, Path]) -> Iterator[Card]:
    """Draw a carousel, and the templates of one's own that stand in `examples/templates`."""
    renderer, own = Renderer(), TemplateFolder(_OWN)
    pictures: dict[str, PictureSource] = {**photos, **logos, "portrait": draw_portrait()}
    listing = Listing.model_validate({**ENGLISH, "photos": _photos_for("photo_grid", list(photos), 0)})
    pages = listing.model_copy(update={"features": _PAGES})
    for number, data in enumerate(draw_carousel(renderer, pages, HARBOUR, "square", pictures), start=1):
        yield Card(f"carousel-{number}", "square", listing.locale, data)
    for name in own.names():
        trees = [
            template_tree(renderer, own.template(name), listing, HARBOUR, shape, pictures) for shape in SHAPES
        ]
        yield from _together(renderer, name, listing.locale, trees, pictures)


def sheet(drawn: Sequence[Card], output: Output) -> bytes:
    """Return one picture with all cards: a row for each template, a column for each shape."""
    renderer = Renderer()
    rows = [_row([card for card in drawn if card.template == template]) for template in TEMPLATES]
    width = sum(_width(shape, _THUMB_PX) for shape in SHAPES) + _GAP * (len(SHAPES) - 1) + 2 * _MARGIN
    column = Box(key="rows", style=Style(flex_direction="column", gap=_GAP), children=tuple(rows))
    ground = Style(align_items="flex-start", padding=_MARGIN, background_color="#e9e9e6")
    tree, files = Box(style=ground, children=(column,)), _files(drawn)
    layout = renderer.measure(tree, (width, width * 4), images=files)
    height = round(layout.regions["rows"].height) + 2 * _MARGIN
    return renderer.render(tree, (width, height), images=files, output=output)


def small(card: Card, height_px: int, output: Output) -> bytes:
    """Return a card scaled down to a height."""
    size = _width(card.shape, height_px), height_px
    return Renderer().render(
        Box(children=(_picture(card, height_px),)), size, images=_files([card]), output=output
    )


def sample_pictures(folder: Path) -> tuple[dict[str, Path], dict[str, Path]]:
    """Draw the photographs and logos that the gallery shows, unless they are there; return both by name."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {name for names in _LEADS.values() for name in names}
    photos = {scene.name: folder / f"{scene.name}.jpg" for scene in SCENES if scene.name in names}
    for seed, scene in enumerate(SCENES):
        if scene.name in photos and not photos[scene.name].exists():
            draw_photo(scene, photos[scene.name], seed)
    logos = {
        f"logo-{name.split()[0].lower()}.png": (name, colours)
        for name, colours in (HARBOUR_AND_HILL, CASA_NORTE)
    }
    return photos, {file: draw_logo(*logo, folder / file) for file, logo in logos.items()}


_PAGES = ("Oak floors, south light", "A kitchen for six", "Evenings on the terrace")
"""What stands on a carousel's pages, beneath the photos of `photo_grid`."""

_RENT = {
    "price": {"amount": 2450, "currency": "EUR", "per": "month"},
    "title": "Furnished house near the harbour",
}


def _photos_for(template: TemplateName, names: list[str], number: int) -> tuple[str, ...]:
    lead = [name for stem in _LEADS[template] for name in names if Path(name).stem == stem]
    turned = names[number % len(names) :] + names[: number % len(names)]
    shown = tuple(dict.fromkeys([*lead, *turned]))[:4]
    return shown if len(shown) > 1 else shown * 2


def _drawn(
    renderer: Renderer,
    template: TemplateName,
    listing: Listing,
    brand: Brand,
    pictures: Mapping[str, PictureSource],
) -> Iterator[Card]:
    trees = [template_tree(renderer, template, listing, brand, shape, pictures) for shape in SHAPES]
    yield from _together(renderer, template, listing.locale, trees, pictures)


def _together(
    renderer: Renderer, name: str, locale: str, trees: Sequence[Box], pictures: Mapping[str, PictureSource]
) -> Iterator[Card]:
    """Yield a template's shapes; drawn together, they read each photo once."""
    jobs = [Job(tree, page_for(shape).size) for tree, shape in zip(trees, SHAPES, strict=True)]
    for shape, data in zip(SHAPES, renderer.render_all(jobs, images=pictures), strict=True):
        yield Card(name, shape, locale, data)


def _row(drawn: Sequence[Card]) -> Box:
    name = Text(
        text=drawn[0].template.replace("_", " "),
        style=Style(font_family="Inter", font_size=20, font_weight=600, color="#3c3c3c"),
    )
    pictures = tuple(_picture(card, _THUMB_PX) for card in drawn if card.locale == ENGLISH["locale"])
    row = Box(style=Style(gap=_GAP), children=pictures)
    return Box(style=Style(flex_direction="column", gap=_GAP // 2), children=(name, row))


def _picture(card: Card, height_px: int) -> Picture:
    style = Style(width=_width(card.shape, height_px), height=height_px, object_fit="cover", flex_shrink=0)
    return Picture(source=card.name, style=style)


def _width(shape: ShapeName, height_px: int) -> int:
    size = page_for(shape).size
    return round(size.width * height_px / size.height)


def _files(drawn: Sequence[Card]) -> dict[str, PictureSource]:
    return {card.name: card.data for card in drawn}


def main(arguments: list[str]) -> None:
    """Draw all into the folder named on the command line."""
    if len(arguments) != 1:
        raise SystemExit("Usage: python -m examples.gallery FOLDER")
    folder = Path(arguments[0])
    drawn = list(cards(*sample_pictures(folder / "samples"), others=(ARABIC, JAPANESE)))
    for card in drawn:
        (folder / f"{card.name}.jpg").write_bytes(card.data)
    (folder / "all.jpg").write_bytes(sheet(drawn, Output(quality=88)))
    print(f"{len(drawn)} pictures, and all of them on all.jpg, in {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
