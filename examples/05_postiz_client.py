"""The Postiz client on its own: channels, a draft, its promotion, and an error that says what is known."""

from __future__ import annotations

from datetime import timedelta

import httpx

from postengine.postiz import (
    CreatePost,
    IntegrationRef,
    PostEntry,
    PostizClient,
    PostizUnanswered,
    PostPart,
    to_content,
)
from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz, Fault


def main() -> None:
    """Speak with a FakePostiz; a real one is `PostizClient(base_url=…, api_key=…)`."""
    clock = FakeClock()
    postiz = FakePostiz(clock)
    postiz.add_account("key", [{"id": "int-x", "identifier": "x", "name": "@harbour"}])
    http = httpx.Client(transport=postiz.transport())
    with http, PostizClient(http, base_url="https://postiz.test/api", api_key="key", clock=clock) as client:
        for channel in client.list_integrations().value:
            print("channel:", channel.id, channel.identifier)
        due_at = clock.now() + timedelta(hours=1)
        entry = PostEntry(
            integration=IntegrationRef(id="int-x"),
            value=(PostPart(content=to_content("Open house today")),),
            settings={"who_can_reply_post": "everyone"},
        )
        made = client.create_post(CreatePost(type="draft", date=due_at, posts=(entry,)))
        post_id = made.value[0].post_id
        if made.rate_limit is not None:
            print("posts left this hour:", made.rate_limit.remaining)
        client.set_status(post_id, "schedule")
        clock.advance(timedelta(hours=1, seconds=5))
        for post in client.list_posts(clock.now() - timedelta(days=1), clock.now()).value:
            print("post:", post.state, "at", f"{post.publish_date:%H:%M}")

        postiz.faults.add(Fault(kind="drop_after", method="DELETE"))
        try:
            client.delete_post(post_id)
        except PostizUnanswered as error:
            print("lost answer: may have happened", error.may_have_happened, "· in flight", error.in_flight)


if __name__ == "__main__":
    main()
