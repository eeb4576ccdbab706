"""A KPI's note tells of a shift when season, days off and chance do not explain the weeks, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hakari.bootstrap import Company
from hakari.errors import ChoiceRefusedError, UnknownKpiError
from hakari.planning.scorecard import Shift
from hakari.planning.shifted import lasting, shift_text, shifts, watched
from hakari.report.json_text import metric_object
from hakari.report.rows import kpi_row
from hakari.units.calendar import FiscalCalendar
from hakari.words import LANGUAGES, Language
from tests.metrics.rows import LEARNT, write

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
FIRST = date(2025, 1, 6)
FELL = date(2026, 9, 7)


def calls(weekly: int, fallen: int) -> list[dict[str, Any]]:
    """Every business day the same number of calls, and fewer from a Monday on; none on holidays."""
    rows: list[dict[str, Any]] = []
    calendar, day = FiscalCalendar(), FIRST
    while day <= date(2026, 11, 22):
        many = (fallen if day >= FELL else weekly) // 5 if calendar.is_business_day(day) else 0
        rows += [{"id": f"{day}-{at}", "kind": "call", "occurred_at": f"{day} 10:00"} for at in range(many)]
        day += timedelta(days=1)
    return rows


def opened(folder: Path, fallen: int) -> Company:
    company = Company(folder, lambda: NOW, in_folder=True)
    with company.truth.importing("test", "rows", LEARNT) as an_import:
        write(an_import, {"activity": calls(50, fallen)})
    return company


@pytest.fixture(scope="module")
def fell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    company = opened(tmp_path_factory.mktemp("fell"), 25)
    yield company
    company.close()


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    company = opened(tmp_path_factory.mktemp("steady"), 50)
    yield company
    company.close()


def found(company: Company, period: str = "") -> tuple[Shift, ...]:
    scope = company.asked({"period": period} if period else {}, "ja").scope
    return shifts(company.desk(None), scope, ["outbound_dials"])["outbound_dials"]


def test_half_the_calls_since_a_monday_are_told_from_that_week(fell: Company) -> None:
    shift = lasting(found(fell))
    assert shift is not None
    assert (shift.since, shift.up) == (FELL, False)
    assert shift.ratio == pytest.approx(0.5, abs=0.06)
    assert shift.noticed < FELL + timedelta(weeks=4)


def test_where_nothing_happened_holidays_and_year_ends_are_no_shift(steady: Company) -> None:
    assert found(steady) == ()


def test_a_period_before_the_fall_knows_nothing_of_it(fell: Company) -> None:
    assert found(fell, "2026-08") == ()


def test_the_figure_s_page_and_rows_say_it_in_words(fell: Company) -> None:
    view = fell.metric_view("outbound_dials", {}, "en")
    assert view.figure.shift is not None
    assert [flag.kind for flag in view.flags] == ["shift"]
    assert view.flags[0].day == FELL
    assert "week of 7 Sep" in str(kpi_row(view.figure, view.scope)["note"])
    assert kpi_row(replace(view.figure, shift=None), view.scope)["note"] is None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("until", [None, date(2026, 10, 5)])
@pytest.mark.parametrize("up", [True, False])
def test_every_kind_of_shift_has_its_sentence(lang: Language, until: date | None, up: bool) -> None:
    said = shift_text(Shift(FELL, FELL, until, up, 0.72), lang)
    assert "72%" in said
    assert "{" not in said


def test_stocks_medians_and_prices_are_not_watched(fell: Company) -> None:
    measures = fell.catalogue.measures
    names = ("outbound_dials", "sdr_connects.rate", "deals_open", "won_unit_price", "pipeline_created_3m")
    assert [one.id for one in watched([measures[name] for name in names])] == [
        "outbound_dials",
        "sdr_connects.rate",
    ]


def test_an_initiative_stands_on_its_kpi_s_trend_and_can_be_moved_and_dropped(steady: Company) -> None:
    steady.note_initiative("新スクリプト", date(2026, 10, 14), "outbound_dials")
    steady.note_initiative("新スクリプト", date(2026, 10, 15), "outbound_dials")
    (flag,) = steady.metric_view("outbound_dials", {}, "ja").flags
    assert (flag.day, flag.kind) == (date(2026, 10, 15), "initiative")
    assert "新スクリプト" in flag.text
    assert steady.metric_view("sdr_connects.count", {}, "ja").flags == ()
    steady.drop_initiative("新スクリプト")
    assert steady.initiatives() == ()
    with pytest.raises(ChoiceRefusedError, match="none is noted"):
        steady.drop_initiative("新スクリプト")
    with pytest.raises(UnknownKpiError):
        steady.note_initiative("x", date(2026, 10, 15), "no_such_kpi")


def test_a_changed_definition_is_marked_on_its_day(steady: Company) -> None:
    folder = steady.definitions.folder
    folder.mkdir(parents=True, exist_ok=True)
    text = steady.catalogue.kpis["outbound_dials"].text.replace('of = "calls"', 'of = "calls_without_lead"')
    (folder / "outbound_dials.toml").write_text(text, encoding="utf-8")
    assert 'of = "calls_without_lead"' in text
    flags = steady.metric_view("outbound_dials", {}, "ja").flags
    assert [(flag.day, flag.kind) for flag in flags] == [(date(2026, 11, 24), "definition")]


def test_programs_get_the_shifts_and_flags_too(fell: Company) -> None:
    told = metric_object(fell.metric_view("outbound_dials", {}, "ja"), lambda door: door)
    assert told["shifts"][0]["since"] == FELL
    assert [one["kind"] for one in told["flags"]] == ["shift"]
