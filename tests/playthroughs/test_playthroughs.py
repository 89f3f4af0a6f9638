"""Whole games go as stored, and between them they use all that there is."""

from __future__ import annotations

from functools import cache

import pytest

from game.core.orders import Order
from rules import SEQUENCE
from tests.cases.test_cases import written
from tests.playthroughs import GAMES, Heard, file_of, play
from tests.worlds import MAPS, SCENARIOS

#: Rules that speak in no event, and why.
SILENT = {
    "K1": "refuses a plan before it is sealed",
    "K2": "refuses a plan before it is sealed",
    "K3": "refuses a plan before it is sealed",
    "K5": "refuses a plan before it is sealed",
    "K4": "speaks when what is watched comes true: cases K4.2 and K4.5",
    "K7": "shows in the answer that MD5 records",
    "K8": "speaks when a tripped contingency is refused: cases K8.1 and K8.2",
    "P1": "refuses; an event only when the pact is gone",
    "P6": "advice",
    "I3": "refuses",
    "I8": "speaks when a contact is two weeks old: case I8.2",
    "I9": "advice",
    "M1": "refuses",
    "M4": "speaks when access changes under way",
    "M6": "speaks when a runway closes under way: case M6.2",
    "M8": "advice",
    "M9": "speaks when steps are lost under a sealed order",
    "MD3": "an effect of MD2's event",
    "MD6": "shows in the inputs of MD7",
    "MD8": "shows in the inputs of MD7",
    "MD10": "an effect of MD7's event",
}


#: Orders that none of the stored games gives, and where they are given.
SELDOM = {
    "repair": "engineers go where something is broken: cases LG14",
    "reload": "ships lie in a reload port short of rounds: cases LG13",
}


@cache
def played(game: tuple[str, str, int]) -> Heard:
    return play(*game)


@pytest.mark.parametrize("game", GAMES, ids=lambda g: "-".join(map(str, g)))
def test_a_game_goes_as_stored(game: tuple[str, str, int]) -> None:
    stored = file_of(*game).read_text(encoding="utf-8").splitlines()
    found = played(game).lines
    for n in range(max(len(stored), len(found))):
        old = stored[n] if n < len(stored) else "(end)"
        new = found[n] if n < len(found) else "(end)"
        # If a rule changed on purpose: python -m tests.playthroughs --write, and read the diff.
        assert new == old, f"{file_of(*game).name}:{n + 1}"


def test_every_scenario_is_played() -> None:
    shipped = {path.resolve() for path in MAPS.glob("*/*.toml") if "calendar = " in path.read_text(encoding="utf-8")}
    assert shipped == {SCENARIOS[name].resolve() for name, _, _ in GAMES}


def test_every_order_is_given() -> None:
    known: set[type[Order]] = {order for chapter in SEQUENCE for order in chapter.ORDERS}
    given = set().union(*(played(g).orders for g in GAMES))
    assert {o.VERB for o in known} == given | SELDOM.keys() and not given & SELDOM.keys()


def test_every_chapter_has_its_phases_played() -> None:
    known = {f"{c.__name__.rpartition('.')[2]}.{p}" for c in SEQUENCE for p in c.PHASES}
    assert known <= set().union(*(played(g).phases for g in GAMES))


def test_every_rule_speaks_or_is_known_to_be_silent() -> None:
    heard = set().union(*(played(g).rules for g in GAMES))
    assert heard <= written().keys()
    assert written().keys() - heard == SILENT.keys()
