"""The facilitator's forms: what can be chosen is drawn from the game, so that little is typed."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from game.core.events import Add, Event, Put
from game.core.ids import SEATS, Seat
from game.core.model import State
from game.core.turn import Step
from game.core.words import Value
from game.table.facilitator import ActFault, cancel, note, replace_value, set_value
from game.table.match import Match
from game.table.players import PLAYERS
from game.words import Names

TABS = ("seats", "set", "results", "inject", "log")
#: Fields whose value is a choice: places, seats, formations.
PLACE_FIELDS = frozenset({"at", "place"})
SEAT_FIELDS = frozenset({"owner", "partner", "nation", "source"})
WHO = ("", *PLAYERS)

Items = tuple[tuple[object, str], ...]
Cell = tuple[str, str, str]


@attrs.frozen(slots=True)
class Draft:
    """What the facilitator is about to do; the same reason and receivers serve every act."""

    table: str = ""
    key: str = ""
    field: str = ""
    value: str = ""
    event: str = ""
    mode: str = "cancel"
    cell: Cell = ("", "", "")
    amount: str = ""
    reason: str = ""
    told: frozenset[Seat] = frozenset()


# Setting a value ---------------------------------------------------------------------------------------------------


def tables(state: State) -> Items:
    return tuple((name, name.rpartition(".")[2].replace("_", " ")) for name, rows in state.tables() if rows)


def keys(state: State, table: str, names: Names) -> Items:
    out = []
    for key in state.table(table):
        name = names.any(key)
        out.append((key, name if key in name or name == key else f"{name} ({key})"))
    return tuple(out)


def fields(state: State, draft: Draft) -> Items:
    """The fields of a row that are single values, each with what stands in it."""
    row = state.table(draft.table).get(draft.key)
    if row is None:
        return ()
    found = ((a.name, getattr(row, a.name)) for a in attrs.fields(type(row)))
    return tuple(
        (name, f"{name.replace('_', ' ')}: {spelled(value)}") for name, value in found if isinstance(value, int | str)
    )


def spelled(value: object) -> str:
    return str(value) if value != "" else "—"


def now(state: State, draft: Draft) -> Value | None:
    """What stands in the cell that is chosen; None where none is."""
    value = getattr(state.table(draft.table).get(draft.key), draft.field, None) if draft.field else None
    return value if isinstance(value, int | str) else None


def choices(state: State, draft: Draft, names: Names) -> Items:
    """What may stand in the cell, where that is a choice; empty where it is typed."""
    value = now(state, draft)
    if isinstance(value, bool):
        return (("true", "true"), ("false", "false"))
    if draft.field in PLACE_FIELDS:
        return tuple((place, names.place(place)) for place in state.places)
    if draft.field in SEAT_FIELDS:
        return tuple((seat, names.seat(seat)) for seat in SEATS)
    if draft.field == "formation":
        return tuple((id, names.unit(id)) for id in state.setting.board.formations)
    return ()


def chosen(state: State, draft: Draft, names: Names) -> Draft:
    """The same with what is missing or no longer there filled in by the first that there is."""
    listed = tables(state)
    table = draft.table if any(draft.table == name for name, _ in listed) else "counters"
    rows = state.table(table)
    key = draft.key if draft.key in rows else next(iter(rows), "")
    draft = attrs.evolve(draft, table=table, key=key)
    known = [str(name) for name, _ in fields(state, draft)]
    if draft.field not in known:
        wanted = next((name for name in ("steps", "support", "amount") if name in known), known[-1] if known else "")
        draft = attrs.evolve(draft, field=wanted)
    return draft


def typed(text: str, before: Value | None) -> Value:
    """What was typed, in the kind of what stands there; ActFault where it is no such thing."""
    if isinstance(before, bool):
        return text == "true"
    if not isinstance(before, int):
        return text
    return whole(text)


def whole(text: str) -> int:
    try:
        if len(text) > 12:
            raise ValueError
        return int(text)
    except ValueError:
        raise ActFault(f"{text[:20]!r}: a whole number is wanted") from None


# Results -----------------------------------------------------------------------------------------------------------


def results(match: Match) -> Iterator[tuple[Step, Event]]:
    """What happened this turn and the last, the latest first."""
    for step in reversed((*match.past, *match.steps)):
        if step.turn >= match.state.turn - 1:
            for event in reversed(step.events):
                yield step, event


def result(match: Match, id: str) -> tuple[Step, Event] | None:
    return next(((step, event) for step, event in results(match) if step.id(event) == id), None)


def amendable(event: Event) -> bool:
    return bool(event.effects) and event.rule not in ("F1", "F2", "F3", "F4")


def cells(event: Event) -> tuple[tuple[Cell, int], ...]:
    """The counts that a result changed, and by how much (or to what)."""
    out: dict[Cell, int] = {}
    for fx in event.effects:
        if isinstance(fx, Add):
            out[fx.table, fx.key, fx.field] = fx.n
        elif isinstance(fx, Put) and isinstance(fx.value, int) and not isinstance(fx.value, bool):
            out[fx.table, fx.key, fx.field] = fx.value
    return tuple(out.items())


def cell_items(event: Event, names: Names) -> Items:
    return tuple((cell, f"{names.any(cell[1])} · {cell[2].replace('_', ' ')}: {n:+d}") for cell, n in cells(event))


# Doing it ----------------------------------------------------------------------------------------------------------


def do_set(match: Match, draft: Draft) -> Step:
    value = typed(draft.value, now(match.state, draft))
    return set_value(match, draft.table, draft.key, draft.field, value, draft.reason, sorted(draft.told))


def do_amend(match: Match, draft: Draft) -> Step:
    told = sorted(draft.told)
    if draft.mode == "cancel":
        return cancel(match, draft.event, draft.reason, told)
    return replace_value(match, draft.event, draft.cell, whole(draft.amount), draft.reason, told)


def do_note(match: Match, draft: Draft) -> Step:
    return note(match, draft.reason, sorted(draft.told))
