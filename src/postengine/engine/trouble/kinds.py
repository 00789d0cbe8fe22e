"""Each kind of trouble: how grave it is, what it comes of, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from .value import Gravity, Trouble, TroubleCode

_C, _G = TroubleCode, Gravity


class Kind(NamedTuple):
    """What is known of a code: how grave it is, what it comes of, and what to do."""

    gravity: Gravity
    cause: str
    remedy: str


KINDS: Mapping[TroubleCode, Kind] = {
    _C.RESTORED: Kind(
        _G.GRAVE,
        "the database counted less than its data folder: it was restored, or somebody said so; "
        "everything is held",
        "See what has passed since the backup was made, then run: python -m reference_app adopt.",
    ),
    _C.ANOTHER_INSTALLATION: Kind(
        _G.GRAVE,
        "the database belongs to another installation, or is a copy of its own; everything is held",
        "See that the other installation sends nothing, then run: python -m reference_app adopt.",
    ),
    _C.CRON_SILENT: Kind(
        _G.GRAVE,
        "no cron has set its mark for 2 minutes",
        "Nothing is begun without a cron. Look whether its process runs and what its last lines "
        "say; start it again.",
    ),
    _C.NEEDS_DECISION: Kind(
        _G.GRAVE,
        "nobody knows what became of a delivery: never proven, stuck, vanished, or out twice at "
        "Postiz; the evidence lists each attempt, what was made at Postiz and what the last "
        "listing showed",
        "Look at the network itself whether it is there, then decide: published, failed, "
        "cancelled, or send again. Nothing is sent again by itself.",
    ),
    _C.QUARANTINED: Kind(
        _G.GRAVE,
        "5 workers in a row died at one delivery, picture, look at channels or watch over phones; "
        "others go on",
        "Look at the workers' logs for what ends them, mend it, then release the hold; a picture "
        "or video is made anew when its post is changed or sent again.",
    ),
    _C.ACCOUNT_SICK: Kind(
        _G.GRAVE,
        "Postiz refuses the account's key",
        "Look at the account's key and address at Postiz, register the account anew, and release the hold.",
    ),
    _C.BREAKER_OPEN: Kind(
        _G.GRAVE,
        "a promote was answered too slowly to prove anything",
        "Look at Postiz's Temporal and its workers. One post at a time probes; a prompt answer "
        "lets all go on.",
    ),
    _C.CLOCK_SKEW: Kind(
        _G.GRAVE,
        "the clock of Postiz, or of a host of ours, is more than `skew_limit` (5 s) off the store's",
        "Set the clocks by NTP; nothing is promoted a second time until they agree.",
    ),
    _C.CHANNEL_SICK: Kind(
        _G.SERIOUS,
        "a channel is switched off, gone, or has to be connected anew; its posts are held",
        "Connect the channel anew in Postiz; its posts then go on by themselves.",
    ),
    _C.CHANNEL_FAILING: Kind(
        _G.SERIOUS,
        "the last 3 posts on a channel failed within a day",
        "Look at the reasons of the last posts; connect the channel anew, or pause it.",
    ),
    _C.BUDGET_EXHAUSTED: Kind(
        _G.SERIOUS,
        "the hour's created posts are used up, or Postiz has refused with 429; until the time named",
        "Wait: posts go on at the time named. If it comes again, raise the limit at Postiz "
        "(API_LIMIT), or spread the posts over more hours.",
    ),
    _C.HELD: Kind(
        _G.SERIOUS,
        "a hold (paused, unapproved, drafts only) keeps back what is due",
        "Approve the post, or release the hold; else it is missed at the end of its grace.",
    ),
    _C.HAND: Kind(
        _G.SERIOUS,
        "somebody has copied a draft in Postiz or moved it earlier; it is held",
        "Do at Postiz what it says, or reschedule or cancel here; then release the hold.",
    ),
    _C.MISSED: Kind(
        _G.SERIOUS,
        "not sent within its grace, or no answer by its end",
        "Send it now, give it another time, or drop it and clear the alert.",
    ),
    _C.FAILED: Kind(
        _G.SERIOUS,
        "the network refused it, by Postiz's word",
        "Mend what the reason names, then send again; or drop it and clear the alert.",
    ),
    _C.REFUSED: Kind(
        _G.SERIOUS,
        "Postiz refuses the post as it is",
        "Change what the reason names in the post, then send again.",
    ),
    _C.UNSEEN: Kind(
        _G.SERIOUS,
        "Postiz has not answered for `stuck_after`, so nobody knows",
        "Look whether Postiz answers; then look at the network whether the post is there.",
    ),
    _C.TOO_LATE: Kind(
        _G.SERIOUS,
        "it was to be taken back, and was out already",
        "Take it off at the network by hand if it must not be there, then clear the alert.",
    ),
    _C.POSTED_AFTER_END: Kind(
        _G.SERIOUS,
        "a phone says Yes after the end of the task",
        "Look whether it is there, decide: published or missed; clear the alert.",
    ),
    _C.WITHDRAWN_IN_POSTIZ: Kind(
        _G.SERIOUS,
        "a person deleted our post in Postiz",
        "Ask who took it back in Postiz; cancel it here as well, or send again. Then clear the alert.",
    ),
    _C.CHANNELS_UNCLEAR: Kind(
        _G.SERIOUS,
        "Postiz names a trouble that may be several channels'",
        "Look at the channels of this account in Postiz, connect anew what needs it, clear the alert.",
    ),
    _C.RENDER_FAILED: Kind(
        _G.SERIOUS,
        "a picture or video could not be made",
        "Mend what the reason names: the photo, the template, the disk.",
    ),
    _C.FILE_MISSING: Kind(
        _G.SERIOUS,
        "a stored file is gone or damaged",
        "Upload the same file again, or restore the folder of files.",
    ),
    _C.NO_DEVICE: Kind(
        _G.SERIOUS,
        "the agent has no phone that can be rung",
        "Pair a phone of the agent, open the app on it, or give the task to a colleague.",
    ),
    _C.NO_ANSWER: Kind(
        _G.SERIOUS,
        "no phone has taken the task up after all reminders",
        "Call the agent, or give the task to a colleague.",
    ),
    _C.NO_COLLEAGUE: Kind(
        _G.SERIOUS,
        "a task was to pass on, and nobody can be rung",
        "Pair a colleague's phone, or call the agent.",
    ),
    _C.PHONE_FAILED: Kind(
        _G.SERIOUS,
        "a phone says that it could not share",
        "Call the agent; the reason is the phone's own word.",
    ),
    _C.PHONE_SILENT: Kind(
        _G.SLIGHT,
        "a phone has not been heard of for `silent_after` (3 days)",
        "Call the agent and have the app opened, or revoke the phone.",
    ),
    _C.PUSH_GONE: Kind(
        _G.SLIGHT,
        "a push registration no longer exists",
        "Open the app on that phone: it registers anew.",
    ),
    _C.PUSH_REFUSED: Kind(
        _G.SLIGHT,
        "the push service refuses us or the registration",
        "Look at the push project's key and sender; then open the app on that phone.",
    ),
    _C.PUSH_STALE: Kind(
        _G.SLIGHT,
        "a phone has not renewed its registration for a month",
        "Open the app on that phone.",
    ),
    _C.MESSAGE_REFUSED: Kind(
        _G.SLIGHT,
        "an e-mail or text message to an agent was refused",
        "Mend the address or the mail server's settings that the reason names.",
    ),
    _C.OTHER: Kind(
        _G.SERIOUS,
        "an alert of a code of your own",
        "Do what it says, then clear the alert.",
    ),
}


def troubled(
    code: TroubleCode,
    subject: str,
    subject_id: str,
    *,
    since: datetime,
    what: str,
    tenant_id: str | None = None,
    evidence: tuple[str, ...] = (),
) -> Trouble:
    """Return a trouble with the gravity and the remedy of its code."""
    kind = KINDS[code]
    return Trouble(
        code=code,
        gravity=kind.gravity,
        subject=subject,
        subject_id=subject_id,
        tenant_id=tenant_id,
        since=since,
        what=what,
        evidence=evidence,
        remedy=kind.remedy,
    )
