"""A template file of JSON: a tree with placeholders, read once and filled for each sheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from postengine.render.errors import InputMissing, TemplateInvalid
from postengine.render.image.tree import Box
from postengine.render.templates.pages import ShapeName
from postengine.render.templates.parts import Sheet

from .filling import filled
from .grammar import JsonObject, names_in, problems_in
from .json_file import read_json
from .placeholders import Scope, is_empty
from .trial import bare_sheet, full_sheet


@dataclass(frozen=True)
class Document:
    """A checked template file.

    Attributes:
        name: Of the template.
        file: Where it was read.
        root: What it holds.
        about: Its one line, perhaps empty.
        needs: Names of the listing without which it draws nothing.
    """

    name: str
    file: Path
    root: JsonObject
    about: str
    needs: tuple[str, ...]

    @classmethod
    def read(cls, name: str, file: Path, data: bytes, shape: ShapeName) -> Self:
        """Check a file's content and try it on two listings.

        Args:
            name: Of the template.
            file: Where the content is from.
            data: The content.
            shape: The page that it is tried on.

        Raises:
            TemplateInvalid: With every problem.
        """
        root = read_json(file, data)
        problems = problems_in(root)
        if problems:
            raise TemplateInvalid(file, tuple(problems))
        found = cls(name, file, root, str(root.get("about", "")), names_in(root.get("needs")))
        for sheet in (full_sheet(shape), bare_sheet(shape, found.needs)):
            filled(file, root, sheet)
        return found

    def drawn(self, sheet: Sheet) -> Box:
        """Return the tree for a sheet.

        Raises:
            InputMissing: The listing lacks what the file `needs`.
            TemplateInvalid: The file does not work for this listing.
        """
        scope = Scope(sheet)
        for name in self.needs:
            if is_empty(scope.value(name)):
                raise InputMissing(self.name, name.removeprefix("listing."), f"something under {name}")
        return filled(self.file, self.root, sheet)
