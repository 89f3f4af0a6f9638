"""A film as it runs: what some eyes are told, frame by frame, each over the picture of those eyes at that moment.

A beat brings all that a phase changed at once; a frame shows of it what its sentence tells, so that a counter moves
when the film says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from game.core.ids import Seat
from game.core.view import View
from game.report.film import Frame, Reader
from game.table.beats import Beat

_WORD = re.compile(r"[A-Za-z0-9_>.'-]+")


@attrs.frozen(eq=False)
class Shown:
    """A frame, and what its eyes held before and after it."""

    frame: Frame
    before: View
    after: View


@attrs.define(eq=False)
class FilmReel:
    """The film of one turn through one pair of eyes ("" the public's). `last` is the View at its end so far; `at` the
    frame that is shown, -1 before the first."""

    eyes: Seat
    turn: int
    last: View
    shown: list[Shown] = attrs.field(factory=list)
    at: int = -1
    phase: str = ""
    _reader: Reader = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._reader = Reader(self.eyes)

    @classmethod
    def of(cls, eyes: Seat, turn: int, first: View, beats: Iterable[Beat]) -> FilmReel:
        reel = cls(eyes, turn, first)
        for beat in beats:
            reel.take(beat)
        return reel

    @property
    def frames(self) -> tuple[Frame, ...]:
        return tuple([s.frame for s in self.shown])

    def take(self, beat: Beat) -> None:
        """A beat more: its frames, and the View at its end."""
        before, self.phase = self.last, beat.phase
        found = self._reader.hear(beat, before)
        named: set[str] = set()
        for n, frame in enumerate(found, 1):
            named |= _named(frame)
            after = beat.view if n == len(found) else blended(before, beat.view, frozenset(named))
            self.shown.append(Shown(frame, self.last, after))
            self.last = after
        self.last = beat.view


def _named(frame: Frame) -> set[str]:
    """Every word of what was told that may be an id."""
    if frame.told is None:
        return set()
    texts = [frame.told.subject, *(str(v) for _, v in frame.told.message.values)]
    texts += [part for given in frame.told.inputs for part in (str(given.value), given.source)]
    return {word for text in texts for word in _WORD.findall(text)}


def blended(before: View, after: View, named: frozenset[str]) -> View:
    """`before`, but for rows that are `named`, which stand as in `after`."""

    def mix(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
        keys = dict.fromkeys((*old, *new))
        found = ((key, (new if key in named else old).get(key)) for key in keys)
        return {key: row for key, row in found if row is not None}

    return attrs.evolve(
        before,
        pulse=after.pulse,
        hour=after.hour,
        counters=mix(before.counters, after.counters),
        mine=mix(before.mine, after.mine),
        contacts=mix(before.contacts, after.contacts),
        places=mix(before.places, after.places),
    )
