"""A terminal for tests: a home folder, a prompt, and what was printed."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hakari.cli.session import Session
from hakari.cli.start import run

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


class Terminal:
    """A home and a prompt; the test moves the clock."""

    def __init__(self, home: Path) -> None:
        self.home, self.now = home, NOW
        self.out = self.err = ""

    def __call__(self, *words: str | Path) -> int:
        out, err = io.StringIO(), io.StringIO()
        session = Session(out, err, folder=self.home, clock=lambda: self.now)
        code = run([str(word) for word in words], session)
        self.out, self.err = out.getvalue(), err.getvalue()
        return code

    def rows(self, *words: str | Path) -> list[dict[str, Any]]:
        assert self(*words, "--format", "json") == 0, self.err
        found: list[dict[str, Any]] = json.loads(self.out)
        return found
