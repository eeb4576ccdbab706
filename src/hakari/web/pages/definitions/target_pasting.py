"""Cells copied from a spreadsheet: tried first, then imported, and every one of them accounted for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hakari.errors import HakariError
from hakari.sources.targets.pasted import Pasted
from hakari.units.fiscal import fiscal_year
from hakari.web.address import Address
from hakari.web.definition_places import TARGETS
from hakari.web.forms import Form
from hakari.web.site import Site
from hakari.words import Language, say

# The unit as the import reads it, and its name.
UNITS = ("", "千円", "万円", "百万円")


@dataclass(frozen=True, slots=True)
class Pasting:
    """What was pasted and what came of it; `saved` is the import it became."""

    cells: str = ""
    measure: str = ""
    unit: str = ""
    reason: str = ""
    author: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    outcome: str = ""
    rejects: tuple[str, ...] = ()
    may_keep: bool = False
    saved: int = 0


@dataclass(frozen=True, slots=True)
class PasteBox:
    action: str
    is_open: bool
    said: Pasting
    units: tuple[tuple[str, str], ...]


def paste_box(site: Site, address: Address, pasting: Pasting | None) -> PasteBox:
    lang = address.lang
    said = pasting or Pasting(measure=address["kpi"] or site.company.profile.kgi)
    units = tuple((unit, _unit_name(unit, lang)) for unit in UNITS)
    return PasteBox(address.to(f"{TARGETS}/paste"), pasting is not None, said, units)


def _unit_name(unit: str, lang: Language) -> str:
    if lang == "ja":
        return unit or "円"
    return {
        "": "yen",
        "千円": "thousands of yen",
        "万円": "ten thousands of yen",
        "百万円": "millions of yen",
    }[unit]


def sent(site: Site, address: Address, form: Form) -> Pasting:
    lang = address.lang
    unit = form["unit"] if form["unit"] in UNITS else ""
    said = Pasting(form["cells"], form["measure"], unit, form["reason"], form["author"])
    keep = form["do"] == "keep"
    faults = _faults(form, said, keep=keep, lang=lang)
    if faults:
        return _told(said, faults)
    year = site.company.target_year(address["year"])
    start = site.company.profile.fiscal_start_month
    try:
        found = site.company.paste_targets(
            said.cells,
            said.measure,
            fiscal_year(year.start, start),
            said.unit,
            said.reason,
            said.author,
            keep=keep,
        )
    except HakariError as error:
        return _told(said, {"cells": f"{error.what} → {error.way_out}"})
    return _outcome(said, found, keep=keep, lang=lang)


def _faults(form: Form, said: Pasting, *, keep: bool, lang: Language) -> dict[str, str]:
    faults: dict[str, str] = {}
    if not said.cells.strip():
        faults["cells"] = say("paste_empty", lang)
    if keep:
        if not said.reason.strip():
            faults["reason"] = say("target_needs_reason", lang)
        if not said.author.strip():
            faults["author"] = say("target_needs_author", lang)
        if not form.is_fresh:
            faults["cells"] = say("form_expired", lang)
    return faults


def _told(said: Pasting, faults: Mapping[str, str]) -> Pasting:
    return Pasting(said.cells, said.measure, said.unit, said.reason, said.author, faults)


def _outcome(said: Pasting, found: Pasted, *, keep: bool, lang: Language) -> Pasting:
    words = say(
        "paste_done" if keep else "paste_would",
        lang,
        read=found.read,
        loaded=found.loaded,
        updated=found.updated,
        unchanged=found.unchanged,
        rejected=found.rejected,
        run=found.run,
    )
    rejects = tuple(
        " · ".join(
            part for part in (say("paste_row", lang, row=one.row), one.column or "", one.value or "") if part
        )
        + f": {one.why[lang]}"
        for one in found.rejects
    )
    return Pasting(
        said.cells,
        said.measure,
        said.unit,
        said.reason,
        said.author,
        {},
        words,
        rejects,
        not keep and found.loaded + found.updated > 0,
        found.run if keep else 0,
    )
