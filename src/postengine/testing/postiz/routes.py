"""Every route of the public API, and who answers it."""

from __future__ import annotations

from . import account_calls
from .agenda import Agenda
from .api import Route
from .channels import Channels
from .create import CreatePosts
from .message import json_reply
from .posts import Posts
from .releases import Releases
from .remote_files import RemoteFiles
from .slots import Slots
from .uploads import Uploads
from .videos import Videos


def account_routes(channels: Channels, slots: Slots, releases: Releases, agenda: Agenda) -> list[Route]:
    """List the routes about the account and its channels."""
    return [
        Route("GET", "/is-connected", lambda _: json_reply(200, {"connected": True})),
        Route(
            "GET", "/integrations", lambda asked: channels.integrations(asked.account, asked.request.query)
        ),
        Route("GET", "/groups", lambda asked: channels.groups(asked.account)),
        Route("GET", "/social/{}", lambda asked: channels.social(asked.names[0], asked.request.origin)),
        Route(
            "DELETE",
            "/integrations/{}",
            lambda asked: channels.delete(asked.account, asked.names[0], agenda.server_now),
        ),
        Route(
            "GET", "/integration-settings/{}", lambda asked: channels.settings(asked.account, asked.names[0])
        ),
        Route(
            "POST",
            "/integration-trigger/{}",
            lambda asked: channels.trigger(asked.account, asked.names[0], asked.json),
        ),
        Route("GET", "/find-slot/{}", lambda asked: slots.find(asked.account, asked.names[0])),
        Route(
            "GET",
            "/analytics/post/{}",
            lambda asked: releases.post_analytics(asked.account, asked.names[0]),
        ),
        Route(
            "GET", "/analytics/{}", lambda asked: releases.channel_analytics(asked.account, asked.names[0])
        ),
        Route(
            "GET",
            "/notifications",
            lambda asked: account_calls.notifications(asked.account, asked.request.query),
        ),
        Route("GET", "/users", lambda _: account_calls.users()),
    ]


def post_routes(create: CreatePosts, posts: Posts, releases: Releases) -> list[Route]:
    """List the routes about posts."""
    return [
        Route("GET", "/posts", lambda asked: posts.listing(asked.account, asked.request.query)),
        Route("POST", "/posts", lambda asked: create.handle(asked.account, asked.json)),
        Route("DELETE", "/posts/group/{}", lambda asked: posts.delete_group(asked.account, asked.names[0])),
        Route("DELETE", "/posts/{}", lambda asked: posts.delete(asked.account, asked.names[0])),
        Route(
            "PUT",
            "/posts/{}/status",
            lambda asked: posts.set_status(asked.account, asked.names[0], asked.json),
        ),
        Route(
            "PUT",
            "/posts/{}/settings",
            lambda asked: posts.merge_settings(asked.account, asked.names[0], asked.json),
        ),
        Route(
            "PUT",
            "/posts/{}/release-id",
            lambda asked: releases.set_release_id(asked.account, asked.names[0], asked.json),
        ),
        Route("GET", "/posts/{}/missing", lambda asked: releases.missing(asked.account, asked.names[0])),
    ]


def media_routes(uploads: Uploads, remote: RemoteFiles, videos: Videos) -> list[Route]:
    """List the routes about media."""
    return [
        Route("POST", "/upload", lambda asked: uploads.upload(asked.request)),
        Route("POST", "/upload-from-url", lambda asked: remote.upload(asked.json, asked.request.origin)),
        Route("POST", "/generate-video", lambda asked: videos.generate(asked.json, asked.request.origin)),
        Route("POST", "/video/function", lambda asked: videos.call(asked.json)),
    ]
