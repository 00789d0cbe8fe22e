"""Settings: from the environment and `.env`, each with the prefix `POSTENGINE_`."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, Self, cast

from pydantic import (
    AfterValidator,
    AliasChoices,
    BeforeValidator,
    Field,
    SecretStr,
    TypeAdapter,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from postengine.adapters.messengers.smtp import Security
from postengine.engine.posts.timings import Timings
from postengine.webpush import VapidInvalid, check_subject

Sabotage = Literal["none", "promote-twice", "resend", "no-fence", "trust-webhook", "local-clock"]
_TIMING_NAMES = {field.name for field in fields(Timings)}


def _read_timings(given: object) -> object:
    """Read seconds written as text, and refuse a duration that does not exist."""
    if not isinstance(given, dict):
        return given
    values = cast("dict[str, object]", given)
    unknown = sorted(set(values) - _TIMING_NAMES)
    if unknown:
        known = ", ".join(sorted(_TIMING_NAMES))
        raise ValueError(f"there is no duration {', '.join(unknown)}; the durations are {known}")
    return {name: _read_duration(value) for name, value in values.items()}


def _read_duration(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if text.startswith("["):
        return json.loads(text)
    if "," in text:
        return [_read_duration(part) for part in text.split(",")]
    try:
        return float(text)
    except ValueError:
        return text


def _read_subject(given: str) -> str:
    """Refuse a subject at which nobody is reached."""
    try:
        return check_subject(given)
    except VapidInvalid as error:
        raise ValueError(error.problem) from error


class Settings(BaseSettings):
    """All that an installation can choose.

    Attributes:
        database_url: `sqlite:///file.db` or `postgresql://user:password@host/database`; also as DATABASE_URL.
            None: an SQLite file in `data_dir`.
        redis_url: Redis or Valkey; also as REDIS_URL. None: the supervisor starts an embedded one.
        data_dir: Files, the embedded database and queue, and generated secrets.
        public_url: Where phones and people reach the service.
        trusted_proxies: How many proxies stand before the service; their `X-Forwarded-For` is believed.
        drafts_only: Stage posts as drafts, and promote none until this is switched off.
        fcm_service_account_file: Google's JSON key; None: phones are not rung and poll instead.
        fcm_base_url: Another server than Google's, such as a test's.
        vapid_subject: A real `mailto:` or `https:` by which push services reach you. None: `public_url` if it
            is https on a host of your own, else browsers are not rung and poll instead.
        allows_local_push: Ring browsers at addresses that are http or on this machine, too; for tests.
        smtp_host: Mail server for agents whom no push reaches; None: they get no e-mails.
        smtp_port: Its port: 587 for `starttls`, 465 for `tls`.
        smtp_security: `starttls`, `tls`, or `none` on a network of your own.
        smtp_username: None: it asks for none.
        smtp_password: Goes with the user name.
        mail_sender: The plain address that e-mails come from.
        message_webhook_url: Gets a signed JSON POST for each text message that an agent is to get.
        message_webhook_secret: Signs it; at least 16 characters.
        alert_webhook_url: Gets a JSON POST of each new trouble, for a chat, a pager or a program of yours.
        alert_webhook_secret: Signs it; at least 16 characters. None: it is not signed.
        alert_email: Who is told of each new trouble by `smtp_host`: an address, or several with commas.
        morning_summary_at: When each agent's phone is told of the day's tasks, local time like `07:30`; None:
            it is not.
        webhook_secret: Part of the address that Postiz calls; None: made at the first start.
        link_secret: Signs file links and cookies; None: made at the first start.
        operator_token: The first bearer token; None: made at the first start, and printed once.
        max_upload_bytes: Of one file.
        templates_folder: Picture templates of one's own; posts call them `user:NAME`.
        fonts_folder: Fonts of one's own (ttf, otf, woff2); brands call them by family.
        drawing_processes: How many pictures a worker draws at once, each in a process of its own.
        drawing_limit_s: How long one may take before its process is ended.
        ffmpeg: Path of the program that makes videos; None: the one that came with the package.
        video_limit_s: Longer videos are not made.
        clip_limit_s: Longer clips and sounds are refused.
        clip_limit_pixels: Of one frame of a clip.
        timings: Every duration, `POSTENGINE_TIMINGS__STAGE_LEAD=35`: seconds, or ISO 8601 such as `PT35S`.
        sabotage: Breaks it on purpose, for the demo: `promote-twice`, `resend` or `no-fence`; for the fault
            matrix: `trust-webhook` or `local-clock`.
    """

    model_config = SettingsConfigDict(
        env_prefix="POSTENGINE_",
        env_file=".env",
        env_nested_delimiter="__",
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    database_url: str | None = Field(
        default=None, repr=False, validation_alias=AliasChoices("POSTENGINE_DATABASE_URL", "DATABASE_URL")
    )
    redis_url: str | None = Field(
        default=None, repr=False, validation_alias=AliasChoices("POSTENGINE_REDIS_URL", "REDIS_URL")
    )
    data_dir: Path = Path("run-data")
    public_url: str = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    trusted_proxies: int = Field(default=0, ge=0, le=10)
    drafts_only: bool = True
    fcm_service_account_file: Path | None = None
    fcm_base_url: str = "https://fcm.googleapis.com"
    fcm_project: str | None = None
    vapid_subject: Annotated[str, AfterValidator(_read_subject)] | None = None
    allows_local_push: bool = False
    smtp_host: str | None = None
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Security = "starttls"
    smtp_username: str | None = None
    smtp_password: SecretStr | None = None
    mail_sender: str | None = None
    message_webhook_url: str | None = None
    message_webhook_secret: SecretStr | None = Field(default=None, min_length=16)
    alert_webhook_url: str | None = None
    alert_webhook_secret: SecretStr | None = Field(default=None, min_length=16)
    alert_email: str | None = None
    morning_summary_at: time | None = None
    webhook_secret: SecretStr | None = Field(default=None, min_length=16)
    link_secret: SecretStr | None = Field(default=None, min_length=16)
    operator_token: SecretStr | None = Field(default=None, min_length=20)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    max_upload_bytes: int = Field(default=200_000_000, ge=1)
    templates_folder: Path | None = None
    fonts_folder: Path | None = None
    drawing_processes: int = Field(default=2, ge=1, le=64)
    drawing_limit_s: float = Field(default=10.0, gt=0, le=600)
    ffmpeg: Path | None = None
    video_limit_s: float = Field(default=900.0, gt=0, le=14_400)
    clip_limit_s: float = Field(default=7200.0, gt=0, le=86_400)
    clip_limit_pixels: int = Field(default=16_777_216, ge=4096)
    timings: Annotated[Timings, BeforeValidator(_read_timings)] = Timings()
    sabotage: Sabotage = "none"

    @model_validator(mode="after")
    def _check_ways(self) -> Self:
        """Refuse a way to tell agents that lacks a part."""
        if self.smtp_host is not None and self.mail_sender is None:
            raise ValueError(
                "mail_sender: e-mails need a sender; set POSTENGINE_MAIL_SENDER, a plain address"
            )
        if self.message_webhook_url is not None and self.message_webhook_secret is None:
            raise ValueError(
                "message_webhook_secret: messages are signed; set POSTENGINE_MESSAGE_WEBHOOK_SECRET"
            )
        if self.alert_email is not None and self.smtp_host is None:
            raise ValueError("smtp_host: alert_email needs a mail server; set POSTENGINE_SMTP_HOST")
        return self

    @property
    def alert_addresses(self) -> tuple[str, ...]:
        """The plain addresses of `alert_email`."""
        return tuple(part.strip() for part in (self.alert_email or "").split(",") if part.strip())

    @property
    def database(self) -> str:
        """The database's URL, chosen or embedded."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'postengine.db'}"

    @property
    def queue(self) -> str:
        """The queue's URL, chosen or the usual one of this machine."""
        return self.redis_url or "redis://127.0.0.1:6379/0"

    def environment(self) -> dict[str, str]:
        """Return the environment variables from which another process reads these same settings."""
        values: dict[str, str] = {}
        for name in type(self).model_fields:
            value: object = getattr(self, name)
            if value is not None:
                values[f"POSTENGINE_{name.upper()}"] = _as_text(value)
        return values


def _as_text(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, Timings):
        return TypeAdapter(Timings).dump_json(value).decode()
    if isinstance(value, Path):
        return str(value.resolve())
    return str(value)
