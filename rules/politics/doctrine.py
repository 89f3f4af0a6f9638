"""What a cabinet's own staff would propose, by what a step brings and costs in its own lines of score (P6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game.core.aims import change
from game.core.ids import Seat
from game.core.levels import LEVELS, UPPER_KILL
from game.core.model import TRACK_LETTERS, Pact
from game.core.odds import PPM
from game.core.rulebook import Proposal, Temper
from game.core.view import View
from game.core.words import say
from rules.politics.tracks import FAILS_OFTEN, SENSING, Step, affordable, own_pacts, price, sits, standing, tracks

#: Lines that a track serves: measure, subject ("" for any), and percent of the line that a level is taken to save (D:
#: what the pairs of The Bridge and Sea Lane Lottery show). Sensing is reckoned from rounds; planning serves none yet.
SERVES: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "logistics": (("stock", "", 10), ("days", "", 10)),
    "patrols": (("tally", "cargo.delivered", 1), ("insurance", "", 1)),
}
#: Of missiles that the upper layer stops, percent that the lower one would have missed (D; facts C1.7).
MISSED_BELOW = 40
#: Points, a hundred of patience, that a leader spends on an ally whose shooters its tracks would cue (D).
GOODWILL = 6


def propose(view: View, temper: Temper) -> Iterator[Proposal]:
    """A step on the track whose turn it is by the calendar, so that two staffs name the same one, or on the next one
    that is worth its price: of sensing the best level, of the others a step."""
    if not sits(view.kind):
        return
    for key, pact in own_pacts(view):
        order = tracks(view.board)
        first = (view.turn - 1) % max(1, len(order))
        for track in (*order[first:], *order[:first]):
            now = standing(pact, track)
            worth = {level: net(view, pact, track, level, temper) for level in wise(view, pact, track, temper)}
            best = max((level for level, n in worth.items() if n >= 0), key=lambda n: (worth[n], n), default=now)
            if best > now:
                cost = price(view.board, view.seat, track, now, best)
                why = say("politics.why_step", pact=key, letter=TRACK_LETTERS[track], level=best, cost=cost)
                value = 60 + temper.patience // 5 + min(20, worth[best] // 250)
                yield Proposal(Step(view.seat, key, track, best), value, why, f"step.{key}")
                break


def wise(view: View, pact: Pact, track: str, temper: Temper) -> list[int]:
    """Levels above the present that the purse can pay: the next one, of sensing any. Who shuns risk stops where the
    network seldom fails."""
    now = standing(pact, track)
    paid_for = sorted(n for n in affordable(view, pact, track, view.own.capital) if n > now)
    if track != SENSING:
        return paid_for[:1]
    return [n for n in paid_for if temper.risk >= 40 or LEVELS[n].failure < FAILS_OFTEN]


def net(view: View, pact: Pact, track: str, level: int, temper: Temper) -> int:
    """What a step brings beyond its price, in thousandths of a point."""
    cost = price(view.board, view.seat, track, standing(pact, track), level)
    return gain(view, pact, track, level, temper) - paid(view, cost)


def paid(view: View, cost: int) -> int:
    """What capital spent costs by one's own lines, in thousandths of a point."""
    lines = (line for line in view.lines if line.measure == "capital" and view.seat in line.subjects)
    return -sum(change(line, view.own.capital, -cost) for line in lines)


def gain(view: View, pact: Pact, track: str, level: int, temper: Temper) -> int:
    """What a raise is taken to save by one's own lines, in thousandths of a point; without lines any is good."""
    if not view.lines:
        return 1000 * level
    now = standing(pact, track)
    if track == SENSING:
        return _sensed(view, pact, now, level, temper)
    served = 0
    for line in view.lines:
        for measure, subject, percent in SERVES.get(track, ()):
            if line.measure == measure and (not subject or subject in line.subjects):
                served += 10 * line.most * percent * (level - now)
    return served


def _sensed(view: View, pact: Pact, now: int, level: int, temper: Temper) -> int:
    """Missiles that one's own upper layer would stop beyond what it stops now, and an ally's thanks for the tracks
    that cue its own, level by level."""
    each = max((-1000 * line.per // line.unit for line in view.lines if line.measure == "leaked"), default=0)
    more = stops(level) - stops(now)
    own = upper_rounds(view, view.seat) * more * max(0, each) // PPM * MISSED_BELOW // 100
    ally = pact.partner if pact.owner == view.seat else pact.owner
    thanks = 10 * GOODWILL * temper.patience if upper_rounds(view, ally) else 0
    return own + thanks * more // max(1, stops(len(LEVELS) - 1) - stops(now))


def stops(level: int) -> int:
    """The chance, in ppm, that one round of the upper layer stops something: tracks, coordination and its kill."""
    found = LEVELS[level]
    return found.track * (PPM + found.control) // (2 * PPM) * UPPER_KILL // PPM


def upper_rounds(view: View, seat: Seat) -> int:
    """Rounds of the upper layer that a nation's counters hold; what is not known of an ally's counts one a ship."""
    board, total = view.board, 0
    for counter in view.counters.values():
        munition = board.munitions.get(board.formation(counter).system)
        if counter.owner == seat and munition is not None and munition.layer == "upper":
            total += counter.rounds if counter.rounds >= 0 else counter.steps
    return total
