"""Cancel: take back what is unsent. What may be at Postiz is cancelled only once it is seen gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from postengine.engine.ledger.attempts import attempts_of, remotes_of
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.holds import is_restored
from postengine.engine.ledger.moving import disturb
from postengine.engine.ports import Ports
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict
from postengine.engine.posts.moves import PERSON, has_ended
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import Verb
from postengine.engine.posts.states import DeliveryState, Mode

_S = DeliveryState


def cancel_post(
    ports: Ports,
    post_id: str,
    *,
    why: str = "cancelled",
    who: str = "person",
    connection: object | None = None,
) -> list[Delivery]:
    """Cancel all unsent deliveries of a post; return its deliveries. Those with a `recall` are on their way.

    Raises:
        NotFound: There is no such post.
    """
    with changing(ports, connection) as change:
        post = change.need(Post, post_id, lock=True)
        deliveries = change.tx.find(Delivery, {"post_id": post.id}, lock=True)
        change.note(post, by=who, why=why, tenant_id=post.tenant_id, subject_id=post.id)
        return [cancel_in(change, delivery, why=why, who=who) for delivery in deliveries]


def cancel_delivery(
    ports: Ports,
    delivery_id: str,
    *,
    why: str = "cancelled",
    who: str = "person",
    connection: object | None = None,
) -> Delivery:
    """Cancel one delivery; return it. With a `recall` it is on its way, and may turn out to be too late.

    Raises:
        NotFound: There is no such delivery.
        Conflict: It has ended already, or waits for a decision.
    """
    with changing(ports, connection) as change:
        delivery = change.need(Delivery, delivery_id, lock=True)
        if _is_settled(delivery, change.now):
            raise Conflict(
                "not_open", f"delivery {delivery.id} is {delivery.state}; there is nothing to cancel"
            )
        return cancel_in(change, delivery, why=why, who=who)


def cancel_in(change: Change, delivery: Delivery, *, why: str, who: str) -> Delivery:
    """Cancel an unsent delivery inside an open change; one that is out, or was decided, is left as it is."""
    if _is_settled(delivery, change.now):
        return delivery
    is_on_its_way = delivery.recall is not None
    if is_on_its_way or (delivery.mode is Mode.AUTOMATIC and may_be_at_postiz(change, delivery)):
        after = replace(delivery, recall=_S.CANCELLED, reason=why)
        return disturb(change, delivery, after, by=PERSON, why=f"{why}: recalling", who=who)
    after = replace(delivery, state=_S.CANCELLED, recall=None, reason=why)
    return disturb(change, delivery, after, by=PERSON, why=why, who=who)


def _is_settled(delivery: Delivery, now: datetime) -> bool:
    """Whether it is out, given up or up to a person, and nobody has decided to send it again."""
    is_over = has_ended(delivery.state) or (delivery.state is _S.UNCONFIRMED and now >= delivery.due_at)
    return is_over and delivery.recall is not _S.PLANNED


def may_be_at_postiz(change: Change, delivery: Delivery) -> bool:
    """Whether any post that we, or a database that is lost, may have made for it has not been seen gone."""
    lost = any(row.may_have_happened for row in attempts_of(change, delivery, Verb.CREATE))
    return lost or bool(remotes_of(change, delivery)) or is_restored(change.tx, delivery)
