"""Publishing: a run waits for the date, reads the row again, and speaks to the network.

As read in Postiz's workflow (V109): a run that finds DRAFT at its start marks the post ERROR; one that sleeps
already looks only whether the row was deleted. Ending a run does not stop a publication in flight.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from pydantic import ConfigDict

from .agenda import Agenda
from .network import Network
from .notes import note
from .rows import By, NetworkEntry, PostRow
from .webhooks import Webhooks


@dataclass
class Run:
    """One workflow run of a post.

    Attributes:
        is_ended: By a newer run or by a demotion.
        is_over: It came to its own end.
    """

    post: PostRow
    by: By
    is_ended: bool = False
    is_over: bool = False


@dataclass
class PublishFailure:
    """A rule: publications that fail.

    Attributes:
        match: A regular expression, searched for in the post's id, its ref and its channel's id.
        times: How many more publications fail; None is all.
        reason: What the notification says.
        retry_after_s: Seconds after which the server's own retry publishes it after all; None is never.
        is_received: The network had taken it, and only its answer was lost: the retry doubles it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    match: str = ""
    times: int | None = 1
    reason: str = "Unknown error"
    retry_after_s: float | None = None
    is_received: bool = False

    def takes(self, post: PostRow) -> bool:
        """Tell whether this publication fails, and count it."""
        if self.times == 0:
            return False
        if not any(re.search(self.match, name) for name in (post.id, post.ref or "", post.integration.id)):
            return False
        if self.times is not None:
            self.times -= 1
        return True


class Publishing:
    """Starts, ends and carries out runs.

    Args:
        agenda: Time.
        network: Where posts arrive.
        webhooks: Who is told of a success.
        publish_takes: From the network's receipt to PUBLISHED; the state stays QUEUE meanwhile.
        start_lag: A run that `POST /posts` asks for starts so much later than its answer.
    """

    def __init__(
        self,
        agenda: Agenda,
        network: Network,
        webhooks: Webhooks,
        *,
        publish_takes: timedelta,
        start_lag: timedelta,
    ) -> None:
        self._agenda = agenda
        self._network = network
        self.publish_takes = publish_takes
        self.start_lag = start_lag
        self.failures: list[PublishFailure] = []
        self.webhooks = webhooks
        self._runs: dict[str, Run] = {}
        self._is_down = False
        self._parked: list[Callable[[], None]] = []

    def start(self, post: PostRow, by: By) -> None:
        """End the post's runs and start one, as `PUT status` does before it answers."""
        if self._is_down:
            return
        self.end(post)
        run = Run(post, by)
        self._runs[post.id] = run
        self._begin(run)

    def start_soon(self, post: PostRow, by: By) -> None:
        """End the post's runs and start one a little later, as `POST /posts` does."""
        if self._is_down:
            return
        self.end(post)
        self._agenda.after(self.start_lag, lambda: self.start(post, by))

    def end(self, post: PostRow) -> None:
        """End the post's run, if any: it will not wake, but what is in flight goes on."""
        run = self._runs.get(post.id)
        if run is not None and not self._is_down:
            run.is_ended = True

    def has_run(self, post_id: str) -> bool:
        """Tell whether a run of the post waits or works."""
        run = self._runs.get(post_id)
        return run is not None and not run.is_ended and not run.is_over

    def go_down(self) -> None:
        """Stop all timers: nothing starts, ends or wakes."""
        self._is_down = True

    def come_back(self) -> None:
        """Go on: what should have woken meanwhile wakes now."""
        self._is_down = False
        parked, self._parked = self._parked, []
        for action in parked:
            action()

    def _begin(self, run: Run) -> None:
        post = run.post
        if post.is_deleted:
            run.is_over = True
        elif post.state == "DRAFT":
            post.state = "ERROR"
            run.is_over = True
        else:
            self._agenda.at_server_time(post.publish_date, lambda: self._wake(run))

    def _wake(self, run: Run) -> None:
        if self._is_down:
            self._parked.append(lambda: self._wake(run))
            return
        if run.is_ended or run.post.is_deleted:
            run.is_over = True
            return
        trouble = self._channel_trouble(run.post)
        if trouble is not None:
            run.is_over = True
            self._fail(run.post, trouble)
            return
        failure = next((rule for rule in self.failures if rule.takes(run.post)), None)
        if failure is None or failure.is_received:
            self._receive(run.post, run.by)
        self._agenda.after(self.publish_takes, lambda: self._finish(run, failure))

    def _finish(self, run: Run, failure: PublishFailure | None) -> None:
        run.is_over = True
        if run.is_ended:  # nobody is left to write the result down
            return
        if failure is None:
            self._published(run.post)
            return
        self._fail(
            run.post,
            f"An error occurred while posting on {run.post.integration.identifier}: {failure.reason}",
        )
        if failure.retry_after_s is not None:
            self._agenda.after(timedelta(seconds=failure.retry_after_s), lambda: self._retry(run))

    def _retry(self, run: Run) -> None:
        if run.is_ended or run.post.is_deleted:
            return
        self._receive(run.post, "server-retry")
        self._agenda.after(self.publish_takes, lambda: self._published(run.post))

    def _receive(self, post: PostRow, by: By) -> None:
        channel = post.integration
        entry = NetworkEntry(self._agenda.true_now, channel.identifier, channel.id, post.ref, post.id, by)
        self._network.receive(entry)

    def _published(self, post: PostRow) -> None:
        post.state = "PUBLISHED"
        post.release_id = f"release-{len(self._network.entries)}"
        post.release_url = f"https://{post.integration.identifier}.example/{post.id}"
        self._notify(
            post,
            f"Your post has been published on {post.integration.identifier.capitalize()} "
            f"at {post.release_url}",
        )
        self.webhooks.published(post.account, post.integration.id)

    def _fail(self, post: PostRow, told: str) -> None:
        post.state = "ERROR"
        self._notify(post, told)

    def _channel_trouble(self, post: PostRow) -> str | None:
        channel = post.integration
        start = f"We couldn't post to {channel.identifier} for {channel.name} because"
        if channel.is_refresh_needed:
            return f"{start} you need to reconnect it."
        return f"{start} it's disabled." if channel.is_disabled or channel.is_deleted else None

    def _notify(self, post: PostRow, content: str) -> None:
        note(post.account, content, self._agenda.server_now)
