"""Every test of the truth runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from hakari.storage.truth import Truth
from tests.storage.postgres import binaries, server

NewUrl = Callable[[], str]
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_socket() -> Iterator[Path]:
    folder = binaries()
    if folder is None:
        reason = "PostgreSQL is not installed; on Debian: apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with server(folder) as socket:
        yield socket


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> NewUrl:
    """Makes an empty database and gives its address."""
    if request.param == "sqlite":
        return lambda: str(tmp_path / f"truth{next(_numbers)}.db")
    socket: Path = request.getfixturevalue("postgres_socket")
    return lambda: _new_postgres(socket)


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite store with its tables, to be copied: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("truth") / "ready.db"
    Truth.open(path).close()
    return path


@pytest.fixture
def new_truth(new_url: NewUrl, ready: Path) -> Iterator[Callable[[], Truth]]:
    opened: list[Truth] = []

    def open_one() -> Truth:
        url = new_url()
        if "://" not in url:
            shutil.copy(ready, url)
        opened.append(Truth.open(url))
        return opened[-1]

    yield open_one
    for truth in opened:
        truth.close()


@pytest.fixture
def truth(new_truth: Callable[[], Truth]) -> Truth:
    return new_truth()


def _new_postgres(socket: Path) -> str:
    base = "postgresql+psycopg://hakari@"
    name = f"truth{next(_numbers)}"
    engine = sa.create_engine(f"{base}/postgres?host={socket}", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{base}/{name}?host={socket}"
