"""Begin a hot-seat game, or go on with one: the Match, its save, and who sits where."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs

from game.core.ids import Seat
from game.core.model import State
from game.core.rulebook import Rulebook
from game.core.setting import Setting
from game.core.words import say
from game.io.header import Edition
from game.io.record import SaveFault
from game.io.recorder import create
from game.io.save import Saved, open_save
from game.io.sealed import Key, new_seal
from game.io.seating import Seating, bare_seating, keep_seating, read_seating, sealing, seating_faults
from game.table.beats import TableFault
from game.table.hotseat import PERSON, Sitting, player_of
from game.table.looks import Looks
from game.table.match import Match
from game.table.players import PLAYERS
from game.table.resume import resume


@attrs.frozen(slots=True)
class Opened:
    """The table to go on at. `aside` is where a tail that was not sound was put; `notes` say in one line each what
    was not as it was: a draft that is stale, a seating that cannot be read."""

    sitting: Sitting
    aside: Path | None
    notes: tuple[str, ...]


def begin_sitting(
    path: Path | str | None,
    state: State,
    rulebook: Rulebook,
    seed: int,
    edition: Edition,
    seating: Seating,
    *,
    durable: bool = True,
) -> Sitting:
    """A new game in a save at `path` (None: not kept), sealed if a person's seat has a code; SaveFault if a file
    stands there, TableFault if the seating does not fit the game."""
    if odd := seating_faults(seating, state.setting.board.seats):
        raise TableFault(say("ui_table.seating", why=odd))
    for chair in seating.chairs:
        player_of(state.setting, chair.seat, chair.player)
    if path is None:
        return Sitting(Match(state, rulebook, seed), seating)
    names = {chair.seat: chair.player or PERSON for chair in seating.chairs}
    codes = sealing(seating)
    seal = new_seal(codes) if codes else None
    recorder = create(path, state, rulebook, seed, edition, players=names, seal=seal, durable=durable)
    keep_seating(recorder.path, recorder.tie, seating)
    return Sitting(Match(state, rulebook, seed, None, recorder), seating, kept=True)


def open_sitting(
    path: Path | str,
    setting: Setting,
    rulebook: Rulebook,
    edition: Edition,
    *,
    key: Key | None = None,
    altered: bool = False,
    durable: bool = True,
) -> Opened:
    """Go on with a save, its codes with it; SaveFault as `resume` has it, Locked without the `key` of a sealed one.

    A seating that cannot be read is one note, and plain chairs: persons and computers as the save says, without
    clocks, and of codes only those that the save is sealed for.
    """
    saved = open_save(path, rulebook, key)
    names = recorded_players(saved)
    notes = []
    try:
        seating = read_seating(saved)
    except SaveFault as fault:
        seating = None
        notes.append(str(fault))
    if seating is None:
        seating = bare_seating(((seat, "") for seat in saved.header.seats), saved.seal)
    for chair in seating.chairs:
        seating = seating.having(attrs.evolve(chair, player=names.get(chair.seat, "")))
    players = {c.seat: player_of(setting, c.seat, c.player) for c in seating.chairs}
    computers = {seat: player for seat, player in players.items() if player is not None}
    found = resume(path, setting, rulebook, edition, computers, key=key, altered=altered, durable=durable)
    sitting = Sitting(found.match, seating, kept=True, drafts=found.drafts, looks=Looks.of(saved))
    return Opened(sitting, found.aside, (*notes, *found.stale))


def recorded_players(saved: Saved) -> Mapping[Seat, str]:
    """Who played each seat last, by the save's own word: a computer player's name, "" for persons."""
    names = dict(saved.header.players)
    for turn in saved.turns:
        names.update(saved.player(mark) for mark in saved.marks(turn) if mark.kind == "seat")
    return {seat: name if name in PLAYERS else "" for seat, name in names.items()}
