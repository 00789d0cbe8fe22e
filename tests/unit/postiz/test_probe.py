"""What a probe says of each way to set a connection up wrongly."""

from __future__ import annotations

import httpx
import pytest

from postengine.postiz import PostizChannelUnusable, PostizClient, ProbeProblem

from .script import KEY, Handler, Script, async_client_of, client_of, raises, run, says, says_text

CONNECTED = says(200, {"connected": True})
CHANNEL = {"id": "i1", "name": "n", "identifier": "x", "disabled": True}


@pytest.mark.parametrize(
    ("channels", "said", "remedy"),
    [
        ([], "0 channels", "Connect a channel"),
        ([CHANNEL], "1 channel.", ""),
        ([CHANNEL] * 2, "2 channels", ""),
    ],
)
def test_a_right_setup_names_the_number_of_channels(channels: list[object], said: str, remedy: str) -> None:
    found = client_of(Script(CONNECTED, says(200, channels))).probe()

    assert (found.is_ok, found.problem, found.channels) == (True, None, len(channels))
    assert said in found.summary
    assert found.remedy.startswith(remedy)


@pytest.mark.parametrize(
    ("handler", "problem", "remedy"),
    [
        (raises(httpx.ConnectError), ProbeProblem.UNREACHABLE, "port"),
        (raises(httpx.ReadTimeout), ProbeProblem.UNANSWERED, "backend"),
        (says_text(502, "<html>Bad Gateway</html>"), ProbeProblem.UNANSWERED, "backend"),
        (says_text(200, "<html>Postiz</html>"), ProbeProblem.WRONG_ADDRESS, "api.postiz.com"),
        (says_text(404, "<html>Not Found</html>"), ProbeProblem.WRONG_ADDRESS, "api.postiz.com"),
        (
            lambda _: httpx.Response(308, headers={"Location": "https://other.example/"}),
            ProbeProblem.WRONG_ADDRESS,
            "leads to",
        ),
        (says(401, {"msg": "Invalid API key"}), ProbeProblem.KEY_UNKNOWN, "without Bearer"),
        (says(401, {"msg": None}), ProbeProblem.KEY_UNKNOWN, "without Bearer"),
        (says(401, {"msg": "Invalid OAuth token"}), ProbeProblem.GRANT_UNKNOWN, "consent page"),
        (says_text(401, ""), ProbeProblem.OUTAGE, "the key is not the reason"),
        (says_text(503, "<html>"), ProbeProblem.OUTAGE, "logs"),
        (says(403, {"msg": "Unauthorized"}), ProbeProblem.OTHER, "logs"),
    ],
)
def test_each_fault_has_its_words(handler: Handler, problem: ProbeProblem, remedy: str) -> None:
    found = client_of(Script(handler)).probe()
    same = run(async_client_of(Script(handler)).probe())

    assert (found.is_ok, found.problem, found.channels) == (False, problem, None)
    assert remedy in found.remedy
    assert KEY not in repr(found)
    assert found == same


def test_a_page_of_the_frontend_leads_to_the_missing_api() -> None:
    http = httpx.Client(transport=httpx.MockTransport(Script(says_text(200, "<html>"))))

    found = PostizClient(http, base_url="https://h.example", api_key="k").probe()

    assert found.problem is ProbeProblem.WRONG_ADDRESS
    assert "https://h.example/api " in found.remedy


@pytest.mark.parametrize(("channels", "reason"), [([], "unknown"), ([CHANNEL], "disabled")])
def test_a_slot_is_never_asked_for_a_channel_without_slots(channels: list[object], reason: str) -> None:
    script = Script(says(200, channels))

    with pytest.raises(PostizChannelUnusable) as caught:
        client_of(script).find_slot("i1")

    assert (caught.value.reason, caught.value.integration_id) == (reason, "i1")
    assert script.asked == ["GET /api/public/v1/integrations"]


def test_a_slot_that_is_not_found_in_time_is_not_asked_for_again() -> None:
    script = Script(says(200, [CHANNEL | {"disabled": False}]), raises(httpx.ReadTimeout))

    with pytest.raises(Exception, match="not answered"):
        client_of(script).find_slot("i1")

    assert len(script.requests) == 2
