"""What Postiz tells of channels and failures, as the engine hears it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from postengine.adapters.postiz import PostizPublisher
from postengine.adapters.postiz.health import read_health
from postengine.engine.ports import Seen
from postengine.engine.posts.errors import Sick
from postengine.engine.posts.states import HoldScope
from postengine.engine.posts.tenant import Account
from postengine.postiz import Integration, Notification, PostizRejected
from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz

from .connected import publisher_over

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
BEFORE = NOW - timedelta(hours=1)
INSTAGRAM = Integration(id="ig", name="Harbour", identifier="instagram", picture="p1")
OTHER = Integration(id="ig2", name="Hill", identifier="instagram", picture="p2")
LINKEDIN = Integration(id="li", name="Harbour", identifier="linkedin-page", picture="p3")
REFRESH = (
    "Could not refresh your instagram channel . Please go back to the system and connect it again https://p"
)
RECONNECT = "We couldn't post to instagram for Hill because you need to reconnect it. Please reconnect."
PUBLISHED = "Your post has been published on Instagram at https://instagram.example/1"


def _note(content: str, at: datetime = NOW) -> Notification:
    return Notification.model_validate(
        {"id": f"n{at.timestamp()}", "content": content, "createdAt": at.isoformat()}
    )


def _troubles(notes: list[Notification], *integrations: Integration) -> dict[str, str | None]:
    health = read_health(integrations, notes, BEFORE, NOW)
    return {channel.integration_id: channel.trouble for channel in health.channels}


def test_a_word_about_a_provider_is_about_its_only_channel() -> None:
    assert _troubles([_note(REFRESH)], INSTAGRAM, LINKEDIN) == {"ig": REFRESH, "li": None}


def test_a_word_about_a_provider_with_two_channels_is_unclear() -> None:
    health = read_health([INSTAGRAM, OTHER], [_note(REFRESH)], BEFORE, NOW)

    assert [channel.trouble for channel in health.channels] == [None, None]
    assert health.unclear == (REFRESH,)


def test_a_word_that_names_the_channel_is_about_that_one() -> None:
    assert _troubles([_note(RECONNECT)], INSTAGRAM, OTHER) == {"ig": None, "ig2": RECONNECT}


def test_a_word_about_a_channel_that_is_not_there_is_about_none() -> None:
    health = read_health([LINKEDIN], [_note(REFRESH)], BEFORE, NOW)

    assert (health.channels[0].trouble, health.unclear) == (None, ())


def test_the_newest_word_counts() -> None:
    later, sooner = NOW, NOW - timedelta(minutes=5)
    mended = read_health([INSTAGRAM], [_note(PUBLISHED, later), _note(REFRESH, sooner)], BEFORE, NOW)
    broken = read_health([INSTAGRAM], [_note(REFRESH, later), _note(PUBLISHED, sooner)], BEFORE, NOW)

    assert (mended.channels[0].trouble, mended.channels[0].has_published) == (None, True)
    assert (broken.channels[0].trouble, broken.channels[0].has_published) == (REFRESH, False)


def test_what_was_said_before_the_last_look_says_nothing() -> None:
    assert _troubles([_note(REFRESH, BEFORE)], INSTAGRAM) == {"ig": None}


def test_a_first_look_believes_no_word_but_begins_after_the_newest() -> None:
    health = read_health([INSTAGRAM], [_note(REFRESH)], None, NOW)

    assert (health.channels[0].trouble, health.read_until) == (None, NOW)


def test_without_any_word_the_next_look_begins_where_this_one_did() -> None:
    assert read_health([INSTAGRAM], [], BEFORE, NOW).read_until == BEFORE


def test_a_first_look_without_any_word_begins_at_postiz_time() -> None:
    assert read_health([INSTAGRAM], [], None, BEFORE).read_until == BEFORE


def test_other_words_are_about_no_channel() -> None:
    assert _troubles([_note("Welcome to Postiz")], INSTAGRAM) == {"ig": None}


@pytest.mark.parametrize("change", [{"picture": "p9"}, {"name": "Harbor"}, {"profile": "harbour"}])
def test_a_fingerprint_changes_with_what_is_stored_anew(change: dict[str, str]) -> None:
    before, after = (
        read_health([channel], [], None, NOW).channels[0].fingerprint
        for channel in (INSTAGRAM, INSTAGRAM.model_copy(update=change))
    )

    assert before != after


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fake(clock: FakeClock) -> FakePostiz:
    server = FakePostiz(clock)
    channels = [
        {"id": "ig", "identifier": "instagram", "name": "Harbour"},
        {"id": "tg", "identifier": "telegram", "name": "Homes"},
    ]
    server.add_account("key", channels)
    return server


@pytest.fixture
def account(clock: FakeClock) -> Account:
    return Account(id="acc", base_url="https://postiz.test/api", api_key="key", created_at=clock.now())


@pytest.fixture
def publisher(clock: FakeClock, fake: FakePostiz) -> PostizPublisher:
    return publisher_over(clock, fake.transport())


def test_a_lost_token_and_a_new_consent_are_seen(
    publisher: PostizPublisher, account: Account, fake: FakePostiz, clock: FakeClock
) -> None:
    fine = publisher.health(account, None)
    clock.advance(timedelta(seconds=1))
    fake.hand.lose_token("ig")
    lost = publisher.health(account, fine.read_until)
    fake.hand.reconnect("ig")
    anew = publisher.health(account, lost.read_until)

    assert [health.channels[0].trouble is None for health in (fine, lost, anew)] == [True, False, True]
    assert fine.channels[0].fingerprint == lost.channels[0].fingerprint != anew.channels[0].fingerprint


def test_a_channel_that_is_switched_off_is_seen(
    publisher: PostizPublisher, account: Account, fake: FakePostiz
) -> None:
    fake.hand.disable("ig")

    assert [channel.is_disabled for channel in publisher.health(account, None).channels] == [True, False]


def test_a_channel_has_a_link_only_where_a_page_connects_it(
    publisher: PostizPublisher, account: Account
) -> None:
    assert (publisher.reconnect_link(account, "instagram") or "").startswith("http")
    assert publisher.reconnect_link(account, "telegram") is None


@pytest.mark.parametrize(
    "ask",
    [
        lambda publisher, account: publisher.health(account, None),
        lambda publisher, account: publisher.reconnect_link(account, "instagram"),
        lambda publisher, account: publisher.failure_reasons(account, []),
    ],
)
def test_a_refused_key_makes_the_account_sick(
    publisher: PostizPublisher,
    account: Account,
    fake: FakePostiz,
    ask: Callable[[PostizPublisher, Account], object],
) -> None:
    fake.accounts["key"].api_key = "another"
    wrong = Account(id="w", base_url=account.base_url, api_key="wrong", created_at=account.created_at)

    with pytest.raises(Sick) as caught:
        ask(publisher, wrong)

    assert caught.value.scope is HoldScope.ACCOUNT


def _seen(id_: str, provider: str, channel: str, at: datetime) -> Seen:
    return Seen(id=id_, state="ERROR", publish_at=at, integration_id=id_, provider=provider, channel=channel)


def test_why_a_post_failed_is_found_among_the_notifications(
    publisher: PostizPublisher, account: Account, fake: FakePostiz, clock: FakeClock
) -> None:
    at = clock.now()
    notes = fake.accounts["key"].notifications
    for number, text in enumerate(["instagram: too blue", "telegram: gone", "telegram: again"]):
        content = f"An error occurred while posting on {text}"
        notes.append({"id": f"n{number}", "content": content, "link": None, "createdAt": at.isoformat()})

    reasons = publisher.failure_reasons(
        account, [_seen("a", "instagram", "Harbour", at), _seen("b", "telegram", "Homes", at)]
    )

    assert reasons == {"a": "too blue"}  # two words about one post are no reason


def test_a_file_that_postiz_has_lost_is_not_there(
    publisher: PostizPublisher, account: Account, fake: FakePostiz, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("files") / "a.jpg"
    path.write_bytes(bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9"))
    _, url = publisher.upload(account, path)
    before = publisher.has_media(account, url)

    fake.uploads.forget(url)

    assert (before, publisher.has_media(account, url)) == (True, False)


@pytest.mark.parametrize(("status", "error"), [(404, Sick), (400, PostizRejected)])
def test_a_postiz_that_cannot_promote_makes_the_account_sick(
    clock: FakeClock, account: Account, status: int, error: type[Exception]
) -> None:
    body = {"message": "Cannot PUT /public/v1/posts/a/status", "statusCode": status}
    publisher = publisher_over(clock, httpx.MockTransport(lambda _: httpx.Response(status, json=body)))

    with pytest.raises(error):
        publisher.promote(account, "a")
