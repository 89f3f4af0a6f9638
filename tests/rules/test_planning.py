"""Planning, rule by rule: talk by level, telegrams of twelve words, and bargains that are kept or broken."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.events import told
from game.core.ids import pair
from game.core.model import State, Tally
from game.core.orders import Plan
from game.core.setting import TurnKind
from game.core.view import view
from rules import planning
from rules.planning import READY, Accept, Bid, Offer, Telegram
from tests.rules.small import play, refusal, settled, state

WEEK = TurnKind("week", 168, 0, ("planning.strike",), (), ("planning.deliver",))
MUTE = TurnKind("mute", 168, 0)


def table(turn: int = 1, budget: int = 4, kind: TurnKind = WEEK, level: int = 1) -> State:
    """CN and KP stand apart and are at peace; CN has a purse. Every turn is of `kind`."""
    now = state(level=level, turn=turn, pulse=0)
    old = now.setting.board
    board = attrs.evolve(
        old,
        coalition={**old.coalition, "CN": "china", "KP": "north"},
        peace=frozenset({pair("CN", "KP")}),
        kinds={name: attrs.evolve(kind, name=name) for name in old.kinds},
    )
    nations = {**now.nations, "CN": attrs.evolve(now.nations["KP"], owner="CN", budget=budget)}
    return attrs.evolve(now, setting=attrs.evolve(now.setting, board=board), nations=dict(sorted(nations.items())))


def after_offer(ask: str = "pin", pay: int = 3, budget: int = 4) -> State:
    """Turn 2, with an offer of turn 1 on the table."""
    laid, _ = play(planning.deliver, table(budget=budget), Offer("CN", "KP", ask, pay))
    return attrs.evolve(laid, turn=2)


def fires(now: State, n: int) -> State:
    return attrs.evolve(now, tallies={**now.tallies, "KP.fired.nodong": Tally("KP", n)})


@pytest.mark.parametrize(("level", "seconds"), [(0, 0), (1, 60), (2, 3600), (3, 3600)])
def test_j1_allies_talk_as_their_planning_level_allows(level: int, seconds: int) -> None:
    now = table()
    pact = attrs.evolve(now.pacts["JP-KR"], planning=level)
    seen = view(attrs.evolve(now, pacts={**now.pacts, "JP-KR": pact}), "JP")
    assert {t.seat: t.seconds for t in planning.talks(seen)}["KR"] == seconds
    assert {t.seat for t in planning.talks(view(now, "KP"))} == {"CN"}
    assert not list(planning.talks(view(now, "")))


@pytest.mark.parametrize(
    ("text", "legal"),
    [
        ("one two three four five six seven eight nine ten eleven twelve", True),
        ("one two three four five six seven eight nine ten eleven twelve thirteen", False),
        ("", False),
        ("   ", False),
        ("two\nlines", False),
        ("x" * 91, False),
        ("今夜、対馬で会おう", True),
    ],
)
def test_j2_a_telegram_is_one_line_of_at_most_twelve_words(text: str, legal: bool) -> None:
    assert refusal(planning, table(), Telegram("JP", "KR", text)) == ("" if legal else "J2")


def test_j2_no_line_leads_to_a_rival_or_to_oneself_and_none_in_a_mute_turn() -> None:
    assert refusal(planning, table(), Telegram("JP", "KP", "surrender")) == "J2"
    assert refusal(planning, table(), Telegram("JP", "JP", "hello")) == "J2"
    assert refusal(planning, table(), Telegram("KP", "CN", "send oil")) == ""
    assert refusal(planning, table(kind=MUTE), Telegram("JP", "KR", "hello")) == "J2"


def test_j2_nobody_but_the_two_reads_a_telegram() -> None:
    wire = Telegram("JP", "KR", "meet us at Tsushima")
    after, events = play(planning.deliver, table(), wire)
    event = settled(events, wire)
    assert after == table()
    readers = {seat for seat in ("JP", "KR", "US", "CN", "KP", "") if told(event, seat, "1")}
    assert readers == {"JP", "KR"}


def test_j3_an_offer_stands_for_the_next_turn_alone_and_only_the_two_know() -> None:
    now = after_offer()
    assert now.table("planning.offers") == {"CN-KP.CN": Bid("CN", "KP", "pin", 3, 2)}
    for seat, knows in (("CN", True), ("KP", True), ("JP", False), ("US", False), ("", False)):
        assert bool(view(now, seat).part("planning.offers")) is knows
    later, events = play(planning.deliver, now)
    assert [e.message.id for e in events] == ["planning.lapsed"]
    assert not later.table("planning.offers")
    assert refusal(planning, attrs.evolve(now, turn=3), Accept("KP", "CN")) == "J4"


def test_j3_nobody_offers_more_than_the_budget_holds_over_all_offers() -> None:
    assert refusal(planning, table(), Offer("CN", "KP", "pin", 4)) == ""
    assert refusal(planning, table(), Offer("CN", "KP", "pin", 5)) == "J3"
    assert refusal(planning, table(), Offer("CN", "KP", "pin", 0)) == "J3"
    assert refusal(planning, table(), Offer("CN", "KP", "dance", 1)) == "J3"
    assert refusal(planning, table(), Offer("CN", "JP", "pin", 1)) == "J3"


@pytest.mark.parametrize(
    ("ask", "shots", "kept"), [("pin", 8, True), ("pin", 0, False), ("wait", 0, True), ("wait", 8, False)]
)
def test_j4_the_pay_goes_to_who_kept_the_bargain_or_back(ask: str, shots: int, kept: bool) -> None:
    now = fires(after_offer(ask), 5)  # what was fired in earlier turns counts for nothing
    struck, _ = play(planning.strike, now, Accept("KP", "CN"))
    assert (struck.nations["CN"].budget, struck.nations["KP"].budget) == (1, 0)
    judged, events = play(planning.deliver, fires(struck, 5 + shots))
    budgets = judged.nations["CN"].budget, judged.nations["KP"].budget
    assert budgets == ((1, 3) if kept else (4, 0))
    assert {s for e in events for s in e.all_to} == {"CN", "KP"}
    assert not judged.table("planning.bargains")


def test_j4_a_purse_that_was_emptied_voids_the_offer() -> None:
    now = after_offer()
    poor = {**now.nations, "CN": attrs.evolve(now.nations["CN"], budget=1)}
    after, events = play(planning.strike, attrs.evolve(now, nations=poor), Accept("KP", "CN"))
    assert [e.message.id for e in events] == ["planning.void"]
    assert after.nations["CN"].budget == 1


@given(pay=st.integers(1, 4), shots=st.integers(0, 9), ask=st.sampled_from(["pin", "wait"]), take=st.booleans())
def test_j4_budgets_are_neither_made_nor_lost(pay: int, shots: int, ask: str, take: bool) -> None:
    now = after_offer(ask, pay)
    struck, _ = play(planning.strike, now, *([Accept("KP", "CN")] if take else []))
    done, _ = play(planning.deliver, fires(struck, shots))
    assert sum(n.budget for n in done.nations.values()) == 4
    assert done.nations["CN"].budget == 4 or take


def test_j5_a_plan_that_breaks_the_promise_gets_advice() -> None:
    seen = view(after_offer("pin"), "KP")
    assert [d.rule for d in planning.doubt(seen, Plan("KP", (Accept("KP", "CN"),)))] == ["J5"]
    seen = view(after_offer("wait"), "KP")
    assert not list(planning.doubt(seen, Plan("KP", (Accept("KP", "CN"),))))


def test_every_option_is_legal_and_ready_telegrams_are_no_longer_than_allowed() -> None:
    now = after_offer()
    for seat in now.nations:
        seen = view(now, seat)
        for template in planning.options(seen):
            for order in template:
                assert planning.fault(seen, Plan(seat), order) is None  # type: ignore[arg-type]
    assert {t.order for t in planning.options(view(now, "KP"))} == {Telegram, Accept}
    assert len(READY) == 7
