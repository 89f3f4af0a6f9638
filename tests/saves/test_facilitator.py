"""What the facilitator does to a game, as events: F1 set, F2 cancel, F3 replace, F4 note."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core.apply import apply
from game.core.digest import digest
from game.core.events import Add, Effect, Event, Make, Put, told
from game.core.model import State
from game.core.orders import Plan
from game.core.rulebook import Question
from game.core.turn import Step
from game.core.words import say
from game.io.replay import states, steps
from game.io.save import open_save
from game.table import facilitator
from game.table.facilitator import ActFault, cancel, replace, replace_value, set_value
from game.table.match import Match, MatchFault, Stage
from game.table.resume import resume
from game.table.verify import verify
from tests import toy
from tests.saves.games import TURNS, begin, opening, sealed_all, setting
from tests.saves.test_match import until_asked


def struck(hits: int, *, state: State | None = None) -> Match:
    """A war turn in which EAST takes `hits` in pulse a; stopped after the strike. Luck is chosen to give them."""
    start = state or attrs.evolve(opening(), turn=2)
    for seed in range(400):
        match = Match(start, toy.rulebook(), seed)
        for seat in toy.SEATS:
            match.seal(Plan(seat, (toy.Launch("KP", "EAST", 7),) if seat == "KP" else ()))
        until_asked(match)
        match.answer(None)
        step = match.step()
        assert isinstance(step, Step)
        if dict(step.events[0].message.values)["hits"] == hits:
            return match
    raise AssertionError("no such luck")


def test_set_a_value() -> None:
    match = Match(opening(), toy.rulebook(), 1)
    step = set_value(match, "nations", "JP", "support", 61, "the poll came in wrong")
    (event,) = step.events
    assert match.state.nations["JP"].support == 61
    assert (event.rule, step.id(event)) == ("F1", "1.F1.nations.JP.support")
    assert dict(event.message.values)["reason"] == "the poll came in wrong"
    assert all(told(event, seat, "1") is None for seat in toy.SEATS)


def test_announced_to_those_named_alone() -> None:
    match = Match(opening(), toy.rulebook(), 1)
    (event,) = set_value(match, "nations", "JP", "support", 61, "a poll", told=("KR", "JP")).events
    assert [told(event, s, "1") is not None for s in ("JP", "KR", "KP")] == [True, True, False]
    with pytest.raises(ActFault, match="CN is no seat of this game"):
        facilitator.note(match, "x", told=("CN",))


@pytest.mark.parametrize(
    ("cell", "value", "says"),
    [
        (("nations", "JP", "support"), "high", "a whole number is wanted"),
        (("nations", "JP", "support"), True, "a whole number is wanted"),
        (("nations", "JP", "support"), -1, "-1 is below zero"),
        (("nations", "JP", "support"), 2**70, "64 bits"),
        (("nations", "JP", "mood"), 1, "there is no field 'mood'"),
        (("nations", "XX", "support"), 1, "there is no such row"),
        (("moods", "JP", "support"), 1, "there is no such row"),
        (("places", "EAST", "runway"), 6, "6 is above the most there can be; give 5 or less"),
        (("counters", "J1", "at"), "ATLANTIS", "there is no place 'ATLANTIS'"),
        (("counters", "J1", "owner"), "XX", "there is no seat 'XX'"),
        (("counters", "J1", "formation"), "GODZILLA", "there is no formation"),
        (("counters", "J1", "flushed"), 1, "true or false is wanted"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(cell: tuple[str, str, str], value: Any, says: str) -> None:
    match = Match(opening(), toy.rulebook(), 1)
    before = match.digest()
    with pytest.raises(ActFault) as caught:
        set_value(match, *cell, value, "to see")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert match.digest() == before


@pytest.mark.parametrize("reason", ["", "  ", "two\nlines", "x" * 201, "\ud800"])
def test_every_act_needs_a_reason(reason: str) -> None:
    match = Match(opening(), toy.rulebook(), 1)
    with pytest.raises(ActFault, match="F5"):
        set_value(match, "nations", "JP", "support", 1, reason)
    with pytest.raises(ActFault, match="F5"):
        facilitator.note(match, reason)


def test_one_cell_may_be_set_twice() -> None:
    match = Match(opening(), toy.rulebook(), 1)
    for value in (61, 62):
        step = set_value(match, "nations", "JP", "support", value, "again")
    assert match.state.nations["JP"].support == 62
    assert step.events[0].subject == "nations.JP.support'"


def test_a_counter_set_to_no_steps_is_gone() -> None:
    match = Match(opening(), toy.rulebook(), 1)
    set_value(match, "counters", "J1", "steps", 0, "withdrawn")
    assert "J1" not in match.state.counters


def test_cancel_brings_back_a_counter_that_died_of_it() -> None:
    """Six hits take two of J1's steps; with two left it dies, and comes back whole as it was."""
    start = attrs.evolve(opening(), turn=2)
    start = attrs.evolve(start, counters={**start.counters, "J1": attrs.evolve(start.counters["J1"], steps=2)})
    match = struck(6, state=start)
    assert "J1" not in match.state.counters
    cancel(match, "2a.T4.EAST", "the battery had been moved")
    assert match.state.counters["J1"] == start.counters["J1"]
    assert match.state.places["EAST"].runway == 0
    assert match.state.tallies["JP.leaked"].n == 0
    assert match.state.contacts == {}
    assert "EAST" in match.state.table("raid.salvos"), "the salvo that the strike had used up is in the air again"


