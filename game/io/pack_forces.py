"""Formations and munitions: the order of battle as data, each figure with key, unit and basis (facts B2, C1.3).

A formation's keys beside those of `Formation` become figures too (`arrives_turn`, `from_year`, `needs_port`), so a
chapter asks for all numbers in one way; `reload_at`, a list of places, comes back on the side.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import attrs

from game.core.setting import Figure, Formation, Munition
from game.io.sheet import Sheet, Unread

BASES = ("V", "V2", "G", "D", "X")
CLASSES = ("LOW", "MID", "HIGH", "PREC", "ASBM", "CM", "HGV")
LAYERS = ("upper", "lower", "ship")
AFLOAT = ("ship", "submarine", "support", "grey")
DOMAINS = (*AFLOAT, "air", "battery", "missile", "ground")
#: Keys of the symbol table (facts B1).
_SYMBOLS = """CV LHD LPD LST DDG_BMD DDG_LRST DDG FFG PC SAG MCM ML CGS MIL MER TNK AOE SSN SSK SSB FTR FB BMR TKR AEW
MPA LIFT UAV AMD ADM MD SSM ART MRL INF MEC ARM AMP MAR AAS SOF RAD SUP MINE AB PORT MB EP"""
SYMBOLS = frozenset(_SYMBOLS.split())
#: Figures of a formation, each with the unit it must be written in (maps/northeast_asia/forces.toml tells meanings).
FIGURES: Mapping[str, str] = {
    "antiship": "missiles",
    "antiship_hit": "ppm",
    "antiship_load": "loads",
    "intercepts": "intercepts",
    "intercept_kill": "ppm",
    "hits_to_kill": "tenths of a hit",
    "exo_rounds": "rounds",
    "track": "points",
    "asw": "points",
    "attack": "ppm",
    "torpedoes": "torpedoes",
    "slbm": "missiles",
    "mines": "mines",
    "clear": "ppm",
    "air_quality": "points",
    "carrier_squadrons": "squadrons",
    "carrier_quality": "points",
    "sweep_width": "km",
    "search_speed": "km/h",
    "search_time": "h",
    "sorties": "sorties",
    "tanker_range": "km",
    "tanker_steps": "steps",
    "channels": "rounds",
    "kill": "ppm",
    "magazine": "rounds",
    "magazine_low": "rounds",
    "drawdown_low": "steps",
    "drawdown_high": "steps",
    "footprint": "km",
    "salvo": "missiles",
    "inventory": "missiles",
    "reliability_low": "ppm",
    "reliability_high": "ppm",
    "range": "km",
    "range_low": "km",
    "lrasm": "missiles",
    "jassm": "missiles",
    "strength": "points",
    "counterfire": "ppm",
    "tubes": "tubes",
    "hulls": "hulls",
    "grey": "points",
    "lift": "amphibious units",
    "supply_lift": "supply points",
    "airlift": "supply points",
    "supply_use": "hundredths of a supply point",
    "supply_days": "days",
    "combat_radius": "km",
    "sensor_range": "km",
    "launch_range": "km",
}
#: Figures of a munition.
MUNITION_FIGURES: Mapping[str, str] = {"range_min": "km", "range": "km", "reliability": "ppm"}
PPM = 1_000_000
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")


@attrs.frozen
class Spot:
    """A place as far as a pack must know it: land or sea, its owner on the map, air and port capacity."""

    sea: bool
    owner: str = ""
    air: int = 0
    port: int = 0


class UnreadMap(Unread):
    """Places of a map that could not be read: each may be there, and fit anything."""

    def __missing__(self, id: str) -> Spot:
        return Spot(False, "", 1, 1)


def named(sheet: Sheet, id: str) -> None:
    """Ids stand inside other ids, between dots and dashes: they hold letters, digits and _ alone."""
    if not NAME.fullmatch(id):
        sheet.fault("", "is no id", "begin with a letter; use up to 32 letters, digits and _")


def figure(sheet: Sheet, unit: str, per: bool) -> Figure:
    """One number with its unit. Chances in ppm stay within a million."""
    found = Figure(
        sheet.whole("value", most=PPM if unit == "ppm" else 10**9),
        sheet.text("unit", most=40),
        sheet.text("per", None if per else "", most=60),
        sheet.one_of("basis", BASES, "basis"),
    )
    if found.unit and found.unit != unit:
        sheet.fault("unit", f"this figure is not in {found.unit[:40]!r}", f"write it in {unit!r}")
    sheet.close()
    return found


def figures(sheet: Sheet, known: Mapping[str, str], per: bool) -> dict[str, Figure]:
    out = {}
    for key, inner in sheet.each():
        if key in known:
            out[key] = figure(inner, known[key], per)
        else:
            sheet.unknown(key, "figure", key, known)
    return out


def by_class(sheet: Sheet) -> dict[str, int]:
    """A number in ppm for each class of threat that is named."""
    units = dict.fromkeys(CLASSES, "ppm")
    for key in sheet.value:
        if key not in units:
            sheet.unknown(key, "class", key, CLASSES)
    return {key: figure(inner, "ppm", False).value for key, inner in sheet.each() if key in units}


def munition(id: str, sheet: Sheet) -> Munition:
    """A missile (`shares`) or an interceptor (`layer` and `kill`)."""
    named(sheet, id)
    name = sheet.text("name", most=80)
    for key, most in (("owner", 3), ("made_of", 200), ("note", 400)):
        sheet.text(key, "", most)
    layer = sheet.one_of("layer", LAYERS, "layer", "")
    shares, kill = by_class(sheet.sheet("shares")), by_class(sheet.sheet("kill"))
    found = figures(sheet.sheet("figures"), MUNITION_FIGURES, False)
    if ("shares" in sheet.value) == ("kill" in sheet.value):
        sheet.fault("", "is neither missile nor interceptor", "give it either shares or kill, not both")
    if "shares" in sheet.value and sum(shares.values()) != PPM:
        sheet.fault("shares", f"sum to {sum(shares.values())} ppm", f"make them sum to {PPM}")
    if "kill" in sheet.value and "layer" not in sheet.value:
        sheet.fault("layer", "is missing", f"add it: one of {', '.join(LAYERS)}")
    sheet.close()
    return Munition(id, name, shares, found, kill, layer)


def fits(domain: str, spot: Spot) -> str:
    """Why a unit of this domain cannot be based there; "" when it can."""
    if domain in AFLOAT:
        return "" if spot.sea or spot.port else "has no port"
    if spot.sea:
        return "is a sea zone"
    return "has no runway" if domain == "air" and not spot.air else ""


def reach(sheet: Sheet, key: str, domain: str, at: str, spots: Mapping[str, Spot]) -> None:
    """Fault `key` where `at` is no place or the wrong kind of place for this domain."""
    if at not in spots:
        sheet.unknown(key, "place", at, spots)
    elif domain in DOMAINS and (why := fits(domain, spots[at])):
        sheet.fault(key, f"{at} {why}, and this is a {domain} counter", "put it elsewhere")


def formation(
    id: str, sheet: Sheet, spots: Mapping[str, Spot], munitions: Collection[str]
) -> tuple[Formation, tuple[str, ...]]:
    """One counter's table, and where it reloads."""
    named(sheet, id)
    extra = {}
    for key, unit, most in (("arrives_turn", "war turn", 100), ("from_year", "year", 3000)):
        if key in sheet.value:
            extra[key] = Figure(sheet.whole(key, least=1, most=most), unit, "counter")
    if sheet.flag("needs_port", False):
        extra["needs_port"] = Figure(1, "flag", "counter")
    domain = sheet.one_of("domain", DOMAINS, "domain")
    base = sheet.text("base", most=32)
    reload_at = sheet.names("reload_at", spots, "place")
    if base:
        reach(sheet, "base", domain, base, spots)
    fires = {key: sheet.text(key, "", 32) for key in ("system", "missile")}
    for key, name in fires.items():
        if name and name not in munitions:
            sheet.unknown(key, "munition", name, munitions)
    found = Formation(
        id=id,
        name=sheet.text("name", most=80),
        owner=sheet.text("owner", most=3),
        symbol=sheet.one_of("symbol", SYMBOLS, "symbol"),
        domain=domain,
        base=base,
        steps=sheet.whole("steps", least=1, most=99),
        step=sheet.text("step", most=40),
        figures={**figures(sheet.sheet("figures"), FIGURES, True), **extra},
        note=sheet.text("note", "", 400),
        made_of=sheet.text("made_of", "", 200),
        basis=sheet.one_of("basis", BASES, "basis"),
        **fires,
    )
    sheet.close()
    return found, reload_at
