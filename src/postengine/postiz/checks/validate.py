"""Checking a post before it is sent: every problem at once, in the words of our fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from postengine.postiz.problem import Problem
from postengine.postiz.providers.check import settings_problems, wire_values
from postengine.postiz.providers.registry import SETTINGS_MODELS
from postengine.postiz.providers.rules import PROVIDERS, MediaRule
from postengine.postiz.providers.settings import ProviderSettings, RawSettings

from .draft_post import DraftComment, DraftPost, TargetChannel
from .media_rules import file_problems, media_problems
from .text_rules import TextRule, is_sendable, text_problems

__all__ = ["validate"]


def validate(post: DraftPost, channel: TargetChannel) -> list[Problem]:
    """Find every reason why Postiz or the network would refuse a post, or publish it otherwise than meant.

    A provider that is not in `PROVIDERS` is checked by what Postiz asks of all and by what the channel tells.

    Returns:
        The problems of the text, the media, the settings and the comments; empty if there is none.

    >>> post = DraftPost(text="New listing", settings={"post_type": "post"})
    >>> [problem.code for problem in validate(post, TargetChannel(provider="instagram"))]
    ['too_few']
    """
    values = _values(post, channel.provider)
    is_article = channel.provider == "x" and values.get("post_type") == "article"
    rule = TextRule(channel.provider, _longest(channel, is_article=is_article), is_article)
    return [
        *text_problems("text", post.text, rule, has_media=bool(post.media)),
        *_media_problems(post, channel.provider, values),
        *_settings_problems(post, channel, values),
        *_comment_problems(post, channel.provider, rule),
    ]


def _values(post: DraftPost, provider: str) -> dict[str, object]:
    """Return the settings by their names on the wire."""
    given: Mapping[str, object] = (
        post.settings if isinstance(post.settings, Mapping) else post.settings.wire()
    )
    model = SETTINGS_MODELS.get(provider)
    return dict(given) if model is None else wire_values(model, given)


def _longest(channel: TargetChannel, *, is_article: bool) -> int | None:
    provider = PROVIDERS.get(channel.provider)
    if is_article and provider is not None:
        return provider.longest_article
    if channel.max_length:
        return channel.max_length
    if provider is None:
        return None
    return provider.longest_verified or provider.longest if channel.is_verified else provider.longest


def _media_problems(post: DraftPost, provider: str, values: Mapping[str, object]) -> Iterator[Problem]:
    known = PROVIDERS.get(provider)
    yield from media_problems("media", post.media, known.media if known else MediaRule())
    model = SETTINGS_MODELS.get(provider)
    if model is not None:
        yield from model.media_problems(values, post.media)


def _settings_problems(
    post: DraftPost, channel: TargetChannel, values: Mapping[str, object]
) -> Iterator[Problem]:
    settings, model = post.settings, SETTINGS_MODELS.get(channel.provider)
    if isinstance(settings, ProviderSettings | RawSettings) and _of(settings) != channel.provider:
        message = f"These are the settings of {_of(settings)}; give those of {channel.provider}."
        yield Problem("settings", "wrong_provider", message)
    elif model is not None:
        is_raw = isinstance(settings, RawSettings)
        for found in settings_problems(model, values, may_have_others=is_raw):
            # The server keeps a key that it does not know, and nothing comes of it.
            is_warning = found.is_warning or found.code == "unknown"
            yield Problem(found.field, found.code, found.message, is_warning=is_warning)
    else:
        yield from _schema_problems(channel.settings_schema, values)
    yield from _unsendable("settings", values)


def _of(settings: ProviderSettings | RawSettings) -> str:
    return settings.provider if isinstance(settings, RawSettings) else str(settings.wire()["__type"])


def _schema_problems(schema: object, values: Mapping[str, object]) -> Iterator[Problem]:
    """Yield the keys that a live schema requires and the settings lack; a sentence instead asks for none."""
    required = cast("Mapping[str, object]", schema).get("required") if isinstance(schema, Mapping) else None
    for name in cast("list[object]", required) if isinstance(required, list) else []:
        if values.get(str(name)) is None:
            yield Problem(f"settings.{name}", "missing", "The channel asks for it; set it.")


def _unsendable(field: str, value: object) -> Iterator[Problem]:
    """Yield each text inside `value` that makes the server answer 500."""
    match value:
        case str() if not is_sendable(value):
            message = "Postiz cannot store a NUL character or half a surrogate pair; take it out."
            yield Problem(field, "unsendable", message)
        case dict():
            for name, item in cast("dict[str, object]", value).items():
                yield from _unsendable(f"{field}.{name}", item)
        case list() | tuple():
            for index, item in enumerate(cast("list[object]", value)):
                yield from _unsendable(f"{field}[{index}]", item)
        case _:
            pass


def _comment_problems(post: DraftPost, provider: str, rule: TextRule) -> Iterator[Problem]:
    known = PROVIDERS.get(provider)
    if post.comments and known is not None and not known.has_comments:
        message = f"Postiz never posts comments on {provider}, and does not say so; leave them out."
        yield Problem("comments", "never_posted", message)
        return
    for index, comment in enumerate(post.comments):
        field = f"comments[{index}]"
        part = comment if isinstance(comment, DraftComment) else DraftComment(comment)
        yield from text_problems(field, part.text, rule, has_media=bool(part.media))
        if part.media and known is not None and not known.comments_take_media:
            yield Problem(f"{field}.media", "only_text", f"A comment on {provider} is text alone.")
        for place, item in enumerate(part.media):
            yield from file_problems(f"{field}.media[{place}]", item)
