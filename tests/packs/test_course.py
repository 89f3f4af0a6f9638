"""What a shipped scenario promises people is there in play: questions with answers, seats with all they need."""

from __future__ import annotations

import re
from functools import cache

import pytest

from game.__main__ import chapters
from game.core.events import Event
from game.core.model import State
from game.core.rulebook import Rulebook
from game.io.library import find, scenarios
from game.study.run import opening
from game.table.match import Match, Stage
from game.table.players import Doctrine
from tests.packs.b2_notation import rows as table

NAMES = sorted(entry.id for entry in scenarios())
#: Games in which every rule that a question is bound to must be heard of.
SEEDS = (1, 2, 3, 4)


@cache
def opened(name: str) -> tuple[State, Rulebook]:
    return opening(chapters, str(find(name)))


@cache
def events(name: str, seed: int) -> tuple[Event, ...]:
    """All events of a game between computer players."""
    state, rulebook = opened(name)
    seats = state.setting.texts["seats"]
    match = Match(state, rulebook, seed, {s: Doctrine(seats[s]["temper"]) for s in state.setting.board.seats})
    out: list[Event] = []
    while match.stage is not Stage.OVER:
        out += [event for step in match.play_turn() for event in step.events]
    return tuple(out)


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_of_a_key_question_has_events_in_play(name: str) -> None:
    texts = opened(name)[0].setting.texts
    silent = {(q["id"], rule) for q in texts["questions"] for rule in q["rules"]}
    for seed in SEEDS:
        heard = {event.rule for event in events(name, seed)}
        silent = {(id, rule) for id, rule in silent if rule not in heard}
        if not silent:
            return
    assert not silent


@pytest.mark.parametrize("name", NAMES)
def test_a_question_about_places_has_answers_there(name: str) -> None:
    for asked in opened(name)[0].setting.texts["questions"]:
        found = [
            event
            for seed in SEEDS
            for event in events(name, seed)
            if event.rule in asked["rules"]
            and (not asked["at"] or any(value in asked["at"] for _, value in event.message.values))
        ]
        assert found, asked["id"]


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_tells_people_all_they_need(name: str) -> None:
    """Purpose, key questions, a one-page brief and a victory statement for each seat, length, pauses to discuss."""
    setting = opened(name)[0].setting
    texts = setting.texts
    assert texts["purpose"] and texts["questions"] and texts["hold"] and texts["minutes"]
    for seat in setting.board.seats:
        brief = texts["seats"][seat]["brief"]
        assert texts["seats"][seat]["victory"]
        assert 20 <= len(brief.split()) <= 320, f"{seat}: a page and no more"


#: British spellings that slip in, and disputed places by one name alone (game.md §8).
BRITISH = re.compile(
    r"\b\w*(?:defence|theatre\b(?!\.)|neighbour|centre|colour|programme|favour|metre|organis|analys[ei]d)\w*", re.I
)
DISPUTED = {"Sea of Japan": "East Sea", "Dokdo": "Takeshima", "Senkaku": "Diaoyu"}


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_american_and_name_disputed_places_both_ways(name: str) -> None:
    texts = opened(name)[0].setting.texts
    seats = [text for seat in texts["seats"].values() for text in (seat["brief"], seat["victory"])]
    asked = [item["text"] for key in ("questions", "hold") for item in texts[key]]
    for text in (texts["title"], texts["purpose"], *seats, *asked):
        assert not BRITISH.search(text), text
        for one, other in DISPUTED.items():
            assert (one in text) <= (other in text) and (other in text) <= (one in text), text


def test_week_one_plays_all_ninety_counters_of_the_facts() -> None:
    """Facts B2, by the table itself: each is in play with all its steps, in one counter or in parts."""
    steps = {id: int(row["steps"]) for id, row in table("b2.csv").items()}
    assert len(steps) == 90
    counters = opened("week_one")[0].counters.values()
    assert {id: sum(c.steps for c in counters if c.formation == id) for id in steps} == steps
    assert opened("week_one")[0].setting.board.seats == ("CN", "JP", "KP", "KR", "TW", "US")
