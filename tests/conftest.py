"""What every test may ask for: the shared data sets."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public data sets with independently computed answers.

    Skips where a contributor does not have it; fails in CI, where its absence would hide tests.
    """
    folder = Path(os.environ.get("HAKARI_SHARED_DATA", CHECKOUT.parent / "shared" / "data"))
    if folder.is_dir():
        return folder
    reason = f"The shared data sets are not at {folder}; set HAKARI_SHARED_DATA to their folder."
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
