"""What the form of an open line asks for: adopt proposals, split a total, judge what is typed, or save it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hakari.errors import HakariError, ParameterNotUnderstoodError
from hakari.planning.target_answers import CellEdit
from hakari.web.address import Address
from hakari.web.forms import Form
from hakari.web.pages.definitions.target_editing import Draft, OpenLine, key_of, month_of
from hakari.web.site import Site
from hakari.words import say


def sent(site: Site, address: Address, form: Form) -> Draft:
    line = OpenLine(site, address)
    cells = {key_of(one): form[f"cell_{key_of(one)}"] for one in line.periods}
    draft = Draft(cells, form["reason"], form["author"], form["total"])
    what, _, rest = form["do"].partition(":")
    if what == "adopt":
        return replace(draft, cells={**cells, **_adopted(line, rest)})
    if what == "split":
        return _split(line, draft)
    faults = _faults(line, form, draft)
    if faults or what != "save":
        return replace(draft, faults=faults)
    return _kept(line, form, draft)


def _adopted(line: OpenLine, rest: str) -> dict[str, str]:
    """most:2026-12-01 for one cell, most for all that have a proposal and are not over."""
    which, _, key = rest.partition(":")
    found: dict[str, str] = {}
    for one in line.suggestions():
        if which == "mean":
            value = one.proposed.mean
        else:
            value = one.proposed.value if one.proposed.months == 1 else None
        is_meant = key_of(one.period) == key if key else one.period.end > line.today
        if value is not None and is_meant:
            found[key_of(one.period)] = line.typed(value)
    return found


def _split(line: OpenLine, draft: Draft) -> Draft:
    """Over the months by working days and season; longer periods get the sums of their months."""
    try:
        total = line.read(draft.total)
    except ParameterNotUnderstoodError:
        total = None
    if total is None:
        return replace(draft, faults={"total": say("target_bad_cell", line.lang, value=draft.total)})
    months, _ = line.split(total)
    cells = {
        key_of(one): line.typed(sum(value for month, value in months if one.contains(month.start)))
        for one in line.periods
    }
    return replace(draft, cells=cells)


def _faults(line: OpenLine, form: Form, draft: Draft) -> Mapping[str, str]:
    """Nobody's work is written over unseen: each cell says what it was when the form was opened."""
    faults: dict[str, str] = {}
    for one in line.suggestions():
        key = key_of(one.period)
        try:
            line.read(draft.cells[key])
        except ParameterNotUnderstoodError:
            faults[key] = say("target_bad_cell", line.lang, value=draft.cells[key])
        if form[f"was_{key}"] != line.typed(one.target):
            month, now = month_of(one.period), line.written(one.target)
            faults[key] = say("target_changed_meanwhile", line.lang, month=month, value=now)
    if form["do"] == "save":
        if not draft.reason.strip():
            faults["reason"] = say("target_needs_reason", line.lang)
        if not draft.author.strip():
            faults["author"] = say("target_needs_author", line.lang)
        if not form.is_fresh:
            faults["form"] = say("form_expired", line.lang)
    return faults


def _kept(line: OpenLine, form: Form, draft: Draft) -> Draft:
    edits = [
        CellEdit(line.measure.id, line.whose, one, line.read(draft.cells[key_of(one)]))
        for one in line.periods
        if draft.cells[key_of(one)].strip() != form[f"was_{key_of(one)}"]
    ]
    if not edits:
        return replace(draft, note=say("target_nothing_changed", line.lang))
    try:
        written = line.company.set_targets(edits, draft.reason, draft.author)
    except HakariError as error:
        return replace(draft, faults={"form": f"{error.what} → {error.way_out}"})
    return replace(draft, saved=written.run)
