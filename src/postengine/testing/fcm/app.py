"""The fake's face: a WSGI app with FCM's addresses, a token server, and a control panel under `/_fake`."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, cast

import httpx
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError
from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from .faults import Fault
from .service import Arrival, ConnectionDropped, FakeFcmService
from .wire_errors import WireError, malformed_json, not_found

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_URLS = Map(
    [
        Rule("/token", endpoint="token", methods=["POST"]),
        Rule("/v1/projects/<project>/messages:send", endpoint="send", methods=["POST"]),
        Rule("/_fake/messages", endpoint="messages", methods=["GET"]),
        Rule("/_fake/devices", endpoint="devices", methods=["POST"]),
        Rule("/_fake/faults", endpoint="faults", methods=["POST", "DELETE"]),
        Rule("/_fake/service-account", endpoint="service_account", methods=["GET"]),
    ]
)


class _Devices(BaseModel):
    """Body of `POST /_fake/devices`."""

    model_config = ConfigDict(extra="forbid")

    to_register: list[str] = Field(default=[], alias="register")
    to_unregister: list[str] = Field(default=[], alias="unregister")


class FakeFcmApp:
    """WSGI application around a `FakeFcmService`.

    Args:
        service: Does what the requests ask for.
    """

    def __init__(self, service: FakeFcmService) -> None:
        self._service = service
        self._views: dict[str, Callable[..., JsonValue]] = {
            "token": self._token,
            "send": self._send,
            "messages": self._messages,
            "devices": self._devices,
            "faults": self._faults,
            "service_account": self._service_account,
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        return self._respond(request)(environ, start_response)

    def _respond(self, request: Request) -> Response:
        try:
            endpoint, arguments = _URLS.bind_to_environ(request.environ).match()
            return _json(200, self._views[cast("str", endpoint)](request, **arguments))
        except WireError as error:
            return _json(error.status, error.body, error.headers)
        except ValidationError as error:
            return _json(400, {"error": error.errors(include_url=False)[0]["msg"]})
        except ConnectionDropped:
            return _cut(request)
        except HTTPException as error:
            return _json(error.code or 404, not_found(error.name).body)

    def _token(self, request: Request) -> JsonValue:
        return self._service.grant(request.form.get("assertion", ""))

    def _send(self, request: Request, project: str) -> JsonValue:
        scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
        return self._service.send(project, bearer if scheme == "Bearer" else None, _read(request))

    def _messages(self, request: Request) -> JsonValue:
        after = request.args.get("after", 0, type=int)
        arrivals = self._service.arrivals_after(after, request.args.get("fid"))
        return {
            "messages": [_show(arrival) for arrival in arrivals],
            "after": arrivals[-1].number if arrivals else after,
        }

    def _devices(self, request: Request) -> JsonValue:
        devices = _Devices.model_validate_json(request.data)
        self._service.register(*devices.to_register)
        self._service.unregister(*devices.to_unregister)
        return {}

    def _faults(self, request: Request) -> JsonValue:
        if request.method == "DELETE":
            self._service.faults.clear()
        else:
            self._service.faults.place(Fault.model_validate_json(request.data))
        return {}

    def _service_account(self, request: Request) -> JsonValue:
        return {**self._service.account.key_file(f"{request.host_url}token")}


def _show(arrival: Arrival) -> JsonValue:
    return {
        "number": arrival.number,
        "fid": arrival.fid,
        "name": arrival.name,
        "at": arrival.at.isoformat(),
        "message": arrival.message,
    }


def _read(request: Request) -> JsonValue:
    try:
        return cast("JsonValue", json.loads(request.data))
    except ValueError:
        raise malformed_json("", "Invalid JSON payload received. Unexpected token.") from None


def _json(status: int, body: JsonValue, headers: dict[str, str] | None = None) -> Response:
    return Response(json.dumps(body), status, headers, content_type="application/json; charset=UTF-8")


def _cut(request: Request) -> Response:
    """End the connection; in-process there is none, so raise what a client would have raised."""
    connection = request.environ.get("werkzeug.socket")
    if connection is None:
        raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
    cast("socket.socket", connection).shutdown(socket.SHUT_RDWR)
    return Response()
