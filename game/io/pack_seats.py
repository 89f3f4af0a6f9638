"""The seats: means, side, access, temper, brief, and the lines of each seat's score."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import attrs

from game.core.ids import pair
from game.core.model import Nation, shape
from game.core.rulebook import Temper
from game.core.setting import Line
from game.io.pack_forces import BASES, NAME
from game.io.sheet import Sheet

#: Letters of a one-page brief and of a statement of a few lines.
PAGE, LINES = 4000, 1200


@attrs.frozen
class Seats:
    """All seats of a scenario, each mapping by seat. `texts` holds brief, victory and temper."""

    names: tuple[str, ...]
    bystanders: tuple[str, ...]
    nations: Mapping[str, Nation]
    coalition: Mapping[str, str]
    access: Mapping[str, tuple[str, ...]]
    peace: frozenset[str]
    texts: Mapping[str, Any]
    sheets: Mapping[str, Sheet]

    @property
    def players(self) -> tuple[str, ...]:
        return (*self.names, *self.bystanders)


def nation(seat: str, sheet: Sheet) -> Nation:
    default = Nation(seat)
    values = {
        name: sheet.whole(name, getattr(default, name), 0, 100 if name == "support" else 10_000)
        for name in shape(Nation).names
        if name != "owner"
    }
    return Nation(seat, **values)


def temper(sheet: Sheet) -> Temper:
    """Percentages; 50 where nothing is said."""
    found = Temper(*(sheet.whole(a.name, a.default, 0, 100) for a in attrs.fields(Temper)))
    sheet.close()
    return found


def seats(root: Sheet, known: Collection[str]) -> Seats:
    """All seats. `known` are the nations that this map and game have names for."""
    table = root.sheet("seats", must=True)
    if "seats" in root.value and not table.value:
        table.fault("", "holds no seat", "add a table seats.JP or another")
    bystanders = root.names("bystanders", known, "seat")
    sheets = {}
    for name, inner in table.each():
        if name not in known:
            table.unknown(name, "seat", name, known)
        if name in bystanders:
            root.fault("bystanders", f"{name} has a seat too", "leave it out here or there")
        sheets[name] = inner
    names = tuple(sorted(sheets))
    nations, coalition, access, texts = {}, {}, {}, {}
    peace: set[str] = set()
    beside = root.sheet("bystander")
    for name, inner in beside.each():
        if name not in bystanders:
            beside.fault(name, "is no bystander", "add it to bystanders, or leave this out")
        coalition[name] = inner.text("coalition", most=32)
        inner.close()
    shared_victory = root.text("victory", "", LINES).strip()
    for seat in names:
        inner = sheets[seat]
        nations[seat] = nation(seat, inner)
        coalition[seat] = inner.text("coalition", most=32)
        bases = inner.names("access", {*names, *bystanders}, "seat in play")
        access[seat] = tuple(dict.fromkeys((seat, *bases)))
        peace |= {pair(seat, other) for other in inner.names("peace", {*names, *bystanders}, "seat in play")}
        texts[seat] = {
            "brief": inner.text("brief", most=PAGE),
            "victory": inner.text("victory", shared_victory or None, LINES),
            "temper": temper(inner.sheet("temper")),
        }
    return Seats(names, tuple(bystanders), nations, coalition, access, frozenset(peace), texts, sheets)


#: Measures that count by subject, so that a line may bound what each one counts.
BOUNDED = ("leaked", "hits", "lost", "spent")


def line(sheet: Sheet, measures: Collection[str], subjects: Collection[str]) -> Line:
    """One line of a score. Without measures in the rulebook any name will do; a tally may count anything."""
    measure = sheet.one_of("measure", measures, "measure") if measures else sheet.text("measure", most=40)
    if measure == "tally":
        looked_at = sheet.texts("subjects", must=True)
    else:
        looked_at = sheet.names("subjects", subjects, "subject", must=True)
    found = Line(
        id=sheet.text("id", most=32),
        measure=measure,
        subjects=looked_at,
        start=sheet.whole("start", least=-1000, most=1000),
        per=sheet.whole("per", least=-100_000, most=100_000),
        unit=sheet.whole("unit", least=1),
        most=sheet.whole("most", least=1, most=1000),
        title=sheet.text("title", most=120),
        basis=sheet.one_of("basis", BASES, "basis", "D"),
        each=sheet.whole("each", 0, least=0),
    )
    if found.each and measure and measure not in BOUNDED:
        sheet.fault("each", f"bounds nothing under {measure!r}", f"only {', '.join(BOUNDED)} count by subject")
    if found.id and not NAME.fullmatch(found.id):
        sheet.fault("id", f"{found.id[:40]!r} is no id", "begin with a letter; use letters, digits and _")
    sheet.close()
    return found


def lines(found: Seats, measures: Collection[str], subjects: Collection[str]) -> dict[str, tuple[Line, ...]]:
    """Every seat's lines; also reports what else stands in a seat's table that nobody asked for."""
    out = {}
    for seat, sheet in found.sheets.items():
        rows: list[Line] = []
        for inner in sheet.sheets("lines"):
            new = line(inner, measures, subjects)
            if new.id and any(new.id == other.id for other in rows):
                inner.fault("id", f"{new.id} stands there twice", "give each line an id of its own")
            rows.append(new)
        sheet.close()
        out[seat] = tuple(rows)
    return dict(sorted(out.items()))
