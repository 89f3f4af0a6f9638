"""A plan that a seat has not sealed yet, kept beside the save so that a crash does not lose it.

`SAVE.draft-JP.json` holds one seat's plan for one turn of one game, bound to the link of that turn's opening state.
It is written under another name and renamed, offered again when the game is resumed, and refused once it is stale.
That of a sealed game is encrypted with the game's key.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from game.core.ids import SEATS, Seat
from game.core.orders import Plan
from game.io.codec import Codec
from game.io.plain import CodecFault, dumps, kind_of, loads, text, whole
from game.io.record import SaveFault, read_bytes, write_new
from game.io.save import Saved
from game.io.schema import Schema
from game.io.sealed import Seal

MOST_BYTES = 4 * 1024 * 1024
FORMAT = 1


def draft_path(save: Path, seat: Seat) -> Path:
    if seat not in SEATS:
        raise SaveFault(save, "", f"there is no seat {seat[:20]!r}", f"name one of {', '.join(SEATS)}")
    return save.with_name(f"{save.name}.draft-{seat}.json")


def keep_draft(save: Path, plan: Plan, turn: int, link: str, schema: Schema, seal: Seal | None = None) -> Path:
    """Write a seat's unsealed plan; the one kept before is replaced. `link` is that of the turn's opening state."""
    path = draft_path(save, plan.seat)
    try:
        plain = Codec(schema).plan(plan)
        body = dumps({"format": FORMAT, "link": link, "turn": turn, "seat": plan.seat, "plan": plain})
    except CodecFault as fault:
        raise SaveFault(path, "", f"this plan cannot be kept: {fault}", "mend the plan") from None
    write_new(path, _kept(body.encode() + b"\n", plan.seat, *((seal,) if seal is not None else ())))
    return path


def _kept(body: bytes, seat: Seat, *seals: Seal) -> bytes:
    """For whoever has the key of any of `seals`; in the clear without any."""
    if not seals:
        return body
    return dumps({"sealed": [seal.box(body, f"draft,{seat}".encode()) for seal in seals]}).encode() + b"\n"


def _body(raw: bytes, seat: Seat, seal: Seal | None) -> bytes:
    """What a draft's file holds, sealed or not; CodecFault if it was sealed with another key."""
    if not raw.startswith(b'{"sealed"'):
        return raw
    boxes = loads(raw)["sealed"]
    for box in boxes if type(boxes) is list else [boxes]:  # one text, as drafts once were
        body = seal.unbox(str(box), f"draft,{seat}".encode()) if seal is not None else None
        if body is not None:
            return body
    raise CodecFault("stale: it was sealed with another key")


def reseal_drafts(save: Path, old: Seal | None, *new: Seal) -> None:
    """Have all drafts kept for each of `new`, or in the clear; one that cannot be read stays as it is, and is refused
    as stale."""
    for seat in SEATS:
        path = draft_path(save, seat)
        if path.exists():
            with suppress(SaveFault, CodecFault):
                write_new(path, _kept(_body(read_bytes(path, MOST_BYTES), seat, old), seat, *new))


def read_draft(saved: Saved, seat: Seat) -> Plan | None:
    """The plan that `seat` had begun for the turn under way; None if none is kept.

    SaveFault if it is stale (of another turn, seat or game) or wrong. It is for planning on: sealing judges it.
    """
    path = draft_path(saved.path, seat)
    if not path.exists():
        return None
    value: Any = None
    try:
        value = loads(_body(read_bytes(path, MOST_BYTES), seat, saved.seal))
        if type(value) is not dict or set(value) != {"format", "link", "turn", "seat", "plan"}:
            raise CodecFault(f"the draft of a plan is wanted, not {kind_of(value)}")
        if whole(value["format"]) != FORMAT:
            raise CodecFault("this program does not know the draft's format", "format")
        turn, link, whose = whole(value["turn"]), text(value["link"]), text(value["seat"])
        plan = Codec(saved.live).read_plan(value["plan"])
    except CodecFault as fault:
        raise SaveFault(path, "", str(fault), "drop the draft") from None
    now = saved.turns[-1]
    if turn != now or whose != seat or plan.seat != seat:
        reason = f"stale: a plan of {whose[:20]} for turn {turn}, the game is at turn {now} and this is {seat}'s"
        raise SaveFault(path, "", reason, "drop the draft")
    if link != saved.mark(now).link.decode():
        raise SaveFault(path, "", "stale: a plan for another game, or for a branch of this one", "drop the draft")
    return plan


def drop_draft(save: Path, seat: Seat) -> None:
    """Forget a seat's draft, as sealing does. One that cannot be removed is stale, and refused as that."""
    with suppress(OSError):
        draft_path(save, seat).unlink(missing_ok=True)
