"""A saved game, read.

One file a game, JSON lines, append-only (`record`). Line 1 is the header, line 2 the opening state; then by turns:

``plan``    what a seat sealed: orders, rules of engagement, contingencies, standing answers, intent, reasons
``open``    a seat took its plan back before all had sealed
``answer``  what a seat said when a phase asked, null for its standing answer
``step``    a phase: its pulse, hour and events with their effects
``act``     a facilitator's event, with the digest that the engine had and the one after it
``note``    words at the table that change nothing: telegrams, forecasts, a scribe's notes
``seat``    another player takes a seat
``state``   the state at the start of the next turn, under its digest
``end``     the game is over

A record that speaks of a seat's will is on the disk before it counts. A save holds no path, and none of its texts is
ever used as one. A sealed save (`sealed`) reads the same once it is opened with a key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

from game.core.digest import digest_of
from game.core.events import Event
from game.core.ids import Seat
from game.core.model import State
from game.core.orders import Order, Plan
from game.core.rulebook import Rulebook
from game.core.setting import Setting
from game.core.words import Value
from game.io.codec import Codec
from game.io.header import DIGEST, check_sound, matching, read_header, seat_of
from game.io.plain import CodecFault, dumps, loads, scalar, text, whole
from game.io.record import Lines, Mark, SaveFault, Trouble, read_bytes, scan
from game.io.schema import Schema
from game.io.sealed import Key, Locked, Seal, head_of, key_for, opened
from game.io.upgrade import FORMAT, upgraded

_KINDS = frozenset({"plan", "open", "answer", "step", "act", "note", "seat", "state", "end"})


@attrs.frozen(slots=True)
class Note:
    """Words at the table. `kind` says which: "telegram", "forecast", "scribe"; `seat` whose, "" the facilitator's."""

    kind: str
    seat: Seat
    text: str
    about: tuple[tuple[str, Value], ...] = ()


@attrs.frozen(slots=True)
class Answer:
    """What `seat` said when asked for `verb` on `subject`; None: nothing, so its standing answer counted."""

    pulse: int
    seat: Seat
    verb: str
    subject: str
    reply: Order | None


@attrs.frozen(slots=True)
class Phase:
    """A recorded step: the events of one phase, without the states round it."""

    phase: str
    pulse: int
    hour: int
    events: tuple[Event, ...]


@attrs.frozen(slots=True)
class Act:
    """A recorded act of the facilitator. `engine` is the digest before it, `after` the one after it."""

    pulse: int
    hour: int
    event: Event
    engine: str
    after: str


