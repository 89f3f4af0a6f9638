"""Who sits where: chairs with their codes, the order of play, minutes to plan; kept beside the save.

`SAVE.table.json` holds the Seating of one game, bound to its save (`Saved.tie`). No code stands in it, only what is
kept of one (`passcode`). By itself it keeps eyes off the screen; a save with codes is encrypted as well (`sealed`),
and its seating counts only with a proof of the game's key: nobody takes a code out of the file, or seats a
facilitator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from game.core.ids import Seat
from game.io.header import seat_of
from game.io.passcode import KEPT, can_lock
from game.io.passcode import code_of as code_of
from game.io.passcode import opens as opens
from game.io.plain import CodecFault, dumps, kind_of, loads, text, whole
from game.io.record import SaveFault, read_bytes, write_new
from game.io.save import Saved
from game.io.sealed import WHITE, Seal

FORMAT = 1
MOST_BYTES = 64 * 1024
MOST_PEOPLE = 12
MOST_LETTERS = 60
MOST_MINUTES = 600
_PLAYER = re.compile(r"([a-z][a-z_]{0,19})?")


@attrs.frozen(slots=True)
class Chair:
    """One seat at the table. `player` names a computer player, "" is a person or the group `people`. A group's plan
    is sealed with the consent of its `approver`, by `consent` if that is set. `code`, `consent`: what is kept of
    them, "" none."""

    seat: Seat
    player: str = ""
    people: tuple[str, ...] = ()
    approver: str = ""
    code: str = attrs.field(default="", repr=False)
    consent: str = attrs.field(default="", repr=False)


def fits(chair: Chair, code: str) -> bool:
    return opens(chair.code, code)


@attrs.frozen(slots=True)
class Seating:
    """Chairs in the order of play, and minutes to plan by seat (0: no clock). `facilitator` is a chair whose seat is
    "", None where nobody facilitates: then the table looks after its own clock."""

    chairs: tuple[Chair, ...]
    minutes: Mapping[Seat, int] = attrs.field(factory=dict)
    facilitator: Chair | None = None

    @property
    def order(self) -> tuple[Seat, ...]:
        return tuple(chair.seat for chair in self.chairs)

    def chair(self, seat: Seat) -> Chair:
        return next(c for c in self.chairs if c.seat == seat)

    def having(self, chair: Chair) -> Seating:
        """With `chair` in the place of that seat's."""
        return attrs.evolve(self, chairs=tuple(chair if c.seat == chair.seat else c for c in self.chairs))

    def plain(self) -> dict[str, Any]:
        facilitator = None if self.facilitator is None else _plain_chair(self.facilitator)
        minutes = [[seat, self.minutes.get(seat, 0)] for seat in self.order]
        return {"chairs": [_plain_chair(c) for c in self.chairs], "minutes": minutes, "facilitator": facilitator}


def sealing(seating: Seating) -> dict[Seat, str]:
    """For what is kept of which codes, by owner, a save of this table is sealed: once a seat has a code, for every
    code at the table; that of a person who left a computer in the chair too. {}: it is open, as it is where computers
    play all seats."""
    if not any(chair.code for chair in seating.chairs) or all(chair.player for chair in seating.chairs):
        return {}
    chairs = (*seating.chairs, *((seating.facilitator,) if seating.facilitator is not None else ()))
    return {chair.seat: chair.code for chair in chairs if can_lock(chair.code)}


def bare_seating(who: Iterable[tuple[Seat, str]], seal: Seal | None) -> Seating:
    """Chairs with their players ("" persons) and nothing more but the codes that the save is sealed for."""
    codes = {} if seal is None else seal.codes
    chairs = tuple(Chair(seat, player, code=codes.get(seat, "")) for seat, player in who)
    return Seating(chairs, {}, Chair("", code=codes[WHITE]) if WHITE in codes else None)


def seating_faults(seating: Seating, seats: Iterable[Seat]) -> str:
    """Why a Seating cannot be played at a table of `seats`, in one line; "" if it can."""
    try:
        _read_seating(loads(dumps(seating.plain())), tuple(seats))
    except CodecFault as fault:
        return str(fault)
    return ""


def _plain_chair(chair: Chair) -> list[Any]:
    return [chair.seat, chair.player, list(chair.people), chair.approver, chair.code, chair.consent]


def _name(value: Any) -> str:
    name = text(value)
    if len(name) > MOST_LETTERS or not name.isprintable():
        raise CodecFault(f"a name of at most {MOST_LETTERS} letters in one line is wanted")
    return name


def _kept(value: Any) -> str:
    if text(value) and not KEPT.fullmatch(value):
        raise CodecFault("the hash of a code is wanted", "code")
    return str(value)


