"""Only type-checked: what the Postiz clients' methods return, in both worlds."""

from __future__ import annotations

from datetime import datetime
from typing import assert_type

from pydantic import BaseModel

from postengine.postiz import (
    Answer,
    AsyncPostizClient,
    Call,
    Conversation,
    CreatedPost,
    CreatePost,
    Integration,
    IntegrationRef,
    MediaRef,
    PostEntry,
    PostizClient,
    PostPart,
    Probe,
)
from postengine.postiz.carrying.conversation import ask


class OwnSettings(BaseModel):
    """Settings of a provider."""

    who_can_reply_post: str


def threads(client: PostizClient, post: CreatePost, call: Call[int]) -> None:
    assert_type(client.create_post(post), Answer[tuple[CreatedPost, ...]])
    assert_type(client.list_integrations(), Answer[tuple[Integration, ...]])
    assert_type(client.find_slot("i1"), Answer[datetime])
    assert_type(client.send(call), Answer[int])
    assert_type(client.converse(two(call)), int)
    assert_type(client.probe(), Probe)


async def tasks(client: AsyncPostizClient, post: CreatePost, call: Call[int]) -> None:
    assert_type(await client.create_post(post), Answer[tuple[CreatedPost, ...]])
    assert_type(await client.find_slot("i1"), Answer[datetime])
    assert_type(await client.send(call), Answer[int])
    assert_type(await client.converse(two(call)), int)


def two(call: Call[int]) -> Conversation[int]:
    first = yield from ask(call)
    second = yield from ask(call)
    return first.value + second.value


def entries(media: MediaRef) -> list[PostEntry]:
    parts = (PostPart(content="hi", image=(media,)),)
    channel = IntegrationRef(id="i1")
    return [
        PostEntry(integration=channel, value=parts, settings={"who_can_reply_post": "everyone"}),
        PostEntry(integration=channel, value=parts, settings=OwnSettings(who_can_reply_post="everyone")),
    ]
