"""The installation's own secrets: chosen in the settings, or made once and kept in the data folder."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from postengine.ids import new_secret

from .settings import Settings

_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """Two secrets that all processes of an installation share."""

    webhook: str = field(repr=False)
    link: str = field(repr=False)


def read_secrets(settings: Settings) -> Secrets:
    """Return the secrets; those that the settings leave out are made at the first call, in `data_dir`."""
    chosen = (settings.webhook_secret, settings.link_secret)
    made = {} if all(chosen) else _read_or_make(settings.data_dir)
    webhook, link = (None if secret is None else secret.get_secret_value() for secret in chosen)
    return Secrets(webhook=webhook or made["webhook"], link=link or made["link"])


def _read_or_make(folder: Path) -> dict[str, str]:
    file = folder / "secrets.json"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"secrets.{os.getpid()}.new"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
        with os.fdopen(handle, "w", encoding="utf-8") as writing:
            json.dump({"webhook": new_secret(), "link": new_secret()}, writing)
        with suppress(FileExistsError):
            os.link(draft, file)  # of two processes that start together, one wins
        draft.unlink()
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return found
