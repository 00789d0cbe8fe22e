"""The phone's side: agent API v1 as plain request → response values, which any web framework mounts.

    api = AgentApi(ports, link_secret=secret, base_url="https://posts.example.com")
    answer = api.handle(AgentRequest(method, path, query, headers, body, remote_addr))

The framework writes `answer.status`, `answer.headers` and `answer.body` (bytes, or a `FilePart` to stream),
and calls `tick(ports)` where `answer.has_written`.
"""

from __future__ import annotations

from .api import ROUTES as ROUTES
from .api import AgentApi as AgentApi
from .api import Route as Route
from .device import revoke_device as revoke_device
from .pairing import PairingOffer as PairingOffer
from .pairing import create_pairing_code as create_pairing_code
from .requests import MAX_BODY_BYTES as MAX_BODY_BYTES
from .requests import AgentRequest as AgentRequest
from .responses import AgentResponse as AgentResponse
from .responses import FilePart as FilePart
from .site import AgentSite as AgentSite
from .site_files import SiteFile as SiteFile
from .site_files import read_site as read_site

__all__ = [
    "MAX_BODY_BYTES",
    "ROUTES",
    "AgentApi",
    "AgentRequest",
    "AgentResponse",
    "AgentSite",
    "FilePart",
    "PairingOffer",
    "Route",
    "SiteFile",
    "create_pairing_code",
    "read_site",
    "revoke_device",
]
