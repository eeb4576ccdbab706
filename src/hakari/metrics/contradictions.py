"""Tells which conditions can never hold together, so that nobody waits for a count that stays at nothing."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hakari.canonical.milestones import milestones_of
from hakari.canonical.predicate import AnyOf, Atom, OtherField, Where, field_at
from hakari.canonical.schema import Field, Kind

_UNKNOWN_FULFILS = ("!=", "not_in", "is_null")
_MOST_BRANCHES = 256


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Conditions on one field that no row can fulfil together."""

    atoms: tuple[Atom, ...]

    def text(self) -> str:
        return " and ".join(dict.fromkeys(atom.text() for atom in self.atoms))


def contradiction(where: Where, table: str) -> Contradiction | None:
    """The first conditions that exclude each other; None when some row could fulfil all of them."""
    first: Contradiction | None = None
    for branch in itertools.islice(_branches(where), _MOST_BRANCHES):
        found = _in_branch(branch, table)
        if found is None:
            return None
        first = first or found
    return first


def _branches(where: Where) -> Iterator[tuple[Atom, ...]]:
    """Every way of choosing one atom from each `any`."""
    choices = [one.atoms if isinstance(one, AnyOf) else (one,) for one in where]
    yield from itertools.product(*choices)


def _in_branch(atoms: Sequence[Atom], table: str) -> Contradiction | None:
    by_path: dict[tuple[str, ...], list[Atom]] = {}
    for atom in atoms:
        by_path.setdefault(atom.path, []).append(atom)
    for path, own in by_path.items():
        field = field_at(table, path, milestones_of(table), table)
        # The shortest reason is the most readable one.
        for size in range(1, len(own) + 1):
            for some in itertools.combinations(own, size):
                if not _possible(some, field):
                    return Contradiction(some)
    return _behind_nothing(by_path)


def _behind_nothing(by_path: Mapping[tuple[str, ...], Sequence[Atom]]) -> Contradiction | None:
    """A reference that is to be empty leads to no field that is to be known."""
    for path, own in by_path.items():
        empty = next((atom for atom in own if atom.op == "is_null"), None)
        for longer, others in by_path.items():
            known = next((atom for atom in others if atom.op not in _UNKNOWN_FULFILS), None)
            if empty and known and len(longer) > len(path) and longer[: len(path)] == path:
                return Contradiction((empty, known))
    return None


def _possible(atoms: Sequence[Atom], field: Field) -> bool:
    """Whether one value of the field, or its absence, fulfils all."""
    if all(atom.op in _UNKNOWN_FULFILS for atom in atoms):
        return True
    if any(atom.op == "is_null" for atom in atoms):
        return False
    if any(isinstance(a.value, OtherField) and a.value.path == a.path and a.op in "<>" for a in atoms):
        return False
    values = _values(atoms, field)
    if values is not None:
        return any(all(_holds(atom, value) for atom in atoms) for value in values)
    return _range_is_open(atoms, whole=field.kind in (Kind.INTEGER, Kind.DATE))


def _values(atoms: Sequence[Atom], field: Field) -> list[Any] | None:
    """The values to try; None when there are more than the conditions name."""
    for atom in atoms:
        if atom.op == "=" and not isinstance(atom.value, OtherField):
            return [atom.value]
        if atom.op == "in":
            return list(atom.value if isinstance(atom.value, tuple) else (atom.value,))
    if field.kind is Kind.FLAG:
        return [True, False]
    return list(field.choices) if field.kind is Kind.CHOICE else None


def _holds(atom: Atom, value: Any) -> bool:
    """Whether a known value fulfils the comparison; what cannot be compared is given the benefit."""
    wanted = atom.value
    if isinstance(wanted, OtherField):
        return True
    if atom.op in ("in", "not_in"):
        among = value in (wanted if isinstance(wanted, tuple) else (wanted,))
        return among if atom.op == "in" else not among
    if atom.op in ("not_null", "is_true", "is_false", "is_null"):
        return {"not_null": True, "is_null": False}.get(atom.op, value is (atom.op == "is_true"))
    try:
        return _compares(atom.op, value, wanted)
    except TypeError:
        return True


def _compares(op: str, value: Any, wanted: Any) -> bool:
    compared: dict[str, Callable[[Any, Any], bool]] = {
        "=": operator.eq,
        "!=": operator.ne,
        ">=": operator.ge,
        ">": operator.gt,
        "<=": operator.le,
        "<": operator.lt,
    }
    return bool(compared[op](value, wanted))


def _range_is_open(atoms: Sequence[Atom], *, whole: bool) -> bool:
    lows: list[tuple[Any, bool]] = [(a.value, a.op == ">") for a in atoms if a.op in (">", ">=")]
    highs: list[tuple[Any, bool]] = [(a.value, a.op == "<") for a in atoms if a.op in ("<", "<=")]
    for (low, low_out), (high, high_out) in itertools.product(lows, highs):
        try:
            if (low == high and (low_out or high_out)) or low > high:
                return False
            between = whole and low_out and high_out and isinstance(low, int)
            if between and isinstance(high, int) and high - low == 1:
                return False
        except TypeError:
            continue
    return True
