"""The fonts of pictures: faces and families, who steps in for a script, and which characters can be drawn.

What pytakumi 0.1.5 does with fonts, found by trying (November 2026), and what is done about it:

- `register_font(data, name=…)` makes the font known under `name`. Weight and width of a variable font follow
  `fontWeight` and `fontStretch`, its optical size only `fontVariationSettings: "opsz" 32`. `weight=` is for
  fonts with one weight: a variable one is drawn in its default weight where just that weight is asked for.
  A second font of the same name, weight and slant is ignored. `subset_of=` gives the new font the common
  characters, digits too. So: names alone for variable fonts, and each face once.
- A family that is not there is no error, and any font that was ever registered steps in for a missing glyph,
  so that a picture would depend on what was drawn before. So: `chain_for` names every font that a text needs,
  and refuses a text that has no glyph somewhere.
- Fonts are chosen a cluster at a time, in the order of `fontFamily`: a letter and its marks stay together.
- Missing weights and slants are made up unless `fontSynthesis: none` is given.
- Colours: COLR version 0 and sbix are drawn; COLR version 1 leaves a gap, tables `SVG ` are passed over. So:
  `emoji.py` makes version 0 of version 1.
- `lang` counts with its first subtag only: see `language.py`.
- Right to left needs `direction: rtl` (or `dir`), or lines begin at the wrong end; overrides, isolates and
  marks are obeyed. A phone number in Arabic stays whole and readable between U+2066 and U+2069 with U+202F in
  it; at U+00A0 between digits an Arabic line breaks.
- `whiteSpace: normal` turns the spaces that do not break (U+00A0, U+202F) into such that do; `pre-wrap` keeps
  them.
- Chinese, Japanese and Korean break as they should (Korean within words, but for `wordBreak: keep-all`); Thai
  breaks at spaces and U+200B only, or with `overflowWrap: anywhere` between any two clusters.
- Lines of Devanagari whose spaces come from another font may be 1 % too wide: see `Fallback.leads`.
"""

from __future__ import annotations

from .characters import without_noise as without_noise
from .face import FontFace as FontFace
from .face import read_face as read_face
from .folder import fonts_in as fonts_in
from .font_file import MAX_FONT_BYTES as MAX_FONT_BYTES
from .font_file import Axis as Axis
from .font_set import Fallback as Fallback
from .font_set import FontSet as FontSet
from .font_set import css_families as css_families
from .language import han_region as han_region
from .language import shaping_language as shaping_language
from .wheels import SANS as SANS
from .wheels import SERIF as SERIF
from .wheels import default_fonts as default_fonts
