"""How a game opens: places, counters, stocks, pacts, and the first rows of the chapters' own tables.

A row is read by its class: the fields' types, marks and ceilings in `game.core.model` say what a file may write, so
a new row class needs no code here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import attrs

from game.core.ids import pair
from game.core.model import Counter, Pact, Place, Row, Stock, changed, shape
from game.core.setting import Board, Formation
from game.core.supply import load
from game.io.pack_forces import BASES, Spot, named, reach
from game.io.sheet import MOST, Sheet, Unread

#: Salvoes of anti-ship missiles that a step carries, where its figure `antiship_load` does not say (D).
ANTISHIP_LOAD = 2


@attrs.frozen
class Known:
    """What rows may name: `players` are the seats in play and the bystanders; `held` are the formations whose base
    was judged with their own file."""

    spots: Mapping[str, Spot]
    formations: Mapping[str, Formation]
    players: Collection[str]
    held: Collection[str] = ()


def row(sheet: Sheet, cls: type[Row], given: Mapping[str, Any], known: Known) -> Any:
    """A row of `cls` from the keys of `sheet`; the fields in `given` are not the file's to say."""
    form = shape(cls)
    values = dict(given)
    for a in attrs.fields(cls):
        must = a.default is attrs.NOTHING
        if a.name in given or (a.name not in sheet.value and not must):
            continue
        kind = form.types[a.name]
        if kind == "int":
            least = 0 if a.name in form.counts else -MOST
            values[a.name] = sheet.whole(a.name, least=least, most=form.most.get(a.name, MOST))
        elif kind == "bool":
            sheet.take(a.name, bool, "true or false", must)
            values[a.name] = sheet.value.get(a.name) is True
        elif kind == "Seat" or a.name == "owner":
            values[a.name] = sheet.one_of(a.name, {*known.players, ""}, "seat in play")
        elif kind == "PlaceId":
            values[a.name] = sheet.one_of(a.name, known.spots, "place")
        elif kind in ("str", "CounterId"):
            values[a.name] = sheet.text(a.name, "" if not must else None)
        else:
            values[a.name] = tuple(sheet.texts(a.name, must))
    sheet.close()
    return cls(**values)


def places(sheet: Sheet, known: Known) -> dict[str, Place]:
    """A row for every place and sea zone of the map, with the scenario's changes."""
    out = {id: Place(spot.owner) for id, spot in known.spots.items()}
    owners = {*known.players, *(spot.owner for spot in known.spots.values()), ""}
    for id, inner in sheet.each():
        if id not in known.spots:
            sheet.unknown(id, "place", id, known.spots)
            continue
        given = {"owner": inner.one_of("owner", owners, "seat", known.spots[id].owner)}
        out[id] = row(inner, Place, given, known)
    return out


def chosen(root: Sheet, formations: Mapping[str, Formation], year: int) -> list[str]:
    """The ids of the counters in play; a part of a split formation has a table `counter.ID` and so an id."""
    parts = root.value.get("counter")
    parts = parts if isinstance(parts, dict) else {}
    split = [id for id, value in parts.items() if isinstance(value, dict) and "formation" in value]
    wanted = root.value.get("counters")
    if isinstance(wanted, str):
        root.asked.add("counters")
        if wanted != "all":
            root.fault("counters", f"is {wanted[:40]!r}", 'write "all" or a list of counters')
        ids = [id for id, f in formations.items() if f.figure("from_year") <= year]
    else:
        known = Unread() if isinstance(formations, Unread) else {*formations, *split}
        ids = list(root.names("counters", known, "counter", must=True))
        for n, id in enumerate(ids):
            if id in ids[:n]:
                root.fault(("counters", n), f"{id} stands there twice", "list each counter once")
    return [*ids, *split]


def opening(form: Formation, steps: int) -> tuple[int, int]:
    """Interceptors and offensive missiles that `steps` of a formation open with: full launchers, their share of
    the inventory; without one, two salvoes of anti-ship missiles a step for ships, batteries and wings (D)."""
    rounds = steps * (form.figure("magazine") or (form.figure("exo_rounds") if form.system else 0))
    store = form.figure("inventory") or form.figure("slbm")
    if store:
        return rounds, store * steps // form.steps
    if form.domain not in ("ship", "missile", "battery", "air"):
        return rounds, 0
    return rounds, steps * form.figure("antiship") * form.figure("antiship_load", ANTISHIP_LOAD)


def counter(id: str, sheet: Sheet, known: Known) -> Counter | None:
    """One counter with the scenario's changes; None when it is of no known formation."""
    named(sheet, id)
    name = sheet.one_of("formation", known.formations, "formation", id)
    form = known.formations.get(name)
    if form is None:
        if id not in known.formations and name == id:
            sheet.unknown("", "counter", id, known.formations)
        return None
    at = sheet.text("at", form.base, 32)
    if "at" in sheet.value or name not in known.held:
        reach(sheet, "at", form.domain, at, known.spots)
    steps = sheet.whole("steps", form.steps, 1, 99)
    full, missiles = opening(form, steps)
    rounds = sheet.whole("rounds", full)
    if rounds > full:
        sheet.fault("rounds", f"{rounds} are more than its launchers hold", f"write at most {full}; stock the rest")
    given = {
        "owner": form.owner,
        "formation": name,
        "at": at,
        "steps": steps,
        "rounds": rounds,
        "missiles": sheet.whole("missiles", missiles),
    }
    return row(sheet, Counter, given, known)  # type: ignore[no-any-return]


