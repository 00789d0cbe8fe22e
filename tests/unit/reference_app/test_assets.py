"""Uploads and downloads over HTTP."""

from __future__ import annotations

import io

from werkzeug.test import TestResponse

from postengine.engine.posts.asset import Asset
from postengine.errors import PostEngineError
from tests.unit.engine.world import World

from .conftest import Api, Breakable, problem


def upload(api: Api, content: bytes = b"a photo", name: str = "flat.jpg", **form: str) -> TestResponse:
    return api.ask("POST", "/assets", data={"file": (io.BytesIO(content), name), **form})


def test_a_photo_is_kept_once(agency: Api, world: World) -> None:
    first = upload(agency)
    second = upload(agency, name="again.jpg")

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.get_json()["id"] == first.get_json()["id"]
    (asset,) = world.rows(Asset, id=first.get_json()["id"])
    assert (asset.size_bytes, asset.mime, asset.width_px) == (7, "image/jpeg", 4032)


def test_a_name_is_kept_without_its_path_and_what_does_not_print(agency: Api) -> None:
    answer = upload(agency, name="..\\..\\etc/fl\x07at.jpg")

    assert answer.get_json()["filename"] == "flat.jpg"


def test_the_file_and_the_tenant_have_to_be_given(agency: Api, api: Api) -> None:
    no_file = agency.ask("POST", "/assets", data={"tenant": "harbour"})
    no_tenant = upload(api)
    surplus = upload(agency, colour="red")

    assert problem(no_file) == (422, "invalid", [("file", "missing")])
    assert problem(no_tenant) == (422, "invalid", [("tenant", "missing")])
    assert problem(surplus)[2] == [("colour", "extra_forbidden")]
    assert upload(api, tenant="harbour").status_code == 201


def test_a_file_that_is_too_large_is_refused(agency: Api) -> None:
    assert problem(upload(agency, b"x" * 10_001))[:2] == (413, "too_large")
    form = {"data": b"x" * 1_100_000, "content_type": "multipart/form-data; boundary=b"}
    assert problem(agency.ask("POST", "/assets", **form))[:2] == (413, "too_large")


def test_a_file_that_is_no_picture_is_named_as_the_problem(agency: Api, renderer: Breakable) -> None:
    renderer.error = PostEngineError("it is no picture")

    assert problem(upload(agency)) == (422, "invalid", [("file", "unusable")])


def test_assets_are_listed_and_shown(agency: Api, world: World) -> None:
    world.plan()

    assert len(agency.get("/assets").get_json()["items"]) == 2
    assert [one["id"] for one in agency.get("/assets", state="ready").get_json()["items"]] == [world.photo.id]
    assert agency.get(f"/assets/{world.photo.id}").get_json()["sha256"] == world.photo.sha256


def test_a_file_is_downloaded_whole_or_in_part_or_not_at_all(agency: Api) -> None:
    asset = upload(agency, b"0123456789").get_json()
    path, token = f"/api/v1/assets/{asset['id']}/file", {"Authorization": f"Bearer {agency.token}"}

    whole = agency.get(f"/assets/{asset['id']}/file", as_attachment="true")
    part = agency.client.get(path, headers={**token, "Range": "bytes=2-4"}, buffered=True)
    known = agency.client.get(path, headers={**token, "If-None-Match": whole.headers["ETag"]}, buffered=True)

    assert (whole.status_code, whole.data) == (200, b"0123456789")
    assert whole.headers["Content-Disposition"] == "attachment; filename=flat.jpg"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert (part.status_code, part.data) == (206, b"234")
    assert known.status_code == 304


def test_a_picture_that_is_not_drawn_yet_cannot_be_downloaded(agency: Api, world: World) -> None:
    world.plan()
    (planned,) = world.rows(Asset, sha256=None)

    answer = agency.get(f"/assets/{planned.id}/file")

    assert problem(answer)[:2] == (409, "not_ready")


def test_a_file_that_is_lost_is_told_and_asked_for(agency: Api, world: World) -> None:
    world.ports.assets.path(world.photo.sha256 or "").unlink()

    answer = agency.get(f"/assets/{world.photo.id}/file")

    assert problem(answer)[:2] == (409, "file_missing")
    assert "upload the same file again" in answer.get_json()["detail"]
    assert world.alerts() == {"file_missing"}