def test_cancel_where_a_ceiling_hid_a_part() -> None:
    """Damage 2 and six hits make 5, not 8. Taken back, it is 2 again, not 0 and not an error."""
    start = attrs.evolve(opening(), turn=2)
    start = attrs.evolve(start, places={**start.places, "EAST": attrs.evolve(start.places["EAST"], runway=2)})
    match = struck(6, state=start)
    assert match.state.places["EAST"].runway == 5
    cancel(match, "2a.T4.EAST", "never happened")
    assert match.state.places["EAST"].runway == 2


def test_cancel_keeps_what_came_after() -> None:
    """What was added to a count since stands; where less is left than is to be taken back, the act is refused."""
    match = struck(5)
    set_value(match, "tallies", "JP.leaked", "n", 7, "two more counted since")
    cancel(match, "2a.T4.EAST", "never happened")
    assert match.state.tallies["JP.leaked"].n == 2, "what was added since stands"
    match = struck(5)
    set_value(match, "places", "EAST", "runway", 4, "mended by hand")
    before = match.digest()
    with pytest.raises(ActFault, match=r"places\.EAST\.runway is 4 now, 5 cannot be taken back"):
        cancel(match, "2a.T4.EAST", "never happened")
    assert match.digest() == before


def test_cancel_what_can_no_longer_be_taken_back() -> None:
    match = struck(3)
    set_value(match, "counters", "J1", "steps", 0, "lost in a storm")
    with pytest.raises(ActFault, match=r"counters\.J1 is gone since"):
        cancel(match, "2a.T4.EAST", "never happened")
    match = struck(3)
    contact = next(iter(match.state.contacts))
    set_value(match, "contacts", contact, "at", "WEST", "seen elsewhere")
    with pytest.raises(ActFault, match="has changed since"):
        cancel(match, "2a.T4.EAST", "never happened")


def test_cancel_once_and_only_what_happened_lately() -> None:
    match = struck(3)
    cancel(match, "2a.T4.EAST", "never happened")
    with pytest.raises(ActFault, match="amended already"):
        cancel(match, "2a.T4.EAST", "again")
    with pytest.raises(ActFault, match="this took back another"):
        cancel(match, "2a.F2.2a.T4.EAST", "after all")
    with pytest.raises(ActFault, match="no such result"):
        cancel(match, "2a.T4.NORTH", "what?")


def test_cancel_a_value_that_was_set() -> None:
    match = Match(opening(), toy.rulebook(), 1)
    set_value(match, "nations", "JP", "support", 61, "a poll")
    cancel(match, "1.F1.nations.JP.support", "a wrong poll")
    assert match.state.nations["JP"].support == 50


