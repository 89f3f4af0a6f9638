"""Codes at the price of a guess in tests, or the walks would take minutes."""

from collections.abc import Iterator

import pytest

from game.io import passcode


@pytest.fixture(scope="session", autouse=True)
def cheap_codes() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passcode, "COST", 1)
        yield
