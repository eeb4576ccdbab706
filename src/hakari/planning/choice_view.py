"""A contradiction and what the company has chosen in it, as a page or a terminal shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hakari.metrics.conflicts import Conflict, Option, department_name
from hakari.metrics.definitions import Catalogue
from hakari.planning.choosing import Choice, Signature, Standing
from hakari.words import Language, say


@dataclass(frozen=True, slots=True)
class SignatureView:
    """Who signed for a department, and when."""

    department: str
    department_name: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OptionView:
    """One of the figures the word may mean; `binds` are (department, its name)."""

    measure: str
    name: str
    says: str
    source: str
    binds: tuple[tuple[str, str], ...]
    signed: tuple[SignatureView, ...]
    in_force: bool
    proposed: bool


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A choice that is or was in force, until the next one took its place."""

    measure: str
    name: str
    reason: str
    holds_from: date | None
    until: date | None
    in_force: bool
    signed: tuple[SignatureView, ...]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """`chosen` is the measure in force today; `proposed` waits for `missing_departments`."""

    id: str
    name: str
    differ: str
    names: tuple[str, ...]
    options: tuple[OptionView, ...]
    chosen: str | None
    holds_from: date | None
    proposed: str | None
    missing_departments: tuple[tuple[str, str], ...]
    state: str
    history: tuple[ChoiceView, ...]


def conflict_view(standing: Standing, catalogue: Catalogue, lang: Language, today: date) -> ConflictView:
    conflict, held, waiting = standing.conflict, standing.on(today), standing.proposed
    return ConflictView(
        id=conflict.id,
        name=conflict.name(lang),
        differ=conflict.differ(lang),
        names=conflict.names,
        options=tuple(_option(one, standing, catalogue, lang, today) for one in conflict.options),
        chosen=held.measure if held else None,
        holds_from=held.holds_from if held else None,
        proposed=waiting.measure if waiting else None,
        missing_departments=_departments(waiting.missing, lang) if waiting else (),
        state=state_text(standing, catalogue, lang, today),
        history=_history(standing, catalogue, lang, today),
    )


def state_text(standing: Standing, catalogue: Catalogue, lang: Language, today: date) -> str:
    """What is in force, and what waits for whose signature."""
    held, waiting = standing.on(today), standing.proposed
    coming = standing.newest if standing.newest is not held else None
    said = [in_force_text(one, catalogue, lang) for one in (held, coming) if one is not None]
    if waiting is not None:
        missing = ", ".join(name for _, name in _departments(waiting.missing, lang))
        said.append(
            say("def_waiting", lang, name=measure_name(catalogue, waiting.measure, lang), missing=missing)
        )
    return " / ".join(said) or say("def_nothing_chosen", lang)


def in_force_text(choice: Choice, catalogue: Catalogue, lang: Language) -> str:
    return say(
        "def_in_force",
        lang,
        name=measure_name(catalogue, choice.measure, lang),
        since=choice.holds_from,
        signed=signed_text(choice, lang),
    )


def signed_text(choice: Choice, lang: Language) -> str:
    return ", ".join(f"{department_name(one.department, lang)} {one.by}" for one in choice.signatures)


def measure_name(catalogue: Catalogue, measure: str, lang: Language) -> str:
    known = catalogue.measures.get(measure)
    return measure if known is None else known.ja if lang == "ja" else known.en


def _option(one: Option, standing: Standing, catalogue: Catalogue, lang: Language, today: date) -> OptionView:
    held, waiting = standing.on(today), standing.proposed
    current = held if held is not None and held.measure == one.measure else None
    proposed = waiting if waiting is not None and waiting.measure == one.measure else None
    signed = (current or proposed).signatures if current or proposed else ()  # type: ignore[union-attr]
    return OptionView(
        measure=one.measure,
        name=measure_name(catalogue, one.measure, lang),
        says=one.says(lang),
        source=one.source,
        binds=_departments(one.binds, lang),
        signed=_signatures(signed, lang),
        in_force=current is not None,
        proposed=proposed is not None,
    )


def _history(standing: Standing, catalogue: Catalogue, lang: Language, today: date) -> tuple[ChoiceView, ...]:
    held = standing.on(today)
    ends = [one.holds_from for one in standing.past[1:]]
    return tuple(
        ChoiceView(
            measure=one.measure,
            name=measure_name(catalogue, one.measure, lang),
            reason=one.reason,
            holds_from=one.holds_from,
            until=until,
            in_force=one is held,
            signed=_signatures(one.signatures, lang),
        )
        for one, until in zip(standing.past, [*ends, None], strict=False)
    )


def _signatures(signed: tuple[Signature, ...], lang: Language) -> tuple[SignatureView, ...]:
    return tuple(
        SignatureView(one.department, department_name(one.department, lang), one.by, one.at) for one in signed
    )


def _departments(keys: tuple[str, ...], lang: Language) -> tuple[tuple[str, str], ...]:
    return tuple((key, department_name(key, lang)) for key in keys)


def candidates_text(conflict: Conflict, catalogue: Catalogue, lang: Language) -> str:
    """One line a candidate: its id, its name and what it says."""
    return "\n".join(
        f"  {one.measure:<34}  {measure_name(catalogue, one.measure, lang)}: {one.says(lang)} ({one.source})"
        for one in conflict.options
    )
