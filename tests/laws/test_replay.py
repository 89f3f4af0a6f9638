"""Laws: replay is play; the order of orders and of seats is nothing; games of computer seats always end."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.digest import digest
from game.core.orders import Book, Plan
from game.core.share import share, share_ranked
from game.core.turn import resolve, run_out
from game.table.match import Match
from game.table.players import players
from tests.laws.fog import difference
from tests.worlds import SCENARIOS, World, opening, plan, rulebook, seats, states, worlds


@given(worlds())
def test_replay_is_play(world: World) -> None:
    one, two = world.resolve(), world.resolve()
    assert not difference(one.steps, two.steps)
    assert digest(one.state) == digest(two.state)


@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_orders_and_of_seats_is_nothing(world: World, random: object) -> None:
    def mixed(given: tuple[object, ...]) -> list[object]:
        out = list(given)
        random.shuffle(out)  # type: ignore[attr-defined]
        return out

    plans: dict[str, Plan] = {
        str(s): attrs.evolve(world.plans[str(s)], orders=tuple(mixed(world.plans[str(s)].orders)))  # type: ignore[arg-type]
        for s in mixed(tuple(world.plans))
    }
    one, two = world.resolve(), world.resolve(plans=plans)
    assert [s.phase for s in one.steps] == [s.phase for s in two.steps]
    for a, b in zip(one.steps, two.steps, strict=True):
        assert not difference(a.events, b.events), a.phase
        assert digest(a.after) == digest(b.after), a.phase


@given(worlds())
def test_a_book_is_in_canonical_sequence(world: World) -> None:
    book = Book(world.plans)
    assert list(book.orders) == sorted(o.id for p in world.plans.values() for o in p.orders)
    backward = Book(dict(reversed(list(world.plans.items()))))
    for order in {type(o) for o in book.orders.values()}:
        assert book.of(order) == backward.of(order)


@given(states())
def test_a_plan_does_not_depend_on_who_plans_first(world: World) -> None:
    forward = {s: plan(world, s) for s in seats(world.state)}
    backward = {s: plan(world, s) for s in reversed(seats(world.state))}
    assert forward == backward


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("player", ("idle", "random", "doctrine"))
@pytest.mark.parametrize("seed", range(6))
def test_computer_seats_always_reach_the_end(name: str, player: str, seed: int) -> None:
    state = opening(name)
    match = Match(state, rulebook(name), seed, {s: players({}, s)[player] for s in seats(state)})
    for turn in range(1, len(state.setting.calendar) + 1):
        assert match.state.turn == turn
        match.play_turn()
    assert match.state.over and match.state.pulse == 0
    hours = sum(state.setting.kind(n).hours for n in range(1, len(state.setting.calendar) + 1))
    assert match.state.hour == hours


@given(worlds())
def test_a_turn_driven_without_answers_takes_the_standing_ones(world: World) -> None:
    """A question nobody answers is as if its seat had given its standing answer itself (K7)."""
    turn = resolve(world.state, world.plans, world.luck, world.rules)
    silent, steps = run_out(turn, lambda question: None)
    spoken = resolve(world.state, world.plans, world.luck, world.rules)

    def standing(question: object) -> object:
        seat, template = question.seat, question.template  # type: ignore[attr-defined]
        for order in world.plans[seat].standing:
            return attrs.evolve(order, subject=template.subject)
        return template.fill()

    said, again = run_out(spoken, standing)  # type: ignore[arg-type]
    assert not difference([s.events for s in steps], [s.events for s in again])
    assert digest(silent) == digest(said)


CLAIMS = st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 9), min_size=1)


@given(st.integers(0, 30), CLAIMS, st.dictionaries(st.sampled_from("ABCDEF"), st.integers(1, 3)))
def test_scarce_things_are_shared_alike_in_any_order(
    amount: int, claims: dict[str, int], rank: dict[str, int]
) -> None:
    backward = dict(reversed(list(claims.items())))
    total = sum(claims.values())
    for given_out, again in (
        (share(amount, claims), share(amount, backward)),
        (share_ranked(amount, claims, rank), share_ranked(amount, backward, rank)),
    ):
        assert given_out == again
        assert sum(given_out.values()) == min(amount, total)
        assert all(0 <= given_out[k] <= claims[k] for k in claims)
    if total > amount:
        assert all(abs(n * total - claims[k] * amount) < total for k, n in share(amount, claims).items())
