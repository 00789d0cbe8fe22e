"""Files: by token or signed address, whole or in part, once."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit

import pytest

from postengine.adapters.assets.local import LocalAssetStore
from postengine.agent import AgentApi, AgentResponse
from postengine.agent.byte_range import Unsatisfiable, parse_range
from postengine.agent.filename import filename_of
from postengine.agent.links import AssetLinks
from postengine.engine.commands.cancel import cancel_delivery
from postengine.engine.ledger.change import changing
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.errors import NotFound
from postengine.engine.posts.record import Alert
from postengine.engine.posts.states import AssetState, Step
from postengine.errors import PostEngineError
from postengine.testing.engine import memory_ports
from tests.contract.rows import minimal
from tests.unit.agent.house import BASE, SECRET, House, bytes_of, code_of, json_of

CONTENT = b"\xff\xd8 a photo \xff\xd9"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
ETAG = f'"{SHA256}"'
NAMED = "attachment; filename=\"villa ___.jpg\"; filename*=UTF-8''villa%20_%C3%A4_.jpg"


class Busy(PostEngineError):
    retryable: ClassVar[bool] = True


class BusyAssets(LocalAssetStore):
    def path(self, sha256: str) -> Path:
        raise Busy(sha256)


@pytest.fixture
def url(house: House, token: str) -> str:
    """The signed address of a task's file."""
    house.plan()
    task = json_of(house.ask("GET", "tasks", token=token))["tasks"][0]
    return str(task["assets"][0]["url"])


def get(
    house: House, url: str, *, token: str | None = None, method: str = "GET", **headers: str
) -> AgentResponse:
    parts = urlsplit(url)
    path = parts.path.removeprefix("/agent/v1/")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return house.ask(method, path, token=token, query=dict(parse_qsl(parts.query)), headers=named)


def unsigned(url: str) -> str:
    return url.partition("?")[0]


@pytest.mark.parametrize("is_signed", [True, False])
def test_a_file_comes_with_hash_and_safe_headers(
    house: House, token: str, url: str, *, is_signed: bool
) -> None:
    answer = get(house, url) if is_signed else get(house, unsigned(url), token=token)

    assert (answer.status, bytes_of(answer)) == (200, CONTENT)
    assert answer.headers == {
        "ETag": ETAG,
        "Cache-Control": "private, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
        "Accept-Ranges": "bytes",
        "Content-Type": "image/jpeg",
        "Content-Disposition": NAMED,
        "Content-Length": str(len(CONTENT)),
    }


def test_a_head_answers_without_the_file(house: House, url: str) -> None:
    answer = get(house, url, method="HEAD")

    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (200, b"", str(len(CONTENT)))


@pytest.mark.parametrize("known", [ETAG, f'"x", W/{ETAG}', "*"])
def test_a_file_that_is_known_is_not_sent_again(house: House, url: str, known: str) -> None:
    answer = get(house, url, If_None_Match=known)

    assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", ETAG)


def test_a_part_is_sent_as_such(house: House, url: str) -> None:
    answer = get(house, url, Range="bytes=2-5", If_Range=ETAG)

    assert (answer.status, bytes_of(answer)) == (206, CONTENT[2:6])
    assert answer.headers["Content-Range"] == f"bytes 2-5/{len(CONTENT)}"
    assert answer.headers["Content-Length"] == "4"


def test_a_part_of_another_file_is_sent_whole(house: House, url: str) -> None:
    assert get(house, url, Range="bytes=2-5", If_Range='"other"').status == 200


