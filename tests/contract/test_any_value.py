"""Whatever a post says comes back to the letter from both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postengine.adapters.stores.sql import SqlStore
from postengine.engine.posts.post import Content, Post
from tests.contract.rows import minimal

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
INSTANTS = st.datetimes(
    min_value=datetime(1971, 1, 1),  # noqa: DTZ001 - the strategy wants it so
    max_value=datetime(2999, 1, 1),  # noqa: DTZ001 - the strategy wants it so
    timezones=st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT, values=st.dictionaries(TEXT, JSON, max_size=4), at=INSTANTS)
def test_a_post_comes_back_as_it_was(
    sql_store: SqlStore, text: str, values: dict[str, object], at: datetime
) -> None:
    content = Content(caption=text, hashtags=(text, text), settings=values)
    with sql_store.transaction() as tx:
        row = minimal(Post, id=f"p{tx.count(Post, {})}", title=text, content=content, scheduled_at=at)
        tx.add(row)
        found = tx.get(Post, row.id)

    assert found == row
    assert found is not None
    assert found.scheduled_at.tzinfo is UTC
