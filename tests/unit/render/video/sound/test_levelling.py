"""What is asked of a sound, what a meter says, and what follows from that."""

from __future__ import annotations

import pytest

from postengine.render.video.sound.encoding import Push
from postengine.render.video.sound.levelling import Tried, first_push, next_push, quieter_push, settled
from postengine.render.video.sound.loudness import Aim, Level, Loudness
from postengine.render.video.sound.meter import level_in

AIM = Aim(loudness_lufs=-14.0, true_peak_db=-1.0)


def test_the_meters_last_words_count() -> None:
    said = """
    lavfi.r128.I=-20.500
    lavfi.r128.true_peaks_ch0=0.250
    lavfi.r128.true_peaks_ch1=0.100
    lavfi.r128.I=-14.020
    lavfi.r128.true_peaks_ch0=0.500
    lavfi.r128.true_peaks_ch1=0.891
    """

    assert level_in(said) == Level(-14.02, -1.0)


def test_what_is_no_sound_to_the_meter_has_no_loudness() -> None:
    said = "lavfi.r128.I=-70.000\nlavfi.r128.sample_peaks_ch0=0.000\nlavfi.r128.sample_peaks_ch1=0.000\n"

    assert level_in(said).is_silence


def test_a_sound_too_short_for_the_meter_is_no_silence() -> None:
    assert not level_in("lavfi.r128.I=-70.000\nlavfi.r128.true_peaks_ch0=0.500\n").is_silence


def test_a_meter_that_says_nothing_heard_nothing() -> None:
    assert level_in("").is_silence


@pytest.mark.parametrize(
    ("level", "is_reached"),
    [
        (Level(-14.0, -1.0), True),
        (Level(-14.5, -3.0), True),
        (Level(-14.6, -3.0), False),
        (Level(-13.4, -3.0), False),
        (Level(-14.0, -0.9), False),
        (Level(None, -3.0), False),
    ],
)
def test_an_aim_is_reached_within_half_a_unit_and_below_the_peak(level: Level, *, is_reached: bool) -> None:
    assert AIM.judged(level) == Loudness(*level, is_reached=is_reached)


def test_a_peak_that_is_too_high_is_further_away_than_any_loudness() -> None:
    assert AIM.distance(Level(-40.0, -1.0)) < AIM.distance(Level(-14.0, -0.9))
    assert AIM.distance(Level(-14.2, None)) < AIM.distance(Level(-14.3, None))


def test_the_first_push_leaves_room_for_the_encoder() -> None:
    assert first_push(Level(-20.0, -6.0), AIM) == Push(6.0, -1.5)


def test_next_to_nothing_is_not_blown_up() -> None:
    assert first_push(Level(-65.0, -50.0), AIM).gain_db == 30.0


def test_what_cannot_be_measured_keeps_its_level() -> None:
    assert first_push(Level(None, -3.0), AIM).gain_db == 0.0


def test_a_push_is_corrected_by_what_was_heard() -> None:
    after = next_push(Push(6.0, -1.5), Level(-15.0, -0.7), AIM, most_gain_db=12.0)

    assert (after.gain_db, after.ceiling_db) == pytest.approx((7.0, -2.05))


def test_a_peak_that_is_low_enough_keeps_its_ceiling() -> None:
    assert next_push(Push(6.0, -1.5), Level(-15.0, -1.2), AIM, most_gain_db=12.0).ceiling_db == -1.5


def test_the_same_sound_made_quieter_keeps_what_the_limiter_does() -> None:
    after = quieter_push(Push(6.0, -1.5), Level(-15.0, -0.8), AIM)

    assert (after.gain_db, after.ceiling_db) == pytest.approx((5.6, -1.9))


def test_a_push_has_an_end() -> None:
    push = Push(12.0, -24.0)

    assert next_push(push, Level(-24.0, 3.0), AIM, most_gain_db=12.0) == push


class Encoder:
    """Answers with what a mix of -20 LUFS would sound like, and remembers what it was asked for."""

    def __init__(self, *, overshoot_db: float = 0.2, loss_db: float = 0.0, loudest: float = 0.0) -> None:
        self.overshoot_db = overshoot_db
        self.loss_db = loss_db
        self.loudest = loudest
        self.asked: list[Push] = []

    def run(self, push: Push) -> Level:
        self.asked.append(push)
        loudness = min(-20.0 + push.gain_db - self.loss_db, self.loudest)
        return Level(loudness, push.ceiling_db + self.overshoot_db)


MIX = Level(-20.0, -8.0)


def test_a_sound_that_comes_out_right_is_encoded_once() -> None:
    encoder = Encoder()

    assert settled(encoder.run, MIX, AIM) == Tried(Push(6.0, -1.5), Level(-14.0, -1.3))
    assert len(encoder.asked) == 1


def test_a_sound_that_lost_loudness_is_encoded_again() -> None:
    encoder = Encoder(loss_db=2.0)

    assert settled(encoder.run, MIX, AIM).push == Push(8.0, -1.5)
    assert len(encoder.asked) == 2


def test_a_sound_that_gets_no_louder_is_left_after_two_rounds() -> None:
    encoder = Encoder(loudest=-25.0)

    assert settled(encoder.run, MIX, AIM) == Tried(Push(6.0, -1.5), Level(-25.0, -1.3))
    assert [push.gain_db for push in encoder.asked] == [6.0, 12.0]


def test_a_sound_whose_peaks_stay_too_high_is_made_quieter_as_a_whole() -> None:
    answers = [Level(-14.0, peak_db) for peak_db in (-0.6, -0.5, -0.7)] + [Level(-14.6, -1.1)]
    pushes: list[Push] = []

    def run(push: Push) -> Level:
        pushes.append(push)
        return answers[len(pushes) - 1]

    best = settled(run, MIX, AIM)

    assert best.heard == Level(-14.6, -1.1)
    assert pushes[3].gain_db - pushes[2].gain_db == pytest.approx(pushes[3].ceiling_db - pushes[2].ceiling_db)


def test_peaks_that_nothing_lowers_are_kept_as_low_as_they_came() -> None:
    answers = iter([-0.6, -0.2, -0.4, -0.3])

    best = settled(lambda _: Level(-14.0, next(answers)), MIX, AIM)

    assert best.heard.peak_db == -0.6
