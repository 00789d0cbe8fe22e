"""The API's description, OpenAPI 3.1, made from the table of routes and the models."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Literal, cast

from flask import Blueprint, Response, jsonify
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from .route import Route
from .shape import Body, View
from .topics import TOPICS

API_VERSION = "1.0"
JsonObject = dict[str, object]
_REF = "#/components/schemas/{model}"
_EVERY_ROUTE = (400, 401, 422, 503)
_BINARY: JsonObject = {"type": "string", "format": "binary"}


class ProblemItem(View):
    """One thing that is wrong with a field."""

    field: str
    code: str
    message: str


class ProblemView(View):
    """What went wrong (RFC 9457); `code` and `errors` are for programs."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[ProblemItem]


def openapi(base_url: str) -> Blueprint:
    """Return a blueprint with `/openapi.json`."""
    blueprint = Blueprint("openapi", __name__)

    def show() -> Response:
        return jsonify(describe(TOPICS, base_url))

    blueprint.add_url_rule("/openapi.json", "show", show)
    return blueprint


def describe(topics: Mapping[str, tuple[Route, ...]], base_url: str) -> JsonObject:
    """Return the document for all routes of `topics`."""
    routes = [(topic, route) for topic, table in topics.items() for route in table]
    paths: dict[str, JsonObject] = {}
    for topic, route in routes:
        operations = paths.setdefault(f"/api/v1{route.path}", {})
        operations[route.method.lower()] = _operation(topic, route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "postengine reference service", "version": API_VERSION},
        "servers": [{"url": base_url}],
        "security": [{"token": []}],
        "tags": [{"name": topic} for topic in topics],
        "paths": paths,
        "components": {
            "schemas": _schemas([route for _, route in routes]),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(topic: str, route: Route) -> JsonObject:
    operation: JsonObject = {
        "operationId": f"{topic}.{route.name}",
        "tags": [topic],
        "summary": route.summary,
        "parameters": _parameters(route),
        "responses": _responses(route),
    }
    if route.body is not None:
        operation["requestBody"] = {"required": not route.is_upload, "content": _request(route, route.body)}
    return operation


def _request(route: Route, body: type[Body]) -> JsonObject:
    if not route.is_upload:
        return {"application/json": {"schema": _ref(body)}}
    schema = body.model_json_schema(ref_template=_REF)
    properties = cast("JsonObject", schema["properties"]) | {"file": _BINARY}
    return {"multipart/form-data": {"schema": schema | {"properties": properties, "required": ["file"]}}}


def _parameters(route: Route) -> list[JsonObject]:
    named: list[JsonObject] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": f"id of the {name}, or its external id where it has one",
            "schema": {"type": "string"},
        }
        for name in route.parameters
    ]
    if route.query is None:
        return named
    schema = route.query.model_json_schema(ref_template=_REF)
    required = cast("list[str]", schema.get("required", []))
    properties = cast("Mapping[str, JsonObject]", schema.get("properties", {}))
    return named + [
        {"name": name, "in": "query", "required": name in required, "schema": one}
        for name, one in properties.items()
    ]


def _responses(route: Route) -> JsonObject:
    answers: JsonObject = {}
    for status, view in sorted(route.answers.items()):
        kind, schema = ("*/*", _BINARY) if view is None else ("application/json", _ref(view))
        answers[str(status)] = {
            "description": HTTPStatus(status).phrase,
            "content": {kind: {"schema": schema}},
        }
    refused = (403,) if route.is_for_operators else ()
    for status in sorted({*_EVERY_ROUTE, *route.problems, *refused}):
        answers[str(status)] = {
            "description": HTTPStatus(status).phrase,
            "content": {"application/problem+json": {"schema": _ref(ProblemView)}},
        }
    return answers


def _schemas(routes: list[Route]) -> JsonObject:
    """Return the schema of every model that a route names, and of all that they are made of."""
    wanted: dict[tuple[type[BaseModel], Literal["validation", "serialization"]], None] = {}
    for route in routes:
        wanted |= {(view, "serialization"): None for view in route.answers.values() if view is not None}
        if route.body is not None:
            wanted[route.body, "validation"] = None
        if route.query is not None:
            wanted[route.query, "validation"] = None
    wanted[ProblemView, "serialization"] = None
    _, schemas = models_json_schema(list(wanted), ref_template=_REF)
    return cast("JsonObject", schemas["$defs"])


def _ref(model: type[BaseModel]) -> JsonObject:
    return {"$ref": _REF.format(model=model.__name__)}
