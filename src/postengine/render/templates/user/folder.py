"""A folder of templates: found by name, read when first asked for, and read again when a file has changed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from postengine.render.errors import TemplateInvalid, TemplateUnknown
from postengine.render.image.tree import Box
from postengine.render.templates.pages import SHAPES, ShapeName
from postengine.render.templates.parts import Sheet

from .document import Document
from .program import Program

_FILE = re.compile(rf"([a-z][a-z0-9_]{{0,39}})(?:\.(?:py|json)|\.(?:{'|'.join(SHAPES)})\.json)")
"""`NAME.py`, `NAME.json` or `NAME.SHAPE.json`."""


class _Stamp(NamedTuple):
    """What tells one version of a file from another without reading it."""

    modified_ns: int
    size: int
    inode: int


@dataclass(frozen=True)
class _Version:
    """A file as it was read: what it holds, or what is wrong with it."""

    stamp: _Stamp
    sha256: str
    content: Document | Program | None
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class UserTemplate:
    """A template of a folder. Each call takes the file as it is then.

    Attributes:
        name: Without an ending.
    """

    name: str
    _folder: TemplateFolder

    def __call__(self, sheet: Sheet) -> Box:
        """Return the tree for a sheet.

        Raises:
            TemplateUnknown: Its file is gone.
            TemplateInvalid: Its file is wrong.
            InputMissing: The listing lacks what it needs.
        """
        return self._folder.current(self.name, sheet.page.name).drawn(sheet)


class TemplateFolder:
    """Finds the templates of a folder by name. Threads may share it.

    A changed file is read anew at the next picture. One that is wrong is refused for as long as it is: an
    older version never steps in.

    Args:
        path: The folder; it may be empty or missing, and filled later.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._versions: dict[Path, _Version] = {}
        self._lock = Lock()

    def names(self) -> tuple[str, ...]:
        """Return the names of all templates, in order; files of other names are no templates."""
        if not self.path.is_dir():
            return ()
        found = (_FILE.fullmatch(file.name) for file in self.path.iterdir() if file.is_file())
        return tuple(sorted({match[1] for match in found if match}))

    def template(self, name: str) -> UserTemplate:
        """Return a template; its file is looked at when it is called.

        Raises:
            TemplateUnknown: There is none of that name.
        """
        self.files(name)
        return UserTemplate(name, self)

    def about(self, name: str) -> str:
        """Return a template's one line, perhaps empty.

        Raises:
            TemplateUnknown: There is none of that name.
            TemplateInvalid: Its file is wrong.
        """
        return self._read(name, self.files(name)[0]).about

    def check(self, name: str) -> None:
        """Read every file of a template, so that what is wrong is told before a picture is due.

        Raises:
            TemplateUnknown: There is none of that name.
            TemplateInvalid: A file is wrong.
        """
        for file in self.files(name):
            self._read(name, file)

    def digest(self, name: str, shape: ShapeName | None = None) -> str:
        """Return a hash of what a template's pictures are drawn from: part of their names.

        Args:
            name: Of the template.
            shape: Of one file; None is for all files of the template together.

        Raises:
            TemplateUnknown: There is none of that name.
            TemplateInvalid: It has no file for the shape.
        """
        files = self.files(name) if shape is None else (self._file_for(name, shape),)
        parts = [f"{file.name}:{self._version(name, file).sha256}" for file in files]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def files(self, name: str) -> tuple[Path, ...]:
        """Return the files of a template, the one for all shapes first.

        Raises:
            TemplateUnknown: There is none.
            TemplateInvalid: It is there twice.
        """
        plain = [self.path / f"{name}.py", self.path / f"{name}.json"]
        shaped = [self.path / f"{name}.{shape}.json" for shape in SHAPES]
        is_name = _FILE.fullmatch(f"{name}.py") is not None
        found = tuple(file for file in (*plain, *shaped) if is_name and file.is_file())
        if not found:
            raise TemplateUnknown(name, self.names())
        if found[0] == plain[0] and len(found) > 1:
            both = f"expected one template {name}, got {found[0].name} and {found[1].name}; take one away"
            raise TemplateInvalid(found[1], (("file", both),))
        return found

    def current(self, name: str, shape: ShapeName) -> Document | Program:
        """Return what a template's file for a shape holds now.

        Raises:
            TemplateUnknown: There is none of that name.
            TemplateInvalid: Its file is wrong, or there is none for the shape.
        """
        return self._read(name, self._file_for(name, shape))

    def _file_for(self, name: str, shape: ShapeName) -> Path:
        files = self.files(name)
        own = self.path / f"{name}.{shape}.json"
        if own in files:
            return own
        if _shape_of(files[0]) is not None:
            missing = f"there is no file for the shape {shape}; add {own.name} or {name}.json"
            raise TemplateInvalid(files[0], (("file", missing),))
        return files[0]

    def _read(self, name: str, file: Path) -> Document | Program:
        version = self._version(name, file)
        if version.content is None:
            raise TemplateInvalid(file, version.problems)
        return version.content

    def _version(self, name: str, file: Path) -> _Version:
        with self._lock:
            known = self._versions.get(file)
            try:
                # The stamp is taken before the content: a change between the two shows at the next look.
                stamp = _stamp(file)
                if known is not None and known.stamp == stamp:
                    return known
                data = file.read_bytes()
            except OSError as error:
                cannot = f"it cannot be read ({error.strerror}); put it back or change who may read it"
                raise TemplateInvalid(file, (("file", cannot),)) from error
            self._versions[file] = fresh = _fresh(name, file, stamp, data)
            return fresh


def _fresh(name: str, file: Path, stamp: _Stamp, data: bytes) -> _Version:
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        if file.suffix == ".py":
            return _Version(stamp, sha256, Program.read(name, file, data))
        return _Version(stamp, sha256, Document.read(name, file, data, _shape_of(file) or "square"))
    except TemplateInvalid as error:
        return _Version(stamp, sha256, None, error.problems)


def user_template(folder: Path, name: str) -> UserTemplate:
    """Return one template of a folder; keep a `TemplateFolder` where many are asked for.

    Raises:
        TemplateUnknown: There is none of that name.
    """
    return TemplateFolder(folder).template(name)


def _shape_of(file: Path) -> ShapeName | None:
    """Return the shape that a file is for, or None if it is for all."""
    parts = file.name.split(".")
    return next((shape for shape in SHAPES if len(parts) == 3 and parts[1] == shape), None)


def _stamp(file: Path) -> _Stamp:
    found = file.stat()
    return _Stamp(found.st_mtime_ns, found.st_size, found.st_ino)
