"""A person's hand, asked for over HTTP: `/_fake/posts/{id}/{verb}` and `/_fake/channels/{id}/{verb}`."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from .dates import parse_date
from .hand import Hand


def person(hand: Hand, identity: str, verb: str, given: Mapping[str, JsonValue]) -> JsonValue:
    """Let a person do `verb` to a post or a channel.

    Raises:
        KeyError: There is no such verb, post or channel.
        ValueError: The date is none.
    """
    match verb:
        case "edit":
            hand.edit(identity, str(given["content"]), loses_mark=given.get("loses_mark") is True)
        case "move":
            date = parse_date(given.get("date"))
            if date is None:
                raise ValueError("date is an ISO 8601 instant")
            hand.move(identity, date)
        case "copy":
            return {"id": hand.copy(identity).id}
        case _:
            verbs = {
                "delete": hand.delete,
                "promote": hand.promote,
                "publish": hand.publish,
                "lose-token": hand.lose_token,
                "reconnect": hand.reconnect,
                "disable": hand.disable,
            }
            verbs[verb](identity)
    return {"id": identity}
