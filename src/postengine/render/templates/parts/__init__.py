"""What templates are made of: a sheet with its inks, parts that stand on it, frames that hold them."""

from __future__ import annotations

from .blocks import details as details
from .blocks import fact_row as fact_row
from .blocks import headline as headline
from .blocks import label as label
from .blocks import page_mark as page_mark
from .blocks import place_line as place_line
from .blocks import price_line as price_line
from .blocks import rule as rule
from .blocks import titled as titled
from .blocks import told as told
from .frames import beside_photo as beside_photo
from .frames import corner_label as corner_label
from .frames import filling as filling
from .frames import on_ground as on_ground
from .frames import on_photo as on_photo
from .frames import panel_width as panel_width
from .frames import photo as photo
from .inks import Ink as Ink
from .inks import toned as toned
from .sheet import Sheet as Sheet
from .signature import agent_line as agent_line
from .signature import legal_lines as legal_lines
from .signature import signature as signature
from .stacks import column as column
from .stacks import room as room
from .stacks import row as row
from .stacks import spacer as spacer
from .words import Letters as Letters
from .words import line as line
from .words import paragraph as paragraph
