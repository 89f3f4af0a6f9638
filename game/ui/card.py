"""What is known of one thing on the map, in a few lines: for tips and info cards, from a View alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from game.core.model import UNKNOWN, Counter
from game.core.supply import condition, days, load
from game.core.view import View
from game.report.log import contact_line
from game.ui.paint.scene import strip_of
from game.words import term

if TYPE_CHECKING:
    from game.ui.table import Table

#: Figures of a formation that a card tells, first ones first; the rest stands in the pack.
MOST_FIGURES = 6
#: So many of the units at a place are named.
NAMED = 4


def card_lines(table: Table, view: View, id: str) -> list[str]:
    """The name first, then what this seat knows of a counter, a contact, a place or a zone."""
    if id in view.counters:
        return list(_counter(table, view, id, view.counters[id]))
    if id in view.contacts:
        return [contact_line(id, view.contacts[id], table.speech(view))]
    if id in view.places:
        return list(_place(table, view, id))
    return []


def _counter(table: Table, view: View, id: str, counter: Counter) -> Iterator[str]:
    names = table.names(view)
    formation = view.board.formation(counter)
    yield names.unit(id)
    yield table.say(
        "ui_card.counter",
        owner=names.seat(counter.owner, table.language),
        domain=term("domain", formation.domain, table.language),
        place=names.place(counter.at, table.language),
        steps=counter.steps,
        of=max(formation.steps, counter.steps),
    )
    for field, kind in (("rounds", formation.system), ("missiles", formation.missile)):
        n = getattr(counter, field)
        munition = view.board.munitions.get(kind)
        if n != UNKNOWN and (n or munition is not None):
            yield table.say(f"ui_card.{field}", n=n, munition=munition.name if munition else "")
    attack, reach = strip_of(view.board, counter, formation)
    if attack and reach:
        yield table.say("ui_card.strip", attack=attack, reach=reach)
    if counter.damage > 0:
        yield table.say("ui_card.damage", tenths=counter.damage)
    if "logistics" in view.board.chapters and counter.supply != UNKNOWN and load(view.board, counter):
        yield table.say(
            "ui_card.supply",
            hundredths=days(view.board, counter),
            short=condition(view.board, counter).name != "full",
            tempo=counter.tempo if counter.tempo not in (100, UNKNOWN) else 0,
        )
    if counter.flushed:
        yield table.say("ui_card.flushed")
    yield from (table.text(v.label, view) for v in table.rulebook.voyages(view) if v.subject == id)
    figures = [(key, f) for key, f in formation.figures.items() if f.unit == "km" and f.value]
    for key, figure in figures[:MOST_FIGURES]:
        yield table.say("ui_card.figure", key=term("figure", key, table.language).replace("_", " "), n=figure.value)


def _place(table: Table, view: View, id: str) -> Iterator[str]:
    names = table.names(view)
    site, place = view.board.theatre.sites[id], view.places[id]
    yield names.place(id, table.language)
    yield table.say(
        "ui_card.place",
        kind=term("place_kind", site.kind, table.language),
        owner=names.seat(place.owner, table.language) if place.owner else "",
    )
    for field in ("runway", "port", "radar"):
        level = getattr(place, field)
        if level != UNKNOWN and level > 0:
            yield table.say(f"ui_card.{field}", level=level)
    if site.sea:
        yield table.say("ui_card.zone", depth=site.depth, area=site.area_kkm2)
    here = [names.unit(c) for c, row in view.counters.items() if row.at == id]
    if here:
        yield table.say("ui_card.here", units=", ".join(here[:NAMED]), more=max(0, len(here) - NAMED))
    seen = sum(c.at == id for c in view.contacts.values())
    if seen:
        yield table.say("ui_card.seen", n=seen)
