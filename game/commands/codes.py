"""Codes for sealed saves: from TWOFRONTS_CODE, a line each, or typed at a terminal. Never from the command line:
others can read that."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from game.grammar import CallFault
from game.io.save import Saved, unlock
from game.io.sealed import WHITE, Key, Locked, named, sealed_for
from game.table.players import PLAYERS
from game.table.sit import recorded_players

NAME = "TWOFRONTS_CODE"
PUBLIC, TRUTH = "public", "truth"


def key_of(path: str, eyes: str) -> Key | None:
    """The key to a save, for whoever wants to see it by these eyes; None for an open one; CallFault for no code."""
    owners = sealed_for(Path(path))
    if not owners:
        return None
    told = [line for line in os.environ.get(NAME, "").splitlines() if line]
    try:
        return unlock(path, told or _typed(owners, eyes))
    except Locked as fault:
        raise CallFault(str(fault)) from None


def _typed(owners: tuple[str, ...], eyes: str) -> list[str]:
    if not sys.stdin.isatty():
        return []
    from getpass import getpass

    if eyes != TRUTH or WHITE in owners:
        who = owners if eyes == PUBLIC else tuple(o for o in owners if o in (eyes, WHITE)) or owners
        return [getpass(f"{named(who)} (not shown): ")]
    return [getpass(f"{named((owner,))} (not shown): ") for owner in owners]


def want(saved: Saved, eyes: str) -> None:
    """CallFault unless the codes that were given let one see a sealed game by these eyes.

    A person's seat without a code may be looked at with any code, as at the table; a computer's as the truth may.
    """
    key = saved.key
    if key is None or key.whole or eyes == PUBLIC or eyes in key.owners:
        return
    owners = [lock.owner for lock in key.seal.locks]
    if eyes != TRUTH and eyes not in owners and recorded_players(saved).get(eyes) not in PLAYERS:
        return
    wanted = key.for_whole
    if eyes in owners:
        wanted = named([o for o in owners if o in (eyes, WHITE)])
    what = "for all that happened" if eyes == TRUTH else f"for the eyes of {eyes}"
    raise CallFault(f"{saved.path}: this game is sealed until it is over; {what} give {wanted}, in {NAME}")
