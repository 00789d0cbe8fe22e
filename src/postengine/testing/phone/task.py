"""A task as the agent API hands it to the phone; a breach of the contract fails the test."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

_ENDED = {"published", "declined", "missed", "cancelled"}


class _FromApi(BaseModel):
    """Fields that later versions of the contract add are ignored, as an old app would."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class TaskChannel(_FromApi):
    """Where the human posts."""

    kind: str
    target_name: str | None = None
    packages: list[str] = []
    share_mode: str
    url: str | None = None


class TaskAsset(_FromApi):
    """A file to post; its size and hash are promises that the phone checks."""

    id: str
    url: str
    mime: str
    bytes: int = Field(ge=1)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    filename: str


class TaskSnooze(_FromApi):
    """How often and until when the task may still be put off."""

    remaining: int
    latest: AwareDatetime | None = None


class Task(_FromApi):
    """One post that a human is asked to make."""

    id: str
    rev: int
    state: str
    channel: TaskChannel
    title: str
    caption: str
    assets: list[TaskAsset] = []
    scheduled_at: AwareDatetime
    expires_at: AwareDatetime
    snooze: TaskSnooze

    @property
    def is_open(self) -> bool:
        """Whether an answer is still awaited."""
        return self.state not in _ENDED


class TaskPage(_FromApi):
    """One page of the list of tasks."""

    tasks: list[Task]
    cursor: str | None = None


class Me(_FromApi):
    """Whose phone it is; what a page subscribes to Web Push with."""

    device_id: str
    vapid_public_key: str | None = None


class Pairing(_FromApi):
    """What the phone gets for a pairing code."""

    device_id: str
    token: str = Field(repr=False)
    server_time: AwareDatetime | None = None