def counters(root: Sheet, known: Known, year: int) -> dict[str, Counter]:
    """All counters in play, by id."""
    ids = dict.fromkeys(chosen(root, known.formations, year))
    changes = root.sheet("counter")
    changed = dict(changes.each())
    unread = isinstance(known.formations, Unread)
    for id in changed:
        if id not in ids and not unread:
            what = "is not in play" if id in known.formations else "is no counter"
            changes.fault(id, what, "add it to counters, say its formation, or leave it out")
    out: dict[str, Counter] = {}
    for id in ids:
        if id in known.formations or id in changed:
            found = counter(id, changed.get(id) or changes.inner((id,), {}), known)
            if found is not None:
                out[id] = found
    strangers: dict[str, list[str]] = {}
    for id, found in out.items():
        if found.owner not in known.players:
            strangers.setdefault(found.owner, []).append(id)
    for owner, theirs in sorted(strangers.items()):
        few = ", ".join(theirs[:4]) + (" ..." if len(theirs) > 4 else "")
        root.fault("counters", f"{few} of {owner[:9]}: not in play", f"add {owner[:9]} to bystanders, or list others")
    over(root, out, known.formations)
    return out


def supplied(board: Board, found: Mapping[str, Counter], table: Mapping[str, Any]) -> dict[str, Counter]:
    """Counters that open with full supply where the game has logistics, unless the file says what they carry."""
    if "logistics" not in board.chapters:
        return dict(found)
    given = table.get("counter", {})
    return {
        id: c if "supply" in given.get(id, {}) else changed(c, {"supply": load(board, c)}) for id, c in found.items()
    }


def over(root: Sheet, found: Mapping[str, Counter], formations: Mapping[str, Formation]) -> None:
    """Fault formations whose counters have more steps between them than there are."""
    by_formation: dict[str, list[str]] = {}
    for id, c in found.items():
        by_formation.setdefault(c.formation, []).append(id)
    for name, ids in by_formation.items():
        total = sum(found[id].steps for id in ids)
        if total > formations[name].steps:
            place = ("counter", ids[-1], "steps") if root.origins.get(("counter", ids[-1])) else ("counters",)
            most = formations[name].steps
            root.fault(place, f"{', '.join(ids)} have {total} steps; {name} has {most}", "give them fewer")


def stocks(root: Sheet, known: Known) -> dict[str, Stock]:
    """Stocks by "OWNER.PLACE.COMMODITY"; a row may say its basis."""
    out: dict[str, Stock] = {}
    for inner in root.sheets("stocks"):
        inner.one_of("basis", BASES, "basis", "")
        stock = row(inner, Stock, {}, known)
        key = f"{stock.owner}.{stock.place}.{stock.commodity}"
        if key in out:
            inner.fault("", f"{key} stands there twice", "add the amounts up in one")
        out[key] = stock
    return out


def goods(root: Sheet, names: Collection[str]) -> None:
    """Hold the commodities of stocks to what there is."""
    for inner in root.sheets("stocks"):
        inner.one_of("commodity", names, "goods")


def pacts(root: Sheet, known: Known) -> dict[str, Pact]:
    """Pacts by the pair of seats ("JP-KR")."""
    out: dict[str, Pact] = {}
    for inner in root.sheets("pacts"):
        two = inner.names("between", known.players, "seat in play", must=True)
        one, other = (*sorted(set(two)), "", "")[:2]
        found = row(inner, Pact, {"owner": one, "partner": other}, known)
        if len(two) != 2 or not other:
            inner.fault("between", "is no pair", "name two seats")
            continue
        if pair(one, other) in out:
            inner.fault("between", f"{pair(one, other)} stands there twice", "write one pact a pair")
        out[pair(one, other)] = found
    return out


def parts(sheet: Sheet, classes: Mapping[str, type[Row]], known: Known) -> dict[str, dict[str, Any]]:
    """First rows of the chapters' tables, by "chapter.table"."""
    out: dict[str, dict[str, Any]] = {}
    for name, inner in sheet.each():
        if name not in classes:
            sheet.unknown(name, "part of the listed chapters", name, classes)
            continue
        rows = {key: row(line, classes[name], {}, known) for key, line in sorted(inner.each())}
        if rows:
            out[name] = rows
    return out


def opening_tables(
    root: Sheet, known: Known, year: int, classes: Mapping[str, type[Row]]
) -> dict[str, dict[str, Any]]:
    """The opening tables of a State, each sorted by key; nations and setting are the caller's."""
    tables: dict[str, dict[str, Any]] = {
        "places": places(root.sheet("places"), known),
        "counters": counters(root, known, year),
        "stocks": stocks(root, known),
        "pacts": pacts(root, known),
        "contacts": {},
        "tallies": {},
        "parts": parts(root.sheet("parts"), classes, known),
    }
    return {name: dict(sorted(table.items())) for name, table in tables.items()}
