"""The Publisher over Postiz: translation, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from postengine.adapters.postiz import PostizPublisher
from postengine.clock import Clock
from postengine.engine.ports import Draft, KnownMedia
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.errors import Sick
from postengine.engine.posts.record import Upload
from postengine.engine.posts.states import HoldScope, Mode
from postengine.engine.posts.tenant import Account
from postengine.postiz import PostizAnswerInvalid, PostizClient, PostizRejected, PostizUnreachable
from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz, Fault

from .connected import publisher_over

_JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fake(clock: FakeClock) -> FakePostiz:
    server = FakePostiz(clock)
    server.add_account("key", [{"id": "int-1", "identifier": "instagram"}])
    return server


@pytest.fixture
def account(clock: FakeClock) -> Account:
    return Account(id="acc", base_url="https://postiz.test/api", api_key="key", created_at=clock.now())


@pytest.fixture
def publisher(clock: FakeClock, fake: FakePostiz) -> PostizPublisher:
    return publisher_over(clock, fake.transport())


def _draft(clock: FakeClock, file: Upload, **fields: object) -> Draft:
    known: dict[str, object] = {
        "text": "Hello",
        "comments": ("First",),
        "settings": {"post_type": "post"},
        "publish_at": clock.now() + timedelta(hours=1),
        "rev": 1,
        "attempt": "att_1",
        **fields,
    }
    return Draft(
        integration_id="int-1",
        provider="instagram",
        media=((file, "alt"),),
        ref="pe1-x",
        **known,  # type: ignore[arg-type]
    )


@pytest.fixture
def file(publisher: PostizPublisher, account: Account, tmp_path: Path, clock: FakeClock) -> Upload:
    path = tmp_path / "a.jpg"
    path.write_bytes(_JPEG)
    media_id, url = publisher.upload(account, path)
    return Upload(id="u", account_id="acc", sha256="s", media_id=media_id, url=url, at=clock.now())


def _list(publisher: PostizPublisher, account: Account, clock: FakeClock) -> list[str]:
    day = timedelta(days=1)
    sighting = publisher.list_posts(account, clock.now() - day, clock.now() + day)
    return [seen.id for seen in sighting.posts]


def test_a_draft_is_seen_with_our_mark_and_the_servers_time(
    publisher: PostizPublisher, account: Account, clock: FakeClock, file: Upload
) -> None:
    made = publisher.draft(account, _draft(clock, file))

    sighting = publisher.list_posts(account, clock.now(), clock.now() + timedelta(days=1))
    seen = sighting.by_id(made.remote_id)
    assert seen is not None
    assert (seen.state, seen.ref, seen.rev, seen.attempt) == ("DRAFT", "pe1-x", 1, "att_1")
    assert sighting.server_time == clock.now()
    assert [seen.id for seen in sighting.posts if seen.ref == "pe1-x"] == [made.remote_id]
    assert (made.limit, made.remaining) == (90, 89)


def test_a_rewrite_keeps_the_id_and_replaces_comments(
    publisher: PostizPublisher, account: Account, clock: FakeClock, file: Upload, fake: FakePostiz
) -> None:
    made = publisher.draft(account, _draft(clock, file))
    seen = publisher.list_posts(account, clock.now(), clock.now() + timedelta(days=1)).by_id(made.remote_id)
    assert seen is not None

    again = publisher.rewrite(account, seen, _draft(clock, file, text="New", comments=("Second",), rev=2))

    comments = [row for row in fake.posts.values() if row.parent_id and not row.is_deleted]
    assert again.remote_id == made.remote_id
    assert "New" in fake.posts[made.remote_id].content
    assert ["Second" in row.content for row in comments] == [True]


def test_promote_and_delete_tell_how_long_they_took(
    publisher: PostizPublisher, account: Account, clock: FakeClock, file: Upload, fake: FakePostiz
) -> None:
    made = publisher.draft(account, _draft(clock, file))
    fake.faults.add(Fault(kind="slow", method="PUT", delay_s=3))

    promoted = publisher.promote(account, made.remote_id)
    deleted = publisher.delete(account, made.remote_id)

    assert promoted.elapsed == timedelta(seconds=3)
    assert deleted.server_time is not None
    assert _list(publisher, account, clock) == []


def test_deleting_what_is_unknown_counts_as_answered(publisher: PostizPublisher, account: Account) -> None:
    answered = publisher.delete(account, "cmunknown0000000000000000")

    assert answered.server_time is not None


def test_a_refused_key_is_a_sick_account(
    publisher: PostizPublisher, account: Account, tmp_path: Path
) -> None:
    wrong = Account(id="acc", base_url=account.base_url, api_key="wrong", created_at=account.created_at)
    path = tmp_path / "a.jpg"
    path.write_bytes(_JPEG)
    calls: list[Callable[[], object]] = [
        lambda: publisher.upload(wrong, path),
        lambda: publisher.promote(wrong, "x"),
        lambda: publisher.delete(wrong, "x"),
        lambda: publisher.list_posts(wrong, account.created_at, account.created_at),
    ]

    for call in calls:
        with pytest.raises(Sick) as caught:
            call()
        assert caught.value.scope is HoldScope.ACCOUNT
        assert "wrong" not in str(caught.value)


def test_another_refusal_is_passed_on(
    publisher: PostizPublisher, account: Account, clock: FakeClock, file: Upload
) -> None:
    draft = _draft(clock, file)

    with pytest.raises(PostizRejected):
        publisher.draft(account, _with_channel(draft))


def _with_channel(draft: Draft) -> Draft:
    return Draft(
        integration_id="int-unknown",
        provider=draft.provider,
        text=draft.text,
        comments=draft.comments,
        media=draft.media,
        settings=draft.settings,
        publish_at=draft.publish_at,
        ref=draft.ref,
        rev=draft.rev,
        attempt=draft.attempt,
    )


def test_a_listing_without_a_date_proves_nothing(clock: FakeClock, account: Account) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json={"posts": []}))

    with pytest.raises(PostizAnswerInvalid):
        publisher_over(clock, transport).list_posts(account, clock.now(), clock.now())


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (None, (None, None, None)),
        ("text", (None, None, None)),
        ({"ref": 1, "rev": "2", "attempt": None}, (None, None, None)),
        ({"ref": "r"}, ("r", None, None)),
    ],
)
def test_a_damaged_mark_counts_as_lost(
    publisher: PostizPublisher,
    account: Account,
    clock: FakeClock,
    file: Upload,
    fake: FakePostiz,
    mark: str | dict[str, str | int | None] | None,
    expected: tuple[str | None, ...],
) -> None:
    made = publisher.draft(account, _draft(clock, file))
    fake.posts[made.remote_id].settings["postengine"] = dict(mark) if isinstance(mark, dict) else mark

    seen = publisher.list_posts(account, clock.now(), clock.now() + timedelta(days=1)).by_id(made.remote_id)

    assert seen is not None
    assert (seen.ref, seen.rev, seen.attempt) == expected


def test_what_a_network_would_refuse_is_told_in_our_words(
    publisher: PostizPublisher, clock: FakeClock
) -> None:
    channel = Channel(
        id="c",
        tenant_id="t",
        external_id="ig",
        kind="instagram",
        name="IG",
        mode=Mode.AUTOMATIC,
        created_at=clock.now(),
    )

    media = [KnownMedia(mime="image/jpeg"), KnownMedia(mime="video/mp4")]
    problems = publisher.check(channel, "x" * 2201, media, {"post_type": "post"})

    assert ("caption", "too_long") in [(problem.field, problem.code) for problem in problems]


def test_each_account_has_one_client(fake: FakePostiz, clock: FakeClock, account: Account) -> None:
    made: list[str] = []

    def connect(account: Account, clock: Clock) -> PostizClient:
        made.append(account.api_key)
        http = httpx.Client(transport=fake.transport())
        return PostizClient(http, base_url=account.base_url, api_key=account.api_key, clock=clock)

    publisher = PostizPublisher(clock, connect)
    for _ in range(3):
        _list(publisher, account, clock)

    assert made == ["key"]


def test_by_default_it_makes_a_client_of_its_own(account: Account) -> None:
    unreachable = Account(
        id="a", base_url="http://127.0.0.1:9/api", api_key="key", created_at=account.created_at
    )

    with pytest.raises(PostizUnreachable):
        PostizPublisher().promote(unreachable, "x")
