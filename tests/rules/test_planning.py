"""Planning, rule by rule: talk by level, telegrams of twelve words, and bargains that are kept or broken."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.events import told
from game.core.ids import pair
from game.core.model import State, Tally
from game.core.orders import Contingency, Plan, Refusal, Trigger
from game.core.sensing import PASSING
from game.core.setting import TurnKind
from game.core.staff import ALL_TURN, Talk
from game.core.view import view
from game.words import Names, term, text
from rules import planning
from rules.missile_defense.tables import Raid, Salvo
from rules.planning import READY, Accept, Decline, Offer, Telegram
from rules.planning.bargains import FOR_PAY, Bid, strike
from rules.planning.wires import words_of
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


@pytest.mark.parametrize(("level", "seconds"), [(0, 0), (1, 60), (2, ALL_TURN), (3, ALL_TURN)])
def test_j1_allies_talk_as_their_planning_level_allows(level: int, seconds: int) -> None:
    found = talks(planning=level)
    assert (found["KR"].level, found["KR"].seconds) == (f"P{level}", seconds)
    seen = view(table(), "KP")
    assert {t.seat: t.seconds for t in planning.talks(seen)} == {"CN": 0}
    assert not list(planning.talks(view(table(), "")))


@pytest.mark.parametrize("level", range(5))
def test_j1_what_was_seen_may_be_said_as_far_as_sensing_shares_it(level: int) -> None:
    """The words are no wider than what the track passes on by itself."""
    said = text(talks(sensing=level, planning=2)["KR"].about, "en")
    quality = PASSING[level].quality
    assert ("nothing" in said) == (quality == 0)
    assert ("not its strength" in said) == (quality == 2)
    assert ("all" in said) == (quality == 3)


def talks(**levels: int) -> dict[str, Talk]:
    now = table()
    pact = attrs.evolve(now.pacts["JP-KR"], **levels)  # type: ignore[arg-type]
    return {t.seat: t for t in planning.talks(view(attrs.evolve(now, pacts={**now.pacts, "JP-KR": pact}), "JP"))}


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
        ("弾薬を今夜対馬へ送れ至急返事を待つ船も二隻", True),
        ("弾薬を今夜対馬へ送れ至急返事を待つ船も二隻出せ急げよ", False),
        ("今夜\u3000対馬で\u3000会おう", True),
        ("오늘 밤 대마도에서 만나자 요격탄을 보내라 우리는 버틴다 답을 기다린다 셋", True),
        ("\u202eevil", False),
        ("a\u2028b", False),
        ("\ud800", False),
    ],
)
def test_j2_a_telegram_is_one_line_of_at_most_twelve_words(text: str, legal: bool) -> None:
    assert refusal(planning, table(), Telegram("JP", "KR", text)) == ("" if legal else "J2")


def test_j2_what_is_cabled_is_read_as_it_was_written_and_names_nothing() -> None:
    """Marks of names and of plurals in a telegram stay letters: nobody can make a reader's screen spell a secret."""
    names = Names.of(table().setting.board, {})
    for words, read in (
        ("meet us at Tsushima", "meet us at Tsushima"),
        ("오늘 밤 만나자", "오늘 밤 만나자"),
        ("[u:P03] [c:JP.X] {to}", "(u:P03) (c:JP.X) {to}"),
        ("we_hold is a code", "we_hold is a code"),
        ("[p:JIWA] {n:s}", "(p:JIWA) {n:s}"),
        ("thanks", term("text", "thanks", "en")),
    ):
        wire = Telegram("JP", "KR", words)
        _, events = play(planning.deliver, table(), wire)
        assert text(settled(events, wire).message, "en", names).endswith(f'"{read}"')


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
    struck, _ = play(strike, now, Accept("KP", "CN"))
    assert (struck.nations["CN"].budget, struck.nations["KP"].budget) == (1, 0)
    judged, events = play(planning.deliver, fires(struck, 5 + shots))
    budgets = judged.nations["CN"].budget, judged.nations["KP"].budget
    assert budgets == ((1, 3) if kept else (4, 0))
    assert {s for e in events for s in e.all_to} == {"CN", "KP"}
    assert not judged.table("planning.bargains")


def test_j4_a_purse_that_was_emptied_voids_the_offer() -> None:
    now = after_offer()
    poor = {**now.nations, "CN": attrs.evolve(now.nations["CN"], budget=1)}
    after, events = play(strike, attrs.evolve(now, nations=poor), Accept("KP", "CN"))
    assert [e.message.id for e in events] == ["planning.void"]
    assert after.nations["CN"].budget == 1


def test_j4_the_price_of_a_front_is_paid_by_who_accepts_it() -> None:
    asked, events = play(planning.deliver, table(), Offer("KP", "CN", "pay_pin", 3))
    now = attrs.evolve(asked, turn=2)
    assert {s for e in events for s in e.all_to} == {"CN", "KP"}
    struck, _ = play(strike, now, Accept("CN", "KP"))
    assert (struck.nations["CN"].budget, struck.nations["KP"].budget) == (1, 0)
    judged, _ = play(planning.deliver, fires(struck, 8))
    assert (judged.nations["CN"].budget, judged.nations["KP"].budget) == (1, 3)
    broken, _ = play(planning.deliver, struck)
    assert broken.nations["CN"].budget == 4
    assert refusal(planning, now, Accept("KP", "CN")) == "J4"


