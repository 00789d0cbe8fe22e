"""Finding out what is wrong between us and Postiz, in words for the person who sets it up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import urlsplit

from postengine.postiz.calls import account, integrations
from postengine.postiz.carrying.conversation import Conversation, ask
from postengine.postiz.errors import (
    PostizAnswerInvalid,
    PostizError,
    PostizKeyRefused,
    PostizOutage,
    PostizRejected,
    PostizUnanswered,
    PostizUnreachable,
)


class ProbeProblem(StrEnum):
    """What a probe found wrong."""

    UNREACHABLE = "unreachable"
    UNANSWERED = "unanswered"
    WRONG_ADDRESS = "wrong_address"
    KEY_UNKNOWN = "key_unknown"
    GRANT_UNKNOWN = "grant_unknown"
    OUTAGE = "outage"
    OTHER = "other"


@dataclass(frozen=True)
class Probe:
    """What a probe found.

    Attributes:
        is_ok: Address and key are right, and Postiz answers.
        summary: One sentence on how it stands.
        problem: What is wrong; None if nothing is.
        remedy: What to do about it; empty if there is nothing to do.
        channels: How many channels the account has, disabled ones included; None if that is not known.
    """

    is_ok: bool
    summary: str
    problem: ProbeProblem | None = None
    remedy: str = ""
    channels: int | None = None


def probe(root: str) -> Conversation[Probe]:
    """Ask for the connection and the channels, and put what comes of it into words; raises no `PostizError`.

    Args:
        root: The root of the API that is asked, as `api_url` returns it.
    """
    try:
        yield from ask(account.is_connected())
        listed = yield from ask(integrations.list_integrations())
    except PostizError as error:
        return diagnose(error, root)
    count = len(listed.value)
    return Probe(
        is_ok=True,
        summary=f"Postiz answers at {root}, and its account has {count} channel{'' if count == 1 else 's'}.",
        remedy="" if count else "Connect a channel in Postiz before posts are planned.",
        channels=count,
    )


def diagnose(error: PostizError, root: str) -> Probe:
    """Say in words what `error`, met at `root`, stands for."""
    host = urlsplit(root).netloc
    match error:
        case PostizUnreachable():
            summary = f"No connection to {host}."
            remedy = "Check host name, port and firewall, and that Postiz is running."
            return Probe(is_ok=False, problem=ProbeProblem.UNREACHABLE, summary=summary, remedy=remedy)
        case PostizKeyRefused():
            return _refused(error, host)
        case PostizOutage():
            summary = f"Postiz is there at {host}, but its database or another part behind it is down."
            remedy = "Wait, or look at Postiz's own logs; the key is not the reason."
            return Probe(is_ok=False, problem=ProbeProblem.OUTAGE, summary=summary, remedy=remedy)
        case PostizUnanswered():
            summary = f"{host} took the request and Postiz did not answer it: {error}"
            remedy = "Look whether Postiz's backend is running; the proxy before it is."
            return Probe(is_ok=False, problem=ProbeProblem.UNANSWERED, summary=summary, remedy=remedy)
        case PostizAnswerInvalid() | PostizRejected(status_code=HTTPStatus.NOT_FOUND):
            return _elsewhere(error, root)
        case _:
            remedy = "See Postiz's own logs for the time of this request."
            return Probe(is_ok=False, problem=ProbeProblem.OTHER, summary=str(error), remedy=remedy)


def _refused(error: PostizKeyRefused, host: str) -> Probe:
    said = "; ".join(error.messages)
    if "OAuth token" in said:
        summary = f"Postiz at {host} does not know this OAuth token."
        remedy = "The user has revoked it or consented anew: send them through the consent page again."
        return Probe(is_ok=False, problem=ProbeProblem.GRANT_UNKNOWN, summary=summary, remedy=remedy)
    summary = f"Postiz at {host} does not know this API key ({said or 'it said no more'})."
    remedy = "Copy the key of this very instance from its settings, as it is and without Bearer before it."
    return Probe(is_ok=False, problem=ProbeProblem.KEY_UNKNOWN, summary=summary, remedy=remedy)


def _elsewhere(error: PostizError, root: str) -> Probe:
    """Something answers, and it is not the API."""
    base = root.removesuffix("/public/v1")
    if isinstance(error, PostizAnswerInvalid) and error.status_code >= HTTPStatus.MULTIPLE_CHOICES:
        remedy = "Give the address that it leads to as base URL, if that is Postiz's."
    elif base.endswith("/api"):
        remedy = "Check the host; the base URL of Postiz's cloud is https://api.postiz.com."
    else:
        remedy = f"A self-hosted Postiz has its API below /api: try {base}/api as base URL."
    summary = f"Something answers at {base}, but not Postiz's API: {error}"
    return Probe(is_ok=False, problem=ProbeProblem.WRONG_ADDRESS, summary=summary, remedy=remedy)
