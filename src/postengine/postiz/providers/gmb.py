"""A Google Business profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import ConfigDict

from postengine.postiz.problem import Problem

from .settings import ProviderSettings, camel_name
from .values import WebUrl

__all__ = ["GmbSettings"]

_WITHOUT_ADDRESS = ("NONE", "CALL")


class GmbSettings(ProviderSettings):
    """Settings of a post on a Google Business profile.

    Attributes:
        topic_type: What kind of post; an event needs a title.
        call_to_action_type: The button; all but `NONE` and `CALL` need an address.
        call_to_action_url: Leave it out for `NONE`: the server refuses an empty one.
        event_start_date: As the server takes it, such as `2026-12-01`.
        event_start_time: Such as `10:00`.
        offer_redeem_url: Where the offer is used.
    """

    model_config = ConfigDict(alias_generator=camel_name)

    provider: Literal["gmb"] = "gmb"
    topic_type: Literal["STANDARD", "EVENT", "OFFER"] | None = None
    call_to_action_type: (
        Literal["NONE", "BOOK", "ORDER", "SHOP", "LEARN_MORE", "SIGN_UP", "GET_OFFER", "CALL"] | None
    ) = None
    call_to_action_url: WebUrl | None = None
    event_title: str | None = None
    event_start_date: str | None = None
    event_end_date: str | None = None
    event_start_time: str | None = None
    event_end_time: str | None = None
    offer_coupon_code: str | None = None
    offer_redeem_url: WebUrl | None = None
    offer_terms: str | None = None

    @classmethod
    def cross_problems(cls, values: Mapping[str, object]) -> Iterator[Problem]:
        """Yield what the button and the topic ask for."""
        button = values.get("callToActionType")
        if button is not None and button not in _WITHOUT_ADDRESS and not values.get("callToActionUrl"):
            message = f"The button {button} leads somewhere; give its address, or choose NONE."
            yield Problem("settings.callToActionUrl", "missing", message)
        if values.get("topicType") == "EVENT" and not values.get("eventTitle"):
            yield Problem("settings.eventTitle", "missing", "An event needs a title; set eventTitle.")
