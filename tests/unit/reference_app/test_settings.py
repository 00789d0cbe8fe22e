"""Settings, and the secrets that an installation makes for itself."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from reference_app.secrets_file import read_secrets
from reference_app.settings import Settings


def test_durations_are_seconds_or_iso_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTENGINE_TIMINGS__STAGE_LEAD", "35")
    monkeypatch.setenv("POSTENGINE_TIMINGS__PROMOTE_LEAD", "PT1M30S")
    monkeypatch.setenv("POSTENGINE_TIMINGS__POLLS", "1, 2.5")
    monkeypatch.setenv("POSTENGINE_TIMINGS__REMINDERS", "[60, 120]")
    monkeypatch.setenv("POSTENGINE_TIMINGS__CRASH_LIMIT", "3")

    timings = Settings().timings

    assert timings.stage_lead == timedelta(seconds=35)
    assert timings.promote_lead == timedelta(seconds=90)
    assert timings.polls == (timedelta(seconds=1), timedelta(seconds=2.5))
    assert timings.reminders == (timedelta(minutes=1), timedelta(minutes=2))
    assert timings.crash_limit == 3
    assert timings.lease == timedelta(seconds=90)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("STAGE_LAED", "35", "there is no duration stage_laed"),
        ("FENCE_MARGIN", "1", "fence_margin is at least 2 s"),
        ("LEASE", "soon", "timings.lease"),
    ],
)
def test_a_duration_that_is_unknown_or_too_short_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"POSTENGINE_TIMINGS__{name}", value)

    with pytest.raises(ValidationError, match=said):
        Settings()


def test_the_usual_names_of_database_and_queue_are_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:p@db/x")
    monkeypatch.setenv("REDIS_URL", "redis://queue/1")

    settings = Settings()

    assert (settings.database, settings.queue) == ("postgresql://u:p@db/x", "redis://queue/1")
    assert "u:p" not in repr(settings)


def test_without_a_database_and_queue_embedded_ones_are_meant(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    assert settings.database == f"sqlite:///{tmp_path}/postengine.db"
    assert settings.queue == "redis://127.0.0.1:6379/0"
    assert settings.drafts_only is True


def test_another_process_reads_the_same_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTENGINE_TIMINGS__POLLS", "1,2")
    settings = Settings(
        data_dir=tmp_path, operator_token=SecretStr("x" * 20), drafts_only=False, sabotage="resend"
    )
    monkeypatch.delenv("POSTENGINE_TIMINGS__POLLS")
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)

    assert Settings() == settings


def test_secrets_are_made_once_and_read_by_their_owner_alone(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    first, second = read_secrets(settings), read_secrets(settings)

    assert first == second
    assert first.link != first.webhook
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
    assert first.link not in repr(first)
    assert [file.name for file in tmp_path.iterdir()] == ["secrets.json"]


def test_secrets_that_are_chosen_are_kept_nowhere(tmp_path: Path) -> None:
    chosen = SecretStr("a-secret-of-ours-here")

    secrets = read_secrets(Settings(data_dir=tmp_path, webhook_secret=chosen, link_secret=chosen))

    assert secrets.webhook == "a-secret-of-ours-here"
    assert list(tmp_path.iterdir()) == []


def test_of_two_processes_that_start_together_both_get_the_same_secrets(tmp_path: Path) -> None:
    one = read_secrets(Settings(data_dir=tmp_path))

    chosen = SecretStr("a-secret-of-ours-here")
    other = read_secrets(Settings(data_dir=tmp_path, webhook_secret=chosen))

    assert (other.webhook, other.link) == ("a-secret-of-ours-here", one.link)
