"""Design values: the tables that a scenario writes for its chapters, held to the forms that the chapters declare."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from game.core.design import Fields, Flag, Form, Keyed, Many, Name, Whole, Word
from game.core.model import TRACKS
from game.core.sensing import SENSORS
from game.core.supply import ANTISHIP, SUPPLY
from game.io.pack_forces import BASES, DOMAINS, NAME, SYMBOLS, Spot
from game.io.sheet import MOST, Sheet, Step, Unread, kind

#: Tables that the core reads for all chapters, and their keys.
SHARED: Mapping[str, Mapping[str, Form]] = {"sensors": SENSORS}
#: What any row may say beside its own keys.
ROW = ("basis", "note", "unit")
More = tuple[Step, ...]
Named = Mapping[str, Collection[str]]


def named(
    spots: Mapping[str, Spot],
    nations: Collection[str],
    counters: Collection[str],
    munitions: Collection[str],
) -> Named:
    """Every name that a design value may give, by its kind."""
    unread = isinstance(spots, Unread)
    return {
        "place": spots if unread else {id for id, spot in spots.items() if not spot.sea},
        "zone": spots if unread else {id for id, spot in spots.items() if spot.sea},
        "spot": spots,
        "nation": nations,
        "counter": counters,
        "goods": munitions if isinstance(munitions, Unread) else {SUPPLY, ANTISHIP, *munitions},
        "domain": DOMAINS,
        "symbol": SYMBOLS,
        "track": TRACKS,
    }


def design(
    root: Sheet, chapters: Collection[str], forms: Mapping[str, Mapping[str, Form] | Collection[str]], known: Named
) -> dict[str, dict[str, Any]]:
    """Design values by chapter and key. A value gives itself, its unit and basis; a list has a basis in each row.
    A chapter that declares its keys without forms takes any value under them, one that declares none any key."""
    out: dict[str, dict[str, Any]] = {}
    table = root.sheet("tables")
    readers = (*chapters, *SHARED)
    for chapter, sheet in table.each():
        if chapter not in readers:
            table.unknown(chapter, "chapter in play", chapter, readers)
        out[chapter] = {}
        declared = forms.get(chapter)
        for key, value in sheet.value.items():
            if declared is not None and key not in declared:
                sheet.unknown(key, "design value", key, declared)
                continue
            form = declared[key] if isinstance(declared, Mapping) else None
            if isinstance(value, list):
                for row in sheet.sheets(key):
                    row.one_of("basis", BASES, "basis")
                out[chapter][key] = read(sheet, (key,), value, form, known)
            elif isinstance(value, dict):
                inner = sheet.sheet(key)
                if "value" not in value:
                    inner.fault("value", "is missing", "write { value = .., unit = .., basis = .. }")
                inner.asked.add("value")
                inner.text("unit", most=40)
                inner.one_of("basis", BASES, "basis")
                inner.text("note", "", 400)
                inner.close()
                out[chapter][key] = read(inner, ("value",), value.get("value"), form, known)
            else:
                sheet.sheet(key)
    return out


def read(sheet: Sheet, more: More, value: Any, form: Form | None, known: Named) -> Any:
    """A design value in the game's own types, with a fault for each part that is not of its form."""
    if form is None:
        return plain(sheet, more, value)
    if isinstance(form, Many):
        return _many(sheet, more, value, form, known)
    if isinstance(form, Keyed | Fields):
        return _table(sheet, more, value, form, known)
    return _one(sheet, more, value, form, known)


def _one(sheet: Sheet, more: More, value: Any, form: Form, known: Named) -> Any:
    if isinstance(form, Whole):
        what = f"a whole number from {form.least} to {form.most}"
        if type(value) is not int:
            sheet.fault(more, f"is {kind(value)}", f"write {what}")
        elif not form.least <= value <= form.most:
            sheet.fault(more, f"{value if abs(value) < MOST else 'a number'} is out of range", f"write {what}")
        return value
    if isinstance(form, Flag):
        if type(value) is not bool:
            sheet.fault(more, f"is {kind(value)}", "write true or false")
        return value
    of = form.of if isinstance(form, Name) else ""
    if not isinstance(value, str):
        sheet.fault(more, f"is {kind(value)}", f"write a {of or 'text'} in quotes")
    elif of and value not in known[of]:
        sheet.unknown(more, of, value, known[of])
    elif isinstance(form, Word) and not NAME.fullmatch(value):
        sheet.fault(more, "is no id", "begin with a letter; use up to 32 letters, digits and _")
    return value


def _many(sheet: Sheet, more: More, value: Any, form: Many, known: Named) -> Any:
    if not isinstance(value, list):
        sheet.fault(more, f"is {kind(value)}", "write a list in [ ]")
        return ()
    if not form.least <= len(value) <= form.most:
        wanted = f"{form.least} to {form.most}" if form.least < form.most else str(form.most)
        sheet.fault(more, f"has {len(value)} items", f"write {wanted}")
    items = value[: form.most]
    if isinstance(form.each, Fields) and "id" in form.each.must:
        _twice(sheet, more, [item.get("id") if isinstance(item, dict) else None for item in items])
    return tuple(read(sheet, (*more, n), item, form.each, known) for n, item in enumerate(items))


def _twice(sheet: Sheet, more: More, ids: list[Any]) -> None:
    """A fault for each row whose id another row before it has."""
    for n, id in enumerate(ids):
        if isinstance(id, str) and id in ids[:n]:
            sheet.fault((*more, n, "id"), f"{id[:40]!r} stands there twice", "give each row a name of its own")


def _table(sheet: Sheet, more: More, value: Any, form: Keyed | Fields, known: Named) -> dict[str, Any]:
    if not isinstance(value, dict):
        sheet.fault(more, f"is {kind(value)}", "write a table in { }")
        return {}
    if isinstance(form, Keyed):
        for key in value:
            if key not in known[form.of]:
                sheet.unknown((*more, key), form.of, key, known[form.of])
        return {key: read(sheet, (*more, key), item, form.each, known) for key, item in value.items()}
    fields = {**form.must, **form.may}
    for key in form.must:
        if key not in value:
            sheet.fault((*more, key), "is missing", "add it")
    for key in value:
        if key not in fields and key not in ROW:
            sheet.unknown((*more, key), "key", key, fields)
    return {key: read(sheet, (*more, key), item, fields.get(key), known) for key, item in value.items()}


def plain(sheet: Sheet, more: More, value: Any) -> Any:
    """A value without a form: whole numbers, texts, flags, and lists (as tuples) or tables of them."""
    if isinstance(value, list):
        return tuple(plain(sheet, (*more, n), item) for n, item in enumerate(value))
    if isinstance(value, dict):
        return {key: plain(sheet, (*more, key), item) for key, item in value.items()}
    if type(value) is int and abs(value) > MOST:
        sheet.fault(more, "is out of range", f"keep it within {MOST}")
    elif type(value) not in (int, str, bool):
        sheet.fault(more, f"is {kind(value)}", "write a whole number, in ppm or hundredths if need be")
    return value
