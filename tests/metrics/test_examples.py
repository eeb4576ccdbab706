"""Every KPI's worked examples, on the real engine: the answer a person gets by counting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hakari.metrics import worked
from hakari.metrics.definitions import Example
from hakari.metrics.loader import built_in
from hakari.metrics.worked import answer_of, example_stores
from hakari.storage.projection import Projection
from hakari.storage.truth import Truth
from tests.metrics.ways import BothWays

EXAMPLES = [one for kpi in built_in().kpis.values() for one in kpi.examples]


@pytest.fixture(scope="module")
def stores() -> Iterator[tuple[Truth, Projection]]:
    with example_stores() as made:
        yield made


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{one.measure}:{one.why[:40]}" for one in EXAMPLES])
def test_an_example_gives_what_a_person_counts(
    example: Example, stores: tuple[Truth, Projection], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worked, "Engine", BothWays)
    assert answer_of(built_in(), example, *stores) == example.expect, example.why


def test_every_measure_has_an_example() -> None:
    shown = {one.measure for one in EXAMPLES}
    assert set(built_in().measures) <= shown
