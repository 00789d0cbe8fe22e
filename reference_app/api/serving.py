"""From a table of routes to a blueprint: who asks, what comes in, what goes out, and the tick afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from flask import Blueprint, Response, make_response, request
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType

from postengine.engine.ports import Ports
from reference_app.settings import Settings
from reference_app.ticking import wake
from reference_app.tokens import read_token

from .problems import problem, reading
from .route import Call, Route
from .shape import Answer, Body

_MOST_JSON_BYTES = 1_000_000


def serve(topic: str, routes: Sequence[Route], ports: Ports, settings: Settings) -> Blueprint:
    """Return a blueprint with `routes`, to be mounted at `/api/v1`."""
    blueprint = Blueprint(f"api_{topic}", __name__)
    for route in routes:
        path = route.path.replace("{", "<").replace("}", ">")
        view = _view(route, ports, settings)
        blueprint.add_url_rule(path, route.name, view, methods=[route.method])
    return blueprint


def _view(route: Route, ports: Ports, settings: Settings) -> Callable[..., Response]:
    def view(**parameters: str) -> Response:
        access = read_token(ports, _bearer())
        if access is None:
            detail = "send a token of this service as Authorization: Bearer …"
            return problem(401, "unauthorized", detail, WWW_Authenticate="Bearer")
        if route.is_for_operators and not access.is_operator:
            raise Forbidden("this is for operators; the token belongs to one tenant")
        call = Call(ports=ports, settings=settings, access=access)
        answer = route.do(call, **parameters, **_given(route))
        if route.writes:
            wake(ports)
        return _respond(answer)

    return view


def _bearer() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _given(route: Route) -> dict[str, Body]:
    """Return the body and the query, validated, under the names by which a route takes them."""
    given: dict[str, Body] = {}
    if "\x00" in request.path or any("\x00" in value for value in request.args.values()):
        raise BadRequest("an address holds no NUL character")
    with reading():
        if route.query is not None:
            given["query"] = route.query.model_validate(request.args.to_dict())
        if route.body is not None and not route.is_upload:
            given["body"] = route.body.model_validate_json(_json_bytes())
    return given


def _json_bytes() -> bytes:
    request.max_content_length = _MOST_JSON_BYTES
    raw = request.get_data(cache=False)
    if raw and not request.is_json:
        raise UnsupportedMediaType("send the body as application/json")
    if b"\\u0000" in raw:
        raise BadRequest("text holds no NUL character")
    return raw or b"{}"


def _respond(answer: object) -> Response:
    if not isinstance(answer, Answer):
        return cast("Response", answer)
    response = make_response(answer.view.model_dump_json(), answer.status)
    response.headers["Content-Type"] = "application/json"
    response.headers.update(answer.headers)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
