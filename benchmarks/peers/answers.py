"""What an engine answered, as figures by rep and month, so that answers can be held against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Key = tuple[int | None, str]  # a rep's key and a month's first day
Columns = dict[str, dict[Key, float]]


def take(found: Columns, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows of owner, month and one number a name; nothing is left out."""
    for owner, month, *numbers in rows:
        key = (None if owner is None else int(owner), str(month)[:10])
        for name, number in zip(names, numbers, strict=True):
            if number is not None:
                found.setdefault(name, {})[key] = float(number)


def figures(spec: Mapping[str, Any], columns: Columns) -> Columns:
    """Each figure from its aggregates: shares where there is something to divide by."""
    found: Columns = {}
    for name, figure in spec["figures"].items():
        top = columns.get(figure["top"], {}) if figure["top"] else {}
        bottom = columns.get(figure["bottom"], {}) if figure["bottom"] else {}
        if figure["kind"] in ("rate", "ratio", "conversion", "mean"):
            found[name] = {key: top.get(key, 0.0) / below for key, below in bottom.items() if below}
        else:
            found[name] = dict(top)
    return found


def grouped(spec: Mapping[str, Any]) -> dict[tuple[str, str], list[str]]:
    """Table and day → the aggregates that one pass over it can answer."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, one in spec["aggregates"].items():
        found.setdefault((one["table"], one["day"]), []).append(name)
    return found
