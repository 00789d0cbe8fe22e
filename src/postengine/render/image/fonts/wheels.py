"""The fonts that postengine brings: packages that hold OFL families, found and not imported."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from .face import FontFace
from .font_set import Fallback, FontSet

SERIF = "Playfair Display"
SANS = "Inter"

_ALL = (100, 900)
_SERIF_TOO = "Literata"
_NOTO = "Noto Sans"
_CJK = "Noto Sans CJK JP"
_HEBREW = "fonts/ofl/notosanshebrew/NotoSansHebrew[wdth,wght].ttf"


class Wheel(NamedTuple):
    """A font in an installed package.

    Attributes:
        release: The package's name.
        file: The font in it, from the package's folder.
        family: As styles call it.
        weights: The lightest and the heaviest.
        italic: It slants.
    """

    release: str
    file: str
    family: str
    weights: tuple[int, int] = _ALL
    italic: bool = False

    @property
    def face(self) -> FontFace | None:
        """The font; None if the package is not installed. The package is data: found, not imported."""
        spec = find_spec(self.release.replace("-", "_"))
        if not spec or not spec.origin:
            return None
        return FontFace(
            self.family, Path(spec.origin).parent / self.file, self.weights, self.italic, self.release
        )


_WHEELS = (
    Wheel("fontpkg-inter", "files/Inter[opsz,wght].ttf", SANS),
    Wheel("fontpkg-inter", "files/Inter-Italic[opsz,wght].ttf", SANS, italic=True),
    Wheel("fontpkg-playfair-display", "files/PlayfairDisplay[wght].ttf", SERIF, (400, 900)),
    Wheel(
        "fontpkg-playfair-display", "files/PlayfairDisplay-Italic[wght].ttf", SERIF, (400, 900), italic=True
    ),
    Wheel("fontpkg-literata", "files/Literata[opsz,wght].ttf", _SERIF_TOO, (200, 900)),
    Wheel("fontpkg-literata", "files/Literata-Italic[opsz,wght].ttf", _SERIF_TOO, (200, 900), italic=True),
    Wheel("fontpkg-noto-sans", "files/NotoSans[wdth,wght].ttf", _NOTO),
    Wheel("fontpkg-noto-sans", "files/NotoSans-Italic[wdth,wght].ttf", _NOTO, italic=True),
    Wheel("fontpkg-noto-sans-arabic", "files/NotoSansArabic[wdth,wght].ttf", "Noto Sans Arabic"),
    Wheel("justmytype-intl-rtl", _HEBREW, "Noto Sans Hebrew"),
    Wheel("fontpkg-noto-sans-devanagari", "files/NotoSansDevanagari[wdth,wght].ttf", "Noto Sans Devanagari"),
    Wheel("fontpkg-noto-sans-thai", "files/NotoSansThai[wdth,wght].ttf", "Noto Sans Thai"),
    Wheel("noto-cjk-sans-jp-regular", "NotoSansCJKjp-Regular.otf", _CJK, (400, 400)),
    Wheel("noto-cjk-sans-jp-bold", "NotoSansCJKjp-Bold.otf", _CJK, (700, 700)),
)

_EMOJI = Wheel("dynamic-font", "assets/fonts/NotoColorEmoji-Regular.ttf", "Noto Color Emoji", (400, 400))

_EAST_ASIAN = ("Hani", "Hira", "Kana", "Hang", "Bopo")
_FALLBACKS = (
    Fallback(frozenset({"Latn", "Grek", "Cyrl"}), (_SERIF_TOO,), beside=SERIF),
    Fallback(frozenset({"Latn", "Grek", "Cyrl"}), (SANS, _NOTO)),
    Fallback(frozenset({"Arab"}), ("Noto Sans Arabic",)),
    Fallback(frozenset({"Hebr"}), ("Noto Sans Hebrew",)),
    # Where takumi 2.14 takes words and spaces of Devanagari from two fonts, it breaks lines too late.
    Fallback(frozenset({"Deva"}), ("Noto Sans Devanagari",), leads=True),
    Fallback(frozenset({"Thai"}), ("Noto Sans Thai",)),
    Fallback(frozenset(_EAST_ASIAN), (_CJK,)),
)
_GENERIC = (
    ("sans-serif", SANS),
    ("ui-sans-serif", SANS),
    ("system-ui", SANS),
    ("serif", SERIF),
    ("ui-serif", SERIF),
)
_REMEDIES = tuple(
    (script, f"install postengine[{extra}]")
    for extra, scripts in (
        ("image", ("Arab", "Hebr", "Deva", "Thai")),
        ("fonts-cjk", _EAST_ASIAN),
        ("fonts-emoji", ("Zsye",)),
    )
    for script in scripts
)


@lru_cache(maxsize=1)
def default_fonts() -> FontSet:
    """Return the fonts that are installed with postengine.

    Inter (sans) and Playfair Display (serif, with Literata's Greek) for Latin, Greek and Cyrillic, and Noto
    Sans where they lack a letter; Noto Sans for Arabic, Hebrew, Devanagari and Thai; with
    postengine[fonts-cjk] Noto Sans CJK for Chinese, Japanese and Korean; with postengine[fonts-emoji] Noto
    Color Emoji.
    """
    faces = tuple(face for wheel in _WHEELS if (face := wheel.face))
    return FontSet(
        faces,
        fallbacks=_FALLBACKS,
        rest=(SANS, _NOTO),
        emoji=_EMOJI.face,
        generic=_GENERIC,
        remedies=_REMEDIES,
    )