def test_j4_who_is_asked_for_more_than_it_has_left_can_t_accept() -> None:
    asked, _ = play(planning.deliver, table(), Offer("KP", "CN", "pay_wait", 5))
    now = attrs.evolve(asked, turn=2)
    assert refusal(planning, now, Accept("CN", "KP")) == "J4"
    assert {t.order for t in planning.options(view(now, "CN"))} == {Telegram, Offer, Decline}
    asked, _ = play(planning.deliver, table(), Offer("KP", "CN", "pay_wait", 3))
    seen = view(attrs.evolve(asked, turn=2), "CN")
    for mine, legal in ((1, True), (2, False)):
        plan = Plan("CN", (Offer("CN", "KP", "pin", mine),))
        assert (planning.fault(seen, plan, Accept("CN", "KP")) is None) is legal


def test_j4_what_was_offered_last_turn_is_not_promised_again() -> None:
    """China laid 3 of its 4 on the table; while that stands it has 1 to accept or to offer with."""
    laid, _ = play(planning.deliver, table(), Offer("CN", "KP", "pin", 3), Offer("KP", "CN", "pay_pin", 2))
    now = attrs.evolve(laid, turn=2)
    assert refusal(planning, now, Accept("CN", "KP")) == "J4"
    assert refusal(planning, now, Offer("CN", "KP", "pin", 2)) == "J3"
    assert refusal(planning, now, Offer("CN", "KP", "pin", 1)) == ""
    assert refusal(planning, attrs.evolve(now, turn=3), Offer("CN", "KP", "pin", 4)) == ""


def test_j4_one_purse_pays_for_no_more_than_it_holds() -> None:
    """Offers to two nations that together are too dear, since the purse was emptied after they were laid down."""
    bids = {f"{pair('CN', to)}.CN": Bid("CN", to, "wait", 3, 2) for to in ("KP", "US")}
    now = attrs.evolve(table(turn=2), parts={"planning.offers": bids})
    after, events = play(strike, now, Accept("KP", "CN"), Accept("US", "CN"))
    assert [e.message.id for e in events] == ["planning.struck", "planning.void"]
    assert after.nations["CN"].budget == 1


def test_j4_nobody_is_paid_twice_for_one_turn_of_fire() -> None:
    laid, _ = play(planning.deliver, table(), Offer("CN", "KP", "pin", 1), Offer("KP", "CN", "pay_pin", 1))
    after, events = play(strike, attrs.evolve(laid, turn=2), Accept("CN", "KP"), Accept("KP", "CN"))
    assert [e.message.id for e in events] == ["planning.struck", "planning.void"]
    assert after.nations["CN"].budget == 3


def test_j4_an_offer_may_be_refused_and_not_answered_twice() -> None:
    now = after_offer()
    after, events = play(strike, now, Decline("KP", "CN"))
    event = settled(events, Decline("KP", "CN"))
    assert event.message.id == "planning.refused"
    assert set(event.all_to) == {"CN", "KP"}
    assert not after.table("planning.offers")
    assert after.nations == now.nations
    seen, plan = view(now, "KP"), Plan("KP", (Accept("KP", "CN"),))
    twice = planning.fault(seen, plan, Decline("KP", "CN"))
    assert isinstance(twice, Refusal)
    assert twice.rule == "J4"
    both, events = play(strike, now, Accept("KP", "CN"), Decline("KP", "CN"))
    assert [e.message.id for e in events] == ["planning.struck", "planning.void"]
    assert both.nations["CN"].budget == 1


@given(
    pay=st.integers(1, 4),
    shots=st.integers(0, 9),
    ask=st.sampled_from(["pin", "wait", *FOR_PAY]),
    take=st.booleans(),
)
def test_j4_budgets_are_neither_made_nor_lost(pay: int, shots: int, ask: str, take: bool) -> None:
    by, to = ("KP", "CN") if ask in FOR_PAY else ("CN", "KP")
    laid, _ = play(planning.deliver, table(), Offer(by, to, ask, pay))
    struck, _ = play(strike, attrs.evolve(laid, turn=2), *([Accept(to, by)] if take else []))
    done, _ = play(planning.deliver, fires(struck, shots))
    assert sum(n.budget for n in done.nations.values()) == 4
    assert done.nations["CN"].budget == 4 or take


def test_j5_a_plan_that_breaks_the_promise_gets_advice() -> None:
    seen = view(after_offer("pin"), "KP")
    assert [d.rule for d in planning.doubt(seen, Plan("KP", (Accept("KP", "CN"),)))] == ["J5"]
    seen = view(after_offer("wait"), "KP")
    assert not list(planning.doubt(seen, Plan("KP", (Accept("KP", "CN"),))))


@pytest.mark.parametrize("shot", [Raid("KP", "P03", "JIWA", 12, "runway"), Salvo("KP", "P09", "KP.X", 4)])
@pytest.mark.parametrize("later", [False, True])
def test_j5_missiles_at_ships_are_fire_too_and_so_are_those_of_a_contingency(shot: Raid | Salvo, later: bool) -> None:
    """As J4 judges it: by all that was fired."""
    taken = Accept("KP", "CN")
    kept = Contingency(Trigger("damage", "KP1", 1), shot)
    plan = Plan("KP", (taken,), contingencies=(kept,)) if later else Plan("KP", (taken, shot))
    assert not list(planning.doubt(view(after_offer("pin"), "KP"), plan))
    assert [d.order for d in planning.doubt(view(after_offer("wait"), "KP"), plan)] == [taken.id]


def test_every_option_is_legal_and_ready_telegrams_are_no_longer_than_allowed() -> None:
    now = after_offer()
    for seat in now.nations:
        seen = view(now, seat)
        for template in planning.options(seen):
            for order in template:
                assert planning.fault(seen, Plan(seat), order) is None  # type: ignore[arg-type]
    assert {t.order for t in planning.options(view(now, "KP"))} == {Telegram, Offer, Accept, Decline}
    assert all(words_of(term("text", code, "en")) <= 12 for code in READY)
