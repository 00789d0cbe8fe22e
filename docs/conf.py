"""Sphinx: Markdown in, HTML out. `make docs` builds with warnings as errors."""

from __future__ import annotations

from postengine import __version__

project = "postengine"
author = "The postengine authors"
copyright = author
release = version = __version__

extensions = ["myst_parser", "docs.gallery"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = f"postengine {__version__}"
html_theme_options = {"navigation_with_keys": True}
