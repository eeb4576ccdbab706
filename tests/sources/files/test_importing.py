"""Importing a file: everything is loaded or kept with its reason, and nothing is written halfway."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from hakari.errors import (
    EmptyFileError,
    FieldMappedTwiceError,
    MappingError,
    MappingNeededError,
    NothingImportedError,
    UnknownFieldError,
)
from hakari.sources.files.importing import Question
from hakari.storage.truth import Truth
from tests.sources.files.desk import (
    NOON,
    bring,
    column,
    current,
    laid,
    only,
    plan,
    said,
    write,
    write_workbook,
)

DEALS = "商談ID,商談名,会社名,フェーズ,金額,完了予定日\n"


def test_the_same_file_twice_changes_nothing(truth: Truth, tmp_path: Path) -> None:
    path = write(
        tmp_path, "商談.csv", DEALS + "1,A,アクメ,受注,100,2026/11/01\n2,B,ビー,提案,200,2026/12/01\n"
    )
    first = bring(truth, path)
    second = bring(truth, path, day=1)
    assert (first.loaded, first.updated, first.unchanged) == (2, 0, 0)
    assert (second.loaded, second.updated, second.unchanged) == (0, 0, 2)


def test_every_row_that_was_read_is_accounted_for(truth: Truth, tmp_path: Path) -> None:
    text = DEALS + (
        "1,A,アクメ,受注,100,2026/11/01\n"
        "2,B,ビー,提案,三百万円,2026/12/01\n"
        "3,C,シー,提案,300,2026/13/45\n"
        "4,D,ディー,提案,400\n"
        "5,E,イー,提案,500,2026/12/01,余り\n"
        ",,,,,\n"
        "合計,,,,1500,\n"
        "6,F,エフ,提案,600,2026/12/01,,\n"
    )
    report = bring(truth, write(tmp_path, "商談.csv", text))
    (file,) = report.files
    assert (file.read, file.loaded, file.rejected) == (7, 2, 5)
    assert file.adds_up
    assert [(row.line, row.column, row.value, row.reason.key) for row in file.shown_rejects] == [
        (5, None, None, "too_many_cells"),
        (6, None, None, "too_many_cells"),
        (8, None, None, "total_row"),
        (3, "金額", "三百万円", "kanji_number"),
        (4, "完了予定日", "2026/13/45", "no_such_day"),
    ]
    (run,) = truth.runs()
    assert (run.read, run.loaded, run.rejected, run.adds_up) == (7, 2, 5, True)


def test_a_rejected_row_is_kept_with_its_place_and_the_way_to_write_it(truth: Truth, tmp_path: Path) -> None:
    text = DEALS + "1,A,アクメ,受注,100,2026/11/01\n2,B,ビー,提案,三百万円,2026/12/01\n"
    report = bring(truth, write(tmp_path, "商談.csv", text))
    (kept,) = truth.rejects(report.run)
    assert (kept.file, kept.line, kept.column, kept.value, kept.severity) == (
        "商談.csv",
        3,
        "金額",
        "三百万円",
        "reject",
    )
    assert "3000000" in kept.reason
    assert kept.raw["商談名"] == "B"


def test_a_bad_value_in_a_field_that_matters_less_leaves_only_itself_out(
    truth: Truth, tmp_path: Path
) -> None:
    text = (
        "会社名,業種,従業員数,年間売上\nアクメ,製造,1000〜5000,300\n"
        "ビー,製造,約200,400\nシー,製造,1000〜5000,500\n"
    )
    report = bring(truth, write(tmp_path, "取引先.csv", text))
    assert column(truth, "account", "employees") == [None, None, None]
    assert said(report) == [
        ("従業員数", "1000〜5000", 2, "number_range"),
        ("従業員数", "約200", 1, "about_a_number"),
    ]
    notes = [each for each in truth.rejects(report.run) if each.severity == "note"]
    assert [(note.line, note.value) for note in notes] == [(2, "1000〜5000"), (3, "約200")]


def test_identical_rows_are_all_kept_and_known_again(truth: Truth, tmp_path: Path) -> None:
    path = write(tmp_path, "売上.csv", "日付,店舗,商品分類,売上\n" + "2026-04-01,新宿店,飲料,100\n" * 3)
    assert bring(truth, path).loaded == 3
    assert bring(truth, path, day=1).unchanged == 3
    assert column(truth, "order", "amount") == [100, 100, 100]


def test_rows_are_known_by_their_names_where_there_is_no_id(truth: Truth, tmp_path: Path) -> None:
    header = "案件名,会社名,フェーズ,金額,完了予定日\n"
    bring(truth, write(tmp_path, "ヨミ表.csv", header + "A,アクメ,提案,100,2026/12/01\n"))
    report = bring(truth, write(tmp_path, "ヨミ表2.csv", header + "A,㈱アクメ,受注,150,2026/11/20\n"), day=7)
    assert (report.loaded, report.updated) == (0, 1)
    row = only(truth, "deal")
    assert (row["status"], row["amount"]) == ("won", 150)


def test_one_id_on_two_lines_is_one_row_as_the_later_line_has_it(truth: Truth, tmp_path: Path) -> None:
    rows = "".join(f"{n},X{n},アクメ,提案,1,2026/12/01\n" for n in range(10, 60))
    text = DEALS + rows + "1,A,アクメ,提案,100,2026/12/01\n1,A,アクメ,受注,120,2026/11/01\n"
    report = bring(truth, write(tmp_path, "商談.csv", text))
    assert report.adds_up
    assert (report.read, report.loaded, report.updated) == (52, 51, 1)
    assert said(report) == [("商談ID", "1", 1, "same_row_twice")]
    assert current(truth, "deal")[-1]["amount"] == 120


def test_a_deleted_row_is_loaded_as_deleted(truth: Truth, tmp_path: Path) -> None:
    bring(
        truth,
        write(
            tmp_path,
            "deals.csv",
            "id,name,stage,amount,account,is_deleted\n1,A,Won,1,X,TRUE\n2,B,Won,2,X,false\n",
        ),
    )
    assert [(row["name"], row["deleted"]) for row in current(truth, "deal")] == [("A", True), ("B", False)]
    assert truth.counts()["deal"] == 1


def test_a_hashed_blank_is_a_blank(truth: Truth, tmp_path: Path) -> None:
    text = "id,name,industry,website\n1,A,1B2M2Y8AsgTpgAmY7PhCfg==,d41d8cd98f00b204e9800998ecf8427e\n"
    bring(truth, write(tmp_path, "accounts.csv", text))
    assert (only(truth, "account")["industry"], only(truth, "account")["domain"]) == (None, None)


def test_nothing_is_written_when_every_row_is_rejected(truth: Truth, tmp_path: Path) -> None:
    text = DEALS + "1,A,アクメ,受注,三百万円,2026/11/01\n"
    with pytest.raises(NothingImportedError, match="line 2, 金額: '三百万円'"):
        bring(truth, write(tmp_path, "商談.csv", text))
    assert truth.runs() == []
    assert sum(truth.counts().values()) == 0


def test_one_bad_file_stops_the_whole_command(truth: Truth, tmp_path: Path) -> None:
    good = write(tmp_path, "商談.csv", DEALS + "1,A,アクメ,受注,100,2026/11/01\n")
    with pytest.raises(EmptyFileError, match=r"empty\.csv"):
        bring(truth, good, write(tmp_path, "empty.csv", ""))
    assert truth.runs() == []


def test_what_is_unclear_is_asked_before_anything_is_written(truth: Truth, tmp_path: Path) -> None:
    path = write(tmp_path, "data.csv", "foo,bar\n1,2\n")
    with pytest.raises(MappingNeededError, match="which table is it"):
        bring(truth, path, yes=False)
    with pytest.raises(NothingImportedError, match="clear enough"):
        bring(truth, path, yes=True)
    assert truth.runs() == []


def test_with_yes_unclear_columns_are_left_out_and_said(truth: Truth, tmp_path: Path) -> None:
    text = DEALS + "".join(f"{n},A{n},アクメ,提案,100,朝{n}\n" for n in range(20))
    path = write(tmp_path, "商談.csv", text)
    with pytest.raises(MappingNeededError, match="完了予定日"):
        bring(truth, path, yes=False)
    (file,) = bring(truth, path).files
    (left,) = [each for each in file.columns if each.header == "完了予定日"]
    assert (left.slot, left.why, left.maybe) == (None, "unclear", "close_date")
    assert file.loaded == 20


def test_an_answer_settles_a_question(truth: Truth, tmp_path: Path) -> None:
    asked: list[Question] = []

    def answer(question: Question) -> str | None:
        asked.append(question)
        return {"day order": "dmy"}.get(question.kind)

    text = (
        "商談ID,商談名,会社名,フェーズ,金額,クローズ日\n"
        "1,A,アクメ,受注,100,03/04/2026\n2,B,アクメ,受注,100,05/06/2026\n"
    )
    bring(truth, write(tmp_path, "商談.csv", text), yes=False, ask=answer)
    assert [(question.kind, question.options[0]) for question in asked] == [("day order", "mdy")]
    assert column(truth, "deal", "closed_on") == [date(2026, 4, 3), date(2026, 6, 5)]


def test_an_answer_may_name_the_table(truth: Truth, tmp_path: Path) -> None:
    path = write(tmp_path, "x.csv", "社名,コメント\nアクメ,良い\n")
    bring(truth, path, yes=False, ask=lambda question: "account" if question.kind == "table" else None)
    assert only(truth, "account")["name"] == "アクメ"


@pytest.mark.parametrize(
    ("answer", "error", "what"),
    [("clsoe_date", UnknownFieldError, "is no answer to"), ("amount", FieldMappedTwiceError, "already")],
)
def test_an_answer_must_make_sense(
    truth: Truth, tmp_path: Path, answer: str, error: type[MappingError], what: str
) -> None:
    text = DEALS + "".join(f"{n},A{n},アクメ,提案,100,朝{n}\n" for n in range(20))
    with pytest.raises(error, match=what):
        bring(truth, write(tmp_path, "商談.csv", text), yes=False, ask=lambda _: answer)


def test_a_mapping_once_given_is_used_again(truth: Truth, tmp_path: Path) -> None:
    mapping = write(
        tmp_path,
        "m.yaml",
        "a.csv:\n  table: deal\n  columns: {なまえ: name, どうなった: stage, いくら: amount}\n"
        "  stages: {やった: won}\n",
    )
    bring(truth, write(tmp_path, "a.csv", "なまえ,いくら,どうなった\nA,100,やった\n"), mapping=mapping)
    report = bring(
        truth, write(tmp_path, "b.csv", "いくら,なまえ,どうなった\n200,B,やった\n"), yes=False, day=1
    )
    assert {each.why for each in report.files[0].columns} == {"saved"}
    assert column(truth, "deal", "status") == ["won", "won"]


def test_a_saved_mapping_is_not_forced_on_a_file_of_another_kind(truth: Truth, tmp_path: Path) -> None:
    bring(truth, write(tmp_path, "teams.csv", "id,name\n1,一課\n2,二課\n"))
    bring(truth, write(tmp_path, "products.csv", "id,name\n1,X1\n2,X2\n"), day=1)
    assert column(truth, "team", "name") == ["一課", "二課"]
    assert column(truth, "product", "name") == ["X1", "X2"]
    report = bring(truth, write(tmp_path, "teams_2026.csv", "id,name\n1,一課\n2,三課\n"), day=2)
    assert (report.files[0].table, report.updated, report.unchanged) == ("team", 1, 1)


def test_a_mapping_puts_values_in_place_of_others(truth: Truth, tmp_path: Path) -> None:
    text = "商談名,会社名,フェーズ,金額,種別,製品\nA,アクメ,受注,1,既,GTXPro\nB,アクメ,受注,1,新,GTX Pro\n"
    mapping = write(
        tmp_path,
        "m.yaml",
        "商談.csv:\n  table: deal\n  columns: {商談名: name, 会社名: account, 種別: type, 製品: product}\n"
        "  values:\n    type: {既: existing, 新: new}\n    product: {GTXPro: GTX Pro}\n",
    )
    bring(truth, write(tmp_path, "商談.csv", text), mapping=mapping)
    assert column(truth, "deal", "type") == ["existing", "new"]
    assert column(truth, "deal", "product") == ["GTX Pro", "GTX Pro"]


def test_a_mapping_leaves_out_what_it_does_not_list(tmp_path: Path) -> None:
    mapping = write(tmp_path, "m.yaml", "商談.csv: {table: deal, columns: {商談名: name, フェーズ: stage}}\n")
    found = plan(write(tmp_path, "商談.csv", DEALS + "1,A,アクメ,受注,100,2026/11/01\n"), mapping=mapping)
    assert laid(found) == {"商談名": "name", "フェーズ": "stage"}
    assert {each.why for each in found.columns if each.slot is None} == {"not listed"}


def test_a_mapping_must_fit_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "商談.csv", "商談名,金額,金額\nA,1,2\n")
    missing = write(tmp_path, "m.yaml", "商談.csv: {table: deal, columns: {商談めい: name}}\n")
    with pytest.raises(MappingError, match="has no column '商談めい'") as error:
        plan(path, mapping=missing)
    assert "nearest: 商談名" in error.value.way_out
    twice = write(tmp_path, "m2.yaml", "商談.csv: {table: deal, columns: {金額: amount}}\n")
    with pytest.raises(FieldMappedTwiceError, match="two columns for 'amount'"):
        plan(path, mapping=twice)


def test_a_constant_must_be_readable(truth: Truth, tmp_path: Path) -> None:
    mapping = write(tmp_path, "m.yaml", "deal: {constants: {amount: たくさん}}\n")
    text = "商談名,会社名,フェーズ,完了予定日\nA,アクメ,受注,2026/11/01\n"
    with pytest.raises(MappingError, match="the constant amount: 'たくさん'"):
        bring(truth, write(tmp_path, "商談.csv", text), mapping=mapping)


def test_units_multiply_and_tax_is_said(truth: Truth, tmp_path: Path) -> None:
    text = '商談名,会社名,フェーズ,金額(千円)(税抜),確度(%)\nA,アクメ,提案,"▲1,200",60\n'
    report = bring(truth, write(tmp_path, "商談.csv", text))
    row = only(truth, "deal")
    assert (row["amount"], row["probability"]) == (-1_200_000, 0.6)
    assert {word for each in report.files[0].columns for word in each.says} == {"× 1,000 (千円)", "税抜", "%"}


def test_the_unit_above_the_table_counts(truth: Truth, tmp_path: Path) -> None:
    text = "2026年度 案件一覧,,,\n(単位:百万円),,,\n商談名,会社名,フェーズ,金額\nA,アクメ,提案,1.5\n"
    bring(truth, write(tmp_path, "商談.csv", text))
    assert only(truth, "deal")["amount"] == 1_500_000


def test_days_without_a_year_take_it_from_the_title(truth: Truth, tmp_path: Path) -> None:
    text = (
        "2026年度 案件一覧,,,,\n商談名,会社名,フェーズ,金額,完了予定日\n"
        "A,アクメ,提案,1,11/20(金)\nB,アクメ,提案,1,2/3\n"
    )
    bring(truth, write(tmp_path, "商談.csv", text))
    assert column(truth, "deal", "expected_close_on") == [date(2026, 11, 20), date(2027, 2, 3)]


def test_a_time_in_a_column_of_its_own_belongs_to_the_day(truth: Truth, tmp_path: Path) -> None:
    text = "架電日,時刻,担当者,会社名,結果\n2026/11/20,10:05,佐藤,アクメ,不在\n2026/11/20,,佐藤,ビー,受付\n"
    bring(truth, write(tmp_path, "架電.csv", text))
    assert column(truth, "activity", "occurred_at") == [
        datetime(2026, 11, 20, 1, 5, tzinfo=UTC),
        datetime(2026, 11, 19, 15, tzinfo=UTC),
    ]


def test_names_in_two_parts_become_one(truth: Truth, tmp_path: Path) -> None:
    text = (
        "姓,名,会社名,役職,メール\n"
        "田中,一郎,アクメ,営業部長,t@acme.example\nPicard,Jean-Luc,アクメ,CEO,p@acme.example\n"
    )
    bring(truth, write(tmp_path, "取引先責任者.csv", text))
    assert column(truth, "contact", "name") == ["田中 一郎", "Jean-Luc Picard"]
    assert column(truth, "contact", "role_level") == ["manager", "executive"]


def test_every_sheet_that_is_a_table_is_loaded_and_the_others_are_said(truth: Truth, tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path,
        "営業.xlsx",
        商談=[
            ["商談名", "会社名", "フェーズ", "金額", "完了予定日"],
            ["A", "アクメ", "受注", 100, date(2026, 11, 1)],
        ],
        取引先=[["取引先名", "業種"], ["アクメ", "製造"]],
        メモ=[["これは", "メモ"], ["です", "。"]],
    )
    report = bring(truth, path, yes=False)
    assert [(file.file, file.table) for file in report.files] == [
        ("営業.xlsx:取引先", "account"),
        ("営業.xlsx:商談", "deal"),
        ("営業.xlsx:メモ", None),
    ]
    assert (only(truth, "deal")["account"], only(truth, "deal")["closed_on"]) == ("アクメ", date(2026, 11, 1))


def test_a_workbook_says_the_same_as_its_csv(truth: Truth, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["日付", "店舗", "売上"],
        [date(2026, 4, 1), "新宿店", 1200.0],
        [date(2026, 4, 2), "大阪店", 0.5],
    ]
    bring(truth, write_workbook(tmp_path, "売上.xlsx", 売上=rows))
    text = "日付,店舗,売上\n2026-04-01,新宿店,1200\n2026-04-02,大阪店,0.5\n"
    assert bring(truth, write(tmp_path, "売上.csv", text), day=1).unchanged == 2


def test_the_inner_rows_of_a_kintone_record_are_not_counted_twice(truth: Truth, tmp_path: Path) -> None:
    text = (
        "レコードの開始行,レコード番号,会社名,案件名,確度,合計金額,商品\n"
        "*,1,アクメ,A,A,100,X1\n,1,アクメ,A,A,100,X2\n*,2,ビー,B,B,200,X1\n"
    )
    report = bring(truth, write(tmp_path, "案件管理.csv", text), yes=False)
    assert (report.read, report.loaded, report.rejected) == (3, 2, 1)
    assert column(truth, "deal", "source_id") == ["1", "2"]
    assert sum(column(truth, "deal", "amount")) == 300


def test_progress_counts_rows(truth: Truth, tmp_path: Path) -> None:
    told: list[int] = []
    rows = "".join(f"{n},A{n},アクメ,提案,1,2026/12/01\n" for n in range(12_000))
    bring(truth, write(tmp_path, "商談.csv", DEALS + rows), progress=told.append)
    assert sum(told) == 12_000
    assert len(told) > 1


def test_a_run_is_stamped_with_the_time_it_was_given(truth: Truth, tmp_path: Path) -> None:
    bring(truth, write(tmp_path, "商談.csv", DEALS + "1,A,アクメ,受注,100,2026/11/01\n"))
    assert truth.runs()[0].started_at == NOON
    assert only(truth, "deal")["observed_at"] == NOON


def test_notes_under_a_table_are_kept_as_no_records(truth: Truth, tmp_path: Path) -> None:
    path = write(tmp_path, "商談.csv", DEALS + "1,A,アクメ,受注,100,2026/11/01\n※10月末時点,,,,,\n")
    report = bring(truth, path)
    assert (report.read, report.loaded, report.rejected) == (2, 1, 1)
    assert [row.reason.key for row in report.files[0].shown_rejects] == ["note_row"]


def test_a_mapping_file_that_fits_none_of_the_files_is_refused(truth: Truth, tmp_path: Path) -> None:
    path = write(tmp_path, "商談.csv", DEALS + "1,A,アクメ,受注,100,2026/11/01\n")
    mapping = write(tmp_path, "mapping.yaml", "deals_*.csv:\n  table: deal\nlead:\n  stages: {}\n")
    with pytest.raises(MappingError, match=r"no entry of mapping.yaml \(deals_\*.csv, lead\) fits 商談.csv"):
        bring(truth, path, mapping=mapping)
    assert current(truth, "deal") == []
