"""Raids of a game of One Sky, read from its events: what layers, levels, magazines and launches must obey."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest

from game.core.events import Add, Event, Make
from game.core.model import Contact, State
from game.core.rulebook import Rulebook
from game.core.turn import Step
from game.io.library import find
from game.io.scenario import read_scenario
from game.table.match import Match
from game.table.players import players
from rules import SEQUENCE
from rules.missile_defense.engage import level_at, prepare
from rules.missile_defense.tables import CLASSES, FLIGHTS

Raid = tuple[Step, Event]


@pytest.fixture(scope="module")
def opening() -> State:
    return read_scenario(find("one_sky"), Rulebook(SEQUENCE))[1]


@pytest.fixture(scope="module")
def steps(opening: State) -> tuple[Step, ...]:
    rulebook = Rulebook(SEQUENCE, opening.setting.board.chapters)
    seats = {seat: players({}, seat)["doctrine"] for seat in opening.setting.board.seats}
    match = Match(opening, rulebook, 7, seats)
    out: list[Step] = []
    while not match.state.over:
        out += match.play_turn()
    return tuple(out)


def by_rule(steps: tuple[Step, ...], rule: str) -> Iterator[Raid]:
    for step in steps:
        for event in step.events:
            if event.rule == rule:
                yield step, event


def test_md3_whoever_is_warned_holds_a_contact_where_the_launch_was(steps: tuple[Step, ...]) -> None:
    warnings = list(by_rule(steps, "MD2"))
    assert warnings
    for step, event in warnings:
        made = [fx.row for fx in event.effects if isinstance(fx, Make) and isinstance(fx.row, Contact)]
        origin = event.message.as_dict()["origin"]
        held = [c for c in step.after.contacts.values() if c.owner == event.seat and c.at == origin]
        assert held
        assert all(c.at == origin and c.hour == step.hour for c in made)


def test_md6_low_fliers_meet_no_upper_layer_but_thaad(steps: tuple[Step, ...]) -> None:
    seen = 0
    for step in steps:
        flights = step.before.table(FLIGHTS)
        if step.phase != "missile_defense.engage" or not flights:
            continue
        board = step.before.setting.board
        for key, defense in prepare(step.before, flights).items():
            upper = [layer.name.startswith("upper.") for layer in defense.layers]
            assert upper == sorted(upper, reverse=True), "upper layers come before lower ones"
            if board.munitions[flights[key].munition].shares.keys() == {"LOW"}:
                seen += 1
                assert {layer.name.split(".")[1] for layer in defense.layers if layer.name.startswith("upper.")} <= {
                    "thaad"
                }
    assert seen
    assert "LOW" in CLASSES


def test_md8_a_network_that_is_down_defends_as_at_l0(opening: State) -> None:
    pact = opening.pacts["JP-KR"]
    for sensing in range(5):
        up = attrs.evolve(opening, pacts={**opening.pacts, "JP-KR": attrs.evolve(pact, sensing=sensing)})
        down = attrs.evolve(up, pacts={**up.pacts, "JP-KR": attrs.evolve(pact, sensing=sensing, outage=True)})
        assert level_at(up, "JIWA").name == f"L{sensing}"
        assert level_at(down, "JIWA").name == "L0"


def test_md10_rounds_come_out_of_the_tubes_one_by_one_and_all_told(steps: tuple[Step, ...]) -> None:
    raids = list(by_rule(steps, "MD7"))
    assert raids
    for step, event in raids:
        fired = {fx.key: -fx.n for fx in event.effects if isinstance(fx, Add) and fx.field == "rounds"}
        assert sum(fired.values()) == event.message.as_dict()["spent"]
        assert all(0 < n <= step.before.counters[id].rounds for id, n in fired.items())
