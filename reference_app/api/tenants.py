"""Tenants: agencies, and the Postiz account that each publishes through."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated

from pydantic import AfterValidator, AnyHttpUrl, Field, SecretStr, model_validator

from postengine.engine.commands.register import register_account, register_tenant
from postengine.engine.ports import Transaction
from postengine.engine.posts.errors import Invalid
from postengine.engine.posts.hours import WeeklyHours, Window
from postengine.engine.posts.tenant import USUAL_LOCALE, Account, Brand, Required, Tenant

from .paging import page
from .references import check_files, need_tenant
from .route import Call, Route
from .shape import Answer, Body, ExternalId, Listed, View

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
LegalLine = Annotated[str, Field(min_length=1, max_length=160, pattern=r"^[^\r\n]+$")]
LOCALE = r"^[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})*$"


def _without_zone(at: time) -> time:
    return at.replace(tzinfo=None)


LocalTime = Annotated[time, AfterValidator(_without_zone)]


_USUAL = Brand()


class WindowBody(Body):
    """From `opens` to `closes` on a weekday (0 is Monday), local time."""

    weekday: int = Field(ge=0, le=6)
    opens: LocalTime
    closes: LocalTime


class BrandBody(Body):
    """How an agency looks and sounds."""

    primary: Colour = _USUAL.primary
    accent: Colour = _USUAL.accent
    text: Colour | None = Field(default=None, description="of text over photos; light")
    paper: Colour | None = Field(default=None, description="of panels beside photos; light")
    heading: str | None = Field(default=None, min_length=1, max_length=200, description="a font family")
    body: str | None = Field(default=None, min_length=1, max_length=200, description="a font family")
    logo_asset_id: str | None = Field(default=None, description="for dark grounds, or for all")
    logo_dark_asset_id: str | None = Field(default=None, description="for light grounds")
    tagline: str | None = Field(default=None, min_length=1, max_length=80)
    music_asset_id: str | None = Field(default=None, description="the tune beneath its reels")


class PostizBody(Body):
    """The Postiz server's address and an API key of the agency's account there; the key is never shown."""

    base_url: AnyHttpUrl
    api_key: SecretStr = Field(min_length=1, max_length=500)


class TenantBody(Body):
    """An agency."""

    name: str = Field(min_length=1, max_length=200)
    zone: str = Field(min_length=1, max_length=100, description="IANA name, such as Europe/Lisbon")
    legal: str = Field(
        default="", max_length=2000, description="its legal lines as one text; or give legal_lines"
    )
    legal_lines: list[LegalLine] = Field(
        default_factory=list[str],
        max_length=4,
        description="on each drawn picture and below each caption: brokerage, licence number, marks",
    )
    required: list[Required] = Field(
        default_factory=list[Required], max_length=20, description="what must be known before a post is saved"
    )
    locale: str | None = Field(
        default=None, pattern=LOCALE, description="how numbers and dates are written; left out: en-GB"
    )
    brand: BrandBody | None = None
    posting_hours: list[WindowBody] | None = Field(default=None, max_length=50)
    postiz: PostizBody | None = Field(default=None, description="left out: as it was")
    account_id: str | None = Field(default=None, description="of an account that another tenant has, too")

    @model_validator(mode="after")
    def _legal_is_given_once(self) -> TenantBody:
        if self.legal and self.legal_lines:
            raise ValueError("expected `legal` or `legal_lines`, not both; leave one out")
        return self


class NewTenantBody(TenantBody):
    """An agency, with its own id."""

    external_id: ExternalId


class WindowView(View):
    """From `opens` to `closes` on a weekday."""

    weekday: int
    opens: time
    closes: time


class BrandView(View):
    """How an agency looks and sounds."""

    primary: str
    accent: str
    text: str | None
    paper: str | None
    heading: str | None
    body: str | None
    logo_asset_id: str | None
    logo_dark_asset_id: str | None
    tagline: str | None
    music_asset_id: str | None


class AccountView(View):
    """A Postiz account, without its key."""

    id: str
    base_url: str
    budget_limit: int
    budget_used: int
    blocked_until: datetime | None
    breaker_open_at: datetime | None


class TenantView(View):
    """An agency."""

    id: str
    external_id: str
    name: str
    zone: str
    legal: str
    legal_lines: list[str]
    required: list[Required]
    locale: str
    brand: BrandView
    posting_hours: list[WindowView] | None
    account: AccountView | None
    created_at: datetime


class TenantList(View):
    """A part of the tenants."""

    items: list[TenantView]
    next_cursor: str | None


def create_tenant(call: Call, body: NewTenantBody) -> Answer:
    """Create a tenant, or change the one with this external id."""
    return _keep(call, body.external_id, body)


def put_tenant(call: Call, tenant: str, body: TenantBody) -> Answer:
    """Create or change the tenant with this external id."""
    return _keep(call, tenant, body)


def list_tenants(call: Call, query: Listed) -> Answer:
    """List tenants."""
    with call.ports.store.transaction() as tx:
        where = {} if call.access.is_operator else {"id": (call.access.tenant_id or "",)}
        rows, cursor = ([], None) if query.cursor and where else page(tx, Tenant, where, query)
        return Answer(TenantList(items=[_view(tx, row) for row in rows], next_cursor=cursor))


def get_tenant(call: Call, tenant: str) -> Answer:
    """Show a tenant."""
    with call.ports.store.transaction() as tx:
        return Answer(_view(tx, need_tenant(tx, call.access, tenant)))


def hours_of(windows: list[WindowBody] | None) -> WeeklyHours | None:
    """Return hours of a week from their windows."""
    if windows is None:
        return None
    return WeeklyHours(tuple(Window(one.weekday, one.opens, one.closes) for one in windows))


def _keep(call: Call, external_id: str, body: TenantBody) -> Answer:
    ports = call.ports
    with ports.store.transaction() as tx:
        known = next(iter(tx.find(Tenant, {"external_id": external_id}, limit=1)), None)
        if body.account_id is not None and tx.get(Account, body.account_id) is None:
            raise Invalid.one("account_id", "unknown", f"there is no account {body.account_id!r}")
        if body.brand is not None:
            logos = {
                "brand.logo_asset_id": body.brand.logo_asset_id,
                "brand.logo_dark_asset_id": body.brand.logo_dark_asset_id,
            }
            check_files(tx, known.id if known else "", logos)
            music = {"brand.music_asset_id": body.brand.music_asset_id}
            check_files(tx, known.id if known else "", music, are_heard=True)
    account_id = body.account_id or (known.account_id if known else None)
    row = _register(call, external_id, body, account_id)
    if body.postiz is not None:
        url, key = str(body.postiz.base_url), body.postiz.api_key.get_secret_value()
        account = register_account(ports, url, key, account_id=account_id, who=call.who)
        row = _register(call, external_id, body, account.id)
    with ports.store.transaction() as tx:
        return Answer(_view(tx, row), 200 if known else 201)


def _register(call: Call, external_id: str, body: TenantBody, account_id: str | None) -> Tenant:
    return register_tenant(
        call.ports,
        external_id,
        name=body.name,
        zone=body.zone,
        account_id=account_id,
        brand=None if body.brand is None else Brand(**body.brand.model_dump()),
        posting_hours=hours_of(body.posting_hours),
        legal=body.legal or "\n".join(body.legal_lines),
        required=tuple(dict.fromkeys(body.required)) or None,
        locale=body.locale,
        who=call.who,
    )


def _view(tx: Transaction, row: Tenant) -> TenantView:
    account = tx.get(Account, row.account_id) if row.account_id else None
    return TenantView(
        id=row.id,
        external_id=row.external_id,
        name=row.name,
        zone=row.zone,
        legal=row.legal,
        legal_lines=list(row.legal_lines),
        required=list(row.required or ()),
        locale=row.locale or USUAL_LOCALE,
        brand=BrandView.model_validate(row.brand),
        posting_hours=windows_of(row.posting_hours),
        account=None if account is None else AccountView.model_validate(account),
        created_at=row.created_at,
    )


def windows_of(hours: WeeklyHours | None) -> list[WindowView] | None:
    """Return hours of a week as their windows."""
    return None if hours is None else [WindowView.model_validate(window) for window in hours.windows]


ROUTES = (
    Route(
        method="POST",
        path="/tenants",
        summary="Create a tenant, or change the one with this external id",
        do=create_tenant,
        body=NewTenantBody,
        answers={201: TenantView, 200: TenantView},
        is_for_operators=True,
    ),
    Route(
        method="GET",
        path="/tenants",
        summary="List tenants",
        do=list_tenants,
        query=Listed,
        answers={200: TenantList},
    ),
    Route(
        method="PUT",
        path="/tenants/{tenant}",
        summary="Create or change the tenant with this external id",
        do=put_tenant,
        body=TenantBody,
        answers={201: TenantView, 200: TenantView},
        is_for_operators=True,
    ),
    Route(
        method="GET",
        path="/tenants/{tenant}",
        summary="Show a tenant",
        do=get_tenant,
        answers={200: TenantView},
        problems=(404,),
    ),
)
