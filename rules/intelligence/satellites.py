"""Satellites: passes over listed places by schedule, each place clear or not by one draw (I11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from game.core.events import Event, Input, Roll
from game.core.ids import PlaceId, Seat
from game.core.luck import Luck
from game.core.model import State
from game.core.sensing import satellites
from game.core.setting import Board
from game.core.words import say

CLEAR = 700_000  # D: ppm, where a row does not say
SURE = 1_000_000


@attrs.frozen(slots=True)
class Pass:
    """What one seat's satellites passed over in a pulse: places by their chance, those that lay clear, and draws."""

    places: tuple[PlaceId, ...]
    clear: frozenset[PlaceId]
    rolls: tuple[Roll, ...]


def tracks(board: Board, seat: Seat, nth: int) -> dict[PlaceId, int]:
    """Places under the satellites of `seat` in the `nth` pulse, each with its chance in ppm to lie clear."""
    out: dict[PlaceId, int] = {}
    for row in satellites(board):
        lists = row.get("tracks", ())
        if row["owner"] == seat and lists:
            for place in lists[nth % len(lists)]:
                out[str(place)] = max(out.get(str(place), 0), int(row.get("clear", CLEAR)))
    return dict(sorted(out.items()))


def passes(before: State, luck: Luck) -> Mapping[Seat, Pass]:
    board = before.setting.board
    nth = before.hour // max(1, before.kind.pulse_hours)
    out: dict[Seat, Pass] = {}
    for seat in dict.fromkeys(str(row["owner"]) for row in satellites(board)):
        under = tracks(board, seat, nth)
        if seat in before.nations and under:
            rolls = tuple([_roll(luck, seat, place, ppm) for place, ppm in under.items()])
            clear = [place for place, roll in zip(under, rolls, strict=True) if roll.result == "clear"]
            out[seat] = Pass(tuple(under), frozenset(clear), rolls)
    return out


def _roll(luck: Luck, seat: Seat, place: PlaceId, ppm: int) -> Roll:
    name = f"{seat}|{place}"
    clear = luck.hit(ppm, "I11", name)
    odds = (("clear", ppm), ("cloud", SURE - ppm))
    result, chance = odds[0] if clear else odds[1]
    return Roll(f"I11|{name}", luck.draw("I11", name), result, chance, ppm if clear else SURE, odds)


def accounts(before: State, over: Mapping[Seat, Pass]) -> Iterator[Event]:
    for seat, one in over.items():
        text = say("intelligence.satellites", n=len(one.places), clear=len(one.clear))
        inputs = (Input("places", len(one.places), "sensors.satellites (D)"),)
        yield Event("I11", seat, seat, text, inputs, one.rolls, all_to=(seat,))
