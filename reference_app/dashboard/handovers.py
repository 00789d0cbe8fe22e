"""Pages of agents and of their tasks: pair a phone, test it, and help a handover along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, make_response, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from postengine.agent import create_pairing_code, revoke_device
from postengine.agent.qr import qr_svg
from postengine.engine.commands.cancel import cancel_delivery
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.commands.ping import ping
from postengine.engine.commands.reassign import reassign, resend
from postengine.engine.ledger.change import changing
from postengine.engine.ports import Ports
from postengine.engine.posts.agent import Agent, Device
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict, Invalid, NotFound
from postengine.engine.posts.states import Mode
from reference_app.ticking import wake
from reference_app.tokens import Access

from .people import read_agents
from .signed_in import signed_in
from .task import read_task

_LONGEST_WHY = 300
_LONGEST_LINK = 2000


def add_handover_pages(blueprint: Blueprint, ports: Ports) -> None:
    """Add the pages to the dashboard's blueprint."""
    pages = _HandoverPages(ports)
    blueprint.add_url_rule("/agents", "agents", pages.agents)
    blueprint.add_url_rule("/agents/<agent>/pair", "pair", pages.pair, methods=["POST"])
    blueprint.add_url_rule("/phones/<device>/test", "test_phone", pages.test, methods=["POST"])
    blueprint.add_url_rule("/phones/<device>/revoke", "revoke_phone", pages.revoke, methods=["POST"])
    blueprint.add_url_rule("/tasks/<task>", "task", pages.task)
    for verb in ("resend", "reassign", "posted", "cancel"):
        act = getattr(pages, verb)
        blueprint.add_url_rule(f"/tasks/<task>/{verb}", f"task_{verb}", act, methods=["POST"])


@dataclass(frozen=True, slots=True)
class _HandoverPages:
    ports: Ports

    def agents(self) -> AnyResponse:
        """All agents with their phones and tasks."""
        access = signed_in(self.ports)
        return redirect("/login") if access is None else self._agents(access)

    def pair(self, agent: str) -> AnyResponse:
        """A new code, as a picture to scan and as letters to type; shown once."""
        access = signed_in(self.ports)
        if access is None:
            return redirect("/login")
        with self.ports.store.transaction() as tx:
            row = tx.get(Agent, agent)
        if row is None or not access.covers(row.tenant_id):
            return self._agents(access, "There is no such agent.", HTTPStatus.NOT_FOUND)
        offer = create_pairing_code(self.ports, row.id, who=_who(access))
        wait_min = round((offer.expires_at - self.ports.store.now()).total_seconds() / 60)
        return make_response(
            render_template(
                "pair.html",
                agent=row.name,
                code=f"{offer.code[:4]} {offer.code[4:]}",
                url=offer.pair_url,
                qr=Markup(qr_svg(offer.pair_url)),  # noqa: S704 - our own, of a code of ours
                wait_min=wait_min,
            )
        )

    def test(self, device: str) -> AnyResponse:
        """Ring a phone, and say what came of it."""
        access = signed_in(self.ports)
        if access is None:
            return redirect("/login")
        try:
            row = self._phone(access, device)
            answer = ping(self.ports, row.id, who=_who(access))
        except (NotFound, Conflict) as error:
            return self._agents(access, str(error), HTTPStatus.CONFLICT)
        name = row.model or row.platform
        if answer.is_accepted:
            return self._agents(access, f"{name}: the push service took the test notification.")
        why = "its registration is gone" if answer.is_gone else answer.problem or "the push service is busy"
        return self._agents(access, f"{name} was not rung: {why}.")

    def revoke(self, device: str) -> AnyResponse:
        """Take a phone's token away."""
        access = signed_in(self.ports)
        if access is None:
            return redirect("/login")
        try:
            row = self._phone(access, device)
        except NotFound as error:
            return self._agents(access, str(error), HTTPStatus.NOT_FOUND)
        revoke_device(self.ports, row.id, who=_who(access))
        return redirect("/agents")

    def task(self, task: str) -> AnyResponse:
        """One handover with its timeline."""
        access = signed_in(self.ports)
        return redirect("/login") if access is None else self._task(access, task)

    def resend(self, task: str) -> AnyResponse:
        """Ring once more."""
        return self._do(task, lambda who: resend(self.ports, task, who=who))

    def reassign(self, task: str) -> AnyResponse:
        """Give it to a colleague."""
        agent = request.form.get("agent", "")
        return self._do(task, lambda who: reassign(self.ports, task, agent, who=who))

    def posted(self, task: str) -> AnyResponse:
        """Mark it as posted, with a link where there is one."""
        link = request.form.get("link", "").strip()[:_LONGEST_LINK]
        if link and not link.startswith(("https://", "http://")):
            return self._told(task, "The link begins with https://; copy it from the network's page.")
        url = link or None
        published = Decision.PUBLISHED
        return self._do(task, lambda who: decide(self.ports, task, published, release_url=url, who=who))

    def cancel(self, task: str) -> AnyResponse:
        """Cancel it; its phones are told."""
        why = request.form.get("why", "").strip()[:_LONGEST_WHY] or "cancelled"
        return self._do(task, lambda who: cancel_delivery(self.ports, task, why=why, who=who))

    def _do(self, task: str, act: Callable[[str], object]) -> AnyResponse:
        access = signed_in(self.ports)
        if access is None:
            return redirect("/login")
        if self._find(access, task) is None:
            return self._agents(access, "There is no such task.", HTTPStatus.NOT_FOUND)
        try:
            act(_who(access))
        except (Conflict, Invalid, NotFound) as error:
            return self._task(access, task, str(error), HTTPStatus.CONFLICT)
        wake(self.ports)
        return redirect(f"/tasks/{task}")

    def _told(self, task: str, problem: str) -> AnyResponse:
        access = signed_in(self.ports)
        if access is None:
            return redirect("/login")
        return self._task(access, task, problem, HTTPStatus.UNPROCESSABLE_ENTITY)

    def _task(self, access: Access, task: str, problem: str = "", status: int = HTTPStatus.OK) -> Response:
        row = self._find(access, task)
        if row is None:
            return self._agents(access, "There is no such task.", HTTPStatus.NOT_FOUND)
        with changing(self.ports) as change:
            page = read_task(change, row)
        return make_response(render_template("task.html", task=page, problem=problem), status)

    def _agents(self, access: Access, said: str = "", status: int = HTTPStatus.OK) -> Response:
        lines = read_agents(self.ports, access)
        return make_response(render_template("agents.html", agents=lines, said=said), status)

    def _find(self, access: Access, task: str) -> Delivery | None:
        with self.ports.store.transaction() as tx:
            row = tx.get(Delivery, task)
        is_shown = row is not None and row.mode is Mode.MANUAL and access.covers(row.tenant_id)
        return row if is_shown else None

    def _phone(self, access: Access, device: str) -> Device:
        with self.ports.store.transaction() as tx:
            row = tx.get(Device, device)
        if row is None or not access.covers(row.tenant_id):
            raise NotFound("Device", device)
        return row


def _who(access: Access) -> str:
    return f"dashboard:{access.name}"
