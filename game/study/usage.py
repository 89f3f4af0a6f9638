"""Who is given which orders over many games, who is never given any, and why not."""

from __future__ import annotations

from collections import Counter as Count
from collections.abc import Iterator, Mapping

import attrs

from game.core.ids import Seat
from game.core.luck import Luck
from game.core.model import State
from game.core.orders import Order, Plan
from game.core.rulebook import Question, Rulebook, Temper, chapter_name
from game.core.view import View
from game.core.words import Message, say
from game.table.match import Match
from game.table.players import Doctrine, Player

#: What a symbol of facts B1 is for that the chapter FRONTS is to settle (game.md §3): idle while that is not played.
FRONTS = "fronts"
TASKS: Mapping[str, str] = {
    **dict.fromkeys(("INF", "MEC", "ARM"), "ground"),
    **dict.fromkeys(("ART", "MRL"), "artillery"),
    **dict.fromkeys(("AMP", "MAR", "LHD", "LPD", "LST", "MER"), "landing"),
    "AAS": "airborne",
    "SOF": "rear",
    **dict.fromkeys(("FTR", "FB", "BMR", "CV"), "air"),
}

#: Duties at sea, rows of the patrols chapter by counter, and the order that batteries fight without.
DUTIES, DEFEND = "patrols.duties", "defend"

#: What a row of the order of battle and an order class have to do with each other: how often.
Table = Count[tuple[str, str]]


@attrs.frozen(slots=True, eq=False)
class Usage:
    """By formation and order class: in how many plans it was `given`, or given to another for which this one is to
    do something (a tanker, a carrier: `served`), and in how many turns it was `open` or `proposed` by the formation's
    own staff. `formations` by nation, those without a seat too, and their `symbols`; `turns` by formation, in which
    it stood on the map; `duties` by formation and duty, in which it stood on one. `lacking`, by order class: phases
    of its chapter that no turn of the scenario has."""

    formations: Mapping[str, Seat]
    classes: tuple[str, ...]
    seats: tuple[Seat, ...]
    symbols: Mapping[str, str] = attrs.field(factory=dict)
    chapters: tuple[str, ...] = ()
    given: Table = attrs.field(factory=Count)
    open: Table = attrs.field(factory=Count)
    proposed: Table = attrs.field(factory=Count)
    served: Table = attrs.field(factory=Count)
    turns: Count[str] = attrs.field(factory=Count)
    duties: Table = attrs.field(factory=Count)
    lacking: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)

    @property
    def idle(self) -> tuple[str, ...]:
        """Formations that were never given an order, nor served one."""
        busy = {formation for formation, _ in (*self.given, *self.served)}
        return tuple(f for f in self.formations if f not in busy)

    @property
    def unused(self) -> tuple[str, ...]:
        """Order classes that nobody gave, not even to a nation or a pact."""
        heard = {verb for _, verb in self.given}
        return tuple(v for v in self.classes if v not in heard)

    def why_unused(self, verb: str) -> Message:
        """What kept an order class from being given: counters and turns (or nations) that it was open to."""
        could = sum(n for (_, v), n in self.open.items() if v == verb)
        wanted = sum(n for (_, v), n in self.proposed.items() if v == verb)
        standing = [formation for formation, duty in self.duties if duty == verb]
        if wanted:
            return say("study.unused_dear", verb=verb, n=wanted, of=could)
        if could and standing:
            return say("study.unused_standing", verb=verb, unit=standing[0], n=len(standing) - 1)
        if could:
            return say("study.unused_unwanted", verb=verb, n=could)
        if self.lacking.get(verb):
            return say("study.unused_phase", verb=verb, phases=", ".join(self.lacking[verb]))
        return say("study.unused_closed", verb=verb)

    def verbs(self, table: Table, formation: str) -> tuple[str, ...]:
        return tuple(v for v in self.classes if table[formation, v])

    def why_idle(self, formation: str) -> Message:
        """What kept a formation without orders, as its games showed."""
        proposed, could = self.verbs(self.proposed, formation), self.verbs(self.open, formation)
        if self.formations[formation] not in self.seats:
            return say("study.idle_no_seat", unit=formation, seat=self.formations[formation])
        if proposed:
            most = max(self.proposed[formation, v] for v in proposed)
            n = self.turns[formation]
            return say("study.idle_dear", unit=formation, verbs=", ".join(proposed), n=min(most, n), of=n)
        duty = max(((n, d) for (f, d), n in self.duties.items() if f == formation), default=(0, ""))[1]
        if could and duty:
            return say("study.idle_on_duty", unit=formation, duty=duty, verbs=", ".join(could))
        task = TASKS.get(self.symbols.get(formation, ""), "") if FRONTS not in self.chapters else ""
        if could and task:
            return say("study.idle_unbuilt", unit=formation, task=task, verbs=", ".join(could))
        if could:
            why = "idle_defends" if DEFEND in could else "idle_unwanted"
            return say(f"study.{why}", unit=formation, verbs=", ".join(could))
        if not self.turns[formation]:
            return say("study.idle_gone", unit=formation)
        return say("study.idle_closed", unit=formation, n=self.turns[formation])


