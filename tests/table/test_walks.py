"""Whatever people press, in whatever sequence: no seat's knowledge without its reveal, no act outside the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.ids import Seat
from game.core.luck import Luck
from game.core.orders import Plan
from game.io.seating import Chair, Seating, code_of
from game.table.beats import Beat, TableFault
from game.table.hotseat import Sitting
from game.table.match import Match, MatchFault
from game.table.places import TABLE, Act, Place
from game.table.players import Random
from tests import toy, worlds
from tests.table.tables import SALT, chair, code

#: The acts of a walk. Most of the time people do what is next.
NEXT = {
    Place.COVERED: "reveal",
    Place.BRIEF: "begin",
    Place.PLANNING: "seal",
    Place.RESOLVING: "step",
    Place.ALARM_COVERED: "reveal",
    Place.ALARM: "answer",
    Place.BETWEEN: "next_turn",
    Place.FACILITATOR: "leave",
    Place.OVER: "cover",
}
ACTS = (
    *(
        "talk",
        "talk",
        "reveal",
        "wrong",
        "call",
        "begin",
        "draft",
        "seal",
        "reopen",
        "prepare",
        "step",
        "answer",
        "leave_unanswered",
    ),
    *(
        "wrong",
        "wrong",
        "take",
        "next_turn",
        "cover",
        "tick",
        "pause",
        "unpause",
        "extend",
        "facilitate",
        "leave",
        "take",
    ),
)
SECRETS: tuple[Callable[[Sitting], Any], ...] = (Sitting.view, Sitting.told, Sitting.drafted)


@attrs.define
class Walker:
    """A table, and what the walker knows apart from it: whose code was rightly given since the screen was covered."""

    table: Sitting
    draw: Callable[[Any], Any]
    now: int = 0
    granted: Seat = ""

    def go(self) -> None:
        usual = "unpause" if self.table.paused else NEXT[self.table.place]
        act = usual if self.draw(st.integers(0, 9)) < 6 else self.draw(st.sampled_from(ACTS))
        self.now += self.draw(st.sampled_from([0, 1000, 40_000]))
        before = self.table.place, self.table.up, self.table.paused, self.table.seating, self.table.sealed
        held = self.digest()
        try:
            getattr(self, f"do_{act}")()
        except MatchFault as fault:
            assert "\n" not in str(fault)
            after = self.table.place, self.table.up, self.table.paused, self.table.seating, self.table.sealed
            assert after == before, f"{act} was refused and yet did something"
            assert self.digest() == held
        else:
            self.check_move(act, before[0])
        self.check_secrets()

    def digest(self) -> str:
        return self.table._match.digest()

    def seat(self) -> Seat:
        return str(self.draw(st.sampled_from([self.table.next or "JP", self.table.next or "KR", *toy.SEATS, "US"])))

    # One method an act

    def do_reveal(self) -> None:
        seat = self.seat()
        self.table.reveal(seat, code(seat), self.now)
        self.granted = seat

    def do_wrong(self) -> None:
        seat = self.seat()
        self.table.reveal(seat, self.draw(st.sampled_from(["", "white", "nobody's"])), self.now)
        assert not self.table.seating.chair(seat).code, "a wrong code opened a chair that has one"
        self.granted = seat

    def do_call(self) -> None:
        self.table.call(self.seat(), self.now)

    def do_begin(self) -> None:
        self.table.begin(self.now)

    def do_draft(self) -> None:
        self.table.draft(Plan(self.table.up or self.seat(), intent="A thought."))

    def do_talk(self) -> None:
        other = self.seat()
        self.table.talk(other, self.now)
        assert other in self.table.persons
        assert any(set(t.seats) == {other, self.table.up} for t in self.table.talking(self.now))

    def do_seal(self) -> None:
        plans = [Plan(self.seat())]
        if self.table.up:
            seen = self.table.view()
            plans += [Random().plan(seen, self.table.rulebook, Luck(n, seen.turn)) for n in range(3)]
        self.table.seal(self.draw(st.sampled_from(plans[::-1])), self.now)
        self.granted = ""

    def do_reopen(self) -> None:
        seat = self.seat()
        right = self.draw(st.booleans())
        self.table.reopen(seat, code(seat) if right else "?", self.now)
        assert right or not self.table.seating.chair(seat).code
        self.granted = seat

    def do_prepare(self) -> None:
        self.table.prepare()

    def do_step(self) -> None:
        eyes = self.table.up
        found = self.table.step(self.now)
        if isinstance(found, Beat):
            assert found.eyes == found.view.seat == eyes
        elif not self.table.sole:
            self.granted = ""

    def do_answer(self) -> None:
        question = self.table.question()
        reply = self.draw(st.sampled_from([None, *question.template]))
        self.table.answer(reply, self.now)

    def do_leave_unanswered(self) -> None:
        self.table.leave_unanswered(self.now, self.draw(st.sampled_from(["", "white"])))

    def do_next_turn(self) -> None:
        self.table.next_turn(self.now)

    def do_tick(self) -> None:
        self.table.tick(self.now)

    def do_cover(self) -> None:
        self.table.cover(self.now)
        assert self.table.up == ""
        self.granted = ""

    def do_pause(self) -> None:
        self.table.pause(self.now, "white")
        assert self.table.up == ""
        self.granted = ""

    def do_unpause(self) -> None:
        self.table.unpause(self.now, "white")

    def do_extend(self) -> None:
        self.table.extend(60_000, "white")

    def do_facilitate(self) -> None:
        right = self.draw(st.booleans())
        self.table.facilitate("white" if right else "jp", self.now)
        assert right
        self.granted = ""

    def do_leave(self) -> None:
        self.table.leave(self.now)

    def do_take(self) -> None:
        seat = self.seat()
        player = self.draw(st.sampled_from(["idle", "random", "", ""]))
        given = self.draw(st.sampled_from([code(seat), "white", ""]))
        old = self.table.seating.chair(seat) if seat in self.table.seating.order else Chair(seat)
        inside = self.table.place is Place.FACILITATOR
        self.table.take(chair(seat, player), self.now, given)
        if not player and old.code:
            assert given == code(seat) or inside or (given == "white" and self.table.seating.facilitator)

    # Laws

    def check_move(self, act: str, before: Place) -> None:
        after = self.table.place
        kind = {"wrong": "reveal", "leave_unanswered": "answer", "prepare": "step", "tick": "answer"}.get(act, act)
        if after is not before:
            assert after in TABLE[before, Act(kind)]

    def check_secrets(self) -> None:
        table = self.table
        up, persons = table.up, table.persons
        lone = len(persons) == 1 and not table.seating.chair(persons[0]).code and up == persons[0]
        assert up in ("", self.granted) or lone, f"{up} is shown, and its code was not given"
        if up:
            assert table.view().seat == up
            assert table.place in (Place.BRIEF, Place.PLANNING, Place.ALARM, Place.RESOLVING, Place.BETWEEN)
            assert table.place in (Place.BRIEF, Place.PLANNING, Place.ALARM) or table.sole
        else:
            for secret in SECRETS:
                with pytest.raises(TableFault):
                    secret(table)
        if table.place is not Place.ALARM:
            with pytest.raises(TableFault):
                table.question()
        else:
            assert table.question().seat == up
        if table.place not in (Place.FACILITATOR, Place.OVER):
            with pytest.raises(TableFault):
                table.whole()
        assert table.public().seat == ""


@st.composite
def seatings(draw: st.DrawFn, seats: tuple[Seat, ...]) -> Seating:
    order = draw(st.permutations(seats))
    chairs = tuple(chair(s, draw(st.sampled_from(["", "", "idle"])), coded=draw(st.booleans())) for s in order)
    white = Chair("", code=code_of("white", SALT)) if draw(st.booleans()) else None
    return Seating(chairs, {s: draw(st.sampled_from([0, 1, 5])) for s in order}, white)


@worlds.examples(60)
@given(st.data())
def test_walks_of_the_toy(data: st.DataObject) -> None:
    match = Match(toy.opening(toy.setting(3)), toy.rulebook(), 3)
    walker = Walker(Sitting(match, data.draw(seatings(toy.SEATS))), data.draw)
    for _ in range(data.draw(st.integers(20, 120))):
        walker.go()


@worlds.examples(12)
@given(st.data(), st.sampled_from(["first_watch", "one_sky"]))
def test_walks_of_shipped_scenarios(data: st.DataObject, name: str) -> None:
    state = worlds.opening(name)
    match = Match(state, worlds.rulebook(name), 3)
    walker = Walker(Sitting(match, data.draw(seatings(worlds.seats(state)))), data.draw)
    for _ in range(data.draw(st.integers(20, 60))):
        walker.go()


def test_every_place_is_left_and_reached() -> None:
    assert {place for place, _ in TABLE} == set(Place)
    moved = {to for (place, _), targets in TABLE.items() for to in targets if to is not place}
    assert moved == set(Place)
    assert {act for _, act in TABLE} == set(Act)
