"""The worked examples of facts C, by their numbers, to the digits printed there."""

from __future__ import annotations

import pytest

from game.core.levels import LEVELS, REFERENCES, closed_form, reference_odds, side_by_side
from game.core.odds import (
    PPM,
    Odds,
    binomial,
    convolve,
    shots_for_goal,
    shots_to_the_decimal,
    single_kill,
    trials,
    warhead_leak,
    wilkening,
)
from game.core.raid import Layer, leakers, raid
from game.core.salvo import (
    aircraft_losses,
    armstrong_hits,
    armstrong_losses,
    armstrong_spread,
    hughes,
    steps_lost,
)


def mean(odds: Odds[int]) -> int:
    return odds.mean_millis(lambda n: n)


def micros(odds: Odds[int]) -> int:
    """Mean in millionths, for examples printed to six digits."""
    return odds.mean_millis(lambda n: 1000 * n)


def chances(odds: Odds[int]) -> dict[int, int]:
    return {n: odds.chance(i) for i, n in enumerate(odds.outcomes)}


def one(threats: int, rounds: int, kill: int, control: int, **fire: int) -> Odds[int]:
    """Leakers of one layer that tracks everything."""
    return leakers(raid((threats,), (Layer("layer", rounds, (kill,), (PPM,), control, **fire),)))


def test_example_1_wilkening_alone_and_in_common_mode() -> None:
    alone = wilkening(4, 950_000, [(700_000, 2)], common_mode=False)
    common = wilkening(4, 950_000, [(700_000, 2)], common_mode=True)
    assert mean(alone) == mean(common) == 542
    assert chances(alone) == {0: 558_547, 1: 350_182, 2: 82_330, 3: 8_603, 4: 337}
    assert chances(common)[0] == 651_462


def test_example_2_shots_for_a_goal() -> None:
    assert shots_to_the_decimal(10, 700_000, 800_000) == 31_676
    assert shots_for_goal(10, 700_000, 800_000) == 4
    assert chances(one(10, 40, 700_000, PPM))[0] == 921_890
    assert chances(one(10, 30, 700_000, PPM))[0] == 760_551
    with pytest.raises(ValueError, match="lower the goal"):
        shots_for_goal(10, 700_000, PPM)


def test_example_3_the_same_twelve_interceptors_with_and_without_a_common_picture() -> None:
    even, blind, half = (one(6, 12, 700_000, k) for k in (PPM, 0, 500_000))
    assert micros(even) == 540_000
    assert chances(even)[0] == 567_869
    assert micros(blind) == 1_354_087
    assert chances(blind) == {0: 158_477, 1: 427_321, 2: 323_296, 3: 83_614, 4: 7_131, 5: 161, 6: 1}
    assert micros(half) == 947_044


def test_example_4_doctrines_and_looks() -> None:
    assert mean(one(10, 12, 700_000, PPM, per_threat=2, salvo=2)) == 4_540
    assert mean(one(10, 12, 700_000, PPM, per_threat=1)) == 3_000
    look = one(10, 12, 700_000, PPM, looks=2, per_threat=1)
    assert micros(look) == 1_724_289
    assert chances(look)[0] == 227_393
    assert micros(one(10, 12, 700_000, PPM, looks=2)) == 1_698_866


@pytest.mark.parametrize(("looks", "rounds", "kill"), [(2, 1_300, 910_000), (3, 1_390, 973_000)])
def test_expected_rounds_of_shoot_look_shoot(looks: int, rounds: int, kill: int) -> None:
    odds = raid((1,), (Layer("layer", 9, (700_000,), (PPM,), PPM, looks, 1),))
    assert odds.mean_millis(lambda outcome: outcome.spent[0]) == rounds
    assert odds.chance_that(lambda outcome: outcome.total == 0) == kill == single_kill(700_000, looks)


def test_five_shots_at_seven_tenths() -> None:
    assert single_kill(700_000, 5) == 997_570


def test_example_5_saturation() -> None:
    odds = one(20, 12, 700_000, PPM, per_threat=1)
    assert mean(odds) == 11_600
    assert odds.chance_that(lambda n: n <= 10) == 252_815


@pytest.mark.parametrize(
    ("layers", "expected", "none"),
    [
        ([(500_000, 1), (600_000, 1), (700_000, 2)], 360, 695_392),
        ([(700_000, 2)], 1_800, 151_645),
    ],
)
def test_example_6_three_layers_against_one(layers: list[tuple[int, int]], expected: int, none: int) -> None:
    staff = wilkening(20, PPM, layers, common_mode=False)
    engine = leakers(raid((20,), tuple(Layer("layer", 40, (kill,), (PPM,), PPM, 1, shots) for kill, shots in layers)))
    for odds in (staff, engine):
        assert mean(odds) == expected
        assert chances(odds)[0] == none


def test_example_6_leak_of_one_warhead() -> None:
    assert round(warhead_leak([(500_000, 1), (600_000, 1), (700_000, 2)]) * PPM) == 18_000


def test_example_7_convolution() -> None:
    odds = convolve(binomial(10, 90_000, "high"), binomial(6, 300_000, "high"))
    assert odds.outcomes == tuple(range(16, -1, -1))
    assert chances(odds)[0] == 45_814
    assert odds.chance_that(lambda n: n <= 2) == 471_837
    assert mean(odds) == 2_700


