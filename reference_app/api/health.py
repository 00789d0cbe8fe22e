"""Health: is the process there, and is all there that it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, Response, jsonify, make_response

from postengine.engine.ports import Ports
from postengine.errors import PostEngineError
from reference_app.marks import CRON, marked_at

_CRON_SEEN_WITHIN = timedelta(seconds=90)


def health(ports: Ports) -> Blueprint:
    """Return a blueprint with `/healthz` and `/readyz`."""
    blueprint = Blueprint("health", __name__)

    def healthz() -> Response:
        return jsonify(status="ok")

    def readyz() -> Response:
        checks = {"store": _store, "queue": _queue, "cron": _cron}
        found = {name: _said(check, ports) for name, check in checks.items()}
        is_ready = all(said == "ok" for said in found.values())
        return make_response(
            jsonify(status="ok" if is_ready else "not ready", checks=found), 200 if is_ready else 503
        )

    blueprint.add_url_rule("/healthz", "healthz", healthz)
    blueprint.add_url_rule("/readyz", "readyz", readyz)
    return blueprint


def _said(check: Callable[[Ports], str], ports: Ports) -> str:
    try:
        return check(ports)
    except PostEngineError as error:
        return type(error).__name__


def _store(ports: Ports) -> str:
    ports.store.now()
    return "ok"


def _queue(ports: Ports) -> str:
    ports.dispatcher.send([])
    return "ok"


def _cron(ports: Ports) -> str:
    with ports.store.transaction() as tx:
        seen_at = marked_at(tx, CRON)
        if seen_at is None:
            return "never seen"
        age = tx.now - seen_at
    return "ok" if age <= _CRON_SEEN_WITHIN else f"last seen {age.total_seconds():.0f} s ago"
