"""The words of the app: the same in every language, and all of them used."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import cast

import pytest

from tests.unit.flutter_agent import dart
from tests.unit.flutter_agent.app import LIB, lib

LANGUAGES = ("en", "ar", "es")
_PLACEHOLDER = re.compile(r"\{([a-z]+)(?:,|\})")
_OF = ("words", "_words")


@cache
def arb(language: str) -> dict[str, object]:
    text = (LIB / "l10n" / f"app_{language}.arb").read_text(encoding="utf-8")
    return cast("dict[str, object]", json.loads(text))


def messages(language: str) -> dict[str, str]:
    return {name: str(words) for name, words in arb(language).items() if not name.startswith("@")}


def placeholders(message: str) -> set[str]:
    """Return the names in braces; the words of a plural's cases are no names."""
    cases = re.sub(r"(?:=\d|other|few|many|zero|one|two)\{", "(", message)
    return set(_PLACEHOLDER.findall(cases))


def used() -> set[str]:
    """Return every word that the pages ask for: `words.name` and `AppLocalizations.of(context).name`."""
    found: set[str] = set()
    for root in lib().values():
        text = dart.text(root)
        found |= set(re.findall(r"\b_?words\.(\w+)", text))
        found |= set(re.findall(r"AppLocalizations\.of\(context\)\.(\w+)", text))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_same_words_and_placeholders(language: str) -> None:
    template, translated = messages("en"), messages(language)

    assert translated.keys() == template.keys()
    assert {name: placeholders(words) for name, words in translated.items()} == {
        name: placeholders(words) for name, words in template.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_names_its_language_and_leaves_no_word_empty(language: str) -> None:
    assert arb(language)["@@locale"] == language
    assert [name for name, words in messages(language).items() if not words.strip()] == []


def test_the_words_that_pages_ask_for_are_those_that_there_are() -> None:
    assert used() == set(messages("en"))


def test_every_placeholder_has_its_type() -> None:
    typed = {
        name: set(cast("dict[str, dict[str, object]]", arb("en")[f"@{name}"])["placeholders"])
        for name, words in messages("en").items()
        if placeholders(words)
    }

    assert typed == {
        name: placeholders(words) for name, words in messages("en").items() if placeholders(words)
    }


def test_arabic_has_its_few_wherever_something_is_counted() -> None:
    counted = [name for name, words in messages("en").items() if ", plural," in words]

    assert counted
    assert all("few{" in messages("ar")[name] for name in counted)


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("Until {time}", {"time"}),
        ("{count, plural, =1{1 post} other{{count} posts}}", {"count"}),
        ("Yes", set()),
    ],
)
def test_placeholders_are_told_from_the_cases_of_a_plural(message: str, names: set[str]) -> None:
    assert placeholders(message) == names
