"""`python -m tests.deep [PYTEST ARGUMENTS]`: the laws over many more worlds, and the tests marked deep."""

import os
import sys

import pytest

if __name__ == "__main__":
    os.environ["TWOFRONTS_TESTS"] = "deep"
    where = sys.argv[1:] or ["tests/laws", "tests/odds", "tests/ui/test_window.py"]
    sys.exit(pytest.main(["-m", "deep or not deep", *where]))
