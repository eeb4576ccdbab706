"""A set of KPIs written down in a TOML or YAML file, without a company behind it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import PurePath
from typing import Any

import yaml

from hakari.errors import DefinitionError
from hakari.maths.target_proposals import Month, Way, group, outlook
from hakari.metrics.conflicts import Conflict, conflict_about
from hakari.metrics.definitions import Catalogue, Measure
from hakari.metrics.naming import fold
from hakari.planning.lint.arithmetic import A_YEAR
from hakari.planning.lint.design import Contested, Design, DesignedKpi, Formula, Passage, Sort
from hakari.planning.lint.funnel import phase_of_step, step_of_words, steps_of_measure
from hakari.planning.lint.vocabulary import sort_of_measure, sort_of_name, tags_of
from hakari.words import Language

_KEYS = frozenset(
    ("name", "target", "per", "formula", "owner", "review_on", "agreed", "basis", "measure", "past")
)
_TOP_KEYS = frozenset(("name", "kgi", "kpi", "rates"))
_PER = {"日": "day", "週": "week", "月": "month", "四半期": "quarter", "半期": "half", "年": "year"}
_BASIS = {"発生日": "event", "作成日": "created", "クローズ日": "close"}
_SCALE = re.compile(r"[×x*]\s*100(?![\d.,])\s*%?", re.IGNORECASE)
_OPERATORS = re.compile(r"[÷/×*+＋−()()]|\s-\s")
_ARROW = re.compile(r"\s*(?:→|->)\s*")


def read_design(file_name: str, text: str, catalogue: Catalogue, lang: Language, today: date) -> Design:
    """The names in it are looked up in the catalogue; what it does not know is read from the words."""
    raw = _parsed(file_name, text)
    _refuse_unknown(file_name, raw, _TOP_KEYS)
    reader = _Reader(file_name, catalogue, lang)
    goals = tuple(reader.kpi(one, "kgi", at) for at, one in _tables(file_name, raw, "kgi"))
    kpis = tuple(reader.kpi(one, "kpi", at) for at, one in _tables(file_name, raw, "kpi"))
    if not goals and not kpis:
        raise DefinitionError(
            f"{file_name} holds neither a KGI nor a KPI",
            'write [[kgi]] and [[kpi]] with name = "…" under each',
        )
    passages = tuple(reader.passage(key, value) for key, value in _rates(file_name, raw))
    return Design(str(raw.get("name", file_name)), lang, today, goals, kpis, passages)


def _parsed(file_name: str, text: str) -> Mapping[str, Any]:
    is_yaml = PurePath(file_name).suffix.lower() in (".yaml", ".yml")
    try:
        raw = yaml.safe_load(text) if is_yaml else tomllib.loads(text)
    except (tomllib.TOMLDecodeError, yaml.YAMLError) as error:
        said = " ".join(str(error).split())
        raise DefinitionError(
            f"{file_name} is not {'YAML' if is_yaml else 'TOML'}: {said}",
            "`hakari lint --example good` shows a file that can be read",
        ) from error
    if not isinstance(raw, Mapping):
        raise DefinitionError(f"{file_name} holds no KPI design", "write kgi, kpi and name at the top")
    return raw


def _tables(file_name: str, raw: Mapping[str, Any], key: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    many = raw.get(key, [])
    for at, one in enumerate([many] if isinstance(many, Mapping) else many, start=1):
        if not isinstance(one, Mapping) or not str(one.get("name") or "").strip():
            raise DefinitionError(f"{file_name}: {key} {at} has no name", f'write name = "…" under [[{key}]]')
        yield at, one


def _rates(file_name: str, raw: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    rates = raw.get("rates", {})
    if not isinstance(rates, Mapping):
        raise DefinitionError(f"{file_name}: rates is no table", 'write "商談 → 受注" = 0.2 under [rates]')
    yield from rates.items()


def _refuse_unknown(place: str, raw: Mapping[str, Any], known: frozenset[str]) -> None:
    for key in raw:
        if key not in known:
            near = get_close_matches(str(key), known, n=1, cutoff=0.5)
            raise DefinitionError(
                f"{place}: {key!r} is not known here",
                f"did you mean {near[0]}?" if near else f"use {', '.join(sorted(known))}",
            )


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    catalogue: Catalogue
    lang: Language

    def kpi(self, raw: Mapping[str, Any], section: str, at: int) -> DesignedKpi:
        name = str(raw["name"]).strip()
        place = f"{self.file}: {section} {at} ({name})"
        _refuse_unknown(place, raw, _KEYS)
        formula = formula_of(str(raw.get("formula", "")))
        measure = self._measure(str(raw.get("measure", "")), name, place)
        about = conflict_about(self.catalogue, name)
        sort = sort_of_name(name) if measure is None else sort_of_measure(measure.kind, measure.unit)
        start, end = _steps(name, formula, sort, measure)
        basis = str(raw.get("basis", ""))
        per = _one_of(_period(raw), ("", *A_YEAR), f"{place}: per")
        target = _amount(raw.get("target"), f"{place}: target")
        past = [_amount(one, f"{place}: past") for one in _past(raw, place)]
        phase = phase_of_step(end)
        if measure is not None:
            phase = phase or self.catalogue.kpis[measure.kpi].stage
        return DesignedKpi(
            name=name,
            sort=sort,
            measure=measure.id if measure is not None else "",
            formula=formula,
            start=start,
            end=end,
            phase=phase,
            basis=_one_of(_BASIS.get(basis, basis), ("", "event", "created", "close"), f"{place}: basis"),
            target=target,
            per=per,
            chance=chance_of(target, per, past) if sort is Sort.VOLUME else None,
            owner=str(raw.get("owner", "")).strip(),
            review_on=_day(raw.get("review_on"), f"{place}: review_on"),
            agreed=_list(raw.get("agreed", ())),
            contested=_contested(about, name),
            tags=tags_of(name, measure.id if measure else "", measure.kpi if measure else "", sort),
        )

    def _measure(self, asked: str, name: str, place: str) -> Measure | None:
        """The one measure meant; a word that means several is none of them until its formula says which."""
        if asked and asked not in self.catalogue.measures:
            near = get_close_matches(asked, self.catalogue.measures, n=1, cutoff=0.5)
            raise DefinitionError(
                f"{place}: there is no measure {asked!r}",
                f"did you mean {near[0]}?" if near else "`hakari catalogue` lists them",
            )
        found = self.catalogue.names.get(fold(asked or name), ())
        contested = not asked and conflict_about(self.catalogue, name) is not None
        return self.catalogue.measures[found[0]] if len(found) == 1 and not contested else None

    def passage(self, key: str, value: object) -> Passage:
        place = f"{self.file}: rates {key!r}"
        ends = _ARROW.split(key.strip())
        steps = [step_of_words(one) for one in ends]
        amount = _amount(value, place)
        if len(steps) != 2 or not all(steps) or amount is None:
            raise DefinitionError(f"{place} is no rate between two steps", 'write "商談 → 受注" = 0.2')
        return Passage(steps[0], steps[1], amount, key, "stated")


def _steps(name: str, formula: Formula, sort: Sort, measure: Measure | None) -> tuple[str, str]:
    said = step_of_words(formula.bottom), step_of_words(formula.top)
    if all(said):
        return said
    if measure is not None:
        return steps_of_measure(measure)
    if sort in (Sort.VOLUME, Sort.AMOUNT):
        step = step_of_words(name)
        return step, step
    return said[0], said[1] or step_of_words(name)


def formula_of(text: str) -> Formula:
    """`A ÷ B × 100 = C`: the side with an operator is the sum, the other one its result."""
    sides = [side.strip() for side in re.split(r"[==]", text) if side.strip()]
    sums = [side for side in sides if _OPERATORS.search(side)] or sides[:1]
    if not sums:
        return Formula()
    plain = _SCALE.sub("", sums[0]).strip()
    parts = tuple(part.strip() for part in _OPERATORS.split(plain) if _is_name(part))
    top, _, bottom = (part.strip() for part in re.sub("/", "÷", plain).partition("÷"))
    result = next((side for side in sides if side is not sums[0]), "")
    return Formula(text.strip(), top if bottom else "", bottom, result, parts)


def _is_name(part: str) -> bool:
    return bool(re.search(r"[^\W\d]", part))


def chance_of(target: float | None, per: str, past: Sequence[float | None]) -> float | None:
    """That a count reaches its target, by the last months: after 36, 41 and 38, 50 has 5 %."""
    months = [Month(one) for one in past if one is not None]
    known = group(Way.COUNT, [months]) if months else None
    if target is None or not per or known is None:
        return None
    return outlook(known, months, A_YEAR["month"] / A_YEAR[per]).chance(target, "higher")


def _past(raw: Mapping[str, Any], place: str) -> Sequence[object]:
    past = raw.get("past", ())
    if not isinstance(past, list | tuple):
        raise DefinitionError(
            f"{place}: past = {past!r} is no list", "write the last months: past = [36, 41, 38]"
        )
    return past


def _contested(about: Conflict | None, name: str) -> Contested | None:
    return None if about is None else Contested(about.id, name)


def _period(raw: Mapping[str, Any]) -> str:
    said = str(raw.get("per", ""))
    return _PER.get(said, said)


def _one_of(value: str, known: Sequence[str], place: str) -> str:
    if value not in known:
        raise DefinitionError(f"{place}: {value!r}", f"it is one of {', '.join(one for one in known if one)}")
    return value


def _amount(value: object, place: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    said = str(value).strip()
    try:
        return float(said.removesuffix("%").replace(",", "")) / (100 if said.endswith("%") else 1)
    except ValueError:
        raise DefinitionError(f"{place}: {value!r} is no number", 'write 0.4, "40%" or 60_000_000') from None


def _day(value: object, place: str) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise DefinitionError(f"{place}: {value!r} is no day", "write 2027-03-31") from None


def _list(value: object) -> tuple[str, ...]:
    many = value if isinstance(value, list | tuple) else [value]
    return tuple(str(one).strip() for one in many if str(one).strip())
