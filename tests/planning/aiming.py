"""A small company that has sold for ten months, to set targets for: two reps and a newcomer, two sources."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from hakari.bootstrap import Company
from hakari.storage.truth import Import, Row
from hakari.units.fiscal import add_months
from tests.metrics.rows import LEARNT

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
FIRST = date(2026, 1, 1)
# How many deals each of them wins in a month, from January 2026 on.
WON = {"佐藤": (4, 5, 6, 5, 4, 6, 5, 5, 4, 6), "鈴木": (3, 3, 2, 4, 3, 3, 2, 3, 4, 3)}
SOURCES = ("展示会", "紹介")
_OCTOBER = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 31)}
_DECEMBER = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 31)}


def _write(an_import: Import, table: str, rows: list[dict[str, Any]]) -> dict[str, int]:
    """The keys by name or id."""
    names = [str(row.get("name", place)) for place, row in enumerate(rows)]
    known = [(name,) if table in ("team", "person") else () for name in names]
    made = [
        Row(name, row, LEARNT, known_as=called) for name, row, called in zip(names, rows, known, strict=True)
    ]
    return dict(zip(names, an_import.write(table, made).keys, strict=True))


def _deals(people: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "name": f"{who} {month}-{number}",
            "owner": people[who],
            "status": "won",
            "amount": 1_000_000,
            "source": SOURCES[number % 2],
            "created_at": datetime.combine(add_months(FIRST, month), datetime.min.time(), UTC),
            "closed_on": add_months(FIRST, month).replace(day=10),
        }
        for who, months in WON.items()
        for month, many in enumerate(months)
        for number in range(many)
    ]


def fill(an_import: Import) -> None:
    teams = _write(an_import, "team", [{"name": "第1"}, {"name": "第2"}])
    first = {"team": teams["第1"], "role": "fs", "joined_on": date(2020, 4, 1)}
    new = {"team": teams["第2"], "role": "fs", "joined_on": date(2026, 10, 1)}
    people = _write(
        an_import,
        "person",
        [{"name": "佐藤", **first}, {"name": "鈴木", **first}, {"name": "高橋", **new}],
    )
    _write(an_import, "deal", _deals(people))
    measure = {"measure": "win_deals"}
    _write(
        an_import,
        "target",
        [
            {**measure, "team": teams["第1"], **_DECEMBER, "value": 10},
            {**measure, "owner": people["佐藤"], **_DECEMBER, "value": 5},
            {**measure, "owner": people["鈴木"], **_DECEMBER, "value": 3},
            {**measure, "owner": people["佐藤"], **_OCTOBER, "value": 5},
        ],
    )


@contextmanager
def aiming_company(folder: Path) -> Iterator[Company]:
    company = Company(folder, lambda: NOW, in_folder=True)
    with company.truth.importing("test", "rows", LEARNT) as an_import:
        fill(an_import)
    try:
        yield company
    finally:
        company.close()
