"""Numbers, dates and the templates' own few words, as a locale writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from .listing import Address, Area, Listing, Money, Visit

Term = Literal[
    "just_listed",
    "open_house",
    "price_change",
    "under_offer",
    "sold",
    "for_rent",
    "before",
    "after",
    "features",
    "your_agent",
    "per_month",
    "per_week",
    "per_night",
]

_TERMS: tuple[Term, ...] = (
    "just_listed", "open_house", "price_change", "under_offer", "sold", "for_rent", "before", "after",
    "features", "your_agent", "per_month", "per_week", "per_night",
)  # fmt: skip

# One row a language, in the order of _TERMS; what an agent of that country would put on a board.
_WORDS: dict[str, str] = {
    "en": "Just listed|Open house|New price|Under offer|Sold|For rent|Before|After|Highlights|Your agent"
    "|per month|per week|per night",
    "de": "Neu im Angebot|Offene Besichtigung|Neuer Preis|Reserviert|Verkauft|Zu vermieten|Vorher|Nachher"
    "|Highlights|Ihre Ansprechperson|pro Monat|pro Woche|pro Nacht",
    "fr": "Nouveauté|Portes ouvertes|Nouveau prix|Sous offre|Vendu|À louer|Avant|Après|Points forts"
    "|Votre contact|par mois|par semaine|par nuit",
    "es": "Novedad|Puertas abiertas|Nuevo precio|Reservado|Vendido|En alquiler|Antes|Después|Destacados"
    "|Tu agente|al mes|por semana|por noche",
    "it": "Novità|Open house|Nuovo prezzo|In trattativa|Venduto|In affitto|Prima|Dopo|Punti di forza"
    "|Il tuo agente|al mese|a settimana|a notte",
    "pt": "Novidade|Casa aberta|Novo preço|Reservado|Vendido|Para arrendar|Antes|Depois|Destaques"
    "|O seu agente|por mês|por semana|por noite",
    "nl": "Nieuw in de verkoop|Open huis|Nieuwe prijs|Onder bod|Verkocht|Te huur|Voor|Na|Pluspunten"
    "|Uw makelaar|per maand|per week|per nacht",
    "pl": "Nowa oferta|Dzień otwarty|Nowa cena|Rezerwacja|Sprzedane|Do wynajęcia|Przed|Po|Atuty"
    "|Twój agent|miesięcznie|tygodniowo|za noc",
    "el": "Νέα αγγελία|Ανοιχτό σπίτι|Νέα τιμή|Υπό προσφορά|Πωλήθηκε|Ενοικιάζεται|Πριν|Μετά|Χαρακτηριστικά"
    "|\u039f σύμβουλός σας|τον μήνα|την εβδομάδα|τη νύχτα",
    "ru": "Новое предложение|День открытых дверей|Новая цена|Задаток внесён|Продано|Сдаётся|До|После"
    "|Преимущества|Ваш агент|в месяц|в неделю|за ночь",
    "ar": "معروض حديثًا|يوم مفتوح|سعر جديد|قيد التفاوض|تم البيع|للإيجار|قبل|بعد|المزايا|وكيلك"
    "|شهريًا|أسبوعيًا|لليلة",
    "he": "חדש בשוק|בית פתוח|מחיר חדש|במשא ומתן|נמכר|להשכרה|לפני|אחרי|יתרונות|הסוכן שלך|לחודש|לשבוע|ללילה",
    "hi": "नई पेशकश|ओपन हाउस|नई कीमत|सौदा जारी|बिक गया|किराये पर|पहले|बाद में|विशेषताएँ|आपके एजेंट"
    "|प्रति माह|प्रति सप्ताह|प्रति रात",
    "th": "มาใหม่|เปิดบ้าน|ราคาใหม่|มีผู้เสนอซื้อ|ขายแล้ว|ให้เช่า|ก่อน|หลัง|จุดเด่น|ตัวแทนของคุณ"
    "|ต่อเดือน|ต่อสัปดาห์|ต่อคืน",
    "ja": "新着物件|オープンハウス|価格改定|商談中|成約|賃貸|施工前|施工後|おすすめポイント|担当者"
    "|月額|週額|一泊",
    "zh": "新上架|开放看房|价格调整|洽谈中|已售出|出租|改造前|改造后|亮点|您的顾问|每月|每周|每晚",
    "ko": "신규 매물|오픈 하우스|가격 변경|계약 진행 중|거래 완료|임대|이전|이후|특징|담당자|월|주|1박",
}  # fmt: skip
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "iw", "ur", "ps", "yi"})


@dataclass(frozen=True)
class Wording:
    """One locale's way of writing.

    Attributes:
        locale: As Babel knows it.
        lang: BCP 47 tag.
    """

    locale: Locale
    lang: str

    @property
    def is_right_to_left(self) -> bool:
        """Whether pages begin at the right."""
        return self.locale.language in _RIGHT_TO_LEFT

    def term(self, term: Term) -> str:
        """Return one of the templates' own words; English where the language is not in the table."""
        row = _WORDS.get(self.locale.language, _WORDS["en"])
        return row.split("|")[_TERMS.index(term)]

    def money(self, price: Money | str) -> str:
        """Write an amount; cents only where there are some."""
        if isinstance(price, str):
            return price
        whole = price.amount == price.amount.to_integral_value()
        amount = Decimal(int(price.amount)) if whole else price.amount
        text = format_currency(amount, price.currency, locale=self.locale, currency_digits=not whole)
        text = _without_cents(text, self.locale) if whole else text
        text = text.replace("￥", "¥")  # a wide form that only East Asian fonts have
        return text if price.per is None else f"{text} {self.term(_PER[price.per])}"

    def area(self, area: Area | str) -> str:
        """Write a floor area."""
        if isinstance(area, str):
            return area
        unit = "area-square-meter" if area.unit == "m2" else "area-square-foot"
        return format_unit(round(area.value, 1), unit, "short", locale=self.locale).replace(" ", "\u00a0")

    def address(self, address: Address | str | None) -> str:
        """Return what of an address may be shown."""
        shown = address.shown if isinstance(address, Address) else (address or "")
        return shown.replace(", ", "، ") if self.locale.language == "ar" else shown

    def number(self, value: float) -> str:
        """Write a count, such as 2.5 bathrooms."""
        return format_decimal(value, locale=self.locale)

    def day(self, visit: Visit) -> str:
        """Write a visit's day: `Saturday, 28 November`."""
        return format_date(visit.starts_at, _pattern_of_day(self.locale), locale=self.locale)

    def weekday(self, visit: Visit) -> str:
        """Write the name of a visit's day."""
        return format_date(visit.starts_at, "EEEE", locale=self.locale)

    def day_of_month(self, visit: Visit) -> str:
        """Write the number of a visit's day."""
        return format_date(visit.starts_at, "d", locale=self.locale)

    def month(self, visit: Visit) -> str:
        """Write the name of a visit's month, as it is read after a day's number.

        The form that stands alone (LLLL) is not asked for: Babel 2.18 gives Japanese months to the languages
        that were loaded after Japanese.
        """
        return format_date(visit.starts_at, "MMMM", locale=self.locale)

    def hours(self, visit: Visit) -> str:
        """Write a visit's hours: two times with a dash between, or one."""
        starts = format_time(visit.starts_at.time(), "short", locale=self.locale)
        if visit.ends_at is None:
            return starts
        return f"{starts} \u2013 {format_time(visit.ends_at.time(), 'short', locale=self.locale)}"

    def change(self, percent: float) -> str:
        """Write a change with its sign: `+3.4 %`."""
        text = format_percent(abs(percent) / 100, "#,##0.#%", locale=self.locale)
        sign = "+" if percent > 0 else "\u2212" if percent < 0 else "±"
        return f"{sign}{text}"


def wording_for(listing: Listing) -> Wording:
    """Return the wording of a listing's locale; an unknown one writes as English does."""
    tag = listing.locale.replace("_", "-")
    try:
        return Wording(Locale.parse(tag, sep="-"), tag)
    except (UnknownLocaleError, ValueError):
        return Wording(Locale("en"), tag)


_PER: dict[str, Term] = {"month": "per_month", "week": "per_week", "night": "per_night"}


def _without_cents(text: str, locale: Locale) -> str:
    mark = locale.number_symbols["latn"]["decimal"] if "latn" in locale.number_symbols else "."
    for zeros in (f"{mark}00", f"{mark}0"):
        text = text.replace(zeros, "")
    return text


def _pattern_of_day(locale: Locale) -> str:
    """Return the pattern of weekday, day and month in the locale's order, with their names in full."""
    skeletons = locale.datetime_skeletons
    if "MMMMEEEEd" in skeletons:
        return str(skeletons["MMMMEEEEd"])
    return re.sub(r"[LM]{3,}", "MMMM", re.sub(r"[Ec]+", "EEEE", str(skeletons["MMMEd"])))
