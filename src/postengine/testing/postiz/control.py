"""The fake's own routes below `/_fake`: faults, outages, a person's hand. They ask for no key."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

from pydantic import JsonValue, TypeAdapter, ValidationError

from .dates import parse_date
from .faults import Fault, Faults, OutageName
from .hand import Hand
from .message import Reply, Request, json_reply, refused
from .network import Network
from .outages import Outages
from .publishing import PublishFailure, Publishing
from .rows import iso_ms
from .store import Store

_FAULTS: TypeAdapter[Fault | list[Fault]] = TypeAdapter(Fault | list[Fault])
_FAILURE = TypeAdapter(PublishFailure)
_OUTAGE = TypeAdapter[OutageName](OutageName)

_Body = dict[str, JsonValue]


class Control:
    """Handles `/_fake/…`.

    | route | body |
    | --- | --- |
    | POST `/accounts` | `{api_key, integrations}` or a list of them |
    | POST, DELETE `/faults` | a `Fault` or a list of them; deleting takes all away |
    | POST `/publish-failures` | a `PublishFailure` |
    | POST `/outages` | `{name, seconds}`; null lasts until 0 ends it |
    | POST `/posts/{id}/edit` | `{content, loses_mark}` |
    | POST `/posts/{id}/move` | `{date}` |
    | POST `/posts/{id}/delete`, `promote`, `publish`, `copy` | nothing |
    | GET `/state` | all posts, what the networks received, the duplicates |
    """

    def __init__(
        self,
        store: Store,
        network: Network,
        *,
        faults: Faults,
        hand: Hand,
        outages: Outages,
        publishing: Publishing,
    ) -> None:
        self._store = store
        self._network = network
        self._faults = faults
        self._hand = hand
        self._outages = outages
        self._publishing = publishing
        self._routes: dict[tuple[str, str], Callable[[JsonValue], JsonValue]] = {
            ("POST", "accounts"): self._add_accounts,
            ("POST", "faults"): self._add_faults,
            ("DELETE", "faults"): self._clear_faults,
            ("POST", "publish-failures"): self._fail_publish,
            ("POST", "outages"): self._set_outage,
            ("GET", "state"): self._state,
        }

    def answer(self, request: Request) -> Reply:
        """Do what a test asks for; 400 tells what was wrong, 404 that there is no such route or post."""
        names = request.path.removeprefix("/_fake/").strip("/").split("/")
        try:
            body: JsonValue = json.loads(request.body) if request.body else {}
            if names[0] == "posts" and len(names) == 3 and request.method == "POST":
                return json_reply(200, self._person(names[1], names[2], body))
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
            integrations = given.get("integrations", [])
            rows = integrations if isinstance(integrations, list) else []
            self._store.add_account(str(given["api_key"]), [row for row in rows if isinstance(row, dict)])
        return {"accounts": len(self._store.accounts)}

    def _add_faults(self, body: JsonValue) -> JsonValue:
        found = _FAULTS.validate_python(body)
        for fault in found if isinstance(found, list) else [found]:
            self._faults.add(fault)
        return {"faults": len(self._faults.rules)}

    def _clear_faults(self, _: JsonValue) -> JsonValue:
        self._faults.clear()
        return {"faults": 0}

    def _fail_publish(self, body: JsonValue) -> JsonValue:
        self._publishing.failures.append(_FAILURE.validate_python(body))
        return {"failures": len(self._publishing.failures)}

    def _set_outage(self, body: JsonValue) -> JsonValue:
        given = body if isinstance(body, dict) else {}
        name, seconds = _OUTAGE.validate_python(given.get("name")), given.get("seconds")
        if seconds is not None and not isinstance(seconds, int | float):
            raise TypeError("seconds is a number or null")
        if seconds == 0:
            self._outages.end(name)
        else:
            self._outages.begin(name, None if seconds is None else timedelta(seconds=seconds))
        return {"down": list(self._outages.down)}

    def _person(self, post_id: str, verb: str, body: JsonValue) -> JsonValue:
        given: _Body = body if isinstance(body, dict) else {}
        match verb:
            case "edit":
                self._hand.edit(post_id, str(given["content"]), loses_mark=given.get("loses_mark") is True)
            case "move":
                date = parse_date(given.get("date"))
                if date is None:
                    raise ValueError("date is an ISO 8601 instant")
                self._hand.move(post_id, date)
            case "delete":
                self._hand.delete(post_id)
            case "promote":
                self._hand.promote(post_id)
            case "publish":
                self._hand.publish(post_id)
            case "copy":
                return {"id": self._hand.copy(post_id).id}
            case _:
                raise KeyError(verb)
        return {"id": post_id}

    def _state(self, _: JsonValue) -> JsonValue:
        posts: list[JsonValue] = [
            {
                "id": post.id,
                "state": post.state,
                "is_deleted": post.is_deleted,
                "has_run": self._publishing.has_run(post.id),
                "publish_date": iso_ms(post.publish_date),
                "integration": post.integration.id,
                "ref": post.ref,
                "content": post.content,
                "settings": dict(post.settings),
                "parent_id": post.parent_id,
            }
            for post in self._store.posts.values()
        ]
        network: list[JsonValue] = [dict(entry.line()) for entry in self._network.entries]
        return {"posts": posts, "network": network, "duplicates": self._network.duplicates()}
