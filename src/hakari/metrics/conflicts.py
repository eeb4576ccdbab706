"""Words that mean several figures: what the figures differ in, and whom choosing one of them binds."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from hakari.errors import ChoiceRefusedError, UnknownConflictError
from hakari.metrics.definitions import Catalogue
from hakari.metrics.naming import fold
from hakari.words import Language

# Departments as the catalogue names them, and what else people write for them.
DEPARTMENTS: dict[str, tuple[str, ...]] = {
    "marketing": ("マーケティング", "Marketing", "マーケ", "mkt"),
    "inside_sales": ("インサイドセールス", "Inside sales", "IS", "内勤営業"),
    "sdr": ("SDR", "SDR", "反響型インサイドセールス"),
    "bdr": ("BDR", "BDR", "新規開拓"),
    "field_sales": ("フィールドセールス", "Field sales", "FS", "営業", "外勤営業", "sales"),
    "customer_success": ("カスタマーサクセス", "Customer success", "CS"),
    "partner": ("パートナーセールス", "Partner sales", "partner_sales", "代理店営業"),
    "management": ("営業マネジメント", "Sales management", "マネージャー", "経営"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One of the figures a word may mean. `binds` are the departments that have to sign it."""

    measure: str
    ja: str
    en: str
    source: str
    binds: tuple[str, ...]

    def says(self, lang: Language) -> str:
        return self.ja if lang == "ja" else self.en


@dataclass(frozen=True, slots=True)
class Conflict:
    """A contradiction between definitions that a company settles by choosing."""

    id: str
    ja: str
    en: str
    names: tuple[str, ...]
    differ_ja: str
    differ_en: str
    options: tuple[Option, ...]

    def name(self, lang: Language) -> str:
        return self.ja if lang == "ja" else self.en

    def differ(self, lang: Language) -> str:
        return self.differ_ja if lang == "ja" else self.differ_en

    def option(self, measure: str) -> Option:
        """The choice that is this measure."""
        for one in self.options:
            if one.measure == measure:
                return one
        raise ChoiceRefusedError(
            f"{measure} is none of the choices of {self.id} ({self.ja})",
            f"choose one of {', '.join(one.measure for one in self.options)}",
        )


@cache
def _all() -> tuple[Conflict, ...]:
    raw = tomllib.loads((Path(__file__).parent / "conflicts.toml").read_text(encoding="utf-8"))
    return tuple(
        Conflict(
            id=name,
            ja=one["ja"],
            en=one["en"],
            names=tuple(one["names"]),
            differ_ja=one["differ_ja"],
            differ_en=one["differ_en"],
            options=tuple(Option(**{**choice, "binds": tuple(choice["binds"])}) for choice in one["choice"]),
        )
        for name, one in raw.items()
    )


def conflicts_of(catalogue: Catalogue) -> tuple[Conflict, ...]:
    """The contradictions between measures this catalogue has."""
    known = (
        replace(one, options=tuple(each for each in one.options if each.measure in catalogue.measures))
        for one in _all()
    )
    return tuple(one for one in known if len(one.options) > 1)


def conflict_named(catalogue: Catalogue, name: str) -> Conflict:
    """By its id, its name or one of the words it is about."""
    folded = fold(name)
    found = conflicts_of(catalogue)
    for one in found:
        if folded in map(fold, (one.id, one.ja, one.en)):
            return one
    meant = conflict_about(catalogue, name)
    if meant is not None:
        return meant
    ids = [one.id for one in found]
    near = difflib.get_close_matches(folded, ids, n=1, cutoff=0.5)
    raise UnknownConflictError(
        f"there is no contradiction called {name!r}",
        f"did you mean {near[0]}?" if near else f"the catalogue has {', '.join(ids)}",
    )


def conflict_about(catalogue: Catalogue, name: str) -> Conflict | None:
    """The contradiction a word is caught in; None when the word means one figure."""
    folded = fold(name)
    for one in conflicts_of(catalogue):
        if folded in map(fold, one.names):
            return one
    return None


def department_named(name: str) -> str:
    """A department by its id, name or abbreviation."""
    folded = fold(name)
    for key, names in DEPARTMENTS.items():
        if folded in map(fold, (key, *names)):
            return key
    near = difflib.get_close_matches(folded, DEPARTMENTS, n=1, cutoff=0.5)
    raise ChoiceRefusedError(
        f"there is no department {name!r}",
        f"did you mean {near[0]}?" if near else f"it is one of {', '.join(DEPARTMENTS)}",
    )


def department_name(key: str, lang: Language) -> str:
    names = DEPARTMENTS.get(key, (key, key))
    return names[0] if lang == "ja" else names[1]
