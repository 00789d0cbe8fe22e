"""PhoneSimulator over the contract of the agent API."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from postengine.fcm import FcmClient, Message, StaticToken
from postengine.ids import CountingIds
from postengine.testing.clock import FakeClock
from postengine.testing.fcm import FakeFcm
from postengine.testing.phone import Answer, Person, PhoneSimulator, Posted, Quirks, Task
from postengine.testing.phone.api import Refused
from tests.unit.testing.agent_stub import PHOTO, AgentStub, problem

YES = ["received", "opened", "shared", "confirmed"]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def service(clock: FakeClock) -> AgentStub:
    return AgentStub(clock)


@pytest.fixture
def http(service: AgentStub) -> Iterator[httpx.Client]:
    with service.http() as http:
        yield http


def paired(
    http: httpx.Client,
    clock: FakeClock,
    *,
    person: Person | None = None,
    fid: str | None = None,
    quirks: Quirks | None = None,
) -> PhoneSimulator:
    phone = PhoneSimulator(http, clock=clock, person=person, fid=fid, quirks=quirks, ids=CountingIds())
    phone.pair("PAIR2345")
    return phone


def diary(phone: PhoneSimulator, what: str) -> list[str]:
    return [entry.detail for entry in phone.log if entry.what == what]


def test_a_phone_pairs_and_tells_its_registration(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock, fid="fid-1")

    assert (phone.is_paired, phone.device_id) == (True, "device-1")
    assert service.pushes == [{"kind": "fcm", "fid": "fid-1"}]


def test_a_wrong_code_pairs_nothing(http: httpx.Client, clock: FakeClock) -> None:
    phone = PhoneSimulator(http, clock=clock)

    with pytest.raises(Refused, match="403 code_invalid") as caught:
        phone.pair("WRONG")

    assert (caught.value.status, caught.value.code, phone.is_paired) == (403, "code_invalid", False)


def test_yes_posts_the_checked_file_with_the_caption_and_says_so(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock, person=Person(proof_url="https://wa.me/1"))

    phone.receive_push(service.add_task("t1"))

    sha256 = hashlib.sha256(PHOTO).hexdigest()
    caption = "Just listed: Villa Aurora"
    assert phone.posted == [Posted("t1", "whatsapp_status", None, caption, (sha256,), clock.now())]
    assert phone.clipboard == caption
    assert service.types("t1") == phone.sent("t1") == YES
    assert service.events[-1]["proof_url"] == "https://wa.me/1"
    assert phone.tasks["t1"].state == "published"


def test_the_file_is_fetched_before_the_human_taps(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock, person=Person(waits_for_tap=True))
    phone.receive_push(service.add_task("t1"))
    before = [*diary(phone, "downloaded"), *service.types("t1")]

    phone.tap("t1")

    assert before == ["villa.jpg", "received"]
    assert service.requests.count("GET /agent/v1/assets/asset-t1") == 1
    assert service.types("t1") == YES


def test_each_event_has_a_key_of_its_own(service: AgentStub, http: httpx.Client, clock: FakeClock) -> None:
    phone = paired(http, clock)

    phone.receive_push(service.add_task("t1"))

    assert len({event["key"] for event in service.events}) == 4


def test_cant_declines_with_a_reason(service: AgentStub, http: httpx.Client, clock: FakeClock) -> None:
    phone = paired(http, clock, person=Person(Answer.CANT, reason="On holiday"))

    phone.receive_push(service.add_task("t1"))
    phone.receive_push({"type": "manual_task", "task_id": "t1"})

    assert service.types("t1") == ["received", "opened", "declined"]
    assert service.events[-1]["reason"] == "On holiday"
    assert phone.posted == []


def test_later_snoozes_once_and_posts_when_woken(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock, person=Person(Answer.LATER))
    push = service.add_task("t1")

    phone.receive_push(push)
    phone.receive_push(push)
    posted_early = list(phone.posted)
    clock.advance(timedelta(minutes=30))
    phone.wake()

    assert posted_early == []
    assert service.types("t1") == ["received", "opened", "snoozed", "opened", "shared", "confirmed"]
    assert service.events[2]["snooze_until"] == "2026-12-01T09:30:00+00:00"
    assert len(phone.posted) == 1


def test_a_snooze_is_never_longer_than_the_task_allows(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock, person=Person(Answer.LATER, snooze_for=timedelta(hours=5)))

    phone.receive_push(service.add_task("t1"))
    phone.receive_push(service.add_task("t2", snooze={"remaining": 1, "latest": None}))

    until = [event["snooze_until"] for event in service.events if event["type"] == "snoozed"]
    assert until == ["2026-12-01T10:00:00+00:00", "2026-12-01T14:00:00+00:00"]


def test_later_posts_at_once_where_no_snooze_is_left(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock, person=Person(Answer.LATER))

    phone.receive_push(service.add_task("t1", snooze={"remaining": 0, "latest": None}))

    assert service.types("t1") == YES


def test_never_is_received_by_the_phone_and_ignored_by_the_human(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock, person=Person(Answer.NEVER))

    phone.receive_push(service.add_task("t1"))

    assert service.types("t1") == ["received"]
    assert diary(phone, "ignored") == [""]


def test_an_answer_may_depend_on_the_task(service: AgentStub, http: httpx.Client, clock: FakeClock) -> None:
    def decide(task: Task) -> Answer:
        return Answer.YES if task.id == "t1" else Answer.CANT

    phone = paired(http, clock, person=Person(decide))

    phone.receive_push(service.add_task("t1"))
    phone.receive_push(service.add_task("t2"))

    assert [post.task_id for post in phone.posted] == ["t1"]
    assert service.types("t2")[-1] == "declined"


def test_a_push_that_comes_twice_posts_once(service: AgentStub, http: httpx.Client, clock: FakeClock) -> None:
    phone = paired(http, clock)
    push = service.add_task("t1")

    phone.receive_push(push)
    phone.receive_push(push)

    assert len(phone.posted) == 1
    assert service.types("t1") == YES


def test_whoever_is_asked_again_after_a_restore_says_yes_again_and_posts_nothing(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock)
    push = service.add_task("t1")
    phone.receive_push(push)
    service.tasks["t1"]["state"] = "notified"

    phone.receive_push(push)

    assert len(phone.posted) == 1
    assert service.types("t1") == [*YES, "opened", "confirmed"]


def test_a_phone_without_push_polls_page_after_page(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    service.page_size = 2
    for number in range(5):
        service.add_task(f"t{number}")
    phone = paired(http, clock)

    found = phone.poll()

    assert found == 5
    assert [post.task_id for post in phone.posted] == ["t0", "t1", "t2", "t3", "t4"]
    assert service.pushes == [{"kind": "none"}]


@pytest.mark.parametrize("content", [b"another photo of equal use", PHOTO[:-1]])
def test_a_file_that_is_not_the_promised_one_is_reported_and_never_posted(
    service: AgentStub, http: httpx.Client, clock: FakeClock, content: bytes
) -> None:
    phone = paired(http, clock)
    push = service.add_task("t1")
    service.assets["asset-t1"] = content

    phone.receive_push(push)

    assert phone.posted == []
    assert service.types("t1") == ["received", "failed", "opened"]
    assert f"expected {len(PHOTO)} bytes" in service.events[1]["reason"]


def test_a_file_that_is_gone_leaves_the_task_open(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock)
    push = service.add_task("t1")
    service.assets.clear()

    phone.receive_push(push)

    assert diary(phone, "refused") == ["404"]
    assert service.types("t1") == ["received"]


def test_two_tasks_with_one_file_download_it_once(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock)

    phone.receive_push(service.add_task("t1"))
    phone.receive_push(service.add_task("t2"))

    assert len(diary(phone, "downloaded")) == 1
    assert len(phone.posted) == 2


def test_the_token_goes_to_the_service_and_to_nobody_else(clock: FakeClock) -> None:
    stub = AgentStub(clock)
    push = stub.add_task("t1")
    stub.tasks["t1"]["assets"][0]["url"] = "https://bucket.example/villa.jpg?sig=abc"
    seen: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "bucket.example":
            seen.append(request.headers.get("Authorization"))
            return httpx.Response(200, content=PHOTO)
        return stub._answer(request)

    with httpx.Client(transport=httpx.MockTransport(answer), base_url="https://service.example") as http:
        phone = paired(http, clock)
        phone.receive_push(push)

    assert seen == [None]
    assert len(phone.posted) == 1


def test_offline_events_wait_with_their_times_and_go_out_as_a_batch(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock, person=Person(waits_for_tap=True))
    phone.receive_push(service.add_task("t1"))
    phone.go_offline()
    phone.tap("t1")
    phone.sync()
    waiting = [event.type for event in phone.waiting_events]
    clock.advance(timedelta(minutes=20))

    phone.go_online()

    assert waiting == ["opened", "shared", "confirmed"]
    assert service.types("t1") == YES
    assert service.requests[-1] == "POST /agent/v1/events:batch"
    assert {event["occurred_at"] for event in service.events} == {"2026-12-01T09:00:00+00:00"}
    assert list(phone.waiting_events) == []


def test_a_big_outbox_goes_out_in_batches_of_fifty(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock, quirks=Quirks(late=True))
    for number in range(20):
        phone.receive_push(service.add_task(f"t{number}"))
    waiting = len(phone.waiting_events)

    phone.sync()

    assert waiting == 80
    assert service.requests.count("POST /agent/v1/events:batch") == 2
    assert len(service.events) == 80


def test_a_push_waits_while_the_phone_is_offline(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock)
    phone.go_offline()
    phone.receive_push(service.add_task("t1"))
    posted_offline = list(phone.posted)

    phone.go_online()

    assert posted_offline == []
    assert service.types("t1") == YES


def test_late_events_are_told_only_when_asked(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock, quirks=Quirks(late=True))

    phone.receive_push(service.add_task("t1"))
    told = service.types("t1")
    phone.sync()

    assert (told, service.types("t1")) == ([], YES)


def test_doubled_events_are_known_by_their_key(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock, quirks=Quirks(doubled=True))

    phone.receive_push(service.add_task("t1"))

    assert service.types("t1") == YES
    assert diary(phone, "replayed") == YES


def test_reordered_events_come_last_first(service: AgentStub, http: httpx.Client, clock: FakeClock) -> None:
    phone = paired(http, clock, quirks=Quirks(reordered=True))

    phone.receive_push(service.add_task("t1"))

    assert service.types("t1") == ["confirmed", "shared", "opened", "received"]
    assert phone.tasks["t1"].state == "published"


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.Response(503),
        httpx.Response(429, headers={"Retry-After": "9"}),
        httpx.ReadTimeout("slow"),
    ],
)
def test_an_event_that_was_not_answered_is_told_again_with_the_same_key(
    service: AgentStub,
    http: httpx.Client,
    clock: FakeClock,
    trouble: httpx.Response | httpx.TransportError,
) -> None:
    phone = paired(http, clock, person=Person(waits_for_tap=True))
    phone.receive_push(service.add_task("t1"))
    service.down.append(trouble)
    phone.tap("t1")
    keys = [event.key for event in phone.waiting_events]

    phone.sync()

    assert len(diary(phone, "unreachable")) == 1
    assert [event["key"] for event in service.events[1:]] == keys
    assert service.types("t1") == YES


def test_a_service_that_is_down_costs_a_push_but_not_the_task(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock)
    push = service.add_task("t1")
    service.down.append(httpx.Response(500))

    phone.receive_push(push)
    posted_at_first = list(phone.posted)
    phone.poll()

    assert posted_at_first == []
    assert len(phone.posted) == 1


def test_an_unknown_task_is_noted(http: httpx.Client, clock: FakeClock) -> None:
    phone = paired(http, clock)

    phone.receive_push({"type": "manual_task", "task_id": "of somebody else"})

    assert diary(phone, "refused") == ["404 task_unknown"]


def test_an_event_of_a_task_that_vanished_is_dropped(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock, quirks=Quirks(late=True), person=Person(Answer.NEVER))
    phone.receive_push(service.add_task("t1"))
    service.tasks.clear()

    phone.sync()

    assert diary(phone, "refused") == ["received: 404 task_unknown"]
    assert list(phone.waiting_events) == []


@pytest.mark.parametrize("late", [False, True])
def test_an_event_after_the_end_is_dropped_and_the_task_kept(
    service: AgentStub, http: httpx.Client, clock: FakeClock, late: bool
) -> None:
    phone = paired(http, clock, person=Person(waits_for_tap=True), quirks=Quirks(late=late))
    phone.receive_push(service.add_task("t1"))
    service.tasks["t1"]["state"] = "cancelled"

    phone.tap("t1")
    phone.sync()

    assert "confirmed: 409 task_ended" in diary(phone, "refused")
    assert phone.tasks["t1"].state == "cancelled"
    assert list(phone.waiting_events) == []


def test_a_task_that_ended_elsewhere_is_not_posted(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock, person=Person(waits_for_tap=True))
    phone.receive_push(service.add_task("t1"))

    phone.receive_push({"type": "task_closed", "task_id": "t1", "rev": "1"})
    phone.receive_push({"type": "task_closed", "task_id": "never seen", "rev": "1"})
    phone.tap("t1")

    assert phone.posted == []


def test_a_cancelled_task_is_not_even_downloaded(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock)

    phone.receive_push(service.add_task("t1", state="cancelled"))

    assert (phone.posted, service.types("t1"), diary(phone, "downloaded")) == ([], [], [])


def test_a_revoked_phone_wipes_itself_and_never_posts_twice_after_pairing_anew(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock, quirks=Quirks(late=True))
    phone.receive_push(service.add_task("t1"))
    service.token = "revoked"
    phone.sync()
    wiped = (phone.is_paired, phone.device_id, phone.clipboard, len(phone.tasks), len(phone.waiting_events))

    phone.pair("PAIR2345")
    phone.poll()
    phone.sync()

    assert wiped == (False, None, None, 0, 0)
    assert len(phone.posted) == 1
    assert service.types("t1") == ["received", "opened", "confirmed"]


def test_a_ping_is_answered_by_a_heartbeat(service: AgentStub, http: httpx.Client, clock: FakeClock) -> None:
    phone = paired(http, clock, fid="fid-1")

    phone.receive_push({"type": "ping"})
    phone.rotate_registration("fid-2")

    assert [push["fid"] for push in service.pushes] == ["fid-1", "fid-1", "fid-2"]


def test_an_unpaired_phone_has_no_token(service: AgentStub, http: httpx.Client, clock: FakeClock) -> None:
    phone = paired(http, clock)

    phone.unpair()

    assert (phone.is_paired, service.token) == (False, None)


def test_the_whole_way_from_fcm_to_yes(service: AgentStub, http: httpx.Client, clock: FakeClock) -> None:
    fake = FakeFcm(clock=clock)
    fake.accept_token("t")
    fake.register("fid-1")
    phone = paired(http, clock, fid="fid-1")
    with fake.http() as fcm:
        client = FcmClient(StaticToken("t"), project_id=fake.project_id, base_url=fake.url, http=fcm)
        client.send(Message(fid="fid-1", data=service.add_task("t1")))
        client.send(Message(fid="fid-1", data=service.add_task("t2")))

        counts = [phone.listen(fcm), phone.listen(fcm)]

    assert counts == [2, 0]
    assert [post.task_id for post in phone.posted] == ["t1", "t2"]


def test_a_phone_that_is_offline_or_without_registration_hears_nothing(
    http: httpx.Client, clock: FakeClock
) -> None:
    offline, pollonly = paired(http, clock, fid="fid-1"), paired(http, clock)
    offline.go_offline()

    with FakeFcm().http() as fcm:
        counts = [offline.listen(fcm), pollonly.listen(fcm)]

    assert counts == [0, 0]


def test_an_answer_that_is_no_problem_json_is_read_by_its_status(
    service: AgentStub, http: httpx.Client, clock: FakeClock
) -> None:
    phone = paired(http, clock)
    service.down += [problem(404, "gone"), httpx.Response(404, text="<html>")]

    phone.poll()
    phone.poll()

    assert diary(phone, "refused") == ["404 gone", "404"]
