"""The one place for luck: a function of names, not a stream.

`draw` hashes the seed, the turn, the pulse, the rule and the subject (blake2b, RFC 7693) into 64 bits. Nothing that
happened before can shift it, so one decision changed keeps all other luck (architecture §3.8). The seed is never
part of what a draw shows of itself: who knew it could foretell.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import TypeVar

import attrs

from game.core.odds import Odds

T = TypeVar("T")

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@attrs.frozen(slots=True)
class Luck:
    """Luck of one turn and pulse. `fixed` sets draws by "rule|subject", for cases that people read."""

    seed: int
    turn: int = 0
    pulse: int = 0
    fixed: Mapping[str, int] = attrs.field(factory=dict, eq=False)

    def at(self, turn: int, pulse: int) -> Luck:
        return Luck(self.seed, turn, pulse, self.fixed)

    def draw(self, rule: str, subject: str) -> int:
        """64 bits, uniform: the same for the same names for ever."""
        if self.fixed:
            found = self.fixed.get(f"{rule}|{subject}")
            if found is not None:
                return found
        text = f"{self.seed}|{self.turn}|{self.pulse}|{rule}|{subject}".encode()
        return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")

    def hit(self, ppm: int, rule: str, subject: str) -> bool:
        """True with a chance of `ppm` parts per million; a higher chance never turns a hit into a miss."""
        return (self.draw(rule, subject) * 1_000_000 >> 64) < ppm

    def read(self, odds: Odds[T], rule: str, subject: str) -> T:
        """One outcome of `odds`, read as a quantile from worst to best: better odds never hurt."""
        return odds.read(self.draw(rule, subject))

    def pick(self, n: int, rule: str, subject: str) -> int:
        """A whole number from 0 to n - 1."""
        return self.draw(rule, subject) * n >> 64

    def label(self, *names: str) -> str:
        """Six letters that stand for `names` in this game and tell nothing about them (a contact's name)."""
        text = f"{self.seed}|label|{'|'.join(names)}".encode()
        n = int.from_bytes(blake2b(text, digest_size=8).digest(), "big")
        return "".join(_LETTERS[n >> 5 * k & 31] for k in range(6))
