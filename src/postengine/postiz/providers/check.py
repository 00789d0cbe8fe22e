"""From a mapping to typed settings, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import JsonValue, ValidationError
from pydantic_core import ErrorDetails

from postengine.postiz.errors import PostizNotSent
from postengine.postiz.problem import Problem

from .registry import SETTINGS_MODELS
from .settings import ProviderSettings, RawSettings, Settings

__all__ = ["SettingsInvalid", "settings_for", "settings_problems", "wire_values"]

_TYPE = "__type"


class SettingsInvalid(PostizNotSent):
    """Settings that a provider would not take.

    Attributes:
        provider: The integration's identifier.
        problems: Everything that is wrong; at least one.
    """

    def __init__(self, provider: str, problems: list[Problem]) -> None:
        self.provider = provider
        self.problems = problems
        told = "; ".join(f"{problem.field}: {problem.message}" for problem in problems)
        super().__init__(f"The settings for {provider} do not fit: {told}")


def settings_for(provider: str, values: Mapping[str, JsonValue]) -> Settings:
    """Return the settings of `provider` as its model, or raw if there is none.

    Args:
        provider: The integration's identifier.
        values: By their names on the wire or in Python; JSON values.

    Raises:
        SettingsInvalid: With all problems at once.

    >>> settings_for("pinterest", {"board": "12"}).wire()
    {'__type': 'pinterest', 'board': '12'}
    """
    model = SETTINGS_MODELS.get(provider)
    if model is None:
        return RawSettings(provider, dict(values))
    named = wire_values(model, values)
    found = [problem for problem in settings_problems(model, named) if not problem.is_warning]
    if found:
        raise SettingsInvalid(provider, found)
    return model.model_validate(named)


def wire_values(model: type[ProviderSettings], values: Mapping[str, object]) -> dict[str, object]:
    """Return `values` by their names on the wire, without `__type`, which the server sets itself."""
    names = model.wire_names()
    named = {names.get(name, name): value for name, value in values.items()}
    named.pop(_TYPE, None)
    return named


def settings_problems(
    model: type[ProviderSettings], values: Mapping[str, object], *, may_have_others: bool = False
) -> list[Problem]:
    """Find everything that is wrong with `values`, without looking at the post.

    Args:
        model: The provider's.
        values: By their names on the wire, as `wire_values` returns them.
        may_have_others: Keys that the model does not know are let pass, as the server does.
    """
    problems = list(_field_problems(model, values))
    if may_have_others:
        problems = [problem for problem in problems if problem.code != "unknown"]
    named = {problem.field for problem in problems}
    return problems + [found for found in model.cross_problems(values) if found.field not in named]


def _field_problems(model: type[ProviderSettings], values: Mapping[str, object]) -> Iterator[Problem]:
    try:
        model.model_validate(values)
    except ValidationError as invalid:
        errors = invalid.errors(include_url=False, include_context=False, include_input=False)
        places = [error["loc"] for error in errors]
        for error in errors:
            if not _is_echo(error, places):
                yield _problem(model, error["type"], error["loc"], error["msg"])


def _is_echo(error: ErrorDetails, places: list[tuple[int | str, ...]]) -> bool:
    """Tell whether another problem says it better.

    An error without a place is of `cross_problems`, which are asked one by one; a list is "too short" once
    more when its entries are wrong.
    """
    place = error["loc"]
    is_inside = any(len(other) > len(place) and other[: len(place)] == place for other in places)
    return not place or (error["type"] == "too_short" and is_inside)


def _problem(model: type[ProviderSettings], kind: str, place: tuple[int | str, ...], said: str) -> Problem:
    field = _path(place)
    if kind == "missing":
        return Problem(field, "missing", f"It is needed; set it. {_wanted(model, place)}".rstrip())
    if kind == "extra_forbidden":
        known = ", ".join(sorted(set(model.wire_names().values()) - {_TYPE})) or "none at all"
        there = f"; there are: {known}" if len(place) == 1 else ""
        return Problem(field, "unknown", f"There is no such setting{there}. Leave it out.")
    return Problem(field, "invalid", f"{said.removeprefix('Value error, ')}.")


def _path(place: tuple[int | str, ...]) -> str:
    """Write a place as `settings.subreddit[0].value.title`."""
    return "settings" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)


def _wanted(model: type[ProviderSettings], place: tuple[int | str, ...]) -> str:
    """Name the choices of a missing setting, where it has some."""
    for name, wire in model.wire_names().items():
        choices = getattr(model.model_fields[name].annotation, "__args__", ())
        if place == (wire,) and choices and all(isinstance(one, str) for one in choices):
            return f"One of: {', '.join(choices)}."
    return ""
