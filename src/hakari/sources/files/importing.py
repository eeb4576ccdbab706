"""Brings files into the truth: plan every sheet, settle what is unclear, load everything or nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hakari.errors import MappingError, MappingNeededError, NothingImportedError
from hakari.sources.files.loading import SheetLoader
from hakari.sources.files.mapping_file import Mappings, read_mapping, remembered
from hakari.sources.files.name_book import NameBook
from hakari.sources.files.plan import FilePlan, Question
from hakari.sources.files.planner import MeasureNamed, Planner
from hakari.sources.files.references import References
from hakari.sources.files.report import FileReport, ImportReport, left_out
from hakari.sources.files.saved_mappings import SavedMappings
from hakari.sources.files.slips import Slips
from hakari.sources.files.slots import fields_of
from hakari.sources.files.target_rows import MeasureBook, TargetRows
from hakari.sources.files.unpacking import unpacked
from hakari.sources.targets.cells import Cells
from hakari.storage.truth import Import, Truth
from hakari.units import FiscalCalendar

__all__ = ["FilePlan", "FileReport", "ImportReport", "Question", "import_files", "plan_import"]

# Rows come after the rows they point at, so that names and ids are known when they are needed.
ORDER = (
    *("team", "person", "product", "account", "target_list", "campaign", "content_asset", "partner"),
    *("keyword", "contact", "lead", "deal", "contract", "order"),
)
GOAL = "win_amount"
# Gives the answer to a question, or None to leave the column or the sheet out.
Ask = Callable[[Question], str | None]
Progress = Callable[[int], None]


def plan_import(
    paths: Sequence[Path],
    *,
    mapping: Path | None,
    zone: str,
    truth: Truth | None = None,
    source: str = "files",
    calendar: FiscalCalendar | None = None,
    measure_named: MeasureNamed | None = None,
    goal: str = GOAL,
) -> list[FilePlan]:
    """What `import_files` would do, in the order it would do it. Writes nothing."""
    planner = _planner(mapping, truth, source, calendar or FiscalCalendar(zone=zone), measure_named, goal)
    with unpacked(paths) as handed:
        return _in_order([plan for path in handed.paths for plan in planner.plan(path)])


def import_files(
    paths: Sequence[Path],
    truth: Truth,
    *,
    zone: str,
    mapping: Path | None,
    yes: bool,
    now: datetime,
    source: str = "files",
    calendar: FiscalCalendar | None = None,
    measure_named: MeasureNamed | None = None,
    measures: MeasureBook | None = None,
    goal: str = GOAL,
    ask: Ask | None = None,
    progress: Progress | None = None,
    keep: bool = True,
) -> ImportReport:
    """One import. With `yes`, what is unclear is left out; `ask` settles it; else MappingNeededError.

    `progress` is told how many rows were done each time some were. Without `keep` it is only tried.
    """
    calendar, book = calendar or FiscalCalendar(zone=zone), measures or MeasureBook(measure_named or _none)
    planner = _planner(mapping, truth, source, calendar, book.named, goal)
    with unpacked(paths) as handed:
        plans = [plan for path in handed.paths for plan in planner.plan(path)]
        _refuse_idle_mapping(planner.mappings, mapping, plans)
        questions = [question for plan in plans for question in plan.unclear]
        plans = _in_order([_settled(planner, plan, ask, yes) for plan in plans])
        _refuse_open_questions(plans)
        if not any(plan.table for plan in plans):
            raise NothingImportedError(
                f"nothing in {_files(plans)} is clear enough to load: {_listed(questions)}",
                "say in a mapping file (--mapping) which table and fields they hold",
            )
        said = _said_before(truth, source, plans)
        with _uninterrupted(), truth.importing(source, _files(plans), now, keep=keep) as into:
            return replace(
                _load(plans, into, source, calendar, now, said, book, progress),
                passed_over=handed.passed_over,
            )


def _none(_: str) -> None:
    """Without a catalogue no word is a measure's name."""


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Rows hold no circles; looking for some among millions of them takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _load(
    plans: Sequence[FilePlan],
    into: Import,
    source: str,
    calendar: FiscalCalendar,
    now: datetime,
    said: Mapping[str, frozenset[str]],
    book: MeasureBook,
    progress: Progress | None,
) -> ImportReport:
    names = NameBook(into)
    slips = Slips(into, names, {plan.table for plan in plans if plan.table})
    references = References(into, source, now, names, slips)
    cells = Cells(into, book.named) if any(plan.table == "target" for plan in plans) else None
    loaders: list[SheetLoader | FilePlan] = []
    for plan in plans:
        if plan.table is None:
            loaders.append(plan)
            continue
        columns = remembered(plan.mapping, {column.header: slot for slot, column in plan.used.items()})
        into.mapping(SavedMappings(source).name(plan.origin, plan.layout.headers), plan.table, columns)
        targets = TargetRows(plan, book, cells) if cells is not None and plan.table == "target" else None
        loader = SheetLoader(plan, plan.table, into, references, calendar, now, said[plan.table], targets)
        loader.load(progress)
        loaders.append(loader)
    slips.report()
    files = tuple(left_out(each) if isinstance(each, FilePlan) else each.report() for each in loaders)
    report = ImportReport(into.run, files)
    into.totals(report.read, report.loaded, report.updated, report.unchanged, report.rejected)
    if report.read == report.rejected:
        raise _nothing_imported(report)
    return report


