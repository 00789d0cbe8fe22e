"""Threads and Telegram, which have nothing to set."""

from __future__ import annotations

from typing import Literal

from .settings import ProviderSettings

__all__ = ["TelegramSettings", "ThreadsSettings"]


class ThreadsSettings(ProviderSettings):
    """Threads has no settings."""

    provider: Literal["threads"] = "threads"


class TelegramSettings(ProviderSettings):
    """Telegram has no settings."""

    provider: Literal["telegram"] = "telegram"
