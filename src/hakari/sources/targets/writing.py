"""Writes targets that people set on the page or the command line: an import like any other, and undoable.

Names are looked up in the truth itself, so that this works while a server holds the projection.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches

from hakari.errors import ParameterNotUnderstoodError
from hakari.sources.targets.cells import ORIGIN, Cells, MeasureNamed
from hakari.storage.truth import Import, Outcome, Row, Truth

Fold = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Setting:
    """One cell set by a person; team, owner and target list are names. No value takes the target away."""

    measure: str
    starts_on: date
    ends_on: date
    value: float | None
    team: str | None = None
    owner: str | None = None
    source: str | None = None
    segment: str | None = None
    target_list: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the cells that were set: read = loaded + updated + unchanged."""

    run: int
    read: int
    loaded: int
    updated: int
    unchanged: int


def write_settings(
    truth: Truth,
    settings: Sequence[Setting],
    *,
    reason: str,
    author: str,
    label: str,
    now: datetime,
    measure_named: MeasureNamed,
    fold: Fold,
) -> Written:
    """One import; a cell given twice is as it was given last. `fold` is how files compare names."""
    with truth.importing(ORIGIN, label, now) as into:
        cells, keys = Cells(into, measure_named), _Keys(into, fold)
        by_origin: dict[str, dict[str, Row]] = {}
        for one in settings:
            found = cells.row(_said(one, keys, reason, author))
            by_origin.setdefault(found.origin, {})[found.source_id] = Row(found.source_id, found.values, now)
        outcome = Outcome()
        for origin, rows in by_origin.items():
            outcome += into.write("target", list(rows.values()), origin)
        read = sum(len(rows) for rows in by_origin.values())
        into.totals(read)
        return Written(into.run, read, outcome.loaded, outcome.updated, outcome.unchanged)


def _said(one: Setting, keys: _Keys, reason: str, author: str) -> dict[str, object]:
    return {
        "measure": one.measure,
        "team": keys.of("team", one.team),
        "owner": keys.of("person", one.owner),
        "source": one.source,
        "segment": one.segment,
        "target_list": keys.of("target_list", one.target_list),
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "value": one.value,
        "reason": reason,
        "author": author,
    }


@dataclass(frozen=True, slots=True)
class _Keys:
    """Names → keys, as the truth knows them; two of one name are 佐藤 #3 and 佐藤 #8, as on the pages."""

    into: Import
    fold: Fold
    known: dict[str, dict[str, int]] = field(default_factory=dict)

    def of(self, table: str, name: str | None) -> int | None:
        if name is None:
            return None
        names = self._names(table)
        if name in names:
            return names[name]
        folded = self.fold(name, table)
        alike = [key for written, key in names.items() if self.fold(written, table) == folded]
        if len(alike) == 1:
            return alike[0]
        near = get_close_matches(name, list(names), n=3, cutoff=0.3)
        listed = ", ".join(sorted(names)[:12]) or "none yet"
        raise ParameterNotUnderstoodError(
            f"there is no {table.replace('_', ' ')} {name!r}, so no target was set",
            f"did you mean {' or '.join(near)}?" if near else f"known: {listed}",
        )

    def _names(self, table: str) -> dict[str, int]:
        if table not in self.known:
            written = {one.key: one.values["name"] for one in self.into.standing(table) if one.values["name"]}
            borne = Counter(written.values())
            self.known[table] = {
                f"{name} #{key}" if borne[name] > 1 else name: key for key, name in written.items()
            }
        return self.known[table]
