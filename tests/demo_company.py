"""The demo company, made once for all tests that look at it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hakari.bootstrap import Company

# A Tuesday evening in the middle of a quarter, so that something is always in progress.
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def demo_company(folder: Path) -> Company:
    company = Company(folder, lambda: NOW)
    company.load_demo(seed=1, scale=1.0)
    return company
