"""Writes docs/reference: all definitions (kpis.{ja,en}.md) and the checks of KPI sets (checks.{ja,en}.md).

python tools/reference.py       in a second; `./dev docs` writes the table of coverage too
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hakari.canonical.predicate import where_text
from hakari.metrics.conflicts import conflicts_of, department_name
from hakari.metrics.definitions import Catalogue, Kpi, Measure, Population
from hakari.metrics.loader import built_in
from hakari.metrics.shelves import STAGE_NAMES, stage_name, tactic_name
from hakari.planning.defining import formula_in_words, formula_of
from hakari.planning.definition_card import populations_of
from hakari.planning.lint.rules import ITEMS, RULES
from hakari.words import LANGUAGES, Language, say

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"

WORDS: dict[str, tuple[str, str]] = {
    "title": ("KPIの定義", "The definitions of all KPIs"),
    "made": (
        "このページは定義ファイルから作られています。`./dev docs` が書き直します。",
        "This page is made from the definition files; `./dev docs` writes it anew.",
    ),
    "count": ("KPI {kpis}件、指標 {measures}件", "{kpis} KPIs, {measures} measures"),
    "other": ("[English](kpis.en.md)", "[日本語](kpis.ja.md)"),
    "unit": ("単位", "unit"),
    "basis": ("日付基準", "date basis"),
    "source": ("出典", "source"),
    "caution": ("注意", "Caution"),
    "example": ("例", "Example"),
    "populations": ("数える対象", "Populations"),
    "every_row": ("すべての行", "every row"),
    "window": ("直近{n}か月", "rolling {n} months"),
    "horizon": ("{n}日以内", "within {n} days"),
    "higher": ("高いほうが良い", "higher is better"),
    "lower": ("低いほうが良い", "lower is better"),
    "neither": ("良し悪しなし", "neither is better"),
    "conflicts": ("意味が分かれる言葉", "Words that mean several figures"),
    "binds": ("縛る部署", "binds"),
    "checks": ("KPI設計チェックの一覧", "The checks of a KPI set"),
    "checks_made": (
        "このページは規則から作られています。`./dev docs` が書き直します。",
        "This page is made from the rules; `./dev docs` writes it anew.",
    ),
    "checks_other": ("[English](checks.en.md)", "[日本語](checks.ja.md)"),
    "fails": ("見つかる例", "A design that fails it"),
}


def word(key: str, lang: Language, **values: object) -> str:
    return WORDS[key][0 if lang == "ja" else 1].format(**values)


def page(catalogue: Catalogue, lang: Language) -> str:
    """Everything on one page: phases, their KPIs, the ambiguous words, the populations."""
    lines = [f"# {word('title', lang)}", "", f"{word('made', lang)} {word('other', lang)}", ""]
    lines += [word("count", lang, kpis=len(catalogue.kpis), measures=len(catalogue.measures)), ""]
    for stage in STAGE_NAMES:
        lines += [f"## {stage_name(stage, lang)}", ""]
        for kpi in sorted(catalogue.kpis.values(), key=lambda one: (one.tactic, one.id)):
            if kpi.stage == stage:
                lines += _kpi(catalogue, kpi, lang)
    lines += _conflicts(catalogue, lang)
    lines += _populations(catalogue, lang)
    return "\n".join(lines).rstrip() + "\n"


def _kpi(catalogue: Catalogue, kpi: Kpi, lang: Language) -> Iterator[str]:
    shelf = (tactic_name(kpi.tactic, lang), department_name(kpi.department, lang))
    yield f"### {kpi.ja if lang == 'ja' else kpi.en}"
    yield ""
    yield f"`{kpi.id}` · {' · '.join(shelf)} · {word('source', lang)}: {kpi.source}"
    yield ""
    for one in kpi.measures:
        yield from _measure(catalogue, kpi, one, lang)
    yield ""


def _measure(catalogue: Catalogue, kpi: Kpi, one: Measure, lang: Language) -> Iterator[str]:
    ja = lang == "ja"
    facts = [f"{word('unit', lang)} {one.unit}", word(one.better, lang)]
    facts.append(f"{word('basis', lang)} {', '.join(one.bases)}")
    if one.window_months:
        facts.append(word("window", lang, n=one.window_months))
    if one.horizon_days:
        facts.append(word("horizon", lang, n=one.horizon_days))
    yield f"- **{one.ja if ja else one.en}** `{one.id}`: {one.words_ja if ja else one.words_en}  "
    yield f"  {formula_in_words(one, catalogue, lang)} = `{formula_of(one)}`  "
    yield f"  {'; '.join(facts)}"
    caution = one.caution_ja if ja else one.caution_en
    if caution:
        yield f"  - {word('caution', lang)}: {caution}"
    example = next((each for each in kpi.examples if each.measure == one.id), None)
    if example is not None:
        yield f"  - {word('example', lang)}: {example.period} → {example.expect} ({example.why})"


def _conflicts(catalogue: Catalogue, lang: Language) -> Iterator[str]:
    yield f"## {word('conflicts', lang)}"
    yield ""
    for one in conflicts_of(catalogue):
        yield f"### {one.name(lang)}"
        yield ""
        yield f"`{one.id}` · {' · '.join(one.names)} · {one.differ(lang)}"
        yield ""
        for option in one.options:
            names = ", ".join(department_name(each, lang) for each in option.binds)
            binds = f"{word('binds', lang)}: {names}"
            yield f"- `{option.measure}`: {option.says(lang)} ({option.source}; {binds})"
        yield ""


def _populations(catalogue: Catalogue, lang: Language) -> Iterator[str]:
    used = {each.name for one in catalogue.measures.values() for each in populations_of(one)}
    yield f"## {word('populations', lang)}"
    yield ""
    for one in sorted(catalogue.populations.values(), key=lambda each: (each.table, each.name)):
        if one.name in used:
            yield f"- {_population(one, lang)}"


def _population(one: Population, lang: Language) -> str:
    dates = ", ".join(f"{basis} = {'.'.join(path)}" for basis, path in one.dates.items())
    where = f"`{where_text(one.where)}`" if one.where else word("every_row", lang)
    return f"`{one.name}` {one.ja if lang == 'ja' else one.en}: {one.table}, {where} [{dates}]"


def checks_page(lang: Language) -> str:
    """Every rule of `hakari lint`: its question, why, its source, and a design that fails it."""
    lines = [f"# {word('checks', lang)}", ""]
    lines += [f"{word('checks_made', lang)} {word('checks_other', lang)}", ""]
    for item in (*ITEMS, 0):
        number = f"{item}. " if item else ""
        lines += [f"## {number}{say(f'lint_item_{item}', lang)}", ""]
        for one in RULES:
            if one.item == item:
                lines += [f"### {one.question(lang)}", "", f"`{one.id}` · {one.why(lang)}", ""]
                lines += [f"{word('source', lang)}: {one.source.text(lang)}. {word('fails', lang)}:", ""]
                lines += ["```toml", one.example, "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def pages() -> dict[str, str]:
    """Each page's file name and text."""
    kpis = {f"kpis.{lang}.md": page(built_in(), lang) for lang in LANGUAGES}
    return kpis | {f"checks.{lang}.md": checks_page(lang) for lang in LANGUAGES}


def write_pages() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages()
