"""A resolution as a film: what some eyes were told, event by event, with where to look and how much it matters.

A frame of a seat holds what `told` gave that seat, and where the seat itself knew the counters and contacts named to
be. So two worlds that differ in nothing that the seat may know give the same film. The public's film is the wire
service; the truth's holds every event once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from game.core.events import Event, Told, told
from game.core.ids import PlaceId, Seat
from game.core.model import Contact, Counter, State
from game.core.setting import Board
from game.core.turn import FACILITATOR, Step
from game.core.view import View, view
from game.core.words import Message, Value, say
from game.report.shots import WIRE, shot, weight
from game.table.beats import Beat
from game.words import Token, marked, tokens

TRUTH = "truth"
PUBLIC = ""


@attrs.frozen(slots=True)
class Frame:
    """One thing that some eyes were told, or a phase in which they were told nothing (`told` None).

    `name` opens it with `log --why`: an event's id to the truth, date, rule and count to others. `places` is where a
    camera should go, first things first; `link` an arrow from place to place. `to` and `event` are for the truth
    alone: whom it was told ("" everybody), and the whole event.
    """

    date: str
    turn: int
    pulse: int
    hour: int
    phase: str
    name: str
    message: Message
    told: Told | None = None
    places: tuple[PlaceId, ...] = ()
    link: tuple[PlaceId, PlaceId] | None = None
    kind: str = "quiet"
    weight: int = 0
    to: tuple[Seat, ...] = ()
    event: Event | None = None

    @property
    def opens(self) -> bool:
        """Whether there is more to it than its sentence."""
        return self.told is not None and self.told.whole


#: A frame's name, what was told, and the event itself for the truth.
_Heard = tuple[str, Told, Event | None]


def frames(steps: Iterable[Step], eyes: str, *, quiet: bool = False) -> tuple[Frame, ...]:
    """What `eyes` (a seat, "" for the public, or "truth") were told in `steps`, in the order it came.

    `steps` begin with a turn, or an event's name and arrow may not be found. With `quiet`, a phase of which they
    heard nothing gives one quiet frame.
    """
    reader = Reader(eyes)
    return tuple([frame for step in steps for frame in reader.read(step, quiet=quiet)])


@attrs.define
class Reader:
    """Makes frames step by step, for a film that runs while a turn resolves: one Reader a turn, its steps in order.

    It keeps what names and arrows need of what these eyes were told before: how many events of a rule at a date, and
    where each raid came from.
    """

    eyes: str
    count: dict[str, int] = attrs.field(factory=dict)
    origins: dict[tuple[str, str], PlaceId] = attrs.field(factory=dict)

    def read(self, step: Step, *, quiet: bool = False) -> tuple[Frame, ...]:
        """The frames of one step."""
        known = _Known(*_tables(step.before, self.eyes))
        board = step.before.setting.board
        return self._read(step, board, known, self._told(step), quiet=quiet)

    def hear(self, beat: Beat, before: View, *, quiet: bool = False) -> tuple[Frame, ...]:
        """The frames of one beat of a table: the same, from what these eyes were told and held before it."""
        found = ((self._name(beat.date, what), what, None) for what in beat.told)
        return self._read(beat, before.board, _Known(before.counters, before.contacts), found, quiet=quiet)

    def _read(
        self, step: Step | Beat, board: Board, known: _Known, heard: Iterable[_Heard], *, quiet: bool
    ) -> tuple[Frame, ...]:
        out = tuple([self._frame(step, board, known, *found) for found in heard])
        if not out and quiet and step.phase != FACILITATOR:
            text = say("ui_film.wire_quiet") if self.eyes == PUBLIC else say("ui_film.quiet")
            return (Frame(step.date, step.turn, step.pulse, step.hour, step.phase, "", text),)
        return out

    def _told(self, step: Step) -> Iterator[_Heard]:
        """(name, what was told, the event itself if these eyes are the truth's)."""
        for e in step.events:
            if self.eyes == TRUTH:
                id = step.id(e)
                yield id, Told(id, step.phase, e.rule, e.message, True, e.inputs, e.rolls, e.subject), e
                continue
            part = told(e, self.eyes, step.date, step.phase)
            if part is not None:
                yield self._name(step.date, part), part, None

    def _name(self, date: str, what: Told) -> str:
        kind = f"{date}.{what.rule}"
        self.count[kind] = self.count.get(kind, 0) + 1
        return f"{kind}.{self.count[kind]}"

    def _frame(
        self, step: Step | Beat, board: Board, known: _Known, name: str, what: Told, event: Event | None
    ) -> Frame:
        headline = WIRE.get(what.message.id) if self.eyes == PUBLIC else None
        places, link = self._look(step.date, board, known, what)
        return Frame(
            step.date,
            step.turn,
            step.pulse,
            step.hour,
            step.phase,
            name,
            headline(what.message.as_dict()) if headline else what.message,
            what,
            places,
            link,
            shot(what.message).kind,
            weight(what.message),
            () if event is None else (*event.all_to, *(seat for seat, _ in event.hints)),
            event,
        )

    def _look(
        self, date: str, board: Board, known: _Known, what: Told
    ) -> tuple[tuple[PlaceId, ...], tuple[PlaceId, PlaceId] | None]:
        """Where to look, and the arrow to draw."""
        sites = board.theatre.sites
        values = what.message.as_dict()
        named = [known.place(t) for t in tokens(marked(what.message)) if isinstance(t, Token)]
        named += [str(given.value) for given in what.inputs]
        places = tuple(dict.fromkeys(place for place in named if place in sites))
        start, end = self._ways(date, what, values, known)
        link = (start, end) if start in sites and end in sites and start != end else None
        return tuple(dict.fromkeys((*(link or ()), *places))), link

    def _ways(self, date: str, what: Told, values: Mapping[str, Value], known: _Known) -> tuple[PlaceId, PlaceId]:
        """From where to where, "" where that is not told."""
        kind = shot(what.message).kind
        unit = known.unit(str(values.get("unit", "")))
        contact = known.contact(str(values.get("contact", "")))
        end = str(values.get("place", ""))
        if kind == "raid" and unit:
            end = end or contact
        start = str(values.get("start") or values.get("origin") or "")
        if not start and kind in ("raid", "hit"):
            start = unit if kind == "raid" else ""
            start = start or self.origins.get((date, _label(what.subject)), "")
        if not start and kind == "contact":
            start = contact
        if start and kind == "raid":
            for raid in (what.subject, *(str(given.value) for given in what.inputs if given.name == "raid")):
                self.origins.setdefault((date, _label(raid)), start)
        return start, end


def _label(subject: str) -> str:
    """The label that a raid and its warnings share: "K3F9QX" of "JIWA.K3F9QX" and of "JP.K3F9QX"."""
    return subject.rpartition(".")[2]


def _tables(state: State, eyes: str) -> tuple[Mapping[str, Counter], Mapping[str, Contact]]:
    if eyes == TRUTH:
        return state.counters, state.contacts
    seen = view(state, eyes)
    return seen.counters, seen.contacts


@attrs.frozen(slots=True)
class _Known:
    """Where some eyes know counters and contacts to be."""

    counters: Mapping[str, Counter]
    contacts: Mapping[str, Contact]

    def unit(self, id: str) -> PlaceId:
        found = self.counters.get(id)
        return found.at if found is not None else ""

    def contact(self, id: str) -> PlaceId:
        found = self.contacts.get(id)
        return found.at if found is not None else ""

    def place(self, token: Token) -> PlaceId:
        """The place that a token names or stands at, "" where there is none."""
        if token.kind in "px" and token.id not in self.counters:
            return token.id
        return self.unit(token.id) if token.kind in "ux" else self.contact(token.id) if token.kind == "c" else ""
