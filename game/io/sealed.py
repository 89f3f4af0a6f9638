"""Sealed saves: the same records, each encrypted on its own, while a game with passcodes runs.

The key is 32 random bytes of one game, locked once for each passcode (`passcode`). Line 1 is a `game` record whose
payload is an object: `sealed` 1, the public `id`, `scenario`, `seats`, `players`, `lasting`, the `locks` (whose, what
is kept of the code, the locked key), and in `game` the encrypted first record. Every later line has kind and turn
in the clear and one text: a random nonce and the whole line of the open save, padded, under ChaCha20-Poly1305. What
is authenticated beside it is the link of the line before, the kind and the turn; so a record counts only where it was
written, whoever chains the lines again. To open a save is to join the lines within: byte for byte the open save.

Readable without a code: scenario, seats, who plays, turns, kinds of record, how many and roughly how long. It is
proof against readers. Whoever has a code has the key: who may see what of a game is the program's rule, not the
cipher's. Whoever may write the file can put an older copy in its place, or a game of their own locked for the same
codes, since what is kept of a code locks for it: a seal says that nobody read this game, not who began it.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

import attrs

from game.core.ids import SEATS, Seat
from game.io.passcode import KEPT, can_lock, locked, unlocked
from game.io.plain import CodecFault, dumps, loads
from game.io.record import MOST_LINE, Lines, Mark, SaveFault, Trouble, frame, scan

VERSION = 1
_NONCE = 12
_ID = re.compile(r"[0-9a-f]{32}")
_FIELDS = frozenset({"sealed", "id", "scenario", "seats", "players", "lasting", "locks", "game"})
#: The facilitator among the owners of locks.
WHITE: Seat = ""
HOW = "type it when asked at a terminal, or put it into TWOFRONTS_CODE"


@attrs.frozen(slots=True)
class Lock:
    """The game's key for one code: whose (WHITE: the facilitator's), what is kept of it, the locked key."""

    owner: Seat
    code: str
    key: str


@attrs.frozen(slots=True)
class Seal:
    """What a sealed game is written with. A `lasting` one stays when the game is over: a branch of a game that still
    runs tells what that one holds."""

    key: bytes = attrs.field(repr=False)
    id: str
    locks: tuple[Lock, ...]
    lasting: bool = False

    @property
    def codes(self) -> dict[Seat, str]:
        return {lock.owner: lock.code for lock in self.locks}

    def box(self, secret: bytes, beside: bytes) -> str:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        nonce = os.urandom(_NONCE)
        return base64.b64encode(nonce + ChaCha20Poly1305(self.key).encrypt(nonce, _padded(secret), beside)).decode()

    def unbox(self, box: str | bytes, beside: bytes) -> bytes | None:
        """What `box` holds; None if it was not made with this key, beside this."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        try:
            raw = base64.b64decode(box, validate=True)
            return ChaCha20Poly1305(self.key).decrypt(raw[:_NONCE], raw[_NONCE:], beside).rstrip(b" ")
        except (InvalidTag, binascii.Error, ValueError):
            return None

    def line(self, link: bytes, kind: str, turn: int, inner: bytes) -> tuple[bytes, bytes]:
        """The sealed line of an open one, after the line with `link`; and its own link."""
        return frame(link, kind, turn, f'"{self.box(inner, _beside(link, kind, turn))}"')

    def proof(self, body: bytes) -> str:
        """Of what is kept beside the save in the clear: that somebody wrote it who had the key."""
        return blake2b(body, key=self.key, person=b"beside a save", digest_size=16).hexdigest()

    def relocked(self, codes: Mapping[Seat, str]) -> Seal:
        """For other codes. If one no longer counts there is a new key: whoever knew it may have kept the old one."""
        key = self.key if self.codes.items() <= codes.items() else secrets.token_bytes(32)
        return attrs.evolve(self, key=key, locks=_locks(key, self.id, codes))


def new_seal(codes: Mapping[Seat, str], *, lasting: bool = False) -> Seal:
    """A key of its own, locked for what is kept of codes, by owner; CodecFault if nothing can be locked for one."""
    key, id = secrets.token_bytes(32), secrets.token_hex(16)
    return Seal(key, id, _locks(key, id, codes), lasting)


