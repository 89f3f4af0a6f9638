"""Write the golden saves of this format: `python -m tests.saves.golden`. Once written they stay as they are."""

from __future__ import annotations

import json
from pathlib import Path

from game.core.events import Add
from game.core.orders import Contingency, Plan, Trigger
from game.core.turn import Step
from game.core.words import say
from game.io.save import Note, open_save
from game.io.seating import Chair, Seating, code_of
from game.io.upgrade import FORMAT
from game.table import facilitator
from game.table.branch import branch
from game.table.places import Place
from game.table.sit import begin_sitting
from tests import toy
from tests.saves.games import SEED, begin, setting

FOLDER = Path(__file__).parent / f"v{FORMAT}"


def whole_game(path: Path) -> None:
    """Every kind of record, every kind of effect, people's words in their own letters."""
    match = begin(path)
    match.note(Note("telegram", "JP", "海峡を守れ", (("to", "KR"),)))
    match.seal(Plan("JP", intent="first thought"))
    match.reopen("JP")
    order = toy.Ship("JP", "EAST", 40)
    mend = Contingency(Trigger("damage", "EAST", 1), toy.Mend("JP", "EAST"))
    match.seal(Plan("JP", (order,), 6, (), (), "Korea saw it. 우리는 못 봤다.", ((order.id, say("toy.why", n=1)),)))
    match.play_turn()
    facilitator.set_value(match, "nations", "JP", "support", 61, "the poll came in wrong", told=("JP",))
    match.seal(Plan("JP", contingencies=(mend,), standing=(toy.Cover("JP", "*", True),)))
    match.take_seat("KR", match.players["KR"], "random")
    cancelled = False
    for item in match.run_turn():
        if isinstance(item, Step) and item.phase == "raid.strike" and item.events and not cancelled:
            facilitator.cancel(match, item.id(item.events[0]), "a dud")
            cancelled = True
    match.play_turn()
    shipped = next(s.id(e) for s in match.steps for e in s.events if e.rule == "T1")
    facilitator.replace(match, shipped, (Add("stocks", "pool", "amount", -1),), "a clerk's mistake")
    facilitator.note(match, "the room was noisy")
    match.play()
    match.close()


def sealed_game(path: Path) -> None:
    """A running game of a table with a code, a facilitator and a plan begun: save, seating and draft."""
    chairs = (
        Chair("JP", people=("葵",), code=code_of("jp", cost=14)),
        Chair("KR", "doctrine"),
        Chair("KP", "doctrine"),
    )
    white = Chair("", code=code_of("white", cost=1))
    state = toy.opening(setting())
    seating = Seating(chairs, {"JP": 6}, white)
    table = begin_sitting(path, state, toy.rulebook(), SEED, toy.EDITION, seating, durable=False)
    table.reveal("JP", "jp", 0)
    table.begin(0)
    table.seal(Plan("JP", (toy.Ship("JP", "EAST", 40),), 6, intent="Korea saw it."), 0)
    while table.place is not Place.BETWEEN:
        if table.place is Place.ALARM_COVERED:
            table.reveal("JP", "jp", 0)
            table.answer(None, 0)
        else:
            table.step(0)
    table.next_turn(0)
    table.reveal("JP", "jp", 0)
    table.begin(0)
    table.draft(Plan("JP", intent="海峡を守れ"))
    table.close()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "sealed").mkdir(exist_ok=True)
    sealed_game(FOLDER / "sealed" / "toy.save")
    whole_game(FOLDER / "toy.save")
    saved = open_save(FOLDER / "toy.save", toy.rulebook())
    made = branch(
        saved, 3, FOLDER / "toy_branch.save", setting(), toy.rulebook(), toy.EDITION, toy.players(), durable=False
    )
    made.match.play(1)
    made.match.close()
    digests = {}
    for path in sorted(FOLDER.glob("*.save")):
        game = open_save(path)
        digests[path.name] = {str(turn): game.digest(turn) for turn in game.turns}
    (FOLDER / "digests.json").write_text(json.dumps(digests, indent=1) + "\n")


if __name__ == "__main__":
    main()
