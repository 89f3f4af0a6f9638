"""What chapters say: a message id with named values. Sentences live in `game/words`, by language."""

from collections.abc import Mapping

import attrs

Value = int | str | bool


@attrs.frozen(slots=True)
class Message:
    """`id` is a key of the word list, "chapter.what"; `values` are its named values, sorted by name.

    A value may be a token that a screen turns into a counter, place or seat: `{u:J01}`, `{p:JIWA}`, `{s:JP}`.
    """

    id: str
    values: tuple[tuple[str, Value], ...] = ()

    def as_dict(self) -> Mapping[str, Value]:
        return dict(self.values)


def say(id: str, /, **values: Value) -> Message:
    return Message(id, tuple(sorted(values.items())))
