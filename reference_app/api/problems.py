"""Errors as `application/problem+json`: what was wrong, field by field, in words and codes."""

from __future__ import annotations

import logging
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from werkzeug.exceptions import HTTPException

from postengine.engine.posts.errors import Conflict, Invalid, NotFound, Problem
from postengine.errors import PostEngineError

_log = logging.getLogger(__name__)
_RETRY_AFTER_S = 5
_CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "wrong_method",
    413: "too_large",
    415: "wrong_type",
}


class NotValid(Exception):
    """What came in does not fit the model of its route.

    Attributes:
        cause: Says where and why.
    """

    def __init__(self, cause: ValidationError) -> None:
        super().__init__(f"{cause.error_count()} problems")
        self.cause = cause


@contextmanager
def reading() -> Generator[None]:
    """Turn the errors of a model that reads a request into `NotValid`; all others are our own fault."""
    try:
        yield
    except ValidationError as error:
        raise NotValid(error) from error


def problem(status: int, code: str, detail: str, errors: Sequence[Problem] = (), **headers: str) -> Response:
    """Return a problem as a response; `headers` name theirs with `_` for `-`."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": [{"field": one.field, "code": one.code, "message": one.message} for one in errors],
    }
    response = make_response(jsonify(body), status)
    response.headers["Content-Type"] = "application/problem+json"
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


def answer_errors(app: Flask) -> None:
    """Let `app` answer every error as a problem."""
    app.register_error_handler(NotValid, _not_valid)
    app.register_error_handler(PostEngineError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _crashed)


def _not_valid(error: NotValid) -> Response:
    details = error.cause.errors(include_url=False, include_context=False, include_input=False)
    if any(one["type"] == "json_invalid" for one in details):
        return problem(400, "not_json", "the body is not JSON; send an object as application/json")
    found = [Problem(_path(one), one["type"], one["msg"]) for one in details]
    return problem(422, "invalid", f"{len(found)} fields are not as they should be; see errors", found)


def _path(one: ErrorDetails) -> str:
    """Return `media[0].kind` for `("media", 0, "kind")`; which form of a union was tried is left out."""
    text = ""
    for part in one["loc"]:
        if isinstance(part, int):
            text += f"[{part}]"
        elif part.isidentifier() and part.islower():
            text += f".{part}"
    return text.removeprefix(".")


def _refused(error: PostEngineError) -> Response:
    match error:
        case NotFound():
            return problem(404, "not_found", str(error))
        case Invalid(problems=problems):
            return problem(422, "invalid", str(error), problems)
        case Conflict(code=code):
            return problem(409, code, str(error))
        case _ if error.retryable:
            wait = str(round(error.retry_after or _RETRY_AFTER_S))
            return problem(503, "unavailable", str(error), Retry_After=wait)
        case _:
            _log.error("refused: %s", error, exc_info=error)
            return problem(500, "failed", "the service could not do it; its log says why")


def _http(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    return problem(status, _CODES.get(status, "http"), error.description or HTTPStatus(status).phrase)


def _crashed(error: Exception) -> Response:
    """The edge: whatever else goes wrong is logged, and nothing of it is told."""
    _log.error("crashed", exc_info=error)
    return problem(500, "crashed", "something went wrong inside the service; its log says what")