def _planner(
    mapping: Path | None,
    truth: Truth | None,
    source: str,
    calendar: FiscalCalendar,
    measure_named: MeasureNamed | None,
    goal: str,
) -> Planner:
    mappings = read_mapping(mapping) if mapping is not None else Mappings()
    saved = SavedMappings(source, truth.mappings() if truth is not None else ())
    return Planner(calendar, mappings, saved, measure_named or (lambda _: None), goal)


def _said_before(truth: Truth, source: str, plans: Sequence[FilePlan]) -> dict[str, frozenset[str]]:
    """Table → every field that any file of this source, earlier or in this import, has had a column for."""
    said: dict[str, set[str]] = {plan.table: set() for plan in plans if plan.table}
    for plan in plans:
        if plan.table:
            said[plan.table] |= fields_of(plan.table, plan.slots())
    for each in truth.mappings():
        if each.name.startswith(f"{source}:") and each.table in said:
            said[each.table] |= fields_of(each.table, each.columns.values())
    return {table: frozenset(fields) for table, fields in said.items()}


def _settled(planner: Planner, plan: FilePlan, ask: Ask | None, yes: bool) -> FilePlan:
    """The plan without open questions, as far as `ask` and `yes` go."""
    if ask is not None:
        while plan.unclear:
            question = plan.unclear[0]
            plan = planner.answered(plan, question, ask(question))
        return plan
    if not yes:
        return plan
    unusable = any(question.kind in ("table", "measure") for question in plan.unclear)
    return replace(plan, table=None if unusable else plan.table, unclear=())


def _refuse_idle_mapping(mappings: Mappings, path: Path | None, plans: Sequence[FilePlan]) -> None:
    """One mapping file may serve many exports, but one that serves none of these is a slip of the pen."""
    if path is None or any(plan.mapping is not None and plan.mapping in mappings.entries for plan in plans):
        return
    patterns = ", ".join(entry.pattern for entry in mappings.entries)
    raise MappingError(
        f"no entry of {path.name} ({patterns}) fits {_files(plans)}",
        "name an entry after the file, such as deals_*.csv:, or after a table, such as deal:",
    )


def _refuse_open_questions(plans: Sequence[FilePlan]) -> None:
    questions = [question for plan in plans for question in plan.unclear]
    if questions:
        raise MappingNeededError(
            f"{len(questions)} unclear: {_listed(questions)}",
            "say it in a mapping file (--mapping), or leave these out with --yes",
        )


def _listed(questions: Sequence[Question]) -> str:
    more = f"; and {len(questions) - 10} more" if len(questions) > 10 else ""
    return "; ".join(str(question) for question in questions[:10]) + more


def _in_order(plans: Sequence[FilePlan]) -> list[FilePlan]:
    def place(plan: FilePlan) -> int:
        return ORDER.index(plan.table) if plan.table in ORDER else len(ORDER)

    return sorted(plans, key=place)


def _files(plans: Sequence[FilePlan]) -> str:
    names = list(dict.fromkeys(plan.origin.path.name for plan in plans))
    return ", ".join(names[:5]) + (f" (+{len(names) - 5})" if len(names) > 5 else "")


def _nothing_imported(report: ImportReport) -> NothingImportedError:
    first = [
        f"{each.file} line {row.line}"
        + (f", {row.column}: {row.value!r}" if row.column else "")
        + f": {row.reason.say('en')}"
        for each in report.files
        for row in each.shown_rejects[:3]
    ]
    what = f"all {report.rejected:,} rows were rejected: {'; '.join(first[:5])}"
    return NothingImportedError(what, "correct the rows, or say in a mapping file what the columns mean")
