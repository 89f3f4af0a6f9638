"""Answers kept for values that nobody writes to.

Tables are too large to compare, and most outlive a phase unchanged: `kept` tells dicts and tuples apart by identity,
and all else (names, numbers, boards) by equality. An equal table made anew is asked about anew, so an answer is never
wrong, only sometimes worked out twice.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_BY_IDENTITY = frozenset({dict, tuple})


def kept(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the last `most` answers of a pure function, which nobody may write to. `cache_clear` lets all go."""

    def of(work: Callable[P, T]) -> Callable[P, T]:
        answers: dict[tuple[Any, ...], tuple[tuple[Any, ...], T]] = {}

        @wraps(work)
        def answer(*args: P.args, **kwargs: P.kwargs) -> T:
            key = tuple([id(a) if type(a) in _BY_IDENTITY else a for a in args])
            found = answers.get(key)
            if found is None:
                if len(answers) >= most:
                    del answers[next(iter(answers))]
                # The arguments stay in the entry: while it is there, nothing else can have their identity.
                found = answers[key] = (args, work(*args, **kwargs))
            return found[1]

        answer.cache_clear = answers.clear  # type: ignore[attr-defined]
        return answer

    return of
