"""What a scenario says of its course: turn kinds, calendar, questions, pauses to discuss, the choice under test."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

import attrs

import game.core.rulebook as kernel
from game.core.design import Form
from game.core.ids import PULSE_LETTERS
from game.core.model import TRACKS, Row
from game.core.rulebook import Rulebook, chapter_name
from game.core.setting import Line, TurnKind
from game.io.pack_design import SHARED
from game.io.sheet import Sheet

MOST_TURNS = 60
RULE = re.compile(r"^\**([A-Z]{1,3}\d{1,3}[a-z]?)\b", re.MULTILINE)


@attrs.frozen
class Names:
    """What the chapters in play know by name. Empty `measures` or `rules` mean that none are declared;
    `design` holds the keys of `tables.CHAPTER`, with their forms, of chapters that declare theirs."""

    chapters: tuple[str, ...]
    phases: Collection[str]
    all_phases: Collection[str]
    parts: Mapping[str, type[Row]]
    measures: Collection[str]
    rules: Collection[str]
    design: Mapping[str, Mapping[str, Form] | Collection[str]] = attrs.field(factory=dict)


def names(root: Sheet, rulebook: Rulebook) -> Names:
    """The chapters that the scenario lists, and their names."""
    have = {chapter_name(c): c for c in rulebook.chapters}
    listed = root.names("chapters", have, "chapter", must=True)
    for n, name in enumerate(listed):
        if name in listed[:n]:
            root.fault(("chapters", n), f"{name} stands there twice", "list each chapter once")
    chapters = [have[name] for name in listed if name in have]
    rules = {rule for c in chapters for rule in RULE.findall(c.__doc__ or "")}
    return Names(
        listed,
        {p for p in rulebook.phases if p.partition(".")[0] in listed},
        rulebook.phases,
        {p: row for p, row in rulebook.parts.items() if p.partition(".")[0] in listed},
        {name for c in chapters for name in getattr(c, "MEASURES", ())},
        rules | set(RULE.findall(kernel.__doc__ or "")) if rules else (),
        {**{chapter_name(c): c.DESIGN for c in chapters if hasattr(c, "DESIGN")}, **SHARED},
    )


def phases(sheet: Sheet, key: str, known: Names) -> tuple[str, ...]:
    found = sheet.texts(key)
    for n, phase in enumerate(found):
        chapter = phase.partition(".")[0]
        if phase in known.all_phases and phase not in known.phases:
            sheet.fault((key, n), f"{phase} is a phase of a chapter not listed", f"add {chapter} to chapters")
        elif phase not in known.phases:
            sheet.unknown((key, n), "phase", phase, known.phases)
        elif phase in found[:n]:
            sheet.fault((key, n), f"{phase} stands there twice", "name each phase once")
    return found


def kinds(root: Sheet, known: Names) -> dict[str, TurnKind]:
    out = {}
    for name, sheet in root.sheet("kinds", must=True).each():
        found = TurnKind(
            name,
            sheet.whole("hours", least=1, most=24 * 366),
            sheet.whole("pulses", 0, 0, len(PULSE_LETTERS) - 1),
            *(phases(sheet, key, known) for key in ("opening", "pulse", "closing")),
        )
        if found.pulse and not found.pulses:
            sheet.fault("pulse", "never happens: the turn has no pulses", "write pulses = 1 or more, or use opening")
        if found.pulses and found.hours % found.pulses:
            sheet.fault("hours", f"{found.hours} do not divide into {found.pulses} pulses", "make them equally long")
        sheet.close()
        out[name] = found
    return out


def calendar(root: Sheet, known: Collection[str]) -> tuple[str, ...]:
    found = root.names("calendar", known, "turn kind", must=True)
    if root.value.get("calendar") == []:
        root.fault("calendar", "has no turns", "name a turn kind for each turn")
    if len(found) > MOST_TURNS:
        root.fault("calendar", f"has {len(found)} turns", f"keep it to {MOST_TURNS}")
    return found


def questions(root: Sheet, known: Names, spots: Collection[str]) -> tuple[dict[str, Any], ...]:
    """The key questions, each bound to the rules whose events answer it, and if need be to where they happen."""
    out: list[dict[str, Any]] = []
    for sheet in root.sheets("questions", must=True):
        id = sheet.text("id", most=32)
        if id and any(id == other["id"] for other in out):
            sheet.fault("id", f"{id[:40]} stands there twice", "give each question an id of its own")
        if known.rules:
            rules = sheet.names("rules", known.rules, "rule of the chapters in play", must=True)
        else:
            rules = sheet.texts("rules", must=True)
        at = sheet.names("at", spots, "place")
        out.append({"id": id, "text": sheet.text("text", most=400), "rules": rules, "at": at})
        sheet.close()
    if root.value.get("questions") == []:
        root.fault("questions", "asks nothing", "write a key question")
    return tuple(out)


def holds(root: Sheet, turns: int) -> tuple[dict[str, Any], ...]:
    """Where to stop and discuss."""
    out = []
    for sheet in root.sheets("hold"):
        out.append({"turn": sheet.whole("turn", least=1, most=max(1, turns)), "text": sheet.text("text", most=600)})
        sheet.close()
    return tuple(out)


def choice(root: Sheet, pacts: Collection[str], lines: Mapping[str, tuple[Line, ...]]) -> dict[str, Any] | None:
    """The choice under test, or None where the scenario tests none: pact, track, levels (low, high), the seats whose
    gain and price are told, and the ids of their score lines that `gain` and `price` name."""
    sheet = root.sheet("test")
    if "test" not in root.value:
        return None
    track = sheet.one_of("track", TRACKS, "track")
    levels = sheet.take("levels", list, "two levels such as [1, 4]", True) or []
    most = TRACKS.get(track, 0)
    fit = len(levels) == 2 and all(type(n) is int for n in levels) and 0 <= levels[0] < levels[1] <= most
    if track in TRACKS and levels and not fit:
        sheet.fault("levels", "are no two levels", f"write the lower one first, both within 0 and {most}")
    seats = sheet.names("seats", lines, "seat", must=True)
    whole = [line for seat in seats for line in lines.get(seat, ())]
    own = {line.id for line in whole}
    found = {
        "pact": sheet.one_of("pact", pacts, "pact"),
        "track": track,
        "levels": tuple(levels),
        "seats": seats,
        "gain": sheet.names("gain", own, "line of these seats"),
        "price": sheet.names("price", own, "line of these seats"),
    }
    told = (*found["gain"], *found["price"])
    for line in whole:
        if line.measure == "level" and f"{found['pact']}.{track}" in line.subjects:
            sheet.fault("seats", f"line {line.id} scores the choice itself", "leave out the seat that has it")
        elif line.id not in told:
            sheet.fault("gain", f"{line.id} is neither gain nor price", "name each of their lines in one of them")
    sheet.close()
    return found
