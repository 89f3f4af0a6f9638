"""Everything that people read: sentences by message id and language, and names for ids.

A chapter says `say("missile_defense.launched", unit="K01", fired=12)`. The sentence stands in
`en/missile_defense.toml` under the quoted key "launched", and holds the values in braces:

- `{fired}`                 the value
- `{fired:s}`               "s" unless the value is 1: `{fired} missile{fired:s}`
- `{fired:flies|fly}`       the first word for 1, else the second
- `{ask:?, asks [s:{ask}]}` the text if there is a value (not "", not 0, not unknown), after a bar what else to say
- `{leak:%}`                parts per million as percent; `{loss:milli}` thousandths as a decimal;
                            `{sent:points}` hundredths of a supply point as one
- `{route:=route}`          the word for a value that is itself a code: the key "route.real_time" of `en/terms.toml`;
                            several codes with spaces between become a list
- `{text:~text}`            the sentence of a code, or else the words as somebody wrote them; they can name nothing

and tokens that a name takes the place of: `[u:J01]` a counter, `[p:JIWA]` a place, `[s:JP]` a seat,
`[k:JP-KR]` a pact, `[c:JP.ABCDEF]` a contact, `[o:JP.raid.K01]` an order, `[x:...]` any of these.
`tokens` splits them out for a screen.

Nothing here ever stops a game: a sentence that is missing or asks for a value that is not there prints its id and
values. The tests find those.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import attrs

from game.core.orders import Doubt, Refusal
from game.core.words import Message
from game.words.fill import filled
from game.words.load import add_folder, sentence, term
from game.words.names import BARE, TOKEN, Names

__all__ = [
    "BARE",
    "Names",
    "Token",
    "add_folder",
    "advice",
    "finished",
    "join",
    "marked",
    "refused",
    "term",
    "text",
    "tokens",
]


@attrs.frozen(slots=True)
class Token:
    """A thing named in a text: `kind` is one of the letters above."""

    kind: str
    id: str


def text(message: Message, language: str = "en", names: Names = BARE, *, short: bool = False) -> str:
    """The sentence that `message` stands for, names in place of tokens."""
    return names.spell(marked(message, language), language, short=short)


@lru_cache(maxsize=4096)
def marked(message: Message, language: str = "en") -> str:
    """The sentence with its tokens still in it. Kept: a screen says the same words at every frame."""
    found = sentence(message.id, language)
    out = None if found is None else filled(found, message.as_dict(), lambda kind, code: term(kind, code, language))
    return _bare(message) if out is None else out


def _bare(message: Message) -> str:
    values = ", ".join(f"{k}={v}" for k, v in message.values)
    return f"{message.id} ({values})" if values else message.id


def tokens(marked_text: str) -> Iterator[str | Token]:
    """A marked text as plain pieces and tokens, in reading order."""
    at = 0
    for found in TOKEN.finditer(marked_text):
        if found.start() > at:
            yield marked_text[at : found.start()]
        yield Token(found[1], found[2])
        at = found.end()
    if at < len(marked_text):
        yield marked_text[at:]


def finished(words: str) -> str:
    """A sentence that ends like one."""
    words = " ".join(words.split())
    return words if not words or words[-1] in ".!?" else words + "."


def join(parts: list[str], last: str = " and ") -> str:
    """ "a, b and c"."""
    return last.join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)


def refused(refusal: Refusal, names: Names = BARE, language: str = "en") -> str:
    """A refusal in one line: "rule: reason. remedy." """
    reason = finished(text(refusal.reason, language, names))
    remedy = finished(text(refusal.remedy, language, names))
    return f"{refusal.rule}: {reason} {remedy}".rstrip()


def advice(doubt: Doubt, names: Names = BARE, language: str = "en") -> str:
    """A doubt in one line."""
    return f"{doubt.rule}: {finished(text(doubt.message, language, names))}"
