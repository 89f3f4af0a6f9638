"""Answers kept for values that nobody writes to.

Tables are too large to compare, and most outlive a phase unchanged: `kept` tells what a function is asked about (its
first argument) by identity, and the rest (names, numbers, boards) by equality. An equal table made anew is asked
about anew, so an answer is never wrong, only sometimes worked out twice.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

A = TypeVar("A")
P = ParamSpec("P")
T = TypeVar("T")


def kept(most: int) -> Callable[[Callable[Concatenate[A, P], T]], Callable[Concatenate[A, P], T]]:
    """Keep the last `most` answers of a pure function, which nobody may write to. `cache_clear` lets all go."""

    def of(work: Callable[Concatenate[A, P], T]) -> Callable[Concatenate[A, P], T]:
        answers: dict[tuple[Any, ...], tuple[A, T]] = {}

        @wraps(work)
        def answer(about: A, /, *rest: P.args, **named: P.kwargs) -> T:
            key = (id(about), rest, *named.items())
            found = answers.get(key)
            if found is None:
                if len(answers) >= most:
                    with suppress(KeyError, RuntimeError):  # another thread may be letting the same one go
                        del answers[next(iter(answers))]
                # `about` stays in the entry: while it is there, nothing else can have its identity.
                found = answers[key] = (about, work(about, *rest, **named))
            return found[1]

        answer.cache_clear = answers.clear  # type: ignore[attr-defined]
        return answer

    return of