class Saved:
    """A save opened for reading, up to its last sound line; `trouble` says what comes after that, if anything.

    `lines` are its records; of a sealed save `file` is what the file holds, and `key` what opened it. Nothing but the
    header is parsed until it is asked for. Every method that parses raises SaveFault with the line.
    """

    def __init__(
        self,
        path: Path,
        lines: Lines,
        rulebook: Rulebook | None = None,
        *,
        file: Lines | None = None,
        key: Key | None = None,
    ) -> None:
        self.path = path
        self.lines = lines
        self.file = file or lines
        self.key = key
        marks = lines.marks
        if not marks or marks[0].kind != "game":
            what = "is empty" if not lines.data else "does not begin as a save does"
            if key is not None and lines.trouble:
                what = f"was altered: {lines.trouble.reason}"
            elif lines.trouble and lines.trouble.cut and lines.data:
                what = "was cut before its first record was whole"
            raise SaveFault(path, "line 1", f"the file {what}", "name a saved game")
        self.live = Schema.of(rulebook)
        with self.at(marks[0]):
            self.header = read_header(loads(lines.payload(marks[0])), self.live)
        self.codec = Codec(self.header.schema)
        self._starts: dict[int, int] = {}
        self._check_sequence()

    def under(self, rulebook: Rulebook) -> Saved:
        """This save with the rulebook's own classes, however it was opened."""
        same = {k: v.cls for k, v in self.live.orders.items()} == rulebook.orders
        if same and self.live == Schema.of(rulebook):
            return self
        return Saved(self.path, self.lines, rulebook, file=self.file, key=self.key)

    @property
    def seal(self) -> Seal | None:
        """What it is sealed with; None for an open one."""
        return None if self.key is None else self.key.seal

    @property
    def tie(self) -> tuple[str, Seal | None]:
        """What the file beside it, of who sits where, is bound to."""
        return (self.lines.marks[0].link.decode(), None) if self.seal is None else (self.seal.id, self.seal)

    @property
    def trouble(self) -> Trouble | None:
        return self.lines.trouble

    @contextmanager
    def at(self, mark: Mark) -> Iterator[None]:
        """Turn a CodecFault inside into a SaveFault that names the line."""
        try:
            yield
        except CodecFault as fault:
            where = f"line {mark.line} ({mark.kind}, turn {mark.turn})"
            raise SaveFault(self.path, where, str(fault), "use a save that nobody changed") from None

    def _check_sequence(self) -> None:
        """Records of a turn stand after its state and before the next one's."""
        turn = 0
        marks = self.lines.marks
        for i, mark in enumerate(marks[1:], 1):
            ended = marks[i - 1].kind == "end"
            if mark.kind == "state" and (mark.turn == turn + 1 or not turn) and not ended:
                turn = mark.turn
                self._starts[turn] = i
            elif mark.kind not in _KINDS or mark.turn != turn or turn == 0 or ended:
                with self.at(mark):
                    raise CodecFault(f"such a record cannot stand here, in turn {turn}")
        if not self._starts:
            raise SaveFault(self.path, "line 2", "the opening state is missing", "start the game again")

    @property
    def turns(self) -> tuple[int, ...]:
        """The turns whose opening state is recorded, in sequence."""
        return tuple(self._starts)

    @property
    def over(self) -> bool:
        return self.lines.marks[-1].kind == "end"

    def mark(self, turn: int) -> Mark:
        """Where the state at the start of `turn` stands."""
        if turn not in self._starts:
            has = f"{self.turns[0]} to {self.turns[-1]}"
            raise SaveFault(self.path, "", f"there is no turn {turn} in it", f"name one of {has}")
        return self.lines.marks[self._starts[turn]]

    def marks(self, turn: int) -> tuple[Mark, ...]:
        """The records of `turn`, after its state."""
        start = self.mark(turn).line
        stop = self._starts.get(turn + 1, len(self.lines.marks))
        return self.lines.marks[start:stop]

    def payload(self, mark: Mark) -> Any:
        """The plain JSON value of a record, in this program's format."""
        with self.at(mark):
            return upgraded(mark.kind, loads(self.lines.payload(mark)), self.header.format)

    def text(self, mark: Mark) -> str:
        """A record's payload as this program would write it."""
        if self.header.format == FORMAT:
            return self.lines.payload(mark).decode()
        return dumps(self.payload(mark))

    def digest(self, turn: int) -> str:
        mark = self.mark(turn)
        with self.at(mark):
            return matching(DIGEST, self.lines.payload(mark)[2:34].decode("ascii", "replace"), "a digest")

    def state(self, turn: int, setting: Setting) -> State:
        """The State at the start of `turn`, held to its digest. `setting` must be the scenario's own."""
        mark = self.mark(turn)
        value = self.payload(mark)
        with self.at(mark):
            if type(value) is not list or len(value) != 2:
                raise CodecFault("a digest and a state are wanted")
            if self.header.format == FORMAT and digest_of(self.lines.payload(mark)[36:-1].decode()) != self.digest(
                turn
            ):
                raise CodecFault("the state is not the one that its digest speaks of")
            state = self.codec.read_state(value[1], setting)
            if state.turn != turn:
                raise CodecFault(f"this is the state of turn {state.turn}")
            check_sound(state, self.header.seats)
        return state

    def plan(self, mark: Mark) -> Plan:
        value = self.payload(mark)
        with self.at(mark):
            return self.codec.read_plan(value)

    def plans(self, turn: int) -> dict[Seat, Plan]:
        """The plans that were sealed for `turn`; one taken back and not sealed again is not among them."""
        out: dict[Seat, Plan] = {}
        for mark in self.marks(turn):
            if mark.kind == "plan":
                plan = self.plan(mark)
                out[plan.seat] = plan
            elif mark.kind == "open":
                out.pop(self.seat(mark), None)
        return out

    def seat(self, mark: Mark) -> Seat:
        value = self.payload(mark)
        with self.at(mark):
            return seat_of(value)

    def player(self, mark: Mark) -> tuple[Seat, str]:
        with self.at(mark):
            seat, name = _list(self.payload(mark), 2)
            return seat_of(seat), text(name)

    def answer(self, mark: Mark) -> Answer:
        with self.at(mark):
            pulse, seat, verb, subject, reply = _list(self.payload(mark), 5)
            order = None if reply is None else self.codec.read_order(reply)
            return Answer(whole(pulse), seat_of(seat), text(verb), text(subject), order)

    def answers(self, turn: int) -> tuple[Answer, ...]:
        return tuple(self.answer(mark) for mark in self.marks(turn) if mark.kind == "answer")

    def phase(self, mark: Mark, *, effects_only: bool = False) -> Phase:
        read = self.codec.read_effects if effects_only else self.codec.read_event
        with self.at(mark):
            phase, pulse, hour, events = _list(self.payload(mark), 4)
            if type(events) is not list:
                raise CodecFault("a list of events is wanted")
            done = []
            for i, event in enumerate(events):
                try:
                    done.append(read(event))
                except CodecFault as fault:
                    raise fault.under("events", i) from None
            return Phase(text(phase), whole(pulse), whole(hour), tuple(done))

    def act(self, mark: Mark) -> Act:
        with self.at(mark):
            pulse, hour, event, engine, after = _list(self.payload(mark), 5)
            return Act(whole(pulse), whole(hour), self.codec.read_event(event), text(engine), text(after))

    def notes(self, turn: int) -> tuple[Note, ...]:
        return tuple(self.note(mark) for mark in self.marks(turn) if mark.kind == "note")

    def note(self, mark: Mark) -> Note:
        value = self.payload(mark)
        with self.at(mark):
            if type(value) is not list or len(value) < 3 or len(value) % 2 == 0:
                raise CodecFault("a note is a kind, a seat, a text, then names with values")
            about = tuple((text(value[i]), scalar(value[i + 1])) for i in range(3, len(value), 2))
            return Note(text(value[0]), text(value[1]), text(value[2]), about)


def _list(value: Any, n: int) -> list[Any]:
    if type(value) is not list or len(value) != n:
        raise CodecFault(f"a list of {n} values is wanted")
    return value


def open_save(path: Path | str, rulebook: Rulebook | None = None, key: Key | None = None) -> Saved:
    """Read a save; SaveFault if not even its beginning can be used. Look at `trouble` for a cut or altered tail.

    With a `rulebook`, its own classes hold the chapters' rows and orders, where the save's columns are the same. A
    sealed save wants its `key` (Locked without one); an open one needs none.
    """
    path = Path(path)
    file = scan(read_bytes(path))
    head = head_of(path, file)
    if head is None:
        return Saved(path, file, rulebook)
    if key is None:
        raise Locked(path, head.owners)
    lines, file = opened(file, head, key.seal)
    return Saved(path, lines, rulebook, file=file, key=key)


def unlock(path: Path | str, codes: Iterable[str]) -> Key | None:
    """The key that typed codes give to a save; None for an open one; Locked if they give none."""
    path = Path(path)
    head = head_of(path, scan(read_bytes(path)))
    return None if head is None else key_for(path, head, codes)
