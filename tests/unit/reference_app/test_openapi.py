"""The description of the API fits the API, and itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reference_app.api.topics import TOPICS

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def document(client: FlaskClient) -> dict[str, object]:
    found: dict[str, object] = client.get("/openapi.json").get_json()
    return found


def operations(document: dict) -> Iterator[tuple[str, str, dict]]:  # type: ignore[type-arg] # as JSON is
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def test_it_describes_every_route_that_is_served(app: Flask, document: dict[str, object]) -> None:
    served = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert {(path, method) for path, method, _ in operations(document)} == served


def test_it_has_what_openapi_asks_for(document: dict[str, object]) -> None:
    assert document["openapi"] == "3.1.0"
    assert {"title", "version"} <= set(document["info"])  # type: ignore[call-overload]
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names)) == sum(len(table) for table in TOPICS.values())
    for path, method, operation in operations(document):
        assert method in METHODS
        declared = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert declared == set(re.findall(r"{(\w+)}", path))
        assert all(one["required"] for one in operation["parameters"] if one["in"] == "path")
        assert {"401", "422"} <= set(operation["responses"])
        assert all(answer["description"] for answer in operation["responses"].values())
        assert ("requestBody" in operation) == (method != "get")


def test_every_reference_leads_somewhere(document: dict[str, object]) -> None:
    references = set(re.findall(r'"\$ref": "#/components/schemas/([^"]+)"', json.dumps(document)))

    schemas = document["components"]["schemas"]  # type: ignore[index]
    assert references == references & set(schemas)
    assert "PostDetail" in references
    assert "$defs" not in json.dumps(document)


def test_an_upload_is_a_form_with_a_file(document: dict[str, object]) -> None:
    upload = document["paths"]["/api/v1/assets"]["post"]  # type: ignore[index]

    schema = upload["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert (schema["required"], set(schema["properties"])) == (["file"], {"file", "tenant"})
