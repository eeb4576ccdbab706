"""A company of four sellers that can be reckoned by hand, for capacity and territories.

青木 and 馬場 win 10 million every month; 土井 did until leaving at the end of March; 千葉 joined in May and
has won 5 million in September and October. 青木 has eight accounts, 馬場 three, 土井 one, of 10 million each.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from hakari.bootstrap import Company
from hakari.units.fiscal import add_months
from tests.metrics.rows import LEARNT, Tables, write

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
MILLION = 1_000_000
FIRST = date(2025, 5, 1)
Row = dict[str, object]

PEOPLE: list[Row] = [
    {"id": "a", "name": "青木 空", "team": "t", "role": "fs", "joined_on": "2020-04-01"},
    {"id": "b", "name": "馬場 凪", "team": "t", "role": "fs", "joined_on": "2020-04-01"},
    {"id": "c", "name": "千葉 紬", "team": "t", "role": "fs", "joined_on": "2026-05-11"},
    {"id": "d", "name": "土井 岳", "team": "t", "role": "fs", "joined_on": "2020-04-01",
     "left_on": "2026-03-31"},
    {"id": "m", "name": "三上 結", "team": "t", "role": "manager", "joined_on": "2019-04-01"},
]  # fmt: skip
ACCOUNTS: list[Row] = [
    {
        "id": f"k{number}",
        "name": f"顧客{number:02}",
        "owner": "a" if number < 8 else "b" if number < 11 else "d",
        "industry": "製造",
        "potential": 10 * MILLION,
    }
    for number in range(12)
]


def _won(owner: str, month: date, amount: int) -> Row:
    return {
        "id": f"{owner}{month:%Y%m}",
        "name": f"案件 {owner}{month:%Y%m}",
        "owner": owner,
        "account": {"a": "k0", "b": "k8", "c": "k0", "d": "k11"}[owner],
        "amount": amount,
        "status": "won",
        "created_at": f"{add_months(month, -1)} 10:00",
        "closed_on": f"{month:%Y-%m}-05",
    }


def _deals() -> list[Row]:
    months = [add_months(FIRST, place) for place in range(18)]
    found = [_won(owner, month, 10 * MILLION) for owner in "ab" for month in months]
    found += [_won("d", month, 10 * MILLION) for month in months if month < date(2026, 4, 1)]
    return found + [_won("c", date(2026, month, 1), 5 * MILLION) for month in (9, 10)]


def _targets() -> list[Row]:
    """25 million a month for all, and a target of their own in the third quarter for two."""
    months = [add_months(date(2026, 11, 1), place) for place in range(5)]
    whole: list[Row] = [
        {
            "id": f"g{month:%Y%m}",
            "measure": "win_amount",
            "starts_on": f"{month}",
            "ends_on": f"{date.fromordinal(add_months(month, 1).toordinal() - 1)}",
            "value": 25 * MILLION,
        }
        for month in months
    ]
    own: list[Row] = [
        {
            "id": f"o{owner}",
            "measure": "win_amount",
            "owner": owner,
            "starts_on": "2026-07-01",
            "ends_on": "2026-09-30",
            "value": value * MILLION,
        }
        for owner, value in (("a", 25), ("b", 40))
    ]
    return whole + own


ROWS: Tables = {
    "team": [{"id": "t", "name": "第1営業部"}],
    "person": PEOPLE,
    "account": ACCOUNTS,
    "deal": _deals(),
    "target": _targets(),
}


@contextmanager
def selling_company(folder: Path, rows: Tables = ROWS) -> Iterator[Company]:
    company = Company(folder, lambda: NOW, in_folder=True)
    with company.truth.importing("test", "rows", LEARNT) as an_import:
        write(an_import, rows)
    try:
        yield company
    finally:
        company.close()
