"""What the staff shows beside a plan: the estimates' own odds as bars, what is feared, and how far all reaches."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from game.core.luck import Luck
from game.core.model import Contact, State
from game.core.odds import PPM, TOTAL, Odds, weigh
from game.core.orders import Book, Plan
from game.core.staff import BARS, LAYERS, Bars, Forecast, bars
from game.core.turn import legal_answer
from game.core.view import View, view
from rules.missile_defense import alarm
from rules.missile_defense.doctrine import FEARED_MOST
from rules.missile_defense.estimate import Estimate, feared, planned
from rules.missile_defense.forecast import SHOWN, fears
from rules.missile_defense.standing import standing
from rules.missile_defense.tables import WARNINGS, Alert, Cue, Defend, Raid
from tests.laws.fog import difference, scrambled
from tests.worlds import World, examples, opening, plan, rulebook, seats, states

# Bars -----------------------------------------------------------------------------------------------------------


def held(label: str) -> tuple[int, int]:
    """The numbers that a bar stands for, lowest and highest."""
    low, _, high = label.removesuffix("+").partition("-")
    return int(low), 10**9 if label.endswith("+") else int(high or low)


def agree(shown: Bars, odds: Odds[int]) -> None:
    assert sum(ppm for _, ppm in shown) == PPM
    assert 0 < len(shown) <= BARS
    spans = [held(label) for label, _ in shown]
    assert spans == sorted(spans, reverse=True)
    for (low, high), (_, ppm) in zip(spans, shown, strict=True):
        inside = sum(w for n, w in zip(odds.outcomes, odds.weights, strict=True) if low <= n <= high)
        assert ppm > 0 and abs(ppm * TOTAL - inside * PPM) <= TOTAL


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=80).filter(any))
def test_bars_hold_all_of_the_odds(weights: list[int]) -> None:
    total = sum(weights)
    odds = weigh(range(len(weights) - 1, -1, -1), [w / total for w in weights])
    shown = bars(odds)
    agree(shown, odds)
    alone = [label for label, _ in shown if label.isdigit()]
    assert len(alone) >= min(BARS - 2, sum(n > 0 for n in weights) // 2)


def test_few_outcomes_are_bars_as_they_are() -> None:
    assert bars(weigh((2, 1, 0), (0.25, 0.25, 0.5))) == (("2", 250_000), ("1", 250_000), ("0", 500_000))


def test_the_tails_are_pooled_and_say_so() -> None:
    even = weigh(range(39, -1, -1), [1 / 40] * 40)
    shown = bars(even)
    assert len(shown) == BARS - 1  # the worst run is as good as any: no tail above it
    assert shown[0] == ("39", 25_000) and shown[-1] == ("0-17", 450_000)
    middle = bars(weigh(range(39, -1, -1), [0.001] * 10 + [0.98 / 20] * 20 + [0.001] * 10))
    assert middle[0][0] == "28+" or middle[0][0].endswith("+")
    assert middle[-1][0].startswith("0-")


# Forecasts ------------------------------------------------------------------------------------------------------


def same(shown: Forecast, estimate: Estimate) -> None:
    agree(shown.odds, estimate.leakers)
    agree(shown.spent, estimate.spent)
    assert (shown.mean_millis, shown.spent_mean_millis) == (estimate.leakers_millis, estimate.spent_millis)
    assert shown.inputs == estimate.inputs and set(shown.assumed) <= {*estimate.assumed}


def of_raids(found: tuple[Forecast, ...]) -> list[Forecast]:
    return [f for f in found if f.title.id == "missile_defense.forecast_raid"]


def of_fears(found: tuple[Forecast, ...]) -> list[Forecast]:
    return [f for f in found if f.title.id == "missile_defense.forecast_feared"]


@examples(12)
@given(states())
def test_forecasts_are_the_estimates_of_the_plan(world: World) -> None:
    for seat in seats(world.state):
        seen, made = view(world.state, seat), plan(world, seat)
        found = world.rules.forecasts(seen, made)
        raids = [o for o in made.orders if isinstance(o, Raid)]
        assert [(f.subject, f.place) for f in of_raids(found)] == [(o.subject, o.target) for o in raids]
        for shown, order in zip(of_raids(found), raids, strict=True):
            estimate = planned(seen, order)
            assert estimate is not None
            same(shown, estimate)
        feared_at = {f.place: f for f in fears(seen)}
        dread = [f.mean_millis * feared_at[f.place].worth for f in of_fears(found)]
        assert dread == sorted(dread, reverse=True) and len(dread) <= SHOWN
        for shown in of_fears(found):
            same(shown, feared(seen, made, shown.place, dict(feared_at[shown.place].counts)))


@examples(12)
@given(states())
def test_what_is_feared_is_ones_own_and_no_larger_than_a_staff_plans_for(world: World) -> None:
    for seat in seats(world.state):
        seen = view(world.state, seat)
        stood = {c.at for c in seen.mine.values()}
        for fear in fears(seen):
            assert seen.places[fear.place].owner == seat or fear.place in stood
            assert not seen.board.same_side(seat, fear.nation)
            assert 0 < sum(n for _, n in fear.counts) == fear.size <= FEARED_MOST
            if fear.contact:
                assert seen.contacts[fear.contact].at == fear.origin


def japan(name: str = "first_watch", turn: int = 1) -> View:
    return view(attrs.evolve(opening(name), turn=turn), "JP")


def test_on_the_first_watch_japan_fears_the_brigade_at_wonsan() -> None:
    seen = japan()
    first = rulebook("first_watch").forecasts(seen, Plan("JP"))[0]
    assert first.place == "JIWA"
    said = first.lines[0].as_dict()
    assert (said["place"], said["nation"], said["munition"]) == ("PWON", "KP", "nodong")
    assert first.lines[1].as_dict() == {"level": "L4", "failure": 80_000}


def test_who_was_seen_is_feared_before_who_is_near() -> None:
    state = attrs.evolve(opening("one_sky"), turn=2)
    near = {f.place: f for f in fears(view(state, "JP"))}["JIWA"]
    assert (near.nation, near.contact) == ("KP", "")
    contact = Contact("JP", "C02", "CN", "missile", "CB61", quality=2, hour=1, turn=1, pulse=1, source="JP")
    seen = view(attrs.evolve(state, contacts={"JP.ABCDEF": contact}), "JP")
    far = {f.place: f for f in fears(seen)}["JIWA"]
    assert (far.nation, far.contact, far.origin) == ("CN", "JP.ABCDEF", "CB61")
    first = rulebook("one_sky").forecasts(seen, Plan("JP"))[0]
    assert first.lines[0].as_dict()["date"] == "1a"
    threats = [r for r in rulebook("one_sky").rings(seen) if r.layer == "threat"]
    assert [(r.place, r.seat, r.source) for r in threats] == [("CB61", "CN", "JP.ABCDEF")]


def test_a_reserve_that_stays_in_the_tubes_lets_more_through() -> None:
    seen = japan()
    rules = rulebook("first_watch")
    kept = tuple(Defend("JP", id, "all", "shoot_shoot", c.rounds) for id, c in seen.mine.items() if c.rounds)
    open_fire = {f.place: f for f in rules.forecasts(seen, Plan("JP"))}
    held_back = {f.place: f for f in rules.forecasts(seen, Plan("JP", kept))}
    assert held_back["JIWA"].mean_millis > open_fire["JIWA"].mean_millis
    assert held_back["JIWA"].spent == (("0", PPM),)


def test_a_raid_on_a_place_that_is_not_there_has_no_forecast() -> None:
    seen = view(opening("first_watch"), "KP")
    assert not of_raids(rulebook("first_watch").forecasts(seen, Plan("KP", (Raid("KP", "P03", "XXXX", 4, "port"),))))


@examples(10)
@given(states())
def test_forecasts_and_rings_are_the_same_whatever_else_is_true(world: World) -> None:
    for seat in seats(world.state):
        made = plan(world, seat)
        shown = []
        for state in (world.state, scrambled(world.state, seat)):
            seen = view(state, seat)
            rules = world.rules
            shown.append((rules.forecasts(seen, made), rules.rings(seen), rules.standing(seen)))
        assert not difference(shown[0], shown[1]), seat


# Rings ----------------------------------------------------------------------------------------------------------


@given(states())
def test_rings_stand_where_the_seat_knows_something_to_be(world: World) -> None:
    for seat in seats(world.state):
        seen = view(world.state, seat)
        for ring in world.rules.rings(seen):
            assert ring.layer in LAYERS and ring.km > 0 and ring.place in seen.places
            if ring.layer == "threat":
                contact = seen.contacts[ring.source]
                assert (contact.at, contact.nation, contact.what) == (ring.place, ring.seat, "missile")
            elif ring.layer == "defense":
                assert seen.mine[ring.source].at == ring.place and ring.seat == seat
            else:
                assert ring.seat == seat or seen.board.same_side(seat, ring.seat)


def test_nobody_sees_a_threat_ring_before_anything_was_seen() -> None:
    for name in ("one_sky", "first_watch"):
        state = attrs.evolve(opening(name), turn=2)
        for seat in seats(state):
            assert not [r for r in rulebook(name).rings(view(state, seat)) if r.layer == "threat"]


def at_level(state: State, level: int) -> State:
    pact = attrs.evolve(state.pacts["JP-KR"], sensing=level)
    return attrs.evolve(state, pacts={**state.pacts, "JP-KR": pact})


def test_an_allys_sensors_show_from_the_first_level_that_passes_anything() -> None:
    rules = rulebook("one_sky")
    for level, route in enumerate(("", "liaison", "hub", "real_time", "fire_control")):
        seen = view(at_level(opening("one_sky"), level), "JP")
        korean = [r for r in rules.rings(seen) if r.layer == "detection" and r.seat == "KR"]
        assert {r.label.as_dict()["route"] for r in korean} == ({route} if route else set())
        assert any(r.seat == "JP" and r.layer == "detection" for r in rules.rings(seen))


def test_a_bystanders_radar_shows_by_its_pact_and_not_when_it_is_hurt() -> None:
    state = opening("first_watch")
    rules = rulebook("first_watch")
    assert ("KSEJ", 900) in [(r.place, r.km) for r in rules.rings(view(state, "JP"))]
    assert not [r for r in rules.rings(view(at_level(state, 0), "JP")) if r.place == "KSEJ"]
    hurt = attrs.evolve(state, places={**state.places, "KSEJ": attrs.evolve(state.places["KSEJ"], radar=3)})
    assert not [r for r in rules.rings(view(hurt, "JP")) if r.place == "KSEJ"]
    assert not [r for r in rules.rings(view(state, "KP")) if r.seat in ("JP", "KR")]


def test_a_battery_without_rounds_covers_nothing() -> None:
    state = opening("first_watch")
    rules = rulebook("first_watch")
    full = {r.source for r in rules.rings(view(state, "JP")) if r.layer == "defense"}
    assert full == {"J02", "J11"}
    empty = attrs.evolve(state, counters={**state.counters, "J11": attrs.evolve(state.counters["J11"], rounds=0)})
    assert {r.source for r in rules.rings(view(empty, "JP")) if r.layer == "defense"} == {"J02"}


# Standing answers -----------------------------------------------------------------------------------------------


@given(states())
def test_what_may_stand_is_what_the_best_warning_offers(world: World) -> None:
    for seat in seats(world.state):
        seen = view(world.state, seat)
        found = list(standing(seen))
        assert bool(found) == ("missile_defense.alarm" in seen.kind.pulse)
        for form in found:
            assert form.order is Alert
            assert set(form.domain("ask")) == {"", *alarm.shooters_to_ask(world.state, seat)}
            assert set(form.domain("first")) == {"", *alarm.own_places(world.state, seat)}
            for answer in (form.fill(), *(form.fill(first=p) for p in form.domain("first"))):
                assert not world.rules.faults(seen, Plan(seat, standing=(answer,)))


def test_a_standing_answer_that_asks_too_much_is_doubted_and_not_given_on_a_bare_warning() -> None:
    seen, rules = japan(), rulebook("first_watch")
    (form,) = standing(seen)
    plain, greedy = form.fill(flush=True), form.fill(flush=True, first="JIWA")
    assert not rules.doubts(seen, Plan("JP", standing=(plain,)))
    assert [d.order for d in rules.doubts(seen, Plan("JP", standing=(greedy,)))] == [greedy.id]
    for quality, answers in ((1, (True, False)), (2, (True, True))):
        cue = Cue("JP", "P03>JIWA", "PWON", "JIWA" if quality > 1 else "", -1, "", quality, "KR", "liaison")
        state = attrs.evolve(opening("first_watch"), pulse=1, parts={WARNINGS: {"JP.ABCDEF": cue}})
        (question,) = alarm.ask(state, Book({}), Luck(1))
        given_on = tuple(legal_answer(question, attrs.evolve(a, subject="alarm")) for a in (plain, greedy))
        assert given_on == answers
