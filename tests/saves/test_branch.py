"""Start again from an earlier turn: same luck, same knowledge, other decisions."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from game.core.orders import Plan
from game.core.view import view
from game.io.replay import states, steps
from game.io.save import open_save
from game.table.branch import Branch, branch
from game.table.facilitator import set_value
from game.table.match import MatchFault
from game.table.players import Idle
from game.table.resume import resume
from game.table.verify import verify
from tests import toy
from tests.saves.games import TURNS, begin, opening, played, setting


def branched(path: Path, turn: int, *, keep: tuple[str, ...] = (), idle: tuple[str, ...] = ()) -> Branch:
    players = {**toy.players(), **{seat: Idle() for seat in idle}}
    saved = open_save(path, toy.rulebook())
    made = path.with_name("b.save")
    return branch(saved, turn, made, setting(), toy.rulebook(), toy.EDITION, players, keep=keep, durable=False)


@pytest.mark.parametrize("turn", range(1, TURNS + 2))
def test_the_same_players_play_the_same_game(tmp_path: Path, turn: int) -> None:
    """Luck is shared and computer seats plan from what they knew: nothing changed, so nothing changes."""
    path = tmp_path / "g.save"
    saved = played(path)
    made = branched(path, turn)
    made.match.play()
    assert made.match.digest() == saved.digest(TURNS + 1)
    assert made.notes == ()


def test_the_header_names_the_parent_and_the_past_is_copied(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    saved = played(path)
    made = branched(path, 3, idle=("JP",))
    made.match.play()
    made.match.close()
    child = open_save(tmp_path / "b.save", toy.rulebook())
    assert child.header.parent == (saved.mark(3).link.decode(), 3)
    assert (child.header.turn, child.header.seed) == (3, saved.header.seed)
    for turn in (1, 2):
        assert [s.events for s in steps(child, turn, setting())] == [s.events for s in steps(saved, turn, setting())]
    assert len(list(states(child, setting()))) == TURNS + 1
    found = verify(child, setting(), toy.rulebook(), toy.EDITION, opening())
    assert found.whole
    assert found.turns == TURNS - 2, "the turns before belong to the parent"
    assert open_save(path).trouble is None


def test_each_seat_knows_what_it_knew_then(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    saved = played(path)
    made = branched(path, 4)
    then = saved.state(4, setting())
    assert then.contacts, "the toy must give somebody a contact by then"
    for seat in toy.SEATS:
        assert made.match.view(seat) == view(then, seat)
    assert [s.turn for s in made.match.steps] == [3] * len(made.match.steps)
    assert made.match.steps, "what happened last turn is there for the briefs"


def test_a_seat_that_is_kept_gives_its_recorded_plans(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    saved = played(path)
    made = branched(path, 2, keep=("KP",), idle=("JP", "KR", "KP"))
    made.match.play()
    made.match.close()
    child = open_save(tmp_path / "b.save", toy.rulebook())
    left = made.kept["KP"].left
    for turn in range(2, TURNS + 1):
        if left is None or turn < left[0]:
            assert child.plans(turn)["KP"] == saved.plans(turn)["KP"]
    assert child.plans(2)["JP"].orders == ()
    assert saved.plans(2)["JP"].orders != ()


def test_answers_are_kept_too(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    saved = played(path)
    made = branched(path, 1, keep=toy.SEATS, idle=toy.SEATS)
    made.match.play()
    assert [k.left for k in made.kept.values()] == [None, None, None]
    assert made.match.digest() == saved.digest(TURNS + 1)


def test_a_plan_that_is_no_longer_legal_is_told_and_its_player_plans(tmp_path: Path) -> None:
    """J1 is taken off the map before turn 3, in which its recorded plan marches it."""
    path = tmp_path / "g.save"
    match = begin(path)
    while not match.state.over:
        for seat in toy.SEATS:
            order = toy.March("JP", "J1", ("WEST", "EAST")[match.state.turn % 2])
            match.seal(Plan(seat, (order,) if seat == "JP" else ()))
        match.play_turn()
    match.close()
    made = branched(path, 2, keep=("JP", "KR"), idle=toy.SEATS)
    made.match.play_turn()
    set_value(made.match, "counters", "J1", "steps", 0, "lost at sea")
    made.match.play()
    left = made.kept["JP"].left
    assert left is not None
    turn, refusals = left
    assert (turn, refusals[0].rule, refusals[0].order) == (3, "T2", "JP.march.J1")
    assert made.kept["KR"].left is None
    made.match.close()
    child = open_save(tmp_path / "b.save", toy.rulebook())
    assert len(child.plans(2)["JP"].orders) == 1
    assert all(child.plans(t)["JP"].orders == () for t in range(3, TURNS + 1))


def test_a_person_whose_plan_is_no_longer_legal_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    played(path)
    saved = open_save(path, toy.rulebook())
    made = branch(
        saved, 2, tmp_path / "b.save", setting(), toy.rulebook(), toy.EDITION, keep=toy.SEATS, durable=False
    )
    own = made.match.state.nations["JP"]
    made.match.state = attrs.evolve(
        made.match.state, nations={**made.match.state.nations, "JP": attrs.evolve(own, staff=0)}
    )
    with pytest.raises(
        MatchFault, match=r"JP: a person's seat in turn 2: its recorded plan is not legal here \(K1\)"
    ):
        made.match.play_turn()
    made.match.seal(Plan("JP"))
    made.match.play_turn()


def test_a_branch_of_a_branch_and_a_branch_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    saved = played(path)
    made = branched(path, 2)
    made.match.play(1)
    made.match.close()
    again = resume(tmp_path / "b.save", setting(), toy.rulebook(), toy.EDITION, toy.players(), durable=False).match
    again.play()
    again.close()
    child = open_save(tmp_path / "b.save", toy.rulebook())
    assert child.digest(TURNS + 1) == saved.digest(TURNS + 1)
    third = branch(
        child, 4, tmp_path / "c.save", setting(), toy.rulebook(), toy.EDITION, toy.players(), durable=False
    )
    third.match.play()
    third.match.close()
    grandchild = open_save(tmp_path / "c.save", toy.rulebook())
    assert grandchild.header.parent == (child.mark(4).link.decode(), 4)
    assert grandchild.digest(TURNS + 1) == saved.digest(TURNS + 1)
    assert verify(grandchild, setting(), toy.rulebook(), toy.EDITION).whole


def test_one_decision_changed_keeps_all_other_luck(tmp_path: Path) -> None:
    """Japan idles in the branch; draws of the same name keep their value."""
    path = tmp_path / "g.save"
    saved = played(path)
    made = branched(path, 2, keep=("KR", "KP"), idle=("JP",))
    made.match.play()
    made.match.close()
    child = open_save(tmp_path / "b.save", toy.rulebook())

    def draws(of: Path) -> dict[tuple[str, str], int]:
        game = open_save(of, toy.rulebook())
        found = {}
        for turn in range(2, TURNS + 1):
            for step in steps(game, turn, setting()):
                found.update({(step.date, r.key): r.value for e in step.events for r in e.rolls})
        return found

    one, other = draws(path), draws(tmp_path / "b.save")
    shared = one.keys() & other.keys()
    assert shared
    assert all(one[k] == other[k] for k in shared)
    assert child.digest(TURNS + 1) != saved.digest(TURNS + 1)
