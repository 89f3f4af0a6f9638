"""Telegrams of twelve words (J2)."""

from __future__ import annotations

from typing import ClassVar

import attrs

from game.core.orders import Order, Refusal
from game.core.view import View
from rules.planning.refusing import DELIVER, refuse, works
from rules.planning.talk import friends, strangers

#: Words and letters of a telegram (game.md §2; the letters D).
MOST_WORDS, LETTERS = 12, 90
#: First and last letters of scripts that set no space between words (Thai to Burmese, Khmer, kana, Han), and how many
#: of them count as a word (D).
UNSPACED = (
    (0x0E00, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
LETTERS_A_WORD = 2
#: The space of East Asian keyboards, which Python does not call printable.
WIDE_SPACE = "\u3000"
#: Telegrams that a staff has ready, by code; their sentences stand in the word list.
READY = ("need_interceptors", "need_hulls", "we_hold", "under_attack", "watch_your_radar", "join_us", "thanks")


@attrs.frozen(slots=True)
class Telegram(Order):
    """Send the nation `subject` one line of at most twelve words: a code of READY, or words of one's own."""

    VERB: ClassVar[str] = "telegram"
    COST: ClassVar[int] = 0
    OPEN: ClassVar[tuple[str, ...]] = ("text",)

    text: str


def words_of(text: str) -> int:
    """J2: words of a telegram; letters of scripts without spaces by twos."""
    n = 0
    for token in text.split():
        unspaced = sum(any(low <= ord(c) <= high for low, high in UNSPACED) for c in token)
        n += max(1, -(-unspaced // LETTERS_A_WORD))
    return n


def fault(view: View, order: Telegram) -> Refusal | None:
    if not works(view.kind, DELIVER):
        return refuse("J2", "no_wires", order, kind=view.kind.name)
    if order.subject not in (*friends(view), *strangers(view)):
        return refuse("J2", "no_line", order, seat=order.subject)
    words, plain = words_of(order.text), order.text.replace(WIDE_SPACE, " ").isprintable()
    if not words or words > MOST_WORDS or len(order.text) > LETTERS or not plain:
        return refuse("J2", "not_twelve", order, words=words, most=MOST_WORDS, letters=LETTERS)
    return None
