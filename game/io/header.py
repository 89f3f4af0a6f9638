"""Line 1 of a save: what was played, by which program and rules, with which columns."""

from __future__ import annotations

import re
from typing import Any

import attrs

from game.core.ids import SEATS, Seat, pair
from game.core.model import State
from game.io.codec import NAMES
from game.io.plain import CodecFault, whole
from game.io.schema import Schema
from game.io.upgrade import FORMAT, upgraded

DIGEST = re.compile(r"[0-9a-f]{32}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,79}")
_FIELDS = frozenset(
    {"format", "engine", "rules", "scenario", "scenario_digest", "seats", "seed", "players", "turn", "parent"}
    | {"records", "tables", "orders"}
)


@attrs.frozen(slots=True)
class Edition:
    """Which program and which rules play: the engine's version, and the blake2b of the rulebook's source."""

    engine: str
    rules: str


@attrs.frozen(slots=True)
class Header:
    """Line 1. `turn` is the first turn played under this header; a branch has earlier ones copied before it.
    `parent` is the link of the parent's record that the branch starts from, and its turn."""

    edition: Edition
    scenario: str
    scenario_digest: str
    seats: tuple[Seat, ...]
    seed: int
    players: tuple[tuple[Seat, str], ...]
    turn: int
    parent: tuple[str, int] | None
    schema: Schema = attrs.field(repr=False)
    format: int = FORMAT

    def plain(self) -> dict[str, Any]:
        tables, orders = self.schema.header()
        return {
            "format": self.format,
            "engine": self.edition.engine,
            "rules": self.edition.rules,
            "scenario": self.scenario,
            "scenario_digest": self.scenario_digest,
            "seats": list(self.seats),
            "seed": self.seed,
            "players": dict(self.players),
            "turn": self.turn,
            "parent": list(self.parent) if self.parent else None,
            "records": NAMES,
            "tables": tables,
            "orders": orders,
        }


def matching(pattern: re.Pattern[str], value: Any, what: str) -> str:
    if type(value) is not str or not pattern.fullmatch(value):
        raise CodecFault(f"{what} is wanted", what)
    return value


def seat_of(value: Any) -> Seat:
    if type(value) is not str or value not in SEATS:
        raise CodecFault("a seat is wanted: " + ", ".join(SEATS))
    return value


def read_header(value: Any, live: Schema) -> Header:
    """The header that a JSON object holds; CodecFault at the first thing wrong."""
    if type(value) is not dict or "format" not in value:
        raise CodecFault("this is not the header of a save")
    found = whole(value["format"])
    value = upgraded("game", value, found)
    if set(value) != _FIELDS:
        odd = sorted(set(value) ^ _FIELDS)
        raise CodecFault(f"fields are missing or left over: {', '.join(odd)[:80]}")
    seats, players, parent = value["seats"], value["players"], value["parent"]
    if type(seats) is not list or not seats or len({*map(seat_of, seats)}) != len(seats):
        raise CodecFault("a list of different seats is wanted", "seats")
    if type(players) is not dict or not all(k in seats and type(v) is str for k, v in players.items()):
        raise CodecFault("a name for some of the seats is wanted", "players")
    if parent is not None:
        if type(parent) is not list or len(parent) != 2 or whole(parent[1]) < 1:
            raise CodecFault("a link and a turn are wanted", "parent")
        parent = (matching(DIGEST, parent[0], "the parent's link"), parent[1])
    if value["records"] != NAMES:
        raise CodecFault("these are not the records of this format", "records")
    if not 1 <= whole(value["turn"]) < 1_000_000:
        raise CodecFault("turns count from 1", "turn")
    engine, rules = matching(_ID, value["engine"], "an engine"), matching(_ID, value["rules"], "a digest of rules")
    return Header(
        edition=Edition(engine, rules),
        scenario=matching(_ID, value["scenario"], "the name of a scenario"),
        scenario_digest=matching(_ID, value["scenario_digest"], "a digest of the scenario"),
        seats=tuple(seats),
        seed=whole(value["seed"]),
        players=tuple(players.items()),
        turn=value["turn"],
        parent=parent,
        schema=Schema.read(value["tables"], value["orders"], live),
        format=found,
    )


def check_sound(state: State, seats: tuple[Seat, ...]) -> None:
    """CodecFault unless a State read from outside speaks only of seats, places and formations that exist."""
    board = state.setting.board
    who = {"", *seats, *SEATS}
    if set(board.seats) != set(seats) or not set(seats) <= set(state.nations):
        raise CodecFault("the seats are not the scenario's")
    for name, table in state.tables():
        for key, row in table.items():
            if not set(row.owners) <= who:
                raise CodecFault(f"there is no such seat as {', '.join(row.owners)[:40]!r}", name, key[:60])
    for key, counter in state.counters.items():
        if counter.formation not in board.formations or counter.at not in state.places:
            raise CodecFault("a counter of no formation, or at no place of this scenario", "counters", key[:60])
    for key, stock in state.stocks.items():
        if stock.place not in state.places:
            raise CodecFault("a stock at no place of this scenario", "stocks", key[:60])
    for key, pact in state.pacts.items():
        if key != pair(pact.owner, pact.partner):
            raise CodecFault("a pact goes by its two seats", "pacts", key[:60])
