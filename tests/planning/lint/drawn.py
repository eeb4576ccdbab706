"""Designs for tests, written as a person writes them."""

from __future__ import annotations

from datetime import date

from hakari.metrics.loader import built_in
from hakari.planning.lint.design import Design
from hakari.planning.lint.design_file import read_design
from hakari.planning.lint.linter import example_text, lint
from hakari.planning.lint.rule import Finding, LintReport
from hakari.words import Language

TODAY = date(2026, 11, 24)


def design(text: str, lang: Language = "ja") -> Design:
    return read_design("design.toml", text, built_in(), lang, TODAY)


def linted(text: str, lang: Language = "ja") -> LintReport:
    return lint(design(text, lang))


def example(name: str, lang: Language = "ja") -> LintReport:
    return linted(example_text(name), lang)


def found(report: LintReport, rule: str) -> list[Finding]:
    return [one for one in report.findings if one.rule == rule]


def rules_found(report: LintReport) -> set[str]:
    return {one.rule for one in report.findings}
