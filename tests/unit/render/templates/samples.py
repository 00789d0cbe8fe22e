"""Listings in eight languages and photos that make it hard: what the templates are tried with."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal

import numpy as np
from PIL import Image, ImageDraw

from postengine.render.templates.brand import Brand
from postengine.render.templates.listing import (
    Address,
    Agent,
    Area,
    Listing,
    MarketFigure,
    Money,
    Testimonial,
    Visit,
)

PHOTO_SIZE = (1200, 900)
LANGUAGES = ("de", "ar", "he", "ja", "th", "hi", "el", "ru")
_LOCALES: dict[str, str] = dict(
    zip(LANGUAGES, ("de-DE", "ar-AE", "he-IL", "ja-JP", "th-TH", "hi-IN", "el-GR", "ru-RU"), strict=True)
)

TITLES: dict[str, tuple[str, str]] = {
    "de": (
        "Neu",
        "Lichtdurchflutete Fünfzimmermaisonettewohnung mit"
        " Südwestdachterrasse, Tiefgaragenstellplatz, Elbblick, Altona-Altstadt.",
    ),
    "ar": (
        "فيلا",
        "فيلا عائلية فاخرة من خمس غرف نوم مع حديقة واسعة ومسبح خاص وإطلالة"
        " بحرية مفتوحة في حي هادئ وقريب من المدارس والأسواق كله",
    ),
    "he": (
        "בית",
        "דירת חמישה חדרים מרווחת ומוארת עם מרפסת שמש גדולה, חניה כפולה ומחסן"
        " פרטי ברחוב שקט במרחק הליכה קצר מן הים ומן הפארק שם",
    ),
    "ja": (
        "新築住",
        "港を望む南向き三寝室の邸宅、広々としたリビングと専用庭園付き、駅から徒歩五分、小学校と公園がすぐ近くにある閑静な住宅街の"
        "角地に建つ築浅の高級マンション、駐車場二台分と宅配ボックス完備、ペット飼育可能、床暖房と食器洗い乾燥機を標準装備した住",
    ),
    "th": (
        "บ้าน",
        "บ้านเดี่ยวสองชั้นสี่ห้องนอนพร้อมสระว่ายน้ำส่วนตัวและสวนกว้างขวางในซอยเงียบสงบใกล้รถไฟฟ้าโรงเรียนนานาชาติและห้างสรรพสินค้า",
    ),
    "hi": (
        "नया",
        "समुद्र के किनारे चार शयनकक्षों वाला विशाल और रोशन अपार्टमेंट, निजी"
        " बगीचे, दो पार्किंग और आधुनिक रसोई के साथ शांत गली में है",
    ),
    "el": (
        "Νέο",
        "Φωτεινό διαμέρισμα τριών υπνοδωματίων με μεγάλη βεράντα και"
        " ανεμπόδιστη θέα στη θάλασσα, κοντά στο κέντρο της Αθήνας εδώ",
    ),
    "ru": (
        "Дом",
        "Просторная четырёхкомнатная квартира, панорамные окна, два балкона,"
        " подземная парковка, новый ремонт, исторический центр",
    ),
}
"""A title of about 3 characters and one of about 120 in each language."""

BRAND = Brand(
    name="Petersen & Co",
    legal=("Petersen & Co Immobilien GmbH", "§ 34c GewO, Hamburg", "Energy class B"),
    logo_light="logo",
)


def listing_in(language: str, *, is_long: bool) -> Listing:
    """Return a whole listing in a language, with a title of about 120 or of 3 characters."""
    short, long = TITLES[language]
    sentence = long[:120]
    words = sentence.split(" ")
    return full_listing(
        title=sentence if is_long else short,
        locale=_LOCALES[language],
        price=Money(amount=Decimal(12_850_000), currency="EUR"),
        old_price=Money(amount=Decimal(13_200_000), currency="EUR"),
        features=tuple(sentence[at * 12 : at * 12 + 14].strip() for at in range(6)),
        address=Address(street=f"{words[0][:14]} 12", area=words[-1][:14]),
        agent=Agent(name=words[0][:16], phone="+49 40 123 45 67", role=words[-1][:16], photo="face"),
        testimonial=Testimonial(quote=sentence, author=words[0][:16], context=words[-1][:16]),
        market=MarketFigure(label=short, value="€ 6,840", change_percent=-3.4, series=(3, 1, 2, 5)),
    )


def full_listing(**changes: object) -> Listing:
    """Return an English listing that has everything, with changes."""
    return Listing.model_validate(
        {
            "title": "Three bedroom apartment by the old harbour",
            "price": Money(amount=Decimal(485_000), currency="EUR"),
            "old_price": Money(amount=Decimal(520_000), currency="EUR"),
            "address": Address(street="Hafenstraße 12", area="Hamburg-Altona"),
            "bedrooms": 3,
            "bathrooms": 2,
            "area": Area(value=112),
            "features": (
                "South-facing balcony",
                "Oak floors throughout",
                "Fitted kitchen",
                "Underground parking",
                "Lift to all floors",
                "Cellar and bicycle room",
            ),
            "visit": Visit(starts_at=datetime(2026, 11, 28, 14), ends_at=datetime(2026, 11, 28, 16)),  # noqa: DTZ001
            "agent": Agent(
                name="Anna Petersen",
                phone="+49 40 123 45 67",
                role="Sales director",
                licence="Lic. 0123",
                greeting="I have sold homes around the harbour for fifteen years, and I answer my own phone.",
                photo="face",
            ),
            "testimonial": Testimonial(
                quote="From the first viewing to the keys it took five weeks.",
                author="Familie Brandt",
                context="Sold in Ottensen",
            ),
            "market": MarketFigure(
                label="Median price per m², Ottensen",
                value="€ 6,840",
                change_percent=3.4,
                series=(5900, 6100, 6050, 6200, 6400, 6350, 6500, 6700, 6650, 6840),
                first="2017",
                last="2026",
                source="Source: own sales, n = 412",
            ),
            "photos": ("p1", "p2", "p3", "p4"),
            "locale": "en-GB",
        }
        | changes
    )


def _written(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=88)
    return file.getvalue()


def plain(level: int, size: tuple[int, int] = PHOTO_SIZE) -> bytes:
    """Return a photo of one grey."""
    return _written(Image.new("RGB", size, (level, level, level)))


def noise() -> bytes:
    """Return a photo of black and white squares: the worst ground for text."""
    cells = np.random.default_rng(7).integers(0, 2, (PHOTO_SIZE[1] // 12, PHOTO_SIZE[0] // 12)) * 255
    return _written(Image.fromarray(np.kron(cells, np.ones((12, 12))).astype(np.uint8)).convert("RGB"))


def house(roof: str = "#7c3a2d", sky: str = "#9cc7ee") -> bytes:
    """Return a house before a bright sky, as photos of listings are: drawn."""
    image = Image.new("RGB", PHOTO_SIZE, "#f6f9fc")
    gradient = Image.linear_gradient("L").resize((PHOTO_SIZE[0], 560))
    image.paste(
        Image.new("RGB", (PHOTO_SIZE[0], 560), sky), (0, 0), gradient.point(lambda level: 255 - level)
    )
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 560, *PHOTO_SIZE), fill="#6d9150")
    draw.rectangle((330, 340, 880, 680), fill="#efe7da")
    draw.polygon(((280, 350), (600, 160), (930, 350)), fill=roof)
    for x in (390, 560, 730):
        draw.rectangle((x, 420, x + 100, 540), fill="#35536b")
    draw.rectangle((560, 560, 650, 680), fill="#5a3d2b")
    draw.polygon(((540, 680), (670, 680), (820, 900), (420, 900)), fill="#cfc4b0")
    return _written(image)


def _portrait() -> bytes:
    image = Image.new("RGB", (800, 1000), "#d8d2c8")
    draw = ImageDraw.Draw(image)
    draw.ellipse((270, 200, 530, 540), fill="#c99b7c")
    draw.rounded_rectangle((150, 560, 650, 1100), 160, fill="#27364d")
    return _written(image)


def _logo() -> bytes:
    file = io.BytesIO()
    image = Image.new("RGBA", (256, 256))
    ImageDraw.Draw(image).ellipse((8, 8, 248, 248), fill="#e0b972")
    image.save(file, "PNG")
    return file.getvalue()


def images_with(photo: bytes) -> dict[str, bytes]:
    """Return the pictures of a listing, all its photos the same."""
    return {"p1": photo, "p2": photo, "p3": photo, "p4": photo, "face": _portrait(), "logo": _logo()}


PHOTOS = {
    "house": house(),
    "white": plain(255),
    "black": plain(0),
    "noise": noise(),
}
