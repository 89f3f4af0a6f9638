"""Law: at sea too, better odds never hurt. With the same luck, more wings lose no fewer boats to the seekers, more
escorts sink no more, more sweepers leave no more mines, fewer mines sink no more, more intercepts let no more hit."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from game.core.apply import apply
from game.core.luck import Luck
from game.core.model import State
from game.core.orders import Book
from game.core.sea import DUTIES, MINES, TRADE, Duty, Minefield, Trade
from rules.missile_defense.salvo import KINDS, Weapon, hit_odds
from rules.patrols.search import search
from rules.patrols.strike import mines, strike
from tests.cases.packs import opening
from tests.worlds import examples

SEED, STEPS, LEVEL = st.integers(0, 1 << 30), st.integers(0, 4), st.integers(0, 3)
CHANCE = st.integers(0, 10)  # in tenths, so that few are near none


def sea(
    steps: dict[str, int], at: str, duties: dict[str, Duty], level: int = 0, field: Minefield | None = None
) -> State:
    """The patrol week with these counters so strong in one zone, on these duties; who has no step is not there."""
    first = opening("patrol")
    counters = {k: c for k, c in first.counters.items() if k not in steps}
    counters |= {k: attrs.evolve(first.counters[k], steps=n, at=at) for k, n in steps.items() if n}
    found = {k: v for k, v in duties.items() if k in counters}
    tables: dict[str, Any] = {
        DUTIES: dict(sorted(found.items())),
        MINES: {} if field is None else {"CN.ECS": field},
        TRADE: {"south": Trade("JP", ("ECS", "OSU"), 10, 10, 0)},
    }
    pacts = {"JP-KR": attrs.evolve(first.pacts["JP-KR"], patrols=level)}
    return attrs.evolve(
        first,
        turn=2,
        pulse=1,
        counters=dict(sorted(counters.items())),
        pacts=pacts,
        parts=tables,
    )


def boats_left(seed: int, level: int, japan: int, korea: int) -> int:
    hunters = {"J07": Duty("JP", "patrol", "SJW"), "K06": Duty("KR", "patrol", "SJW")}
    first = opening("patrol").counters
    state = sea({"P10": 6}, "SJW", hunters, level)
    wings = {k: attrs.evolve(first[k], steps=n) for k, n in (("J07", japan), ("K06", korea)) if n and k in first}
    others = {k: c for k, c in state.counters.items() if k not in ("J07", "K06")}
    state = attrs.evolve(state, counters=dict(sorted({**others, **wings}.items())))
    found = apply(state, search(state, Book({}), Luck(seed, 2, 1))).counters.get("P10")
    return 0 if found is None else found.steps


def afloat(seed: int, escorts: int) -> int:
    duties = {"C13": Duty("CN", "hunt"), "C11": Duty("CN", "blockade"), "J05": Duty("JP", "escort")}
    state = sea({"C13": 3, "C11": 6, "J05": escorts}, "ECS", duties)
    return int(apply(state, strike(state, Book({}), Luck(seed, 2, 1))).table(TRADE)["south"].afloat)


def mined(seed: int, there: int, sweepers: int) -> tuple[int, int]:
    """Mines left, and ships and steps left of those who meet them."""
    duties = {"J15": Duty("JP", "sweep")}
    field = Minefield("CN", "ECS", there) if there else None
    state = sea({"J15": sweepers, "J05": 4}, "ECS", duties, field=field)
    after = apply(state, mines(state, Book({}), Luck(seed, 2, 1)))
    left = after.table(MINES).get("CN.ECS")
    steps = after.counters["J05"].steps if "J05" in after.counters else 0
    return 0 if left is None else left.mines, steps + after.table(TRADE)["south"].afloat


@examples(40)
@given(SEED, LEVEL, STEPS, STEPS)
def test_more_wings_lose_no_fewer_boats(seed: int, level: int, japan: int, korea: int) -> None:
    now = boats_left(seed, level, japan, korea)
    assert boats_left(seed, level, japan + 1, korea) <= now
    assert boats_left(seed, level, japan, korea + 1) <= now


@examples(40)
@given(SEED, STEPS)
def test_more_escorts_lose_no_more_ships(seed: int, escorts: int) -> None:
    assert afloat(seed, escorts + 1) >= afloat(seed, escorts)


@examples(40)
@given(SEED, st.integers(0, 12), STEPS)
def test_more_sweepers_and_fewer_mines_hurt_nobody(seed: int, there: int, sweepers: int) -> None:
    assert mined(seed, there + 1, sweepers)[1] <= mined(seed, there, sweepers)[1]
    if sweepers:
        assert mined(seed, there, sweepers + 1)[0] <= mined(seed, there, sweepers)[0]


@examples(300)
@given(st.integers(0, 255), st.integers(0, 12), st.integers(0, 4), st.integers(0, 8), CHANCE, CHANCE)
def test_more_intercepts_let_no_more_hit(
    high: int, cruise: int, ballistic: int, stops: int, hit: int, kill: int
) -> None:
    """One kind alone, and both together, as they are split by their number."""
    both = [(cruise, Weapon(12, 200, hit * 100_000, "CM")), (ballistic, Weapon(4, 2000, hit * 100_000, "ASBM"))]
    kills = dict.fromkeys(KINDS, kill * 100_000)
    for volleys in ([both[0]], [both[1]], both):
        few, more = (hit_odds(n, kills, volleys)[0].read(high << 56) for n in (stops, stops + 1))
        assert more <= few


def test_what_helps_at_sea_does_help_somewhere() -> None:
    seeds = range(60)
    assert sum(boats_left(s, 3, 4, 4) for s in seeds) < sum(boats_left(s, 3, 1, 1) for s in seeds)
    assert sum(afloat(s, 4) for s in seeds) > sum(afloat(s, 0) for s in seeds)
    assert sum(mined(s, 12, 4)[0] for s in seeds) < sum(mined(s, 12, 1)[0] for s in seeds)
    assert sum(mined(s, 40, 1)[1] for s in seeds) < sum(mined(s, 0, 1)[1] for s in seeds)