def test_a_part_outside_of_the_file_is_refused(house: House, url: str) -> None:
    answer = get(house, url, Range="bytes=99-")

    assert code_of(answer) == (416, "range_unsatisfiable")
    assert answer.headers["Content-Range"] == f"bytes */{len(CONTENT)}"


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", (0, 10)),
        ("bytes=9-9", (9, 1)),
        ("bytes=-3", (7, 3)),
        ("bytes=-99", (0, 10)),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("bytes=0-1,3-4", None),
        ("lines=0-1", None),
    ],
)
def test_a_single_range_is_understood_and_others_are_ignored(
    header: str, part: tuple[int, int] | None
) -> None:
    assert parse_range(header, 10) == part


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=-0"])
def test_a_range_without_any_byte_is_unsatisfiable(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        parse_range(header, 10)


def test_a_signed_address_is_over_after_two_days(house: House, url: str) -> None:
    house.clock.advance(timedelta(days=2))

    assert code_of(get(house, url)) == (403, "link_invalid")


def test_an_address_keeps_for_a_day_so_that_caches_work(house: House) -> None:
    links = AssetLinks(BASE, SECRET)
    now = house.clock.now()

    assert links.url("a", now) == links.url("a", now + timedelta(hours=14))
    assert links.url("a", now) != links.url("a", now + timedelta(hours=16))


@pytest.mark.parametrize("change", [("exp=1", "exp=9"), ("sig=", "sig=0"), ("assets/", "assets/x")])
def test_an_altered_address_opens_nothing(house: House, url: str, change: tuple[str, str]) -> None:
    assert code_of(get(house, url.replace(*change))) == (403, "link_invalid")


def test_a_token_opens_what_an_old_address_does_not(house: House, token: str, url: str) -> None:
    assert get(house, f"{unsigned(url)}?exp=1&sig=x", token=token).status == 200


def test_a_file_without_token_or_signature_is_refused(house: House, url: str) -> None:
    assert code_of(get(house, unsigned(url))) == (401, "token_missing")


def test_another_agents_file_does_not_exist(house: House, url: str) -> None:
    other = house.token(house.new_agent("rui", "Rui"))

    assert code_of(get(house, unsigned(url), token=other)) == (404, "asset_unknown")
    assert code_of(house.ask("GET", "assets/asset_none", token=other)) == (404, "asset_unknown")


def test_a_withdrawn_file_is_not_given_to_the_token(house: House, token: str) -> None:
    task_id = house.plan()
    asset_id = house.delivery(task_id).asset_ids[0]
    assert house.ask("GET", f"assets/{asset_id}", token=token).status == 200

    cancel_delivery(house.ports, task_id)

    assert code_of(house.ask("GET", f"assets/{asset_id}", token=token)) == (404, "asset_unknown")


def test_a_file_that_is_lost_is_told_to_the_office(house: House, url: str) -> None:
    house.ports.assets.path(SHA256).unlink()

    assert code_of(get(house, url)) == (404, "file_missing")

    with changing(house.ports) as change:
        assert [alert.code for alert in change.tx.find(Alert, {})] == ["file_missing"]


def test_a_drawn_file_that_is_damaged_is_made_again(house: House, url: str) -> None:
    with changing(house.ports) as change:
        (asset,) = change.tx.find(Asset, {"sha256": SHA256})
        change.tx.save(replace(asset, spec={"kind": "card"}))
    file = house.ports.assets.path(SHA256)
    file.chmod(0o644)
    file.write_bytes(CONTENT[:-1])

    answers = [code_of(get(house, url)) for _ in range(2)]

    assert answers == [(404, "file_missing")] * 2
    with changing(house.ports) as change:
        again = change.need(Asset, asset.id)
    assert (again.state, again.next_step) == (AssetState.PLANNED, Step.RENDER)


def test_a_store_that_is_busy_asks_to_come_again(house: House, url: str) -> None:
    ports = replace(house.ports, assets=BusyAssets(house.folder / "busy"))
    house.api = AgentApi(ports, link_secret=SECRET, base_url=BASE)

    answer = get(house, url)

    assert (code_of(answer), answer.headers["Retry-After"]) == ((503, "unavailable"), "5")


def test_an_error_that_stays_is_left_to_the_framework(house: House, token: str) -> None:
    task_id = house.plan()
    orphan = replace(house.delivery(task_id), post_id="post_none")
    with changing(house.ports) as change:
        change.tx.save(orphan)

    with pytest.raises(NotFound):
        house.ask("GET", f"tasks/{task_id}", token=token)


def test_a_short_secret_is_refused(house: House) -> None:
    ports = memory_ports(house.folder / "other")

    with pytest.raises(ValueError, match="at least 16"):
        AgentApi(ports, link_secret=b"short", base_url=BASE)


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("villa.jpg", "villa.jpg"),
        (f"{'v' * 300}.jpeg", f"{'v' * 109}.jpeg"),
        ("v" * 300, "v" * 120),
        ("\u202egpj.exe", "_gpj.exe"),
        (None, "asset-1"),
    ],
)
def test_a_file_keeps_a_plain_name_of_a_length_that_a_disk_takes(called: str | None, name: str) -> None:
    asset = minimal(Asset, id="asset-1", filename=called)

    assert filename_of(asset) == name
