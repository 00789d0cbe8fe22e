"""Postiz's webhook: unsigned and empty as it may be, it only wakes the polls."""

from __future__ import annotations

import hmac
import logging
from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, Response, abort

from postengine.engine.ports import AtMost, Ports
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import DeliveryState, Step
from postengine.errors import PostEngineError
from reference_app.logs import with_fields
from reference_app.marks import WEBHOOK, marked_at, set_mark
from reference_app.ticking import wake

_log = logging.getLogger(__name__)
_AT_MOST_EVERY = timedelta(minutes=1)
_AT_MOST = 500


def webhooks(ports: Ports, secret: str) -> Blueprint:
    """Return a blueprint with `POST /webhooks/postiz/<secret>`."""
    blueprint = Blueprint("webhooks", __name__)

    def postiz(given: str) -> Response:
        if not hmac.compare_digest(given.encode(), secret.encode()):
            abort(404)
        try:
            is_woken = wake_polls(ports)
        except PostEngineError as error:  # a hint that is lost costs a minute; Postiz does not repeat it
            _log.warning("webhook lost", extra=with_fields(error=error))
        else:
            if is_woken:
                wake(ports)
        return Response(status=204)

    blueprint.add_url_rule("/webhooks/postiz/<given>", "postiz", postiz, methods=["POST"])
    return blueprint


def wake_polls(ports: Ports) -> bool:
    """Let each account be looked at now that has a promoted post whose time has come; at most once a minute.

    One post of each is enough: its look tells of all the others.
    """
    with ports.store.transaction() as tx:
        last = marked_at(tx, WEBHOOK)
        if last is not None and tx.now - last < _AT_MOST_EVERY:
            return False
        set_mark(tx, WEBHOOK, ports.owner)
        where = {
            "state": DeliveryState.PROMOTED,
            "next_step": Step.CONFIRM,
            "lease_until": None,
            "due_at": AtMost(tx.now),
        }
        waiting = tx.find(Delivery, where, order_by="act_at", limit=_AT_MOST)
        for delivery_id in sorted({row.account_id: row.id for row in waiting}.values()):
            row = tx.get(Delivery, delivery_id, lock=True)
            if row is not None and row.next_step is Step.CONFIRM and row.lease_until is None:
                tx.save(replace(row, act_at=tx.now))
    return bool(waiting)
