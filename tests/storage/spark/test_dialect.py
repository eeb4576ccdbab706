"""What the engine means is said in Spark's words by the types of columns, without a cluster."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
import sqlglot
import sqlglot.expressions as exp
from sqlglot.errors import ParseError

from hakari.canonical import TABLES
from hakari.canonical.milestones import MILESTONES
from hakari.errors import EngineNotReadyError
from hakari.storage import projection_milestones
from hakari.storage.conditions import column, literal, table_source
from hakari.storage.projection_tables import columns, milestone_columns
from hakari.storage.spark.dialect import SparkText

DEAL = {
    "key": "INTEGER",
    "closed_on": "DATE",
    "created_at": "TIMESTAMP",
    "created_at__day": "DATE",
    "amount": "DOUBLE",
}
TEXT = SparkText({"deal": DEAL})


def said(*expressions: exp.Expr, where: exp.Expr | None = None) -> str:
    select = sqlglot.select(*expressions).from_(table_source("deal", "main", "f"))
    return TEXT.of(select if where is None else select.where(where))


def of(name: str) -> exp.Column:
    return column(name, "f")


def test_a_table_is_a_view_named_with_its_schema() -> None:
    assert said(of("key")) == "SELECT `f`.`key` FROM `main__deal` AS `f`"


def test_days_between_two_days_are_counted() -> None:
    between = exp.Sub(this=of("closed_on"), expression=of("created_at__day"))
    assert "DATEDIFF(`f`.`closed_on`, `f`.`created_at__day`)" in said(between)


def test_numbers_are_subtracted_as_ever() -> None:
    assert "`f`.`amount` - 1" in said(exp.Sub(this=of("amount"), expression=literal(1)))


def test_days_between_days_less_one_are_a_number() -> None:
    between = exp.Sub(this=literal(date(2026, 11, 1)), expression=of("closed_on"))
    text = said(exp.Sub(this=between, expression=literal(1)))
    assert "DATEDIFF(CAST('2026-11-01' AS DATE), `f`.`closed_on`) - 1" in text


def test_a_day_less_days_is_a_day() -> None:
    assert "DATE_SUB(`f`.`closed_on`, 7)" in said(exp.Sub(this=of("closed_on"), expression=literal(7)))


@pytest.mark.parametrize(("unit", "spark"), [("week", "WEEK"), ("month", "MM")])
def test_a_bucket_begins_on_its_first_day(unit: str, spark: str) -> None:
    start = exp.Anonymous(this="date_trunc", expressions=[exp.Literal.string(unit), of("closed_on")])
    assert f"TRUNC(`f`.`closed_on`, '{spark}')" in said(start)


def test_moments_are_counted_in_microseconds_of_utc() -> None:
    assert "UNIX_MICROS(CAST(`f`.`created_at` AS TIMESTAMP" in said(exp.func("epoch_us", of("created_at")))


def test_fractions_are_doubles_and_never_decimals() -> None:
    text = said(of("key"), where=exp.GTE(this=of("amount"), expression=literal(0.1)))
    assert "`f`.`amount` >= CAST(0.1 AS DOUBLE)" in text


def test_unknown_comes_last() -> None:
    select = sqlglot.select(of("key")).from_(table_source("deal", "main", "f"))
    text = TEXT.of(select.order_by(exp.Ordered(this=of("closed_on"))))
    assert text.endswith("ORDER BY `f`.`closed_on` NULLS LAST")


def test_a_word_without_a_translation_is_refused() -> None:
    with pytest.raises(EngineNotReadyError, match="weigh_up"):
        said(exp.func("weigh_up", of("key"), literal(3)))


def _projection_columns() -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = {}
    for table in TABLES.values():
        kinds = {name: kind if '"' not in kind else "VARCHAR" for name, kind in columns(table).items()}
        known[table.name] = {name: kind if kind.isupper() else "VARCHAR" for name, kind in kinds.items()}
        known[f"{table.name}__milestone"] = milestone_columns(table.name, MILESTONES)
    return known


@pytest.mark.parametrize("table", projection_milestones.tables(MILESTONES))
def test_milestones_as_of_a_moment_are_words_that_spark_reads(table: str) -> None:
    select = projection_milestones.selected(table, MILESTONES, "main", "Asia/Tokyo", None)
    text = SparkText(_projection_columns()).of(select)
    assert _reads(text)
    assert not set(_words(text)) & {"EPOCH_US", "TIMEZONE", "//"}


def _reads(text: str) -> bool:
    try:
        return sqlglot.parse_one(text, dialect="spark") is not None
    except ParseError:
        return False


def _words(text: str) -> Iterable[str]:
    return text.replace("(", " ").upper().split()
