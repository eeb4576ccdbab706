"""What became of cells that were pasted: all accounted for, and those that cannot be used by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RejectedCell:
    """Where it stands in what was pasted, counted from 1, and why it cannot be used, by language."""

    row: int
    column: str | None
    value: str | None
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pasted:
    """read = loaded + updated + unchanged + rejected; `rejects` are the first twenty.

    `run` is the import it became, or would have become.
    """

    run: int
    read: int
    loaded: int
    updated: int
    unchanged: int
    rejected: int
    rejects: tuple[RejectedCell, ...]
