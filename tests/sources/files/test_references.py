"""Rows find the rows they point at, by id or by name, and nothing is lost for want of one."""

from __future__ import annotations

from pathlib import Path

from hakari.storage.truth import Truth
from tests.sources.files.desk import bring, column, current, only, said, write

ACCOUNTS = "取引先 ID,取引先名,業種\n001A,株式会社アクメ,製造\n001B,ビー商会,小売\n"
DEALS = "商談ID,商談名,取引先名,所有者,フェーズ,金額\n"


def test_a_slip_is_counted_under_the_row_it_means_and_said_once(truth: Truth, tmp_path: Path) -> None:
    products = write(
        tmp_path, "products.csv", "product,series,sales_price\nGTX Pro,GTX,4821\nMG Special,MG,55\n"
    )
    deals = write(
        tmp_path,
        "deals.csv",
        (
            "opportunity_id,product,account,deal_stage,close_value\n1,GTX Pro,A,Won,1\n"
            "2,GTXPro,A,Won,2\n3,GTXPro,A,Won,3\n"
        ),
    )
    report = bring(truth, deals, products)
    (note,) = report.notes
    assert (note.column, note.value, note.rows, note.line) == ("product", "GTXPro", 2, 3)
    assert "GTX Pro" in str(note.reason)
    assert column(truth, "deal", "product") == ["GTX Pro"] * 3
    assert len(current(truth, "product")) == 2


def test_an_unknown_name_gets_a_row_and_the_nearest_is_said(truth: Truth, tmp_path: Path) -> None:
    accounts = write(tmp_path, "取引先.csv", ACCOUNTS)
    deals = write(
        tmp_path, "商談.csv", DEALS + "1,A,株式会社アクネ,佐藤,提案,1\n2,B,(株)アクメ,佐藤,提案,1\n"
    )
    report = bring(truth, deals, accounts)
    assert [(value, rows, key) for _, value, rows, key in said(report)] == [
        ("株式会社アクネ", 1, "no_such_row"),
        ("(株)アクメ", 1, "counted_under"),
    ]
    assert "株式会社アクメ" in report.notes[0].reason.say("en")
    assert column(truth, "deal", "account") == ["株式会社アクネ", "株式会社アクメ"]


def test_names_of_a_table_nobody_describes_are_no_slips(truth: Truth, tmp_path: Path) -> None:
    report = bring(truth, write(tmp_path, "商談.csv", DEALS + "1,A,アクメ,佐藤,提案,1\n"))
    assert said(report) == []
    assert column(truth, "account", "name") == ["アクメ"]


def test_a_row_that_comes_later_takes_the_place_kept_for_it(truth: Truth, tmp_path: Path) -> None:
    bring(truth, write(tmp_path, "商談.csv", DEALS + "1,A,㈱アクメ,佐藤,提案,1\n"))
    bring(truth, write(tmp_path, "取引先.csv", ACCOUNTS), day=1)
    assert sorted(column(truth, "account", "name")) == ["ビー商会", "株式会社アクメ"]
    assert only(truth, "deal")["account"] == "株式会社アクメ"


def test_ids_find_rows_whichever_file_comes_first(truth: Truth, tmp_path: Path) -> None:
    deals = (
        "Opportunity ID,Opportunity Name,Account ID,Stage,Amount\n1,A,001A,Won,1\n"
        "2,B,001B,Won,2\n3,C,001Z,Won,3\n"
    )
    bring(truth, write(tmp_path, "opportunities.csv", deals))
    assert column(truth, "deal", "account") == ["001A", "001B", "001Z"]
    bring(truth, write(tmp_path, "取引先.csv", ACCOUNTS), day=1)
    assert column(truth, "deal", "account") == ["株式会社アクメ", "ビー商会", "001Z"]
    report = bring(truth, write(tmp_path, "opportunities.csv", deals), day=2)
    assert report.unchanged == 3
    assert said(report) == [("Account ID", "001Z", 1, "no_such_row_alone")]


def test_a_name_beside_an_unknown_id_names_the_row(truth: Truth, tmp_path: Path) -> None:
    deals = "商談ID,商談名,取引先ID,取引先名,フェーズ,金額\n1,A,001A,㈱アクメ,受注,1\n2,B,,ビー商会,受注,2\n"
    bring(truth, write(tmp_path, "商談.csv", deals))
    assert column(truth, "deal", "account") == ["㈱アクメ", "ビー商会"]
    bring(truth, write(tmp_path, "取引先.csv", ACCOUNTS), day=1)
    assert len(current(truth, "account")) == 2


