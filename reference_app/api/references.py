"""From an id or an external id to a row, among the rows that the caller may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from postengine.engine.ports import Transaction
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict, Invalid, NotFound, Problem
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import Alert
from postengine.engine.posts.states import AssetState
from postengine.engine.posts.tenant import Tenant
from reference_app.tokens import Access

Named = TypeVar("Named", Agent, Channel, Listing, Post)
Owned = TypeVar("Owned", Delivery, Asset, Hold, Alert)


def need_tenant(tx: Transaction, access: Access, reference: str) -> Tenant:
    """Return the tenant with this id or external id.

    Raises:
        NotFound: There is none, or it is not the caller's.
    """
    row = tx.get(Tenant, reference)
    if row is None:
        row = next(iter(tx.find(Tenant, {"external_id": reference}, limit=1)), None)
    if row is None or not access.covers(row.id):
        raise NotFound("Tenant", reference)
    return row


def choose_tenant(tx: Transaction, access: Access, reference: str | None) -> Tenant:
    """Return the tenant that a body or query names; a tenant's own token need not name it.

    Raises:
        Invalid: There is no such tenant, or an operator named none.
    """
    wanted = reference or access.tenant_id
    if wanted is None:
        raise Invalid.one("tenant", "missing", "name the tenant by its id or external id")
    try:
        return need_tenant(tx, access, wanted)
    except NotFound as error:
        raise Invalid.one("tenant", "unknown", f"there is no tenant {wanted!r}; create it first") from error


def tenant_filter(tx: Transaction, access: Access, reference: str | None) -> dict[str, object]:
    """Return the condition by which a list shows one tenant's rows, or to an operator all of them."""
    if reference is None and access.is_operator:
        return {}
    return {"tenant_id": choose_tenant(tx, access, reference).id}


def need_named(
    tx: Transaction, access: Access, kind: type[Named], reference: str, tenant_id: str | None = None
) -> Named:
    """Return the row with this id or external id.

    Raises:
        NotFound: There is none, or it is another tenant's.
        Conflict: Several tenants have one (code `ambiguous`).
    """
    wanted = tenant_id or access.tenant_id
    row = tx.get(kind, reference)
    if row is not None and wanted in {None, row.tenant_id}:
        return row
    where = {"external_id": reference} | ({} if wanted is None else {"tenant_id": wanted})
    found = tx.find(kind, where, limit=2)
    if len(found) > 1:
        message = f"several tenants have a {kind.__name__} {reference!r}; give its id, or name the tenant"
        raise Conflict("ambiguous", message)
    if not found:
        raise NotFound(kind.__name__, reference)
    return found[0]


def choose_named(
    tx: Transaction, access: Access, kind: type[Named], reference: str, tenant_id: str, field: str
) -> Named:
    """Return the row that a body names.

    Raises:
        Invalid: The tenant has none such.
    """
    try:
        return need_named(tx, access, kind, reference, tenant_id)
    except NotFound as error:
        word = kind.__name__.lower()
        message = f"the tenant has no {word} {reference!r}; create it first"
        raise Invalid.one(field, "unknown", message) from error


def check_files(
    tx: Transaction, tenant_id: str, files: Mapping[str, str | None], *, are_heard: bool = False
) -> None:
    """Check that each file that a body names, by field, has been uploaded for the tenant.

    Args:
        tx: Where to look.
        tenant_id: Whose they are.
        files: Ids by field.
        are_heard: They are to be sounds; else pictures or videos.

    Raises:
        Invalid: One has not, or is of the other kind.
    """
    wanted = {field: asset_id for field, asset_id in files.items() if asset_id is not None}
    found = tx.find(Asset, {"id": tuple(wanted.values()), "tenant_id": tenant_id, "state": AssetState.READY})
    known = {row.id for row in found if row.is_sound is are_heard}
    kind = "sound" if are_heard else "picture or video"
    problems = [
        Problem(field, "unknown", f"the tenant has no uploaded {kind} {asset_id!r}; upload it first")
        for field, asset_id in wanted.items()
        if asset_id not in known
    ]
    if problems:
        raise Invalid(problems)


def need_owned(tx: Transaction, access: Access, kind: type[Owned], id: str) -> Owned:  # noqa: A002 - the row's
    """Return the row with this id.

    Raises:
        NotFound: There is none, or it is another tenant's.
    """
    row = tx.get(kind, id)
    if row is None or not access.covers(row.tenant_id):
        raise NotFound(kind.__name__, id)
    return row
