"""Figures as files: the rows of a page as CSV, workbook, Markdown or JSON, for a download or a command.

A row is a plain dict from column key to value, so each writer takes the rows of any page.
"""

from __future__ import annotations

from hakari.report.capacity import (
    balance_rows,
    capacity_object,
    capacity_rows,
    move_rows,
    pay_rows,
    territory_object,
)
from hakari.report.csv_text import rows_to_csv
from hakari.report.gap import gap_object, gap_rows
from hakari.report.json_text import figure_object, metric_object, rows_to_json, scorecard_object
from hakari.report.markdown import rows_to_markdown
from hakari.report.meeting import meeting_object, meeting_rows, meetings_rows
from hakari.report.rep import rep_object, rep_rows
from hakari.report.rows import Cell, Row, breakdown_rows, record_rows, result_row, scorecard_rows
from hakari.report.workbook import rows_to_xlsx

__all__ = [
    "Cell",
    "Row",
    "balance_rows",
    "breakdown_rows",
    "capacity_object",
    "capacity_rows",
    "figure_object",
    "gap_object",
    "gap_rows",
    "meeting_object",
    "meeting_rows",
    "meetings_rows",
    "metric_object",
    "move_rows",
    "pay_rows",
    "record_rows",
    "rep_object",
    "rep_rows",
    "result_row",
    "rows_to_csv",
    "rows_to_json",
    "rows_to_markdown",
    "rows_to_xlsx",
    "scorecard_object",
    "scorecard_rows",
    "territory_object",
]
