"""An import that is killed halfway leaves the store as it was."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from hakari.storage.truth import Truth
from tests.storage.conftest import NewUrl
from tests.storage.rows import current, load, row

_IMPORT = """
import sys, time
from datetime import datetime, UTC
from hakari.storage.truth import Row, Truth
at = datetime(2026, 10, 2, tzinfo=UTC)
with Truth.open(sys.argv[1]).importing("crm", "long", at) as importing:
    importing.write("deal", [Row(f"d{number}", {"stage": "受注"}, at) for number in range(20_000)])
    print("written", flush=True)
    time.sleep(60)
"""


def test_a_killed_import_leaves_nothing_behind(new_url: NewUrl) -> None:
    url = new_url()
    truth = Truth.open(url)
    load(truth, "deal", [row("d1", 0, stage="提案")])
    importing = subprocess.Popen([sys.executable, "-c", _IMPORT, url], stdout=subprocess.PIPE, text=True)
    assert importing.stdout is not None
    assert importing.stdout.readline() == "written\n"
    importing.send_signal(signal.SIGKILL)
    importing.wait(10)
    importing.stdout.close()
    load(truth, "deal", [row("d2", 0, stage="提案")])
    assert {name: deal["stage"] for name, deal in current(truth, "deal").items()} == {
        "d1": "提案",
        "d2": "提案",
    }
    if Path(url).exists():
        with truth.database.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    truth.close()
