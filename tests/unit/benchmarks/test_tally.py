"""Counting what the networks received."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from benchmarks.once.postiz import SHARES, faults
from benchmarks.once.tally import Tally, received, tally


def test_arrivals_are_counted_by_their_mark(tmp_path: Path) -> None:
    log = tmp_path / "network.jsonl"
    log.write_text("".join(f"{json.dumps({'ref': ref})}\n" for ref in ("a", "b", "a")))

    found = received(log)

    assert found == Counter(a=2, b=1)


def test_each_arrival_after_the_first_is_a_double() -> None:
    assert tally(["a", "b"], Counter(a=3, b=2), ()) == Tally(once=0, doubled=3, lost=0, needs_decision=0)


def test_what_is_neither_out_nor_shown_is_lost() -> None:
    assert tally(["a", "b"], Counter(), {"b"}) == Tally(once=0, doubled=0, lost=1, needs_decision=1)


def test_what_is_out_and_shown_counts_as_both() -> None:
    assert tally(["a"], Counter(a=1), {"a"}) == Tally(once=1, doubled=0, lost=0, needs_decision=1)


def test_arrivals_of_posts_that_were_not_planned_do_not_count() -> None:
    assert tally(["a"], Counter(a=1, x=2), ()) == Tally(once=1, doubled=0, lost=0, needs_decision=0)


def test_the_rules_one_after_the_other_fail_the_shares_of_all_requests() -> None:
    left = 1.0
    shares = dict.fromkeys(SHARES, 0.0)
    for rule in faults():
        shares[rule.kind] += left * rule.probability
        left *= 1 - rule.probability

    assert {kind: round(share, 6) for kind, share in shares.items()} == SHARES
