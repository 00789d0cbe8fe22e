"""Register tenants, accounts, agents, channels and listings: creating what is there already changes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.placing import release
from postengine.engine.ledger.spec import spec_of_looks
from postengine.engine.ports import Ports
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.channel import MANUAL_KINDS, PERSONAL_KINDS, Channel
from postengine.engine.posts.checkup import Checkup
from postengine.engine.posts.errors import Invalid, Problem
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.hours import WeeklyHours
from postengine.engine.posts.listing import Facts, Listing
from postengine.engine.posts.local_time import load_zone
from postengine.engine.posts.states import HoldReason, ListingStatus, Mode
from postengine.engine.posts.tenant import (
    LONGEST_LEGAL_LINE,
    MOST_LEGAL_LINES,
    Account,
    Brand,
    Required,
    Tenant,
)

from .unsent import keeping_up
from .withdraw import change_listing, check_facts

_LOCALE = re.compile(r"[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})*")
KeptT = TypeVar("KeptT", Tenant, Agent, Channel, Listing)


def register_tenant(
    ports: Ports,
    external_id: str,
    *,
    name: str,
    zone: str,
    account_id: str | None = None,
    brand: Brand | None = None,
    posting_hours: WeeklyHours | None = None,
    legal: str = "",
    required: tuple[Required, ...] | None = None,
    locale: str | None = None,
    who: str = "person",
    connection: object | None = None,
) -> Tenant:
    """Create the tenant, or change the one with this external id; return it.

    What is unsent follows: a new colour is drawn, a new legal line drawn and written.

    Args:
        ports: What the engine works with.
        external_id: The caller's own id.
        name: As the agency signs.
        zone: IANA name.
        account_id: The Postiz account that it publishes through.
        brand: How it looks; None leaves it as it is.
        posting_hours: None means at any time.
        legal: At most 4 lines of 160 characters, on each drawn picture and below each caption.
        required: What must be known before anything is posted. Nothing here claims that this is what a law
            asks for.
        locale: How numbers and dates are written, such as `de-DE`; None means `en-GB`.
        who: Written into the history.
        connection: The caller's own open transaction.

    Raises:
        Invalid: There is no such zone or locale, a legal line is too long, no picture can look like that, or
            something that is unsent lacks what is required from now on.
    """
    load_zone(zone)
    problems = _tenant_problems(legal, locale)
    if problems:
        raise Invalid(problems)
    with changing(ports, connection) as change:
        known = _find(change, Tenant, {"external_id": external_id})
        row = Tenant(
            id=known.id if known else ports.ids.new("ten"),
            external_id=external_id,
            name=name,
            zone=zone,
            account_id=account_id,
            brand=brand or (known.brand if known else Brand()),
            posting_hours=posting_hours,
            legal=legal,
            required=required,
            locale=locale,
            created_at=known.created_at if known else change.now,
        )
        _check_looks(ports, row)
        return _keep(change, known, row, who, {"tenant_id": row.id})


def register_account(
    ports: Ports, base_url: str, api_key: str, *, account_id: str | None = None, who: str = "person"
) -> Account:
    """Create a Postiz account, or give the one with this id its new address and key; that heals a sick one.

    Raises:
        NotFound: There is no account with this id.
    """
    with changing(ports) as change:
        if account_id is None:
            row = Account(id=ports.ids.new("acc"), base_url=base_url, api_key=api_key, created_at=change.now)
            change.tx.add(row)
            change.tx.add(Checkup(id=row.id, tenant_id=row.id, created_at=change.now, updated_at=change.now))
            return row
        known = change.need(Account, account_id, lock=True)
        row = replace(known, base_url=base_url, api_key=api_key)
        change.tx.save(row)
        if row != known:
            where = {"scope_id": row.id, "reason": HoldReason.SICK, "released_at": None}
            for hold in change.tx.find(Hold, where, lock=True):
                release(change, hold, who=who)
            change.clear_alert("account_sick", row.id)
        return row


def register_agent(
    ports: Ports,
    tenant_id: str,
    external_id: str,
    *,
    name: str,
    phone: str = "",
    email: str = "",
    zone: str | None = None,
    waking_hours: WeeklyHours | None = None,
    role: str | None = None,
    licence: str | None = None,
    photo_asset_id: str | None = None,
    greeting: str | None = None,
    who: str = "person",
    connection: object | None = None,
) -> Agent:
    """Create the agent, or change the one with this external id; return it.

    Raises:
        NotFound: There is no such tenant.
        Invalid: There is no such zone.
    """
    if zone is not None:
        load_zone(zone)
    with changing(ports, connection) as change:
        change.need(Tenant, tenant_id)
        where = {"tenant_id": tenant_id, "external_id": external_id}
        known = _find(change, Agent, where)
        row = Agent(
            id=known.id if known else ports.ids.new("agt"),
            tenant_id=tenant_id,
            external_id=external_id,
            name=name,
            phone=phone,
            email=email,
            zone=zone,
            waking_hours=waking_hours,
            role=role,
            licence=licence,
            photo_asset_id=photo_asset_id,
            greeting=greeting,
            created_at=known.created_at if known else change.now,
        )
        return _keep(change, known, row, who, {"tenant_id": tenant_id})


def register_channel(
    ports: Ports,
    tenant_id: str,
    external_id: str,
    *,
    kind: str,
    name: str,
    agent_id: str | None = None,
    integration_id: str | None = None,
    url: str | None = None,
    settings: dict[str, object] | None = None,
    grace_s: float | None = None,
    is_shared: bool = False,
    who: str = "person",
    connection: object | None = None,
) -> Channel:
    """Create the channel, or change the one with this external id; return it.

    Raises:
        NotFound: There is no such tenant or agent.
        Invalid: It lacks what its kind needs.
    """
    mode = Mode.MANUAL if kind in MANUAL_KINDS else Mode.AUTOMATIC
    with changing(ports, connection) as change:
        change.need(Tenant, tenant_id)
        agent = None if agent_id is None else change.need(Agent, agent_id)
        where = {"tenant_id": tenant_id, "external_id": external_id}
        known = _find(change, Channel, where)
        row = Channel(
            id=known.id if known else ports.ids.new("ch"),
            tenant_id=tenant_id,
            external_id=external_id,
            kind=kind,
            name=name,
            mode=mode,
            agent_id=agent_id,
            integration_id=integration_id,
            url=url,
            settings=settings or {},
            grace_s=grace_s,
            is_shared=is_shared,
            created_at=known.created_at if known else change.now,
        )
        problems = [*_channel_problems(row, known), *_owner_problems(row, known, agent)]
        if problems:
            raise Invalid(problems)
        return _keep(change, known, row, who, {"channel_id": row.id})


def register_listing(
    ports: Ports,
    tenant_id: str,
    external_id: str,
    *,
    facts: Facts,
    status: ListingStatus = ListingStatus.ACTIVE,
    agent_id: str | None = None,
    photo_ids: tuple[str, ...] = (),
    who: str = "person",
    connection: object | None = None,
) -> Listing:
    """Create the listing, or change the one with this external id, with all that is unsent of it; return it.

    Raises:
        NotFound: There is no such tenant or agent.
        Invalid: A part of the address is to be shown, and there are no parts.
    """
    check_facts(facts)
    with changing(ports, connection) as change:
        change.need(Tenant, tenant_id)
        if agent_id is not None:
            change.need(Agent, agent_id)
        where = {"tenant_id": tenant_id, "external_id": external_id}
        known = _find(change, Listing, where)
        if known is None:
            row = Listing(
                id=ports.ids.new("lst"),
                tenant_id=tenant_id,
                external_id=external_id,
                status=status,
                agent_id=agent_id,
                facts=facts,
                photo_ids=photo_ids,
                created_at=change.now,
                updated_at=change.now,
            )
            return _keep(change, None, row, who, {"listing_id": row.id})
    return change_listing(
        ports,
        known.id,
        status=status,
        facts=facts,
        photo_ids=photo_ids,
        agent_id=agent_id,
        who=who,
        connection=connection,
    )


def _find(change: Change, kind: type[KeptT], where: Mapping[str, object]) -> KeptT | None:
    return next(iter(change.tx.find(kind, where, limit=1, lock=True)), None)


def _keep(change: Change, known: KeptT | None, row: KeptT, who: str, touches: Mapping[str, object]) -> KeptT:
    """Write a row that is new or has changed; what is unsent of `touches` follows."""
    tenant_id = row.id if isinstance(row, Tenant) else row.tenant_id
    if known is None:
        change.tx.add(row)
        change.note(row, by=who, why="registered", tenant_id=tenant_id, subject_id=row.id)
    elif row != known:
        with keeping_up(change, touches, who=who, why=f"the {type(row).__name__.lower()} has changed"):
            change.tx.save(row)
        change.note(row, by=who, why="changed", tenant_id=tenant_id, subject_id=row.id)
    return row


def _tenant_problems(legal: str, locale: str | None) -> list[Problem]:
    problems: list[Problem] = []
    lines = [line.strip() for line in legal.splitlines() if line.strip()]
    if len(lines) > MOST_LEGAL_LINES:
        message = f"{len(lines)} lines; a picture has room for {MOST_LEGAL_LINES}: put some together"
        problems.append(Problem("legal_lines", "too_many", message))
    for index, line in enumerate(lines):
        if len(line) > LONGEST_LEGAL_LINE:
            message = f"{len(line)} characters; a legal line has at most {LONGEST_LEGAL_LINE}: shorten it"
            problems.append(Problem(f"legal_lines[{index}]", "too_long", message))
    if locale is not None and not _LOCALE.fullmatch(locale):
        problems.append(Problem("locale", "invalid", f"{locale!r} is no locale such as en-GB or de-DE"))
    return problems


def _check_looks(ports: Ports, tenant: Tenant) -> None:
    """Ask the renderer now, and not when the first post is planned, whether an agency can look like this."""
    try:
        ports.renderer.inputs_hash(spec_of_looks(tenant), {})
    except Invalid as error:
        problems = [
            replace(one, field=one.field.replace("brand.legal", "legal_lines")) for one in error.problems
        ]
        raise Invalid(problems) from error


def _channel_problems(row: Channel, known: Channel | None) -> list[Problem]:
    problems: list[Problem] = []
    if row.mode is Mode.AUTOMATIC and not row.integration_id:
        message = f"{row.kind} is published through Postiz; give the id of the integration there"
        problems.append(Problem("integration_id", "missing", message))
    if row.kind in PERSONAL_KINDS and row.agent_id is None:
        problems.append(Problem("agent_id", "missing", f"{row.kind} belongs to a person; name the agent"))
    if row.kind in PERSONAL_KINDS and row.is_shared:
        problems.append(
            Problem("is_shared", "personal", f"{row.kind} never leaves its owner; leave it unshared")
        )
    if known is not None and known.mode is not row.mode:
        message = f"it is {known.mode} and cannot become {row.mode}; register another channel"
        problems.append(Problem("kind", "mode_changed", message))
    return problems


def _owner_problems(row: Channel, known: Channel | None, agent: Agent | None) -> list[Problem]:
    """Return what would let a person's own account leave its owner, or a channel its agency."""
    problems: list[Problem] = []
    if agent is not None and agent.tenant_id != row.tenant_id:
        problems.append(Problem("agent_id", "unknown", "that agent is of another tenant; name one of this"))
    if known is None or known.kind == row.kind not in PERSONAL_KINDS:
        return problems
    if known.kind != row.kind and {known.kind, row.kind} & set(PERSONAL_KINDS):
        message = (
            f"a {known.kind} cannot become a {row.kind}: one is a person's own; register another channel"
        )
        problems.append(Problem("kind", "personal", message))
    if known.kind in PERSONAL_KINDS and row.agent_id != known.agent_id:
        message = f"{known.name} is a person's own and stays theirs; register another channel for a colleague"
        problems.append(Problem("agent_id", "personal", message))
    return problems