def test_last_turns_results_may_be_cancelled_older_ones_not(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    match = begin(path)
    match.play(2)
    ids = {s.turn: s.id(e) for s in match.past + tuple(match.steps) for e in s.events if e.rule == "T2"}
    assert set(ids) == {1, 2}
    with pytest.raises(ActFault, match="in this turn or the last"):
        cancel(match, ids[1], "too late")
    match.close()
    again = resume(path, setting(), toy.rulebook(), toy.EDITION, toy.players(), durable=False).match
    cancel(again, ids[2], "in time, after a break too")


def test_replace_a_results_effects() -> None:
    match = struck(3)
    was = match.state.counters["J1"].steps
    replace(match, "2a.T4.EAST", (Add("counters", "J1", "steps", -2),), "the depot blew up instead")
    assert match.state.counters["J1"].steps == was - 1, "minus two in place of minus one"
    assert match.state.places["EAST"].runway == 0


def test_replace_a_results_value() -> None:
    match = struck(5)
    replace_value(match, "2a.T4.EAST", ("places", "EAST", "runway"), 2, "three were duds")
    assert match.state.places["EAST"].runway == 2
    assert match.state.tallies["JP.leaked"].n == 5, "the rest of the result stands"
    with pytest.raises(ActFault, match=r"changes no places\.EAST\.port"):
        replace_value(struck(5), "2a.T4.EAST", ("places", "EAST", "port"), 2, "three were duds")


@pytest.mark.parametrize(
    "fx",
    [
        Add("counters", "J1", "at", 1),
        Add("counters", "J1", "steps", True),
        Add("counters", "J1", "steps", -99),
        Add("counters", "J9", "steps", 1),
        Put("counters", "J1", "steps", -1),
        Put("moods", "J1", "steps", 1),
        Make("counters", "J9", opening().nations["JP"]),
        Make("counters", "J9", attrs.evolve(opening().counters["J1"], at="ATLANTIS")),
    ],
)
def test_replace_by_what_does_not_fit_is_refused(fx: Effect) -> None:
    match = struck(3)
    before = match.digest()
    with pytest.raises(ActFault):
        replace(match, "2a.T4.EAST", (fx,), "to see")
    assert match.digest() == before


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.data())
def test_cancel_at_once_is_as_if_it_had_not_happened(seed: int, data: st.DataObject) -> None:
    """Any event of a last phase of any game: the State after F2 is the phase without it."""
    match = Match(opening(4), toy.rulebook(), seed, toy.players())
    match.play(data.draw(st.integers(0, 3)))
    sealed_all(match)
    seen: list[Step] = []
    while (item := match.step()) is not None:
        if isinstance(item, Question):
            match.answer(None)
        elif item.events:
            seen.append(item)
            if data.draw(st.booleans()):
                break
    if item is None:
        return
    step = seen[-1]
    event = data.draw(st.sampled_from(step.events))
    without = apply(step.before, [e for e in step.events if e is not event])
    cancel(match, step.id(event), "to see")
    assert digest(match.state) == digest(without)


def acted(path: Path) -> tuple[Match, list[str]]:
    """A whole game with acts between turns, between phases and in the middle of a pulse."""
    match = begin(path)
    ids = []
    set_value(match, "nations", "JP", "support", 61, "before anything")
    match.play_turn()
    sealed_all(match)
    set_value(match, "stocks", "pool", "amount", 500, "after sealing, before the turn")
    while (item := match.step()) is not None:
        if isinstance(item, Question):
            with pytest.raises(MatchFault, match="a phase is asking"):
                set_value(match, "nations", "JP", "support", 1, "not now")
            match.answer(None)
            with pytest.raises(MatchFault, match="a phase is asking"):
                set_value(match, "nations", "JP", "support", 1, "not now")
        elif item.phase == "raid.strike" and item.events:
            id = item.id(item.events[0])
            ids.append(id)
            cancel(match, id, "a dud")
            facilitator.note(match, "the room was noisy")
    match.play(1)
    return match, ids


def test_a_game_with_acts_is_resumed_replayed_and_verified(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    match, ids = acted(path)
    assert ids
    match.close()
    again = resume(path, setting(), toy.rulebook(), toy.EDITION, toy.players(), durable=False).match
    assert again.digest() == match.digest()
    again.play()
    again.close()
    saved = open_save(path, toy.rulebook())
    verdict = verify(saved, setting(), toy.rulebook(), toy.EDITION, opening())
    assert verdict.whole, str(verdict)
    assert verdict.turns == TURNS
    assert digest([*states(open_save(path), setting())][-1]) == again.digest()
    acts = [saved.act(m) for t in saved.turns for m in saved.marks(t) if m.kind == "act"]
    assert [a.event.rule for a in acts].count("F2") == len(ids)
    assert all((a.engine == a.after) == (not a.event.effects) for a in acts)


def test_acts_are_cut_and_gone_on_with_like_all_else(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    match, _ = acted(path)
    match.close()
    saved = open_save(path, toy.rulebook())
    whole = path.read_bytes()
    for mark in saved.lines.marks[2:]:
        path.write_bytes(whole[: mark.stop + 2])
        found = resume(path, setting(), toy.rulebook(), toy.EDITION, toy.players(), durable=False)
        inside = [m for m in saved.lines.marks[2:] if m.line <= mark.line and m.kind == "act"]
        recorded = [e for t in saved.turns[: found.match.state.turn] for e in _acts(path, t)]
        assert len(recorded) == len(inside)
        found.match.close()


def _acts(path: Path, turn: int) -> list[Event]:
    saved = open_save(path, toy.rulebook())
    if turn not in saved.turns:
        return []
    return [s.events[0] for s in steps(saved, turn, setting()) if s.phase == "facilitator"]


def test_an_event_of_the_facilitators_own_is_applied_and_recorded(tmp_path: Path) -> None:
    match = begin(tmp_path / "g.save")
    match.act(Event("F4", "", "storm", say("facilitator.note", reason="a typhoon")))
    with pytest.raises(MatchFault, match="done already"):
        match.act(Event("F4", "", "storm", say("facilitator.note", reason="a typhoon")))
    match.play()
    assert match.stage is Stage.OVER
    with pytest.raises(MatchFault, match="the game is over"):
        facilitator.note(match, "too late")
