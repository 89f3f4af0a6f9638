"""Politics (chapter 2): what leaders choose.

P1  Where the turn has politics, the leaders of a pact under test may propose a level of its sensing track, L0 to L4.
P2  A raise needs both capitals in the same turn. The level reached is the lower of the two proposals, if that is
    above the present one. One capital alone changes nothing and pays nothing.
P3  A raise costs leadership capital in both capitals: the price of the new level less that of the present one.
    Who can't pay can't propose; if one can't pay when the pact is settled, nothing changes and nobody pays.
P4  One capital may cut the level alone, at no price. A cut goes before a raise; of two cuts the lower level counts.
P5  A change is announced: rivals see the announced level, allies and partners the one that works.
P6  Advice: what a step leaves in the purse, and what a level brings that nobody asked for.
P7  A scenario may open other tracks beside or instead of sensing: planning P, logistics G, industry I, patrols M,
    narrative N. P1 to P4 hold for each. A step on them costs a price of its own in each capital and works at once
    (D; facts C8 has lead times). In a turn a cabinet proposes one step with each partner.
P8  A change on another track is told to everybody, with its level.

Not here yet: support and its movements, income of capital, cards, grievances, framing, budget and lead times, a level
announced before it works, base access, and who fights.
"""

from __future__ import annotations

from collections.abc import Mapping

from game.core.design import Form, Keyed, Many, Name, Whole
from game.core.levels import LEVELS
from game.core.model import Row
from game.core.orders import Order
from game.core.rulebook import Ask, Phase
from rules.politics.decide import decide
from rules.politics.doctrine import propose
from rules.politics.tracks import Step, doubt, fault, options

__all__ = ["ASKS", "DESIGN", "ORDERS", "PARTS", "PHASES", "Step", "decide", "doubt", "fault", "options", "propose"]

ORDERS: tuple[type[Order], ...] = (Step,)
PARTS: Mapping[str, type[Row]] = {}
PHASES: Mapping[str, Phase] = {"decide": decide}
ASKS: Mapping[str, Ask] = {}
DESIGN: Mapping[str, Form] = {
    "prices": Many(Whole(0, 100), len(LEVELS), len(LEVELS)),
    "steps": Keyed("track", Keyed("nation", Whole(0, 100))),
    "tracks": Many(Name("track")),
}
