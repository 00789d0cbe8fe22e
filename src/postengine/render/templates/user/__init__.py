"""Templates of the user's own: a file of Python or JSON in a folder, read again whenever it changes."""

from __future__ import annotations

from .filters import FILTERS as FILTERS
from .folder import TemplateFolder as TemplateFolder
from .folder import UserTemplate as UserTemplate
from .folder import user_template as user_template
from .names import NAMES as NAMES
from .pieces import PARTS as PARTS
from .standing import in_pixels as in_pixels
from .standing import own_tree as own_tree
