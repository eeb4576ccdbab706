"""Commands as a page shows them: what is typed, and what is printed under it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime

BLOCK = re.compile(r"^```(csv|console|toml)\n(.*?)^```", re.MULTILINE | re.DOTALL)
TODAY = datetime(2026, 11, 24, 3, tzinfo=UTC)
LEFT_OUT = "…"


def typed(console: str) -> Iterator[tuple[list[str], list[str]]]:
    """Each command of a block, and the lines printed under it."""
    for part in re.split(r"^\$ \./dev hakari ", console, flags=re.MULTILINE)[1:]:
        command, *printed = part.splitlines()
        yield shlex.split(command), printed


def missing(printed: list[str], answer: str) -> str | None:
    """The first printed line that the answer lacks; the lines must come in the same order."""
    rest = iter([_squeezed(line) for line in answer.splitlines()])
    for line in map(_squeezed, printed):
        wanted = line.removesuffix(LEFT_OUT).strip()
        if wanted and not any(
            found == line or (found.startswith(wanted) and wanted != line) for found in rest
        ):
            return line
    return None


def _squeezed(line: str) -> str:
    return " ".join(line.split())
