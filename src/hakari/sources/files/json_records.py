"""Reads JSON that holds records, as interfaces and backups of CRMs give them, as rows of one table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hakari.errors import FileTooLargeError, NotATableError
from hakari.sources.files.delimited import Line
from hakari.sources.files.encodings import detect_encoding

MOST_BYTES = 256 * 1024 * 1024
_DEEPEST = 3


def read_records(path: Path) -> tuple[Line, ...]:
    """A header and one row a record: a list of objects, an object with such a list, or an object a line.

    An inner object gives columns such as Owner.Name; an inner list of plain values is one text.
    """
    if path.stat().st_size > MOST_BYTES:
        raise FileTooLargeError(
            f"{path.name} is JSON of more than {MOST_BYTES >> 20} MB", "export it as .csv, or in pieces"
        )
    records = _records(_parsed(path))
    if records is None:
        raise NotATableError(f"{path.name} is JSON without a list of records", "export the records as .csv")
    rows = [dict(_flat(each)) for each in records]
    headers = list(dict.fromkeys(name for row in rows for name in row))
    lines = [Line(1, headers)]
    lines += [Line(place, [row.get(name, "") for name in headers]) for place, row in enumerate(rows, 2)]
    return tuple(lines)


def _parsed(path: Path) -> Any:
    text = path.read_text(encoding=detect_encoding(path))
    try:
        return json.loads(text)
    except RecursionError:
        raise NotATableError(f"{path.name} is JSON nested too deeply", "export the records as .csv") from None
    except ValueError as error:
        try:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            raise NotATableError(
                f"{path.name} is broken JSON: {error}", "export it again, or export the records as .csv"
            ) from None


def _records(found: Any) -> list[Mapping[str, Any]] | None:
    """The longest list of objects at the top or one step below it."""
    lists = [found] if isinstance(found, list) else []
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list)]
    fitting = [each for each in lists if each and all(isinstance(one, dict) for one in each)]
    return max(fitting, key=len, default=None)


def _flat(record: Mapping[str, Any], before: str = "", depth: int = 1) -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        if isinstance(value, dict) and depth < _DEEPEST:
            yield from _flat(value, f"{before}{name}.", depth + 1)
        else:
            yield before + name, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence) and not any(isinstance(each, dict | list) for each in value):
        return ", ".join(_text(each) for each in value)
    return json.dumps(value, ensure_ascii=False)
