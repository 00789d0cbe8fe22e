"""What can be wrong with a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from postengine.postiz.content.build import Content
from postengine.postiz.problem import Problem
from postengine.postiz.providers.rules import PROVIDERS
from postengine.postiz.text.length import network_length, postiz_length

__all__ = ["TextRule", "is_sendable", "text_problems"]

_TAG_LIKE = re.compile(r"<[A-Za-z/!?]")
_HASHTAG = re.compile(r"(?<!\w)#\w*[^\W\d_]\w*")
_MOST_HASHTAGS = 30
_UNSENDABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class TextRule:
    """What a channel asks of a text.

    Attributes:
        provider: The integration's identifier.
        longest: None is no limit.
        is_article: An article of X, which keeps its formatting.
    """

    provider: str
    longest: int | None
    is_article: bool = False


def text_problems(field: str, text: str | Content, rule: TextRule, *, has_media: bool) -> Iterator[Problem]:
    """Yield what is wrong with the text of a post or comment."""
    words = text if isinstance(text, str) else text.text
    if not words.strip() and not has_media:
        yield Problem(field, "empty", "Without media, text is needed; write some.")
    if not is_sendable(text if isinstance(text, str) else text.html()):
        message = "Postiz cannot store a NUL character or half a surrogate pair; take it out."
        yield Problem(field, "unsendable", message)
    yield from _length_problems(field, _published(text, rule), rule)
    yield from _markup_problems(field, words, rule.provider)
    hashtags = len(_HASHTAG.findall(words))
    if rule.provider.startswith("instagram") and hashtags > _MOST_HASHTAGS:
        message = f"There are {hashtags} hashtags; Instagram takes {_MOST_HASHTAGS}, so leave some out."
        yield Problem(field, "too_many_hashtags", message)


def is_sendable(text: str) -> bool:
    """Tell whether Postiz can store `text`; what it cannot store makes it answer 500."""
    return _UNSENDABLE.search(text) is None


def _published(text: str | Content, rule: TextRule) -> str:
    """Return what is counted. X's editor is HTML, but a post of X is flattened."""
    if isinstance(text, str):
        return text
    if rule.is_article or rule.provider not in PROVIDERS:
        return text.text
    editor = PROVIDERS[rule.provider].editor
    return text.published("normal" if rule.provider == "x" else editor)


def _length_problems(field: str, text: str, rule: TextRule) -> Iterator[Problem]:
    if rule.longest is None:
        return
    here, there = postiz_length(rule.provider, text), network_length(rule.provider, text)
    counts = f"{here} at Postiz" if here == there else f"{here} at Postiz and {there} at {rule.provider}"
    over = max(here, there) - rule.longest
    if over > 0:
        message = f"The text counts {counts}; {rule.longest} is the most, so shorten it by {over}."
        # Threads' own count of emoji decides at its hour, and is told differently by different sources.
        is_doubtful = rule.provider == "threads" and here <= rule.longest
        yield Problem(field, "too_long", message, is_warning=is_doubtful)


def _markup_problems(field: str, words: str, provider: str) -> Iterator[Problem]:
    """Yield what a `<` does where an editor of HTML reads it once more."""
    has_tag = _TAG_LIKE.search(words) is not None
    if provider == "x" and has_tag:
        yield Problem(
            field, "markup", "X loses <words like this>; leave a blank after the <, or write it out."
        )
    elif provider == "telegram" and "<" in words:
        yield Problem(field, "markup", "Telegram reads < as markup and may refuse the text; write it out.")
    elif provider in {"wordpress", "listmonk"} and "<" in words:
        message = f"A < reaches {provider} as HTML, which may hide what follows; write it out."
        yield Problem(field, "markup", message, is_warning=not has_tag)
