"""The listing of the gallery, in three languages, with every field that a template shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Told = Mapping[str, Any]
"""Fields of a `Listing`, without its photos."""

ENGLISH: Told = {
    "title": "Villa with a view of the harbour",
    "price": {"amount": 1_285_000, "currency": "EUR"},
    "old_price": {"amount": 1_350_000, "currency": "EUR"},
    "address": {"street": "Rua do Farol 7", "area": "Cascais"},
    "bedrooms": 4,
    "bathrooms": 3,
    "area": {"value": 312},
    "features": [
        "Terrace over the bay",
        "Heated pool",
        "Oak floors throughout",
        "Solar roof",
        "Garage for two",
        "Ten minutes to the beach",
    ],
    "visit": {"starts_at": "2026-11-28T14:00", "ends_at": "2026-11-28T16:00"},
    "agent": {
        "name": "Ana Ferreira",
        "phone": "+351 21 555 0142",
        "role": "Partner",
        "licence": "AMI 12345",
        "photo": "portrait",
        "focus": [0.5, 0.55],
        "greeting": "I have sold homes along this coast for fifteen years, and I answer my own phone.",
    },
    "testimonial": {
        "quote": "From the first viewing to the keys it took five weeks, and at no point did we wonder what "
        "happens next.",
        "author": "The Brandts",
        "context": "bought in Cascais",
    },
    "market": {
        "label": "Median price per m², Cascais",
        "value": "€ 5,240",
        "change_percent": 3.4,
        "series": [4310, 4420, 4480, 4530, 4690, 4720, 4860, 5010, 5070, 5240],
        "first": "2017",
        "last": "2026",
        "source": "Own sales, n = 212",
    },
    "locale": "en-GB",
}

ARABIC: Told = {
    "title": "فيلا عائلية بإطلالة على الميناء",
    "price": {"amount": 4_850_000, "currency": "AED"},
    "address": {"street": "شارع الفنار 7", "area": "جميرا"},
    "bedrooms": 4,
    "bathrooms": 3,
    "area": {"value": 312},
    "features": [
        "شرفة تطل على الخليج",
        "مسبح مدفأ",
        "أرضيات خشبية",
        "ألواح شمسية",
        "مرآب لسيارتين",
        "عشر دقائق إلى الشاطئ",
    ],
    "visit": {"starts_at": "2026-11-28T14:00", "ends_at": "2026-11-28T16:00"},
    "agent": {
        "name": "ليلى حداد",
        "phone": "+971 4 555 0142",
        "role": "شريكة",
        "photo": "portrait",
        "focus": [0.5, 0.55],
    },
    "locale": "ar-AE",
}

JAPANESE: Told = {
    "title": "港を望む南向きの邸宅",
    "price": {"amount": 128_000_000, "currency": "JPY"},
    "address": {"street": "元町 3-7", "area": "横浜市中区"},
    "bedrooms": 4,
    "bathrooms": 2,
    "area": {"value": 148},
    "features": [
        "湾を見渡すテラス",
        "床暖房",
        "無垢材のフローリング",
        "太陽光発電",
        "駐車場二台分",
        "駅から徒歩五分",
    ],
    "visit": {"starts_at": "2026-11-28T14:00", "ends_at": "2026-11-28T16:00"},
    "agent": {
        "name": "佐藤 美咲",
        "phone": "045 555 0142",
        "role": "営業部長",
        "photo": "portrait",
        "focus": [0.5, 0.55],
    },
    "locale": "ja-JP",
}
