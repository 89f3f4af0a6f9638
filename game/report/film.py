"""A resolution as a film: what some eyes were told, event by event, with where to look and how much it matters.

A frame of a seat holds what `told` gave that seat, and where the seat itself knew the counters and contacts named to
be. So two worlds that differ in nothing that the seat may know give the same film. The public's film is the wire
service; the truth's holds every event once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from game.core.events import Event, Told, told
from game.core.ids import PlaceId, Seat
from game.core.model import Contact, Counter, State
from game.core.turn import FACILITATOR, Step
from game.core.view import view
from game.core.words import Message, Value, say
from game.words import Token, marked, tokens

TRUTH = "truth"
PUBLIC = ""
#: What a frame may show. "order" is a seat's own staff work, "act" the facilitator's, "quiet" nothing at all.
KINDS = ("raid", "hit", "move", "politics", "contact", "network", "order", "score", "act", "quiet")
MOST_WEIGHT = 100


@attrs.frozen(slots=True)
class Shot:
    """How a message is filmed. Its weight is `weight` and `per` more for each of the value `by`, 100 at most."""

    kind: str
    weight: int
    by: str = ""
    per: int = 0


#: Weights are design values (D): 100 stops a film, 70 leads a brief, 10 is for the log.
SHOTS: Mapping[str, Shot] = {
    "missile_defense.launched": Shot("raid", 70),
    "missile_defense.not_fired": Shot("order", 40),
    "missile_defense.warning1": Shot("raid", 62),
    "missile_defense.warning2": Shot("raid", 66),
    "missile_defense.warning3": Shot("raid", 68),
    "missile_defense.alerted": Shot("order", 30),
    "missile_defense.asked": Shot("order", 50),
    "missile_defense.stationed": Shot("order", 8),
    "missile_defense.ranked": Shot("order", 6),
    "missile_defense.engaged": Shot("raid", 70, "leakers", 5),
    "missile_defense.raid_over": Shot("raid", 50),
    "missile_defense.raid_followed": Shot("raid", 55, "leakers", 3),
    "missile_defense.raid_reported": Shot("raid", 50),
    **{
        f"missile_defense.hit_{aim}": Shot("hit", 30, "n", 25)
        for aim in ("aircraft", "runway", "port", "radar", "stocks", "battery", "ships")
    },
    "missile_defense.all_clear": Shot("quiet", 2),
    "missile_defense.repaired": Shot("order", 18),
    "missile_defense.salvo_fired": Shot("raid", 64),
    "missile_defense.salvo_struck": Shot("hit", 60, "lost", 12),
    "missile_defense.salvo_over": Shot("raid", 55, "hits", 6),
    "missile_defense.empty_sea": Shot("raid", 55),
    "movement.moved": Shot("move", 22),
    "movement.split": Shot("move", 24),
    "movement.full": Shot("move", 34),
    "movement.gone": Shot("order", 32),
    "movement.ally_moved": Shot("move", 20),
    "movement.joined": Shot("move", 10),
    "movement.not_joined": Shot("move", 28),
    "politics.agreed": Shot("politics", 78),
    "politics.announced": Shot("politics", 76),
    "politics.lowered": Shot("politics", 74),
    "politics.paid": Shot("politics", 10),
    "intelligence.contact_new": Shot("contact", 46),
    "intelligence.contact_better": Shot("contact", 38),
    "intelligence.contact_moved": Shot("contact", 34),
    "intelligence.seen_again": Shot("contact", 6),
    "intelligence.passed_again": Shot("contact", 7),
    "intelligence.aged": Shot("contact", 20),
    "intelligence.watched": Shot("contact", 24, "n", 4),
    "intelligence.no_watch": Shot("contact", 24),
    "intelligence.network_up": Shot("network", 12),
    "intelligence.network_down": Shot("network", 80),
    "intelligence.network_attacked": Shot("network", 84),
    "intelligence.jammed": Shot("network", 60),
    "intelligence.not_jammed": Shot("network", 45),
    "intelligence.relayed": Shot("network", 16),
    "intelligence.not_relayed": Shot("network", 22),
    "kernel.tripped": Shot("order", 48),
    "kernel.trip_refused": Shot("order", 52),
    "assessment.stands": Shot("score", 26),
    "assessment.final": Shot("score", 90),
}
#: For what no line above names: by the message's chapter, else the last.
CHAPTERS: Mapping[str, Shot] = {
    "missile_defense": Shot("raid", 40),
    "movement": Shot("move", 20),
    "politics": Shot("politics", 50),
    "intelligence": Shot("contact", 20),
    "assessment": Shot("score", 26),
    "kernel": Shot("order", 14),
    FACILITATOR: Shot("act", 72),
}
PLAIN = Shot("order", 25)

#: What the wire writes where an event's own sentence is no headline.
WIRE: Mapping[str, Callable[[Mapping[str, Value]], Message]] = {
    "politics.announced": lambda v: (
        say("ui_film.wire_announced", **v) if v.get("level") else say("ui_film.wire_ended", **v)
    ),
}


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


def shot(message: Message) -> Shot:
    """How a message is filmed, one of a chapter that is not known here too."""
    return SHOTS.get(message.id) or CHAPTERS.get(message.id.partition(".")[0], PLAIN)


def weight(message: Message) -> int:
    found = shot(message)
    value = message.as_dict().get(found.by, 0) if found.by else 0
    return min(MOST_WEIGHT, found.weight + found.per * max(0, value)) if isinstance(value, int) else found.weight


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
        out = tuple([self._frame(step, *found) for found in self._told(step)])
        if not out and quiet and step.phase != FACILITATOR:
            text = say("ui_film.wire_quiet") if self.eyes == PUBLIC else say("ui_film.quiet")
            return (Frame(step.date, step.turn, step.pulse, step.hour, step.phase, "", text),)
        return out

    def _told(self, step: Step) -> Iterator[tuple[str, Told, Event | None]]:
        """(name, what was told, the event itself if these eyes are the truth's)."""
        for e in step.events:
            if self.eyes == TRUTH:
                id = step.id(e)
                yield id, Told(id, step.phase, e.rule, e.message, True, e.inputs, e.rolls, e.subject), e
                continue
            part = told(e, self.eyes, step.date, step.phase)
            if part is not None:
                kind = f"{step.date}.{e.rule}"
                self.count[kind] = self.count.get(kind, 0) + 1
                yield f"{kind}.{self.count[kind]}", part, None

    def _frame(self, step: Step, name: str, what: Told, event: Event | None) -> Frame:
        headline = WIRE.get(what.message.id) if self.eyes == PUBLIC else None
        places, link = self._look(step, what)
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

    def _look(self, step: Step, what: Told) -> tuple[tuple[PlaceId, ...], tuple[PlaceId, PlaceId] | None]:
        """Where to look, and the arrow to draw."""
        sites = step.before.setting.board.theatre.sites
        known = _Known(*_tables(step.before, self.eyes))
        values = what.message.as_dict()
        named = [known.place(t) for t in tokens(marked(what.message)) if isinstance(t, Token)]
        named += [str(given.value) for given in what.inputs]
        places = tuple(dict.fromkeys(place for place in named if place in sites))
        start, end = self._ways(step.date, what, values, known)
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
