"""Whatever is handed over as an element tree is converted, or refused with a path."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postengine.render.image.satori import SatoriInvalid, from_satori
from postengine.render.image.satori.styles import KNOWN

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        [
            "calc(1px",
            "url(",
            "url(a)",
            "var(--a",
            "var(--a, 1px)",
            "linear-gradient(red, transparent",
            "linear-gradient(red 1%, transparent 2e9%)",
            "rgba(1,2",
            "((((",
            "1/0",
            "1e999px",
            '2 "…"',
            "center",
            "contents",
            "line-through",
        ]
    ),
)
STYLES = st.dictionaries(
    st.sampled_from(sorted({*KNOWN, "--a", "font", "WebkitTextStroke"})), VALUES, max_size=5
)
PROPS = st.fixed_dictionaries(
    {"style": STYLES},
    optional={
        "tw": st.text(alphabet="abdeflmoprstwx0159-[]/. ", max_size=30),
        "src": VALUES,
        "width": VALUES,
        "height": VALUES,
        "viewBox": VALUES,
        "lang": VALUES,
    },
)
TAGS = st.sampled_from(["div", "h1", "pre", "img", "svg", "br", "fragment", "path", "text"])
TREES = st.recursive(
    VALUES,
    lambda inner: st.builds(
        lambda tag, props, children: {"type": tag, "props": {**props, "children": children}},
        TAGS,
        PROPS,
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tree=TREES, width=st.none() | st.integers(1, 2000), exact=st.booleans())
def test_any_tree_is_converted_or_refused_with_a_path(
    tree: object, width: int | None, *, exact: bool
) -> None:
    paths = _told_of(tree, width, exact=exact)

    assert all(path.startswith("root") for path in paths)


def _told_of(tree: object, width: int | None, *, exact: bool) -> list[str]:
    """Return the paths of what was lost, or of what is malformed."""
    try:
        return [loss.path for loss in from_satori(tree, width=width, height=100, exact=exact).losses]
    except SatoriInvalid as error:
        return [error.path]
