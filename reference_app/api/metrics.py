"""Metrics for Prometheus, counted from the store at each scrape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from flask import Blueprint, Response, request
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from postengine.engine.ports import Above, AtMost, Ports, Transaction
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import Alert
from postengine.engine.posts.states import DeliveryState
from postengine.engine.posts.timings import Timings
from postengine.engine.trouble.reading import trouble_in
from postengine.engine.trouble.value import TroubleCode
from reference_app.tokens import read_token

from .problems import problem

_LATENESS_OVER = timedelta(hours=1)


def metrics(ports: Ports) -> Blueprint:
    """Return a blueprint with `/metrics`, for an operator's token."""
    blueprint = Blueprint("metrics", __name__)
    registry = CollectorRegistry()
    registry.register(StoreCollector(ports))

    def show() -> Response:
        _, _, token = request.headers.get("Authorization", "").partition(" ")
        access = read_token(ports, token)
        if access is None or not access.is_operator:
            return problem(401, "unauthorized", "send an operator's token", WWW_Authenticate="Bearer")
        return Response(generate_latest(registry), content_type="text/plain; version=0.0.4; charset=utf-8")

    blueprint.add_url_rule("/metrics", "show", show)
    return blueprint


class StoreCollector(Collector):
    """Counts what is in the store."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def describe(self) -> Iterable[Metric]:
        """Say nothing beforehand, so that nothing is counted before the first scrape."""
        return []

    def collect(self) -> Iterable[Metric]:
        """Return the present values."""
        with self._ports.store.transaction() as tx:
            trouble = _trouble(tx, self._ports.timings)
            return [_states(tx), _backlog(tx), _oldest(tx), trouble, _alerts(tx), *_lateness(tx)]


def _states(tx: Transaction) -> Metric:
    family = GaugeMetricFamily("postengine_deliveries", "Deliveries by state.", labels=["state"])
    for state in DeliveryState:
        family.add_metric([state.value], tx.count(Delivery, {"state": state}))
    return family


def _backlog(tx: Transaction) -> Metric:
    family = GaugeMetricFamily("postengine_due", "Work that is due, in hand or not.", labels=["kind"])
    for name, kind in (("delivery", Delivery), ("asset", Asset)):
        family.add_metric([name], tx.count(kind, {"act_at": AtMost(tx.now)}))
    return family


def _oldest(tx: Transaction) -> Metric:
    is_due = {"act_at": AtMost(tx.now)}
    waiting = [row.act_at for row in tx.find(Delivery, is_due, order_by="act_at", limit=1)]
    waiting += [row.act_at for row in tx.find(Asset, is_due, order_by="act_at", limit=1)]
    overdue_s = max(((tx.now - at).total_seconds() for at in waiting if at is not None), default=0.0)
    return GaugeMetricFamily(
        "postengine_oldest_overdue_seconds", "How long the oldest due work has waited.", value=overdue_s
    )


def _trouble(tx: Transaction, timings: Timings) -> Metric:
    """Return the count of each code, those without trouble as 0, so that a rule may name any of them."""
    family = GaugeMetricFamily("postengine_trouble", "What needs a person, by code.", labels=["code"])
    counts = Counter(one.code for one in trouble_in(tx, timings))
    for code in TroubleCode:
        family.add_metric([code.value], counts[code])
    return family


def _alerts(tx: Transaction) -> Metric:
    family = GaugeMetricFamily("postengine_alerts", "Open alerts by code.", labels=["code"])
    for code, count in sorted(Counter(row.code for row in tx.find(Alert, {"cleared_at": None})).items()):
        family.add_metric([code], count)
    return family


def _lateness(tx: Transaction) -> list[Metric]:
    """Return how late what was sent in the last hour was, at most and on average."""
    sent = tx.find(Delivery, {"sent_at": Above(tx.now - _LATENESS_OVER)})
    late = [max((row.sent_at - row.due_at).total_seconds(), 0.0) for row in sent if row.sent_at is not None]
    return [
        GaugeMetricFamily(
            "postengine_lateness_max_seconds",
            "The greatest lateness of what was sent in the last hour.",
            value=max(late, default=0.0),
        ),
        GaugeMetricFamily(
            "postengine_lateness_mean_seconds",
            "The mean lateness of what was sent in the last hour.",
            value=sum(late) / len(late) if late else 0.0,
        ),
    ]