def test_both_lengths_of_a_salesforce_id_meet(truth: Truth, tmp_path: Path) -> None:
    accounts = write(tmp_path, "accounts.csv", "id,name,industry\n0011G00000jWVWoQAO,Acme,x\n")
    deals = write(
        tmp_path, "opportunity.csv", "id,name,account_id,stage_name,amount\n1,A,0011G00000jWVWo,Won,1\n"
    )
    bring(truth, accounts, deals)
    assert only(truth, "deal")["account"] == "Acme"


def test_a_task_points_where_its_ids_first_letters_say(truth: Truth, tmp_path: Path) -> None:
    task = (
        "id,subject,activity_date,what_id,who_id,task_subtype\n"
        "1,x,2026-11-20,0061G00000N38JZ,00Q1G00000nDnM5,Call\n"
    )
    bring(truth, write(tmp_path, "tasks.csv", task))
    row = only(truth, "activity")
    assert (row["deal"], row["lead"], row["account"], row["contact"]) == (
        "0061G00000N38JZ",
        "00Q1G00000nDnM5",
        None,
        None,
    )


def test_a_surname_alone_finds_its_only_bearer(truth: Truth, tmp_path: Path) -> None:
    people = write(tmp_path, "社員.csv", "氏名,部署\n佐藤 太郎,一課\n鈴木 一,一課\n鈴木 二,二課\n")
    deals = write(
        tmp_path,
        "商談.csv",
        DEALS + "1,A,アクメ,佐藤,提案,1\n2,B,アクメ,鈴木,提案,1\n3,C,アクメ,佐藤太郎,提案,1\n",
    )
    report = bring(truth, people, deals)
    assert column(truth, "deal", "owner") == ["佐藤 太郎", "鈴木", "佐藤 太郎"]
    assert {(value, key) for _, value, _, key in said(report)} == {
        ("佐藤", "surname_only"),
        ("鈴木", "no_such_row"),
        ("佐藤太郎", "counted_under"),
    }


def test_two_people_of_one_name_at_two_companies_are_two(truth: Truth, tmp_path: Path) -> None:
    contacts = "氏名,会社名,役職,メール\n田中,アクメ,部長,a@acme.example\n田中,ビー,課長,b@b.example\n"
    visits = (
        "訪問日,担当者,会社名,面談者\n2026/11/20,佐藤,㈱アクメ,田中\n2026/11/20,佐藤,ビー,田中\n"
        "2026/11/20,佐藤,シー,田中\n2026/11/20,佐藤,,b@b.example\n"
    )
    bring(truth, write(tmp_path, "取引先責任者.csv", contacts), write(tmp_path, "訪問履歴.csv", visits))
    people = {row["key"]: (row["name"], row["email"]) for row in current(truth, "contact")}
    assert sorted(people.values(), key=str) == [
        ("田中", "a@acme.example"),
        ("田中", "b@b.example"),
        ("田中", None),
    ]
    met = [row for batch in truth.changes("activity", 0) for row in batch]
    assert [people[row["contact"]][1] for row in met] == [
        "a@acme.example",
        "b@b.example",
        None,
        "b@b.example",
    ]


def test_a_deal_is_known_by_its_name_though_its_account_is_written_otherwise(
    truth: Truth, tmp_path: Path
) -> None:
    deals = write(tmp_path, "商談.csv", DEALS + "1,基幹刷新,アクメ,佐藤,提案,1\n")
    visits = write(
        tmp_path, "訪問履歴.csv", "訪問日,担当者,会社名,案件名\n2026/11/20,佐藤,アクメ販売,基幹刷新\n"
    )
    bring(truth, deals, visits)
    assert only(truth, "activity")["deal"] == "基幹刷新"
    assert len(current(truth, "deal")) == 1


def test_a_parent_may_stand_below_its_child(truth: Truth, tmp_path: Path) -> None:
    text = "account,sector,subsidiary_of\nBeta,x,Acme Inc.\nAcme,x,\n"
    report = bring(truth, write(tmp_path, "accounts.csv", text))
    assert column(truth, "account", "parent") == ["Acme", None] or column(truth, "account", "parent") == [
        None,
        "Acme",
    ]
    assert len(current(truth, "account")) == 2
    assert [key for *_, key in said(report)] == ["counted_under"]


def test_an_import_can_be_taken_back(truth: Truth, tmp_path: Path) -> None:
    first = bring(truth, write(tmp_path, "取引先.csv", ACCOUNTS))
    second = bring(truth, write(tmp_path, "商談.csv", DEALS + "1,A,アクメ,佐藤,提案,1\n"), day=1)
    truth.undo(second.run, only(truth, "deal")["observed_at"])
    assert truth.counts()["deal"] == 0
    assert truth.counts()["account"] == 2
    assert first.run != second.run
