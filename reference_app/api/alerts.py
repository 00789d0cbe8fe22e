"""Alerts: what a person should look at."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from postengine.engine.ledger.change import changing
from postengine.engine.posts.record import Alert
from postengine.engine.trouble.reading import trouble
from postengine.engine.trouble.value import Trouble, TroubleCode

from .paging import page
from .references import choose_tenant, need_owned, tenant_filter
from .route import Call, Route
from .shape import Answer, Body, Listed, Nothing, View


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


class TroubleWanted(Body):
    """Which trouble is wanted."""

    tenant: str | None = Field(default=None, description="id or external id of a tenant")
    code: TroubleCode | None = None


class TroubleView(View):
    """What needs a person, with what is known of it and what to do."""

    key: str
    code: TroubleCode
    gravity: Literal["slight", "serious", "grave"]
    subject: str
    subject_id: str
    tenant_id: str | None
    since: datetime
    what: str
    evidence: list[str]
    remedy: str


class TroubleList(View):
    """All trouble, the gravest first."""

    items: list[TroubleView]


def list_trouble(call: Call, query: TroubleWanted) -> Answer:
    """List what needs a person now; an operator's list has the service's own, too."""
    tenant_id: str | None = None
    if query.tenant is not None or not call.access.is_operator:
        with call.ports.store.transaction() as tx:
            tenant_id = choose_tenant(tx, call.access, query.tenant).id
    found = trouble(call.ports.store, call.ports.timings, tenant_id=tenant_id)
    shown = [_view(one) for one in found if query.code is None or one.code is query.code]
    return Answer(TroubleList(items=shown))


def _view(one: Trouble) -> TroubleView:
    fields = {name: getattr(one, name) for name in TroubleView.model_fields if name != "gravity"}
    return TroubleView.model_validate({**fields, "gravity": one.gravity.name.lower()})


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
        path="/trouble",
        summary="List what needs a person now, with its evidence and its remedy, the gravest first",
        do=list_trouble,
        query=TroubleWanted,
        answers={200: TroubleList},
    ),
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
