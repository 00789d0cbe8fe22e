"""Pictures on their way out: encoded, held to a size in bytes, and free of anybody's data."""

from __future__ import annotations

from .encode import Format as Format
from .encode import Output as Output
from .encode import encode as encode
from .untouched import stripped_photo as stripped_photo
