"""postengine: the engine room of property marketing.

The names that a backend uses every day; everything else lives in its room, such as `postengine.postiz`,
`postengine.fcm`, `postengine.render`, `postengine.adapters.stores.sql` or `postengine.testing.postiz`.
"""

from __future__ import annotations

from .engine.commands.approve import approve_post as approve_post
from .engine.commands.cancel import cancel_delivery as cancel_delivery
from .engine.commands.cancel import cancel_post as cancel_post
from .engine.commands.decide import Decision as Decision
from .engine.commands.decide import decide as decide
from .engine.commands.edit import PostChanges as PostChanges
from .engine.commands.edit import edit_post as edit_post
from .engine.commands.hold import place_hold as place_hold
from .engine.commands.hold import release_hold as release_hold
from .engine.commands.plan import ChannelUse as ChannelUse
from .engine.commands.plan import NewPost as NewPost
from .engine.commands.plan import plan_post as plan_post
from .engine.commands.register import register_account as register_account
from .engine.commands.register import register_agent as register_agent
from .engine.commands.register import register_channel as register_channel
from .engine.commands.register import register_listing as register_listing
from .engine.commands.register import register_tenant as register_tenant
from .engine.commands.withdraw import change_listing as change_listing
from .engine.ports import Ports as Ports
from .engine.posts.delivery import Delivery as Delivery
from .engine.posts.listing import Facts as Facts
from .engine.posts.post import Content as Content
from .engine.posts.post import MediaItem as MediaItem
from .engine.posts.post import MediaKind as MediaKind
from .engine.posts.states import DeliveryState as DeliveryState
from .engine.posts.states import HoldScope as HoldScope
from .engine.posts.timings import Timings as Timings
from .engine.run import run_once as run_once
from .engine.schedule.tick import tick as tick
from .engine.trouble.reading import trouble as trouble
from .engine.trouble.value import Trouble as Trouble
from .errors import PostEngineError as PostEngineError

__version__ = "0.1.0"

__all__ = [
    "ChannelUse",
    "Content",
    "Decision",
    "Delivery",
    "DeliveryState",
    "Facts",
    "HoldScope",
    "MediaItem",
    "MediaKind",
    "NewPost",
    "Ports",
    "PostChanges",
    "PostEngineError",
    "Timings",
    "Trouble",
    "approve_post",
    "cancel_delivery",
    "cancel_post",
    "change_listing",
    "decide",
    "edit_post",
    "place_hold",
    "plan_post",
    "register_account",
    "register_agent",
    "register_channel",
    "register_listing",
    "register_tenant",
    "release_hold",
    "run_once",
    "tick",
    "trouble",
]
