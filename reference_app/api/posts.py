"""Posts: plan, change, reschedule, approve, cancel, look."""

from __future__ import annotations

from postengine.engine.commands.approve import approve_post
from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.plan import plan_post
from postengine.engine.ports import Above, Transaction
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.post import Post

from .paging import page
from .post_bodies import (
    CancelBody,
    NewPostBody,
    PostChangeBody,
    PostsWanted,
    RescheduleBody,
    content_of,
    new_post,
    uses_of,
)
from .post_views import PostDetail, PostView, post_detail, post_views
from .references import need_named, tenant_filter
from .route import Call, Route
from .shape import Answer, Nothing, View

_MOST_READ = 2000
"""Posts that are looked at for one answer, where a filter lets few through."""


class PostList(View):
    """A part of the posts, in the order in which they were made."""

    items: list[PostView]
    next_cursor: str | None


def put_post(call: Call, body: NewPostBody) -> Answer:
    """Plan a post, or change the one with this external id."""
    with call.ports.store.transaction() as tx:
        new = new_post(tx, call.access, body)
        own = {"tenant_id": new.tenant_id, "external_id": new.external_id}
        is_known = new.external_id is not None and tx.count(Post, own) > 0
    post = plan_post(call.ports, new, who=call.who)
    return _shown(call, post.id, 200 if is_known else 201)


def list_posts(call: Call, query: PostsWanted) -> Answer:
    """List posts."""
    with call.ports.store.transaction() as tx:
        where = _where(tx, call, query)
        found: list[PostView] = []
        cursor, read = query.cursor, 0
        while True:
            rows, cursor = page(tx, Post, where, query.model_copy(update={"cursor": cursor}))
            wanted = [
                row for row in rows if query.scheduled_to is None or row.scheduled_at <= query.scheduled_to
            ]
            found += [view for view in post_views(tx, wanted) if _is_wanted(view, query)]
            read += len(rows)
            if cursor is None or len(found) >= query.limit or read >= _MOST_READ:
                break
    if len(found) > query.limit:
        found = found[: query.limit]
        cursor = found[-1].id
    return Answer(PostList(items=found, next_cursor=cursor))


def get_post(call: Call, post: str) -> Answer:
    """Show a post and all that was done and seen."""
    return _shown(call, _need(call, post).id)


def patch_post(call: Call, post: str, body: PostChangeBody) -> Answer:
    """Change a post and its unsent deliveries."""
    with call.ports.store.transaction() as tx:
        known = need_named(tx, call.access, Post, post)
        uses = uses_of(tx, call.access, body.channels, known.tenant_id)
    changes = PostChanges(
        title=body.title,
        content=content_of(body),
        overrides={use.channel_id: use.overrides for use in uses},
        scheduled_at=body.scheduled_at,
        zone=body.zone,
        not_after=body.not_after,
    )
    edit_post(call.ports, known.id, changes, who=call.who)
    return _shown(call, known.id)


def reschedule_post(call: Call, post: str, body: RescheduleBody) -> Answer:
    """Give a post another time."""
    known = _need(call, post)
    edit_post(call.ports, known.id, PostChanges(**body.model_dump()), who=call.who)
    return _shown(call, known.id)


def approve(call: Call, post: str, body: Nothing) -> Answer:  # noqa: ARG001 - nothing is in it
    """Approve a post."""
    known = _need(call, post)
    approve_post(call.ports, known.id, who=call.who)
    return _shown(call, known.id)


def cancel(call: Call, post: str, body: CancelBody) -> Answer:
    """Cancel all that is unsent of a post; 202 while something is still being recalled from Postiz."""
    known = _need(call, post)
    deliveries = cancel_post(call.ports, known.id, why=body.why, who=call.who)
    is_recalling = any(delivery.recall is not None for delivery in deliveries)
    return _shown(call, known.id, 202 if is_recalling else 200)


def _need(call: Call, reference: str) -> Post:
    with call.ports.store.transaction() as tx:
        return need_named(tx, call.access, Post, reference)


def _shown(call: Call, post_id: str, status: int = 200) -> Answer:
    with call.ports.store.transaction() as tx:
        return Answer(post_detail(tx, tx.find(Post, {"id": post_id})[0]), status)


def _where(tx: Transaction, call: Call, query: PostsWanted) -> dict[str, object]:
    where = tenant_filter(tx, call.access, query.tenant)
    tenant = str(where["tenant_id"]) if "tenant_id" in where else None
    if query.listing is not None:
        where["listing_id"] = need_named(tx, call.access, Listing, query.listing, tenant).id
    if query.agent is not None:
        where["agent_id"] = need_named(tx, call.access, Agent, query.agent, tenant).id
    if query.external_id is not None:
        where["external_id"] = query.external_id
    if query.campaign is not None:
        where["campaign"] = query.campaign
    if query.scheduled_from is not None:
        where["scheduled_at"] = Above(query.scheduled_from)
    return where


def _is_wanted(view: PostView, query: PostsWanted) -> bool:
    if query.status is not None and view.status is not query.status:
        return False
    return query.needs_decision is None or view.needs_decision is query.needs_decision


ROUTES = (
    Route(
        method="POST",
        path="/posts",
        summary="Plan a post, or change the one with this external id",
        do=put_post,
        body=NewPostBody,
        answers={201: PostDetail, 200: PostDetail},
        problems=(409,),
    ),
    Route(
        method="GET",
        path="/posts",
        summary="List posts",
        do=list_posts,
        query=PostsWanted,
        answers={200: PostList},
        problems=(404, 409),
    ),
    Route(
        method="GET",
        path="/posts/{post}",
        summary="Show a post with its deliveries, attempts, holds and history",
        do=get_post,
        answers={200: PostDetail},
        problems=(404, 409),
    ),
    Route(
        method="PATCH",
        path="/posts/{post}",
        summary="Change a post and its unsent deliveries; what is promoted is recalled first",
        do=patch_post,
        body=PostChangeBody,
        answers={200: PostDetail},
        problems=(404, 409),
    ),
    Route(
        method="POST",
        path="/posts/{post}/reschedule",
        summary="Give a post another time",
        do=reschedule_post,
        body=RescheduleBody,
        answers={200: PostDetail},
        problems=(404, 409),
    ),
    Route(
        method="POST",
        path="/posts/{post}/approve",
        summary="Approve a post",
        do=approve,
        body=Nothing,
        answers={200: PostDetail},
        problems=(404, 409),
    ),
    Route(
        method="POST",
        path="/posts/{post}/cancel",
        summary="Cancel what is unsent; 202 while something is still being recalled from Postiz",
        do=cancel,
        body=CancelBody,
        answers={200: PostDetail, 202: PostDetail},
        problems=(404, 409),
    ),
)
