"""The film: what it shows and when, how it is run by hand, what stops it, and whom it shows what."""

from __future__ import annotations

import pytest

from game.report.film import PUBLIC, Frame
from game.table.places import Place
from game.ui.screens.brief import BriefScreen
from game.ui.screens.film import FilmScreen
from game.ui.screens.film_effects import BUSY, KINDS, effects
from game.ui.screens.film_reel import FilmReel, blended
from game.ui.screens.handoff import HandoffScreen
from game.ui.widgets import Label, Rows, Steps
from tests.report.games import GAMES, game
from tests.ui.driver import Driver
from tests.ui.turns import ROOMS, overlaps, seal_all, table, until_alarm, until_over, watching


def film(hand: Driver) -> FilmScreen:
    assert isinstance(hand.screen, FilmScreen)
    return hand.screen


def test_a_person_alone_watches_with_its_own_eyes_and_the_alarm_stops_it() -> None:
    at = table("first_watch", ("JP",))
    hand = watching(at)
    assert film(hand).reel.eyes == "JP"
    until_alarm(hand)
    hand.key("Enter")
    again = film(hand)
    assert again.reel.at >= 0, "the film goes on where it stopped"
    told = [shown.frame.message.id for shown in until_over(hand).reel.shown]
    assert "missile_defense.warning3" in told and "missile_defense.engaged" in told
    assert at.sitting.place is Place.BETWEEN
    hand.key("Enter")
    assert isinstance(hand.screen, BriefScreen)


def test_several_at_the_table_see_what_everybody_hears_and_no_counter() -> None:
    at = table("one_sky", ("JP", "KR"))
    hand = watching(at)
    done = until_over(hand)
    assert done.reel.eyes == PUBLIC
    assert [s.frame.message.id for s in done.reel.shown] == ["ui_film.wire_announced"]
    assert not any(s.after.counters or s.after.contacts for s in done.reel.shown)
    words = hand.widget("next")
    assert "Japan" in getattr(words, "text", "")
    hand.click("next")
    assert isinstance(hand.screen, HandoffScreen)


def test_stepping_pausing_and_speed_by_mouse_and_by_keys() -> None:
    hand = watching(table("first_watch", ("JP",)))
    until_alarm(hand)
    hand.key("Enter")
    done = until_over(hand)
    last = len(done.reel.shown) - 1
    assert done.reel.at == last and not done.playing
    hand.click("back")
    hand.key(",")
    assert done.reel.at == last - 2
    hand.key(".")
    hand.click("forward")
    assert done.reel.at == last
    hand.click("track")
    assert 0 < done.reel.at < last
    hand.click("speed", 4)
    assert done.speed == 4
    hand.key("Shift+1")
    assert done.speed == 1
    here = done.reel.at
    hand.key("Space")
    assert done.playing
    hand.wait(12_000, 50)
    assert done.reel.at > here
    hand.key("Space")
    here = done.reel.at
    hand.wait(12_000, 50)
    assert done.reel.at == here, "held, it stands"


def test_faster_is_shorter() -> None:
    def frames_in(speed: int) -> int:
        hand = watching(table("first_watch", ("JP",)))
        until_alarm(hand)
        hand.key("Enter")
        done = until_over(hand)
        done.speed = speed
        done.again()
        hand.wait(6_000, 50)
        return done.reel.at

    assert frames_in(4) > frames_in(1)


def test_a_summary_leads_back_into_the_film() -> None:
    hand = watching(table("first_watch", ("JP",)))
    until_alarm(hand)
    hand.key("Enter")
    done = until_over(hand)
    rows = hand.widget("summary.lines")
    assert isinstance(rows, Rows) and rows.items
    hand.click("summary.lines", rows.items[0].value)
    assert done.reel.at == rows.items[0].value
    assert "card" in hand.ids() and "summary" not in hand.ids()


def test_why_opens_the_sum_over_the_film_and_closes() -> None:
    hand = watching(table("first_watch", ("JP",)))
    until_alarm(hand)
    hand.key("Enter")
    done = until_over(hand)
    n = next(n for n, s in enumerate(done.reel.shown) if s.frame.message.id == "missile_defense.engaged")
    done.show(n)
    hand.wait(16)
    hand.key("W")
    texts = "\n".join(hand.texts())
    roll = done.reel.shown[n].frame.told
    assert roll is not None
    assert f"Drawn: {roll.rolls[0].result}" in texts, "the draw in words"
    assert "THE RULE, MD7" in texts and "Chance that a round kills" in texts
    hand.key("Esc")
    assert "why.panel" not in hand.ids()


