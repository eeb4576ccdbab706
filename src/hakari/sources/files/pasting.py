"""Reads targets that were copied from a spreadsheet and pasted, as a file of them would be read."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from hakari.sources.files.importing import import_files
from hakari.sources.files.plan import Question
from hakari.sources.files.report import ImportReport
from hakari.sources.files.target_rows import MeasureBook
from hakari.sources.targets.cells import ORIGIN
from hakari.sources.targets.pasted import Pasted, RejectedCell
from hakari.storage.truth import Truth
from hakari.units import FiscalCalendar

_FILE = "貼り付け.tsv"


def paste_targets(
    text: str,
    truth: Truth,
    *,
    calendar: FiscalCalendar,
    now: datetime,
    measures: MeasureBook,
    measure: str,
    year: int,
    unit: str = "",
    keep: bool,
) -> Pasted:
    """`measure` is meant where the cells name none, the fiscal `year` where their months have none, and the
    `unit` of amounts where nothing says another.

    Without `keep` nothing is written: it says what would become of the cells.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / _FILE
        title = f"{year}年度 目標" + (f"(単位:{unit})" if unit and "単位" not in text else "")
        path.write_text(f"{title}\n{text}\n", encoding="utf-8")
        report = import_files(
            [path],
            truth,
            zone=calendar.zone,
            mapping=None,
            yes=True,
            now=now,
            source=ORIGIN,
            calendar=calendar,
            measures=measures,
            goal=measure,
            ask=partial(_answer, measure),
            keep=keep,
        )
    return _told(report)


def _answer(measure: str, question: Question) -> str | None:
    if question.kind == "day order":
        return question.options[0]
    return {"table": "target", "measure": measure or None}.get(question.kind)


def _told(report: ImportReport) -> Pasted:
    rejects = [
        # The line that says the year was put before what was pasted.
        RejectedCell(
            one.line - 1, one.column, one.value, {lang: one.reason.say(lang) for lang in ("ja", "en")}
        )
        for file in report.files
        for one in file.shown_rejects
    ]
    return Pasted(
        report.run,
        report.read,
        report.loaded,
        report.updated,
        report.unchanged,
        report.rejected,
        tuple(sorted(rejects, key=lambda one: one.row)),
    )
