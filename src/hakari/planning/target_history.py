"""What was said about one target: who set it when, to what, why, and what was taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hakari.storage.rows import VersionInfo


@dataclass(frozen=True, slots=True)
class TargetChange:
    """One version, oldest first. `before` is what held until then; a `value` of None took the target away."""

    at: datetime
    before: float | None
    value: float | None
    author: str | None
    reason: str | None
    run: int
    source: str
    label: str
    undone_at: datetime | None


def changes(
    versions: Sequence[VersionInfo], measure: str, measure_named: Callable[[str], str | None]
) -> tuple[TargetChange, ...]:
    """Of versions of one cell whose measure may be written in several ways."""
    found: list[TargetChange] = []
    held: float | None = None
    for one in versions:
        text = one.values.get("measure")
        if text is None or (measure_named(text) or text) != measure:
            continue
        value = None if one.deleted else one.values.get("value")
        found.append(
            TargetChange(
                one.observed_at,
                held,
                value,
                one.values.get("author"),
                one.values.get("reason"),
                one.run,
                one.source,
                one.label,
                one.undone_at,
            )
        )
        if one.undone_at is None:
            held = value
    return tuple(found)
