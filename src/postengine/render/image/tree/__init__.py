"""A picture as a value: nodes with a typed style, checked before anything is drawn."""

from __future__ import annotations

from .limits import check as check
from .limits import check_extent as check_extent
from .limits import check_grounds as check_grounds
from .nodes import Box as Box
from .nodes import Fit as Fit
from .nodes import Node as Node
from .nodes import Outline as Outline
from .nodes import Picture as Picture
from .nodes import Scrim as Scrim
from .nodes import Shape as Shape
from .nodes import Text as Text
from .reading import problems_of as problems_of
from .reading import tree_from as tree_from
from .style import Style as Style
from .values import Rgba as Rgba
from .values import parse_colour as parse_colour
from .walk import ROOT as ROOT
from .walk import nodes as nodes
from .walk import says as says
from .walk import sources as sources
from .walk import style_sources as style_sources
from .walk import walk as walk
from .words import check_words as check_words
