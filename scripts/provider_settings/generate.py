"""Turns JSON schemas of providers' settings into the source of a module."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

Schema = Mapping[str, object]

SCHEMAS = Path(__file__).with_name("schemas.json")

BY_HAND = frozenset(
    {
        "facebook", "gmb", "instagram", "instagram-standalone", "linkedin", "linkedin-page", "pinterest",
        "telegram", "threads", "tiktok", "tiktok-business", "x", "youtube",
    }
)  # fmt: skip
"""Providers whose models are written by hand, for the rules between their fields."""

NOT_NEEDED = frozenset({("devto", "tags"), ("wrapcast", "subreddit")})
"""Fields that the schema calls required and the server does not miss."""

SHARED = {
    ("alt", "id", "path", "thumbnail"): "MediaFile",
    ("label:string", "value:string"): "Tag",
    ("label:string", "value:number"): "NumberedTag",
}
"""Objects that have a class of their own, by their keys (and types)."""

_NAMES = {"devto": "DevTo", "vk": "Vk", "mewe": "MeWe", "wordpress": "WordPress"}


@dataclass
class Module:
    """What is written so far: nested classes come before those that use them."""

    classes: list[str] = field(default_factory=list[str])
    models: list[str] = field(default_factory=list[str])


def module_source(schemas: Mapping[str, Schema | None]) -> str:
    """Return the source of the module with a model for each provider that has none by hand.

    Args:
        schemas: By provider; None for one without settings.
    """
    module = Module()
    for provider, schema in sorted(schemas.items()):
        if provider not in BY_HAND:
            _write_model(module, provider, schema or {})
    body = "\n\n\n".join(module.classes)
    names = "".join(f'    "{name}",\n' for name in sorted(module.models))
    return _formatted(_HEAD.format(imports=_imports(body), names=names, body=body))


def read_schemas() -> dict[str, Schema | None]:
    """Read the schemas beside this file."""
    return cast("dict[str, Schema | None]", json.loads(SCHEMAS.read_text(encoding="utf-8")))


_HEAD = '''"""The settings of the providers whose rules are all in their schemas.

Written by scripts/provider_settings; do not edit.
"""

from __future__ import annotations

{imports}

__all__ = [
{names}]


{body}
'''


def _imports(body: str) -> str:
    lines: list[str] = []
    for module, names in (
        ("typing", ("Annotated", "Literal")),
        ("pydantic", ("ConfigDict", "Field", "StrictBool", "StringConstraints")),
        (".settings", ("ProviderSettings", "camel_name")),
        (".values", ("LooseUrl", "MediaFile", "NumberedTag", "Tag", "Value", "WebUrl")),
    ):
        used = [name for name in names if re.search(rf"\b{name}\b", body)]
        lines += [f"from {module} import {', '.join(used)}", ""][: 1 if module == ".settings" else 2]
    return "\n".join(lines).rstrip()


def _write_model(module: Module, provider: str, schema: Schema) -> None:
    name = _class_name(provider)
    fields = list(_fields(module, provider, name, schema))
    is_camel = any(wire != wire.lower() for wire in _properties(schema))
    config = ["model_config = ConfigDict(alias_generator=camel_name)", ""] if is_camel else []
    first = f'provider: Literal["{provider}"] = "{provider}"'
    model = f"{name}Settings"
    what = f"Settings of `{provider}`." if fields else f"`{provider}` has no settings."
    _write_class(module, f"{model}(ProviderSettings)", what, [*config, first, *fields])
    module.models.append(model)


def _write_class(module: Module, heading: str, purpose: str, fields: list[str]) -> None:
    module.classes.append("\n".join([f"class {heading}:", f'    """{purpose}"""', "", *_indented(fields)]))


def _indented(lines: list[str]) -> Iterator[str]:
    return (f"    {line}" for line in lines)


def _fields(module: Module, provider: str, owner: str, schema: Schema) -> Iterator[str]:
    """Yield the fields of an object, those that are needed first."""
    needed = {str(name) for name in cast("list[object]", schema.get("required", []))}
    needed -= {name for of, name in NOT_NEEDED if of == provider}
    for wire, described in sorted(_properties(schema).items(), key=lambda item: item[0] not in needed):
        written = _type(module, provider, f"{owner}{_class_name(wire)}", described)
        name = re.sub(r"(?<=[a-z])([A-Z])", lambda found: f"_{found[1].lower()}", wire)
        yield f"{name}: {written}" if wire in needed else f"{name}: {written} | None = None"


def _properties(schema: Schema) -> dict[str, Schema]:
    return cast("dict[str, Schema]", schema.get("properties", {}))


def _type(module: Module, provider: str, name: str, schema: Schema) -> str:
    """Return the annotation of one value; an object inside gets a class of its own."""
    match schema.get("type"):
        case "string":
            return _string(schema)
        case "boolean":
            return "StrictBool"
        case "number":
            return "int"
        case "array":
            inner = _type(module, provider, name, cast("Schema", schema["items"]))
            return _limited(
                f"tuple[{inner}, ...]", schema, {"minItems": "min_length", "maxItems": "max_length"}
            )
        case "object":
            return _object(module, provider, name, schema)
        case other:
            raise ValueError(
                f"{provider}: {name} is of type {other}, which has no counterpart here; add one."
            )


def _string(schema: Schema) -> str:
    if "enum" in schema:
        values = ", ".join(f'"{value}"' for value in cast("list[str]", schema["enum"]))
        return f"Literal[{values}]"
    if "pattern" in schema:  # the only one here is an address that may be empty
        return "LooseUrl"
    if schema.get("format") == "url":
        return "WebUrl"
    limits = {"minLength": "min_length", "maxLength": "max_length"}
    return _limited("str", schema, limits, wrapper="StringConstraints")


def _limited(written: str, schema: Schema, limits: Mapping[str, str], wrapper: str = "Field") -> str:
    found = ", ".join(f"{ours}={schema[theirs]}" for theirs, ours in limits.items() if theirs in schema)
    return f"Annotated[{written}, {wrapper}({found})]" if found else written


def _object(module: Module, provider: str, name: str, schema: Schema) -> str:
    properties = _properties(schema)
    typed = tuple(f"{key}:{value.get('type')}" for key, value in sorted(properties.items()))
    shared = SHARED.get(tuple(sorted(properties))) or SHARED.get(typed)
    if shared is not None:
        return shared
    fields = list(_fields(module, provider, name, schema))
    _write_class(module, f"{name}(Value)", f"A part of the settings of `{provider}`.", fields)
    return name


def _class_name(word: str) -> str:
    return _NAMES.get(word) or "".join(part[:1].upper() + part[1:] for part in re.split(r"[-_]", word))


def _formatted(source: str) -> str:
    """Format as `make fmt` does."""
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", "generated.py", "-"]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=True, cwd=root)
    return done.stdout
