"""Answers to the Alarm that may stand in a plan (K7, MD5)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.orders import Doubt, Plan, Template
from game.core.sensing import level_between
from game.core.view import View
from game.core.words import say
from rules.missile_defense.station import FIRE_CONTROL, at_home, interceptor
from rules.missile_defense.tables import DOCTRINES, STANDING, Alert

ALARM = "missile_defense.alarm"
#: The subject of a standing answer: whatever is asked about.
ANY = "*"


def standing(view: View) -> Iterator[Template]:
    """One form with every answer that an Alarm may offer this seat; what it does offer goes by its warning then."""
    if view.kind.pulses and ALARM in view.kind.pulse:
        domains = (
            ("flush", (False, True)),
            ("doctrine", (STANDING, *DOCTRINES)),
            ("first", ("", *at_home(view.places, view.board, view.seat))),
            ("ask", ("", *_shooters(view))),
        )
        yield Template(Alert, view.seat, ANY, domains)


def _shooters(view: View) -> tuple[str, ...]:
    """Allies with upper-layer shooters, whose fire-control data this seat shares as things stand."""
    board = view.board
    found = set()
    for counter in view.counters.values():
        munition = interceptor(board, counter)
        if counter.owner != view.seat and munition is not None and munition.layer == "upper":
            found.add(counter.owner)
    return tuple(s for s in sorted(found) if level_between(view.pacts, view.seat, s) >= FIRE_CONTROL)


def doubts_of_standing(view: View, plan: Plan) -> Iterator[Doubt]:
    """K7: an answer that asks for more than a bare launch warning offers is not given on one, and nothing flushes."""
    for answer in plan.standing:
        if isinstance(answer, Alert) and answer.flush and (answer.doctrine != STANDING or answer.first or answer.ask):
            yield Doubt("MD5", say("missile_defense.doubt_standing"), answer.id)
