"""MD10, MD13: what a ship fires can't go down with it. Two groups shoot at each other in one pulse, one is lost."""

from __future__ import annotations

import attrs

from game.core.apply import apply
from game.core.luck import Luck
from game.core.model import Contact, State
from game.core.orders import Book, Plan
from rules.missile_defense.salvo import exchange
from rules.missile_defense.tables import Salvo
from tests.bench import world

DUEL = (("CN", "Cship00", "Jship00"), ("JP", "Jship00", "Cship00"))


def duel() -> State:
    """Two groups with full magazines in one zone, each holding the other as a contact."""
    first = world.opening()
    zone = next(id for id, site in first.setting.board.theatre.sites.items() if site.sea)
    counters = {
        **first.counters,
        **{id: attrs.evolve(first.counters[id], at=zone) for _, id, _ in DUEL},
    }
    contacts = {f"{seat}.X": Contact(seat, other, "", "ship", zone, 3, 3, 0, 1, 1, seat) for seat, _, other in DUEL}
    return attrs.evolve(first, pulse=1, counters=counters, contacts=contacts)


def test_md13_a_group_lost_while_it_fires_loses_only_what_is_still_aboard() -> None:
    before = duel()
    fired = 18
    plans = {seat: Plan(seat, (Salvo(seat, id, f"{seat}.X", fired, 1),)) for seat, id, _ in DUEL}
    worst = Luck(1, 1, 1, {"MD13|Cship00": 0})
    after = apply(before, exchange(before, Book(plans), worst))
    assert "Cship00" not in after.counters
    spent = [e for e in exchange(before, Book(plans), worst) if e.order]
    assert len(spent) == 2
    assert after.tallies["CN.fired.antiship"].n == fired
    left = after.counters.get("Jship00")
    assert left is None or 0 <= left.missiles <= before.counters["Jship00"].missiles - fired
