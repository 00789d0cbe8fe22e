"""A route as a value: method, path, what comes in, what goes out; the blueprint and OpenAPI read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from postengine.engine.ports import Ports
from reference_app.settings import Settings
from reference_app.tokens import Access

from .shape import Body, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that has been let in: what to work with, and who asks."""

    ports: Ports
    settings: Settings
    access: Access

    @property
    def who(self) -> str:
        """Who asks, as the history has it."""
        return f"api:{self.access.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One operation.

    Attributes:
        method: Such as `POST`.
        path: Below `/api/v1`; parameters as `{post}`.
        do: Called with the `Call`, the path's parameters by name, `body` and `query` where there are such;
            returns an `Answer`, or a response of Flask's.
        answers: Status to view; None where it answers with a file's bytes.
        problems: Statuses of errors beside those that every route has.
        is_upload: The request is `multipart/form-data` with a file.
        is_for_operators: Tokens of a tenant are refused.
    """

    method: str
    path: str
    summary: str
    do: Callable[..., object]
    answers: Mapping[int, type[View] | None]
    body: type[Body] | None = None
    query: type[Body] | None = None
    problems: tuple[int, ...] = field(default=())
    is_upload: bool = False
    is_for_operators: bool = False

    @property
    def name(self) -> str:
        """The operation's id."""
        return self.do.__name__

    @property
    def parameters(self) -> list[str]:
        """Names of the path's parameters, in order."""
        return re.findall(r"{(\w+)}", self.path)

    @property
    def writes(self) -> bool:
        """Whether it changes anything."""
        return self.method != "GET"
