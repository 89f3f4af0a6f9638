"""Go on with a saved game, at whatever record it stopped.

Sealed plans and answers are taken from the file; the turn that was under way is resolved again from them and held to
the steps already recorded. A computer seat plans again only if its plan was not sealed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs

from game.core.ids import Seat
from game.core.orders import Plan
from game.core.rulebook import Rulebook
from game.core.setting import Setting
from game.io.draft import read_draft, reseal_drafts
from game.io.header import Edition
from game.io.record import Appender, SaveFault
from game.io.recorder import Recorder, mend
from game.io.save import Saved, open_save
from game.io.sealed import Key
from game.io.upgrade import FORMAT
from game.table.match import Match, Stage
from game.table.players import Player
from game.table.rerun import Difference, rerun


@attrs.frozen(slots=True)
class Resumed:
    """The match to go on with. `aside` is where a tail that was not sound was put, None if there was none; `drafts`
    are plans begun and not sealed, to be offered again; `stale` says of each that was refused why, in one line."""

    match: Match
    aside: Path | None
    drafts: Mapping[Seat, Plan] = attrs.field(factory=dict)
    stale: tuple[str, ...] = ()


def resume(
    path: Path | str,
    setting: Setting,
    rulebook: Rulebook,
    edition: Edition,
    players: Mapping[Seat, Player] | None = None,
    *,
    key: Key | None = None,
    altered: bool = False,
    durable: bool = True,
) -> Resumed:
    """Open a save and go on; SaveFault if it cannot be, before anything of the file is touched.

    A sealed one wants its `key`, and is written open if its game is over. An altered file is gone on with from its
    longest good beginning only on purpose (`altered`).
    """
    saved = open_save(path, rulebook, key)
    check_same(saved, setting, edition)
    if saved.trouble and not saved.trouble.cut and not altered:
        mend(saved)  # says so
    turn = saved.turns[-1]
    again = rerun(saved, saved.state(turn, setting), rulebook, players, past=True)
    try:
        again.turn(turn)
    except Difference as found:
        remedy = "verify the save, or branch from this turn"
        raise SaveFault(saved.path, f"line {found.line}", str(found).partition(": ")[2], remedy) from None
    aside = mend(saved, altered=altered)
    match = again.match
    out = Appender(saved.path, saved.file, seal=saved.seal, link=saved.lines.link, durable=durable)
    match.recorder = Recorder(out, saved.codec, saved.mark(turn).link.decode(), saved.lines.marks[0].link.decode())
    reseal_drafts(saved.path, saved.seal, *((saved.seal,) if saved.seal is not None else ()))
    if match.stage is Stage.OVER and not saved.over:
        match.recorder.end(match.state)
    elif saved.over:
        match.recorder.lock({})
    drafts: dict[Seat, Plan] = {}
    stale = []
    for seat in match.unsealed:
        try:
            plan = read_draft(saved, seat)
        except SaveFault as fault:
            stale.append(str(fault))
        else:
            if plan is not None:
                drafts[seat] = plan
    return Resumed(match, aside, drafts, tuple(stale))


def check_same(saved: Saved, setting: Setting, edition: Edition) -> None:
    """SaveFault unless this scenario, these rules and columns are the ones that the save was played with."""
    header = saved.header
    check_scenario(saved, setting)
    if header.format != FORMAT:
        reason = f"it has the old format {header.format}, and one file holds one format"
        raise SaveFault(saved.path, "line 1", reason, "branch from its last turn to go on")
    if header.edition.rules != edition.rules or header.schema != saved.live:
        reason = f"its rules are not those of this program (engine {header.edition.engine} wrote it)"
        remedy = "branch from its last turn to go on under today's rules, or replay it as it was"
        raise SaveFault(saved.path, "line 1", reason, remedy)


def check_scenario(saved: Saved, setting: Setting) -> None:
    header = saved.header
    if header.scenario != setting.name:
        reason = f"this is a game of {header.scenario}, not of {setting.name}"
        raise SaveFault(saved.path, "line 1", reason, "open it with its own scenario")
    if header.scenario_digest != setting.digest:
        reason = f"the files of scenario {setting.name} have changed since this game began"
        raise SaveFault(saved.path, "line 1", reason, "put its old files back, or name a copy of them by --scenario")
