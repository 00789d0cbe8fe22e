"""Tokens: bearer tokens of this API, for everything or for one tenant."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from postengine.engine.posts.record import ApiToken
from reference_app.tokens import issue_token, revoke_token

from .paging import page
from .references import need_tenant
from .route import Call, Route
from .shape import Answer, Body, Listed, Nothing, Reference, View


class TokenBody(Body):
    """Who it is for."""

    name: str = Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")
    tenant: Reference | None = Field(default=None, description="left out: an operator's token")


class TokenView(View):
    """A token, without the secret."""

    id: str
    name: str
    tenant_id: str | None
    created_at: datetime
    revoked_at: datetime | None


class NewTokenView(TokenView):
    """A new token; the secret is shown this once."""

    token: str


class TokenList(View):
    """A part of the tokens."""

    items: list[TokenView]
    next_cursor: str | None


def create_token(call: Call, body: TokenBody) -> Answer:
    """Make a token."""
    tenant_id = None
    if body.tenant is not None:
        with call.ports.store.transaction() as tx:
            tenant_id = need_tenant(tx, call.access, body.tenant).id
    row, token = issue_token(call.ports, body.name, tenant_id=tenant_id)
    return Answer(NewTokenView(**TokenView.model_validate(row).model_dump(), token=token), 201)


def list_tokens(call: Call, query: Listed) -> Answer:
    """List tokens."""
    with call.ports.store.transaction() as tx:
        where = {} if query.tenant is None else {"tenant_id": need_tenant(tx, call.access, query.tenant).id}
        rows, cursor = page(tx, ApiToken, where, query)
    return Answer(TokenList(items=[TokenView.model_validate(row) for row in rows], next_cursor=cursor))


def revoke(call: Call, token: str, body: Nothing) -> Answer:  # noqa: ARG001 - nothing is in it
    """Revoke a token."""
    return Answer(TokenView.model_validate(revoke_token(call.ports, token)))


ROUTES = (
    Route(
        method="POST",
        path="/tokens",
        summary="Make a bearer token, shown this once",
        do=create_token,
        body=TokenBody,
        answers={201: NewTokenView},
        problems=(404,),
        is_for_operators=True,
    ),
    Route(
        method="GET",
        path="/tokens",
        summary="List bearer tokens",
        do=list_tokens,
        query=Listed,
        answers={200: TokenList},
        problems=(404,),
        is_for_operators=True,
    ),
    Route(
        method="POST",
        path="/tokens/{token}/revoke",
        summary="Revoke a bearer token",
        do=revoke,
        body=Nothing,
        answers={200: TokenView},
        problems=(404,),
        is_for_operators=True,
    ),
)