@attrs.frozen(slots=True)
class _Watched:
    """A staff whose choices are written down."""

    inner: Doctrine
    into: Usage

    def plan(self, view: View, rulebook: Rulebook, luck: Luck) -> Plan:
        made = self.inner.plan(view, rulebook, luck)
        into, form = self.into, {id: c.formation for id, c in view.mine.items()}
        for formation in set(form.values()):
            into.turns[formation] += 1
        for id, row in view.parts.get(DUTIES, {}).items():
            if id in form:
                into.duties[form[id], row.what] += 1
        for order in made.orders:
            others = {form[x] for x in attrs.astuple(order, recurse=False)[2:] if isinstance(x, str) and x in form}
            into.served.update({(formation, order.VERB) for formation in others})
        for table, found in (
            (into.open, {(t.subject, t.order.VERB) for t in rulebook.options(view)}),
            (into.proposed, {_named(p.order) for p in rulebook.proposals(view, self.inner.temper)}),
            (into.given, {_named(o) for o in (*made.orders, *(c.order for c in made.contingencies))}),
        ):
            table.update({(form.get(subject, subject), verb) for subject, verb in found})
        return made

    def answer(self, view: View, question: Question, rulebook: Rulebook, luck: Luck) -> Order | None:
        return self.inner.answer(view, question, rulebook, luck)


def _named(order: Order) -> tuple[str, str]:
    return order.subject, order.VERB


def usage(opening: State, rulebook: Rulebook) -> Usage:
    """An empty account of a scenario's counters and order classes."""
    board = opening.setting.board
    formations = {c.formation: c.owner for _, c in sorted(opening.counters.items())}
    classes = tuple(dict.fromkeys(o.VERB for o in rulebook.owner if not o.ASKED))
    symbols = {f: board.formations[f].symbol for f in formations}
    kinds = [board.kinds[name] for name in set(opening.setting.calendar)]
    run = {phase for kind in kinds for phase in (*kind.opening, *kind.pulse, *kind.closing)}
    lacking = {
        order.VERB: tuple(sorted({f"{chapter_name(chapter)}.{phase}" for phase in chapter.PHASES} - run))
        for order, chapter in rulebook.owner.items()
    }
    return Usage(formations, classes, tuple(board.seats), symbols, board.chapters, lacking=lacking)


def watch(opening: State, rulebook: Rulebook, games: int, into: Usage) -> Iterator[int]:
    """Play that many games between doctrine players, seeds 1 and up, into `into`; gives how many are done."""
    texts = opening.setting.texts["seats"]
    cast: dict[Seat, Player] = {
        s: _Watched(Doctrine(texts.get(s, {}).get("temper", Temper())), into) for s in opening.setting.board.seats
    }
    for seed in range(1, games + 1):
        Match(opening, rulebook, seed, dict(cast)).play()
        yield seed
