"""Times: texts rest until they are read, begin with a shot where they may, and never overlap."""

from __future__ import annotations

from itertools import pairwise

import pytest

from postengine.render.image.geometry import Region
from postengine.render.image.tree import Box
from postengine.render.templates.reels.playing import Part, Played, played
from postengine.render.templates.reels.schedule import scheduled
from postengine.render.templates.reels.script import Act, Entrance, Passage, Shot
from postengine.render.templates.reels.stage import Piece
from postengine.render.templates.reels.tempo import rest_s, words_in


def piece(name: str, words: float) -> Piece:
    return Piece(name, Box(), Region(0, 0, 10, 10), words)


def act(name: str, *words: float, needed: bool = True) -> Played:
    own = Act(name, lambda _sheet, _ink: Box(), needed=needed)
    return played(own, tuple(piece(f"{name}_{at}", count) for at, count in enumerate(words)))


def part(*acts: Played, shots: int = 3, needed: bool = True) -> Part:
    passage = Passage(tuple(Shot(f"p{at}") for at in range(shots)), needed=needed)
    return Part(passage, acts, lead_s=0.25, tail_s=0.3)


def test_words_are_counted_as_they_are_read() -> None:
    assert words_in("+49 40 123 45 67") == 5
    assert words_in("Hafenstraße 12 · Hamburg") == 3
    assert words_in("港を望む邸宅です") == 4
    assert words_in("บ้านเดี่ยว") == pytest.approx(1.75)
    assert words_in("") == 0


def test_long_texts_rest_longer() -> None:
    assert rest_s(1) == rest_s(6) == 2.0
    assert rest_s(20) == pytest.approx(6.0)


def test_beats_come_one_after_another_and_the_last_is_read_as_well() -> None:
    one = act("head", 2, 8, 4)

    assert one.comes_s == pytest.approx((0.0, 0.18, 0.36))
    assert one.length_s == pytest.approx(0.5 + 14 * 0.3 + 0.35 + 0.05)


def test_a_beat_may_wait_for_longer() -> None:
    own = Act("prices", lambda _sheet, _ink: Box(), entrances={"new": Entrance(after_s=1.0)})

    assert played(own, (piece("old", 1), piece("new", 1))).comes_s == (0.0, 1.0)


def test_a_reel_opens_with_its_largest_beat_and_those_before_it() -> None:
    heights = (10, 90, 30)
    own = Act("head", lambda _sheet, _ink: Box())
    pieces = tuple(Piece(str(height), Box(), Region(0, 0, 10, height), 1) for height in heights)

    opening = played(own, pieces, opens=True)

    assert (opening.at_once, opening.comes_s) == (2, (0.0, 0.0, 0.18))
    assert played(own, pieces).at_once == 0


def test_an_act_without_beats_takes_no_reading() -> None:
    assert act("empty").comes_s == ()
    assert played(Act("empty", lambda _sheet, _ink: Box()), (), opens=True).at_once == 0


def test_acts_begin_with_a_shot_where_there_is_time() -> None:
    (timed,) = scheduled([part(act("a", 3), act("b", 3), shots=4)], 22.5, 0.5, "x")

    cuts = [at for _, at in timed.shots]
    starts = [starts for _, starts, _ in timed.acts]
    assert cuts == pytest.approx([5, 10, 15, 20])
    assert starts[0] == 0.25
    assert starts[1] in cuts


def test_an_act_does_not_wait_for_a_far_cut() -> None:
    (timed,) = scheduled([part(*(act(name, 3) for name in "abc"), shots=5)], 13.8, 0.5, "x")

    first, second, _ = timed.acts
    assert [at for _, at in timed.shots][:2] == pytest.approx([2.26, 4.52])
    assert second[1] == pytest.approx(first[2] + 0.12) == pytest.approx(3.27)


def test_acts_never_overlap_and_have_gone_before_the_next_passage() -> None:
    timed = scheduled([part(act("a", 9), act("b", 9)), part(act("c", 4))], 30, 0.5, "x")

    windows = [(starts, ends) for passage in timed for _, starts, ends in passage.acts]
    assert all(before[1] < after[0] for before, after in pairwise(windows))
    assert all(ends <= one.texts_end_s for one in timed for _, _, ends in one.acts)
    assert timed[-1].ends_s == pytest.approx(27.5)


def test_passages_that_are_not_needed_are_left_out_from_the_last_on() -> None:
    parts = [part(act(name, 3), shots=1, needed=name in "ad") for name in "abcd"]

    timed = scheduled(parts, 14, 0.5, "x")

    assert [passage.acts[0][0].act.name for passage in timed] == ["a", "b", "d"]


def test_acts_that_are_not_needed_keep_their_place_when_there_is_room() -> None:
    acts = (act("a", 3), act("b", 3, needed=False), act("c", 3))

    (short,) = scheduled([part(*acts)], 10, 0.5, "x")
    (long,) = scheduled([part(*acts)], 20, 0.5, "x")

    assert [one.act.name for one, _, _ in short.acts] == ["a", "c"]
    assert [one.act.name for one, _, _ in long.acts] == ["a", "b", "c"]


def test_a_passage_without_texts_shows_its_shots() -> None:
    (timed,) = scheduled([part(shots=2)], None, 0.5, "x")

    assert timed.acts == ()
    assert [at for _, at in timed.shots] == pytest.approx([2.6, 5.2])
