"""Reading a template file's JSON strictly: bounded, no key twice, and saying the line of a mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

from postengine.render.errors import TemplateInvalid

MAX_FILE_BYTES = 256 * 1024
"""Of a template file; a tree of 2,000 nodes is smaller."""


def read_json(file: Path, data: bytes) -> dict[str, object]:
    """Return the object that a template file holds.

    Args:
        file: For the error's words.
        data: Its content.

    Raises:
        TemplateInvalid: With the line of the mistake.
    """
    if len(data) > MAX_FILE_BYTES:
        raise _invalid(
            file, "file", f"expected at most {MAX_FILE_BYTES} bytes, got {len(data)}; make it smaller"
        )
    try:
        found = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise _invalid(file, "file", "expected UTF-8; save it as that") from error
    except json.JSONDecodeError as error:
        raise _invalid(file, f"line {error.lineno}, column {error.colno}", error.msg) from error
    except RecursionError as error:
        raise _invalid(file, "file", "it is nested too deep; flatten it") from error
    except ValueError as error:
        raise _invalid(file, "file", str(error)) from error
    if not isinstance(found, dict):
        raise _invalid(file, "root", 'expected an object such as {"children": […]}')
    return cast("dict[str, object]", found)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        doubled = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {doubled!r} stands twice in one object; take one out")
    return found


def _no_number(text: str) -> object:
    raise ValueError(f"expected a number, got {text}; write one in digits")


def _invalid(file: Path, where: str, message: str) -> TemplateInvalid:
    return TemplateInvalid(file, ((where, message),))
