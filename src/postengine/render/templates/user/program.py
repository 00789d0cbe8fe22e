"""A template file of Python: the operator's own code, run as it is."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from importlib.abc import SourceLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Self

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from postengine.render.errors import RenderError, TemplateInvalid
from postengine.render.image.tree import Box
from postengine.render.templates.parts import Sheet


@dataclass(frozen=True)
class Program:
    """A template file that has been run and holds its function.

    Attributes:
        file: Where it was read.
        about: The first line of the function's docstring, perhaps empty.
    """

    file: Path
    about: str
    _function: Callable[[Sheet], object]

    @classmethod
    def read(cls, name: str, file: Path, data: bytes) -> Self:
        """Run a file and take its function: the one that is called as the file, or `template`.

        Args:
            name: Of the template.
            file: Where the content is from.
            data: The content.

        Raises:
            TemplateInvalid: It does not run, or has no such function.
        """
        module = _run(name, file, data)
        function = getattr(module, name, None) or getattr(module, "template", None)
        if not callable(function):
            wanted = f"expected a function {name}(sheet) or template(sheet), found neither; add one"
            raise TemplateInvalid(file, (("file", wanted),))
        told = (function.__doc__ or module.__doc__ or "").strip().partition("\n")[0]
        return cls(file, told, function)

    def drawn(self, sheet: Sheet) -> Box:
        """Return the tree for a sheet.

        Raises:
            TemplateInvalid: The function failed, or returned something else.
            RenderError: As the function raised it.
        """
        try:
            tree = self._function(sheet)
        except RenderError:
            raise
        except Exception as error:
            raise _told(self.file, error) from error
        if not isinstance(tree, Box):
            wanted = f"expected the function to return a Box, got {type(tree).__name__}; return the root"
            raise TemplateInvalid(self.file, (("file", wanted),))
        return tree


class _Loader(SourceLoader):
    """Loads a module from bytes at hand, and never from compiled ones that may be of another version."""

    def __init__(self, file: Path, data: bytes) -> None:
        self._file = file
        self._data = data

    def get_filename(self, fullname: str) -> str:  # noqa: ARG002 - the loader's protocol
        return str(self._file)

    def get_data(self, path: str) -> bytes:  # noqa: ARG002 - the loader's protocol
        return self._data


def _run(name: str, file: Path, data: bytes) -> ModuleType:
    folder = sha256(str(file.parent.absolute()).encode()).hexdigest()[:12]
    spec = spec_from_loader(f"postengine_user_templates_{folder}_{name}", _Loader(file, data))
    assert spec is not None  # noqa: S101 - it has a loader
    assert spec.loader is not None  # noqa: S101 - just given
    module = module_from_spec(spec)
    # Dataclasses and pydantic look a class's module up by its name.
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except RenderError:
        raise
    except Exception as error:
        raise _told(file, error) from error
    return module


def _told(file: Path, error: Exception) -> TemplateInvalid:
    """Return what went wrong with the line of the file where it did."""
    if isinstance(error, SyntaxError):
        return TemplateInvalid(file, ((f"line {error.lineno or 1}", f"it is not Python ({error.msg})"),))
    lines = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)
    ]
    where = f"line {lines[-1]}" if lines else "file"
    if isinstance(error, ValidationError):
        return TemplateInvalid(file, tuple((where, _field(one)) for one in error.errors()))
    first = " ".join(str(error).split())[:300]
    return TemplateInvalid(file, ((where, f"{type(error).__name__}: {first}"),))


def _field(detail: ErrorDetails) -> str:
    """Return what pydantic found wrong with one field."""
    return f"{'.'.join(map(str, detail['loc']))}: {detail['msg'].removeprefix('Value error, ')}"
