"""Writes the demo company into a store, so that it is questioned exactly as a real one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hakari.canonical import TABLES
from hakari.config import PROFILE, CompanyProfile
from hakari.sources.demo.columns import EPOCH, day_number
from hakari.sources.demo.rows import Batch
from hakari.sources.demo.simulator import simulate
from hakari.sources.demo.timeline import BUSINESS_DAY, Timeline
from hakari.sources.demo.world import World
from hakari.storage.rows import Row
from hakari.storage.truth import Import, Truth

SOURCE = "demo"
COMPANY = "架空の会社"
KGI = "win_amount"
KPIS = (
    "speed_to_lead_5min.rate",
    "sdr_meetings.rate",
    "sdr_valid_opportunities.rate",
    "fs_win_rate_on_opportunities",
    "won_unit_price",
)
# A file that a user brings to the demo company, such as targets, calls these by their names.
_CALLED_BY_NAME = ("team", "person", "target_list")
Progress = Callable[[str], None]


def load_demo(
    truth: Truth,
    today: date,
    *,
    seed: int = 1,
    scale: float = 1.0,
    progress: Progress | None = None,
    world: World | None = None,
    now: datetime | None = None,
) -> None:
    """One import of everything up to the evening of `today`, and the company's profile.

    `progress` is told each table as its rows begin to come. With `now`, the import is said to have
    happened no later than that.
    """
    world = world or World()
    evening = min(_evening(today), now) if now is not None else _evening(today)
    with truth.importing(SOURCE, COMPANY, evening) as an_import:
        batches = simulate(world, today, seed, scale)
        read = _write(an_import, _told(batches, progress) if progress else batches)
        an_import.totals(read)
    truth.put_setting(PROFILE, profile(world, today).as_json(), evening)


def profile(world: World, today: date) -> CompanyProfile:
    closures = tuple(sorted(Timeline(world, today).closures))
    return CompanyProfile(
        name=COMPANY,
        fiscal_start_month=world.fiscal_start_month,
        closures=closures,
        kgi=KGI,
        kpis=KPIS,
        demo=True,
    )


def _evening(today: date) -> datetime:
    """When the company's offices close."""
    days = timedelta(days=day_number(today), seconds=BUSINESS_DAY)
    return datetime(EPOCH.year, EPOCH.month, EPOCH.day, tzinfo=UTC) + days


def _told(batches: Iterable[Batch], progress: Progress) -> Iterator[Batch]:
    told: set[str] = set()
    for batch in batches:
        if batch.table not in told:
            progress(batch.table)
            told.add(batch.table)
        yield batch


def _write(an_import: Import, batches: Iterable[Batch]) -> int:
    """The store gives out the keys, one after the other: ours, moved on by how many it had given before."""
    moved: dict[str, int] = {}
    read = 0
    for batch in batches:
        refs = {
            field.name: moved[field.ref]
            for field in TABLES[batch.table].fields
            if field.ref is not None and moved.get(field.ref, 0)
        }
        rows = [_repointed(row, refs) for row in batch.rows] if refs else batch.rows
        if batch.table in _CALLED_BY_NAME:
            rows = [replace(row, known_as=("".join(row.values["name"].casefold().split()),)) for row in rows]
        outcome = an_import.history(batch.table, rows)
        if batch.table not in moved and rows:
            moved[batch.table] = outcome.keys[0] - 1
        read += len(rows)
    return read


def _repointed(row: Row, refs: Mapping[str, int]) -> Row:
    values = dict(row.values)
    for name, by in refs.items():
        if values.get(name) is not None:
            values[name] += by
    return replace(row, values=values)
