"""A saved game opened for replay: whose eyes may be borrowed, what they were told, and the words for it.

A game that is over is open to all. While it runs, eyes are lent only where nobody's secrets lie behind them: to the
facilitator, to a seat that looks through its own, to whoever gave the codes of a sealed game, and to anybody where
computers play every seat.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs

from game.core.ids import Seat
from game.core.model import State
from game.core.rulebook import Rulebook
from game.core.setting import Setting
from game.core.view import View, view
from game.core.words import Message
from game.io.save import Note, Saved, open_save
from game.io.scenario import read_scenario
from game.io.sealed import WHITE, Key
from game.io.seating import Chair, Seating
from game.report.assess import Series, series
from game.report.film import PUBLIC, TRUTH, Frame
from game.report.timeline import Reel, Timeline, Truth, scene, timeline
from game.table.hotseat import Sitting
from game.table.match import Match
from game.table.places import Place
from game.table.sit import recorded_players
from game.ui.table import Table
from game.words import term

#: Kinds of events by which a list is filtered: kind, icon, color of its tick. Ticks differ in their tips, too.
KINDS: tuple[tuple[str, str, str], ...] = (
    ("raid", "rocket", "#F07A6A"),
    ("hit", "bomb", "#E5533D"),
    ("sea", "waves", "#7FB2DA"),
    ("supply", "fuel", "#C2C56B"),
    ("contact", "radar", "#E3A93B"),
    ("network", "satellite-dish", "#B79CE8"),
    ("politics", "handshake", "#5FC9A6"),
    ("move", "ship", "#80E0FF"),
    ("order", "file-text", "#93A8B5"),
    ("score", "scale", "#F4F7F9"),
    ("act", "flag", "#F0B84A"),
)
ICONS: Mapping[str, str] = {kind: icon for kind, icon, _ in KINDS}
TONES: Mapping[str, str] = {kind: tone for kind, _, tone in KINDS}


@attrs.frozen(slots=True)
class Remark:
    """A recorded note, at the moment `k` after which it was written."""

    k: int
    note: Note


def truth_view(state: State, side: Seat) -> View:
    """Everything as it is, with `side` for the friendly one: for those alone who may see the truth."""
    return attrs.evolve(
        view(state, side),
        places=state.places,
        counters=state.counters,
        stocks=state.stocks,
        pacts=state.pacts,
        nations=state.nations,
        contacts={},
    )


def fault_words(table: Table, fault: Exception) -> str:
    """What is wrong, in a line: a table's fault is a message, others are words already."""
    message = getattr(fault, "message", None)
    return table.text(message, table.sitting.public()) if isinstance(message, Message) else str(fault)


def reading_table(saved: Saved, setting: Setting, rulebook: Rulebook, scenario: Path) -> Table:
    """A table at which a saved game is looked at, not played. `scenario`: the path of its file."""
    reel = Reel.of(saved, setting)
    match = Match(reel.last, rulebook, saved.header.seed)
    sitting = Sitting(match, Seating(tuple(Chair(seat) for seat in match.seats)))
    return Table(sitting, rulebook, setting, scenario, save=saved.path)


def _key(table: Table) -> Key | None:
    """What opens a sealed game for those at its table who may see the whole."""
    if table.sitting.place not in (Place.FACILITATOR, Place.OVER):
        return None
    recorder = table.sitting.whole().recorder
    return None if recorder is None or recorder.seal is None else Key(recorder.seal, frozenset({WHITE}))


