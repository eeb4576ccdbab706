"""Two processes may not count on one projection at the same time; the second is told so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hakari.storage.projection import Projection
from tests.storage.columns import ZONE

_OPEN = """
import sys
from pathlib import Path
from hakari.errors import StoreInUseError
from hakari.storage.projection import Projection
try:
    Projection(Path(sys.argv[1]), "Asia/Tokyo").close()
except StoreInUseError as error:
    print("in use:", error.what, "|", error.way_out)
else:
    print("opened")
"""


def _open_elsewhere(path: Path) -> str:
    command = [sys.executable, "-c", _OPEN, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


def test_a_second_process_is_told_who_is_first_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "projection.duckdb"
    first = Projection(path, ZONE)
    said = _open_elsewhere(path)
    assert said.startswith("in use:")
    assert str(path) in said
    assert "end it first" in said
    first.close()
    assert _open_elsewhere(path) == "opened"
