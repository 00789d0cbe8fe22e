"""The naive way, for comparison: ask Postiz to publish, and ask again after every error."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from postengine.clock import SystemClock
from postengine.engine.posts.delivery import make_ref
from postengine.postiz import CreatePost, IntegrationRef, PostEntry, PostizClient, PostizError, PostPart

from .postiz import Postiz, channel_of, running_postiz
from .scene import Plan, tenant_names
from .tally import Tally, received, tally

TRIES = 8
_THREADS = 15
_FIRST_WAIT_S = 0.1
_LONGEST_WAIT_S = 3.0
_SETTLED_AFTER_S = 5.0
"""Longer than the latest commit and its publication."""


@dataclass(frozen=True, slots=True)
class _Sender:
    postiz: Postiz

    def send(self, key: str, ref: str, text: str) -> None:
        """Ask to publish now; after any error wait, and ask again."""
        part = PostPart(content=text)
        entry = PostEntry(
            integration=IntegrationRef(id=channel_of(key)),
            value=(part,),
            settings={"postengine": {"ref": ref}},
        )
        clock = SystemClock()
        with PostizClient(base_url=self.postiz.url, api_key=key, clock=clock, tries=1) as client:
            for number in range(TRIES):
                try:
                    client.create_post(CreatePost(type="now", date=clock.now(), posts=(entry,)))
                except PostizError as error:
                    wait_s = error.retry_after or min(_FIRST_WAIT_S * 2**number, _LONGEST_WAIT_S)
                    time.sleep(wait_s)
                else:
                    return


def play_naively(folder: Path, plan: Plan) -> Tally:
    """Send all posts at once, on as many threads as the engine has; nobody is killed."""
    keys = tenant_names(plan)
    refs: list[str] = []
    with running_postiz(folder, keys, seed=plan.seed) as postiz:
        sender = _Sender(postiz)
        with ThreadPoolExecutor(_THREADS) as pool:
            for number in range(plan.posts):
                key = keys[number % len(keys)]
                refs.append(make_ref(key, f"post-{number}", "threads", 1))
                pool.submit(sender.send, key, refs[-1], f"Post {number} of {key}")
        time.sleep(_SETTLED_AFTER_S)
        arrivals: Counter[str] = received(postiz.network_log)
    return tally(refs, arrivals, ())
