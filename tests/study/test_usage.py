"""Who was given which orders, and why some were given none: held to a second count and to the games themselves."""

from __future__ import annotations

from collections import Counter as Count

import attrs

from game.core.rulebook import Temper
from game.core.view import view
from game.study.usage import Usage, usage, watch
from game.table.match import Match
from game.table.players import Doctrine
from tests.worlds import opening, rulebook


def watched(name: str, games: int) -> Usage:
    found = usage(opening(name), rulebook(name))
    assert list(watch(opening(name), rulebook(name), games, found)) == list(range(1, games + 1))
    return found


def test_orders_are_counted_as_they_were_sealed() -> None:
    name = "first_watch"
    texts = opening(name).setting.texts["seats"]
    counted: Count[tuple[str, str]] = Count()
    for seed in (1, 2):
        staffs = {s: Doctrine(texts[s].get("temper", Temper())) for s in opening(name).setting.board.seats}
        match = Match(opening(name), rulebook(name), seed, dict(staffs))
        while not match.state.over:
            counters = match.state.counters
            for _ in match.run_turn():
                if match.plans:
                    plans = dict(match.plans)
            for plan in plans.values():
                for order in plan.orders:
                    at = counters.get(order.subject)
                    counted[at.formation if at is not None else order.subject, order.VERB] += 1
    assert watched(name, 2).given == counted


def test_every_idle_counter_is_explained_by_its_games() -> None:
    found = watched("one_sky", 2)
    assert found.idle, "all are busy: look at another scenario"
    for formation in found.idle:
        why = found.why_idle(formation)
        assert not found.verbs(found.given, formation)
        if why.id == "study.idle_dear":
            assert found.verbs(found.proposed, formation)
        elif why.id in ("study.idle_unwanted", "study.idle_unbuilt", "study.idle_defends", "study.idle_on_duty"):
            assert found.verbs(found.open, formation) and not found.verbs(found.proposed, formation)
        else:
            assert not found.verbs(found.open, formation)


def test_what_is_open_is_what_the_rulebook_offers() -> None:
    name = "first_watch"
    found = watched(name, 1)
    seen = view(opening(name), "JP")
    for template in rulebook(name).options(seen):
        if template.subject in seen.mine:
            assert found.open[seen.mine[template.subject].formation, template.order.VERB]


def test_a_counter_whose_nation_nobody_plays_says_so() -> None:
    found = watched("first_watch", 1)
    alone = attrs.evolve(found, seats=())
    assert {alone.why_idle(f).id for f in alone.formations} == {"study.idle_no_seat"}


def test_what_has_no_chapter_yet_says_so_and_an_unused_class_is_counted() -> None:
    found = watched("week_one", 1)
    assert {"K13", "C17", "P09"} <= set(found.idle)
    for formation, task in (("K13", "ground"), ("C17", "landing"), ("P09", "rear")):
        why = found.why_idle(formation)
        assert (why.id, dict(why.values)["task"]) == ("study.idle_unbuilt", task)
    built = attrs.evolve(found, chapters=(*found.chapters, "fronts"))
    assert built.why_idle("K13").id == "study.idle_unwanted"
    for verb in found.unused:
        could = sum(n for (_, v), n in found.open.items() if v == verb)
        assert (found.why_unused(verb).id == "study.unused_closed") == (could == 0)


def test_who_stands_on_a_duty_or_shoots_untold_is_not_called_useless() -> None:
    found = watched("week_one", 1)
    stands = opening("week_one").parts["patrols.duties"]
    for formation, duty in (("J06", "barrier"), ("J04", "escort"), ("K04", "escort")):
        assert stands[formation].what == duty and formation in found.idle
        why = found.why_idle(formation)
        assert (why.id, dict(why.values)["duty"]) == ("study.idle_on_duty", duty)
    assert found.why_idle("U14").id == "study.idle_defends"
    assert "sweep" in found.unused and found.why_unused("sweep").id == "study.unused_standing"


def test_tankers_and_carriers_that_serve_others_are_busy() -> None:
    found = watched("the_bridge", 1)
    assert found.served["U17", "lift"] and not found.verbs(found.given, "U17")
    assert "U17" not in found.idle


def test_a_class_that_nobody_could_order_names_the_phases_that_are_missing() -> None:
    found = watched("the_bridge", 1)
    why = found.why_unused("offer")
    assert why.id == "study.unused_phase" and "planning.strike" in str(dict(why.values)["phases"])
    assert found.why_unused("callup").id == "study.unused_closed"
