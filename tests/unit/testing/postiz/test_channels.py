"""Channels: connecting, losing, removing; tools, slots, groups and tokens for other programs."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from pydantic import JsonValue

from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz

from .conftest import KEY, Make

CHANNELS: list[dict[str, JsonValue]] = [
    {"id": "t1", "identifier": "tiktok", "customer": {"id": "c1", "name": "Harbour"}},
    {"id": "p1", "identifier": "pinterest", "tool_answers": {"boards": [{"id": "b1", "name": "Homes"}]}},
    {"id": "n1", "identifier": "not-a-provider"},
]


@pytest.fixture
def fake(clock: FakeClock) -> FakePostiz:
    fake = FakePostiz(clock)
    fake.add_account(KEY, [{"id": "x1", "identifier": "x"}, {"id": "f1", "identifier": "facebook"}])
    fake.add_account(KEY, CHANNELS)
    return fake


def test_groups_are_the_customers_of_channels(http: httpx.Client) -> None:
    assert http.get("/groups").json() == [{"id": "c1", "name": "Harbour"}]


@pytest.mark.parametrize(
    ("channel", "method", "status", "told"),
    [
        ("nope", "boards", 404, {"msg": "Integration not found"}),
        ("n1", "boards", 404, {"msg": "Integration provider not found"}),
        ("p1", "nope", 404, {"msg": "Tool not found"}),
        ("f1", "boards", 404, {"msg": "Tool not found"}),
        ("p1", "boards", 201, {"output": [{"id": "b1", "name": "Homes"}]}),
    ],
)
def test_a_tool_answers_what_was_laid_down(
    channel: str, method: str, status: int, told: object, http: httpx.Client
) -> None:
    answer = http.post(f"/integration-trigger/{channel}", json={"methodName": method, "data": {}})

    assert (answer.status_code, answer.json()) == (status, told)


def test_a_tool_without_an_answer_stumbles(fake: FakePostiz, http: httpx.Client) -> None:
    fake.accounts[KEY].integrations["p1"].tool_answers.clear()

    answer = http.post("/integration-trigger/p1", json={"methodName": "boards"})

    assert (answer.status_code, answer.json()) == (500, {"msg": "Unexpected error"})


def test_a_channel_that_lost_its_token_looks_healthy_but_its_tools_say_401(
    fake: FakePostiz, http: httpx.Client
) -> None:
    listed = http.get("/integrations").json()
    fake.hand.lose_token("p1")

    answer = http.post("/integration-trigger/p1", json={"methodName": "boards"})

    assert http.get("/integrations").json() == listed
    assert (answer.status_code, answer.json()) == (401, {"msg": "Channel disconnected due to expired token"})
    [note] = http.get("/notifications").json()["notifications"]
    assert note["content"].startswith("Could not refresh your pinterest channel .")


def test_a_post_on_a_reconnected_channel_is_published(fake: FakePostiz, clock: FakeClock, make: Make) -> None:
    fake.hand.lose_token("x1")
    lost = make("schedule")
    clock.advance(timedelta(minutes=11))
    fake.run_due()
    fake.hand.reconnect("x1")
    later = make("schedule")

    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert (fake.posts[lost].state, fake.posts[later].state) == ("ERROR", "PUBLISHED")


def test_an_unknown_channel_is_nobodys(fake: FakePostiz) -> None:
    with pytest.raises(KeyError):
        fake.hand.disable("nope")


def test_deleting_a_channel_tells_its_token_and_takes_its_posts(
    fake: FakePostiz, clock: FakeClock, http: httpx.Client, make: Make
) -> None:
    post_id, other = make("schedule"), make("draft")
    fake.posts[other].integration = fake.accounts[KEY].integrations["f1"]

    gone = http.delete("/integrations/x1")
    again = http.delete("/integrations/x1")
    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert (gone.status_code, gone.json()["token"], again.status_code) == (200, "token-of-x1", 500)
    assert [row["id"] for row in http.get("/integrations").json()] == ["f1", "t1", "p1", "n1"]
    assert (fake.posts[post_id].is_deleted, fake.posts[other].is_deleted) == (True, False)
    assert fake.network == []


def test_a_post_made_on_a_deleted_channel_is_never_listed_and_fails(
    fake: FakePostiz, clock: FakeClock, http: httpx.Client, make: Make
) -> None:
    http.delete("/integrations/x1")

    post_id = make("schedule")
    listed = http.get("/posts", params={"startDate": "2026-01-01", "endDate": "2027-01-01"}).json()
    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert (listed, fake.posts[post_id].state) == ({"posts": []}, "ERROR")


def test_connecting_starts_at_a_url_a_bare_state_or_an_error(fake: FakePostiz, http: httpx.Client) -> None:
    fake.channels.unreachable = {"x"}

    answers = [http.get(f"/social/{name}") for name in ("mastodon", "telegram", "x", "nope")]

    assert [answer.status_code for answer in answers] == [200, 200, 500, 400]
    url = answers[0].json()["url"]
    assert "redirect_uri=http%3A%2F%2Fpostiz.test%2Fintegrations%2Fsocial%2Fmastodon" in url
    assert len(answers[1].json()["url"]) == 6


def test_settings_say_when_there_are_none(http: httpx.Client) -> None:
    unknown = http.get("/integration-settings/n1").json()["output"]

    assert (unknown["maxLength"], unknown["settings"]) == (0, {})


def test_slots_go_on_with_the_next_day(fake: FakePostiz, http: httpx.Client, make: Make) -> None:
    fake.accounts[KEY].integrations["f1"].posting_times = (550, 560)
    make("draft", 600.0)  # 09:10, which is 550 minutes
    first = http.get("/find-slot/f1").json()
    make("draft", 1200.0)

    assert first == {"date": "2026-12-01T09:20:00"}
    assert http.get("/find-slot/f1").json() == {"date": "2026-12-02T09:10:00"}


@pytest.mark.parametrize("trouble", ["unknown", "disabled", "no times"])
def test_a_search_without_times_never_answers_and_is_counted(
    trouble: str, fake: FakePostiz, clock: FakeClock, http: httpx.Client
) -> None:
    channel = fake.accounts[KEY].integrations["x1"]
    channel.is_disabled = trouble == "disabled"
    channel.posting_times = () if trouble == "no times" else channel.posting_times

    with pytest.raises(httpx.ReadTimeout):
        http.get(f"/find-slot/{'nope' if trouble == 'unknown' else 'x1'}")
    with pytest.raises(httpx.ReadError):
        http.get("/find-slot/nope", timeout=120)

    assert fake.stuck_loops == 2
    assert clock.slept[-1] == timedelta(minutes=1)


def exchange(http: httpx.Client, **given: str) -> httpx.Response:
    ask = {"grant_type": "authorization_code", "client_id": "pca_1", "client_secret": "s"}
    return http.post("http://postiz.test/oauth/token", json=ask | given)


def test_a_consent_becomes_a_token_that_works_as_a_key(fake: FakePostiz, http: httpx.Client) -> None:
    code = fake.consent(KEY, "pca_1", "s")

    told = exchange(http, code=code).json()

    assert told["access_token"].startswith("pos_")
    answer = http.get("/groups", headers={"Authorization": told["access_token"]})
    assert (answer.status_code, told["token_type"]) == (200, "bearer")


def test_a_new_consent_voids_the_token_before(fake: FakePostiz, http: httpx.Client) -> None:
    old, new = (exchange(http, code=fake.consent(KEY, "pca_1", "s")).json()["access_token"] for _ in range(2))

    answers = [http.get("/groups", headers={"Authorization": token}) for token in (old, new)]

    assert [answer.status_code for answer in answers] == [401, 200]
    assert answers[0].json() == {"msg": "Invalid OAuth token"}


def test_a_code_is_refused_that_is_wrong_used_or_anothers(fake: FakePostiz, http: httpx.Client) -> None:
    code = fake.consent(KEY, "pca_1", "s")

    wrong_kind = exchange(http, code=code, grant_type="password")
    wrong_client = exchange(http, code=code, client_secret="guessed")
    exchange(http, code=code)
    used = exchange(http, code=code)
    nothing = http.post("http://postiz.test/oauth/token", json=[])

    assert (wrong_kind.status_code, wrong_kind.json()) == (400, {"error": "unsupported_grant_type"})
    assert (wrong_client.status_code, wrong_client.json()) == (401, {"error": "invalid_client"})
    assert (used.status_code, used.json()) == (400, {"error": "invalid_grant"})
    assert nothing.status_code == 400
