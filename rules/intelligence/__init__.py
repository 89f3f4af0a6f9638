"""Intelligence (chapter 4): what own sensors see, what the sensing track passes on, when, and from whom.

I1  At the end of a pulse a counter's own sensors see what rivals have within their range: ships, sealift and coast
    guard in zones and ports; aircraft, batteries and ground forces at places. Its kind is known (quality 2). They
    see no submarine, and no missile launcher until it fires. Aircraft on a closed runway see nothing, nor does what
    is aboard a ship.
I2  A search wing may watch one place or zone within 1,500 km in all pulses of a turn, from an open runway. What I1
    sees anywhere, it sees there with strength (quality 3), and each missile launcher with an even chance.
I3  Watching, jamming and relaying are done in pulses; a turn without pulses sees nothing.
I4  Allies pass on what their own sensors saw, as the sensing level of their pact allows: L0 nothing; L1 by liaison,
    at the first pulse of a turn, what was seen in the turn before, and only that something is there (quality 1); L2
    through the hub, one pulse late, quality 2; L3 in real time, quality 2; L4 in real time, quality 3. Each contact
    keeps the date of the sighting and the nation whose sensor it was. What was passed is not passed on again. A
    sighting replaces another of the same thing if it is newer and no worse, or as new and better; or if it is newer
    and one's own, from the same nation, or the other is a week old.
I5  The United States may relay one contact it holds to an ally, whatever its source, for a staff point: quality 2 at
    most. It arrives at the start of the pulse.
I6  From L2 a pact under test has a network, drawn once a pulse: it is down with the chance of its level (L2 2 %, L3
    3 %, L4 8 %), and while it is down the pair plays at L0.
I7  A seat with a means of attack on networks may put that of a rival pact down for one pulse. It learns that the
    attack was carried out, and no more. Below L2 there is nothing to attack. A means once used is gone.
I8  A contact that nobody has seen for 336 hours (two weeks) is dropped.
I9  Advice: watching what is seen anyway, attacking a network that nobody announced, relaying what is passed anyway.
I10 A fixed radar that watches sees ships, sealift, coast guard and aircraft within its range as own sensors do (I1),
    unless the scenario names other kinds. One damaged to level 3 is blind, to launches too.
I11 Satellites of a nation pass over listed places in turn, one list a pulse. Each place lies clear with its chance;
    where it does, what I1 sees is seen there (quality 2).
I12 A contact fades where nobody sees it again: quality 3 becomes 2 after 100 hours, 2 becomes 1 after 200. What is
    not known at a quality is forgotten with it. I8 drops it in the end.
I13 The owner of a radar that goes blind is told how much of what it looked at is still seen by its own eyes, in real
    time through an ally's (L3 and higher), late (L1, L2), or not at all; and when it sees again.
I14 At the end of a turn a nation is warned of places where it holds launchers or coastal batteries that were seen
    less than a week ago.
I15 Without supply a counter's own sensors see nothing, and no wing watches. Short of it, or at another tempo than
    normal, a watch finds launchers by as much less or more.

Coastal batteries are found as launchers are (I2) and held as a kind of their own. Contacts of submarines belong to
patrols.

Not here yet: agents and deception, sensors jammed one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game.core.design import PPM, Form, Keyed, Many, Name, Whole
from game.core.levels import LEVELS
from game.core.model import Row
from game.core.orders import Order, Plan, Refusal, Template
from game.core.rulebook import Ask, Phase
from game.core.view import View
from rules.intelligence import tasks
from rules.intelligence.blind import Blind
from rules.intelligence.doctrine import doubt, propose
from rules.intelligence.ledgers import ledgers
from rules.intelligence.networks import network
from rules.intelligence.picture import observe
from rules.intelligence.rings import rings
from rules.intelligence.tasks import Cyber, Jam, Relay, Watch

__all__ = [
    "ASKS",
    "DESIGN",
    "ORDERS",
    "PARTS",
    "PHASES",
    "Cyber",
    "Jam",
    "Relay",
    "Watch",
    "doubt",
    "fault",
    "ledgers",
    "options",
    "propose",
    "rings",
]

ORDERS: tuple[type[Order], ...] = (Watch, Jam, Relay)
PARTS: Mapping[str, type[Row]] = {"blind": Blind, "cyber": Cyber}
PHASES: Mapping[str, Phase] = {"network": network, "observe": observe}
ASKS: Mapping[str, Ask] = {}
DESIGN: Mapping[str, Form] = {
    "cyber": Keyed("nation", Whole(0, 100)),
    "fades": Many(Whole(0, 10_000)),
    "failure": Many(PPM, len(LEVELS), len(LEVELS)),
    "find_launcher": PPM,
    "relays": Many(Name("nation")),
    "watch_km": Whole(0, 10_000),
}


def options(view: View) -> Iterator[Template]:
    yield from tasks.watches(view)
    yield from tasks.jams(view)
    yield from tasks.relays(view)


def fault(view: View, plan: Plan, order: Watch | Jam | Relay) -> Refusal | None:
    if isinstance(order, Watch):
        return tasks.watch_fault(view, order)
    return tasks.jam_fault(view, plan, order) if isinstance(order, Jam) else tasks.relay_fault(view, order)
