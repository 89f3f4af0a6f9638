"""One game at five sensing levels through Japan's eyes: what the level changes is what Japan holds, when, from whom.

The same seed, the same orders: a Korean squadron in the Sea of Japan sees missile boats, a brigade fires four
missiles at Iwakuni. The log as people read it stands in `log_eyes.txt`; the tests below hold it to `PASSING`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest

from game.core.model import Contact, State
from game.core.orders import Plan
from game.core.sensing import PASSING
from game.core.turn import Step
from game.io.header import Edition
from game.io.recorder import create
from game.io.save import open_save
from game.report.explain import Speech
from game.report.log import log
from game.report.rulebook import rules as rules_of
from game.table.match import Match
from game.words import Names
from rules.missile_defense.tables import Alert, Raid
from tests.cases.packs import opening, rulebook

STORED = Path(__file__).with_name("log_eyes.txt")
LEVELS = (0, 1, 2, 3, 4)
SEED = 2
EYES = "JP"


def start(level: int) -> State:
    """The week's third turn, so that liaison has a turn before it; whole Korean squadron at sea, no wing on watch."""
    first = opening("week")
    pact = attrs.evolve(first.pacts["JP-KR"], sensing=level, announced=level)
    counters = {**first.counters, "K01": attrs.evolve(first.counters["K01"], at="SJW")}
    return attrs.evolve(first, counters=counters, pacts={**first.pacts, "JP-KR": pact}, turn=2, hour=12)


@cache
def game(level: int) -> tuple[str, tuple[tuple[Step, ...], ...]]:
    """The log and the steps of two war weeks."""
    state, rules = start(level), rulebook("week")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "game.save"
        recorder = create(path, state, rules, SEED, Edition("test", "0" * 32), durable=False)
        match = Match(state, rules, SEED, {}, recorder)
        turns = []
        while not match.state.over:
            for seat in match.seats:
                orders = (Raid("KP", "P03", "JIWA", 4, "aircraft", 1),) if seat == "KP" else ()
                match.seal(Plan(seat, orders, standing=(Alert(seat, "*", False),) if seat != "KP" else ()))
            turns.append(match.play_turn())
        match.close()
        speech = Speech(Names.of(state.setting.board, state.counters), rules_of(rules.chapters))
        saved = open_save(path, rules)
        return "\n".join(log(saved, state.setting, speech, EYES)), tuple(turns)


def eyes() -> str:
    return "".join(f"=== L{level} ===\n{game(level)[0]}\n\n" for level in LEVELS)


def test_the_log_of_each_level_is_as_stored() -> None:
    found, stored = eyes().splitlines(), STORED.read_text(encoding="utf-8").splitlines()
    for n, (new, old) in enumerate(zip(found, stored, strict=False), 1):
        assert new == old, f"log_eyes.txt:{n}"
    assert len(found) == len(stored)


def test_no_two_levels_read_alike() -> None:
    assert len({game(level)[0] for level in LEVELS}) == len(LEVELS)


def held(step: Step, subject: str) -> Contact | None:
    return next((c for c in step.after.contacts.values() if (c.owner, c.subject) == (EYES, subject)), None)


def observed(level: int, turn: int, pulse: int) -> Step:
    steps = [s for part in game(level)[1] for s in part]
    return next(s for s in steps if (s.phase, s.turn, s.pulse) == ("intelligence.observe", turn, pulse))


#: When a sighting of the first pulse of turn 2 is first held, by how late a level passes it on.
FIRST = {"never": None, "turn": (3, 1), "next": (2, 2), "pulse": (2, 1)}


@pytest.mark.parametrize("level", LEVELS)
def test_the_boats_are_held_as_the_level_passes_them(level: int) -> None:
    passing = PASSING[level]
    first = FIRST[passing.delay]
    for at in ((2, 1), (2, 2), (3, 1), (3, 2)):
        contact = held(observed(level, *at), "P11")
        assert (contact is not None) == (first is not None and at >= first), at
        if contact is not None:
            assert (contact.source, contact.route) == ("KR", passing.route)
            assert contact.quality == min(2, passing.quality)  # Korea's own sensors know the kind, not the strength
            assert (contact.what == "ship") == (passing.quality > 1)
            seen = {"pulse": at, "next": (at[0], at[1] - 1) if at[1] > 1 else (at[0] - 1, 2), "turn": (at[0] - 1, 2)}
            if passing.delay != "turn":
                assert (contact.turn, contact.pulse) == seen[passing.delay]
            else:
                assert contact.turn == 2


@pytest.mark.parametrize("level", LEVELS)
def test_the_launch_is_warned_of_as_the_level_passes_it(level: int) -> None:
    steps = [s for part in game(level)[1] for s in part if s.phase == "missile_defense.launch" and s.pulse == 1]
    passing = PASSING[level]
    for step in steps:
        mine = [e for e in step.events if e.rule == "MD2" and e.seat == EYES]
        in_time = passing.quality if passing.delay == "pulse" else min(1, passing.quality)
        assert len(mine) == (in_time > 0)
        for event in mine:
            values = event.message.as_dict()
            assert values["source"] == "KR" and values["route"] == passing.route
            assert event.message.id == f"missile_defense.warning{in_time}"
            assert (values["missiles"] != -1) == (in_time > 1)
