"""What is settled before anything is painted: inherited text styles, sizes of fitted texts, places."""

from __future__ import annotations

from .fit import FittedText as FittedText
from .fit import fit_text as fit_text
from .fit import placed_tree as placed_tree
from .inherit import with_text_styles as with_text_styles
from .merged import merged_pictures as merged_pictures
from .placing import Layout as Layout
from .placing import TextPlace as TextPlace
from .placing import layout_of as layout_of
from .placing import walked as walked
