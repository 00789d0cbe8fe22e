"""Which template a name on the command line means: a built-in one, or a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from postengine.render.errors import TemplateInvalid, TemplateUnknown
from postengine.render.templates.registry import TEMPLATES, Template
from postengine.render.templates.user import TemplateFolder

_USER = "user:"
_FILES = frozenset({".json", ".py"})


@dataclass(frozen=True)
class Choice:
    """A template that was asked for.

    Attributes:
        name: For the pictures' names.
        template: Draws it; a user's own is read anew when its file has changed.
        folder: Where a user's own is from.
    """

    name: str
    template: Template
    folder: TemplateFolder | None = None

    def files(self) -> tuple[Path, ...]:
        """Return the files that it is read from; none for a built-in one."""
        return () if self.folder is None else self.folder.files(self.name)


def choose(asked: str, folder: Path | None) -> Choice:
    """Return the template of a name. The user's own come first; `user:NAME` is never a built-in one.

    Args:
        asked: A name, `user:NAME`, or the path of a template's file.
        folder: The user's own templates.

    Raises:
        TemplateUnknown: There is none.
        TemplateInvalid: It is there twice.
    """
    if Path(asked).suffix in _FILES:
        file = Path(asked)
        return _own(TemplateFolder(file.parent), file.name.partition(".")[0])
    name = asked.removeprefix(_USER)
    own = TemplateFolder(folder) if folder is not None else None
    if own is not None and (asked != name or name in own.names()):
        return _own(own, name)
    for known, template in TEMPLATES.items():
        if known == asked:
            return Choice(name, template)
    raise TemplateUnknown(asked, (*(own.names() if own else ()), *TEMPLATES))


def listed(folder: Path | None) -> Iterator[tuple[str, str]]:
    """Yield the name and the one line of every template: the built-in ones, then the user's own."""
    for built_in, template in TEMPLATES.items():
        yield built_in, _said((template.__doc__ or "").strip().partition("\n")[0])
    own = TemplateFolder(folder) if folder is not None else None
    for name in own.names() if own else ():
        assert own is not None  # noqa: S101 - it has names
        try:
            yield f"{_USER}{name}", _said(own.about(name))
        except TemplateInvalid as error:
            yield f"{_USER}{name}", f"! {error}"


def _own(folder: TemplateFolder, name: str) -> Choice:
    return Choice(name, folder.template(name), folder)


def _said(about: str) -> str:
    """Return what a docstring says a function returns, as a sentence of its own."""
    rest = about.removeprefix("Return ")
    return rest[:1].upper() + rest[1:]
