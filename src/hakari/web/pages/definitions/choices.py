"""Where readings of one word contradict each other: what differs, which one holds, and who has signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from hakari.errors import HakariError
from hakari.metrics.definitions import Catalogue
from hakari.planning.choice_view import ChoiceView, ConflictView, OptionView
from hakari.report import Row
from hakari.units.display import number
from hakari.web.address import Address
from hakari.web.definition_places import CHOICES, card_url, tabs, within
from hakari.web.forms import Form
from hakari.web.frame import Frame, Link, shelf_frame
from hakari.web.pages.definitions.in_words import formula_of
from hakari.web.site import Site
from hakari.words import Language, say

SIGN = "sign_"  # and a department: the name of who signs for it
_LONGEST = {"reason": 500, "name": 80}


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came back: what was typed, and what is wrong with it, by field."""

    conflict: str
    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signature:
    """A department an option binds; `by` is empty until somebody signed for it."""

    department: str
    name: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Option:
    measure: str
    name: str
    url: str
    says: str
    formula: str
    signatures: tuple[Signature, ...]
    state: str  # chosen, proposed or open


@dataclass(frozen=True, slots=True)
class Conflict:
    id: str
    name: str
    differ: str
    words: tuple[str, ...]
    state: str
    tone: str  # settled, waiting or open
    options: tuple[Option, ...]
    departments: tuple[tuple[str, str, str], ...]  # id, name, what was typed
    signed: tuple[tuple[str, str], ...]
    history: tuple[str, ...]
    url: str
    withdraw_url: str
    is_open: bool
    typed: Mapping[str, str]
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChoicesPage:
    frame: Annotated[Frame, "what surrounds the page"]
    tabs: Annotated[tuple[Link, ...], "the parts of definitions & quality"]
    headline: Annotated[str, "how many are settled"]
    subline: Annotated[str, "what a signature means"]
    conflicts: Annotated[tuple[Conflict, ...], "one after another"]
    token: Annotated[str, "what a form must bring back"]
    today: Annotated[str, "the first day a choice may hold from, as the form proposes it"]


def page(site: Site, address: Address, token: str, sent: Sent | None = None) -> ChoicesPage:
    lang = address.lang
    views = site.company.conflicts(lang)
    settled = sum(view.chosen is not None and not view.missing_departments for view in views)
    return ChoicesPage(
        frame=shelf_frame(address, site.company.profile, say("definitions_choices", lang)),
        tabs=tabs(address, CHOICES),
        headline=say(
            "choices_headline" if settled else "choices_none", lang, total=len(views), n=number(settled)
        )
        if views
        else say("no_choices", lang),
        subline=say("choices_subline", lang),
        conflicts=tuple(_conflict(view, site, address, sent) for view in views),
        token=token,
        today=site.company.asked({}, lang).scope.today.isoformat(),
    )


def _conflict(view: ConflictView, site: Site, address: Address, sent: Sent | None) -> Conflict:
    mine = sent if sent is not None and sent.conflict == view.id else Sent(view.id)
    departments = dict(pair for option in view.options for pair in option.binds)
    signed = {
        one.department: one.department_name
        for option in view.options
        if option.measure == view.proposed
        for one in option.signed
    }
    settled = view.chosen is not None and not view.missing_departments
    place = f"{CHOICES}/{view.id}"
    return Conflict(
        id=view.id,
        name=view.name,
        differ=view.differ,
        words=tuple(view.names),
        state=view.state,
        tone="settled" if settled else "waiting" if view.missing_departments else "open",
        options=tuple(_option(option, view, site.company.catalogue, address) for option in view.options),
        departments=tuple((key, name, mine.typed.get(SIGN + key, "")) for key, name in departments.items()),
        signed=tuple(signed.items()),
        history=tuple(_past(choice, address.lang) for choice in view.history),
        url=within(address, place),
        withdraw_url=within(address, f"{place}/withdraw"),
        is_open=bool(mine.faults),
        typed=mine.typed or {"measure": view.proposed or view.chosen or ""},
        faults=mine.faults,
    )


def _option(option: OptionView, view: ConflictView, catalogue: Catalogue, address: Address) -> Option:
    measure = catalogue.measures.get(option.measure)
    given = {one.department: one for one in option.signed}
    state = "chosen" if option.in_force else "proposed" if option.measure == view.proposed else "open"
    return Option(
        measure=option.measure,
        name=option.name,
        url=card_url(address, measure.kpi, measure.id) if measure is not None else "",
        says=option.says,
        formula=formula_of(measure, catalogue.measures, address.lang).line if measure is not None else "",
        signatures=tuple(
            Signature(key, name, given[key].by, given[key].at.date().isoformat())
            if key in given
            else Signature(key, name, "", "")
            for key, name in option.binds
        ),
        state=state,
    )


