"""Alerts: what a person should look at."""

from __future__ import annotations

from datetime import datetime

from postengine.engine.ledger.change import changing
from postengine.engine.posts.record import Alert

from .paging import page
from .references import need_owned, tenant_filter
from .route import Call, Route
from .shape import Answer, Listed, Nothing, View


class AlertsWanted(Listed):
    """Which alerts are wanted."""

    code: str | None = None
    is_cleared: bool = False


class AlertView(View):
    """Something that a person should look at."""

    id: str
    tenant_id: str | None
    code: str
    subject: str
    subject_id: str
    message: str
    at: datetime
    cleared_at: datetime | None


class AlertList(View):
    """A part of the alerts."""

    items: list[AlertView]
    next_cursor: str | None


def list_alerts(call: Call, query: AlertsWanted) -> Answer:
    """List alerts."""
    with call.ports.store.transaction() as tx:
        where = tenant_filter(tx, call.access, query.tenant)
        if query.code is not None:
            where["code"] = query.code
        if not query.is_cleared:
            where["cleared_at"] = None
        rows, cursor = page(tx, Alert, where, query)
    return Answer(AlertList(items=[AlertView.model_validate(row) for row in rows], next_cursor=cursor))


def clear_alert(call: Call, alert: str, body: Nothing) -> Answer:  # noqa: ARG001 - nothing is in it
    """Take an alert away, since it was dealt with."""
    with changing(call.ports) as change:
        row = need_owned(change.tx, call.access, Alert, alert)
        change.clear_alert(row.code, row.subject_id)
        return Answer(AlertView.model_validate(change.need(Alert, row.id)))


ROUTES = (
    Route(
        method="GET",
        path="/alerts",
        summary="List alerts; those that were dealt with only if asked for",
        do=list_alerts,
        query=AlertsWanted,
        answers={200: AlertList},
    ),
    Route(
        method="POST",
        path="/alerts/{alert}/clear",
        summary="Take an alert away, since it was dealt with",
        do=clear_alert,
        body=Nothing,
        answers={200: AlertView},
        problems=(404,),
    ),
)
