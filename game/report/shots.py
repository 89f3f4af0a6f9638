"""How what happened is filmed: of which kind a message is and how much it matters, what the wire makes of it, what a
phase is called on the screen. Tables alone: a chapter that is not in them is filmed by its plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from game.core.turn import FACILITATOR
from game.core.words import Message, Value, say

#: What a frame may show. "order" is a seat's own staff work, "act" the facilitator's, "quiet" nothing at all.
KINDS = ("raid", "hit", "sea", "supply", "move", "politics", "contact", "network", "order", "score", "act", "quiet")
MOST_WEIGHT = 100


@attrs.frozen(slots=True)
class Shot:
    """How a message is filmed. Its weight is `weight` and `per` more for each of the value `by`, 100 at most."""

    kind: str
    weight: int
    by: str = ""
    per: int = 0


#: Weights are design values (D): 100 stops a film, 70 leads a brief, 10 is for the log.
SHOTS: Mapping[str, Shot] = {
    "missile_defense.launched": Shot("raid", 70),
    "missile_defense.not_fired": Shot("order", 40),
    "missile_defense.warning1": Shot("raid", 62),
    "missile_defense.warning2": Shot("raid", 66),
    "missile_defense.warning3": Shot("raid", 68),
    "missile_defense.alerted": Shot("order", 30),
    "missile_defense.asked": Shot("order", 50),
    "missile_defense.stationed": Shot("order", 8),
    "missile_defense.ranked": Shot("order", 6),
    "missile_defense.engaged": Shot("raid", 70, "leakers", 5),
    "missile_defense.raid_over": Shot("raid", 50),
    "missile_defense.raid_followed": Shot("raid", 55, "leakers", 3),
    "missile_defense.raid_reported": Shot("raid", 50),
    **{
        f"missile_defense.hit_{aim}": Shot("hit", 30, "n", 25)
        for aim in ("aircraft", "runway", "port", "radar", "stocks", "battery", "ships")
    },
    "missile_defense.all_clear": Shot("quiet", 2),
    "missile_defense.repaired": Shot("order", 18),
    "missile_defense.salvo_fired": Shot("raid", 64),
    "missile_defense.salvo_struck": Shot("hit", 60, "lost", 12),
    "missile_defense.salvo_over": Shot("raid", 55, "hits", 6),
    "missile_defense.empty_sea": Shot("raid", 55),
    "movement.moved": Shot("move", 22),
    "movement.split": Shot("move", 24),
    "movement.full": Shot("move", 34),
    "movement.gone": Shot("order", 32),
    "movement.ally_moved": Shot("move", 20),
    "movement.joined": Shot("move", 10),
    "movement.not_joined": Shot("move", 28),
    **{f"movement.{id}": Shot("move", 22) for id in ("sails", "split_sails", "lifted", "embarked")},
    **{f"movement.{id}": Shot("move", 12) for id in ("under_way", "halts", "carried")},
    **{f"movement.{id}": Shot("move", 42) for id in ("waits_off", "held_up", "no_entry_yet", "not_lifted")},
    "movement.came_in": Shot("move", 26),
    "movement.arrived": Shot("move", 44),
    "movement.landed": Shot("move", 30),
    "movement.lost_with": Shot("hit", 60, "steps", 12),
    "movement.called": Shot("order", 16),
    "movement.not_called": Shot("order", 34),
    **{f"movement.{id}": Shot("order", 12) for id in ("refueled", "stood_down")},
    **{f"movement.{id}": Shot("order", 38) for id in ("no_refuel", "tankers_gone")},
    "missile_defense.press": Shot("raid", 62),
    "planning.telegram": Shot("politics", 86),
    "planning.offered": Shot("politics", 84),
    "planning.broken": Shot("politics", 82),
    "planning.kept": Shot("politics", 76),
    **{f"planning.{id}": Shot("politics", 72) for id in ("struck", "refused", "void", "lapsed")},
    "politics.agreed": Shot("politics", 78),
    "politics.announced": Shot("politics", 76),
    "politics.lowered": Shot("politics", 74),
    "politics.paid": Shot("politics", 10),
    "intelligence.contact_new": Shot("contact", 46),
    "intelligence.contact_better": Shot("contact", 38),
    "intelligence.contact_moved": Shot("contact", 34),
    "intelligence.seen_again": Shot("contact", 6),
    "intelligence.passed_again": Shot("contact", 7),
    "intelligence.aged": Shot("contact", 20),
    "intelligence.watched": Shot("contact", 24, "n", 4),
    "intelligence.no_watch": Shot("contact", 24),
    **{f"intelligence.{id}": Shot("contact", 8) for id in ("faded", "satellites")},
    "intelligence.blinded": Shot("hit", 74),
    "intelligence.sees_again": Shot("order", 40),
    "intelligence.warning": Shot("order", 58),
    "intelligence.network_up": Shot("network", 12),
    "intelligence.network_down": Shot("network", 80),
    "intelligence.network_attacked": Shot("network", 84),
    "intelligence.jammed": Shot("network", 60),
    "intelligence.not_jammed": Shot("network", 45),
    "intelligence.relayed": Shot("network", 16),
    "intelligence.not_relayed": Shot("network", 22),
    **{f"patrols.{id}": Shot("hit", 46, "n", 6) for id in ("sunk", "torpedoed", "ships_sunk", "warships_hit")},
    **{f"patrols.{id}": Shot("hit", 44, "n", 5) for id in ("we_sank", "we_hit", "mined", "ships_mined", "wire_sunk")},
    **{f"patrols.{id}": Shot("sea", 40, "n", 3) for id in ("stopped", "we_stopped", "ships_stopped", "wire_stopped")},
    "patrols.boats_lost": Shot("hit", 60, "n", 10),
    "patrols.boats_hunted": Shot("contact", 36),
    "patrols.found": Shot("contact", 52),
    "patrols.wire_boat": Shot("hit", 62),
    "patrols.wire_hit": Shot("hit", 60),
    "patrols.wire_mined": Shot("sea", 56),
    "patrols.laid": Shot("sea", 24),
    "patrols.swept": Shot("sea", 26, "n", 2),
    "patrols.held": Shot("sea", 48),
    "patrols.disputed": Shot("sea", 42),
    "patrols.trade": Shot("supply", 22, "lost", 4),
    **{f"patrols.{id}": Shot("politics", 66) for id in ("incident", "incident_senkaku")},
    **{f"patrols.{id}": Shot("quiet", 4) for id in ("quiet", "done")},
    **{
        f"logistics.{id}": Shot("order", 8)
        for id in ("priorities", "pace", "pace_all", "used", "batteries", "source")
    },
    "logistics.sent": Shot("supply", 18),
    "logistics.arrived": Shot("supply", 26),
    "logistics.short": Shot("supply", 34),
    "logistics.out": Shot("supply", 58),
    **{f"logistics.{id}": Shot("supply", 30) for id in ("lent", "lent_us", "given", "given_us", "crossing")},
    "logistics.no_crossing": Shot("supply", 44),
    "kernel.tripped": Shot("order", 48),
    "kernel.trip_refused": Shot("order", 52),
    "assessment.stands": Shot("score", 26),
    "assessment.final": Shot("score", 90),
}
#: For what no line above names: by the message's chapter, else the last.
CHAPTERS: Mapping[str, Shot] = {
    "missile_defense": Shot("raid", 40),
    "movement": Shot("move", 20),
    "politics": Shot("politics", 50),
    "logistics": Shot("supply", 22),
    "patrols": Shot("sea", 26),
    "intelligence": Shot("contact", 20),
    "assessment": Shot("score", 26),
    "kernel": Shot("order", 14),
    FACILITATOR: Shot("act", 72),
}
PLAIN = Shot("order", 25)

#: What the wire writes where an event's own sentence is no headline.
WIRE: Mapping[str, Callable[[Mapping[str, Value]], Message]] = {
    "politics.announced": lambda v: (
        say("ui_film.wire_announced", **v) if v.get("level") else say("ui_film.wire_ended", **v)
    ),
}


#: What a phase is called above a film; "" is the start of a turn.
CAPTIONS: Mapping[str, Callable[[], Message]] = {
    "": lambda: say("ui_film.phase_start"),
    "politics.decide": lambda: say("ui_film.phase_decide"),
    "intelligence.network": lambda: say("ui_film.phase_network"),
    "movement.move": lambda: say("ui_film.phase_move"),
    "missile_defense.station": lambda: say("ui_film.phase_station"),
    "missile_defense.launch": lambda: say("ui_film.phase_launch"),
    "missile_defense.alarm": lambda: say("ui_film.phase_alarm"),
    "missile_defense.engage": lambda: say("ui_film.phase_engage"),
    "missile_defense.salvo": lambda: say("ui_film.phase_salvo"),
    "missile_defense.repair": lambda: say("ui_film.phase_repair"),
    "logistics.route": lambda: say("ui_film.phase_route"),
    "logistics.arrive": lambda: say("ui_film.phase_arrive"),
    "logistics.reload": lambda: say("ui_film.phase_reload"),
    "logistics.repair": lambda: say("ui_film.phase_engineers"),
    "planning.strike": lambda: say("ui_film.phase_bargains"),
    "planning.deliver": lambda: say("ui_film.phase_telegrams"),
    "patrols.sail": lambda: say("ui_film.phase_sail"),
    "patrols.assign": lambda: say("ui_film.phase_assign"),
    "patrols.search": lambda: say("ui_film.phase_search"),
    "patrols.strike": lambda: say("ui_film.phase_strike"),
    "patrols.mines": lambda: say("ui_film.phase_mines"),
    "patrols.control": lambda: say("ui_film.phase_control"),
    "patrols.trade": lambda: say("ui_film.phase_trade"),
    "intelligence.observe": lambda: say("ui_film.phase_observe"),
    "assessment.score": lambda: say("ui_film.phase_score"),
    "kernel.contingencies": lambda: say("ui_film.phase_contingencies"),
    "kernel.lapses": lambda: say("ui_film.phase_lapses"),
    FACILITATOR: lambda: say("ui_film.phase_facilitator"),
}


def caption(phase: str) -> Message:
    """What a phase is called; by its own name where no line above names it."""
    found = CAPTIONS.get(phase)
    plain = phase.rpartition(".")[2].replace("_", " ")
    return found() if found is not None else say("ui_film.phase_other", phase=plain)


def shot(message: Message) -> Shot:
    """How a message is filmed, one of a chapter that is not known here too."""
    return SHOTS.get(message.id) or CHAPTERS.get(message.id.partition(".")[0], PLAIN)


def weight(message: Message) -> int:
    found = shot(message)
    value = message.as_dict().get(found.by, 0) if found.by else 0
    return min(MOST_WEIGHT, found.weight + found.per * max(0, value)) if isinstance(value, int) else found.weight
