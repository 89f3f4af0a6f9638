"""A saved game, written: begun whole or not at all, then record by record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from game.core.digest import digest, digest_of
from game.core.ids import Seat
from game.core.model import State
from game.core.orders import Order, Plan
from game.core.rulebook import Question, Rulebook
from game.core.turn import Step
from game.io.codec import Codec
from game.io.draft import drop_draft, keep_draft, reseal_drafts
from game.io.header import Edition, Header, check_sound, read_header
from game.io.plain import CodecFault, dumps
from game.io.record import Appender, SaveFault, frame, read_bytes, scan, write_new
from game.io.save import Note, Saved
from game.io.schema import Schema
from game.io.sealed import Seal, bare, closed, new_seal
from game.io.seating import Tie, retie


class Recorder:
    """Writes a game as it is played. Every method returns when the record is in the file; SaveFault otherwise."""

    def __init__(self, appender: Appender, codec: Codec, opening: str, first: str) -> None:
        """`opening`: the link of the state record that began the turn under way; `first`: of the first record."""
        self.out = appender
        self.codec = codec
        self.opening = opening
        self.first = first

    @property
    def path(self) -> Path:
        return self.out.path

    @property
    def seal(self) -> Seal | None:
        return self.out.seal

    @property
    def tie(self) -> Tie:
        """What the file beside the save, of who sits where, is bound to."""
        return self._tie(self.seal)

    def _tie(self, seal: Seal | None) -> Tie:
        return self.first if seal is None else seal.id, seal

    def lock(self, codes: Mapping[Seat, str]) -> None:
        """Have the save sealed from now on for what is kept of these codes, by owner; {}: written open.

        What has stood in an open file until now has been readable until now. A `lasting` seal stays.
        """
        now = self.seal
        if now is not None and now.lasting:
            codes = {**now.codes, **codes}
        if dict(codes) != ({} if now is None else now.codes):
            self._rewrite(None if not codes else new_seal(codes) if now is None else now.relocked(codes))

    def _rewrite(self, seal: Seal | None) -> None:
        """The whole file anew, in the place of the old one. A crash on the way leaves the one or the other, and the
        seating and the drafts that belong to it."""
        old, link, was, tie = self.seal, self.out.link, self.tie, self._tie(seal)
        data = bare(self.path, read_bytes(self.path), old, link)
        retie(self.path, was, tie, was)
        if seal is None:
            reseal_drafts(self.path, old)
        elif old is not None:
            reseal_drafts(self.path, old, seal, old)
        self.out.close()
        stands = old
        try:
            write_new(self.path, data if seal is None else closed(seal, data))
            stands = seal
        finally:
            file = scan(read_bytes(self.path))
            self.out = Appender(self.path, file, seal=stands, link=link, durable=self.out.durable)
        if seal is not None:
            reseal_drafts(self.path, old if old is None else seal, seal)
        retie(self.path, tie, tie)

    def _add(self, kind: str, turn: int, plain: Any, *, sure: bool = True) -> None:
        self.out.add(kind, turn, dumps(plain), sure=sure)

    def plan(self, turn: int, plan: Plan) -> None:
        self._add("plan", turn, self.codec.plan(plan))
        drop_draft(self.path, plan.seat)

    def draft(self, turn: int, plan: Plan) -> None:
        """Keep a plan that is not sealed, apart from the record."""
        keep_draft(self.path, plan, turn, self.opening, self.codec.schema, self.seal)

    def reopened(self, turn: int, seat: Seat) -> None:
        self._add("open", turn, seat)

    def answer(self, turn: int, pulse: int, question: Question, reply: Order | None) -> None:
        about = question.template
        order = None if reply is None else self.codec.order(reply)
        self._add("answer", turn, [pulse, question.seat, about.order.VERB, about.subject, order])

    def step(self, step: Step) -> None:
        self._add("step", step.turn, plain_step(self.codec, step), sure=False)

    def act(self, step: Step) -> None:
        self._add("act", step.turn, plain_act(self.codec, step))

    def note(self, turn: int, note: Note) -> None:
        about = [v for pair_ in note.about for v in pair_]
        self._add("note", turn, [note.kind, note.seat, note.text, *about])

    def player(self, turn: int, seat: Seat, name: str) -> None:
        self._add("seat", turn, [seat, name])

    def state(self, state: State) -> None:
        self.out.add("state", state.turn, state_payload(self.codec, state), sure=True)
        self.opening = self.out.link.decode()

    def end(self, state: State) -> None:
        """The game is over, and its save is written open for all."""
        self._add("end", state.turn, digest(state))
        self.lock({})

    def close(self) -> None:
        self.out.close()


def plain_step(codec: Codec, step: Step) -> list[Any]:
    return [step.phase, step.pulse, step.hour, [codec.event(e) for e in step.events]]


def plain_act(codec: Codec, step: Step) -> list[Any]:
    (event,) = step.events
    return [step.pulse, step.hour, codec.event(event), digest(step.before), digest(step.after)]


def state_payload(codec: Codec, state: State) -> str:
    canonical = codec.state(state)
    return f'["{digest_of(canonical)}",{canonical}]'


def create(
    path: Path | str,
    state: State,
    rulebook: Rulebook,
    seed: int,
    edition: Edition,
    *,
    players: Mapping[Seat, str] | None = None,
    parent: tuple[str, int] | None = None,
    past: Iterable[tuple[str, int, str]] | None = None,
    schema: Schema | None = None,
    seal: Seal | None = None,
    durable: bool = True,
) -> Recorder:
    """Begin a save at `path` with `state` as the start of its first turn; SaveFault if a file stands there.

    `past` are earlier records (kind, turn, payload) of a branch, copied before `state`. With a `seal` the save is
    encrypted from its first byte. The file appears whole or not at all. `durable` False leaves the disk to the
    system: for tests and studies.
    """
    path = Path(path)
    setting = state.setting
    schema = schema or Schema.of(rulebook)
    header = Header(
        edition,
        setting.name,
        setting.digest,
        tuple(setting.board.seats),
        seed,
        tuple((players or {}).items()),
        state.turn,
        parent,
        schema,
    )
    codec = Codec(schema)
    try:
        plain = header.plain()
        read_header(plain, schema)
        check_sound(state, header.seats)
        records = [("game", 0, dumps(plain)), *(past or ()), ("state", state.turn, state_payload(codec, state))]
    except CodecFault as fault:
        raise SaveFault(path, "", f"this game cannot be saved: {fault}", "mend the scenario or the rules") from None
    if path.exists():
        raise SaveFault(path, "", "a file stands there already", "choose another name")
    lines, link = [], b""
    for kind, turn, payload in records:
        line, link = frame(link, kind, turn, payload)
        lines.append(line)
    data = b"".join(lines)
    first = scan(lines[0]).link.decode()
    if seal is not None:
        data = closed(seal, data)
    write_new(path, data)
    return Recorder(Appender(path, scan(data), seal=seal, link=link, durable=durable), codec, link.decode(), first)


def write_open(saved: Saved) -> None:
    """Write a sealed save open, as one is whose game ended just before a crash."""
    file = Appender(saved.path, saved.file, seal=saved.seal, link=saved.lines.link)
    first = saved.lines.marks[0].link.decode()
    recorder = Recorder(file, saved.codec, "", first)
    recorder.lock({})
    recorder.close()


def mend(saved: Saved, *, altered: bool = False) -> Path | None:
    """Put a tail that is not sound into a side file, then cut it off; None if there is none.

    What a crash cut is put aside as it is; of a file that was altered only on purpose (`altered`).
    """
    trouble = saved.trouble
    if trouble is None:
        return None
    if not trouble.cut and not altered:
        where = f"line {trouble.line}"
        remedy = "verify it; its good beginning can be gone on with if you say so"
        raise SaveFault(saved.path, where, f"this save was altered: {trouble.reason}", remedy)
    file = saved.file
    tail = file.data[file.good :]
    aside = saved.path.with_name(f"{saved.path.name}.tail-{file.good}-{digest_of(tail.hex())[:8]}")
    write_new(aside, tail)
    try:
        with saved.path.open("r+b") as writer:
            writer.truncate(file.good)
    except OSError as error:
        raise SaveFault(
            saved.path, "", f"cannot be written: {error.strerror}", "copy it where you may write"
        ) from None
    saved.file = attrs.evolve(file, data=file.data[: file.good], trouble=None)
    saved.lines = attrs.evolve(saved.lines, data=saved.lines.data[: saved.lines.good], trouble=None)
    return aside
