"""Intelligence, rule by rule: who sees what, and what the sensing track passes on, when, and from whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core.events import Event
from game.core.levels import LEVELS
from game.core.luck import Luck
from game.core.model import UNKNOWN, Contact, Counter, Place, State
from game.core.orders import Order, Plan
from game.core.rulebook import Temper
from game.core.view import view
from rules import intelligence
from rules.intelligence import Jam, Relay, Watch
from rules.intelligence.contacts import faded, key_of, kind, replaces
from rules.intelligence.networks import network
from rules.intelligence.picture import observe
from tests.rules.small import COUNTERS, SEATS, SITES, assert_agree, play, refusal, settled, state

PACT = "JP-KR"
SEED = 1
HOURS = 84  # of a pulse
NEVER, ALWAYS = 2**64 - 1, 0  # draws: no chance short of certainty hits the first


def key(seat: str, subject: str) -> str:
    return key_of(Luck(SEED), seat, subject)


def held(now: State, seat: str, subject: str) -> Contact | None:
    return now.contacts.get(key(seat, subject))


def sight(seat: str, subject: str, turn: int, pulse: int, quality: int = 3, **more: Any) -> dict[str, Contact]:
    """A contact of `seat` by its own eyes, in the table of contacts."""
    counter = COUNTERS[subject]
    kind = {"P1": "missile", "P2": "ship", "P3": "air", "P4": "submarine"}[subject]
    hour = 12 + (turn - 2) * 168 + (pulse - 1) * HOURS
    known: dict[str, Any] = {
        "nation": counter.owner,
        "what": kind,
        "at": counter.at,
        "steps": counter.steps,
        "source": seat,
    } | more
    return {key(seat, subject): Contact(seat, subject, quality=quality, hour=hour, turn=turn, pulse=pulse, **known)}


def only(*ids: str) -> dict[str, Counter]:
    return {id: COUNTERS[id] for id in ids}


def told_to(events: Sequence[Event], seat: str) -> list[Event]:
    return [e for e in events if seat in e.all_to or any(who == seat for who, _ in e.hints)]


# Own eyes -------------------------------------------------------------------------------------------------------


def test_i1_a_sensor_sees_ships_and_aircraft_in_range_with_their_kind_and_not_their_strength() -> None:
    # K1 at ALLY looks 600 km: to NOR (ships) and NKP (aircraft), not to a launcher, not under water.
    after, _ = play(observe, state(only("K1", "P1", "P2", "P3", "P4"), level=0))
    seen = {c.subject: c for c in after.contacts.values() if c.owner == "KR"}
    assert seen.keys() == {"P2", "P3"}
    assert seen["P2"] == sight("KR", "P2", 2, 1, 2, steps=UNKNOWN)[key("KR", "P2")]
    assert held(after, "KP", "K1") is None  # P2 at NOR looks 200 km


def test_i1_beyond_range_nothing_is_seen() -> None:
    far = {"J2": COUNTERS["J2"], "P2": COUNTERS["P2"]}  # 150 km from HOME
    after, events = play(observe, state(far, level=0))
    assert [e for e in events if e.seat == "JP"] == []
    assert held(after, "JP", "P2") is None


def test_i1_what_is_seen_again_keeps_its_name_and_takes_the_new_date() -> None:
    before = state(only("K1", "P2"), level=0, pulse=2, contacts=sight("KR", "P2", 2, 1, 2, steps=UNKNOWN))
    after, events = play(observe, before)
    row = held(after, "KR", "P2")
    assert row is not None and (row.turn, row.pulse, row.hour) == (2, 2, 12 + HOURS)
    assert [(e.rule, e.message.id) for e in events if e.seat == "KR"] == [("I1", "intelligence.seen_again")]


def test_i2_a_search_wing_finds_strength_where_it_watches() -> None:
    watch = Watch("KR", "K4", "NOR")
    after, events = play(observe, state(only("K4", "P2", "P4"), level=0, pulse=2), watch)
    assert held(after, "KR", "P2") == sight("KR", "P2", 2, 2, 3)[key("KR", "P2")]
    assert held(after, "KR", "P4") is None  # under water
    assert settled(events, watch).rule == "I2"


@pytest.mark.parametrize(("draw", "found"), [(ALWAYS, True), (NEVER, False)])
def test_i2_a_launcher_is_found_with_an_even_chance_and_a_miss_leaves_no_trace(draw: int, found: bool) -> None:
    before = state(only("K4", "P1"), level=0, pulse=2)
    luck = Luck(SEED, 2, 2, {f"I2|K4|{key('KR', 'P1')}": draw})
    after, events = play(observe, before, Watch("KR", "K4", "BELT"), luck=luck)
    assert (held(after, "KR", "P1") is not None) == found
    (event,) = [e for e in events if e.rule == "I2"]
    assert len(event.rolls) == found
    assert "P1" not in str(event)
    nothing, empty = play(observe, state(only("K4"), level=0, pulse=2), Watch("KR", "K4", "BELT"), luck=luck)
    if not found:
        assert told_to(events, "KR") == told_to(empty, "KR") and nothing.contacts == after.contacts


def test_i2_a_watch_lasts_both_pulses_of_its_turn() -> None:
    watch = Watch("KR", "K4", "NOR")
    _, first = play(observe, state(level=0, pulse=1), watch)
    _, second = play(observe, state(level=0, pulse=2), watch)
    assert [e.order for e in (*first, *second) if e.rule == "I2"] == ["", watch.id]


def test_i2_only_a_search_wing_watches_and_only_within_its_reach() -> None:
    assert refusal(intelligence, state(), Watch("KR", "K4", "BELT")) == ""
    assert refusal(intelligence, state(), Watch("KR", "K1", "BELT")) == "I2"
    assert refusal(intelligence, state(), Watch("JP", "K4", "BELT")) == "I2"
    assert refusal(intelligence, state(intelligence={"watch_km": 100}), Watch("KR", "K4", "BELT")) == "I2"


def test_i2_a_wing_that_is_lost_or_gone_too_far_says_so() -> None:
    watch = Watch("KR", "K4", "BELT")
    for before in (state({}, level=0), state(level=0, intelligence={"watch_km": 100})):
        _, events = play(observe, before, watch)
        assert settled(events, watch).message.id == "intelligence.no_watch"


def test_i3_a_cabinet_turn_sees_and_sends_nothing() -> None:
    cabinet = state(turn=1, pulse=0, contacts=sight("US", "P2", 1, 1))
    orders: tuple[Order, ...] = (Watch("KR", "K4", "BELT"), Jam("CN", PACT, 1), Relay("US", key("US", "P2"), "JP"))
    assert [refusal(intelligence, cabinet, o) for o in orders] == ["I3", "I3", "I3"]


# What the track passes on (I4): Korea sees P2 as a launcher-grade contact, Japan has no eyes of its own ----------


def shared(level: int, turn: int, pulse: int, seen: dict[str, Contact], **more: Any) -> Contact | None:
    """What Japan gets at `turn` and `pulse` of what Korea holds."""
    after, _ = play(observe, state(only("J2"), level=level, turn=turn, pulse=pulse, contacts=seen, **more))
    return held(after, "JP", "P2")


def test_i4_l0_passes_nothing() -> None:
    for turn, pulse in ((2, 1), (2, 2), (3, 1)):
        assert shared(0, turn, pulse, sight("KR", "P2", 2, 1)) is None


def test_i4_l1_passes_a_turn_late_by_liaison_that_something_is_there() -> None:
    seen = sight("KR", "P2", 2, 2)
    assert shared(1, 2, 2, seen) is None
    assert shared(1, 3, 2, seen) is None
    assert shared(1, 4, 1, seen) is None
    row = shared(1, 3, 1, seen)
    assert row is not None
    assert (row.quality, row.what, row.steps, row.at) == (1, "", UNKNOWN, "NOR")
    assert (row.source, row.route, row.turn, row.pulse) == ("KR", "liaison", 2, 2)


@pytest.mark.parametrize(("turn", "pulse", "now"), [(2, 1, (2, 2)), (2, 2, (3, 1))])
def test_i4_l2_passes_a_pulse_late_through_the_hub(turn: int, pulse: int, now: tuple[int, int]) -> None:
    seen = sight("KR", "P2", turn, pulse)
    assert shared(2, turn, pulse, seen) is None
    row = shared(2, *now, seen)
    assert row is not None
    assert (row.quality, row.what, row.steps) == (2, "ship", UNKNOWN)
    assert (row.source, row.route, row.turn, row.pulse) == ("KR", "hub", turn, pulse)
    assert shared(2, 3, 2, seen) is None  # and not later still


@pytest.mark.parametrize(
    ("level", "quality", "steps", "route"), [(3, 2, UNKNOWN, "real_time"), (4, 3, 3, "fire_control")]
)
def test_i4_l3_and_l4_pass_in_the_same_pulse(level: int, quality: int, steps: int, route: str) -> None:
    row = shared(level, 2, 1, sight("KR", "P2", 2, 1))
    assert row is not None
    assert (row.quality, row.what, row.steps) == (quality, "ship", steps)
    assert (row.source, row.route, row.turn, row.pulse) == ("KR", route, 2, 1)


@pytest.mark.parametrize(("level", "expected"), [(0, None), (1, None), (2, None), (3, 2), (4, 3)])
def test_i4_what_is_seen_in_this_very_pulse(level: int, expected: int | None) -> None:
    before = state(only("J2", "K4", "P2"), level=level, pulse=2)
    after, _ = play(observe, before, Watch("KR", "K4", "NOR"))
    row = held(after, "JP", "P2")
    assert (row.quality if row else None) == expected


@pytest.mark.parametrize("level", [2, 3, 4])
def test_i4_an_outage_is_l0(level: int) -> None:
    at = (3, 1) if level == 2 else (2, 2)
    seen = sight("KR", "P2", 2, 2)
    assert shared(level, *at, seen) is not None
    assert shared(level, *at, seen, outage=True) is None


def test_i4_what_was_passed_is_not_passed_on() -> None:
    # JP and KR share at L0; the US gets it from KR by the treaty and must not hand it to JP.
    after, _ = play(observe, state(only("J2"), level=0, treaty=4, contacts=sight("KR", "P2", 2, 1)))
    assert held(after, "US", "P2") is not None
    assert held(after, "JP", "P2") is None
    before = attrs.evolve(after, pulse=2, hour=after.hour + HOURS)
    again, _ = play(observe, before)
    assert held(again, "JP", "P2") is None
    fresh = sight("US", "P2", 2, 1, 2, source="KR", route="real_time")  # told this very pulse
    assert shared(0, 2, 1, fresh, treaty=4) is None


def test_i4_treaties_pass_like_pacts_under_test() -> None:
    row = held(play(observe, state({}, level=0, treaty=3, contacts=sight("JP", "P2", 2, 1)))[0], "US", "P2")
    assert row is not None and (row.source, row.route, row.quality) == ("JP", "real_time", 2)


def test_i4_seats_that_are_no_party_learn_nothing() -> None:
    after, events = play(observe, state(only("J2", "K1", "P2"), level=4), Watch("KR", "K4", "NOR"))
    assert held(after, "CN", "P2") is None and held(after, "US", "P2") is None
    assert told_to(events, "CN") == [] == told_to(events, "US")


def test_i4_own_eyes_go_before_what_an_ally_says_of_the_same_pulse() -> None:
    ours, theirs = sight("JP", "P2", 2, 1, 2, steps=UNKNOWN), sight("KR", "P2", 2, 1, 2, steps=UNKNOWN)
    row = shared(3, 2, 1, ours | theirs)
    assert row == ours[key("JP", "P2")]
    better = shared(4, 2, 1, ours | sight("KR", "P2", 2, 1, 3))
    assert better is not None and (better.source, better.quality) == ("KR", 3)


def test_i4_a_worse_report_takes_no_place_of_a_better_one_until_that_is_a_week_old() -> None:
    ours = sight("JP", "P2", 2, 1, 3)
    kept = attrs.evolve(ours[key("JP", "P2")], quality=2, steps=UNKNOWN)  # a week old, it has faded by itself (I12)
    assert shared(1, 3, 1, ours | sight("KR", "P2", 2, 2)) == kept
    late = shared(1, 4, 1, ours | sight("KR", "P2", 3, 2))
    assert late is not None and (late.source, late.quality, late.turn) == ("KR", 1, 3)


def test_i4_the_event_names_contact_place_date_source_and_route() -> None:
    _, events = play(observe, state(only("J2"), level=3, contacts=sight("KR", "P2", 2, 1)))
    (event,) = [e for e in events if e.seat == "JP"]
    assert (event.rule, event.all_to) == ("I4", ("JP",))
    said = event.message.as_dict()
    told = {k: said[k] for k in ("contact", "what", "place", "date", "source", "route")}
    assert told == {
        "contact": key("JP", "P2"),
        "what": "ship",
        "place": "NOR",
        "date": "2a",
        "source": "KR",
        "route": "real_time",
    }


# Relays and networks --------------------------------------------------------------------------------------------


def test_i5_the_us_relays_what_it_holds_with_date_and_source_as_they_are() -> None:
    theirs = sight("KR", "P2", 2, 1)[key("KR", "P2")]
    passed_on = {key("US", "P2"): attrs.evolve(theirs, owner="US", route="real_time")}
    order = Relay("US", key("US", "P2"), "JP")
    before = state(level=0, pulse=2, contacts=passed_on)
    assert refusal(intelligence, before, order) == ""
    after, events = play(network, before, order)
    row = held(after, "JP", "P2")
    assert row is not None
    assert (row.source, row.route, row.quality, row.pulse) == ("KR", "relay", 2, 1)
    assert settled(events, order).rule == "I5"
    assert {e.seat for e in events if e.rule == "I5"} == {"US", "JP"}


def test_i5_only_who_may_relay_only_to_allies_and_not_back_to_the_source() -> None:
    before = state(contacts=sight("JP", "P2", 2, 1) | sight("US", "P2", 2, 1, source="KR"))
    assert refusal(intelligence, before, Relay("JP", key("JP", "P2"), "US")) == "I5"
    assert refusal(intelligence, before, Relay("US", key("US", "P2"), "KR")) == "I5"
    assert refusal(intelligence, before, Relay("US", key("US", "P2"), "KP")) == "I5"
    assert refusal(intelligence, before, Relay("US", key("JP", "P2"), "KR")) == "I5"
    assert refusal(intelligence, before, Relay("US", key("US", "P2"), "JP")) == ""


def test_i5_a_relay_overwrites_nothing_better_and_a_lost_contact_is_said_to_be_lost() -> None:
    order = Relay("US", key("US", "P2"), "JP")
    ours = sight("JP", "P2", 2, 1, 3)
    after, events = play(network, state(contacts=ours | sight("US", "P2", 2, 1, 2)), order)
    assert held(after, "JP", "P2") == ours[key("JP", "P2")]
    assert settled(events, order).message.id == "intelligence.relayed"
    _, events = play(network, state(), order)
    assert settled(events, order).message.id == "intelligence.not_relayed"


@pytest.mark.parametrize("level", range(5))
@pytest.mark.parametrize("off", [-1, 0])
def test_i6_a_network_is_down_with_the_chance_of_its_level(level: int, off: int) -> None:
    """The draw just inside the chance brings it down, the next one does not (facts C1.7: 0, 0, 2, 3, 8 %)."""
    chance = LEVELS[level].failure
    edge = -(-(chance << 64) // 1_000_000) + off  # the first draw that is read as `chance` parts or more, or one less
    if edge < 0:
        edge = 0
    luck = Luck(SEED, 2, 1, {f"I6|{PACT}": edge})
    after, events = play(network, state(level=level), luck=luck)
    assert after.pacts[PACT].outage == (chance > 0 and off == -1)
    assert len([e for e in events if e.rule == "I6"]) == (level >= 2)
    assert [r.key for e in events for r in e.rolls] == [f"I6|{PACT}"] * (level >= 2)


def test_i6_the_draw_is_one_a_network_and_pulse() -> None:
    drawn = {Luck(SEED, turn, pulse).draw("I6", PACT) for turn in (2, 3) for pulse in (1, 2)}
    assert len(drawn) == 4
    first, again = (play(network, state(level=4), seed=9)[1] for _ in range(2))
    assert first == again


def test_i6_the_outage_ends_with_the_pulse() -> None:
    luck = Luck(SEED, 2, 2, {f"I6|{PACT}": NEVER})
    after, events = play(network, state(level=4, pulse=2, outage=True), luck=luck)
    assert not after.pacts[PACT].outage
    assert {seat for e in events for seat in e.all_to} == {"JP", "KR"}


@pytest.mark.parametrize("level", [2, 3, 4])
def test_i7_an_attack_is_certain_and_nobody_learns_whose_it_was(level: int) -> None:
    order = Jam("CN", PACT, 1)
    luck = Luck(SEED, 2, 1, {f"I6|{PACT}": NEVER})
    after, events = play(network, state(level=level), order, luck=luck)
    assert after.pacts[PACT].outage
    assert after.table("intelligence.cyber")["CN"].left == 0
    mine = settled(events, order)
    assert (mine.rule, mine.all_to) == ("I7", ("CN",))
    (theirs,) = [e for e in events if e.rule == "I6"]
    assert theirs.all_to == ("JP", "KR") and "CN" not in str(theirs)


def test_i7_below_l2_nothing_goes_down_and_the_attacker_is_told_the_same() -> None:
    order = Jam("CN", PACT, 1)
    low, at_l1 = play(network, state(level=1), order)
    high, at_l4 = play(network, state(level=4), order)
    assert (low.pacts[PACT].outage, high.pacts[PACT].outage) == (False, True)
    assert told_to(at_l1, "CN") == told_to(at_l4, "CN")


def test_i7_below_l2_an_attack_keeps_nothing_down_either() -> None:
    after, _ = play(network, state(level=1, outage=True), Jam("CN", PACT, 1))
    assert not after.pacts[PACT].outage


def test_i7_a_means_is_used_once_and_in_its_pulse() -> None:
    late = Jam("CN", PACT, 2)
    waiting, none = play(network, state(level=4, pulse=1), late, luck=Luck(SEED, 2, 1, {f"I6|{PACT}": NEVER}))
    assert not waiting.pacts[PACT].outage and [e for e in none if e.order] == []
    used, _ = play(network, state(level=4, pulse=2), late)
    assert used.pacts[PACT].outage
    assert refusal(intelligence, used, Jam("CN", PACT, 2)) == "I7"
    _, events = play(network, used, Jam("CN", PACT, 2))
    assert settled(events, late).message.id == "intelligence.not_jammed"


def test_i7_who_has_no_means_or_is_a_friend_attacks_nothing() -> None:
    assert refusal(intelligence, state(), Jam("KP", PACT, 1)) == "I7"
    assert refusal(intelligence, state(intelligence={"cyber": {"US": 1}}), Jam("US", PACT, 1)) == "I7"
    assert refusal(intelligence, state(), Jam("CN", "JP-US", 1)) == "I7"
    assert refusal(intelligence, state(), Jam("CN", PACT, 3)) == "I7"
    assert refusal(intelligence, state(pulse=2), Jam("CN", PACT, 1)) == "I7"
    assert Jam.RUNG == 2


def test_i8_a_contact_older_than_two_weeks_is_dropped_and_its_owner_told() -> None:
    old = sight("JP", "P2", 2, 1)
    after, _ = play(observe, state({}, turn=4, pulse=1, contacts=old))  # 336 hours
    assert held(after, "JP", "P2") is not None
    after, events = play(observe, state({}, turn=4, pulse=2, contacts=old))
    assert after.contacts == {}
    assert [(e.rule, e.all_to) for e in events] == [("I8", ("JP",))]


def test_i9_advice_on_watching_friends_on_no_network_and_on_what_is_told_anyway() -> None:
    watch = Watch("KR", "K4", "HOME")
    (found,) = intelligence.doubt(view(state(), "KR"), Plan("KR", (watch,)))
    assert (found.rule, found.order) == ("I9", watch.id)
    (found,) = intelligence.doubt(view(state(level=1), "CN"), Plan("CN", (Jam("CN", PACT, 1),)))
    assert found.message.id == "intelligence.no_network_told"
    relay = Relay("US", key("US", "P2"), "JP")
    seen = view(state(treaty=3, contacts=sight("US", "P2", 2, 1)), "US")
    (found,) = intelligence.doubt(seen, Plan("US", (relay,)))
    assert found.message.id == "intelligence.told_anyway"


# Fixed radars, satellites, fading (I10 to I14) -------------------------------------------------------------------


def radar(**row: Any) -> dict[str, Any]:
    return {"sensors": {"radars": [{"place": "HOME", "owner": "JP", "launch_km": 100, **row}]}}


def test_i10_a_fixed_radar_watches_for_its_owner_alone_until_it_is_blind() -> None:
    seen, _ = play(observe, state(only("P2"), level=0, **radar(watch_km=900)))
    assert held(seen, "JP", "P2") is not None and held(seen, "KR", "P2") is None
    near, _ = play(observe, state(only("P2"), level=0, **radar(watch_km=100)))
    assert held(near, "JP", "P2") is None
    hurt = {"HOME": Place("JP", radar=3)}
    blind, _ = play(observe, state(only("P2"), level=0, places=hurt, **radar(watch_km=900)))
    assert held(blind, "JP", "P2") is None


def test_i11_satellites_take_their_tracks_in_turn_and_draw_for_places_not_for_what_is_there() -> None:
    tables: dict[str, Any] = {
        "sensors": {"satellites": [{"owner": "JP", "tracks": [["NOR"], ["SEA"]], "clear": 1_000_000}]}
    }
    passed = {}
    for pulse in (1, 2):
        after, events = play(observe, state(only("P2"), level=0, pulse=pulse, **tables))
        (event,) = [e for e in events if e.rule == "I11"]
        (roll,) = event.rolls
        passed[roll.key] = held(after, "JP", "P2") is not None
    assert passed == {"I11|JP|NOR": True, "I11|JP|SEA": False}
    empty = play(observe, state(only("J2"), level=0, **tables))[1]
    full = play(observe, state(only("P4", "J2"), level=0, **tables))[1]
    assert told_to(empty, "JP") == told_to(full, "JP")


@given(st.integers(1, 3), st.integers(0, 400), st.integers(0, 400))
def test_i12_fading_never_betters_a_contact_and_never_turns_back(quality: int, one: int, other: int) -> None:
    board = state().setting.board
    (row,) = sight("JP", "P2", 2, 1, quality).values()
    sooner, later = sorted((one, other))
    first, second = (faded(board, row, row.hour + h) for h in (sooner, later))
    assert row.quality >= first.quality >= second.quality >= 1
    assert faded(board, first, row.hour + later) == second
    assert (second.what == "") == (second.quality == 1 < row.quality)


def test_i13_the_owner_hears_once_and_of_its_own_radar_alone() -> None:
    hurt = {"HOME": Place("JP", radar=4)}
    before = state(only("J2"), level=3, places=hurt, **radar(launch_km=900))
    after, events = play(observe, before)
    assert [(e.rule, e.all_to) for e in events if e.subject == "HOME"] == [("I13", ("JP",))]
    _, again = play(observe, attrs.evolve(after, pulse=2))
    assert [e for e in again if e.rule == "I13"] == []


def supplied(before: State, id: str, **now: Any) -> State:
    """`before` in a game with logistics, everybody full but `id`."""
    board = attrs.evolve(before.setting.board, chapters=(*before.setting.board.chapters, "logistics"))
    rows = {k: attrs.evolve(c, supply=10_000) for k, c in before.counters.items()}
    rows[id] = attrs.evolve(rows[id], **now)
    return attrs.evolve(before, counters=rows, setting=attrs.evolve(before.setting, board=board))


def test_i15_without_supply_nothing_is_seen_and_nothing_watched() -> None:
    """K1 looks 600 km from ALLY; K4 is a search wing, sent to look at the zone itself."""
    before = state(only("K1", "P2"), level=0)
    seen = [held(play(observe, supplied(before, "K1", supply=n))[0], "KR", "P2") for n in (10_000, 0)]
    assert seen[0] is not None and seen[1] is None
    watch = Watch("KR", "K4", "NOR")
    after, events = play(observe, supplied(state(only("K4", "P2"), level=0, pulse=2), "K4", supply=0), watch)
    assert held(after, "KR", "P2") is None
    assert settled(events, watch).message.id == "intelligence.no_watch"


@pytest.mark.parametrize(("tempo", "ppm"), [(30, 150_000), (100, 500_000), (160, 800_000)])
def test_i15_a_watch_finds_launchers_by_its_tempo(tempo: int, ppm: int) -> None:
    before = supplied(state(only("K4", "P1"), level=0, pulse=2), "K4", tempo=tempo)
    luck = Luck(SEED, 2, 2, {f"I2|K4|{key('KR', 'P1')}": ALWAYS})
    _, events = play(observe, before, Watch("KR", "K4", "BELT"), luck=luck)
    (event,) = [e for e in events if e.rule == "I2"]
    assert [r.chance for r in event.rolls] == [ppm]
    assert [i.value for i in event.inputs if i.name == "find_launcher"] == [ppm]


def test_i14_a_coastal_battery_has_a_kind_of_its_own() -> None:
    board = state().setting.board
    formations = {**board.formations, "P1": attrs.evolve(board.formations["P1"], missile="")}
    assert kind(board, COUNTERS["P1"]) == "missile"
    assert kind(attrs.evolve(board, formations=formations), COUNTERS["P1"]) == "coastal"


# Laws -----------------------------------------------------------------------------------------------------------


@st.composite
def wars(draw: st.DrawFn) -> State:
    """Rivals and sensors anywhere, any levels, contacts of any seat at any quality and date."""
    places = [s.id for s in SITES]
    counters = {id: attrs.evolve(c, at=draw(st.sampled_from(places))) for id, c in COUNTERS.items()}
    contacts: dict[str, Contact] = {}
    turn, pulse = draw(st.integers(2, 5)), draw(st.integers(1, 2))
    for seat in ("JP", "KR", "US"):
        for subject in ("P1", "P2", "P3"):
            if draw(st.booleans()):
                source = draw(st.sampled_from(("JP", "KR", "US")))
                route = "own" if source == seat else draw(st.sampled_from(("relay", "hub")))
                when = (draw(st.integers(2, turn)), 1)
                quality = draw(st.integers(1, 3))
                contacts |= sight(seat, subject, *when, quality, source=source, route=route)
    level, treaty = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    outage = draw(st.booleans())
    return state(counters, level=level, treaty=treaty, outage=outage, turn=turn, pulse=pulse, contacts=contacts)


@settings(max_examples=40, deadline=None)
@given(wars(), st.sampled_from(SEATS))
def test_options_and_faults_agree(now: State, seat: str) -> None:
    ids = (*now.counters, "X")
    tried: list[Order] = [Watch(seat, id, s.id) for id in ids for s in SITES]
    tried += [Jam(seat, pact, pulse) for pact in (*now.pacts, "X") for pulse in range(4)]
    tried += [Relay(seat, k, to) for k in (*now.contacts, "X") for to in SEATS]
    assert_agree(intelligence, now, seat, tried)


@settings(max_examples=60, deadline=None)
@given(wars())
def test_a_picture_holds_no_echo_nothing_worse_and_no_secret_of_others(now: State) -> None:
    watch = Watch("KR", "K4", "NOR")
    after, events = play(observe, now, watch)
    for k, row in after.contacts.items():
        old = now.contacts.get(k)
        assert old is None or row in (old, faded(now.setting.board, old, now.hour)) or replaces(row, old)
        if old is None or row not in (old, faded(now.setting.board, old, now.hour)):
            assert row.source == row.owner or now.setting.board.same_side(row.source, row.owner)
            assert row.route != "own" or (row.source, row.hour) == (row.owner, now.hour)
            assert row.quality == 3 or row.steps == UNKNOWN
    for event in events:
        assert len(event.all_to) == 1 and event.hints == ()
        assert {fx.key.partition(".")[0] for fx in event.effects} <= set(event.all_to)


@settings(max_examples=40, deadline=None)
@given(wars())
def test_a_higher_level_never_tells_an_ally_less_of_this_pulse(now: State) -> None:
    def known(level: int) -> dict[str, tuple[int, int]]:
        pact = attrs.evolve(now.pacts[PACT], sensing=level, outage=False)
        after, _ = play(observe, attrs.evolve(now, contacts={}, pacts={**now.pacts, PACT: pact}))
        return {k: (c.hour, c.quality) for k, c in after.contacts.items() if c.owner == "JP"}

    poor, rich = known(3), known(4)
    assert poor.keys() <= rich.keys()
    assert all(rich[k] >= had for k, had in poor.items())


@settings(max_examples=40, deadline=None)
@given(wars(), st.integers(0, 100), st.integers(0, 100))
def test_what_a_staff_proposes_may_be_ordered(now: State, aggression: int, risk: int) -> None:
    for seat in SEATS:
        seen = view(now, seat)
        for proposal in intelligence.propose(seen, Temper(aggression, risk)):
            assert isinstance(proposal.order, Watch | Jam | Relay)
            assert intelligence.fault(seen, Plan(seat), proposal.order) is None
