"""Whether the company's KPIs are well made: the six checks graded, what to put right, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from hakari.errors import HakariError
from hakari.metrics.definitions import STAGES
from hakari.metrics.shelves import stage_name
from hakari.planning.lint.rule import Finding, Grade, Graded, LintReport, Severity
from hakari.planning.lint.rules import ITEMS
from hakari.report import Row
from hakari.report.lint_rows import finding_rows
from hakari.units.display import number
from hakari.web.address import Address
from hakari.web.definition_places import CHOICES, LINT, TARGETS, card_url, tabs, within
from hakari.web.forms import Form
from hakari.web.frame import Frame, Link, shelf_frame
from hakari.web.pages.definitions.in_words import measure_name
from hakari.web.site import Site
from hakari.words import Language, say

_LONGEST_OWNER = 80
SET = "set"  # the anchor of the company's own KPIs


@dataclass(frozen=True, slots=True)
class Flaw:
    """One finding; `link` leads to where it is put right."""

    grade: str
    grade_words: str
    kpi: str
    what: str
    do: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class Check:
    """One rule's answer; `unjudged` says why there is none."""

    question: str
    grade: str
    grade_words: str
    why: str
    source: str
    unjudged: str
    flaws: tuple[Flaw, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One of the six checks, or what stands beside them (number "")."""

    number: str
    anchor: str
    title: str
    grade: str
    grade_words: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A KPI on the scorecard: who looks after it, and when it is looked at again."""

    measure: str
    kind: str
    name: str
    url: str
    owner: str
    review_on: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came back: of which KPI, what was typed, and what is wrong."""

    measure: str = ""
    owner: str = ""
    review_on: str = ""
    added: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class LintPage:
    frame: Annotated[Frame, "what surrounds the page"]
    tabs: Annotated[tuple[Link, ...], "the parts of definitions & quality"]
    headline: Annotated[str, "how much there is to put right"]
    subline: Annotated[str, "how many of which kind"]
    items: Annotated[tuple[Item, ...], "the six checks, then those beside them"]
    held: Annotated[tuple[Held, ...], "the KGI and the KPIs of the scorecard"]
    addable: Annotated[tuple[tuple[str, tuple[tuple[str, str], ...]], ...], "other measures, by phase"]
    replaceable: Annotated[tuple[tuple[str, str], ...], "KPIs one of which a sixth replaces"]
    is_full: Annotated[bool, "whether there are five already"]
    sent: Annotated[Sent, "what a form that was refused held"]
    care_url: Annotated[str, "where owner and day are sent"]
    change_url: Annotated[str, "where a changed set is sent"]
    token: Annotated[str, "what a form must bring back"]


def page(site: Site, address: Address, token: str, sent: Sent | None = None) -> LintPage:
    lang, company = address.lang, site.company
    report, (goal, kpis) = company.lint(lang), company.kpi_set(lang)
    wrong = report.count(Severity.ERROR) + report.count(Severity.WARNING)
    names = company.catalogue.measures
    return LintPage(
        frame=shelf_frame(address, company.profile, say("definitions_lint", lang)),
        tabs=tabs(address, LINT),
        headline=say("lint_headline", lang, n=number(wrong)) if wrong else say("lint_headline_clean", lang),
        subline=_subline(report, lang),
        items=tuple(_item(item, report, site, address) for item in (*ITEMS, 0)),
        held=_held(site, address, goal, kpis, sent),
        addable=_addable(site, (goal or "", *kpis), lang),
        replaceable=tuple((one, measure_name(names[one], lang)) for one in kpis if one in names),
        is_full=len(kpis) >= 5,
        sent=sent or Sent(),
        care_url=within(address, f"{LINT}/care"),
        change_url=within(address, f"{LINT}/set"),
        token=token,
    )


def listed(site: Site, address: Address) -> list[Row]:
    """One row a finding, for files."""
    return finding_rows(site.company.lint(address.lang))


def _subline(report: LintReport, lang: Language) -> str:
    return say(
        "lint_subline",
        lang,
        errors=report.count(Severity.ERROR),
        warnings=report.count(Severity.WARNING),
        advice=report.count(Severity.ADVICE),
    )


def _grade(grade: Grade | Severity, lang: Language) -> tuple[str, str]:
    return grade.value, say(f"lint_grade_{grade.value}", lang)


def _item(item: int, report: LintReport, site: Site, address: Address) -> Item:
    grade, words = _grade(report.grade_of_item(item), address.lang)
    return Item(
        number=str(item) if item else "",
        anchor=f"check-{item}",
        title=say(f"lint_item_{item}", address.lang),
        grade=grade,
        grade_words=words,
        checks=tuple(_check(one, site, address) for one in report.of_item(item)),
    )


def _check(one: Graded, site: Site, address: Address) -> Check:
    grade, words = _grade(one.grade, address.lang)
    flaws = tuple(_flaw(found, site, address) for found in one.findings)
    return Check(one.question, grade, words, one.why, one.source, one.unjudged, flaws)


def _flaw(found: Finding, site: Site, address: Address) -> Flaw:
    grade, words = _grade(found.severity, address.lang)
    return Flaw(grade, words, found.kpi, found.what, found.do, _way(found, site, address))


def _way(found: Finding, site: Site, address: Address) -> Link | None:
    """The neighbouring page, or the place on this one, where it is put right."""
    place, words = found.place, found.place.kind
    measure = site.company.catalogue.measures.get(place.id)
    if place.kind == "definition" and measure is not None:
        url = card_url(address, measure.kpi, measure.id)
    elif place.kind == "targets":
        url = within(address, TARGETS, q=place.id)
    elif place.kind == "choice":
        url = f"{within(address, CHOICES)}#{place.id}"
    elif place.kind == "set":
        url, words = f"#{SET}", "review" if found.rule == "review_due" else words
    else:
        return None
    return Link(say(f"lint_to_{words}", address.lang), url)


def _held(
    site: Site, address: Address, goal: str | None, kpis: tuple[str, ...], sent: Sent | None
) -> tuple[Held, ...]:
    names, cares, lang = site.company.catalogue.measures, site.company.kpi_cares(), address.lang
    rows = []
    for kind, name in [*([("KGI", goal)] if goal else []), *(("KPI", one) for one in kpis)]:
        measure, care = names.get(name), cares.get(name)
        owner, day = (care.owner, care.review_on) if care is not None else ("", None)
        typed = sent if sent is not None and sent.measure == name else None
        rows.append(
            Held(
                measure=name,
                kind=kind,
                name=name if measure is None else measure_name(measure, lang),
                url="" if measure is None else card_url(address, measure.kpi, name),
                owner=typed.owner if typed else owner,
                review_on=typed.review_on if typed else day.isoformat() if day else "",
            )
        )
    return tuple(rows)


def _addable(
    site: Site, taken: tuple[str, ...], lang: Language
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    catalogue = site.company.catalogue
    groups = []
    for stage in STAGES:
        inside = sorted(
            (measure_name(one, lang), one.id)
            for one in catalogue.measures.values()
            if catalogue.kpis[one.kpi].stage == stage and one.id not in taken
        )
        groups.append((stage_name(stage, lang), tuple((id_, name) for name, id_ in inside)))
    return tuple(groups)


def caring(site: Site, form: Form, lang: Language) -> Sent:
    """Keeps owner and review day; the answer has a fault where it could not."""
    typed = Sent(form["measure"], form["owner"].strip(), form["review_on"].strip())
    day = _day(typed.review_on)
    fault = ""
    if not form.is_fresh:
        fault = say("form_expired", lang)
    elif typed.review_on and day is None:
        fault = say("day_not_understood", lang)
    elif len(typed.owner) > _LONGEST_OWNER:
        fault = say("too_long", lang, n=_LONGEST_OWNER)
    if fault:
        return Sent(typed.measure, typed.owner, typed.review_on, fault=fault)
    try:
        site.company.care_for_kpi(typed.measure, typed.owner, day)
    except HakariError as error:
        return Sent(typed.measure, typed.owner, typed.review_on, fault=f"{error.what} → {error.way_out}")
    return Sent()


def changing(site: Site, form: Form, lang: Language) -> Sent:
    """Puts a KPI on the scorecard, in the place of another where one was named."""
    if not form.is_fresh:
        return Sent(added=form["added"], fault=say("form_expired", lang))
    try:
        site.company.add_kpi(form["added"], form["instead"])
    except HakariError as error:
        return Sent(added=form["added"], fault=f"{error.what} → {error.way_out}")
    return Sent()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
