"""Rectangles and wrapped text as values: no pygame, so that where things stand can be tested without a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from game.words import Token, tokens


class Rect(NamedTuple):
    """x, y, width, height in pixels."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def bottom(self) -> int:
        return self.y + self.h

    @property
    def center(self) -> tuple[int, int]:
        return self.x + self.w // 2, self.y + self.h // 2

    def holds(self, at: tuple[int, int]) -> bool:
        return self.x <= at[0] < self.right and self.y <= at[1] < self.bottom

    def inset(self, dx: int, dy: int | None = None) -> Rect:
        dy = dx if dy is None else dy
        return Rect(self.x + dx, self.y + dy, max(0, self.w - 2 * dx), max(0, self.h - 2 * dy))

    def moved(self, dx: int, dy: int) -> Rect:
        return Rect(self.x + dx, self.y + dy, self.w, self.h)

    def meets(self, other: Rect) -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def top(self, h: int, gap: int = 0) -> tuple[Rect, Rect]:
        """A strip of `h` at the top, and what is left under it after `gap`."""
        h = min(h, self.h)
        return Rect(self.x, self.y, self.w, h), Rect(self.x, self.y + h + gap, self.w, max(0, self.h - h - gap))

    def foot(self, h: int, gap: int = 0) -> tuple[Rect, Rect]:
        """A strip of `h` at the bottom, and what is left over it."""
        h = min(h, self.h)
        return Rect(self.x, self.bottom - h, self.w, h), Rect(self.x, self.y, self.w, max(0, self.h - h - gap))

    def left(self, w: int, gap: int = 0) -> tuple[Rect, Rect]:
        w = min(w, self.w)
        return Rect(self.x, self.y, w, self.h), Rect(self.x + w + gap, self.y, max(0, self.w - w - gap), self.h)

    def end(self, w: int, gap: int = 0) -> tuple[Rect, Rect]:
        """A strip of `w` at the right, and what is left of it."""
        w = min(w, self.w)
        return Rect(self.right - w, self.y, w, self.h), Rect(self.x, self.y, max(0, self.w - w - gap), self.h)

    def columns(self, n: int, gap: int = 0) -> tuple[Rect, ...]:
        """`n` columns of equal width; the last takes what division leaves."""
        w = (self.w - gap * (n - 1)) // n
        return tuple(
            Rect(self.x + i * (w + gap), self.y, w if i < n - 1 else self.right - self.x - i * (w + gap), self.h)
            for i in range(n)
        )


def centered(w: int, h: int, within: Rect) -> Rect:
    w, h = min(w, within.w), min(h, within.h)
    return Rect(within.x + (within.w - w) // 2, within.y + (within.h - h) // 2, w, h)


class Piece(NamedTuple):
    """A stretch of one line: words at an x, and the token they stand for, if any."""

    x: int
    words: str
    token: Token | None


Measure = Callable[[str], int]
Line = tuple[Piece, ...]


def wrapped(marked: str, room: int, measure: Measure, spell: Callable[[Token], str]) -> tuple[Line, ...]:
    """A marked text broken into lines at most `room` pixels wide, tokens spelled out. East Asian text breaks at any
    letter; a word wider than the room is broken too, so that nothing is ever cut."""
    lines: list[list[Piece]] = [[]]
    x = 0
    space = measure(" ")
    for word, token, gap_before in _words(marked, spell):
        if word == "\n":
            lines.append([])
            x = 0
            continue
        gap = space if gap_before and x else 0
        for n, bit in enumerate(_fitting(word, room, measure)):
            w = measure(bit)
            if x and x + gap + w > room:
                clings = n == 0 and _clings(bit, gap)
                held = _last_word(lines[-1], room - gap - w, measure) if clings else []
                lines.append(held)
                gap = gap if held else 0
                x = held[-1].x + measure(held[-1].words) if held else 0
            line = lines[-1]
            if line and line[-1].token == token:
                line[-1] = line[-1]._replace(words=line[-1].words + (" " if gap else "") + bit)
            else:
                line.append(Piece(x + gap, bit, token))
            # The whole piece is drawn at once, and is not always as wide as the sum of its words.
            x = line[-1].x + measure(line[-1].words)
            gap = 0
    return tuple(tuple(line) for line in lines)


def _clings(bit: str, gap: int) -> bool:
    """Whether a word may not begin a line: one without a space before it, and a sign of percent. East Asian letters
    may."""
    return bit[0] == "%" or (not gap and not _wide(bit[0]))


def _last_word(line: list[Piece], room: int, measure: Measure) -> list[Piece]:
    """Take the last word off a line, for it belongs to the word after it; nothing where it is the only one, or wider
    than `room`. It goes back to a space, over several pieces."""
    taken: list[Piece] = []
    kept = list(line)
    while kept:
        last = kept.pop()
        rest, space, word = last.words.rpartition(" ")
        if not word or _wide(word[-1]):
            return []
        taken.insert(0, Piece(0, word, last.token))
        if space:
            kept.append(last._replace(words=rest))
        if space or (kept and kept[-1].x + measure(kept[-1].words) < last.x):
            break
    x = 0
    for n, piece in enumerate(taken):
        taken[n] = piece._replace(x=x)
        x += measure(piece.words)
    if not kept or x > room:
        return []
    line[:] = kept
    return taken


def _wide(letter: str) -> bool:
    return ord(letter) >= 0x3000 and not 0xAC00 <= ord(letter) <= 0xD7AF


def _words(marked: str, spell: Callable[[Token], str]) -> Iterator[tuple[str, Token | None, bool]]:
    """(word, its token, whether a space stands before it); "\\n" is a new line. East Asian letters are words."""
    spaced = False
    for n, part in enumerate(tokens(marked)):
        token = part if isinstance(part, Token) else None
        words = spell(part) if isinstance(part, Token) else str(part)
        words = words[:1].upper() + words[1:] if token is not None and n == 0 else words
        run = ""
        for letter in words:
            wide = _wide(letter)
            if letter.isspace() or wide:
                if run:
                    yield run, token, spaced
                    run, spaced = "", False
                if letter == "\n":
                    yield "\n", None, False
                    spaced = False
                elif wide:
                    yield letter, token, spaced
                    spaced = False
                else:
                    spaced = True
            else:
                run += letter
        if run:
            yield run, token, spaced
            spaced = False


def _fitting(word: str, room: int, measure: Measure) -> Iterator[str]:
    while word:
        if measure(word) <= room or len(word) == 1:
            yield word
            return
        n = len(word)
        while n > 1 and measure(word[:n]) > room:
            n -= 1
        yield word[:n]
        word = word[n:]


class Column:
    """Widgets one under the other: `take` gives the next strip and moves on."""

    def __init__(self, within: Rect, gap: int = 0) -> None:
        self.rest = within
        self.gap = gap

    def take(self, h: int, gap: int | None = None) -> Rect:
        strip, self.rest = self.rest.top(h, self.gap if gap is None else gap)
        return strip

    def skip(self, h: int) -> None:
        _, self.rest = self.rest.top(h)

    @property
    def y(self) -> int:
        return self.rest.y
