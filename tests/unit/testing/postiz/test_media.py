"""Files: made, fetched, kept, forgotten."""

from __future__ import annotations

import httpx
import pytest

from postengine.testing.postiz import FakePostiz, WebFile

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 60
HOST = "https://files.example"


def fetch(http: httpx.Client, url: object) -> httpx.Response:
    return http.post("/upload-from-url", json={"url": url})


def test_a_file_of_the_web_becomes_an_upload(fake: FakePostiz, http: httpx.Client) -> None:
    fake.web[f"{HOST}/house.png"] = WebFile(PNG)
    fake.web[f"{HOST}/moved.png"] = WebFile(redirect="/house.png")

    media = fetch(http, f"{HOST}/moved.png").json()

    assert http.get(media["path"]).content == PNG


@pytest.mark.parametrize("name", ["gone.png", "broken.png", "round.png", "away.png", "inner.png"])
def test_what_cannot_be_fetched_says_so(name: str, fake: FakePostiz, http: httpx.Client) -> None:
    fake.web[f"{HOST}/broken.png"] = WebFile(status=500)
    fake.web[f"{HOST}/round.png"] = WebFile(redirect="/round.png")
    fake.web[f"{HOST}/away.png"] = WebFile(redirect="http://files.example/a.png")
    fake.web["http://files.example/a.png"] = WebFile(PNG)
    fake.web[f"{HOST}/inner.png"] = WebFile(redirect="https://10.0.0.1/a.png")
    fake.web["https://10.0.0.1/a.png"] = WebFile(PNG)

    answer = fetch(http, f"{HOST}/{name}")

    assert (answer.status_code, answer.json()) == (400, {"msg": "Failed to fetch URL"})


@pytest.mark.parametrize("url", ["https://10.0.0.1/a.png", "https://localhost/a.png", "https:///a.png", None])
def test_an_inner_address_is_refused_even_if_something_is_there(
    url: str | None, fake: FakePostiz, http: httpx.Client
) -> None:
    fake.web["https://10.0.0.1/a.png"] = fake.web["https://localhost/a.png"] = WebFile(PNG)

    answer = fetch(http, url)

    assert answer.status_code == 400
    assert "URL must be a public HTTPS URL and cannot point to internal network addresses" in answer.text


def test_a_video_is_as_large_as_the_server_takes(fake: FakePostiz, http: httpx.Client) -> None:
    fake.uploads.largest_video_bytes = 20

    answer = http.post("/upload", files={"file": b"\0\0\0\x18ftypmp42" + b"0" * 9})

    assert answer.json()["message"] == "File size exceeds the maximum allowed size of 20 bytes."


@pytest.mark.parametrize("is_url", [True, False])
def test_a_forgotten_file_is_gone(is_url: bool, fake: FakePostiz, http: httpx.Client) -> None:
    url = http.post("/upload", files={"file": PNG}).json()["path"]
    before = http.head(url)

    fake.uploads.forget(url if is_url else httpx.URL(url).path)

    assert (before.status_code, before.headers["content-length"]) == (200, str(len(PNG)))
    assert (http.head(url).status_code, http.get(url).status_code) == (404, 404)


def test_a_generated_video_can_be_posted(fake: FakePostiz, http: httpx.Client) -> None:
    fake.videos.credits = 1
    ask = {"type": "veo3", "output": "vertical", "customParams": {}}

    media, spent = http.post("/generate-video", json=ask), http.post("/generate-video", json=ask)

    assert (media.status_code, media.json()["name"][-4:]) == (201, ".mp4")
    assert spent.status_code == 402


def test_a_plan_without_a_limit_makes_any_number_of_videos(http: httpx.Client) -> None:
    ask = {"type": "image-text-slides", "output": "horizontal"}

    assert [http.post("/generate-video", json=ask).status_code for _ in range(3)] == [201] * 3


@pytest.mark.parametrize("ask", [[], {"type": "veo3"}, {"type": "nope", "output": "vertical"}])
def test_a_video_needs_a_type_and_an_output(ask: object, http: httpx.Client) -> None:
    assert http.post("/generate-video", json=ask).status_code == 400


def test_a_generator_lists_its_voices(http: httpx.Client) -> None:
    ask = {"identifier": "image-text-slides", "functionName": "loadVoices", "params": {}}

    voices, unknown = http.post("/video/function", json=ask), http.post("/video/function", json=[])

    assert (voices.status_code, len(voices.json()["voices"])) == (201, 1)
    assert unknown.status_code == 400