class Reading:
    """A game as it may be read at `table`. What is made for some eyes is kept."""

    def __init__(self, table: Table, saved: Saved | None = None, setting: Setting | None = None) -> None:
        if table.save is None and saved is None:
            raise ValueError("this game is not kept in a file; there is nothing to replay")
        self.table = table
        self.saved = saved or open_save(table.save or "", table.rulebook, _key(table))
        self.setting = setting or read_scenario(table.scenario, table.rulebook)[0]
        self.reel = Reel.of(self.saved, self.setting)
        self.remarks = tuple(_remarks(self.saved, self.reel))
        self.allowed = self._allowed()
        self._timelines: dict[str, Timeline] = {}
        self._truths: dict[int, View] = {}
        self._sentences: dict[tuple[str, int], str] = {}
        self._series: dict[str, tuple[Series, ...]] = {}

    # Whose eyes

    @property
    def seats(self) -> tuple[Seat, ...]:
        return self.setting.board.seats

    @property
    def friends(self) -> Seat:
        """A seat of the larger side: whose friends the truth's map shows as friends."""
        board = self.setting.board
        return max(self.seats, key=lambda seat: sum(board.same_side(seat, other) for other in self.seats))

    @property
    def every(self) -> tuple[str, ...]:
        return (*self.seats, PUBLIC, TRUTH)

    @property
    def open(self) -> bool:
        """Whether all may be seen."""
        return TRUTH in self.allowed

    def _allowed(self) -> tuple[str, ...]:
        sitting, key = self.table.sitting, self.saved.key
        persons = any(not name for name in recorded_players(self.saved).values())
        given = key is not None and key.whole
        if self.reel.last.over or not persons or given or sitting.place is Place.FACILITATOR:
            return self.every
        own = {sitting.up} if key is None else {sitting.up, *key.owners}
        return (*(seat for seat in self.seats if seat in own), PUBLIC)

    def label(self, eyes: str) -> str:
        """What eyes are called: "Japan", "The public", "The truth"."""
        if eyes in (PUBLIC, TRUTH):
            return self.table.say(f"ui_replay.eyes_{eyes or 'public'}")
        word = term("seat", eyes, self.table.language)
        return word[:1].upper() + word[1:]

    # What they hold

    def timeline(self, eyes: str) -> Timeline:
        found = self._timelines.get(eyes)
        if found is None:
            found = self._timelines[eyes] = timeline(self.reel, eyes)
        return found

    def view(self, k: int, eyes: str) -> View:
        """What `eyes` held after moment `k`; for the truth a View of everything."""
        found = scene(self.reel, k, eyes)
        if not isinstance(found, Truth):
            return found
        if k not in self._truths:
            self._truths[k] = truth_view(found.state, self.friends)
        return self._truths[k]

    def remarks_for(self, eyes: str) -> tuple[Remark, ...]:
        """Recorded words that `eyes` may read: a seat its own, the truth all."""
        return tuple(r for r in self.remarks if eyes == TRUTH or (eyes and r.note.seat == eyes))

    def series(self, eyes: str) -> tuple[Series, ...]:
        """Scores and rounds by turn: a seat's own, the truth everybody's."""
        if eyes not in self._series:
            whose = self.seats if eyes == TRUTH else tuple(s for s in self.seats if s == eyes)
            self._series[eyes] = tuple(one for seat in whose for one in series(self.reel, seat))
        return self._series[eyes]

    # Words

    def sentence(self, frame: Frame, k: int, eyes: str) -> str:
        """A frame in words, with the names that `eyes` have for things."""
        key = (eyes, id(frame))
        found = self._sentences.get(key)
        if found is None:
            found = self._sentences[key] = self.table.text(frame.message, self.view(k, eyes))
        return found

    def turn_title(self, turn: int, pulse: int = 0, *, short: bool = False) -> str:
        """ "Turn 2 of 3 · war week · pulse 1"."""
        calendar = self.setting.calendar
        kind = calendar[turn - 1] if 0 < turn <= len(calendar) else ""
        word = "" if short else term("kind", kind, self.table.language).replace("_", " ")
        if not kind:
            return self.table.say("ui_replay.after_last")
        return self.table.say("ui_replay.turn_title", turn=turn, of=len(calendar), kind=word, pulse=pulse)


def _remarks(saved: Saved, reel: Reel) -> list[Remark]:
    out: list[Remark] = []
    for turn in saved.turns:
        k = reel.start(turn).k
        for mark in saved.marks(turn):
            if mark.kind == "step":
                k += 1
            elif mark.kind == "note":
                out.append(Remark(min(k, len(reel.moments) - 1), saved.note(mark)))
    return out
