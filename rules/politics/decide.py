"""The cabinets' turn: steps agreed, steps not agreed, cuts, announcements (P2 to P5, P7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from game.core.events import Add, Event, Input, Put
from game.core.ids import Seat
from game.core.luck import Luck
from game.core.model import TRACK_LETTERS, Pact, State
from game.core.orders import Book
from game.core.words import Message, Value, say
from rules.politics.tracks import SENSING, Step, price, standing

Orders = Mapping[Seat, Step]


@attrs.frozen(slots=True)
class Talks:
    """What is proposed on one track of one pact, by seat."""

    before: State
    key: str
    pact: Pact
    track: str
    orders: Orders

    @property
    def now(self) -> int:
        return standing(self.pact, self.track)

    @property
    def subject(self) -> str:
        """Two tracks of a pact may be cut in one turn, so each is a subject of its own."""
        return self.key if self.track == SENSING else f"{self.key}.{self.track}"

    @property
    def inputs(self) -> tuple[Input, ...]:
        asked = (Input(f"proposal_{seat}", o.level, o.id) for seat, o in self.orders.items())
        return (Input("level", self.now, self.key), *asked)

    def values(self, level: int) -> dict[str, Value]:
        return {"pact": self.key, "track": self.track, "letter": TRACK_LETTERS[self.track], "level": level}


def decide(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """P2 to P5 for every track of a pact that somebody proposed to change."""
    proposed: dict[tuple[str, str], dict[Seat, Step]] = {}
    for order in book.of(Step):
        proposed.setdefault((order.subject, order.track), {})[order.seat] = order
    purse = {seat: nation.capital for seat, nation in before.nations.items()}
    for (key, track), orders in proposed.items():
        pact = before.pacts.get(key)
        if pact is None or not pact.front or not all(seat in pact.owners for seat in orders):
            yield from (_nothing(o, "P1", "void", ()) for o in orders.values())
        else:
            yield from _settle(Talks(before, key, pact, track, orders), purse)


def _settle(talks: Talks, purse: dict[Seat, int]) -> Iterator[Event]:
    orders, now = talks.orders, talks.now
    cuts = [o.level for o in orders.values() if o.level < now]
    raises = [o.level for o in orders.values() if o.level > now]
    if cuts:
        yield from _cut(talks, min(cuts))
    elif len(raises) < len(talks.pact.owners):
        absent = next((s for s in talks.pact.owners if s not in orders or orders[s].level == now), "")
        for seat, o in orders.items():
            asked = say("politics.they_proposed", seat=seat, pact=talks.key, track=talks.track)
            hints = () if absent in ("", seat) else ((absent, asked),)
            yield _nothing(o, "P2", "alone", talks.inputs, hints, absent=absent)
    else:
        yield from _raise(talks, min(raises), purse)


def _raise(talks: Talks, level: int, purse: dict[Seat, int]) -> Iterator[Event]:
    board = talks.before.setting.board
    cost = {seat: price(board, seat, talks.track, talks.now, level) for seat in talks.orders}
    poor = sorted(seat for seat in talks.orders if purse[seat] < cost[seat])
    if poor:
        letter = TRACK_LETTERS[talks.track]
        for o in talks.orders.values():
            yield _nothing(o, "P3", "not_paid", talks.inputs, seat=poor[0], letter=letter, level=level)
        return
    for seat, o in talks.orders.items():
        purse[seat] -= cost[seat]
        paid = Input("price", cost[seat], "politics.prices (D)" if o.track == SENSING else "politics.steps (D)")
        text = say("politics.paid", cost=cost[seat], **talks.values(level))
        effects = (Add("nations", seat, "capital", -cost[seat]),) if cost[seat] else ()
        yield Event("P3", seat, o.id, text, (*talks.inputs, paid), effects=effects, all_to=(seat,), order=o.id)
    yield _change(talks, level, "P2", say("politics.agreed", before=talks.now, **talks.values(level)))
    yield _announced(talks, level)


def _cut(talks: Talks, level: int) -> Iterator[Event]:
    for seat, o in talks.orders.items():
        values = talks.values(level)
        text = say("politics.cut", **values) if o.level < talks.now else say("politics.they_cut", **values)
        yield Event("P4", seat, o.id, text, talks.inputs, all_to=(seat,), order=o.id)
    yield _change(talks, level, "P4", say("politics.lowered", before=talks.now, **talks.values(level)))
    yield _announced(talks, level)


def _change(talks: Talks, level: int, rule: str, text: Message) -> Event:
    """The change itself, as the partners learn of it."""
    pact = talks.pact
    effects = (Put("pacts", talks.key, talks.track, level),)
    return Event(rule, pact.owner, talks.subject, text, talks.inputs, effects=effects, all_to=pact.owners)


def _announced(talks: Talks, level: int) -> Event:
    pact = talks.pact
    everybody = ("", *talks.before.nations)
    if talks.track == SENSING:
        text = say("politics.announced", one=pact.owner, other=pact.partner, level=level)
        effects = (Put("pacts", talks.key, "announced", level),)
        return Event("P5", pact.owner, talks.subject, text, effects=effects, all_to=everybody)
    text = say("politics.announced_track", one=pact.owner, other=pact.partner, **talks.values(level))
    return Event("P8", pact.owner, talks.subject, text, all_to=everybody)


def _nothing(
    order: Step,
    rule: str,
    what: str,
    inputs: tuple[Input, ...],
    hints: tuple[tuple[Seat, Message], ...] = (),
    **values: Value,
) -> Event:
    text = say(f"politics.{what}", pact=order.subject, **values)
    return Event(rule, order.seat, order.id, text, inputs, all_to=(order.seat,), hints=hints, order=order.id)