def _locks(key: bytes, id: str, codes: Mapping[Seat, str]) -> tuple[Lock, ...]:
    try:
        return tuple(Lock(whose, kept, locked(key, kept, id.encode())) for whose, kept in codes.items())
    except ValueError:
        raise CodecFault("a code that nothing can be locked for", "code") from None


@attrs.frozen(slots=True)
class Head:
    """Line 1 of a sealed save, as anybody may read it."""

    id: str
    locks: tuple[Lock, ...]
    lasting: bool
    public: dict[str, Any]
    game: str

    @property
    def owners(self) -> tuple[Seat, ...]:
        return tuple(lock.owner for lock in self.locks)


class Locked(SaveFault):
    """A code is wanted that was not given. `owners` of those that would do."""

    def __init__(self, path: Path | str, owners: Iterable[Seat], reason: str = "", remedy: str = HOW) -> None:
        self.owners = tuple(owners)
        why = reason or f"this game is sealed until it is over; it opens by {named(self.owners)}"
        super().__init__(path, "", why, remedy)


def named(owners: Iterable[Seat]) -> str:
    """ "the code of JP, KR or the facilitator"."""
    names = [owner or "the facilitator" for owner in owners]
    head, last = ", ".join(names[:-1]), names[-1]
    return f"the code of {f'{head} or {last}' if head else last}"


@attrs.frozen(slots=True)
class Key:
    """A game's seal, and whose codes opened it."""

    seal: Seal
    owners: frozenset[Seat]

    @property
    def whole(self) -> bool:
        """Whether all may be shown: to the facilitator, or with the code of every seat that has one."""
        seats = {lock.owner for lock in self.seal.locks} - {WHITE}
        return WHITE in self.owners or (bool(seats) and seats <= self.owners)

    @property
    def for_whole(self) -> str:
        """What `whole` wants."""
        owners = [lock.owner for lock in self.seal.locks]
        seats = " and ".join(owner for owner in owners if owner)
        every = f"the codes of {seats}, a line each" if " and " in seats else f"the code of {seats}"
        if WHITE not in owners:
            return every
        return f"the facilitator's code, or {every}" if seats else "the facilitator's code"


def head_of(path: Path, lines: Lines) -> Head | None:
    """The head of a sealed save; None if it is an open one; SaveFault if it is not as it must be."""
    mark = lines.marks[0] if lines.marks else None
    if mark is None or mark.kind != "game" or not lines.payload(mark).startswith(b'{"sealed"'):
        return None
    try:
        return _read_head(loads(lines.payload(mark)))
    except CodecFault as fault:
        raise SaveFault(path, "line 1", str(fault), "use a save that nobody changed") from None


def _read_head(value: Any) -> Head:
    if type(value) is not dict or value.get("sealed") != VERSION or set(value) != _FIELDS:
        raise CodecFault("this is no sealed save, or a newer program wrote it")
    id, game, lasting, locks = value["id"], value["game"], value["lasting"], value["locks"]
    if type(id) is not str or not _ID.fullmatch(id) or type(game) is not str or type(lasting) is not bool:
        raise CodecFault("an id and an encrypted record are wanted")
    if type(locks) is not list or not 0 < len(locks) <= 1 + len(SEATS):
        raise CodecFault("a lock for each code is wanted", "locks")
    return Head(id, tuple(map(_read_lock, locks)), lasting, {k: v for k, v in value.items() if k != "game"}, game)


def _read_lock(value: Any) -> Lock:
    if type(value) is not list or len(value) != 3 or not all(type(part) is str for part in value):
        raise CodecFault("an owner, a code and a key are wanted", "locks")
    owner, code, key = value
    if owner not in (WHITE, *SEATS) or not KEPT.fullmatch(code) or not can_lock(code) or len(key) > 400:
        raise CodecFault("an owner, a code and a key are wanted", "locks")
    return Lock(owner, code, key)


