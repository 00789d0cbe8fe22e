"""The operator of the demo: edits, cancels and withdraws at bad moments, and kills a worker in the act."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from .fakes import Fakes
from .listings import Listings, Planned
from .loading import Loaded

_ENDED = {"published", "failed", "declined", "missed", "cancelled"}

_LOSE_AN_ANSWER_AT_S = (24.0, 27.5, 38.5)


@dataclass
class Operator:
    """Watches the deliveries and does what the listings file asks for.

    Attributes:
        killed: What was killed: pid, delivery, step.
        deliveries: As last seen, by id.
    """

    api: httpx.Client
    fakes: Fakes
    listings: Listings
    loaded: Loaded
    say: Callable[[str], None]
    killed: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    deliveries: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    _done: set[str] = field(default_factory=set[str])

    def look(self) -> None:
        """See how all deliveries stand, tell what has changed, and do what is to be done now."""
        answer = self.api.get("/api/v1/deliveries", params={"limit": 200}).raise_for_status().json()
        for delivery in answer["items"]:
            before = self.deliveries.get(delivery["id"])
            if before is None or before["state"] != delivery["state"]:
                self._tell(delivery)
            self.deliveries[delivery["id"]] = delivery
        for at_s in _LOSE_AN_ANSWER_AT_S:
            if self._elapsed_s() >= at_s:
                self._once(f"lose the answer to a promotion at {at_s:.0f} s", self._lose_an_answer)
        for agency in self.listings.tenants:
            for post in agency.posts:
                self._do(agency.external_id, post)

    def is_over(self) -> bool:
        """Whether every delivery has ended or waits for a person's decision."""
        return bool(self.deliveries) and all(
            one["state"] in _ENDED or one["needs_decision"] for one in self.deliveries.values()
        )

    def _do(self, tenant: str, post: Planned) -> None:
        post_id = self.loaded.post_ids[f"{tenant}/{post.external_id}"]
        mine = [one for one in self.deliveries.values() if one["post_id"] == post_id]
        states = {one["state"] for one in mine}
        elapsed_s = self._elapsed_s()
        if post.when_promoted is not None and "promoted" in states:
            self._once(f"{post.when_promoted} {post.external_id}", self._meddle(post, post_id))
        if post.withdraw_listing_at_s is not None and elapsed_s >= post.withdraw_listing_at_s:
            listing_id = self.loaded.listing_ids[f"{tenant}/{post.listing}"]
            self._once(f"withdraw {post.listing}", lambda: self._withdraw(listing_id))
        if post.kill_worker and "staged" in states:
            self._once(f"slow {post.external_id}", lambda: self._slow_down(mine[0]))
            self._kill(mine[0])

    def _elapsed_s(self) -> float:
        return (datetime.now(UTC) - self.loaded.start).total_seconds()

    def _lose_an_answer(self) -> None:
        self.fakes.add_fault(kind="drop_after", method="PUT", path="/status$", times=1)

    def _once(self, what: str, do: Callable[[], None]) -> None:
        if what not in self._done:
            self._done.add(what)
            self.say(f"[bold]operator[/]  {what}")
            do()

    def _meddle(self, post: Planned, post_id: str) -> Callable[[], None]:
        if post.when_promoted == "cancel":
            return lambda: self._send(
                "POST", f"/api/v1/posts/{post_id}/cancel", {"why": "the owner has second thoughts"}
            )
        return lambda: self._send(
            "PATCH", f"/api/v1/posts/{post_id}", {"caption": f"{post.caption} (corrected)"}
        )

    def _withdraw(self, listing_id: str) -> None:
        self._send("PATCH", f"/api/v1/listings/{listing_id}", {"status": "withdrawn"})

    def _slow_down(self, delivery: dict[str, Any]) -> None:
        """Let Postiz take its time over this one promotion, so that a worker can be met in the act."""
        path = f"/posts/{delivery['remote_id']}/status"
        self.fakes.add_fault(kind="slow", method="PUT", path=path, delay_s=4)

    def _kill(self, delivery: dict[str, Any]) -> None:
        is_in_the_act = delivery["is_in_hand"] and delivery["next_step"] == "promote"
        if self.killed or not is_in_the_act or not delivery["lease_owner"]:
            return
        pid = int(delivery["lease_owner"].rsplit(":", 1)[1])
        time.sleep(0.3)  # the worker lists first; then it waits for the slow answer
        os.kill(pid, signal.SIGKILL)
        self.killed.append({"pid": pid, "delivery": delivery["id"], "step": "promote"})
        self.say(f"[bold red]SIGKILL[/]   worker {pid}, while it promotes {delivery['id']}")

    def _send(self, method: str, path: str, body: dict[str, Any]) -> None:
        self.api.request(method, path, json=body).raise_for_status()

    def _tell(self, delivery: dict[str, Any]) -> None:
        elapsed_s = self._elapsed_s()
        state = delivery["state"]
        colour = {"published": "green", "cancelled": "yellow", "missed": "yellow", "declined": "yellow"}.get(
            state
        )
        shown = f"[{colour}]{state}[/]" if colour else state
        self.say(f"{elapsed_s:6.1f} s   {delivery['channel_name']:<24} {shown}")
