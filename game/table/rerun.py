"""Play recorded turns again from their sealed orders and answers, and hold every step to the record.

A facilitator's acts are inputs here: they enter where they stood, and the digest that the engine reaches by itself is
held to the one recorded beside them. `resume` uses this for the turn that was under way, `verify` for all turns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import attrs

from game.core.apply import RuleFault
from game.core.digest import digest
from game.core.events import Event, event_id
from game.core.ids import Seat, date
from game.core.model import State
from game.core.rulebook import Question, Rulebook
from game.core.turn import Step
from game.io.codec import Codec
from game.io.plain import CodecFault, dumps, loads
from game.io.record import Mark, SaveFault
from game.io.recorder import plain_step
from game.io.replay import steps
from game.io.save import Saved
from game.table.match import Match, MatchFault
from game.table.players import Player

T = TypeVar("T")


@attrs.frozen
class Difference(Exception):  # noqa: N818 - a finding, not a failure of the program
    """The first thing on which a record and the rules do not agree. `event` is an event's id, "" if none is meant."""

    line: int
    turn: int
    phase: str
    event: str
    reason: str

    def __str__(self) -> str:
        parts = [f"turn {self.turn}", self.phase, self.event]
        return f"line {self.line}: {', '.join(p for p in parts if p)}: {self.reason}"


class Rerun:
    """A Match without a recorder that is fed the records of one turn after another."""

    def __init__(self, saved: Saved, match: Match) -> None:
        self.saved = saved
        self.match = match
        self.codec = Codec(saved.live)

    def turn(self, turn: int) -> None:
        """Feed all records of `turn`; Difference at the first that does not agree."""
        for mark in self.saved.marks(turn):
            self._fed(mark)

    def end_turn(self, turn: int) -> None:
        """Let the turn end, and hold the state that comes of it to the record's."""
        mark = self.saved.mark(turn + 1)
        item = self._guarded(mark, self.match.step)
        if item is not None:
            phase = item.phase if isinstance(item, Step) else "a question"
            raise Difference(mark.line, turn, phase, "", "the rules go on here, the record ends the turn")
        if digest(self.match.state) != self.saved.digest(turn + 1):
            raise Difference(mark.line, turn, "", "", "the state at the end of the turn is another")

    def _fed(self, mark: Mark) -> None:
        feed = {
            "plan": self._plan,
            "open": self._open,
            "answer": self._answer,
            "step": self._step,
            "act": self._act,
            "end": self._end,
        }.get(mark.kind)
        if feed is not None:
            self._guarded(mark, lambda: feed(mark))

    def _guarded(self, mark: Mark, run: Callable[[], T]) -> T:
        """Whatever the rules make of a record from outside, it ends in one clear line."""
        try:
            return run()
        except (Difference, SaveFault):
            raise
        except (MatchFault, RuleFault, CodecFault) as error:
            raise Difference(mark.line, mark.turn, mark.kind, "", str(error)) from None
        except Exception as error:
            # The record may hold what no rule could have made; a chapter need not be proof against that.
            reason = f"the rules cannot go on from this record ({type(error).__name__}: {error})"
            raise Difference(mark.line, mark.turn, mark.kind, "", " ".join(reason.split())[:200]) from None

    def _plan(self, mark: Mark) -> None:
        self.match.seal(self.saved.plan(mark))

    def _open(self, mark: Mark) -> None:
        self.match.reopen(self.saved.seat(mark))

    def _answer(self, mark: Mark) -> None:
        said = self.saved.answer(mark)
        item: object = self.match.pending or self.match.step()
        if not isinstance(item, Question):
            phase = item.phase if isinstance(item, Step) else "the end of the turn"
            raise Difference(mark.line, mark.turn, phase, "", f"the record holds {said.seat}'s answer, nobody asks")
        asked = (item.seat, item.template.order.VERB, item.template.subject)
        if asked != (said.seat, said.verb, said.subject):
            reason = f"the record answers {said.seat} {said.verb} {said.subject}, the rules ask {' '.join(asked)}"
            raise Difference(mark.line, mark.turn, "a question", "", reason)
        self.match.answer(said.reply)

    def _step(self, mark: Mark) -> None:
        item = self.match.step()
        if isinstance(item, Question):
            reason = f"the rules ask {item.seat} here, the record holds no answer"
            raise Difference(mark.line, mark.turn, "a question", "", reason)
        if item is None:
            raise Difference(mark.line, mark.turn, "", "", "the rules end the turn here, the record goes on")
        ours = plain_step(self.codec, item)
        if dumps(ours) != self.saved.text(mark):
            raise self._difference(mark, ours)

    def _act(self, mark: Mark) -> None:
        act = self.saved.act(mark)
        if digest(self.match.state) != act.engine:
            reason = "the engine's own state before this act is another than recorded"
            raise Difference(mark.line, mark.turn, "facilitator", act.event.subject, reason)
        step = self.match.act(act.event)
        if digest(step.after) != act.after or (step.pulse, step.hour) != (act.pulse, act.hour):
            reason = "the state after this act is another than recorded"
            raise Difference(mark.line, mark.turn, "facilitator", step.id(act.event), reason)

    def _end(self, mark: Mark) -> None:
        if not self.match.state.over or digest(self.match.state) != self.saved.payload(mark):
            raise Difference(mark.line, mark.turn, "", "", "the record ends the game here, by the rules it goes on")

    def _difference(self, mark: Mark, ours: list[object]) -> Difference:
        """Name the first event of a step that differs."""
        theirs = loads(self.saved.text(mark))
        phase = self.saved.phase(mark)
        stamp = date(mark.turn, phase.pulse)
        for what, i in (("phase", 0), ("pulse", 1), ("hour", 2)):
            if ours[i] != theirs[i]:
                reason = f"the {what} is {theirs[i]} in the record, {ours[i]} by the rules"
                return Difference(mark.line, mark.turn, phase.phase, "", reason)
        mine: list[list[object]] = ours[3]  # type: ignore[assignment]
        for event, wrote, made in zip(phase.events, theirs[3], mine, strict=False):
            if dumps(wrote) != dumps(made):
                reason = f"recorded {_field(wrote, made)}"
                return Difference(mark.line, mark.turn, phase.phase, event_id(event, stamp), reason)
        if len(phase.events) > len(mine):
            extra = event_id(phase.events[len(mine)], stamp)
            return Difference(mark.line, mark.turn, phase.phase, extra, "recorded, but the rules give no such event")
        missing = mine[len(phase.events)]
        id = f"{stamp}.{missing[0]}.{missing[2]}"
        return Difference(mark.line, mark.turn, phase.phase, id, "the rules give this event, the record lacks it")


_EVENT_FIELDS = tuple(a.name for a in attrs.fields(Event))


def _field(wrote: list[object], made: list[object]) -> str:
    """The first field of two plain events that differs, with both values cut short."""
    for n, name in enumerate(_EVENT_FIELDS):
        one, other = (dumps(e[n]) if n < len(e) else "nothing" for e in (wrote, made))
        if one != other:
            return f"{name} {one[:80]}, by the rules {other[:80]}"
    return "otherwise than by the rules"


def rerun(
    saved: Saved,
    state: State,
    rulebook: Rulebook,
    players: Mapping[Seat, Player] | None = None,
    *,
    past: bool = False,
) -> Rerun:
    """A Rerun that begins at `state`; with `past`, its Match knows the steps of the turn before."""
    match = Match(state, rulebook, saved.header.seed, players)
    if past and state.turn - 1 in saved.turns:
        match.steps = list(steps(saved, state.turn - 1, state.setting))
    return Rerun(saved, match)
