"""Patrols (chapter 8): search, submarines, escort, blockade, mines, the grey zone, trade, and who holds the sea.

S1  A search wing on patrol sweeps one sea zone within its radius all turn, W v T km2 a sortie (facts C4); half of a
    turn's sorties fall in a pulse. Short of supply it flies 60 % of them; without supply or on a closed runway, none.
S2  A boat in a zone is found in a pulse with P = 1 - exp(-c), c the coverage of all wings of one side there; nuclear
    boats with half of that, air-independent ones with 0.7 (facts B2).
S3  In the zones where the parties to the pact under test meet, below M3 each searches its own half, and of what is
    found 0.4 is lost at the line, at M2 0.1. At M3 they search as one: half exhaustive, half random (facts C4).
S4  Ships and boats on a barrier in a strait find boats that are there or come through in that pulse, each step with
    min(1, (W/L) sqrt(1 + (v/u)^2)) (facts C4).
S5  A boat that is found becomes a contact of those who searched there, is attacked and lost with 0.3, and does not
    attack in that pulse. In the zones of S3 below M2 it was in one half, and only that party learns of it; from M2
    either party tells the other at once.
S6  Boats on the hunt that were not found attack with their chance, and each sinks Bin(torpedoes/2, 0.5): merchants
    and convoys in their zone, or warships and auxiliaries (a step each). What is sunk is shared by number.
S7  Each point of escort in the zone takes 6 % from a boat's chance to attack, down to 0.3 of it. The parties to the
    pact under test guard each other's ships from M3 alone; where several nations' ships are, boats meet their
    escorts in proportion.
S8  A group on blockade stops a merchant or a convoy's ship with 0.4 a step; steps of escort that guard these ships
    (S7) keep as many from it.
S9  Mines are laid one by one in the zone where the layer is. Who laid them knows of them; others learn by loss.
S10 Who is in a mined zone in a pulse or comes through meets it with a quarter of 1 - (1-q)^m a ship, q = 0.02
    (facts C4; groups and convoys follow swept ways). Merchants and convoys always come through. A hit takes a mine,
    and the zone stands as mined on everybody's map until two turns have gone by without one.
S11 A sweeper leaves each mine in its zone with exp(-rate), rate its own by steps and supply, half of it a pulse.
S12 Of the merchants of a trade route as many sail each turn as are willing: logistic(4 - 20 b), b the loss that
    shippers believe in. After the turn b goes half-way to the loss there was. What arrives is cargo delivered. Where
    a rival holds a zone on its way, a route that has a way round takes it, with three ships in four.
S13 Coast guard and militia that press a zone raise the believed loss of rivals' routes through it; those that calm it
    lower it. They sink nothing.
S14 A coalition holds a zone where its weight (anti-ship missiles a pulse of groups there, a point a step of wings on
    patrol) is at least 1.5 times that of all others. Everybody knows who holds what.
S15 From M1 patrols of the pair meet at Dokdo/Takeshima: an incident a turn with 2, 4 or 6 %, which costs support in
    both. Where coast guards of Japan and China are on duty at Senkaku/Diaoyu, 5 %.
S16 A counter has one duty at sea, kept in whatever zone it is in until it has another; in port it does nothing, off
    the map it has none. The laying of mines ends with the turn, a patrol when its zone is out of reach or its runway
    closed; boats may be told to hold. Advice: duties that nothing comes of, and groups that leave a zone to rivals.

Design keys (`tables.patrols`): `routes`, rows {id, nation, zones, ships, belief, around}; `seams`; `quiet`;
`incidents`.

Not here: boats that hunt boats in open water (at a barrier they do, S4); missiles at ships, also from the air, which
are missile defense (MD13, MD15; nobody fires them at merchants); helicopters, which are in a group's points of
escort; minefields in ports, which lie in the zone off them.
"""

from __future__ import annotations

from collections.abc import Mapping

from game.core.design import PPM, Flag, Form, Keyed, Many, Name, Whole, Word, rows
from game.core.model import Row
from game.core.orders import Order
from game.core.rulebook import Ask, Phase
from game.core.sea import Control, Duty, Minefield, Reported, Trade
from rules.patrols.doctrine import propose
from rules.patrols.forms import assign, doubt, fault, options, rung
from rules.patrols.search import search
from rules.patrols.show import forecast, ledgers, patches
from rules.patrols.strike import mines, strike
from rules.patrols.tables import Found, Guard, Hunt, Inspect, Mine, Patrol, Sweep
from rules.patrols.trade import control, sail, trade

__all__ = [
    "ASKS",
    "DESIGN",
    "ORDERS",
    "PARTS",
    "PHASES",
    "doubt",
    "fault",
    "forecast",
    "ledgers",
    "options",
    "patches",
    "propose",
    "rung",
]

ORDERS: tuple[type[Order], ...] = (Patrol, Hunt, Guard, Mine, Sweep, Inspect)
PARTS: Mapping[str, type[Row]] = {
    "control": Control,
    "duties": Duty,
    "found": Found,
    "mines": Minefield,
    "reported": Reported,
    "trade": Trade,
}
PHASES: Mapping[str, Phase] = {
    "sail": sail,
    "assign": assign,
    "search": search,
    "strike": strike,
    "mines": mines,
    "control": control,
    "trade": trade,
}
ASKS: Mapping[str, Ask] = {}
DESIGN: Mapping[str, Form] = {
    "routes": rows(
        {
            "id": Word(),
            "nation": Name("nation"),
            "zones": Many(Name("zone"), 1),
            "ships": Whole(0, 1000),
            "belief": PPM,
        },
        {"around": Many(Name("zone"))},
    ),
    "seams": Many(Name("zone")),
    "quiet": Keyed("symbol", PPM),
    "incidents": Flag(),
}
