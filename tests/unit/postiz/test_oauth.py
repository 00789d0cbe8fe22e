"""OAuth2: the consent page, the code, and the token."""

from __future__ import annotations

import json
import logging

import httpx
import pytest
from pydantic import SecretStr

from postengine.postiz import (
    AsyncOAuthClient,
    OAuthClient,
    PostizAnswerInvalid,
    PostizClient,
    PostizRejected,
    authorize_url,
)
from postengine.testing.clock import FakeClock

from .script import BASE, Script, run, says

TOKEN = {"id": "org1", "cus": None, "access_token": "pos_secret", "token_type": "bearer", "scope": "all"}


def client_of(script: Script) -> OAuthClient:
    http = httpx.Client(transport=httpx.MockTransport(script))
    return OAuthClient(http, base_url=BASE, client_id="pca_1", client_secret="s3cret", clock=FakeClock())


def test_the_consent_page_is_the_frontends() -> None:
    assert (
        authorize_url("https://h.example", "pca 1", "a&b")
        == "https://h.example/oauth/authorize?client_id=pca+1&response_type=code&state=a%26b"
    )


def test_a_code_becomes_a_token_that_is_sent_raw() -> None:
    script = Script(says(200, TOKEN), says(200, {"connected": True}))

    token = client_of(script).exchange_code("c0de").value
    http = httpx.Client(transport=httpx.MockTransport(script))
    PostizClient(http, base_url=BASE, api_key=token.access_token).is_connected()

    asked, used = script.requests
    assert str(asked.url) == "https://h.example/api/oauth/token"
    assert "Authorization" not in asked.headers
    assert json.loads(asked.content) == {
        "grant_type": "authorization_code",
        "code": "c0de",
        "client_id": "pca_1",
        "client_secret": "s3cret",
    }
    assert token.organisation_id == "org1"
    assert used.headers["Authorization"] == "pos_secret"


def test_tasks_and_registered_clients_send_two_more_fields() -> None:
    script = Script(says(200, TOKEN))

    async def exchange() -> str:
        http = httpx.AsyncClient(transport=httpx.MockTransport(script.asynchronously))
        async with AsyncOAuthClient(
            http, base_url=BASE, client_id="pcd_1", client_secret=SecretStr("s3cret")
        ) as client:
            answer = await client.exchange_code("c0de", code_verifier="v", redirect_uri="https://a.example/")
        await http.aclose()
        return answer.value.access_token.get_secret_value()

    assert run(exchange()) == "pos_secret"
    body = json.loads(script.requests[0].content)
    assert (body["code_verifier"], body["redirect_uri"]) == ("v", "https://a.example/")


def test_a_refused_code_says_why() -> None:
    body = {"error": "invalid_grant", "error_description": "expired"}

    with pytest.raises(PostizRejected, match="invalid_grant: expired") as caught:
        client_of(Script(says(400, body))).exchange_code("c0de")

    assert caught.value.messages == ("invalid_grant: expired",)


def test_neither_secret_nor_token_is_in_any_repr_error_or_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with client_of(Script(says(200, TOKEN), says(200, TOKEN | {"id": 7}))) as client:
        token = client.exchange_code("c0de")
        with pytest.raises(PostizAnswerInvalid) as caught:
            client.exchange_code("c0de")

    seen = repr(client) + repr(token) + repr(caught.value) + repr(vars(caught.value)) + caplog.text
    assert "pos_secret" not in seen
    assert "s3cret" not in seen
    assert caught.value.__cause__ is None
