"""The catalogue as a list: what the records at hand can answer, and what is missing for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from hakari.canonical import TABLES
from hakari.metrics.conflicts import department_name
from hakari.metrics.definitions import Catalogue, Measure
from hakari.metrics.derived import names_in
from hakari.metrics.naming import fold
from hakari.metrics.shelves import stage_name, tactic_name
from hakari.words import LANGUAGES, Language, knows, say

Lacking = Callable[[Measure], tuple[str, ...]]  # such as ("deal.valid", "lead")


class ColumnWords(Protocol):
    """How people call a file and its column; see hakari.sources.files.wanted_columns."""

    @property
    def file_ja(self) -> str: ...
    @property
    def file_en(self) -> str: ...
    @property
    def column_ja(self) -> str: ...
    @property
    def column_en(self) -> str: ...


Columns = Callable[[str, str], ColumnWords | None]


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One measure of the catalogue, in the reader's language."""

    measure: str
    kpi: str
    key: str
    name: str
    stage: str
    stage_name: str
    tactic: str
    tactic_name: str
    department: str
    department_name: str
    unit: str
    better: str
    computable: bool
    missing: tuple[str, ...]  # sentences: which column of which file would make it computable
    needs: tuple[str, ...]  # the same as `deal.valid`
    own: bool


def catalogue_row(
    catalogue: Catalogue, one: Measure, needs: tuple[str, ...], columns: Columns, lang: Language
) -> CatalogueRow:
    kpi = catalogue.kpis[one.kpi]
    return CatalogueRow(
        measure=one.id,
        kpi=kpi.id,
        key=one.key,
        name=one.ja if lang == "ja" else one.en,
        stage=kpi.stage,
        stage_name=stage_name(kpi.stage, lang),
        tactic=kpi.tactic,
        tactic_name=tactic_name(kpi.tactic, lang),
        department=kpi.department,
        department_name=department_name(kpi.department, lang),
        unit=one.unit,
        better=one.better,
        computable=not needs,
        missing=tuple(dict.fromkeys(need_in_words(need, columns, lang) for need in needs)),
        needs=needs,
        own=kpi.own,
    )


def catalogue_rows(
    catalogue: Catalogue,
    lacking: Lacking,
    columns: Columns,
    lang: Language,
    stage: str = "",
    tactic: str = "",
    search: str = "",
    *,
    missing: bool = False,
) -> tuple[CatalogueRow, ...]:
    """Every measure that fits; stage and tactic by id or name, search anywhere in names and words."""
    rows = (
        catalogue_row(catalogue, one, needs_of(one, catalogue, lacking), columns, lang)
        for one in catalogue.measures.values()
        if not search or fold(search) in _searched(catalogue, one)
    )
    return tuple(
        row
        for row in rows
        if _is(stage, row.stage, stage_name)
        and _is(tactic, row.tactic, tactic_name)
        and (not missing or not row.computable)
    )


def _is(asked: str, key: str, name: Callable[[str, Language], str]) -> bool:
    """By id or by its name in any language; nothing asked is everything."""
    return not asked or fold(asked) in map(fold, (key, *(name(key, lang) for lang in LANGUAGES)))


def needs_of(one: Measure, catalogue: Catalogue, lacking: Lacking) -> tuple[str, ...]:
    """What the store has never heard of; what is made of other measures needs what these need."""
    found = () if one.kind == "derived" else lacking(one)
    for part in parts_named(one):
        found += needs_of(catalogue.measures[part], catalogue, lacking)
    return tuple(dict.fromkeys(found))


def parts_named(one: Measure) -> list[str]:
    """The measures it is derived from, or that it holds against targets."""
    if one.kind == "derived":
        return names_in(one.formula)
    return [] if one.against is None else [one.against.measure]


def _searched(catalogue: Catalogue, one: Measure) -> str:
    kpi = catalogue.kpis[one.kpi]
    words = (one.words_ja, one.words_en, *one.aliases, kpi.ja, kpi.en, kpi.source, one.formula)
    return fold("\n".join((one.id, one.ja, one.en, *words)))


def need_in_words(need: str, columns: Columns, lang: Language) -> str:
    """`deal.valid / deal.status` as a sentence a person who exports files can act on."""
    return say("def_or", lang).join(_column_in_words(one, columns, lang) for one in need.split(" / "))


def _column_in_words(need: str, columns: Columns, lang: Language) -> str:
    table, _, field = need.partition(".")
    known = TABLES.get(table)
    title = (known.ja if lang == "ja" else known.en) if known is not None else table
    words = columns(table, field)
    file = (words.file_ja if lang == "ja" else words.file_en) if words is not None else title
    if not field:
        return say("def_file", lang, table=title, file=file)
    key = f"field_{field}"
    name = say(key, lang) if knows(key) else field
    column = (words.column_ja if lang == "ja" else words.column_en) if words is not None else name
    return say("def_column", lang, table=title, file=file, field=name, column=column)


def most_helpful(rows: Iterable[CatalogueRow]) -> list[tuple[str, int]]:
    """What would make most measures computable if it came alone, the most helpful first."""
    counts: dict[str, int] = {}
    for row in rows:
        if len(row.missing) == 1:
            counts[row.missing[0]] = counts.get(row.missing[0], 0) + 1
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))
