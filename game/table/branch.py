"""Start again from an earlier turn of a saved game, with what each seat knew then.

The branch is a save of its own: its header names the parent's record that it starts from, and the parent's turns
before it are copied, so that briefs and debriefs have their past. The seed is the parent's; so one decision changed
keeps all other luck. The branch of a sealed game is sealed for the same codes, and stays so when it is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from game.core.ids import Seat
from game.core.luck import Luck
from game.core.model import State
from game.core.orders import Order, Plan, Refusal
from game.core.rulebook import Question, Rulebook
from game.core.setting import Setting
from game.core.turn import legal_answer
from game.core.view import View
from game.io.header import Edition
from game.io.record import SaveFault
from game.io.recorder import create
from game.io.replay import steps
from game.io.save import Saved
from game.io.sealed import new_seal
from game.io.todays import Todays
from game.io.upgrade import FORMAT
from game.table.match import Match, MatchFault
from game.table.players import Player
from game.table.resume import check_scenario


@attrs.define
class Kept:
    """A seat that gives its recorded plans and answers while they are legal, then its player's.

    `left` says on which turn it had to leave them, and why; None while it has not. A person's seat that has to leave
    them is the person's from then on.
    """

    saved: Saved
    seat: Seat
    player: Player | None
    left: tuple[int, tuple[Refusal, ...]] | None = None

    def plan(self, view: View, rulebook: Rulebook, luck: Luck) -> Plan:
        if self.left is None and view.turn in self.saved.turns:
            plan = _recorded_plan(self.saved, view.turn, self.seat)
            if plan is not None:
                refusals = rulebook.faults(view, plan)
                if not refusals:
                    return plan
                self.left = (view.turn, refusals)
        if self.player is None:
            why = f"its recorded plan is not legal here ({self.left[1][0].rule})" if self.left else "no plan recorded"
            raise MatchFault(f"{self.seat}: a person's seat in turn {view.turn}: {why}; seal a plan for it")
        return self.player.plan(view, rulebook, luck)

    def answer(self, view: View, question: Question, rulebook: Rulebook, luck: Luck) -> Order | None:
        if self.left is None and view.turn in self.saved.turns:
            for said in self.saved.answers(view.turn):
                same = (said.pulse, said.seat, said.verb, said.subject)
                if same == (view.pulse, self.seat, question.template.order.VERB, question.template.subject):
                    if said.reply is None or legal_answer(question, said.reply):
                        return said.reply
                    break
        return None if self.player is None else self.player.answer(view, question, rulebook, luck)


def _recorded_plan(saved: Saved, turn: int, seat: Seat) -> Plan | None:
    """A seat's sealed plan; None if it is missing or its orders are unknown to the chapters in play."""
    try:
        return saved.plans(turn).get(seat)
    except SaveFault:
        return None


@attrs.frozen(slots=True)
class Branch:
    """The match to play; `kept` by seat; `notes` say in one line each what is not as it was in the parent."""

    match: Match
    kept: Mapping[Seat, Kept]
    notes: tuple[str, ...]


def branch(
    saved: Saved,
    turn: int,
    path: Path | str,
    setting: Setting,
    rulebook: Rulebook,
    edition: Edition,
    players: Mapping[Seat, Player] | None = None,
    *,
    keep: Iterable[Seat] = (),
    names: Mapping[Seat, str] | None = None,
    durable: bool = True,
) -> Branch:
    """Begin a branch of `saved` at the start of `turn`, in a new save at `path`; SaveFault if it cannot be.

    Computer seats (`players`) plan again; seats in `keep` give their recorded plans while those are legal.
    """
    check_scenario(saved, setting)
    saved = saved.under(rulebook)
    mark = saved.mark(turn)
    state = saved.state(turn, setting)
    notes = []
    if saved.header.edition.rules != edition.rules:
        notes.append("the rules have changed since this game was played: what comes now is by today's")
    state, new = _in_todays_rows(saved, state)
    if new:
        notes.append(f"new columns have their usual values: {', '.join(new)}")
    past: Iterator[tuple[str, int, str]] | None = _past(saved, turn)
    if saved.header.format != FORMAT or saved.header.schema != saved.live:
        past = None
        notes.append(
            "the turns before are not copied: their columns or format are not today's; read them in the parent"
        )
    recorder = create(
        path,
        state,
        rulebook,
        saved.header.seed,
        edition,
        players=names,
        parent=(mark.link.decode(), turn),
        past=past,
        schema=saved.live,
        seal=None if saved.seal is None else new_seal(saved.seal.codes, lasting=True),
        durable=durable,
    )
    kept = {seat: Kept(saved, seat, (players or {}).get(seat)) for seat in keep}
    match = Match(state, rulebook, saved.header.seed, {**(players or {}), **kept}, recorder)
    if turn - 1 in saved.turns and past is not None:
        match.steps = list(steps(saved, turn - 1, setting))
    return Branch(match, kept, tuple(notes))


def _past(saved: Saved, turn: int) -> Iterator[tuple[str, int, str]]:
    stop = saved.mark(turn).line - 1
    return ((m.kind, m.turn, saved.text(m)) for m in saved.lines.marks[1:stop])


def _in_todays_rows(saved: Saved, state: State) -> tuple[State, tuple[str, ...]]:
    """The State in the classes of today's chapters, and the columns that have come since; SaveFault where a table
    that has rows lacks another column or has it otherwise."""
    old, new = saved.header.schema, []
    for name, table in state.tables():
        if not table or old.fits(saved.live, name):
            continue
        more = old.gained(saved.live, name)
        if more is None:
            reason = f"the table {name} is not as it was when this game was played"
            raise SaveFault(
                saved.path, f"turn {state.turn}", reason, "replay the game as it was; it cannot be gone on"
            )
        new += [f"{name}.{column}" for column in more]
    return Todays(saved).of(state), tuple(new)