def _past(choice: ChoiceView, lang: Language) -> str:
    since = choice.holds_from.isoformat() if choice.holds_from else "—"
    until = choice.until.isoformat() if choice.until else say("version_now", lang)
    names = ", ".join(f"{one.department_name} {one.by}" for one in choice.signed) or say("nobody_yet", lang)
    return say("choice_past", lang, name=choice.name, since=since, until=until, names=names) + (
        f" — {choice.reason}" if choice.reason else ""
    )


def signing(site: Site, conflict: str, form: Form, lang: Language) -> Sent:
    """Chooses and signs as the form says; the answer has faults where it could not."""
    known = {view.id: view for view in site.company.conflicts(lang)}
    if conflict not in known:
        return Sent(conflict, form.fields, {"form": say("no_such_choice", lang)})
    faults = _faults(known[conflict], form, lang)
    if not form.is_fresh:
        faults["form"] = say("form_expired", lang)
    if faults:
        return Sent(conflict, form.fields, faults)
    try:
        site.company.choose(
            conflict,
            form["measure"],
            reason=form["reason"].strip(),
            signatures=_signatures(form),
            holds_from=date.fromisoformat(form["holds_from"]) if form["holds_from"] else None,
        )
    except HakariError as error:
        return Sent(conflict, form.fields, {"form": f"{error.what} → {error.way_out}"})
    return Sent(conflict)


def withdrawing(site: Site, conflict: str, form: Form, lang: Language) -> Sent:
    faults = {}
    if not form["reason"].strip():
        faults["withdraw_reason"] = say("reason_missing", lang)
    if not form.is_fresh:
        faults["form"] = say("form_expired", lang)
    if faults:
        return Sent(conflict, form.fields, faults)
    try:
        site.company.withdraw(conflict, form["department"], reason=form["reason"].strip())
    except HakariError as error:
        return Sent(conflict, form.fields, {"form": f"{error.what} → {error.way_out}"})
    return Sent(conflict)


def _signatures(form: Form) -> dict[str, str]:
    return {
        name.removeprefix(SIGN): value.strip()
        for name, value in form.fields.items()
        if name.startswith(SIGN) and value.strip()
    }


def _faults(view: ConflictView, form: Form, lang: Language) -> dict[str, str]:
    """What is wrong with each field, in the reader's words."""
    faults: dict[str, str] = {}
    option = next((one for one in view.options if one.measure == form["measure"]), None)
    if option is None:
        faults["measure"] = say("choose_one", lang)
    if not form["reason"].strip() and form["measure"] != view.proposed:
        faults["reason"] = say("reason_missing", lang)
    elif len(form["reason"]) > _LONGEST["reason"]:
        faults["reason"] = say("too_long", lang, n=_LONGEST["reason"])
    if form["holds_from"] and not _is_day(form["holds_from"]):
        faults["holds_from"] = say("day_not_understood", lang)
    return faults if option is None else faults | _about_signatures(view, option, _signatures(form), lang)


def _about_signatures(
    view: ConflictView, option: OptionView, signatures: Mapping[str, str], lang: Language
) -> dict[str, str]:
    """Who may sign what: only those it binds, once, and nobody another reading while one waits."""
    faults: dict[str, str] = {}
    waiting = next((one for one in view.options if one.measure == view.proposed and one.signed), None)
    if waiting is not None and waiting.measure != option.measure:
        names = ", ".join(f"{one.department_name} {one.by}" for one in waiting.signed)
        faults["measure"] = say("contradicts_signed", lang, name=waiting.name, names=names)
    elif waiting is None and view.chosen == option.measure:
        faults["measure"] = say("chosen_already", lang, name=option.name)
    bound, given = dict(option.binds), {one.department: one for one in option.signed if waiting}
    for key, name in signatures.items():
        if key not in bound:
            # A department that no reading binds has no field beside which it could be said.
            has_field = any(key in dict(one.binds) for one in view.options)
            faults[SIGN + key if has_field else "form"] = say("not_bound", lang, name=option.name)
        elif key in given:
            faults[SIGN + key] = say("signed_already", lang, name=given[key].by)
        elif len(name) > _LONGEST["name"]:
            faults[SIGN + key] = say("too_long", lang, n=_LONGEST["name"])
    if not signatures:
        faults["signatures"] = say("signature_missing", lang)
    return faults


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def listed(site: Site, address: Address) -> list[Row]:
    """One row an option, for files."""
    views = site.company.conflicts(address.lang)
    return [_as_row(view, option) for view in views for option in view.options]


def _as_row(view: ConflictView, option: OptionView) -> Row:
    given = {one.department for one in option.signed}
    return {
        "choice": view.id,
        "choice_name": view.name,
        "measure": option.measure,
        "name": option.name,
        "says": option.says,
        "in_force": option.in_force,
        "holds_from": view.holds_from if option.in_force else None,
        "signed": _listing(f"{one.department_name}: {one.by}" for one in option.signed),
        "unsigned": _listing(name for key, name in option.binds if key not in given),
    }


def _listing(names: Iterable[str]) -> str | None:
    return "; ".join(names) or None
