"""The dashboard: log in, look, log out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from postengine.engine.ledger.change import changing
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import DeliveryState, Step
from reference_app.app import create_app
from reference_app.dashboard import dashboard
from reference_app.installation import set_drafts_only
from reference_app.settings import Settings
from tests.unit.engine.world import World

from .conftest import Api


@pytest.fixture
def page(client: FlaskClient, operator_token: str) -> FlaskClient:
    """A browser that is logged in as an operator."""
    client.post("/login", data={"token": operator_token})
    return client


def test_nobody_sees_anything_without_a_token(client: FlaskClient) -> None:
    assert client.get("/").headers["Location"] == "/login"
    assert client.get("/dashboard.json").status_code == 401
    assert "Access token" in client.get("/login").get_data(as_text=True)


def test_a_wrong_token_is_told_and_gives_no_cookie(client: FlaskClient) -> None:
    answer = client.post("/login", data={"token": "guessed"})

    assert answer.status_code == 403
    assert 'role="alert"' in answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers


def test_a_login_gives_a_cookie_that_no_script_and_no_other_site_can_use(
    client: FlaskClient, operator_token: str
) -> None:
    answer = client.post("/login", data={"token": operator_token})

    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert operator_token not in cookie


def test_over_https_the_cookie_stays_there(settings: Settings, world: World, operator_token: str) -> None:
    app = create_app(settings.model_copy(update={"public_url": "https://posts.test"}), world.ports)

    answer = app.test_client().post("/login", data={"token": operator_token})

    assert "Secure" in answer.headers["Set-Cookie"]
    assert "Strict-Transport-Security" in answer.headers


def test_the_page_shows_posts_with_their_deliveries_and_what_needs_a_person(
    page: FlaskClient, world: World
) -> None:
    post = world.plan(world.instagram, world.whatsapp)
    world.change(Delivery, world.deliveries(post)[0], state=DeliveryState.UNCONFIRMED)
    with changing(world.ports) as change:
        change.alert("push_gone", "device", "d", "Look <at> it", None)

    text = page.get("/").get_data(as_text=True)

    assert "3 Bedroom Apartment" in text
    assert "Harbour &amp; Hill" in text
    assert '<span class="state unconfirmed">unconfirmed</span>' in text
    assert "needs a decision" in text
    assert "Look &lt;at&gt; it" in text
    assert '<span class="remedy">Look at the network itself' in text
    assert '<span class="evidence">&#34;3 Bedroom Apartment&#34; on Instagram (instagram), due ' in text
    assert text.index("Needs attention") < text.index("3 Bedroom Apartment")


def test_the_live_board_says_the_same_as_the_page(page: FlaskClient, world: World) -> None:
    world.plan(world.instagram)
    set_drafts_only(world.ports, is_on=True)

    board = page.get("/dashboard.json").get_json()

    assert (board["needs_decision"], board["is_drafts_only"], board["cron_seen_at"]) == (0, True, "")
    assert [one["title"] for one in board["posts"]] == ["3 Bedroom Apartment"]
    assert board["posts"][0]["deliveries"][0]["state"] == "planned"


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"next_step": Step.MISS}, {"step": "missed unless it can be sent by"}),
        ({"next_step": Step.EXPIRE}, {"step": "missed without an answer by"}),
        ({"next_step": None, "act_at": None}, {"step": "", "at": ""}),
        ({"next_step": Step.PROMOTE}, {"step": "promote"}),
        ({"recall": DeliveryState.CANCELLED}, {"state": "recalling"}),
        ({"release_url": "javascript:alert(1)"}, {"url": ""}),
        ({"release_url": "https://instagram.test/p"}, {"url": "https://instagram.test/p"}),
    ],
)
def test_a_delivery_is_told_in_words_that_nobody_misreads(
    page: FlaskClient, world: World, fields: dict[str, object], line: dict[str, str]
) -> None:
    world.change(Delivery, world.delivery(world.plan()), **fields)

    shown = page.get("/dashboard.json").get_json()["posts"][0]["deliveries"][0]

    assert line.items() <= shown.items()


def test_posts_of_long_ago_are_left_out(page: FlaskClient, world: World) -> None:
    world.plan(world.instagram)
    world.clock.advance(timedelta(days=3))

    assert page.get("/dashboard.json").get_json()["posts"] == []
    assert "Nothing is planned." in page.get("/").get_data(as_text=True)


def test_an_agency_sees_its_own_posts_alone(
    client: FlaskClient, rival: Api, agency: Api, world: World
) -> None:
    world.plan(world.instagram)

    client.post("/login", data={"token": rival.token})
    of_the_rival = client.get("/dashboard.json").get_json()["posts"]
    client.post("/login", data={"token": agency.token})
    of_the_agency = client.get("/dashboard.json").get_json()["posts"]

    assert (len(of_the_rival), len(of_the_agency)) == (0, 1)


def test_logging_out_and_revoking_the_token_both_end_it(
    page: FlaskClient, api: Api, operator_token: str
) -> None:
    page.post("/logout")
    after_logout = page.get("/").status_code
    page.post("/login", data={"token": operator_token})
    token_id = api.get("/tokens").get_json()["items"][0]["id"]
    api.post(f"/tokens/{token_id}/revoke")

    assert (after_logout, page.get("/").status_code) == (302, 302)


def test_the_pages_load_nothing_but_our_own_files(page: FlaskClient) -> None:
    answer = page.get("/")
    text = answer.get_data(as_text=True)

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<style" not in text
    assert " style=" not in text
    assert text.count("<script") == text.count('<script src="/static/') == 1


@pytest.mark.parametrize("name", ["dashboard.css", "dashboard.js", "icon.svg"])
def test_the_static_files_are_served(client: FlaskClient, name: str) -> None:
    with client.get(f"/static/{name}") as answer:
        assert answer.status_code == 200


def test_every_element_that_the_script_looks_for_is_on_the_page(page: FlaskClient) -> None:
    folder = Path(dashboard.__globals__["__file__"]).parent / "static"
    script = (folder / "dashboard.js").read_text(encoding="utf-8")

    text = page.get("/").get_data(as_text=True)

    for part in script.split('getElementById("')[1:]:
        assert f'id="{part.split(chr(34))[0]}"' in text
