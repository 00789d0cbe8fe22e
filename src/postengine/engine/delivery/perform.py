"""Perform a message: take the work that it names, if it is still there, and do its step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from postengine.engine.jobs import Message
from postengine.engine.ledger.moving import take
from postengine.engine.ports import Ports
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.checkup import Checkup
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import ClaimLost
from postengine.engine.posts.states import Step
from postengine.engine.posts.watch import Watch

from .check import check
from .close import close
from .confirm import confirm
from .expire import expire
from .message import message as tell_otherwise
from .miss import miss
from .notify import notify, remind
from .promote import promote
from .reassign import reassign_late
from .recall import recall
from .render import render
from .stage import stage
from .watch import watch

_STEPS: Mapping[Step, Callable[[Ports, Delivery], None]] = {
    Step.STAGE: stage,
    Step.PROMOTE: promote,
    Step.CONFIRM: confirm,
    Step.RECALL: recall,
    Step.MISS: miss,
    Step.NOTIFY: notify,
    Step.REMIND: remind,
    Step.EXPIRE: expire,
    Step.MESSAGE: tell_otherwise,
    Step.CLOSE: close,
    Step.REASSIGN: reassign_late,
}


def perform(ports: Ports, message: Message) -> bool:
    """Do what `message` asks for; return False if another has the work, or it is done: drop the message."""
    try:
        match message.kind:
            case "asset":
                render(ports, take(ports, Asset, message.id, message.fence))
            case "checkup":
                check(ports, take(ports, Checkup, message.id, message.fence))
            case "watch":
                watch(ports, take(ports, Watch, message.id, message.fence))
            case _:
                delivery = take(ports, Delivery, message.id, message.fence)
                _STEPS[delivery.next_step or message.step](ports, delivery)
    except ClaimLost:
        return False
    return True
