"""A game played from stage to stage: what may be done when, and what the record holds of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.core.digest import digest
from game.core.orders import Contingency, Plan, Trigger
from game.core.rulebook import Question
from game.core.turn import Step
from game.io.record import SaveFault
from game.io.replay import states
from game.io.save import Note, open_save
from game.table.match import Match, MatchFault, Refused, Stage, players_luck
from game.table.resume import resume
from tests import toy
from tests.saves.games import TURNS, begin, opening, played, sealed_all, setting


def war(**plans: Plan) -> Match:
    """A match on its first war turn, people in all seats; KP launches seven at EAST, or what `plans` say."""
    match = Match(opening(), toy.rulebook(), 3)
    for seat in toy.SEATS:
        match.seal(Plan(seat))
    while match.step() is not None:
        pass
    given = {"JP": Plan("JP"), "KR": Plan("KR"), "KP": Plan("KP", (toy.Launch("KP", "EAST", 7),)), **plans}
    for seat in toy.SEATS:
        match.seal(given[seat])
    return match


def until_asked(match: Match) -> Question:
    while True:
        item = match.step()
        assert item is not None, "nobody was asked"
        if isinstance(item, Question):
            return item


def test_a_turn_goes_through_its_stages() -> None:
    match = Match(opening(), toy.rulebook(), 3)
    assert match.stage == "planning"
    assert match.unsealed == ("JP", "KR", "KP")
    with pytest.raises(MatchFault, match="planning"):
        match.step()
    for seat in toy.SEATS:
        match.seal(Plan(seat))
    assert match.stage == "resolving"
    with pytest.raises(MatchFault, match="resolving"):
        match.seal(Plan("JP"))
    phases = []
    while (item := match.step()) is not None:
        assert isinstance(item, Step)
        phases.append(item.phase)
    assert phases == ["supply.ship", "supply.march", "kernel.lapses"]
    assert (match.state.turn, match.stage) == (2, Stage.PLANNING)


def test_a_refused_plan_leaves_nothing_behind(tmp_path: Path) -> None:
    match = begin(tmp_path / "g.save")
    size = match.recorder.path.stat().st_size if match.recorder else 0
    bad = Plan("JP", (toy.March("JP", "K1", "EAST"), toy.Ship("JP", "EAST", 40)))
    with pytest.raises(Refused) as caught:
        match.seal(bad)
    assert [r.rule for r in caught.value.refusals] == ["T2"]
    assert "\n" not in str(caught.value)
    assert match.unsealed == toy.SEATS
    assert (tmp_path / "g.save").stat().st_size == size


def test_what_cannot_be_written_cannot_be_sealed(tmp_path: Path) -> None:
    """Half a character passes the rules, but no file can hold it: refused, and nothing is taken."""
    match = begin(tmp_path / "g.save")
    with pytest.raises(Exception, match="half a character"):
        match.seal(Plan("JP", intent="\ud800"))
    assert "JP" in match.unsealed
    match.seal(Plan("JP"))


def test_a_seat_may_reopen_until_all_have_sealed(tmp_path: Path) -> None:
    match = begin(tmp_path / "g.save")
    match.seal(Plan("JP", intent="first"))
    assert match.reopen("JP").intent == "first"
    match.seal(Plan("JP", intent="second"))
    sealed_all(match)
    with pytest.raises(MatchFault, match="opened again"):
        match.reopen("JP")
    saved = open_save(tmp_path / "g.save", toy.rulebook())
    assert [m.kind for m in saved.marks(1)] == ["plan", "open", "plan", "plan", "plan"]
    assert saved.plans(1)["JP"].intent == "second"


def test_a_question_takes_an_answer_that_was_offered() -> None:
    match = war()
    question = until_asked(match)
    assert (question.seat, match.stage) == ("JP", Stage.ASKING)
    with pytest.raises(Refused):
        match.answer(toy.Cover("KR", "EAST", True))
    assert match.stage is Stage.ASKING
    match.answer(toy.Cover("JP", "EAST", True))
    step = match.step()
    assert isinstance(step, Step)
    assert dict(step.events[0].message.values)["dug"] is True


def test_no_answer_is_the_standing_one_and_then_the_mildest() -> None:
    for standing, dug in (((toy.Cover("JP", "*", True),), True), ((), False)):
        match = war(JP=Plan("JP", standing=standing))
        until_asked(match)
        match.answer(None)
        step = match.step()
        assert isinstance(step, Step)
        assert dict(step.events[0].message.values)["dug"] is dug


def test_a_contingency_trips_on_what_its_seat_sees() -> None:
    """Seven missiles damage EAST in pulse a; Japan's plan mends it in pulse b, without anybody at the table."""
    mend = Contingency(Trigger("damage", "EAST", 1), toy.Mend("JP", "EAST"))
    match = war(JP=Plan("JP", contingencies=(mend,)))
    match.play_turn()
    said = [
        (s.date, e.message.id) for s in match.steps for e in s.events if e.order == "JP.mend.EAST" or e.rule == "K4"
    ]
    assert said == [("2b", "kernel.tripped"), ("2b", "toy.mended")]


