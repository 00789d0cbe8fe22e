"""Logs: one line an event, `key=value`, on standard error; no secret is ever given to them."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

_QUIET = ("httpx", "httpcore", "urllib3", "google", "alembic", "werkzeug")
"""Libraries that would write addresses or each request."""


class LineFormatter(logging.Formatter):
    """Writes a record as one line of `key=value`; a traceback follows in it, with its newlines escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        parts = [f"at={at}", f"level={record.levelname.lower()}", f"logger={record.name}"]
        parts.append(f"event={_quoted(record.getMessage())}")
        fields: object = getattr(record, "fields", {})
        if isinstance(fields, dict):
            parts += [f"{key}={_quoted(str(value))}" for key, value in fields.items()]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        if record.exc_info:
            parts.append(f"traceback={_quoted(self.formatException(record.exc_info))}")
        return " ".join(parts)


def with_fields(**fields: object) -> dict[str, dict[str, object]]:
    """Return `extra` for a call of a logger: `log.info("claimed", extra=with_fields(count=3))`."""
    return {"fields": fields}


def set_up_logs(level: str) -> None:
    """Send all records of at least `level` to standard error; nothing else handles them."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _quoted(text: str) -> str:
    is_plain = text != "" and all(character.isprintable() and character not in ' "=' for character in text)
    return text if is_plain else json.dumps(text, ensure_ascii=False)
