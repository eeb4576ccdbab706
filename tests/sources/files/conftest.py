"""An empty truth for every test, copied from one that was made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hakari.storage.truth import Truth


@pytest.fixture(scope="session")
def ready_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "ready.db"
    Truth.open(path).close()
    return path


@pytest.fixture
def truth(ready_store: Path, tmp_path: Path) -> Iterator[Truth]:
    path = tmp_path / "truth.db"
    shutil.copy(ready_store, path)
    opened = Truth.open(path)
    yield opened
    opened.close()
