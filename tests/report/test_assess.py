"""An assessment: the same figures as the result, turning points that turn, and questions that are answered."""

from __future__ import annotations

import attrs
import pytest

from game.core.apply import apply
from game.core.turn import Step
from game.report.assess import assess, key_questions, seat_score, turning_points
from game.report.film import TRUTH
from game.report.result import result
from game.report.timeline import Reel
from game.words import text
from rules.assessment import total
from tests.report.games import GAMES, Game, game
from tests.worlds import pack


@pytest.fixture(params=GAMES, ids=lambda g: "-".join(map(str, g)))
def played(request: pytest.FixtureRequest) -> Game:
    return game(*request.param)


def test_scores_are_those_of_the_result(played: Game) -> None:
    found = assess(played.reel, played.setting, TRUTH, played.rules)
    assert found.over
    wanted = result(played.reel.last, 0, {}, None)["seats"]
    assert [s.seat for s in found.seats] == list(wanted)
    for score in found.seats:
        mine = wanted[score.seat]
        assert (score.points, score.most, score.losses) == (mine["points"], mine["most"], mine["losses"])
        assert {line.id: (line.points, line.n) for line in score.lines} == {
            id: (line["points"], line["measure"]) for id, line in mine["lines"].items()
        }
        assert sum(score.rounds.values()) == sum(mine["rounds"].values())
        assert sum(score.missiles.values()) == sum(mine["missiles"].values())


def test_every_line_has_its_reasons_and_opens(played: Game) -> None:
    for seat in played.seats:
        score = seat_score(played.reel, seat)
        named = {frame.name: frame for frame in played.reel.frames(seat)}
        assert named[score.name].message.as_dict()["points"] == score.points
        for line in score.lines:
            values = {given.name: given.value for given in line.reasons}
            assert values == {f"{line.id}.{line.measure}": line.n, f"{line.id}.points": line.points}


def test_while_the_game_lasts_a_seat_reads_its_own_lines_alone(played: Game) -> None:
    reel = Reel.joined(played.turns()[:2])
    for seat in played.seats:
        found = assess(reel, played.setting, seat, played.rules)
        assert not found.over and not found.turning
        assert [s.seat for s in found.seats] == [seat] and {s.seat for s in found.series} <= {seat}


def step_of(played: Game, name: str) -> tuple[Step, int]:
    for moment in played.reel.moments:
        for step in moment.steps:
            for n, event in enumerate(step.events):
                if step.id(event) == name:
                    return step, n
    raise AssertionError(name)


def test_turning_points_move_what_they_say(played: Game) -> None:
    """Scored again by the chapter's own sums, with and without the event."""
    found = turning_points(played.reel, played.rules)
    assert found and [p.swing for p in found] == sorted((p.swing for p in found), reverse=True)
    for point in found:
        step, n = step_of(played, point.frame.name)
        without = apply(step.before, (*step.events[:n], *step.events[n + 1 :]))
        moved = {seat: total(step.after, seat) - total(without, seat) for seat in played.seats}
        assert dict(point.moved) == {seat: by for seat, by in moved.items() if by}
        assert point.swing == sum(map(abs, moved.values())) > 0


def test_every_key_question_has_the_events_of_its_rules(played: Game) -> None:
    events = [e for m in played.reel.moments for step in m.steps for e in step.events]
    places = {q["id"]: set(q["at"]) for q in played.setting.texts["questions"]}
    for asked in key_questions(played.reel, played.setting, TRUTH):
        at = places[asked.id]
        named = [e for e in events if not at or at & {v for _, v in e.message.values}]
        assert [f.event for f in asked.frames] == [e for e in named if e.rule in asked.rules]
        assert sorted(f.name for f in asked.best) == sorted(f.name for f in asked.frames)


@pytest.mark.parametrize("name", sorted({name for name, _, _ in GAMES}))
def test_every_key_question_is_answered_in_some_game(name: str) -> None:
    played = [game(*each) for each in GAMES if each[0] == name]
    answered = {q.id for g in played for q in key_questions(g.reel, g.setting, TRUTH) if q.frames}
    assert answered == {asked["id"] for asked in pack(name)[0].texts["questions"]}


def test_series_end_where_the_game_ended(played: Game) -> None:
    found = assess(played.reel, played.setting, TRUTH, played.rules)
    last = len(played.setting.calendar)
    for score in found.seats:
        mine = [s for s in found.series if s.seat == score.seat]
        assert mine[0].values[-1] == (last, score.points) and mine[0].most == score.most
        left = {str(s.title.as_dict()["what"]): s.values for s in mine if s.title.id == "ui_film.rounds_left"}
        for what, values in left.items():
            assert [turn for turn, _ in values] == list(range(last + 1))
            assert values[-1][1] == score.rounds[what]
            opening = attrs.evolve(played.reel.moments[0])
            assert values[0][1] == seat_score(Reel((opening,)), score.seat).rounds[what]
        for line in mine:
            assert not text(line.title, "en", played.speech.names).startswith("ui_film")
