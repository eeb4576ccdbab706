"""Two CSV files as a CRM exports them, of any length: activities, and the deals they belong to."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

_ACTIVITIES = ("活動ID", "日時", "担当者", "取引先名", "案件ID", "種別", "結果", "通話時間(秒)", "件名")
_DEALS = ("案件ID", "案件名", "取引先名", "担当者", "金額", "ステータス", "作成日", "完了予定日")
_KINDS = ("電話", "メール", "訪問", "Web会議")
_OUTCOMES = ("不在", "受付", "本人", "拒否")
_STATUSES = ("進行中", "受注", "失注")
_FIRST = datetime(2025, 4, 1, 9, tzinfo=UTC)
_REPS = 60
_SEED = 7


def write_files(folder: Path, activities: int, deals: int) -> tuple[Path, Path]:
    """The deals' file and the activities' file."""
    accounts = max(1, deals // 3)
    draw = np.random.default_rng(_SEED)
    paths = folder / "案件.csv", folder / "活動.csv"
    _write(paths[0], _DEALS, _deal_rows(draw, deals, accounts))
    _write(paths[1], _ACTIVITIES, _activity_rows(draw, activities, deals, accounts))
    return paths


def _deal_rows(draw: np.random.Generator, deals: int, accounts: int) -> Iterator[tuple[object, ...]]:
    statuses = draw.choice(3, deals, p=(0.3, 0.25, 0.45)).tolist()
    amounts = (draw.lognormal(14.5, 0.8, deals) // 1000 * 1000).astype(np.int64).tolist()
    days = draw.integers(0, 500, deals).tolist()
    lasts = draw.integers(10, 90, deals).tolist()
    for number, (status, amount, day, last) in enumerate(zip(statuses, amounts, days, lasts, strict=True)):
        created = _FIRST + timedelta(days=day)
        account = number % accounts
        yield (
            f"D-{number:07}",
            f"{_account(account)} 導入",
            _account(account),
            _rep(number),
            f"{amount:,}",
            _STATUSES[status],
            f"{created:%Y/%m/%d}",
            f"{created + timedelta(days=last):%Y/%m/%d}",
        )


def _activity_rows(
    draw: np.random.Generator, activities: int, deals: int, accounts: int
) -> Iterator[tuple[object, ...]]:
    kinds = draw.choice(4, activities, p=(0.7, 0.2, 0.05, 0.05)).tolist()
    outcomes = draw.choice(4, activities, p=(0.5, 0.2, 0.25, 0.05)).tolist()
    minutes = draw.integers(0, 500 * 540, activities).tolist()
    of_deals = draw.integers(0, deals, activities).tolist()
    seconds = draw.integers(5, 900, activities).tolist()
    columns = zip(kinds, outcomes, minutes, of_deals, seconds, strict=True)
    for number, (kind, outcome, minute, deal, length) in enumerate(columns):
        at = _FIRST + timedelta(days=minute // 540, minutes=minute % 540)
        yield (
            f"A-{number:08}",
            f"{at:%Y/%m/%d %H:%M}",
            _rep(deal),
            _account(deal % accounts),
            f"D-{deal:07}",
            _KINDS[kind],
            _OUTCOMES[outcome] if kind == 0 else "",
            length if kind == 0 else "",
            f"{_KINDS[kind]}で連絡",
        )


def _account(number: int) -> str:
    return f"株式会社第{number:06}商会"


def _rep(number: int) -> str:
    return f"担当 {number % _REPS:02}"


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
