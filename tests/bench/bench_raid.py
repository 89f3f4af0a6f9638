"""Raid odds against sampling the same raid, side by side: goals M1, M2 and M3.

The raid: 60 missiles against layers of (24 rounds, 0.70), (32, 0.55), (40, 0.45), all tracked, one controller.
``salvo`` fires pairs while a pair is left; ``look`` one round at each, then one more at each survivor. The
sampler plays the same process in plain Python. Every contender runs once a round, in turn; medians.

python -m tests.bench.bench_raid
"""

from __future__ import annotations

import gc
import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from statistics import median
from time import perf_counter

from game.core import chain as chain_module
from game.core import joint as joint_module
from game.core import odds as odds_module
from game.core import raid as raid_module
from game.core.joint import mean_spent, settle, totals_of
from game.core.odds import PPM
from game.core.raid import Counts, Layer, _chances, raid
from tests.odds.enumeration import enumerate_raid

MISSILES = 60
SAMPLES = 10_000
MAGAZINES = ((24, 0.70), (32, 0.55), (40, 0.45))
Row = tuple[str, float, float, float]  # name, figure, must, stretch: smaller is better


def layers(looks: int) -> tuple[Layer, ...]:
    """The benchmark's layers: pairs in one look, or one round a look in two."""
    pair = 2 if looks == 1 else 1
    return tuple(
        Layer(f"layer {i}", rounds, (round(kill * PPM),), (PPM,), PPM, looks, pair, pair)
        for i, (rounds, kill) in enumerate(MAGAZINES)
    )


