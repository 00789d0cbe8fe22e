"""The fonts of a picture: families by name, and who steps in for a script that a family lacks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from postengine.render.errors import FontMissing, FontUnknown

from .characters import is_ornament, kind_of, main_script, needs_glyph, scripts_of, without_noise
from .emoji import MOST_EMOJI, Span, emoji_face, emoji_in
from .face import FontFace
from .language import han_region

_AS_EMOJI = "\ufe0f"
_EMOJI_SCRIPT = "Zsye"
_FOLDED = re.compile("[ \\t\\r\\n]+")  # spaces that do not break stay what they are


class Fallback(NamedTuple):
    """Families that step in for scripts.

    Attributes:
        scripts: ISO 15924 codes.
        families: Best first.
        leads: A text that is mostly of these scripts is wholly set in the first family that has its letters,
            also its digits and spaces.
        beside: They step in for this family alone; None: for any.
    """

    scripts: frozenset[str]
    families: tuple[str, ...]
    leads: bool = False
    beside: str | None = None


@dataclass(frozen=True)
class FontSet:
    """Fonts by family, and the chain of families for each script. An immutable value.

    A text is set in the family that its style names. For a character that this family lacks the first of
    these steps in that has it: the user's own families, those of its script, those for everything.

    A family that has some letters of the script that a text is mostly written in, but not all (Playfair
    Display has four Greek ones), would mix with another within a word; it stands back for the whole text.

    Attributes:
        faces: All fonts; the faces of a family differ in weight or slant.
        own: Families that step in before all others.
        fallbacks: Families by script.
        rest: Families that step in last, for any character.
        emoji: A font with emoji in colour (COLR version 1, such as Noto Color Emoji); None leaves them out.
        generic: What `sans-serif`, `serif` and their like stand for.
        remedies: What brings a font for a script (a code, Zsye for emoji): a part of an error's sentence.
    """

    faces: tuple[FontFace, ...]
    own: tuple[str, ...] = ()
    fallbacks: tuple[Fallback, ...] = ()
    rest: tuple[str, ...] = ()
    emoji: FontFace | None = None
    generic: tuple[tuple[str, str], ...] = ()
    remedies: tuple[tuple[str, str], ...] = ()

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The names of all families, each once."""
        return tuple(dict.fromkeys(face.family for face in self.faces))

    @property
    def digest(self) -> str:
        """A hash (64 hex digits) that changes when a text could look different; for the name of an asset.

        Raises:
            FontUnreadable: A file is not there.
        """
        parts = [face.fingerprint for face in (*self.faces, *((self.emoji,) if self.emoji else ()))]
        parts += [repr((self.own, [(sorted(f.scripts), *f[1:]) for f in self.fallbacks], self.rest))]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def with_fonts(self, *faces: FontFace) -> FontSet:
        """Return the set with one's own fonts in front.

        They replace a family of the same name, and are the first to step in where a family lacks a character.
        """
        names = tuple(dict.fromkeys(face.family for face in faces))
        others = tuple(face for face in self.faces if face.family not in names)
        own = names + tuple(name for name in self.own if name not in names)
        return replace(self, faces=faces + others, own=own)

    def with_emoji(self, face: FontFace | None) -> FontSet:
        """Return the set with another font for emoji in colour, or with none."""
        return replace(self, emoji=face)

    def family_names(self, css: str) -> tuple[str, ...]:
        """Return the families that a style's list (`"Inter", sans-serif`) names and that are there.

        Raises:
            FontUnknown: None is.
        """
        known = {name.casefold(): name for name in self.families}
        known |= {name: family for name, family in self.generic if family in self.families}
        wanted = (part.strip().strip("\"'").strip().casefold() for part in css.split(","))
        found = tuple(dict.fromkeys(known[name] for name in wanted if name in known))
        if not found:
            raise FontUnknown(css, self.families)
        return found

    def chain_for(
        self, text: str, family: str, *, weight: int = 400, italic: bool = False, lang: str | None = None
    ) -> tuple[FontFace, ...]:
        """Return the fonts that a text needs, in the order in which they are to be tried.

        The named family comes first, one face of each family, the nearest in slant and weight. Fonts that the
        text does not need are not even opened. Emoji come in a small font that is made for this text; its
        family has a name of its own for each set of emoji.

        Args:
            text: What is to be set.
            family: As a style names it; a list as in CSS may be given.
            weight: 1 to 1000.
            italic: Slanted.
            lang: Its language (BCP 47), by which Chinese characters get the forms of their country.

        Raises:
            FontMissing: A character has no glyph in any font.
            FontUnknown: No such family.
            FontUnreadable: A font's file is junk or not there.
        """
        chain = [self.face(name, weight=weight, italic=italic) for name in self.family_names(family)]
        spans = self._emoji_in(text, chain)
        lacking = _lacking(_outside(text, spans), chain)
        if self.emoji and spans:
            chain.append(emoji_face(self.emoji, _few({text[start:end] for start, end in spans})))
        missing: list[str] = []
        for character, families in self._stand_ins(text, lacking, chain[0], lang):
            if any(ord(character) in face.covered for face in chain):
                continue
            faces = (self.face(name, weight=weight, italic=italic) for name in families)
            found = next((face for face in faces if ord(character) in face.covered), None)
            if found:
                chain.append(found)
            elif needs_glyph(character):
                missing.append(character)
        if missing:
            raise self._missing(missing)
        leader = self._leader(text, lacking, chain, lang)
        return tuple(chain) if leader is None else (leader, *(face for face in chain if face is not leader))

    def drawable(self, text: str, family: str) -> str:
        """Return `text` as it can be drawn: without noise, and without ornaments that no font has.

        See `characters.py` for what is noise and what an ornament. Letters that no font has stay, for
        `chain_for` to report.

        Raises:
            FontUnknown: No such family.
            FontUnreadable: A font's file is junk or not there.
        """
        clean = without_noise(text)
        chain = [self.face(name) for name in self.family_names(family)]
        if chain[0].covered.issuperset(map(ord, clean)):
            return clean
        spans = self._emoji_in(clean, chain)
        lacking = [c for c in _lacking(_outside(clean, spans), chain) if is_ornament(c)]
        lost = {
            character
            for character, families in self._stand_ins(clean, lacking, chain[0], None)
            if needs_glyph(character) and not any(ord(character) in self.face(n).covered for n in families)
        }
        return _without(clean, lost, spans) if lost else clean

    def face(self, family: str, *, weight: int = 400, italic: bool = False) -> FontFace:
        """Return the face of a family that is nearest in slant, then in weight.

        Raises:
            FontUnknown: No such family.

        Source: CSS Fonts 4 (W3C), section 5.2, font matching.
        """
        faces = [face for face in self.faces if face.family == family]
        if not faces:
            raise FontUnknown(family, self.families)
        return min(faces, key=lambda face: (face.italic != italic, _distance(face, weight)))

    def _leader(
        self, text: str, lacking: Sequence[str], chain: Sequence[FontFace], lang: str | None
    ) -> FontFace | None:
        """Return the font that sets the whole text, should the named family have to stand back."""
        if not any(c.isalpha() for c in lacking):
            return None
        script = main_script(text)
        if script is None or not any(script in scripts_of(c) for c in lacking):
            return None
        leads = any(fallback.leads and script in fallback.scripts for fallback in self.fallbacks)
        if not leads and script not in chain[0].scripts:
            return None
        letters = {ord(c) for c in text if c.isalpha() and script in scripts_of(c)}
        names = self._candidates((script,), chain[0].family, lang)
        return next((face for face in chain if face.family in names and letters <= face.covered), None)

    def _emoji_in(self, text: str, chain: Sequence[FontFace]) -> list[Span]:
        """Return the emoji of a text; the emoji font is only opened where one may be."""
        if not self.emoji or text.isascii():
            return []
        signs = (c for c in _lacking(text, chain) if is_ornament(c) and needs_glyph(c))
        if _AS_EMOJI not in text and not any(signs):
            return []
        return emoji_in(text, self.emoji, frozenset[int]().union(*(face.covered for face in chain)))

    def _stand_ins(
        self, text: str, characters: Sequence[str], named: FontFace, lang: str | None
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each character with the families that may step in for it, where the named one lacks it."""
        if not characters:
            return
        used = tuple(dict.fromkeys(s for c in dict.fromkeys(text) for s in scripts_of(c)))
        for character in characters:
            yield character, self._candidates(scripts_of(character) or used, named.family, lang)

    def _candidates(self, scripts: Sequence[str], named: str, lang: str | None) -> tuple[str, ...]:
        region = han_region(lang)
        names = [
            name
            for script in scripts
            for fallback in self.fallbacks
            if script in fallback.scripts and fallback.beside in {None, named}
            for name in sorted(fallback.families, key=lambda n: not (region and n.endswith(region)))
        ]
        present = self.families
        return tuple(n for n in dict.fromkeys((*self.own, *names, *self.rest)) if n in present)

    def _missing(self, characters: Sequence[str]) -> FontMissing:
        remedies = dict(self.remedies)
        scripts = [s for c in characters for s in scripts_of(c) or (_EMOJI_SCRIPT,) * is_ornament(c)]
        given = dict.fromkeys(remedies[script] for script in scripts if script in remedies)
        kinds = ", ".join(dict.fromkeys(kind_of(c) for c in characters))
        text = "".join(characters)
        if not given:
            return FontMissing(text, kinds)
        return FontMissing(text, kinds, remedy=", ".join(given) + ", or hand over a font that has them")


def css_families(chain: Sequence[FontFace]) -> str:
    """Return a chain as a style's `font-family`.

    >>> css_families([FontFace("Inter", b""), FontFace("Noto Sans Thai", b"")])
    '"Inter", "Noto Sans Thai"'
    """
    return ", ".join(f'"{name}"' for name in dict.fromkeys(face.family for face in chain))


def _distance(face: FontFace, weight: int) -> tuple[int, int]:
    least, most = face.weights
    nearest = min(max(weight, least), most)
    if nearest == weight:
        return 0, 0
    heavier = nearest > weight
    if 400 <= weight <= 500:
        turn = (1 if nearest <= 500 else 3) if heavier else 2
    else:
        turn = 1 if heavier == (weight > 500) else 2
    return turn, abs(nearest - weight)


def _lacking(text: str, chain: Sequence[FontFace]) -> list[str]:
    return [c for c in dict.fromkeys(text) if not any(ord(c) in face.covered for face in chain)]


def _few(wanted: set[str]) -> frozenset[str]:
    if len(wanted) > MOST_EMOJI:
        raise FontMissing("".join(sorted(wanted)), "emoji", remedy=f"use at most {MOST_EMOJI} different ones")
    return frozenset(wanted)


def _outside(text: str, spans: Sequence[Span]) -> str:
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def _without(text: str, lost: set[str], spans: Sequence[Span]) -> str:
    """Drop characters with the joiners and selectors that belong to them, and fold white space.

    What stands in `spans` stays.
    """
    kept: list[str] = []
    safe = {at for start, end in spans for at in range(start, end)}
    dropping = False
    for at, character in enumerate(text):
        belongs = dropping and not needs_glyph(character) and not character.isspace()
        dropping = at not in safe and (character in lost or belongs)
        if at in safe or not (dropping or character == _AS_EMOJI):
            kept.append(character)
    return _FOLDED.sub(" ", "".join(kept)).strip(" ")
