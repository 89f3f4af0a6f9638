"""Logistics (chapter 6): supply over the map, what binds it, what is lost on the way, and what it does to units.

LG1   Supply is sent when a turn opens, is under way through its pulses, and arrives when it closes; so orders for it
      can't wait for a contingency. A counter uses it by steps, kind and tempo; its days are what it carries by what
      it uses at normal tempo, and it carries no more than its kind can. Goods by sea take a turn for every 4,000 km
      or part of it that a convoy sails in a week.
LG2   What a nation's sources bring comes into its stock there when the turn opens.
LG3   A nation may name three places to supply first. After them comes wherever somebody has less than three days,
      then the rest. Convoys take the shortest way, or a careful one: km + lambda x (-ln(1 - loss)) x 1000, by what
      the nation sees of the sea itself and of who holds it.
LG4   A road carries 30 points a week each way, a bridge between allies 20, 20, 30, 40 by G0 to G3. A port takes in
      two points a port point and pulse, an airfield one, and a fifth less for each level of damage. Nothing crosses a
      front or closed lanes. Hosts are served before guests: who bases in fewer other nations goes first.
LG5   Sealift and airlift carry so many points a turn, wherever to: 20 a step of sealift and week, 6 a step of
      airlift, and what merchants give. Goods go aboard where there is stock. An order keeps a share for one
      destination; what it does not use is free for nobody.
LG6   As much is sent as can be, to the first rank first, and of all ways to do so the cheapest. Where not everything
      can be sent, the minimum cut names what binds.
LG7   Between partners, by their level. G0: a loan of 5 points a turn, for 1 capital. G1: what one has left goes by
      land and over the bridge to what the other lacks. G2: stocks are shared, by sea and air too. G3: the pair
      solves as one, with one list of priorities. Given goods belong to who gets them. Everybody sees a bridge in use;
      under an agreement (G1) its ends weigh half as much again with whoever chooses targets.
LG8   What arrives is what was sent less what was taken on the way, less the lane losses: sent x (1 - loss) a lane.
      What comes to a place that a rival has come to hold is lost.
LG9   Where goods are they are issued, in proportion if they are short; what is used is gone. DOS' = min(cap, DOS +
      arrivals - use). Ships at sea take from oilers in their zone or the next; what nobody takes goes back.
LG10  Under three days a counter does no more than 0.6 of normal tempo and attacks at 60 percent. With nothing left it
      defends at half and does not attack.
LG11  Tempo: idle uses 0.3, normal 1, surge 1.6 of normal use, until told otherwise; in a plan an order to one counter
      goes before one to all. Idle does 0.3 of what a counter may do of its own will, defends at half and makes half
      its way. A surge is for aircraft: they fly 1.6 times as much while they have three days.
LG12  Batteries draw interceptors from the nation's stock when a turn closes, by its priorities, then in proportion;
      at G2 a partner's stock serves when the own one is empty.
LG13  Others reload by order: vertical-launch ships in the ports listed, submarines and launchers at their own base,
      of their own nation or of a partner's at G2. They lie in an open port for the turn, do not fight, and draw from
      stock.
LG14  Engineers repair one level of one kind at a place beyond MD14, for 2 supply points, those at hand first: at
      home, and as a guest from G1.
LG15  Advice: lift kept for where nothing goes, priorities for places that want nothing, surge on a short supply.

Facts A1, A3, B2, C3, C8; design values of `tables` and of the scenario. Not here: transport of troops, civil supply.
"""

from __future__ import annotations

from collections.abc import Mapping

from game.core.design import Form
from game.core.rulebook import Ask, Phase
from rules.logistics import arrive, reload, repair, route, tables
from rules.logistics.doctrine import doubt, propose
from rules.logistics.forecast import forecast, ledgers, traces
from rules.logistics.forms import fault, options
from rules.logistics.tables import ORDERS, PARTS

PHASES: Mapping[str, Phase] = {
    "route": route.route,
    "arrive": arrive.arrive,
    "reload": reload.reload,
    "repair": repair.repair,
}
ASKS: Mapping[str, Ask] = {}
DESIGN: Mapping[str, Form] = tables.DESIGN

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
    "propose",
    "tables",
    "traces",
]
