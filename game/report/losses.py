"""What a seat has lost, by kind, as a table of its own staff: from its View alone."""

from __future__ import annotations

from collections.abc import Mapping

from game.core.staff import Entry, Ledger
from game.core.view import View
from game.core.words import Message, Value, say

#: Running counts of things lost that are no steps of counters: what stands before ".lost".
OTHERS: Mapping[str, Message] = {"ships": say("ui_film.losses_ships"), "cargo": say("ui_film.losses_cargo")}
#: A kind that has lost so many percent of its steps wants attention (D).
HEAVY = 25


def losses(view: View) -> Ledger:
    """A line a kind of force: the steps that there were, that are left, and that were lost; then ships and cargo.
    Forces still to come count as left."""
    left: dict[str, int] = {}
    for counter in view.mine.values():
        domain = view.board.formation(counter).domain
        left[domain] = left.get(domain, 0) + counter.steps
    whole = {f.domain for f in view.board.formations.values() if f.owner == view.seat}
    rows = []
    for domain in sorted(whole | left.keys()):
        lost, have = _count(view, f"lost.{domain}"), left.get(domain, 0)
        if lost + have:
            cells: tuple[Message | Value, ...] = (say("ui_film.losses_kind", kind=domain), lost + have, have, lost)
            rows.append(Entry(cells, warn=lost * 100 >= HEAVY * (lost + have)))
    for kind, name in OTHERS.items():
        if f"{view.seat}.{kind}.lost" in view.tallies:
            rows.append(Entry((name, "", "", _count(view, f"{kind}.lost"))))
    columns = (
        say("ui_film.losses_what"),
        say("ui_film.losses_given"),
        say("ui_film.losses_left"),
        say("ui_film.losses_lost"),
    )
    return Ledger("report.losses", say("ui_film.losses"), columns, tuple(rows), say("ui_film.losses_note"))


def _count(view: View, name: str) -> int:
    found = view.tallies.get(f"{view.seat}.{name}")
    return 0 if found is None else found.n