def test_example_8_three_threats() -> None:
    odds = one(3, 3, 850_000, PPM)
    exact = {0: 4913, 1: 2601, 2: 459, 3: 27}
    assert dict(zip(odds.outcomes, odds.weights, strict=True)) == {n: x * 10**12 // 8000 for n, x in exact.items()}


def test_example_9_hughes() -> None:
    assert hughes(4, 4, 5, 2, 15) == 4_000
    assert hughes(5, 3, 4, 3, 20) == 1_500
    assert hughes(2, 4, 3, 3, 10) == 0
    assert hughes(9, 4, 2, 0, 10) == 2_000  # no more than there are
    assert hughes(4, 4, 5, 2, 15, scouting=750_000) == 1_333
    assert hughes(4, 4, 5, 2, 15, readiness=500_000) == 5_000


def test_example_10_armstrong() -> None:
    hits = armstrong_hits(4, 500_000, 2, 500_000)
    assert dict(zip(hits.outcomes, hits.weights, strict=True)) == {
        n: x * 10**12 // 64 for n, x in enumerate((22, 20, 15, 6, 1))
    }
    assert mean(hits) == 1_125
    losses = armstrong_losses(hits, to_kill_tenths=10, most=2)
    assert losses.mean_millis(lambda lost: lost[0]) == 1_000
    assert losses.chance_that(lambda lost: lost == (2, 0)) == 343_750


def test_damage_left_over_is_carried_in_tenths() -> None:
    assert steps_lost(3, 0, 20, 5) == (1, 10)
    assert steps_lost(3, 10, 20, 5) == (2, 0)
    assert steps_lost(9, 0, 20, 3) == (3, 0)
    hits = binomial(3, 500_000, "high")
    assert armstrong_losses(hits, 20, 5, 10).outcomes == ((2, 0), (1, 10), (1, 0), (0, 10))


def test_example_11_coral_sea_within_its_tolerance() -> None:
    american = armstrong_spread(4, 642_900, 2, 285_700, 2, 1000, 333)
    japanese = armstrong_spread(6, 476_200, 2, 428_600, 2, 1000, 333)
    assert mean(american) == pytest.approx(155_000, abs=5_000)  # hundredths of a carrier, published
    assert mean(japanese) == pytest.approx(145_000, abs=5_000)
    assert american.chance(0) == pytest.approx(540_000, abs=50_000)
    # And the simple form itself, to the printed digits.
    assert round(mean(american) / 100) == 1_517
    assert round(mean(japanese) / 100) == 1_440
    assert round(american.chance(0) / 1000) == 505


def test_aircraft_lost_to_leakers() -> None:
    # 30 leakers at half exposure: one salvo and a quarter; 0.15 x (1 - 0.25 x 0.85) = 0.118125
    assert chances(aircraft_losses(30, False, 500_000, 5)) == {0: 118_125, 1: 701_250, 2: 180_625}
    assert chances(aircraft_losses(30, False, 500_000, 1)) == {0: 118_125, 1: 881_875}
    assert mean(aircraft_losses(24, True, PPM, 5)) == 760
    assert aircraft_losses(0, False, PPM, 5).outcomes[-1] == 0
    assert trials(5, 1, PPM, PPM, 3).read(0) == 3


TABLE = {  # facts C1.7, hundredths
    "R1": (675, 652, 606, 519, 368),
    "R2": (1458, 1458, 1458, 1458, 1458),
    "R3": (8729, 8715, 8689, 8663, 8624),
    "R4": (73, 68, 58, 33, 8),
}
RECOMPUTED = {"R1": (687, 662, 612, 524, 374), "R4": (81, 74, 64, 36, 9), "R2": TABLE["R2"]}


def hundredths(thousandths: int) -> int:
    return (thousandths + 5) // 10


def test_reference_raids_closed_form_and_exact_side_by_side() -> None:
    rows = {(row.raid, row.level): row for row in side_by_side()}
    assert len(rows) == 25
    for name, values in TABLE.items():
        for level, value in zip(LEVELS, values, strict=True):
            assert hundredths(rows[name, level.name].closed) == value
    for name, values in RECOMPUTED.items():
        for level, value in zip(LEVELS, values, strict=True):
            # Through millionths: thousandths rounded again would make 0.7447 read 0.75.
            raid_of = next(r for r in REFERENCES if r.name == name)
            assert round(micros(leakers(reference_odds(raid_of, level))) / 10_000) == value
    for level in LEVELS:
        assert abs(rows["R3", level.name].exact - rows["R3", level.name].closed) <= 10


def test_null_cases_stay_null_and_the_positive_cases_fall() -> None:
    rows = {(row.raid, row.level): row for row in side_by_side()}
    assert len({rows["R2", level.name].exact for level in LEVELS}) == 1
    assert rows["R3", "L0"].exact - rows["R3", "L4"].exact < rows["R3", "L0"].exact // 50
    for name in ("R1", "R4", "R5"):
        falling = [rows[name, level.name].exact for level in LEVELS]
        assert falling == sorted(set(falling), reverse=True)


def test_network_failure_in_the_first_reference_raid() -> None:
    first, top = REFERENCES[0], LEVELS[4]
    mixed = (PPM - top.failure) * closed_form(first, top) + top.failure * closed_form(first, LEVELS[0])
    assert hundredths(mixed // PPM) in (392, 393)  # 3.924; the facts add 0.92 x 3.68 and 0.08 x 6.75
    exact = mean(leakers(reference_odds(first, top, failing=True)))
    parts = [mean(leakers(reference_odds(first, level))) for level in (top, LEVELS[0])]
    assert exact == pytest.approx(0.92 * parts[0] + 0.08 * parts[1], abs=1.5)
