"""Adds or changes a KPI on the page: the TOML file of the company's folder, checked before it is saved."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from hakari.planning.definition_check import FileCheck
from hakari.web.address import Address
from hakari.web.definition_places import LIST, NEW, card_url, edit_url, within
from hakari.web.forms import Form
from hakari.web.frame import Frame, shelf_frame
from hakari.web.site import Site
from hakari.words import Language, say

# The id becomes the file's name, so it is of these letters only; the words after /definitions are taken.
ID = re.compile(r"[a-z][a-z0-9_]{1,59}")
TAKEN = frozenset({"new", "choices", "targets"})
_AROUND = 2
_TEMPLATE = Path(__file__).with_name("template.toml")


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """One worked example as it came out."""

    period: str
    expect: str
    got: str
    why: str
    ok: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """One measure of the file that was understood."""

    name: str
    id: str
    formula: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found; `fault` and `way_out` are empty where nothing is wrong."""

    fault: str = ""
    way_out: str = ""
    place: str = ""
    lines: tuple[Line, ...] = ()
    measures: tuple[Checked, ...] = ()
    failed: int = 0
    shown: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, and what came of it; `saved` is the id it was saved under."""

    text: str
    base: str  # the version it was begun from; empty for a new one
    verdict: Verdict | None = field(default=None)
    saved: str = ""


@dataclass(frozen=True, slots=True)
class EditPage:
    frame: Annotated[Frame, "what surrounds the page"]
    back: Annotated[str, "URL of the card, or of the shelf for a new one"]
    title: Annotated[str, "what is changed"]
    note: Annotated[str, "what saving does"]
    action: Annotated[str, "where the form goes"]
    token: Annotated[str, "what the form must bring back"]
    base: Annotated[str, "the version the text was begun from"]
    text: Annotated[str, "the file"]
    verdict: Annotated[Verdict | None, "what the check found; None before it"]


def page(site: Site, address: Address, kpi: str, token: str, draft: Draft) -> EditPage:
    lang, known = address.lang, site.company.catalogue.kpis.get(kpi)
    name = "" if known is None else known.ja if lang == "ja" else known.en
    title = say("edit_title", lang, name=name) if known else say("definitions_new", lang)
    return EditPage(
        frame=shelf_frame(address, site.company.profile, title, is_table=False),
        back=card_url(address, kpi) if known else within(address, LIST),
        title=title,
        note=say("edit_note", lang, file=_file_of(site, kpi)) if known else say("new_note", lang),
        action=edit_url(address, kpi) if known else within(address, NEW),
        token=token,
        base=draft.base,
        text=draft.text,
        verdict=draft.verdict,
    )


def blank(site: Site, kpi: str) -> Draft:
    """The file as it stands, or one to start from."""
    known = site.company.catalogue.kpis.get(kpi)
    if known is None:
        return Draft(_TEMPLATE.read_text(encoding="utf-8"), "")
    return Draft(known.text, known.version)


def checked(site: Site, kpi: str, form: Form, lang: Language) -> Draft:
    """Checks what was typed, and saves it where that was asked and nothing is wrong."""
    text, base = form["text"], form["base"]
    named, fault = _id_of(text, kpi, lang)
    if fault is not None:
        return Draft(text, base, fault)
    file = _file_of(site, named)
    check = site.company.check_definition(file, text)
    verdict = _verdict(check, text)
    if form["do"] != "save" or verdict.fault:
        return Draft(text, base, verdict)
    reason = _why_not(site, named, form, check, lang) or _saved(site, file, text, lang)
    if reason:
        return Draft(text, base, replace(verdict, fault=reason))
    return Draft(text, base, verdict, named)


def _why_not(site: Site, kpi: str, form: Form, check: FileCheck, lang: Language) -> str:
    """Why what can be read is not saved: nobody's work is written over unseen."""
    if not check.ok:
        return say("examples_must_hold", lang)
    if not form.is_fresh:
        return say("form_expired", lang)
    known = site.company.catalogue.kpis.get(kpi)
    if known is not None and known.version != form["base"]:
        return say("changed_meanwhile" if form["base"] else "id_exists", lang, id=kpi)
    return ""


def _saved(site: Site, file: str, text: str, lang: Language) -> str:
    """Writes the file; else why the folder does not take it."""
    try:
        check = site.company.save_definition(file, text)
    except OSError as error:
        return say("not_written", lang, file=file, reason=error.strerror or str(error))
    return "" if check.ok else say("examples_must_hold", lang)


def _file_of(site: Site, kpi: str) -> str:
    """The company's own file that holds it, whatever that is called; else one named after the id."""
    known = site.company.catalogue.kpis.get(kpi)
    return known.file if known is not None and known.own else f"{kpi}.toml"


def _id_of(text: str, kpi: str, lang: Language) -> tuple[str, Verdict | None]:
    """The id the text gives itself. A text that is no TOML is left to the check, which names its line."""
    try:
        raw: Mapping[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return kpi or "new_kpi", None
    except RecursionError:
        return "", Verdict(fault=say("too_deep", lang))
    said = raw.get("id")
    if not isinstance(said, str) or not ID.fullmatch(said) or said in TAKEN:
        return "", _about_id(text, say("bad_id", lang, id="" if said is None else said), say("id_form", lang))
    if kpi and said != kpi:
        return "", _about_id(text, say("other_id", lang, id=said, kpi=kpi), say("other_id_way_out", lang))
    return said, None


def _about_id(text: str, fault: str, way_out: str) -> Verdict:
    lines = text.split("\n")
    place = next((number for number, line in enumerate(lines, 1) if re.match(r"\s*id\s*=", line)), 0)
    return Verdict(fault=fault, way_out=way_out, place=str(place or ""), lines=_around(lines, place))


def _verdict(check: FileCheck, text: str) -> Verdict:
    """The place is shown on its own: the message need not begin with it."""
    measures = tuple(
        Checked(
            one.name,
            one.measure,
            one.formula,
            tuple(Outcome(each.period, each.expect, each.got, each.why, each.ok) for each in one.examples),
        )
        for one in check.measures
    )
    outcomes = [each for one in measures for each in one.outcomes]
    problem = check.problem
    return Verdict(
        fault=problem.what.removeprefix(f"{problem.file}, line {problem.line}: ")
        if problem is not None
        else "",
        way_out=problem.way_out if problem is not None else "",
        place=str(problem.line or "") if problem is not None else "",
        lines=_around(text.split("\n"), (problem.line or 0) if problem is not None else 0),
        measures=measures,
        failed=sum(not each.ok for each in outcomes),
        shown=len(outcomes),
    )


def _around(lines: list[str], place: int) -> tuple[Line, ...]:
    """The line at fault among its neighbours."""
    if not 0 < place <= len(lines):
        return ()
    first = max(1, place - _AROUND)
    return tuple(
        Line(number, lines[number - 1], number == place)
        for number in range(first, min(len(lines), place + _AROUND) + 1)
    )
