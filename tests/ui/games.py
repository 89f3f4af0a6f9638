"""Games for the tests of screens: a whole one, kept, that computers played; and worlds that differ where eyes may not
see."""

from __future__ import annotations

from pathlib import Path

import attrs

from game.commands.common import cast, seated
from game.core.events import Event, told
from game.core.ids import Seat
from game.core.turn import Step
from game.core.words import say
from game.edition import edition
from game.io.recorder import create
from game.io.save import Note, Saved, open_save
from game.report.timeline import Moment, Reel
from game.table.match import Match
from game.ui.screens.replay_reading import Reading, reading_table
from tests.laws.fog import scrambled
from tests.worlds import SCENARIOS, pack, rulebook

SEED = 7
SECRET = "The other side's secret"


def kept_game(
    path: Path, scenario: str = "one_sky", seed: int = 7, turns: int = 99, *, persons: bool = False
) -> Saved:
    """Played by computers to its end, or for some turns, with a note of Japan's and one of North Korea's."""
    setting, state = pack(scenario)
    rules = rulebook(scenario)
    names = cast(setting, ())
    recorded = dict.fromkeys(names, "person") if persons else names
    recorder = create(path, state, rules, SEED, edition(rules.chapters), players=recorded, durable=False)
    match = Match(state, rules, SEED, seated(setting, names), recorder)
    match.note(Note("forecast", "JP", "Four leakers at Iwakuni"))
    match.note(Note("telegram", "KP", SECRET))
    match.play(turns)
    match.close()
    return open_save(path, rules)


def reading(saved: Saved, scenario: str = "one_sky") -> Reading:
    setting, _ = pack(scenario)
    table = reading_table(saved, setting, rulebook(scenario), SCENARIOS[scenario])
    return Reading(table, saved, setting)


def otherwise(reel: Reel, eyes: Seat) -> Reel:
    """The same game with everything changed that `eyes` may not see."""
    return Reel(tuple(_moment(moment, eyes) for moment in reel.moments))


def _moment(moment: Moment, eyes: Seat) -> Moment:
    steps = tuple(other_step(step, eyes) for step in moment.steps)
    return attrs.evolve(moment, state=scrambled(moment.state, eyes), steps=steps)


def other_step(step: Step, eyes: Seat) -> Step:
    events = tuple(_event(event, step, eyes) for event in step.events)
    return attrs.evolve(step, events=events, before=scrambled(step.before, eyes), after=scrambled(step.after, eyes))


def _event(event: Event, step: Step, eyes: Seat) -> Event:
    """One that these eyes were not told of says something else; of one they had a hint of, the sum is another."""
    found = told(event, eyes, step.date)
    if found is not None and found.whole:
        return event
    return attrs.evolve(event, message=say("ui_replay.person"), inputs=(), rolls=(), effects=())
