"""An event opened on a screen says what `log --why` says, no more and no less."""

from __future__ import annotations

import pytest

from game.report.film import PUBLIC, TRUTH
from game.report.log import PUBLIC as LOG_PUBLIC
from game.report.log import why
from game.report.opened import opened_for, opened_lines, told_lines
from tests.report.games import GAMES, Game, game


@pytest.fixture(params=GAMES, ids=lambda g: "-".join(map(str, g)))
def played(request: pytest.FixtureRequest) -> Game:
    return game(*request.param)


def joined(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def test_the_tree_holds_what_the_logs_why_prints(played: Game) -> None:
    for eyes in (*played.seats, PUBLIC, TRUTH):
        for frame in played.reel.frames(eyes):
            if not frame.opens or frame.told is None:
                continue
            found = opened_for(frame.told, played.speech, frame.event)
            lines = [line for _, line in opened_lines(found, played.speech)]
            if frame.event is not None:
                lines += [line for _, line in told_lines(frame.event, found, played.speech)]
            printed = list(why(played.saved, played.speech, LOG_PUBLIC if eyes == PUBLIC else eyes, frame.name))
            assert joined([frame.date, frame.told.rule, *lines]) == joined(printed), (eyes, frame.name)


def test_effects_draws_names_and_audience_are_for_the_truth_alone(played: Game) -> None:
    for seat in played.seats:
        for frame in played.reel.frames(seat):
            assert frame.told is not None
            found = opened_for(frame.told, played.speech, frame.event)
            assert (found.effects, found.whole, found.hinted) == ((), (), ())
            assert not any(roll.key in draw.number for roll in frame.told.rolls for draw in found.draws)


def test_every_draw_marks_the_one_outcome_that_came(played: Game) -> None:
    seen = 0
    for frame in played.reel.frames(TRUTH):
        assert frame.told is not None
        for draw in opened_for(frame.told, played.speech, frame.event).draws:
            seen += 1
            (drawn,) = (chance for chance in draw.chances if chance.drawn)
            assert (drawn.label, drawn.ppm) == (draw.result, draw.chance)
            assert sum(chance.ppm for chance in draw.chances) <= 1_000_000 + len(draw.chances)
    assert seen


def test_a_terms_words_are_its_line_without_the_source(played: Game) -> None:
    for frame in played.reel.frames(TRUTH):
        assert frame.told is not None
        for term, given in zip(opened_for(frame.told, played.speech).inputs, frame.told.inputs, strict=True):
            assert term.line == (f"{term.words} ({term.source})" if given.source else term.words)
            assert term.value == given.value
