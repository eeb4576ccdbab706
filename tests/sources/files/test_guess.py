"""Real-world header rows find their table and fields; strange ones are not guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.files.desk import laid, plan, write

OPPORTUNITY_REPORT = (
    "Opportunity ID,Opportunity Owner,Account Name,Opportunity Name,Stage,Amount,Close Date,"
    "Probability (%),Created Date,Lead Source,Type,Next Step,Forecast Category"
)

# file name, header row, one data row, table, and the columns that matter
CRMS: list[tuple[str, str, str, str, dict[str, str]]] = [
    (
        "report.csv",
        "商談 所有者,取引先名,商談名,フェーズ,金額,完了予定日,確度 (%),作成日,リードソース,種別,次のステップ",
        "佐藤 太郎,株式会社アクメ,A案件,提案,1200000,2026/12/20,60,2026/10/01,Web,新規,見積提出",
        "deal",
        {
            "商談 所有者": "owner",
            "取引先名": "account",
            "商談名": "name",
            "フェーズ": "stage",
            "金額": "amount",
            "完了予定日": "close_date",
            "確度 (%)": "probability",
            "作成日": "created_at",
            "リードソース": "source",
            "種別": "type",
            "次のステップ": "next_action",
        },
    ),
    (
        "report.csv",
        OPPORTUNITY_REPORT,
        "006000000000001,Sato,Acme,Deal A,Closed Won,1200,2026-12-20,100,2026-10-01,Web,New Business,,Closed",
        "deal",
        {
            "Opportunity ID": "id",
            "Opportunity Owner": "owner",
            "Account Name": "account",
            "Opportunity Name": "name",
            "Stage": "stage",
            "Amount": "amount",
            "Close Date": "close_date",
            "Probability (%)": "probability",
            "Created Date": "created_at",
            "Lead Source": "source",
            "Type": "type",
            "Next Step": "next_action",
        },
    ),
    (
        "hubspot-crm-exports-all-deals.csv",
        "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Create Date,Associated Company",
        "123,Deal A,Appointment Scheduled,2026-12-20 10:00,Sato,1200,Sales,2026-10-01 09:00,Acme",
        "deal",
        {
            "Record ID": "id",
            "Deal Name": "name",
            "Deal Stage": "stage",
            "Close Date": "close_date",
            "Deal owner": "owner",
            "Amount": "amount",
            "Create Date": "created_at",
            "Associated Company": "account",
        },
    ),
    (
        "取引.csv",
        "レコードID,取引名,取引ステージ,クローズ日,取引担当者,金額,作成日,関連する会社",
        "123,A案件,提案,2026/12/20,佐藤,1200,2026/10/01,アクメ",
        "deal",
        {
            "レコードID": "id",
            "取引名": "name",
            "取引ステージ": "stage",
            "クローズ日": "close_date",
            "取引担当者": "owner",
        },
    ),
    (
        "案件管理.csv",
        "レコード番号,会社名,先方担当者,案件名,案件担当者名,確度,製品名,受注予定日,合計金額,作成日時,ステータス",
        "1,アクメ,田中,A案件,佐藤,A,基本プラン,2026/12/20,120000,2026/10/01 10:00,提案中",
        "deal",
        {
            "レコード番号": "id",
            "会社名": "account",
            "先方担当者": "contact",
            "案件名": "name",
            "案件担当者名": "owner",
            "確度": "forecast_category",
            "製品名": "product",
            "受注予定日": "expected_close_on",
            "合計金額": "amount",
            "作成日時": "created_at",
            "ステータス": "stage",
        },
    ),
    (
        "export.csv",
        "案件名,取引先,案件タイプ,フェーズ,契約金額,契約予定日,契約日,確度,チャネル,主担当,案件作成日,失注理由,次のアクション",
        "A案件,アクメ,新規,提案,120000,2026/12/20,,60%,展示会,佐藤,2026/10/01,,訪問",
        "deal",
        {
            "案件名": "name",
            "取引先": "account",
            "案件タイプ": "type",
            "フェーズ": "stage",
            "契約金額": "amount",
            "契約予定日": "expected_close_on",
            "契約日": "closed_on",
            "確度": "probability",
            "チャネル": "source",
            "主担当": "owner",
            "案件作成日": "created_at",
            "失注理由": "loss_reason",
            "次のアクション": "next_action",
        },
    ),
    (
        "download.csv",
        "sc,客層,状態,地域,顧客,部署,氏名,機種,金額,予算,確度,期待額,申請時期,確定時期,発注時期,代理店,状況,担当,更新日",
        "1,A,提案,東京,アクメ,総務,田中,X1,1200,1000,0.6,720,2026/10/01,2026/12/01,2026/12/20,山田商会,,佐藤,2026/11/01",
        "deal",
        {
            "状態": "stage",
            "顧客": "account",
            "機種": "product",
            "金額": "amount",
            "確度": "probability",
            "担当": "owner",
        },
    ),
    (
        "名刺出力20261120_101010.csv",
        "会社名,部署名,役職,氏名,郵便番号(1),住所(1)［全て］,TEL-1(1),Email(1),名刺所有者ユーザID",
        "アクメ,営業部,部長,田中 一郎,100-0001,東京,03-0000-0000,tanaka@acme.example,u1",
        "contact",
        {"会社名": "account", "部署名": "department", "役職": "title", "氏名": "name", "Email(1)": "email"},
    ),
    (
        "リード.csv",
        "会社名,氏名,メール,リードソース,リード 状況,作成日,リード 所有者",
        "アクメ,田中 一郎,tanaka@acme.example,展示会,未対応,2026/10/01,佐藤",
        "lead",
        {
            "会社名": "account",
            "氏名": "name",
            "リードソース": "source",
            "リード 状況": "status",
            "作成日": "received_at",
        },
    ),
    (
        "架電履歴.csv",
        "架電日時,架電者,会社名,架電結果,通話時間(秒),コメント",
        "2026/11/20 10:05,佐藤,アクメ,不在,30,",
        "activity",
        {"架電日時": "occurred_at", "架電者": "owner", "会社名": "account", "架電結果": "outcome"},
    ),
    (
        "訪問履歴.csv",
        "日時,日付,時刻,作成日時,作成者,番号,件名,顧客,会社名",
        "2026/11/20 10:05,2026/11/20,10:05,2026/11/20 11:00,佐藤 太郎,1,定例訪問,アクメ,アクメ",
        "activity",
        {"日時": "occurred_at", "作成者": "owner", "番号": "id", "件名": "subject", "会社名": "account"},
    ),
    (
        "tasks.csv",
        "Activity ID,Subject,Assigned,Date,Task Subtype,Company / Account,Call Result,Call Duration",
        "00T1,Call,Sato,2026-11-20,Call,Acme,No answer,30",
        "activity",
        {
            "Activity ID": "id",
            "Subject": "subject",
            "Assigned": "owner",
            "Date": "occurred_at",
            "Task Subtype": "kind",
        },
    ),
    (
        "取引先.csv",
        "取引先 ID,取引先名,業種,従業員数,年間売上,Web サイト,取引先 所有者,請求先 国",
        "001,アクメ,製造,120,300000000,https://acme.example,佐藤,日本",
        "account",
        {
            "取引先 ID": "id",
            "取引先名": "name",
            "業種": "industry",
            "従業員数": "employees",
            "Web サイト": "domain",
        },
    ),
    (
        "社員.csv",
        "社員番号,氏名,部署,役割,入社日,メールアドレス",
        "100,佐藤 太郎,営業一課,IS,2024/04/01,sato@ours.example",
        "person",
        {"社員番号": "id", "氏名": "name", "部署": "team", "役割": "role", "入社日": "joined_on"},
    ),
    (
        "受注一覧.csv",
        "受注番号,受注日,得意先名,商品名,売上金額,粗利,営業担当",
        "1,2026/11/20,アクメ,X1,120000,30000,佐藤",
        "order",
        {
            "受注番号": "id",
            "受注日": "ordered_on",
            "得意先名": "account",
            "売上金額": "amount",
            "粗利": "margin",
        },
    ),
    (
        "請求一覧.csv",
        "請求番号,請求日,支払期日,取引先名,請求金額,入金日,入金額",
        "1,2026/10/31,2026/11/30,アクメ,120000,2026/11/28,120000",
        "invoice",
        {
            "請求日": "billed_on",
            "支払期日": "due_on",
            "請求金額": "amount",
            "入金日": "paid_on",
            "入金額": "paid_amount",
        },
    ),
    (
        "契約一覧.csv",
        "契約番号,顧客名,契約開始日,契約終了日,月額,解約日,CS担当",
        "1,アクメ,2025/04/01,2026/03/31,50000,,鈴木",
        "contract",
        {
            "契約番号": "id",
            "顧客名": "account",
            "契約開始日": "starts_on",
            "月額": "monthly_amount",
            "解約日": "churned_on",
        },
    ),
    (
        "アポ一覧.csv",
        "アポ獲得日,アポ獲得者,会社名,商談日,商談担当,ステータス",
        "2026/11/01,佐藤,アクメ,2026/11/20,鈴木,実施",
        "appointment",
        {
            "アポ獲得日": "set_at",
            "アポ獲得者": "owner",
            "商談日": "held_on",
            "商談担当": "host",
            "ステータス": "status",
        },
    ),
    (
        "広告費.csv",
        "日付,媒体,費用,表示回数,クリック数",
        "2026/11/20,Google広告,12000,3400,120",
        "ad_spend",
        {"日付": "on", "媒体": "source", "費用": "amount", "表示回数": "impressions", "クリック数": "clicks"},
    ),
    (
        "目標.csv",
        "担当者,年月,指標,目標値",
        "佐藤,2026/11,win_amount,3000000",
        "target",
        {"担当者": "owner", "年月": "period", "指標": "measure", "目標値": "value"},
    ),
]


@pytest.mark.parametrize(
    ("name", "header", "row", "table", "columns"), CRMS, ids=[f"{c[3]}: {c[1][:20]}" for c in CRMS]
)
def test_a_crms_export_is_understood(
    tmp_path: Path, name: str, header: str, row: str, table: str, columns: dict[str, str]
) -> None:
    found = plan(write(tmp_path, name, f"{header}\n{row}\n"))
    assert found.table == table
    assert {name: slot for name, slot in laid(found).items() if name in columns} == columns


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data.csv", "Table,Field,Description\naccounts,account,Company name\n"),
        ("weather.csv", "date,temperature,rain\n2026-11-20,12,0\n"),
        ("x.csv", "a,b,c\n1,2,3\n"),
        ("calls.csv", "受付_年月日,曜日,相談件数\n2026-11-20,金,23\n"),
        ("customers.csv", "gender,Partner,tenure,Churn\nFemale,Yes,1,No\nMale,No,34,No\n"),
    ],
)
def test_a_table_that_is_none_of_ours_is_not_guessed(tmp_path: Path, name: str, text: str) -> None:
    found = plan(write(tmp_path, name, text))
    assert found.table is None
    assert [question.kind for question in found.unclear] == ["table"]


def test_values_decide_between_two_meanings_of_one_header(tmp_path: Path) -> None:
    header = "案件名,会社名,フェーズ,金額,確度\n"
    share = plan(write(tmp_path, "a.csv", header + "A,アクメ,提案,100,60%\nB,ビー,提案,100,80%\n"))
    rank = plan(write(tmp_path, "b.csv", header + "A,アクメ,提案,100,A\nB,ビー,提案,100,B\n"))
    assert laid(share)["確度"] == "probability"
    assert laid(rank)["確度"] == "forecast_category"


def test_a_column_whose_values_do_not_fit_is_asked_about(tmp_path: Path) -> None:
    rows = "\n".join(f"A{n},アクメ,提案,100,朝{n}" for n in range(20))
    found = plan(write(tmp_path, "商談.csv", f"商談名,会社名,フェーズ,金額,完了予定日\n{rows}\n"))
    assert "完了予定日" not in laid(found)
    (question,) = found.unclear
    assert (question.kind, question.column, question.options) == ("column", "完了予定日", ("close_date",))


def test_the_better_of_two_columns_wins_and_it_is_said(tmp_path: Path) -> None:
    found = plan(write(tmp_path, "商談.csv", "商談名,会社名,フェーズ,契約金額,金額\nA,アクメ,提案,90,100\n"))
    assert laid(found)["金額"] == "amount"
    (loser,) = [each for each in found.columns if each.header == "契約金額"]
    assert (loser.slot, loser.why, loser.taken_by) == (None, "taken", "金額")


def test_an_id_that_repeats_is_no_id(tmp_path: Path) -> None:
    rows = "\n".join(f"{n % 3},A{n},アクメ,提案,100" for n in range(30))
    found = plan(write(tmp_path, "商談.csv", f"ID,商談名,会社名,フェーズ,金額\n{rows}\n"))
    assert "ID" not in laid(found)


def test_a_strange_name_on_a_file_makes_the_guess_modest(tmp_path: Path) -> None:
    found = plan(
        write(
            tmp_path,
            "ticket_data.csv",
            "id,closed_date,createdate,owner_id,amount\n1,2026-11-20,2026-11-01,7,5\n",
        )
    )
    assert found.table is None


@pytest.mark.parametrize(
    ("headers", "row", "table", "slots"),
    [
        (
            "Prospect ID,Lead Number,Lead Source,Do Not Email,Converted,TotalVisits,Page Views,Country,City",
            "a-1,7,Google,No,1,3,2,India,Pune",
            "lead",
            {"id", "source", "is_converted"},
        ),
        (
            "Opportunity Number,Region,Route To Market,Opportunity Result,Opportunity Amount USD,A,B,C,D,E",
            "12,Pacific,Reseller,Loss,100,1,2,3,4,5",
            "deal",
            {"id", "source", "status", "amount"},
        ),
        (
            "mql_id,first_contact_date,landing_page_id,origin",
            "ab12,2018-02-01,x9,social",
            "lead",
            {"id", "received_at", "source"},
        ),
        (
            "mql_id,seller_id,sdr_id,sr_id,won_date,lead_type,has_company",
            "ab12,s1,p1,p2,2018-02-26 19:58:54,online,TRUE",
            "deal",
            {"lead.id", "account.id", "sourced_by.id", "owner.id", "closed_on"},
        ),
    ],
)
def test_an_id_of_its_own_tells_a_table_from_few_headers(
    tmp_path: Path, headers: str, row: str, table: str, slots: set[str]
) -> None:
    found = plan(write(tmp_path, "export.csv", f"{headers}\n{row}\n"))
    assert (found.table, set(found.used)) == (table, slots)
