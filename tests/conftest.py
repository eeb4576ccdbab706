"""What every test stands on: the shared data sets, and a home of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import yaml

CHECKOUT = Path(__file__).resolve().parent.parent
IN_CI = bool(os.environ.get("CI"))

# A shared machine pauses now and then, and a pause is no failure. CI repeats itself, so that a red run is
# about the change; elsewhere every run looks at new examples.
hypothesis.settings.register_profile("house", deadline=None, derandomize=IN_CI)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public data sets with independently computed answers.

    Skips where a contributor does not have it; fails in CI, where its absence would hide tests.
    """
    folder = Path(os.environ.get("HAKARI_SHARED_DATA", CHECKOUT.parent / "shared" / "data"))
    return _there(
        folder, f"The shared data sets are not at {folder}; set HAKARI_SHARED_DATA to their folder."
    )


@pytest.fixture(scope="session")
def shared_catalogue(shared_data: Path) -> dict[str, list[dict[str, Any]]]:
    """The KPIs of the articles, as `kpis_108` and `kpis_extra`: beside the data sets."""
    path = shared_data.parent / "catalogue" / "kpis.yaml"
    _there(path, f"The catalogue of the articles is not at {path}.")
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _there(path: Path, reason: str) -> Path:
    if path.exists():
        return path
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps a test that forgets to say where from writing into the home of whoever runs it."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HAKARI_HOME", str(tmp_path_factory.mktemp("home")))
        yield
