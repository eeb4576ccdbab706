"""Plans every sheet of the files an import is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo

from hakari.canonical import TABLES
from hakari.errors import EmptyFileError, FieldMappedTwiceError, UnknownFieldError
from hakari.sources.files.column_plans import column_questions, columns_of, guessed, mapped, styled
from hakari.sources.files.column_style import Surroundings, YearContext, year_context
from hakari.sources.files.dates import DayOrder
from hakari.sources.files.guess import SURE, Column, guess_columns, guess_table
from hakari.sources.files.layout import Layout, find_layout
from hakari.sources.files.mapping_file import FileMapping, Mappings
from hakari.sources.files.month_grid import is_month_grid, says_target, unfold
from hakari.sources.files.plan import ColumnPlan, FilePlan, Question
from hakari.sources.files.saved_mappings import SavedMappings
from hakari.sources.files.slots import slots_of
from hakari.sources.files.source_file import Sheet, open_file
from hakari.units import FiscalCalendar

# The measure a word means, such as 受注額; None when no measure is called so.
MeasureNamed = Callable[[str], str | None]

_TARGET_WORDS = re.compile(
    r"目標値?|予算額?|計画値?|ノルマ|target|quota|goal|budget|plan|[(（].*[)）]|\s", re.IGNORECASE
)
_OTHER_MEASURES = re.compile(
    r"アポ|商談|件数|コール|架電|訪問|リード|粗利|call|lead|meeting|count", re.IGNORECASE
)
_GOAL_HEADERS = re.compile(r"受注|売上|予算|ノルマ|quota|金額", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Planner:
    """`goal` is the measure a sales target is for when the file does not say."""

    calendar: FiscalCalendar
    mappings: Mappings
    saved: SavedMappings
    measure_named: MeasureNamed
    goal: str

    def plan(self, path: Path) -> list[FilePlan]:
        """A plan for each sheet; in a workbook, sheets without rows are passed over."""
        plans = []
        empty: EmptyFileError | None = None
        for sheet in open_file(path):
            try:
                plans.append(self._sheet(sheet))
            except EmptyFileError as error:
                empty = error
        if not plans and empty is not None:
            raise empty
        found = any(plan.table for plan in plans)
        # Beside a sheet that is understood, one that is not is a note or a chart's data, not a question.
        return [replace(plan, unclear=()) if found and plan.table is None else plan for plan in plans]

    def answered(self, plan: FilePlan, question: Question, answer: str | None) -> FilePlan:
        """The plan after a person's answer; None leaves the column or the sheet out."""
        left = tuple(each for each in plan.unclear if each != question)
        _check_answer(plan, question, answer)
        if question.kind == "table":
            if answer is None:
                return replace(plan, table=None, unclear=left)
            return self._sheet(plan.origin, FileMapping("", answer, None, place="answer"))
        if question.kind == "measure":
            constants = {**plan.constants, **({"measure": answer} if answer else {})}
            return replace(plan, constants=constants, unclear=left, table=plan.table if answer else None)
        columns = [_answer_column(column, question, answer) for column in plan.columns]
        if question.kind == "column":
            columns = [self._restyled(plan, column, question) for column in columns]
        return replace(plan, columns=tuple(columns), unclear=left)

    def _restyled(self, plan: FilePlan, column: ColumnPlan, question: Question) -> ColumnPlan:
        if column.header != question.column or column.slot is None or plan.table is None:
            return column
        cells = columns_of(plan.layout)[column.position]
        return styled(plan.table, [column], [cells], plan.around, plan.sheet, plan.layout)[0]

    def _sheet(self, origin: Sheet, said: FileMapping | None = None) -> FilePlan:
        sheet, layout = origin, find_layout(origin)
        texts = (sheet.name or "", *layout.above, sheet.path.stem)
        grid = is_month_grid(layout.headers, *texts)
        if grid:
            sheet, layout = unfold(sheet, layout)
        columns = columns_of(layout)
        mapping = said or self.mappings.for_file(sheet.path.name, sheet.name)
        mapping = mapping or self._saved_for(origin, layout, columns, texts)
        around = self._around(texts, mapping)
        table, confidence, maybe, plans = self._columns(sheet, columns, around, mapping)
        if table and mapping is None:
            mapping = self.mappings.for_table(table)
            if mapping is not None:
                around = self._around(texts, mapping)
                table, confidence, maybe, plans = self._columns(sheet, columns, around, mapping)
        if grid and table == "target" and mapping is None and not says_target(*texts):
            table, maybe, confidence = None, "target", SURE / 2
        plan = FilePlan(
            sheet.shown,
            sheet.encoding,
            sheet.delimiter,
            layout.header_line,
            table,
            confidence,
            tuple(styled(table, plans, columns, around, sheet, layout) if table else plans),
            constants=_constants(mapping),
            hidden_sheets=sheet.hidden,
            maybe=maybe,
            origin=origin,
            sheet=sheet,
            layout=layout,
            around=around,
            mapping=mapping,
        )
        return self._with_questions(plan)

    def _saved_for(
        self, sheet: Sheet, layout: Layout, columns: list[Column], texts: tuple[str, ...]
    ) -> FileMapping | None:
        """The mapping saved for files called like this; else one for these headers, unless the name of this
        file says that it holds something else: `id, name` may be teams or products.
        """
        same_file = self.saved.for_file(sheet, layout.headers)
        if same_file is not None:
            return same_file
        same_headers = self.saved.for_headers(layout.headers)
        if same_headers is None:
            return None
        guess = guess_table(columns, self._around(texts, None), sheet.name or "", sheet.path.stem)
        is_other = guess.confidence >= SURE and guess.table != same_headers.table
        return None if is_other else same_headers

    def _columns(
        self, sheet: Sheet, columns: list[Column], around: Surroundings, mapping: FileMapping | None
    ) -> tuple[str | None, float, str | None, list[ColumnPlan]]:
        if mapping is not None and mapping.columns is not None:
            return mapping.table, 1.0, None, mapped(sheet.shown, columns, mapping)
        if mapping is not None and mapping.table is not None:
            guesses = guess_columns(mapping.table, columns, around)
            return mapping.table, 1.0, None, guessed(guesses, mapping)
        guess = guess_table(columns, around, sheet.name or "", sheet.path.stem)
        sure = guess.confidence >= SURE
        maybe = None if sure else guess.table
        return guess.table if sure else None, guess.confidence, maybe, guessed(guess.columns, mapping)

    def _around(self, texts: tuple[str, ...], mapping: FileMapping | None) -> Surroundings:
        constants = mapping.constants if mapping is not None else {}
        year = year_context(*texts)
        for name in ("year", "fiscal_year"):
            if constants.get(name, "").isdecimal():
                year = YearContext(int(constants[name]), fiscal=name == "fiscal_year")
        zone = ZoneInfo(self.calendar.zone)
        return Surroundings(zone, texts[:-1], year, self.calendar.start_month)

    def _with_questions(self, plan: FilePlan) -> FilePlan:
        if plan.table is None:
            options = (plan.maybe,) if plan.maybe else ()
            return replace(plan, unclear=(Question(plan.file, "table", None, options),))
        questions = column_questions(plan.file, plan.columns)
        if plan.table == "target" and "measure" not in plan.used and "measure" not in plan.constants:
            names = (plan.origin.name or "", *plan.layout.above, plan.origin.path.stem)
            header = plan.used["value"].header if "value" in plan.used else ""
            measure = self._measure_in(header, *names)
            if measure is not None:
                plan = replace(plan, constants={**plan.constants, "measure": measure})
            else:
                questions.append(Question(plan.file, "measure", None, (self.goal,)))
        return replace(plan, unclear=tuple(questions))

    def _measure_in(self, *texts: str) -> str | None:
        """受注額目標 is a target for 受注額; 売上目標 and 予算 are for the company's goal."""
        for text in texts:
            bare = _TARGET_WORDS.sub("", text)
            named = self.measure_named(bare) if bare else None
            if named is not None:
                return named
            if _GOAL_HEADERS.search(text) and not _OTHER_MEASURES.search(text):
                return self.goal
        return None