def sample_salvo(draw: Callable[[], float]) -> int:
    """Leakers of one sampled raid, pairs while a pair is left."""
    live = MISSILES
    for rounds, kill in MAGAZINES:
        engaged = min(live, rounds // 2)
        both_miss = (1 - kill) * (1 - kill)
        live -= engaged
        for _ in range(engaged):
            if draw() < both_miss:
                live += 1
    return live


def sample_look(draw: Callable[[], float]) -> int:
    """Leakers of one sampled raid, one round at each and one more at each survivor while rounds are left."""
    live = MISSILES
    for rounds, kill in MAGAZINES:
        first = min(live, rounds)
        for _ in range(first):
            if draw() < kill:
                live -= 1
        for _ in range(min(live, rounds - first)):
            if draw() < kill:
                live -= 1
    return live


def forget() -> None:
    """Empty every cache of the odds."""
    for module in (odds_module, raid_module, chain_module, joint_module):
        for value in list(vars(module).values()):
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def after(before: Callable[[], None], call: Callable[[], object], times: int = 20) -> float:
    """Mean time of a call, each after ``before``, which is not timed."""
    taken = 0.0
    for _ in range(times):
        before()
        taken += seconds(call)
    return taken / times


def seconds(call: Callable[[], object], times: int = 1) -> float:
    """Mean time of a call."""
    start = perf_counter()
    for _ in range(times):
        call()
    return (perf_counter() - start) / times


def timings(looks: int, rounds: int) -> dict[str, float]:
    """Median seconds of every contender, one round after another."""
    sample = sample_salvo if looks == 1 else sample_look
    stack = layers(looks)
    taken: dict[str, list[float]] = {"first": [], "tables": [], "kept": [], "one": [], "many": []}
    for turn in range(rounds):
        draw = random.Random(turn).random
        gc.collect()
        taken["many"].append(seconds(lambda draw=draw: sample(draw), SAMPLES) * SAMPLES)  # type: ignore[misc]
        taken["one"].append(seconds(lambda draw=draw: sample(draw), 200))  # type: ignore[misc]
        taken["first"].append(after(forget, lambda: raid((MISSILES,), stack)))
        taken["tables"].append(after(raid.cache_clear, lambda: raid((MISSILES,), stack)))
        taken["kept"].append(seconds(lambda: raid((MISSILES,), stack), 200))
    return {name: median(values) for name, values in taken.items()}


def total_variation() -> float:
    """Of the engine from a raid enumerated in fractions, three classes and three layers."""
    stack = (
        Layer("a", 4, (600_000, 700_000, 0), (PPM, 850_000, 500_000), 350_000, 1, 2),
        Layer("b", 4, (500_000, 0, 400_000), (650_000, PPM, 920_000), 850_000, 2),
        Layer("c", 5, (700_000, 300_000, 550_000), (900_000, 850_000, PPM), 750_000, 2, 1),
    )
    want = enumerate_raid((2, 1, 2), stack)
    got = {(left, spent): Fraction(chance) for left, spent, chance in _chances((2, 1, 2), stack)}
    apart = [abs(chance - got.get(key, Fraction(0))) for key, chance in want.items()]
    return float(sum(apart, Fraction(0)) / 2)


def settling() -> list[Row]:
    """Milliseconds of raids as they are played, for the record: all leakers, and one draw settled."""
    sm3 = Layer("sm3", 24, (0, 500_000, 0), (920_000,) * 3, 850_000, 2, 1)
    pac3 = Layer("pac3", 48, (500_000, 700_000, 700_000), (950_000,) * 3, 750_000, 1, 2)
    tk3 = Layer("tk3", 16, (450_000, 650_000, 650_000), (950_000,) * 3, 750_000, 1, 2)
    lone = (("a", 40, 500_000, 2, 1), ("b", 20, 500_000, 1, 2), ("c", 8, 600_000, 1, 2), ("d", 16, 700_000, 1, 2))
    four = tuple(Layer(name, n, (kill,), (920_000,), 850_000, looks, per) for name, n, kill, looks, per in lone)
    two = tuple(
        Layer(x.name, x.rounds, x.kill[:2], x.track[:2], x.control, x.looks, x.per_threat) for x in (sm3, pac3, tk3)
    )
    out: list[Row] = []
    for title, threats, stack, times in (
        ("24 in four layers", (24,), four, 5),
        ("12 and 24 in three", (12, 24), two, 2),
        ("14, 36 and 22 in three", (14, 36, 22), (sm3, pac3, tk3), 3),
        ("4, 9 and 5 in three", (4, 9, 5), (sm3, pac3, tk3), 5),
    ):
        first = after(forget, lambda t=threats, s=stack: totals_of(t, s), times)  # type: ignore[misc]
        settled = after(forget, lambda t=threats, s=stack: settle(t, s, 1 << 63), times)  # type: ignore[misc]
        kept = seconds(lambda t=threats, s=stack: settle(t, s, 1 << 63), 200)  # type: ignore[misc]
        out.append((f"   {title}: all leakers, nothing kept / ms", 1000 * first, 0.0, 0.0))
        out.append((f"   {title}: a draw settled, nothing kept / ms", 1000 * settled, 0.0, 0.0))
        out.append((f"   {title}: a draw settled again / ms", 1000 * kept, 0.0, 0.0))
    return out


def mixed(raids: int = 20) -> Iterator[tuple[Counts, tuple[Layer, ...]]]:
    """Raids of gliders, medium-range and cruise missiles on two to five layers, and one of 72 on two upper and two
    lower layers, the same at every run."""
    draw = random.Random(5)
    kills = {"sm3": (0, 50, 0), "thaad": (0, 60, 0), "pac3": (50, 70, 70), "tk3": (45, 65, 65), "sam": (40, 60, 60)}
    fires = ((2, 1), (1, 2), (1, 1))
    for n in range(raids):
        size = 72 if not n else draw.choice((18, 24, 27, 30, 36, 48, 54, 72))
        stack = []
        for name in ("sm3", "thaad", *draw.sample(("pac3", "tk3", "sam"), draw.randint(1, 3))):
            upper = name in ("sm3", "thaad")
            looks, per = draw.choice(fires[:2]) if upper else draw.choice(fires[1:])
            control = draw.choice((350_000, 850_000)) if upper else 750_000
            kill = tuple(p * 10_000 for p in kills[name])
            stack.append(Layer(name, draw.randrange(8, 60), kill, (920_000,) * 3, control, looks, per))
        yield (size // 5, size // 2, size - size // 5 - size // 2), tuple(stack)


def races() -> list[Row]:
    """Milliseconds of a draw settled for each of the mixed raids, nothing kept: the median and the worst."""
    cold, figures = [], []
    for threats, stack in mixed():
        cold.append(after(forget, lambda t=threats, s=stack: settle(t, s, 1 << 63), 3))  # type: ignore[misc]
        forget()
        figures.append(seconds(lambda t=threats, s=stack: (totals_of(t, s), mean_spent(t, s))))  # type: ignore[misc]
    return [
        ("   20 mixed raids: a draw settled, nothing kept, median / ms", 1000 * median(cold), 0.0, 0.0),
        ("   20 mixed raids: a draw settled, nothing kept, worst / ms", 1000 * max(cold), 0.0, 0.0),
        ("   20 mixed raids: a staff's figures, nothing kept, median / ms", 1000 * median(figures), 0.0, 0.0),
        ("   20 mixed raids: a staff's figures, nothing kept, worst / ms", 1000 * max(figures), 0.0, 0.0),
    ]


def rows(rounds: int = 9) -> list[Row]:
    """(name, figure, must, stretch) of every goal; figures are ratios of times, but for the last."""
    salvo, look = timings(1, rounds), timings(2, rounds)
    return [
        ("M1 salvo, first call / 10,000 samples", salvo["first"] / salvo["many"], 1 / 200, 1 / 500),
        ("M1 look, first call / 10,000 samples", look["first"] / look["many"], 1 / 10, 1 / 18),
        ("M2 salvo, raid seen before / one sample", salvo["kept"] / salvo["one"], 1.5, 0.5),
        ("M2 look, raid seen before / one sample", look["kept"] / look["one"], 1.5, 0.5),
        ("   salvo, layers seen, raid put together anew / one sample", salvo["tables"] / salvo["one"], 0.0, 0.0),
        ("   look, layers seen, raid put together anew / one sample", look["tables"] / look["one"], 0.0, 0.0),
        ("M3 total variation from enumeration", total_variation(), 1e-12, 1e-12),
    ]


def main() -> None:
    """Print the table; a goal of 0 is none, a figure for the record."""
    print(f"{'':60}{'figure':>12}{'must':>12}{'stretch':>12}")
    for name, figure, must, stretch in [*rows(), *settling(), *races()]:
        verdict = "" if not must else "stretch" if figure <= stretch else "must" if figure <= must else "MISSED"
        print(f"{name:60}{figure:12.3g}{must:12.3g}{stretch:12.3g}  {verdict}")


if __name__ == "__main__":
    main()
