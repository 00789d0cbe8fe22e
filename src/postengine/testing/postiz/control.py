"""The fake's own routes below `/_fake`: all that its Python side can do. They ask for no key."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from datetime import timedelta

from pydantic import JsonValue, TypeAdapter, ValidationError

from .control_hand import person
from .controlled import Controlled
from .faults import Fault, OutageName
from .message import Reply, Request, json_reply, refused
from .publishing import PublishFailure
from .remote_files import WebFile
from .rows import PostRow, iso_ms
from .webhooks import EMPTY

_FAULTS: TypeAdapter[Fault | list[Fault]] = TypeAdapter(Fault | list[Fault])
_FAILURE = TypeAdapter(PublishFailure)
_OUTAGE = TypeAdapter[OutageName](OutageName)
_SECONDS = TypeAdapter(float)
_NAMES = TypeAdapter(list[str])
_ROWS = TypeAdapter(list[dict[str, JsonValue]])

_Body = dict[str, JsonValue]


class Control:
    """Handles `/_fake/…`.

    | route | body |
    | --- | --- |
    | POST `/accounts` | `{api_key, integrations, tags}` or a list of them |
    | POST, DELETE `/faults` | a `Fault` or a list of them; deleting takes all away |
    | POST `/publish-failures` | a `PublishFailure` |
    | POST `/outages` | `{name, seconds}`; null lasts until 0 ends it |
    | POST `/skew` | `{seconds}` by which the server's clock is ahead |
    | POST `/sweep` | `{on}`: the hourly sweep |
    | POST `/webhooks` | `{api_key, url, integrations}`: tell `url` of successes |
    | POST `/webhooks/send` | `{url, body}`: a forged or a test webhook, now |
    | POST `/oauth` | `{api_key, client_id, client_secret}`; answers `{code}` |
    | POST `/web` | `{url, base64, status, redirect}`: a file for `upload-from-url` |
    | POST `/uploads/forget` | `{url}`: the server loses an uploaded file |
    | POST `/video-credits` | `{credits}`; null is any number |
    | POST `/unreachable` | `{providers}` that hand out no URL for connecting |
    | POST `/posts/{id}/edit` | `{content, loses_mark}` |
    | POST `/posts/{id}/move` | `{date}` |
    | POST `/posts/{id}/delete`, `promote`, `publish`, `copy` | nothing |
    | POST `/channels/{id}/lose-token`, `reconnect`, `disable` | nothing |
    | GET `/state` | posts, what the networks received, duplicates, webhooks sent, stuck loops |
    """

    def __init__(self, fake: Controlled) -> None:
        self._fake = fake
        self._routes: dict[tuple[str, str], Callable[[JsonValue], JsonValue]] = {
            ("POST", "accounts"): self._add_accounts,
            ("POST", "faults"): self._add_faults,
            ("DELETE", "faults"): self._clear_faults,
            ("POST", "publish-failures"): self._fail_publish,
            ("POST", "outages"): lambda body: self._set_outage(_object(body)),
            ("POST", "skew"): lambda body: self._set_skew(_object(body)),
            ("POST", "sweep"): lambda body: self._sweep(_object(body)),
            ("POST", "webhooks"): lambda body: self._register_webhook(_object(body)),
            ("POST", "webhooks/send"): lambda body: self._send_webhook(_object(body)),
            ("POST", "oauth"): lambda body: self._consent(_object(body)),
            ("POST", "web"): lambda body: self._put_in_web(_object(body)),
            ("POST", "uploads/forget"): lambda body: self._forget(_object(body)),
            ("POST", "video-credits"): lambda body: self._set_credits(_object(body)),
            ("POST", "unreachable"): lambda body: self._set_unreachable(_object(body)),
            ("GET", "state"): self._state,
        }

    def answer(self, request: Request) -> Reply:
        """Do what a test asks for; 400 tells what was wrong, 404 that there is no such route or thing."""
        names = request.path.removeprefix("/_fake/").strip("/").split("/")
        try:
            body: JsonValue = json.loads(request.body) if request.body else {}
            if names[0] in {"posts", "channels"} and len(names) == 3 and request.method == "POST":
                return json_reply(200, person(self._fake.hand, names[1], names[2], _object(body)))
            handler = self._routes.get((request.method, "/".join(names)))
            if handler is None:
                return refused(404, f"Cannot {request.method} {request.path}")
            return json_reply(200, handler(body))
        except (ValidationError, ValueError, TypeError) as error:
            return refused(400, str(error))
        except KeyError as error:
            return refused(404, f"There is no {error}")

    def _add_accounts(self, body: JsonValue) -> JsonValue:
        for given in body if isinstance(body, list) else [body]:
            if not isinstance(given, dict):
                raise TypeError("an account is an object with api_key and integrations")
            rows = _ROWS.validate_python(given.get("integrations") or [])
            tags = _NAMES.validate_python(given.get("tags") or [])
            self._fake.add_account(str(given["api_key"]), rows, tags=tags)
        return {"accounts": len(self._fake.accounts)}

    def _add_faults(self, body: JsonValue) -> JsonValue:
        found = _FAULTS.validate_python(body)
        for fault in found if isinstance(found, list) else [found]:
            self._fake.faults.add(fault)
        return {"faults": len(self._fake.faults.rules)}

    def _clear_faults(self, _: JsonValue) -> JsonValue:
        self._fake.faults.clear()
        return {"faults": 0}

    def _fail_publish(self, body: JsonValue) -> JsonValue:
        self._fake.fail_publish(_FAILURE.validate_python(body))
        return {"failures": len(self._fake.publish_failures)}

    def _set_outage(self, given: _Body) -> JsonValue:
        name, seconds = _OUTAGE.validate_python(given.get("name")), given.get("seconds")
        if seconds is None:
            self._fake.begin_outage(name, None)
        elif seconds == 0:
            self._fake.end_outage(name)
        else:
            self._fake.begin_outage(name, timedelta(seconds=_SECONDS.validate_python(seconds)))
        return {"down": list(self._fake.down)}

    def _set_skew(self, given: _Body) -> JsonValue:
        self._fake.skew = timedelta(seconds=_SECONDS.validate_python(given["seconds"]))
        return {"seconds": self._fake.skew.total_seconds()}

    def _sweep(self, given: _Body) -> JsonValue:
        self._fake.sweep_hourly(on=given["on"] is True)
        return {"on": given["on"]}

    def _register_webhook(self, given: _Body) -> JsonValue:
        channels = _NAMES.validate_python(given.get("integrations", []))
        self._fake.register_webhook(str(given["api_key"]), str(given["url"]), channels)
        return {"url": given["url"]}

    def _send_webhook(self, given: _Body) -> JsonValue:
        body = json.dumps(given["body"]).encode() if "body" in given else EMPTY
        self._fake.webhooks.send(str(given["url"]), body)
        return {"url": given["url"]}

    def _consent(self, given: _Body) -> JsonValue:
        names = (str(given[name]) for name in ("api_key", "client_id", "client_secret"))
        return {"code": self._fake.consent(*names)}

    def _put_in_web(self, given: _Body) -> JsonValue:
        redirect = given.get("redirect")
        self._fake.web[str(given["url"])] = WebFile(
            b64decode(str(given.get("base64", "")), validate=True),
            int(_SECONDS.validate_python(given.get("status", 200))),
            None if redirect is None else str(redirect),
        )
        return {"files": len(self._fake.web)}

    def _forget(self, given: _Body) -> JsonValue:
        self._fake.uploads.forget(str(given["url"]))
        return {"url": given["url"]}

    def _set_credits(self, given: _Body) -> JsonValue:
        number = given["credits"]
        self._fake.videos.credits = None if number is None else int(_SECONDS.validate_python(number))
        return {"credits": number}

    def _set_unreachable(self, given: _Body) -> JsonValue:
        self._fake.channels.unreachable = set(_NAMES.validate_python(given["providers"]))
        return {"providers": given["providers"]}

    def _state(self, _: JsonValue) -> JsonValue:
        return {
            "posts": [self._post(post) for post in self._fake.posts.values()],
            "network": [dict(entry.line()) for entry in self._fake.network],
            "duplicates": self._fake.duplicates(),
            "webhooks": [
                {"url": sent.url, "body": sent.body.decode("utf-8"), "status": sent.status}
                for sent in self._fake.webhooks.sent
            ],
            "stuck_loops": self._fake.stuck_loops,
        }

    def _post(self, post: PostRow) -> JsonValue:
        return {
            "id": post.id,
            "state": post.state,
            "is_deleted": post.is_deleted,
            "has_run": self._fake.has_run(post.id),
            "publish_date": iso_ms(post.publish_date),
            "integration": post.integration.id,
            "ref": post.ref,
            "content": post.content,
            "settings": dict(post.settings),
            "parent_id": post.parent_id,
        }


def _object(body: JsonValue) -> _Body:
    return body if isinstance(body, dict) else {}