def _constants(mapping: FileMapping | None) -> dict[str, str]:
    return dict(mapping.constants) if mapping is not None else {}


def _check_answer(plan: FilePlan, question: Question, answer: str | None) -> None:
    """An answer may be typed; what nobody knows is refused with the nearest that is known."""
    if answer is None or question.kind == "measure":
        return
    known: Iterable[str] = ("mdy", "dmy", "ymd")
    if question.kind == "table":
        known = TABLES
    elif question.kind == "column":
        known = slots_of(plan.table or "")
    if answer not in known:
        close = get_close_matches(answer, list(known), n=1, cutoff=0.4)
        nearest = f"nearest: {close[0]}; " if close else ""
        raise UnknownFieldError(
            f"{answer!r} is no answer to: {question}", f"{nearest}known: {', '.join(known)}"
        )
    if question.kind == "column" and answer in plan.used:
        raise FieldMappedTwiceError(
            f"{plan.file}: {plan.used[answer].header!r} is laid on {answer!r} already",
            "lay the column on another field, or leave it out",
        )


def _answer_column(column: ColumnPlan, question: Question, answer: str | None) -> ColumnPlan:
    if column.header != question.column:
        return column
    if question.kind == "day order":
        orders: dict[str, DayOrder] = {"mdy": "mdy", "dmy": "dmy", "ymd": "ymd"}
        dates = column.style.dates
        if answer not in orders or dates is None:
            return replace(column, slot=None, maybe=column.slot, why="unclear")
        style = replace(column.style, dates=replace(dates, order=orders[answer]), day_order_sure=True)
        return replace(column, style=style)
    return (
        column if answer is None else replace(column, slot=answer, confidence=1.0, why="answer", maybe=None)
    )
