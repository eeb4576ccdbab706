"""Finds the line of a definition file that a refusal speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hakari.errors import DefinitionError

_HEADER = re.compile(r"^\s*\[{1,2}\s*([^\]]+?)\s*\]{1,2}\s*(#.*)?$")


@dataclass(frozen=True, slots=True)
class DefinitionFile:
    """A KPI or population file as text, by the name a person knows: `win.toml`, `populations/deal.toml`."""

    name: str
    text: str

    @property
    def is_populations(self) -> bool:
        return self.name.startswith("populations/")

    @property
    def stem(self) -> str:
        return self.name.rsplit("/", 1)[-1].removesuffix(".toml")


@contextmanager
def placed(file: DefinitionFile, section: str, place: str) -> Iterator[None]:
    """Refusals inside tell file and line: `win.toml, line 9: [measure.rate] kind = 'rat'`."""
    try:
        yield
    except DefinitionError as error:
        if error.file:
            raise
        line = line_of(file.text, section, error.key, error.value)
        said = error.what.removeprefix(f"{place}: ")
        where = f"[{section}] " if section else ""
        if error.key and not re.search(rf"\b{re.escape(error.key)}\b", said):
            where += f"{error.key}: "
        raise DefinitionError(
            f"{file.name}, line {line}: {where}{said}",
            error.way_out,
            key=error.key,
            value=error.value,
            file=file.name,
            line=line,
        ) from error


def line_of(text: str, section: str, key: str = "", value: str = "") -> int:
    """The line, from 1, of a key's value in a section; else of the key, of the section, of the file."""
    lines = text.splitlines()
    first, last = _section(lines, section)
    at = _key(lines, first, last, key) if key else None
    start = first if at is None else at
    if value:
        for number in range(start, last):
            if value in lines[number]:
                return number + 1
    return min(start, max(len(lines) - 1, 0)) + 1


def _section(lines: list[str], section: str) -> tuple[int, int]:
    """The lines from the section's header to the next header."""
    headers = [
        (number, re.sub(r"[\s\"']", "", found.group(1)))
        for number, line in enumerate(lines)
        if (found := _HEADER.match(line))
    ]
    if not section:
        return 0, headers[0][0] if headers else len(lines)
    for index, (number, name) in enumerate(headers):
        if name == section:
            return number, headers[index + 1][0] if index + 1 < len(headers) else len(lines)
    return 0, len(lines)


def _key(lines: list[str], first: int, last: int, key: str) -> int | None:
    wanted = re.compile(rf"""^\s*["']?{re.escape(key)}["']?\s*(=|\.)""")
    return next((number for number in range(first, last) if wanted.match(lines[number])), None)
