"""Each sabotage does the wrong that it is named after, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from postengine.clock import Clock
from postengine.engine.ports import AccountHealth, Answered, Draft, Made, Publisher, Seen, Sighting
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.errors import Problem
from postengine.engine.posts.states import Mode
from postengine.engine.posts.tenant import Account
from postengine.errors import PostEngineError
from postengine.testing.clock import FakeClock
from reference_app.sabotage import sabotaged

NOW = FakeClock().now()
ACCOUNT = Account(id="a", base_url="https://postiz.test", api_key="k", created_at=NOW)


class Lost(PostEngineError):
    may_have_happened = True
    in_flight = True


@dataclass
class Recorder:
    """Writes down what it is asked; raises what is waiting first."""

    seen: list[Seen] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)

    def list_posts(self, *_: object) -> Sighting:
        return Sighting(posts=tuple(self.seen), server_time=NOW)

    def draft(self, _account: Account, draft: Draft) -> Made:
        self._ask(f"draft {draft.text}")
        return Made(remote_id=f"r{len(self.asked)}", elapsed=timedelta(), server_time=NOW)

    def rewrite(self, _account: Account, seen: Seen, _draft: Draft) -> Made:
        self._ask(f"rewrite {seen.id}")
        return Made(remote_id=seen.id, elapsed=timedelta(), server_time=NOW)

    def promote(self, _account: Account, remote_id: str) -> Answered:
        self._ask(f"promote {remote_id}")
        return Answered(elapsed=timedelta(), server_time=NOW)

    def delete(self, _account: Account, remote_id: str) -> Answered:
        self._ask(f"delete {remote_id}")
        return Answered(elapsed=timedelta(), server_time=NOW)

    def upload(self, *_: object) -> tuple[str, str]:
        self._ask("upload")
        return "m", "https://postiz.test/m"

    def has_media(self, *_: object) -> bool:
        self._ask("has_media")
        return True

    def health(self, *_: object) -> AccountHealth:
        self._ask("health")
        return AccountHealth(channels=(), read_until=None)

    def reconnect_link(self, *_: object) -> None:
        self._ask("reconnect_link")

    def failure_reasons(self, *_: object) -> dict[str, str]:
        self._ask("failure_reasons")
        return {}

    def check(self, _channel: Channel, text: str, *_: object) -> list[Problem]:
        return [Problem("caption", "too_long", text)]

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if self.errors:
            raise self.errors.pop(0)


def _sabotaged(inner: Recorder, how: str, *, clock: Clock, folder: Path) -> Publisher:
    return sabotaged(cast("Publisher", inner), how, clock=clock, folder=folder)


def seen(id: str, state: str = "QUEUE", *, after: int = 0, ref: str | None = "pe1-x") -> Seen:  # noqa: A002
    return Seen(id=id, state=state, publish_at=NOW + timedelta(seconds=after), integration_id="i", ref=ref)


def draft(text: str = "Hello") -> Draft:
    return Draft(
        integration_id="i",
        provider="x",
        text=text,
        comments=(),
        media=(),
        settings={"who": "everyone"},
        publish_at=NOW,
        ref="pe1-x",
        rev=1,
        attempt="att",
    )


def test_without_sabotage_the_publisher_is_itself(tmp_path: Path) -> None:
    inner = Recorder()

    assert _sabotaged(inner, "none", clock=FakeClock(), folder=tmp_path) is inner


def test_promote_twice_promotes_what_seems_stuck(tmp_path: Path) -> None:
    inner = Recorder(
        [seen("stuck"), seen("early", after=9), seen("done", "PUBLISHED"), seen("theirs", ref=None)]
    )
    broken = _sabotaged(inner, "promote-twice", clock=FakeClock(), folder=tmp_path)

    sighting = broken.list_posts(ACCOUNT, NOW, NOW)

    assert inner.asked == ["promote stuck"]
    assert len(sighting.posts) == 4


@pytest.mark.parametrize("is_other_process", [False, True])
def test_resend_makes_and_promotes_another_when_a_promote_is_lost(
    tmp_path: Path, *, is_other_process: bool
) -> None:
    inner = Recorder()
    broken = _sabotaged(inner, "resend", clock=FakeClock(), folder=tmp_path)
    made = broken.draft(ACCOUNT, draft())
    broken.rewrite(ACCOUNT, seen(made.remote_id), draft("Hello again"))
    if is_other_process:
        broken = _sabotaged(inner, "resend", clock=FakeClock(), folder=tmp_path)
    inner.errors = [Lost()]

    broken.promote(ACCOUNT, made.remote_id)

    assert inner.asked[2:] == ["promote r1", "draft Hello again", "promote r4"]


def test_resend_leaves_a_lost_draft_alone_for_it_publishes_nothing(tmp_path: Path) -> None:
    inner = Recorder(errors=[Lost()])
    broken = _sabotaged(inner, "resend", clock=FakeClock(), folder=tmp_path)

    with pytest.raises(Lost):
        broken.draft(ACCOUNT, draft())

    assert inner.asked == ["draft Hello"]


def test_resend_leaves_other_errors_and_unknown_posts_alone(tmp_path: Path) -> None:
    inner = Recorder(errors=[PostEngineError("no"), PostEngineError("no"), Lost("unknown")])
    broken = _sabotaged(inner, "resend", clock=FakeClock(), folder=tmp_path)

    with pytest.raises(PostEngineError):
        broken.draft(ACCOUNT, draft())
    with pytest.raises(PostEngineError):
        broken.promote(ACCOUNT, "x")
    with pytest.raises(PostEngineError, match="unknown"):
        broken.promote(ACCOUNT, "x")

    assert inner.asked == ["draft Hello", "promote x", "promote x"]


def test_no_fence_deletes_nothing_and_hides_it_from_all_processes(tmp_path: Path) -> None:
    inner = Recorder([seen("a"), seen("b")])
    broken = _sabotaged(inner, "no-fence", clock=FakeClock(), folder=tmp_path)

    answer = broken.delete(ACCOUNT, "a")
    other = _sabotaged(inner, "no-fence", clock=FakeClock(), folder=tmp_path)

    assert inner.asked == []
    assert answer.server_time == NOW
    assert [post.id for post in other.list_posts(ACCOUNT, NOW, NOW).posts] == ["b"]


def test_all_else_is_passed_on(tmp_path: Path) -> None:
    inner = Recorder([seen("a")])
    broken = _sabotaged(inner, "no-fence", clock=FakeClock(), folder=tmp_path)
    resends = _sabotaged(inner, "resend", clock=FakeClock(), folder=tmp_path)
    channel = Channel(
        id="c", tenant_id="t", external_id="c", kind="x", name="X", mode=Mode.AUTOMATIC, created_at=NOW
    )

    assert broken.list_posts(ACCOUNT, NOW, NOW).by_id("a") is not None
    assert broken.upload(ACCOUNT, Path("f"))[0] == "m"
    assert broken.check(channel, "text", [], {})[0].message == "text"
    broken.promote(ACCOUNT, broken.draft(ACCOUNT, draft()).remote_id)
    broken.rewrite(ACCOUNT, seen("a"), draft())
    resends.delete(ACCOUNT, "a")
    assert inner.asked == ["upload", "draft Hello", "promote r2", "rewrite a", "delete a"]
