"""Figures asked for in both ways they can be counted: by statements, and by reading rows at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from unittest.mock import patch

from hakari.metrics import choosing
from hakari.metrics.engine import Engine
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult


@contextmanager
def reading(worth: float) -> Iterator[None]:
    """However few rows there are: everything that can be is read at once (inf), or nothing is (0)."""
    with patch.object(choosing, "LARGE", 0), patch.object(choosing, "_WORTH", worth):
        yield


class BothWays(Engine):
    """Its answers are those of statements; reading at once has to give the same."""

    def measure(self, query: Query, schema: str = "main") -> list[MetricResult]:
        with reading(0.0):
            found = super().measure(query, schema)
        with reading(inf):
            assert super().measure(query, schema) == found
        return found
