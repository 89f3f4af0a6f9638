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
    "K7": "shows in the answer that MD5 records",
    "P1": "refuses; an event only when the pact is gone",
    "P6": "advice",
    "I3": "refuses",
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
    "MD15": "refuses; what a wing fires speaks as MD13",
    "P7": "refuses, and shows in the inputs of P3",
    "J1": "says who may talk: the screens show it",
    "J5": "advice",
    "I15": "shows in the contacts that I1 brings",
    "M5": "speaks when more aircraft come than there is room for: cases of M5",
    "S15": "speaks by chance: cases of S15",
    "I10": "shows in the contacts that I1 brings",
    "I13": "speaks when a radar is blinded: cases of I13",
    "M11": "refuses, and advice",
    "M16": "speaks when cargo is lost with its carrier: cases of M16",
    "LG1": "shows in what LG6 sends",
    "LG4": "shows in what LG6 sends",
    "LG15": "advice",
    "S1": "refuses, and shows in the inputs of S5",
    "S2": "shows in the inputs of S5",
    "S3": "shows in the inputs of S5",
    "S4": "shows in the inputs of S5",
    "S7": "shows in the inputs of S6",
    "S13": "shows in the inputs of S12",
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
    assert {o.VERB for o in known} == set().union(*(played(g).orders for g in GAMES))


def test_every_chapter_has_its_phases_played() -> None:
    known = {f"{c.__name__.rpartition('.')[2]}.{p}" for c in SEQUENCE for p in c.PHASES}
    assert known <= set().union(*(played(g).phases for g in GAMES))


def test_every_rule_speaks_or_is_known_to_be_silent() -> None:
    heard = set().union(*(played(g).rules for g in GAMES))
    assert heard <= written().keys()
    assert written().keys() - heard == SILENT.keys()
