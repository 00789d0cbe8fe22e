"""A part of a message: a strict, frozen model whose mistakes are named by their place in the message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    JsonValue,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)

from .errors import MessageInvalid

Wire: TypeAlias = dict[str, JsonValue]


class MessagePart(BaseModel):
    """The form that all parts share: no coercion, no unknown fields, `MessageInvalid` for what does not fit.

    Attributes:
        place: Path of the part in the message, empty for the message itself.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", hide_input_in_errors=True)

    place: ClassVar[str] = ""

    @model_validator(mode="wrap")
    @classmethod
    def _name_the_field(cls, values: object, build: ModelWrapValidatorHandler[Self]) -> Self:
        """Turn pydantic's error into ours; `values` is whatever the caller passed."""
        try:
            return build(values)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            field = cls.field_path(*first["loc"])
            raise MessageInvalid(field or "message", first["msg"]) from error

    @classmethod
    def field_path(cls, *names: str | int) -> str:
        """Return the path of a field of this part, such as `android.notification.tag`."""
        return ".".join(str(name) for name in (cls.place, *names) if name != "")


def without_nothing(values: Mapping[str, JsonValue]) -> Wire:
    """Return `values` without what is None or empty: FCM reads an absent field as its default."""
    return {name: value for name, value in values.items() if value not in (None, {}, [])}
