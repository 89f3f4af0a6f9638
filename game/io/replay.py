"""Rebuild what a save holds from its recorded events alone: no chapter, no luck, whatever the rules are now."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from game.core.apply import RuleFault, apply
from game.core.digest import digest
from game.core.events import Event
from game.core.model import State
from game.core.setting import Setting
from game.core.turn import FACILITATOR, Step
from game.io.record import Mark, SaveFault
from game.io.save import Saved


def steps(saved: Saved, turn: int, setting: Setting, *, effects_only: bool = False) -> Iterator[Step]:
    """The steps of `turn`, facilitator's acts among them, each with the States before and after it.

    With `effects_only` the events hold no inputs, rolls and messages: enough to rebuild States.
    """
    yield from _fold(saved, saved.state(turn, setting), saved.marks(turn), effects_only)


def states(saved: Saved, setting: Setting) -> Iterator[State]:
    """The State at the start of every turn, folded from the opening one by effects; then the last one reached.

    Each is held to the recorded digest: SaveFault names the turn where they part.
    """
    state = saved.state(saved.turns[0], setting)
    for turn in saved.turns:
        if digest(state) != saved.digest(turn):
            reason = f"the recorded events do not lead to the recorded state of turn {turn}"
            raise SaveFault(saved.path, f"line {saved.mark(turn).line}", reason, "verify the save")
        yield state
        last = state
        for step in _fold(saved, state, saved.marks(turn), True):
            last = step.after
        state = attrs.evolve(last, turn=turn + 1, pulse=0)
    if last is not state and not saved.over:
        yield last


def _fold(saved: Saved, state: State, marks: tuple[Mark, ...], effects_only: bool) -> Iterator[Step]:
    for mark in marks:
        if mark.kind == "step":
            phase = saved.phase(mark, effects_only=effects_only)
            name, pulse, hour, events = phase.phase, phase.pulse, phase.hour, phase.events
        elif mark.kind == "act":
            act = saved.act(mark)
            name, pulse, hour, events = FACILITATOR, act.pulse, act.hour, (act.event,)
        else:
            continue
        before = attrs.evolve(state, pulse=pulse, hour=hour)
        state = folded(saved, mark, before, events)
        yield Step(name, mark.turn, pulse, hour, events, before, state)


def folded(saved: Saved, mark: Mark, before: State, events: tuple[Event, ...]) -> State:
    """`before` after recorded events; SaveFault if they cannot be applied to it."""
    try:
        return apply(before, events)
    except (RuleFault, TypeError) as error:
        where = f"line {mark.line} ({mark.kind}, turn {mark.turn})"
        reason = f"the recorded effects cannot be applied: {error}"
        raise SaveFault(saved.path, where, reason, "use a save that nobody changed") from None
