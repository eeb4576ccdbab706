"""Whatever is imported and taken back, a lake that followed holds the projection."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given

from hakari.canonical import TABLES
from hakari.storage.filled import ROWS
from hakari.storage.projection import Projection
from hakari.storage.truth import Truth
from tests.storage.columns import ZONE, everything
from tests.storage.lake.held import held, known, publish
from tests.storage.test_properties import ON_BOTH, Load, Undo, empty, steps, take

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


@ON_BOTH
@given(steps=steps)
def test_a_lake_that_followed_holds_the_projection(truth: Truth, steps: Sequence[Load | Undo]) -> None:
    empty(truth)
    projection = Projection(None, ZONE)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        publish(truth, projection, folder, NOW)
        for step in steps:
            take(truth, step)
            assert not publish(truth, projection, folder, NOW).full
            assert held(folder) == everything(projection)
            assert known(folder) == {table: projection.filled(table) - {ROWS} for table in TABLES}
    projection.close()
