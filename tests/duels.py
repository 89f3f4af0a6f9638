"""Is the staff's doctrine worth having? `python -m tests.duels [SCENARIO] [--games 200] [--first 1] [--seat US]`.

Each seat is played by doctrine in one game and by an idle or a random player in its twin: the same seed, so the same
luck, and doctrine in all other seats. Which of the two brings the seat the higher score of its own? Ties are told
apart. The share is of all games, with its 95 % interval (Wilson). What was tuned on some seeds is judged on others:
`--first 101` plays 101, 102 and on. `--hold` takes out the choice under test: nobody steps along a track, so that the
verdict is the staff's and not the choice's.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping

import attrs

from game.core.ids import Seat
from game.core.luck import Luck
from game.core.orders import Order, Plan
from game.core.rulebook import Question, Rulebook, Temper
from game.core.view import View
from game.study.pairs import share_between
from game.table.match import Match
from game.table.players import Player, players
from rules.assessment import total
from tests.worlds import SCENARIOS, opening, rulebook, seats

RIVALS = ("idle", "random")


@attrs.frozen
class Duel:
    """How many of the games doctrine won for its seat, and in how many both came to the same score."""

    seat: Seat
    against: str
    games: int
    won: int
    tied: int

    def __str__(self) -> str:
        low, high = (ppm // 10_000 for ppm in share_between(self.won, self.games))
        lost = self.games - self.won - self.tied
        share = 100 * self.won // self.games
        return (
            f"{self.seat} against {self.against:<6}  {share:>3} %  ({low} to {high})   {self.tied} tied, {lost} lost"
        )


@attrs.frozen
class Held:
    """A player that steps along no track."""

    inner: Player

    def plan(self, view: View, rulebook: Rulebook, luck: Luck) -> Plan:
        plan = self.inner.plan(view, rulebook, luck)
        return attrs.evolve(plan, orders=tuple(o for o in plan.orders if o.VERB != "step"))

    def answer(self, view: View, question: Question, rulebook: Rulebook, luck: Luck) -> Order | None:
        return self.inner.answer(view, question, rulebook, luck)


def duels(
    name: str, seeds: range, chosen: tuple[Seat, ...], against: tuple[str, ...], hold: bool = False
) -> list[Duel]:
    own = {seed: _played(name, seed, {}, hold) for seed in seeds}  # one such game serves every seat
    out = []
    for seat in chosen:
        for rival in against:
            margins = [own[seed][seat] - _played(name, seed, {seat: rival}, hold)[seat] for seed in seeds]
            out.append(Duel(seat, rival, len(seeds), sum(m > 0 for m in margins), sum(m == 0 for m in margins)))
            print(out[-1], flush=True)
    return out


def _played(name: str, seed: int, otherwise: Mapping[Seat, str], hold: bool) -> dict[Seat, int]:
    """The scores of a game between doctrine players, but for the seats that somebody else plays."""
    state = opening(name)
    texts = state.setting.texts["seats"]
    cast: dict[Seat, Player] = {
        s: players({s: texts.get(s, {}).get("temper", Temper())}, s)[otherwise.get(s, "doctrine")]
        for s in seats(state)
    }
    if hold:
        cast = {s: Held(player) for s, player in cast.items()}
    end = Match(state, rulebook(name), seed, cast).play()
    return {s: total(end, s) for s in seats(state)}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.duels", description=__doc__)
    parser.add_argument("scenario", nargs="?", default="week_one", choices=tuple(SCENARIOS))
    parser.add_argument("--games", type=int, default=200)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--hold", action="store_true", help="without the choice under test")
    parser.add_argument("--seat", action="append", default=[])
    parser.add_argument("--against", choices=RIVALS, action="append", default=[])
    args = parser.parse_args()
    seeds = range(args.first, args.first + args.games)
    chosen = tuple(args.seat) or seats(opening(args.scenario))
    duels(args.scenario, seeds, chosen, tuple(args.against) or RIVALS, args.hold)


if __name__ == "__main__":
    main()
