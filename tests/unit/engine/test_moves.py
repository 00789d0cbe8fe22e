"""The moves table, move for move; every other one is refused."""

from __future__ import annotations

from contextlib import suppress
from itertools import product

import pytest

from postengine.engine.posts.errors import IllegalMove
from postengine.engine.posts.moves import PERSON, PHONE, check_move, has_ended
from postengine.engine.posts.states import ENDED, DeliveryState, Mode, Step

AUTOMATIC = """
stage planned staged | stage planned failed | stage planned unconfirmed
promote staged promoted | promote staged unconfirmed | promote staged cancelled
confirm promoted published | confirm promoted failed | confirm promoted unconfirmed
confirm unconfirmed published | confirm failed published
recall planned planned | recall planned cancelled | recall planned unconfirmed | recall planned published
recall staged planned | recall staged cancelled | recall staged unconfirmed | recall staged published
recall promoted planned | recall promoted cancelled
recall unconfirmed planned | recall unconfirmed cancelled | recall unconfirmed failed
recall unconfirmed published
recall failed planned | recall failed cancelled | recall failed published
recall missed planned | recall missed cancelled | recall missed published
recall cancelled planned | recall cancelled published
miss planned missed | miss planned promoted | miss staged missed | miss staged promoted
person planned cancelled | person staged planned | person unconfirmed published
person failed planned | person missed planned | person cancelled planned
"""
MANUAL = """
notify planned notified | miss planned missed
expire notified missed | expire opened missed | expire shared missed
reassign notified planned
phone planned notified | phone planned opened | phone planned shared | phone planned published
phone planned declined | phone notified opened | phone notified shared | phone notified published
phone notified declined | phone opened shared | phone opened published | phone opened declined
phone shared published | phone shared declined | phone missed published
person planned published | person planned cancelled | person notified published
person notified cancelled | person opened published | person opened cancelled
person shared published | person shared cancelled
person notified planned | person opened planned | person shared planned
person declined planned | person missed planned | person missed published | person cancelled planned
person declined published | person cancelled published
"""


def _legal(table: str) -> set[tuple[str, str, str]]:
    lines = table.replace("\n", "|").split("|")
    moves = [line.split() for line in lines if line.strip()]
    return {(by, start, end) for by, start, end in moves}


LEGAL = {Mode.AUTOMATIC: _legal(AUTOMATIC), Mode.MANUAL: _legal(MANUAL)}


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("by", [*Step, PERSON, PHONE, "engine", "hold"])
def test_each_hand_moves_as_the_table_says(mode: Mode, by: str) -> None:
    allowed: set[tuple[str, str, str]] = set()
    for start, end in product(DeliveryState, DeliveryState):
        with suppress(IllegalMove):
            check_move("d", mode, by, start, end)
            allowed.add((by, start, end))

    assert allowed == {move for move in LEGAL[mode] if move[0] == by}


def test_a_refusal_says_from_where_to_where() -> None:
    with pytest.raises(IllegalMove) as caught:
        check_move("d", Mode.AUTOMATIC, Step.STAGE, DeliveryState.PUBLISHED, DeliveryState.STAGED)

    error = caught.value
    assert (error.from_state, error.to_state, error.code) == ("published", "staged", "illegal_move")


def test_what_has_ended() -> None:
    assert {state for state in DeliveryState if has_ended(state)} == set(ENDED)
    assert not has_ended(DeliveryState.UNCONFIRMED)