def test_a_seat_watches_its_own_film_from_its_brief() -> None:
    at = table("one_sky", ("JP", "KR"))
    hand = watching(at)
    until_over(hand)
    at.sitting.next_turn(hand.now)
    at.sitting.reveal("JP", "", hand.now)
    at.next(hand.app)
    hand.wait(16)
    hand.key("F")
    assert film(hand).reel.eyes == "JP" and len(film(hand).reel.shown) > 1
    hand.key("Esc")
    assert isinstance(hand.screen, BriefScreen)


@pytest.mark.parametrize(("name", "player", "seed"), GAMES)
def test_a_film_of_beats_is_the_films_of_the_reel_and_ends_in_the_seats_picture(
    name: str, player: str, seed: int
) -> None:
    from game.core.view import view
    from game.table.beats import beat

    played = game(name, player, seed)
    for seat in played.seats:
        for opening, steps in played.turns():
            beats = [beat(step, seat, view(step.after, seat)) for step in steps]
            reel = FilmReel.of(seat, opening.turn, view(opening, seat), beats)
            told = [f for m, fs in zip(played.reel.moments, played.reel.film(seat), strict=True) for f in fs]
            wanted = [f.message for f in told if f.turn == opening.turn]
            assert [s.frame.message for s in reel.shown] == wanted
            if beats:
                assert reel.last == beats[-1].view
            for one, other in zip(reel.shown, reel.shown[1:], strict=False):
                assert one.after.counters.keys() <= one.before.counters.keys() | reel.last.counters.keys()
                assert other.before.seat == seat


def test_a_counter_moves_when_the_film_says_so() -> None:
    """Of two that moved in one phase, the one named is where it went, and the other where it was."""
    from game.core.view import view

    played = game("one_sky", "random", 40)
    found = 0
    for step in (step for _, steps in played.turns() for step in steps):
        for seat in step.before.nations:
            before, after = view(step.before, seat), view(step.after, seat)
            moved = [c for c, row in after.mine.items() if c in before.mine and before.mine[c].at != row.at]
            if len(moved) < 2:
                continue
            found += 1
            mixed = blended(before, after, frozenset(moved[:1]))
            assert mixed.mine[moved[0]].at == after.mine[moved[0]].at
            assert mixed.mine[moved[1]].at == before.mine[moved[1]].at
            assert blended(before, after, frozenset()).counters == before.counters
    assert found, "a game in which two counters of one seat move at once"


def test_sights_pass_and_are_gone() -> None:
    played = game("first_watch", "doctrine", 1)
    frames: list[Frame] = [f for f in played.reel.frames("JP") if f.kind in KINDS and f.places]
    from game.core.view import view

    seen = view(played.reel.last, "JP")
    kinds = {e.kind for f in frames for n in range(10) for e in effects(f, seen, n / 10 * BUSY)}
    assert {"raid", "intercept", "burst", "pulse"} <= kinds
    for frame in frames:
        assert not effects(frame, seen, 1.0)
        assert all(0 <= e.t <= 1 for n in range(50) for e in effects(frame, seen, n / 50))


def test_the_strip_tells_the_phase() -> None:
    hand = watching(table("first_watch", ("JP",)))
    until_alarm(hand)
    hand.key("Enter")
    done = until_over(hand)
    done.show(next(n for n, s in enumerate(done.reel.shown) if s.frame.phase == "missile_defense.engage"))
    hand.wait(16)
    strip = hand.widget("phases")
    assert isinstance(strip, Steps) and strip.items[strip.value] == "Raids"
    assert isinstance(hand.widget("bar.whose"), Label)


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_nothing_of_the_film_lies_over_anything_else(room: object) -> None:
    at = table("first_watch", ("JP",))
    hand = watching(at, (1920, 1080))
    until_alarm(hand)
    hand.key("Enter")
    done = until_over(hand)
    assert not list(overlaps(done, room))  # type: ignore[arg-type]
    for n in range(len(done.reel.shown)):
        done.show(n)
        assert not list(overlaps(done, room)), n  # type: ignore[arg-type]
        done.open_why()
        assert not list(overlaps(done, room)), f"why {n}"  # type: ignore[arg-type]
        done.why = None


def test_a_film_is_never_shown_to_other_eyes() -> None:
    at = table("first_watch", ("JP",))
    hand = watching(at)
    until_alarm(hand)
    kept = at.film
    assert isinstance(kept, FilmReel) and kept.eyes == "JP"
    kept.eyes = "KP"
    hand.key("Enter")
    assert film(hand).reel is not kept and film(hand).reel.eyes == "JP"
    seal_all(at, hand.now)
