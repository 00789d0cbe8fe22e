"""What the settings of all providers have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, JsonValue, model_validator
from pydantic.alias_generators import to_camel

from postengine.postiz.media.fact import MediaFact
from postengine.postiz.problem import Problem

__all__ = ["ProviderSettings", "RawSettings", "Settings", "camel_name", "plain_name"]


def plain_name(name: str) -> str:
    """Return the wire's name of a field: the same, but for `provider`."""
    return "__type" if name == "provider" else name


def camel_name(name: str) -> str:
    """Return the wire's name where the provider's settings are in camel case."""
    return "__type" if name == "provider" else to_camel(name)


class ProviderSettings(BaseModel):
    """The settings of one provider: names are Python's, aliases are the wire's.

    Unknown keys are refused, so that a slip of the pen is found here; the server would keep and ignore them.
    Whatever takes `RawSettings` takes unknown keys.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        validate_by_name=True,
        validate_by_alias=True,
        defer_build=True,
        alias_generator=plain_name,
    )

    @classmethod
    def wire_names(cls) -> dict[str, str]:
        """Return each field's name on the wire."""
        write = camel_name if cls.model_config.get("alias_generator") is camel_name else plain_name
        names = {name: field.validation_alias for name, field in cls.model_fields.items()}
        return {name: own if isinstance(own, str) else write(name) for name, own in names.items()}

    def wire(self) -> dict[str, JsonValue]:
        """Return what is sent as `settings`; what is not set is left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    @classmethod
    def cross_problems(cls, values: Mapping[str, object]) -> Iterator[Problem]:
        """Yield what one setting asks of another.

        Args:
            values: By their names on the wire; each may be missing or wrong.
        """
        del values  # most providers have no such rule
        yield from ()

    @classmethod
    def media_problems(cls, values: Mapping[str, object], media: Sequence[MediaFact]) -> Iterator[Problem]:
        """Yield what the settings ask of the post's media; what is asked of every post is in `PROVIDERS`.

        Args:
            values: By their names on the wire; each may be missing or wrong.
            media: Of the post itself.
        """
        del values, media  # most providers have no such rule
        yield from ()

    @model_validator(mode="after")
    def _agree(self) -> ProviderSettings:
        values = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        found = [problem.message for problem in self.cross_problems(values) if not problem.is_warning]
        if found:
            raise ValueError(" ".join(found))
        return self


@dataclass(frozen=True)
class RawSettings(Mapping[str, JsonValue]):
    """Settings as they are sent: for a provider that has no model here, or with keys that no model knows.

    It is a mapping of its values.

    Attributes:
        provider: The integration's identifier.
        given: By their names on the wire.
    """

    provider: str
    given: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue])

    def __getitem__(self, name: str) -> JsonValue:
        return self.given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)

    def wire(self) -> dict[str, JsonValue]:
        """Return what is sent as `settings`."""
        return dict(self.given)


Settings = ProviderSettings | RawSettings
