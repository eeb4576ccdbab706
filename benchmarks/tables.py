"""What a benchmark found, as a plain table for people and as JSON for a file."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass, field
from importlib.metadata import version
from os import cpu_count, getloadavg, sysconf
from pathlib import Path
from typing import Any

Cell = float | int | str | None


@dataclass(slots=True)
class Table:
    """Lines of figures under the same columns; `says` tells what was compared with what."""

    title: str
    says: str
    columns: tuple[str, ...]
    lines: dict[str, tuple[Cell, ...]] = field(default_factory=dict)

    def add(self, name: str, *cells: Cell) -> None:
        assert len(cells) == len(self.columns)
        self.lines[name] = cells

    def text(self) -> str:
        rows = [("", *self.columns)]
        rows += [(name, *(_shown(cell) for cell in cells)) for name, cells in self.lines.items()]
        widths = [max(len(row[place]) for row in rows) for place in range(len(self.columns) + 1)]
        lines = [
            "  ".join(
                [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
            )
            for row in rows
        ]
        return "\n".join([self.title, self.says, "", *(line.rstrip() for line in lines), ""])

    def as_json(self) -> dict[str, Any]:
        lines = {name: dict(zip(self.columns, cells, strict=True)) for name, cells in self.lines.items()}
        return {"title": self.title, "says": self.says, "lines": lines}


def machine() -> dict[str, Any]:
    """Where the figures were measured."""
    return {
        "python": platform.python_version(),
        "duckdb": version("duckdb"),
        "platform": platform.platform(),
        "cores": cpu_count(),
        "processor": _processor(),
        "memory_gb": round(sysconf("SC_PAGE_SIZE") * sysconf("SC_PHYS_PAGES") / 1e9),
        "load": [round(load, 1) for load in getloadavg()],
        "implementation": sys.implementation.name,
    }


def _processor() -> str:
    """Its name, where the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "an unnamed processor"


def _shown(cell: Cell) -> str:
    if cell is None:
        return "—"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int):
        return f"{cell:,}"
    return f"{cell:,.0f}" if cell >= 100 else f"{cell:.3g}"
