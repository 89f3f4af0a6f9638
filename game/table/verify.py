"""Is a save what it says it is? Re-run it with the rules in hand and name the first thing that differs."""

from __future__ import annotations

import json

import attrs

from game.core.digest import canonical, digest
from game.core.model import State
from game.core.rulebook import Rulebook
from game.core.setting import Setting
from game.io.header import Edition
from game.io.record import SaveFault, Trouble
from game.io.replay import states
from game.io.save import Saved
from game.table.rerun import Difference, rerun
from game.table.resume import check_scenario


@attrs.frozen(slots=True)
class Verdict:
    """What was found, file first.

    `trouble`: the file is cut or altered. `other_rules`: other rules than today's wrote it. `unfolded`: why the
    recorded events do not lead to the recorded states ("" if they do). `difference`: the first turn, phase and event
    on which today's rules and the record part; with other rules that is to be expected. `turns` re-run without one.
    """

    trouble: Trouble | None
    other_rules: bool
    unfolded: str
    difference: Difference | None
    turns: int

    @property
    def whole(self) -> bool:
        """Nothing is wrong with the file, and where the rules are the same they agree with it."""
        return self.trouble is None and not self.unfolded and (self.other_rules or self.difference is None)


def verify(
    saved: Saved, setting: Setting, rulebook: Rulebook, edition: Edition, opening: State | None = None
) -> Verdict:
    """Judge a save up to its last sound line. `opening` is the scenario's own first State, if it is at hand.

    SaveFault if the scenario is another one: then nothing can be said. A branch is re-run from where it begins; the
    turns before it belong to its parent.
    """
    check_scenario(saved, setting)
    saved = saved.under(rulebook)
    header = saved.header
    other = header.edition.rules != edition.rules or header.schema != saved.live
    unfolded = ""
    try:
        for _ in states(saved, setting):
            pass
    except SaveFault as fault:
        unfolded = str(fault.faults[0].reason)
    difference, turns = _first_difference(saved, setting, rulebook, opening)
    return Verdict(saved.trouble, other, unfolded, difference, turns)


def _other_table(one: State, other: State) -> str:
    """The first table that two States do not have alike, or their date."""
    first, second = (dict(json.loads(canonical(state))[3]) for state in (one, other))
    differ = (name for name in sorted({*first, *second}) if first.get(name) != second.get(name))
    return next((f"the table {name}" for name in differ), "the date")


def _first_difference(
    saved: Saved, setting: Setting, rulebook: Rulebook, opening: State | None
) -> tuple[Difference | None, int]:
    first = saved.header.turn
    turns = [t for t in saved.turns if t >= first]
    done = 0
    try:
        if opening is not None and saved.header.parent is None and digest(opening) != saved.digest(first):
            line = saved.mark(first).line
            what = _other_table(opening, saved.state(first, setting))
            raise Difference(line, first, "", "", f"the opening state is not the scenario's: {what} differs")
        again = rerun(saved, saved.state(first, setting), rulebook)
        for turn in turns:
            again.turn(turn)
            if turn + 1 in turns:
                again.end_turn(turn)
                done += 1
    except Difference as found:
        return found, done
    except SaveFault as fault:
        return Difference(0, turns[done] if done < len(turns) else first, "", "", str(fault.faults[0].reason)), done
    return None, done
