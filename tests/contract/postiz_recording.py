"""Recorded exchanges of a real Postiz server: the files in `tests/samples/postiz`, each line one exchange.

They were recorded on the real backend (its commit 74b01ad) on 2026-11-24; keys were taken out, and long texts
and files cut. A file is a scenario, in the order in which its requests were made. Lines with `given` are what
was done to the server between them, by hand or by requests that were not kept.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue, TypeAdapter

SAMPLES = Path(__file__).parents[1] / "samples" / "postiz"
KEYS = {"<API_KEY>": "the-key-of-the-samples", "<OTHER_ORG_API_KEY>": "the-key-of-another"}
OBJECT = TypeAdapter(dict[str, JsonValue])

_CUT_TEXT = re.compile(r"<(\d+) characters: [^>]*>")
_CUT_FORM = re.compile(r"<multipart: field (\w+), filename (.+), type (\S+), (\d+) bytes>")
_PICTURES = {
    "jpg": b"\xff\xd8\xff\xe0",
    "gif": b"GIF89a",
    "mp4": b"\0\0\0\x18ftypmp42",
    "mp4-as-quicktime": b"\0\0\0\x18ftypqt  ",
    "pdf": b"%PDF-1.7",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "txt": b"hello",
    "txt-named-png": b"hello",
}
_PNG = b"\x89PNG\r\n\x1a\n"

Line = dict[str, JsonValue]


@dataclass(frozen=True)
class Exchange:
    """One recorded exchange.

    Attributes:
        status: None if the client gave up before there was an answer.
        told: The headers that matter.
    """

    case: str
    method: str
    path: str
    headers: dict[str, str]
    content: bytes
    status: int | None
    told: dict[str, str]
    answer: JsonValue


def scenarios() -> list[str]:
    """List the names of the files."""
    return sorted(path.stem for path in SAMPLES.glob("*.jsonl"))


def lines(scenario: str) -> list[Line]:
    """Read a file; its first line says how the server was set up."""
    text = (SAMPLES / f"{scenario}.jsonl").read_text(encoding="utf-8")
    return [OBJECT.validate_json(line) for line in text.splitlines()]


def exchange(line: Line) -> Exchange:
    """Read a line that is an exchange."""
    headers = OBJECT.validate_python(line["headers"])
    status = line["status"]
    told = OBJECT.validate_python(line["told"])
    case = str(line["case"])
    return Exchange(
        case,
        str(line["method"]),
        str(line["path"]),
        {name: _with_key(str(value)) for name, value in headers.items()},
        _body(case, line["body"], str(headers.get("Content-Type", ""))),
        status if isinstance(status, int) else None,
        {name: str(value) for name, value in told.items()},
        line["answer"],
    )


def cases() -> list[str]:
    """List the names of all exchanges."""
    return [str(line["case"]) for name in scenarios() for line in lines(name) if "case" in line]


def _with_key(value: str) -> str:
    for placeholder, key in KEYS.items():
        value = value.replace(placeholder, key)
    return value.strip()


def _body(case: str, body: JsonValue, content_type: str) -> bytes:
    """Return what was sent; what was cut when it was recorded is filled up to its length again."""
    if body is None:
        return b""
    if not isinstance(body, str):
        return _CUT_TEXT.sub(lambda cut: "a" * int(cut[1]), json.dumps(body)).encode()
    form = _CUT_FORM.fullmatch(body)
    if form is None:
        return body.encode()
    boundary = content_type.partition("boundary=")[2]
    start = _PICTURES.get(case.removeprefix("upload-"), b"" if int(form[4]) == 0 else _PNG)
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{form[1]}"; filename="{form[2]}"\r\n'
        f"Content-Type: {form[3]}\r\n\r\n"
    )
    return head.encode() + start.ljust(int(form[4]), b"0") + f"\r\n--{boundary}--\r\n".encode()
