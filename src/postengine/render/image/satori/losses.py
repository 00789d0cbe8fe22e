"""What a Satori element tree has that our trees cannot carry, and what is wrong with a malformed one."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pydantic import ValidationError

from postengine.render.errors import SatoriInvalid


@dataclass(frozen=True)
class Loss:
    """Something that was not carried over.

    Attributes:
        path: Where it stands in the element tree, such as `root.children[2].style.zoom`.
        what: The declaration, class or element, as it was written (long ones are cut).
        why: The reason, a few words.
    """

    path: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what} ({self.why})"


@contextmanager
def well_formed(path: str) -> Generator[None]:
    """Turn what our nodes refuse into the error of the element they are made of.

    Raises:
        SatoriInvalid: A node was refused.
    """
    try:
        yield
    except ValidationError as error:
        raise SatoriInvalid(path, message_of(error)) from error


def message_of(error: ValidationError) -> str:
    """Return what was expected and what came, of the first problem."""
    message: str = error.errors()[0]["msg"]
    return message.removeprefix("Value error, ").removeprefix("Expected ").rstrip(".")


@dataclass
class Losses:
    """Collects losses while a tree is converted, each once."""

    found: dict[Loss, None] = field(default_factory=dict[Loss, None])

    def add(self, path: str, what: object, why: str) -> None:
        """Note that `what` at `path` is lost because of `why`."""
        written = str(what)
        self.found[Loss(path, written if len(written) <= 120 else written[:119] + "…", why)] = None
