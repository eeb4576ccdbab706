"""What the forms of a meeting do: open one, write a decision down, say what came of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hakari.errors import HakariError
from hakari.web.forms import Form
from hakari.web.site import Site
from hakari.words import Language, say


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came back with what was typed and what is wrong; `made` is what it made."""

    part: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""
    made: int = 0


def opening(site: Site, form: Form, lang: Language) -> Sent:
    if not form.is_fresh:
        return Sent("start", form.fields, say("talk_form_expired", lang))
    asked = {name: form[name] for name in ("team", "period", "asof") if form[name]}
    try:
        return Sent("start", made=site.company.start_meeting(asked, form["title"]))
    except HakariError as error:
        return Sent("start", form.fields, f"{error.what} → {error.way_out}")


def deciding(site: Site, meeting: int, form: Form, lang: Language) -> Sent:
    fault, change = _change(form, lang)
    due = _day(form["due"])
    if not form.is_fresh:
        fault = say("talk_form_expired", lang)
    elif not form["what"].strip() or not form["owner"].strip():
        fault = say("meeting_needs", lang)
    elif form["due"] and due is None:
        fault = say("day_not_understood", lang)
    elif form["change"].strip() and not form["kpi"]:
        fault = say("meeting_needs_kpi", lang)
    if fault:
        return Sent("decide", form.fields, fault)
    try:
        made = site.company.decide(meeting, form["what"], form["owner"], due, form["kpi"], change)
        return Sent("decide", made=made)
    except HakariError as error:
        return Sent("decide", form.fields, f"{error.what} → {error.way_out}")


def settling(site: Site, meeting: int, form: Form, lang: Language) -> Sent:
    part = form["part"] or "decide"
    if not form.is_fresh:
        return Sent(part, form.fields, say("talk_form_expired", lang))
    if not form["entry"].isdecimal():
        return Sent(part, form.fields, say("meeting_needs", lang))
    try:
        site.company.settle_decision(int(form["entry"]), form["do"], form["remark"])
        return Sent(part, made=meeting)
    except HakariError as error:
        return Sent(part, form.fields, f"{error.what} → {error.way_out}")


def _change(form: Form, lang: Language) -> tuple[str, float | None]:
    """Points of a rate and percent of anything else are both typed as whole numbers: +5 is .05."""
    text = unicodedata.normalize("NFKC", form["change"]).strip().replace("−", "-")
    if not text:
        return "", None
    try:
        return "", float(text.removesuffix("%").removesuffix("pt").strip()) / 100
    except ValueError:
        return say("meeting_bad_change", lang), None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
