"""What a command works with: the company, where to print, and in which language."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.table import Table

from hakari.bootstrap import Company
from hakari.config import TRUTH_FILE, home
from hakari.report.csv_text import rows_to_csv
from hakari.report.json_text import rows_to_json
from hakari.report.markdown import rows_to_markdown
from hakari.report.rows import Row
from hakari.words import Language

FORMATS = ("table", "json", "csv", "md")
DEMO = "demo"


def now() -> datetime:
    """The only clock of the command line; everything below is handed the moment."""
    return datetime.now(UTC)


def company_folder(demo: bool) -> Path:
    """The user's own data; before there is any, the demo company if it was made."""
    own = home()
    if demo or (not (own / TRUTH_FILE).exists() and (own / DEMO / TRUTH_FILE).exists()):
        return own / DEMO
    return own


@dataclass
class Session:
    """One command's surroundings. A server lends its open company; else it is opened on first need."""

    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    lang: Language | None = None
    demo: bool = False
    interactive: bool = False
    folder: Path | None = None
    lent: Company | None = None
    clock: Callable[[], datetime] = now
    runner: Callable[[Sequence[str], Session], int] | None = None  # lets a server run commands handed over
    _own: Company | None = None

    @property
    def company(self) -> Company:
        if self.lent is not None:
            return self.lent
        if self._own is None:
            self._own = Company(self.place, self.clock, in_folder=self.place.name == DEMO)
        return self._own

    @property
    def place(self) -> Path:
        return self.folder or company_folder(self.demo)

    @property
    def language(self) -> Language:
        if self.lang is not None:
            return self.lang
        return "en" if self.company.profile.language == "en" else "ja"

    def tell_problems(self) -> None:
        """Says which of the company's definition files are not followed, if any were read."""
        company = self.lent or self._own
        for one in company.definitions.noticed if company is not None else ():
            kept = " (its last good text still holds)" if one.still_holds else ""
            self.warn(f"hakari: {one.what}{kept}\n  → {one.way_out}")

    def close(self) -> None:
        if self._own is not None:
            self._own.close()
            self._own = None

    def say(self, text: str = "") -> None:
        self.out.write(text + "\n")

    def warn(self, text: str) -> None:
        self.err.write(text + "\n")

    def console(self) -> Console:
        width = None if self.out.isatty() else 160
        return Console(file=self.out, width=width, highlight=False, markup=False, emoji=False)


def print_rows(session: Session, rows: Sequence[Row], form: str, table: Callable[[], Table]) -> None:
    """The same rows in the form asked for; only the table for people is drawn differently."""
    if form == "json":
        session.say(rows_to_json(rows).rstrip("\n"))
    elif form == "csv":
        session.out.write(rows_to_csv(rows))
    elif form == "md":
        session.out.write(rows_to_markdown(rows))
    else:
        session.console().print(table())
