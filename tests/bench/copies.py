"""One order applied to a state that is kept, against the peers' copy of a state: C1, C2."""

from __future__ import annotations

from game.core.apply import apply
from game.core.events import Event, Put
from game.core.model import State
from game.core.words import say
from tests.bench import peers, world
from tests.bench.campaigns import SEED, Game
from tests.bench.timing import Row, Timed, Times, calls, ratio, rounds

TIMES = 2_000


def move(state: State) -> Event:
    """What a deployment comes to: one counter at another place."""
    key = next(iter(state.counters))
    goal = next(reversed(state.places))
    return Event("M3", "JP", key, say("movement.moved"), effects=(Put("counters", key, "at", goal),))


def one_order(state: State) -> Timed:
    event = move(state)
    return calls(lambda: apply(state, (event,)), TIMES)


def last(of: Game) -> State:
    """The State after the last turn of a campaign."""
    match = world.match(of.first, of.rulebook, SEED)
    world.play(match)
    return match.state


def rows(of: Game, n: int) -> tuple[list[Row], Times]:
    cases: dict[str, Timed] = {"turn 1": one_order(of.first), "turn 12": one_order(last(of))}
    cases |= peers.copies()
    times = rounds(cases, n)
    goals = (("pykrieg", "deepcopy", 1 / 150, 1 / 300), ("chess", "copy(stack=False)", 8.0, 4.0))
    out = []
    for peer, how, must, stretch in goals:
        figure = ratio(times, "turn 12", peer) if peer in times else None
        note = "" if peer in times else peers.MISSING
        out.append(Row("C1", f"one order applied / {peer} {how}", figure, must, stretch, note=note))
    out.append(Row("C2", "one order applied at turn 12 / at turn 1", ratio(times, "turn 12", "turn 1"), 1.1, 1.0))
    return out, times
