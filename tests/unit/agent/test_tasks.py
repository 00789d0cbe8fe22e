"""Tasks as the phone gets them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.engine.commands.approve import approve_post
from postengine.engine.posts.post import MediaItem, MediaKind
from tests.unit.agent.house import House, code_of, json_of


def test_a_task_carries_all_that_the_contract_names(house: House) -> None:
    token = house.token()
    task_id = house.plan()
    house.ask("GET", "tasks", token=token)

    task = json_of(house.ask("GET", f"tasks/{task_id}", token=token))

    asset = task.pop("assets")[0]
    assert task == {
        "id": task_id,
        "rev": 1,
        "state": "notified",
        "channel": {
            "kind": "whatsapp_status",
            "target_name": "Ana's whatsapp_status",
            "packages": ["com.whatsapp", "com.whatsapp.w4b"],
            "share_mode": "share_to_status",
            "url": None,
        },
        "title": "Villa Aurora",
        "caption": "Villa Aurora: just listed",
        "first_comment": "Call Ana",
        "scheduled_at": "2026-12-01T09:00:00Z",
        "expires_at": "2026-12-02T09:00:00Z",
        "snooze": {"remaining": 3, "latest": "2026-12-02T08:45:00Z"},
        "actions": ["open", "share", "confirm", "decline", "snooze"],
    }
    assert asset.keys() == {
        "id", "url", "mime", "bytes", "sha256", "filename", "width", "height", "duration_s", "alt",
    }  # fmt: skip
    assert (asset["alt"], asset["mime"], asset["width"]) == ("A white villa", "image/jpeg", 1080)
    assert asset["url"].startswith(f"http://service.test/agent/v1/assets/{asset['id']}?exp=")


@pytest.mark.parametrize(
    ("kind", "share_mode", "packages", "url"),
    [
        ("tiktok_personal", "package", ["com.zhiliaoapp.musically", "com.ss.android.ugc.trill"], None),
        ("facebook_group", "open_url", [], "https://www.facebook.com/groups/1"),
    ],
)
def test_each_channel_has_its_way_to_share(
    house: House, kind: str, share_mode: str, packages: list[str], url: str | None
) -> None:
    token = house.token()
    house.plan(kind=kind)

    channel = json_of(house.ask("GET", "tasks", token=token))["tasks"][0]["channel"]

    assert (channel["share_mode"], channel["packages"], channel["url"]) == (share_mode, packages, url)


def test_asking_for_active_tasks_notifies_once(house: House) -> None:
    token = house.token()
    house.plan()

    first = house.ask("GET", "tasks", token=token)
    second = house.ask("GET", "tasks", token=token)

    assert (first.has_written, second.has_written) == (True, False)
    assert json_of(first)["server_time"] == "2026-12-01T09:00:00Z"
    assert json_of(second)["tasks"][0]["state"] == "notified"


def test_the_day_ahead_shows_what_is_approved_and_less_than_a_day_off(house: House) -> None:
    token = house.token()
    near = house.plan(at=timedelta(hours=3))
    unapproved = house.plan(at=timedelta(hours=4), is_approved=False)
    house.plan(at=timedelta(hours=25))

    def shown() -> list[str]:
        answer = house.ask("GET", "tasks", token=token, query={"state": "upcoming"})
        return [task["id"] for task in json_of(answer)["tasks"]]

    assert shown() == [near]
    approve_post(house.ports, house.delivery(unapproved).post_id)
    assert shown() == [near, unapproved]


def test_an_upcoming_task_offers_no_action_and_no_snooze(house: House) -> None:
    token = house.token()
    card = MediaItem(kind=MediaKind.CARD, photo_ids=house.photo().photo_ids)
    house.plan(at=timedelta(hours=3), media=(card,))

    task = json_of(house.ask("GET", "tasks", token=token, query={"state": "upcoming"}))["tasks"][0]

    assert (task["state"], task["actions"], task["snooze"]) == (
        "planned",
        [],
        {"remaining": 0, "latest": None},
    )
    assert task["assets"] == []


def test_a_drawn_picture_is_shown_once_it_is_ready(house: House) -> None:
    token = house.token()
    card = MediaItem(kind=MediaKind.CARD, photo_ids=house.photo().photo_ids)
    house.plan(at=timedelta(hours=3), media=(card,))

    house.run()

    task = json_of(house.ask("GET", "tasks", token=token, query={"state": "upcoming"}))["tasks"][0]
    assert [asset["filename"].endswith(".jpg") for asset in task["assets"]] == [True]


def test_near_its_end_a_task_is_not_put_off_any_more(house: House) -> None:
    token = house.token()
    task_id = house.plan()
    house.ask("GET", "tasks", token=token)
    house.clock.advance(timedelta(hours=23, minutes=50))

    task = json_of(house.ask("GET", f"tasks/{task_id}", token=token))

    assert task["snooze"] == {"remaining": 0, "latest": None}
    assert "snooze" not in task["actions"]


def test_a_missed_task_offers_a_late_yes_within_its_grace(house: House) -> None:
    token = house.token()
    task_id = house.plan()
    house.ask("GET", "tasks", token=token)
    house.clock.advance(timedelta(hours=25))
    house.run()

    missed = json_of(house.ask("GET", f"tasks/{task_id}", token=token))
    house.clock.advance(timedelta(days=3))
    over = json_of(house.ask("GET", f"tasks/{task_id}", token=token))

    assert (missed["state"], missed["actions"], over["actions"]) == ("missed", ["confirm"], [])


def test_pages_follow_each_other_by_cursor(house: House) -> None:
    token = house.token()
    ids = [house.plan(title=f"Villa {number}") for number in range(3)]

    first = json_of(house.ask("GET", "tasks", token=token))
    second = json_of(house.ask("GET", "tasks", token=token, query={"cursor": first["cursor"]}))

    assert [task["id"] for task in first["tasks"] + second["tasks"]] == ids
    assert second["cursor"] is None


@pytest.mark.parametrize("query", [{"state": "done"}, {"cursor": "a b"}])
def test_an_unknown_state_or_cursor_is_refused_with_its_field(house: House, query: dict[str, str]) -> None:
    answer = house.ask("GET", "tasks", token=house.token(), query=query)

    assert code_of(answer) == (422, "invalid")
    assert json_of(answer)["field"] == next(iter(query))


def test_another_agents_task_does_not_exist(house: House) -> None:
    task_id = house.plan()
    token = house.token(house.new_agent("rui", "Rui"))

    assert code_of(house.ask("GET", f"tasks/{task_id}", token=token)) == (404, "task_unknown")
    assert code_of(house.tell(token, task_id, "confirmed")) == (404, "task_unknown")
    assert code_of(house.ask("GET", "tasks/del_none", token=token)) == (404, "task_unknown")
