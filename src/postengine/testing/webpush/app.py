"""The fake's face: a WSGI app with endpoints of subscriptions, and a control panel under `/_fake`."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, cast

import httpx
from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError
from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from .faults import Fault
from .refusal import ConnectionDropped, Refused
from .service import Arrival, PushService

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_URLS = Map(
    [
        Rule("/push/<id>", endpoint="push", methods=["POST"]),
        Rule("/_fake/messages", endpoint="messages", methods=["GET"]),
        Rule("/_fake/subscriptions", endpoint="subscribe", methods=["POST"]),
        Rule("/_fake/subscriptions/<id>", endpoint="unsubscribe", methods=["DELETE"]),
        Rule("/_fake/faults", endpoint="faults", methods=["POST", "DELETE"]),
    ]
)


class _Subscribe(BaseModel):
    """Body of `POST /_fake/subscriptions`."""

    model_config = ConfigDict(extra="forbid")

    application_server_key: str | None = None
    is_iphone: bool = False


class FakePushApp:
    """WSGI application around a `PushService`.

    Args:
        service: Does what the requests ask for.
    """

    def __init__(self, service: PushService) -> None:
        self._service = service
        self._views: dict[str, Callable[..., Response]] = {
            "push": self._push,
            "messages": self._messages,
            "subscribe": self._subscribe,
            "unsubscribe": self._unsubscribe,
            "faults": self._faults,
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        return self._respond(Request(environ))(environ, start_response)

    def _respond(self, request: Request) -> Response:
        try:
            endpoint, arguments = _URLS.bind_to_environ(request.environ).match()
            return self._views[cast("str", endpoint)](request, **arguments)
        except Refused as error:
            return Response(f"{error.text}\n", error.status, error.headers)
        except ValidationError as error:
            return _json({"error": error.errors(include_url=False)[0]["msg"]}, 400)
        except ConnectionDropped:
            return _cut(request)
        except HTTPException as error:
            return Response(f"{error.name}\n", error.code)

    def _push(self, request: Request, id: str) -> Response:  # noqa: A002
        headers = {name.lower(): value for name, value in request.headers.items()}
        arrival = self._service.push(id, headers, request.data, origin=request.host_url.rstrip("/"))
        told = {
            "Location": f"{request.host_url}message/{arrival.number}",
            "TTL": str(arrival.delivery.ttl_s),
        }
        return Response(status=201, headers=told)

    def _messages(self, request: Request) -> Response:
        after = request.args.get("after", 0, type=int)
        arrivals = self._service.arrivals_after(after, request.args.get("subscription"))
        shown: list[JsonValue] = [_show(arrival) for arrival in arrivals]
        return _json({"messages": shown, "after": arrivals[-1].number if arrivals else after})

    def _subscribe(self, request: Request) -> Response:
        wish = _Subscribe.model_validate_json(request.data or b"{}")
        made = self._service.subscribe(wish.application_server_key, is_iphone=wish.is_iphone)
        return _json({"id": made.id, **made.to_json()}, 201)

    def _unsubscribe(self, request: Request, id: str) -> Response:  # noqa: A002, ARG002
        self._service.unsubscribe(id)
        return _json({})

    def _faults(self, request: Request) -> Response:
        if request.method == "DELETE":
            self._service.faults.clear()
        else:
            self._service.faults.place(Fault.model_validate_json(request.data))
        return _json({})


def _show(arrival: Arrival) -> JsonValue:
    return cast("JsonValue", asdict(arrival) | {"at": arrival.at.isoformat()})


def _json(body: JsonValue, status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")


def _cut(request: Request) -> Response:
    """End the connection; in-process there is none, so raise what a client would have raised."""
    connection = request.environ.get("werkzeug.socket")
    if connection is None:
        raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
    cast("socket.socket", connection).shutdown(socket.SHUT_RDWR)
    return Response()
