"""Several companies of one world: what is true of it must show in them together."""

from __future__ import annotations

import pytest

from tests.sources.demo.told import Told, tell

SEEDS = range(1, 7)


@pytest.fixture(scope="session")
def companies() -> list[Told]:
    return [tell(seed) for seed in SEEDS]
