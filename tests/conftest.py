"""Hypothesis profiles: `ci` is the same on every run and short; `deep` looks further (`python -m tests.deep`)."""

import os

from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
settings.register_profile(
    "ci", derandomize=True, deadline=None, max_examples=30, database=None, suppress_health_check=SLOW
)
settings.register_profile("deep", deadline=None, max_examples=600, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("TWOFRONTS_TESTS", "ci"))
