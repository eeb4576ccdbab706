"""The findings of a KPI check as rows of a file."""

from __future__ import annotations

from hakari.planning.lint.rule import LintReport
from hakari.report.rows import Row


def finding_rows(report: LintReport) -> list[Row]:
    """One row a finding; a check without findings has one row with its grade."""
    rows: list[Row] = []
    for one in report.checks:
        head: Row = {
            "item": one.item or None,
            "rule": one.rule,
            "check": one.question,
            "grade": one.grade.value,
        }
        tail: Row = {"why": one.why, "source": one.source}
        if not one.findings:
            what = one.unjudged or None
            rows.append(
                head | {"severity": None, "kpi": None, "measure": None, "what": what, "do": None} | tail
            )
        for found in one.findings:
            said: Row = {
                "severity": found.severity.value,
                "kpi": found.kpi or None,
                "measure": found.measure or None,
                "what": found.what,
                "do": found.do,
            }
            rows.append(head | said | tail)
    return rows
