from __future__ import annotations

from collections.abc import Generator

import numpy as np
import pytest

from postengine.render.image.isolated.wire import Beside, Channel, Deadline, packed, socket_pair

Ends = tuple[Channel, Channel]


@pytest.fixture
def ends() -> Generator[Ends]:
    ours, theirs = socket_pair()
    with ours, theirs:
        yield Channel(ours), Channel(theirs)


def test_a_message_arrives_as_it_was_sent(ends: Ends) -> None:
    ours, theirs = ends
    array = np.arange(6, dtype=np.float32).reshape(2, 3)

    ours.send(packed({"array": array, "none": None, "empty": np.zeros(0)}), Deadline(10))
    message = theirs.receive(Deadline(10))

    assert isinstance(message, dict)
    assert message["array"].tolist() == array.tolist()
    assert message["none"] is None
    assert message["empty"].size == 0


def test_bytes_beside_the_pickle_arrive_as_bytes(ends: Ends) -> None:
    ours, theirs = ends

    parts = packed(["a", Beside(b"photo")])
    ours.send(parts, Deadline(10))

    assert len(parts) == 2
    assert theirs.receive(Deadline(10)) == ["a", b"photo"]


def test_a_message_that_does_not_come_is_given_up(ends: Ends) -> None:
    with pytest.raises(TimeoutError):
        ends[0].receive(Deadline(0.01))


def test_a_message_that_nobody_takes_is_given_up(ends: Ends) -> None:
    with pytest.raises(TimeoutError):
        ends[0].send(packed(bytes(10_000_000)), Deadline(0.01))


def test_a_deadline_in_the_past_is_given_up_at_once(ends: Ends) -> None:
    with pytest.raises(TimeoutError):
        ends[0].send(packed(1), Deadline(-1))


def test_an_end_that_is_gone_is_told_to_both_sender_and_reader(ends: Ends) -> None:
    ours, theirs = ends
    theirs.end.close()

    with pytest.raises(EOFError):
        ours.send(packed(1), Deadline(10))
    with pytest.raises(EOFError):
        ours.receive(Deadline(10))


def test_an_end_that_goes_with_unread_words_is_gone(ends: Ends) -> None:
    ours, theirs = ends
    ours.send(packed(1), Deadline(10))
    theirs.end.close()

    with pytest.raises(EOFError):
        ours.receive(Deadline(10))