def _read_chair(value: Any) -> Chair:
    seat, player, people, approver, code, consent = _list(value, 6)
    if not _PLAYER.fullmatch(text(player)):
        raise CodecFault("the name of a player is wanted", "player")
    if type(people) is not list or len(people) > MOST_PEOPLE:
        raise CodecFault(f"a list of at most {MOST_PEOPLE} names is wanted", "people")
    whose = tuple(map(_name, people))
    return Chair(seat_of(seat) if seat != "" else "", player, whose, _name(approver), _kept(code), _kept(consent))


def _read_seating(value: Any, seats: tuple[Seat, ...]) -> Seating:
    if type(value) is not dict or set(value) != {"chairs", "minutes", "facilitator"}:
        raise CodecFault(f"chairs, minutes and a facilitator are wanted, not {kind_of(value)}")
    if type(value["chairs"]) is not list or type(value["minutes"]) is not list:
        raise CodecFault("lists of chairs and minutes are wanted")
    chairs = tuple(map(_read_chair, value["chairs"]))
    minutes = {}
    for entry in value["minutes"]:
        seat, n = _list(entry, 2)
        if not 0 <= whole(n) <= MOST_MINUTES:
            raise CodecFault(f"0 to {MOST_MINUTES} minutes are wanted", "minutes")
        minutes[seat_of(seat)] = n
    if sorted(c.seat for c in chairs) != sorted(seats) or not set(minutes) <= set(seats):
        raise CodecFault(f"one chair for each of {', '.join(seats)} is wanted", "chairs")
    facilitator = None if value["facilitator"] is None else _read_chair(value["facilitator"])
    if facilitator is not None and (facilitator.seat or facilitator.player):
        raise CodecFault("a person without a seat is wanted", "facilitator")
    return Seating(chairs, minutes, facilitator)


def _list(value: Any, n: int) -> list[Any]:
    if type(value) is not list or len(value) != n:
        raise CodecFault(f"a list of {n} values is wanted")
    return value


def seating_path(save: Path) -> Path:
    return save.with_name(f"{save.name}.table.json")


#: A save's tie, and what it is sealed with.
Tie = tuple[str, Seal | None]


def keep_seating(save: Path, tie: Tie, seating: Seating) -> None:
    """Write it beside the save, in the place of the one before."""
    _keep(save, seating.plain(), tie)


def _keep(save: Path, plain: dict[str, Any], *ties: Tie) -> None:
    proof = [seal.proof(dumps(plain).encode()) for _, seal in ties if seal is not None]
    links = [link for link, _ in ties]
    also, proofs = {"also": links[1:]} if links[1:] else {}, {"proof": proof} if proof else {}
    body = dumps({"format": FORMAT, "link": links[0], **also, **plain, **proofs})
    write_new(seating_path(save), body.encode() + b"\n")


def retie(save: Path, now: Tie, *ties: Tie) -> None:
    """Bind what is kept beside a save, under the tie that it has now, to any of `ties`: for while the save is written
    anew under another one."""
    try:
        plain = _bound(save, *now)
    except (SaveFault, CodecFault):
        return  # nothing is kept, or nothing that counts
    _keep(save, plain, *ties)


def _bound(save: Path, link: str, seal: Seal | None) -> dict[str, Any]:
    """The plain JSON of what is kept for this save; CodecFault if it is another's, or changed since."""
    value = loads(read_bytes(seating_path(save), MOST_BYTES))
    if type(value) is not dict or not {"format", "link"} <= set(value):
        raise CodecFault(f"who sits where is wanted, not {kind_of(value)}")
    if whole(value.pop("format")) != FORMAT:
        raise CodecFault("this program does not know its format", "format")
    also, proof = value.pop("also", []), value.pop("proof", [])
    if link not in (text(value.pop("link")), *(also if type(also) is list else ())):
        raise CodecFault("it belongs to another game")
    if seal is not None and (type(proof) is not list or seal.proof(dumps(value).encode()) not in proof):
        raise CodecFault("it was changed, or written without the key of this game")
    return value


def read_seating(saved: Saved) -> Seating | None:
    """What is kept beside a save; None if nothing is; SaveFault if it is wrong or another game's."""
    path = seating_path(saved.path)
    if not path.exists():
        return None
    until = "no seat has a code" if saved.seal is None else "only the codes stay that the save is sealed for"
    remedy = f"seat the table again; until then {until}"
    try:
        return _read_seating(_bound(saved.path, *saved.tie), saved.header.seats)
    except CodecFault as fault:
        raise SaveFault(path, "", str(fault), remedy) from None