def test_an_order_of_the_dead_lapses() -> None:
    """Twenty missiles kill J1 before it marches."""
    state = opening()
    for seed in range(40):
        match = Match(state, toy.rulebook(), seed, toy.players())
        match.play()
        said = {e.message.id for s in (*match.past, *match.steps) for e in s.events}
        if "kernel.lapsed_gone" in said:
            return
    pytest.fail("in forty games no counter died before it could march: the toy does not bite")


def test_a_record_changes_nothing(tmp_path: Path) -> None:
    match = toy.match(TURNS, 3)
    match.play()
    saved = played(tmp_path / "g.save")
    assert saved.over
    assert saved.digest(saved.turns[-1]) == match.digest()


def test_seats_may_seal_in_any_sequence(tmp_path: Path) -> None:
    def digest_after(seats: tuple[str, ...]) -> str:
        match = Match(opening(), toy.rulebook(), 3, toy.players())
        for seat in seats:
            match.seal(match.players[seat].plan(match.view(seat), match.rulebook, players_luck(3, seat, 1)))
        match.play()
        return match.digest()

    assert digest_after(toy.SEATS) == digest_after(tuple(reversed(toy.SEATS)))


def test_a_person_is_waited_for() -> None:
    match = Match(opening(), toy.rulebook(), 3, {"JP": toy.players()["JP"]})
    with pytest.raises(MatchFault, match="KR: a person's seat"):
        match.play_turn()
    match.take_seat("KR", toy.players()["KR"], "random")
    match.take_seat("KP", toy.players()["KP"], "random")
    match.play_turn()
    assert match.state.turn == 2


def test_a_player_cannot_foretell_the_games_luck() -> None:
    match = toy.match(1, 3)
    own = players_luck(3, "JP", 1)
    assert own.seed != match.seed
    assert own.draw("T4", "EAST") != players_luck(3, "KR", 1).draw("T4", "EAST")


def test_notes_and_players_stand_in_the_record(tmp_path: Path) -> None:
    match = begin(tmp_path / "g.save")
    telegram = Note("telegram", "JP", "Hold the strait.", (("to", "KR"), ("words", 3)))
    match.note(telegram)
    match.take_seat("JP", None, "a person")
    saved = open_save(tmp_path / "g.save", toy.rulebook())
    assert saved.notes(1) == (telegram,)
    assert [saved.player(m) for m in saved.marks(1) if m.kind == "seat"] == [("JP", "a person")]


def test_states_fold_from_events_with_no_rules_at_all(tmp_path: Path) -> None:
    """A digest a turn is the same whether rules played it or effects alone rebuilt it."""
    saved = played(tmp_path / "g.save")
    match = toy.match(TURNS, 3)
    live = [match.digest()]
    while match.stage is not Stage.OVER:
        match.play_turn()
        live.append(match.digest())
    bare = open_save(tmp_path / "g.save")
    assert [digest(s) for s in states(bare, setting())] == live
    assert [digest(s) for s in states(saved, setting())] == live
    for turn in saved.turns:
        assert digest(bare.state(turn, setting())) == live[turn - 1]


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    begin(tmp_path / "g.save").close()
    with pytest.raises(SaveFault, match="stands there already"):
        begin(tmp_path / "g.save")


def test_two_programs_cannot_write_one_save(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    one = begin(path)
    two = resume(path, setting(), toy.rulebook(), toy.EDITION, toy.players(), durable=False).match
    one.seal(Plan("JP"))
    with pytest.raises(SaveFault, match="another program"):
        two.seal(Plan("JP"))
    assert two.unsealed == toy.SEATS
    assert open_save(path).trouble is None


def test_a_write_that_fails_seals_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full in the middle of a record: the file is put back, the plan is not sealed, then it is."""
    path = tmp_path / "g.save"
    match = begin(path)
    before = path.read_bytes()
    real = os.write

    def full(fd: int, data: memoryview) -> int:
        if len(data) > 10:
            return real(fd, data[:10])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("game.io.record.os.write", full)
        with pytest.raises(SaveFault, match="No space left"):
            match.seal(Plan("JP", intent="x" * 29))
    # What was written of the record in rounds of ten bytes is gone again.
    assert path.read_bytes() == before
    match.seal(Plan("JP"))
    assert open_save(path).trouble is None