def key_for(path: Path, head: Head, codes: Iterable[str]) -> Key:
    """The key that typed codes give; Locked if none is given, or one of them opens nothing."""
    key, owners = b"", set()
    for code in codes:
        found = {lock.owner: secret for lock in head.locks if (secret := _tried(lock, head.id, code))}
        if not found:
            raise Locked(path, head.owners, f"this code opens nothing here; it opens by {named(head.owners)}")
        key = next(iter(found.values()))
        owners |= set(found)
    if not key:
        raise Locked(path, head.owners)
    return Key(Seal(key, head.id, head.locks, head.lasting), frozenset(owners))


def _tried(lock: Lock, id: str, code: str) -> bytes | None:
    secret = unlocked(lock.key, lock.code, code, id.encode()) if code else None
    return secret if secret is not None and len(secret) == 32 else None


def closed(seal: Seal, data: bytes) -> bytes:
    """An open save, whole, as a sealed one."""
    lines = scan(data)
    first = lines.marks[0]
    header = loads(lines.payload(first))
    head = {
        "sealed": VERSION,
        "id": seal.id,
        "scenario": header["scenario"],
        "seats": header["seats"],
        "players": header["players"],
        "lasting": seal.lasting,
        "locks": [[lock.owner, lock.code, lock.key] for lock in seal.locks],
    }
    bare = [_line(lines, mark) for mark in lines.marks]
    head["game"] = seal.box(bare[0], dumps(head).encode())
    made, link = frame(b"", first.kind, first.turn, dumps(head))
    out = [made]
    for mark, line in zip(lines.marks[1:], bare[1:], strict=True):
        made, link = seal.line(link, mark.kind, mark.turn, line)
        out.append(made)
    return b"".join(out)


def opened(file: Lines, head: Head, seal: Seal) -> tuple[Lines, Lines]:
    """The open save within a sealed one, and the file itself, both up to the last record that is as it was sealed."""
    out: list[bytes] = []
    link = b""
    for mark in file.marks:
        if mark.line == 1:
            line = seal.unbox(head.game, dumps(head.public).encode())
        else:
            line = seal.unbox(file.payload(mark)[1:-1], _beside(link, mark.kind, mark.turn))
        if line is None:
            file = _cut(file, mark)
            break
        out.append(line)
        link = mark.link
    within = scan(b"".join(out))
    if within.trouble is not None:
        file = _cut(file, file.marks[len(within.marks)])
    return Lines(within.data[: within.good], within.marks, within.good, file.trouble), file


def bare(path: Path, data: bytes, seal: Seal | None, link: bytes) -> bytes:
    """The open save that a file holds, up to the record of that link, which must be its last."""
    file = scan(data)
    head = head_of(path, file)
    lines = file if seal is None or head is None else opened(file, head, seal)[0]
    if lines.trouble is not None or lines.link != link or (seal is None) != (head is None):
        raise SaveFault(path, "", "another program wrote to this save", "open it again in one place only")
    return lines.data


def _cut(file: Lines, mark: Mark) -> Lines:
    reason = "this record was not sealed here with this game's key: changed, moved, or of another game"
    good = _start(file, mark)
    return attrs.evolve(file, marks=file.marks[: mark.line - 1], good=good, trouble=Trouble(False, mark.line, reason))


def _start(lines: Lines, mark: Mark) -> int:
    return lines.marks[mark.line - 2].stop + 2 if mark.line > 1 else 0


def _line(lines: Lines, mark: Mark) -> bytes:
    return lines.data[_start(lines, mark) : mark.stop + 2]


def _beside(link: bytes, kind: str, turn: int) -> bytes:
    return b"%s,%s,%d" % (link, kind.encode(), turn)


def _padded(secret: bytes) -> bytes:
    """With spaces up to a round length, so that lengths tell little of what was ordered or answered."""
    step = max(512, 1 << max(0, len(secret).bit_length() - 4))
    return secret.ljust(-(-len(secret) // step) * step)


def sealed_for(path: Path) -> tuple[Seat, ...]:
    """Whose codes open a save; () if it is an open one, or none at all: opening it tells what is wrong."""
    try:
        with path.open("rb") as file:
            line = file.readline(MOST_LINE)
        head = head_of(path, scan(line))
    except (OSError, SaveFault, ValueError):
        return ()
    return () if head is None else head.owners
