"""What a rule is: a question with its source, a check that answers it, and an example that fails it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from hakari.planning.lint.design import Design, DesignedKpi
from hakari.words import Language, say


class Severity(StrEnum):
    """An error makes the set unfit for use; a warning misleads; advice would make it better."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Grade(StrEnum):
    """The worst finding of a check; `unknown` where there is nothing to judge by."""

    FINE = "fine"
    ADVICE = "advice"
    WARNING = "warning"
    ERROR = "error"
    UNKNOWN = "unknown"


_BADNESS = (Grade.UNKNOWN, Grade.FINE, Grade.ADVICE, Grade.WARNING, Grade.ERROR)


def worst(grades: Iterable[Grade]) -> Grade:
    return max(grades, key=_BADNESS.index, default=Grade.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is put right: a card, the targets, a choice, the own set of KPIs, or the file."""

    kind: str  # definition | targets | choice | set | file
    id: str = ""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a check found, before it is put into words: `about` is the KPI, `key` names the words."""

    key: str
    severity: Severity
    about: DesignedKpi | None = None
    place: Place | None = None
    values: tuple[tuple[str, object], ...] = ()


def flaw(
    key: str,
    severity: Severity,
    about: DesignedKpi | None = None,
    place: Place | None = None,
    **values: object,
) -> Flaw:
    return Flaw(key, severity, about, place, tuple(values.items()))


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Why a check has nothing to say: the key of a sentence."""

    key: str


Check = Callable[[Design], Iterator[Flaw] | Unjudged]


@dataclass(frozen=True, slots=True)
class Source:
    """Article, and the table or section in it."""

    ja: str
    en: str

    def text(self, lang: Language) -> str:
        return self.ja if lang == "ja" else self.en


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. `item` is its number among article 004's six; 0 for those that other articles ask for.

    Its words are `lint_<id>` (the question) and `lint_<id>_why`; `example` is a design file that fails it.
    """

    id: str
    item: int
    source: Source
    check: Check
    example: str
    needs_kpis: bool = True

    def question(self, lang: Language) -> str:
        return say(f"lint_{self.id}", lang)

    def why(self, lang: Language) -> str:
        return say(f"lint_{self.id}_why", lang)


@dataclass(frozen=True, slots=True)
class Finding:
    """A flaw in the reader's words: what is wrong, why it matters, what to do, and where."""

    rule: str
    severity: Severity
    kpi: str
    measure: str
    what: str
    why: str
    do: str
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class Graded:
    """One rule's answer on one design."""

    rule: str
    item: int
    question: str
    why: str
    source: str
    grade: Grade
    findings: tuple[Finding, ...] = ()
    unjudged: str = ""


@dataclass(frozen=True, slots=True)
class LintReport:
    """All rules on one design, in the order they are asked; `goals` and `kpis` name what was looked at."""

    name: str
    goals: tuple[str, ...]
    kpis: tuple[str, ...]
    checks: tuple[Graded, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(one for check in self.checks for one in check.findings)

    def count(self, severity: Severity) -> int:
        return sum(one.severity is severity for one in self.findings)

    def of_item(self, item: int) -> tuple[Graded, ...]:
        return tuple(one for one in self.checks if one.item == item)

    def grade_of_item(self, item: int) -> Grade:
        return worst(one.grade for one in self.of_item(item))


def judge(rule: Rule, design: Design) -> Graded:
    """Runs one rule, and puts what it finds into words."""
    lang = design.lang
    said = (rule.id, rule.item, rule.question(lang), rule.why(lang), rule.source.text(lang))
    answer = rule.check(design) if design.kpis or not rule.needs_kpis else Unjudged("lint_no_kpis")
    if isinstance(answer, Unjudged):
        return Graded(*said, Grade.UNKNOWN, unjudged=say(answer.key, lang))
    found = tuple(dict.fromkeys(_in_words(rule, one, design) for one in answer))
    return Graded(*said, worst([Grade.FINE, *(Grade(one.severity.value) for one in found)]), found)


def _in_words(rule: Rule, one: Flaw, design: Design) -> Finding:
    lang, about = design.lang, one.about
    values = {"kpi": about.name if about is not None else "", **dict(one.values)}
    fallback = Place("set" if design.kept_by_company else "file")
    return Finding(
        rule=rule.id,
        severity=one.severity,
        kpi=about.name if about is not None else "",
        measure=about.measure if about is not None else "",
        what=say(f"lint_{one.key}_what", lang, **values),
        why=rule.why(lang),
        do=say(f"lint_{one.key}_do", lang, **values),
        source=rule.source.text(lang),
        place=one.place if one.place is not None and design.kept_by_company else fallback,
    )
