"""Whole saved games for the tests of reports, and the same games with everything changed that a seat is not told."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

from game.core.events import Event, Input, told
from game.core.ids import Seat
from game.core.model import State
from game.core.rulebook import Rulebook
from game.core.setting import Setting
from game.core.turn import Step
from game.core.words import say
from game.io.header import Edition
from game.io.recorder import create
from game.io.replay import steps
from game.io.save import Saved, open_save
from game.report.explain import Speech
from game.report.rulebook import rules as rules_of
from game.report.timeline import Reel
from game.table.match import Match
from game.table.players import players
from game.words import Names
from tests.laws.fog import scrambled
from tests.worlds import pack, rulebook

#: Scenario, computer players, seed.
GAMES = (("one_sky", "doctrine", 1), ("one_sky", "random", 40), ("first_watch", "doctrine", 1))
_FOLDER = TemporaryDirectory()


@attrs.frozen(eq=False)
class Game:
    """A played game: its save, what it was played with, and its reel."""

    saved: Saved
    setting: Setting
    rules: Rulebook
    speech: Speech
    reel: Reel

    @property
    def seats(self) -> tuple[Seat, ...]:
        return self.setting.board.seats

    def turns(self) -> list[tuple[State, tuple[Step, ...]]]:
        return [
            (self.saved.state(n, self.setting), tuple(steps(self.saved, n, self.setting))) for n in self.saved.turns
        ]


@cache
def game(name: str, player: str, seed: int) -> Game:
    setting, state = pack(name)
    rules = rulebook(name)
    path = Path(_FOLDER.name) / f"{name}-{player}-{seed}.save"
    texts = setting.texts["seats"]
    seated = {s: players({s: texts[s]["temper"]}, s)[player] for s in setting.board.seats}
    match = Match(
        state, rules, seed, seated, create(path, state, rules, seed, Edition("test", "0" * 32), durable=False)
    )
    match.play()
    match.close()
    saved = open_save(path, rules)
    speech = Speech(Names.of(setting.board, state.counters), rules_of(rules.chapters))
    return Game(saved, setting, rules, speech, Reel.of(saved, setting))


def hidden_from(seat: Seat, played: Game) -> Reel:
    """The reel with all changed that `seat` may not know: rows, events that others were told, sums behind a hint."""
    turns = [
        (scrambled(opening, seat), tuple([_altered(step, seat) for step in each])) for opening, each in played.turns()
    ]
    return Reel.joined(turns)


def _altered(step: Step, seat: Seat) -> Step:
    events = []
    for n, event in enumerate(step.events):
        part = told(event, seat, step.date)
        if part is None and n % 2:
            continue
        events.append(_other(event, seat) if part is None or not part.whole else _same_to(event, seat))
        if part is None:
            events.append(attrs.evolve(_other(event, seat), subject="nobody's"))
    before, after = scrambled(step.before, seat), scrambled(step.after, seat)
    return Step(step.phase, step.turn, step.pulse, step.hour, tuple(events), before, after)


def _other(event: Event, seat: Seat) -> Event:
    """An event of which `seat` learns the same, and no more is as it was."""
    mine = tuple([hint for hint in event.hints if hint[0] == seat])
    words = say("missile_defense.launched", unit="P01", place="JIWA", fired=99, flying=99)
    inputs = (Input("raid", "JIWA.ZZZZZZ"),)
    return attrs.evolve(
        event, message=words, subject="P99", inputs=inputs, rolls=(), effects=(), hints=mine, all_to=()
    )


def _same_to(event: Event, seat: Seat) -> Event:
    return attrs.evolve(event, effects=(), all_to=(seat,), hints=())
