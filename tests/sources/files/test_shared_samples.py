"""Public data sets come in whole, with the counts and sums computed elsewhere."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hakari.errors import MappingNeededError, NothingImportedError
from hakari.sources.files.importing import plan_import
from hakari.storage.truth import Truth
from tests.sources.files.desk import bring, column, current, said, write

BANK = """
bank-additional*.csv:
  table: campaign_member
  columns: {y: responded, campaign: attempts, contact: channel, duration: talk_seconds, job: segment}
"""
MAVEN = ("sales_pipeline.csv", "accounts.csv", "products.csv", "sales_teams.csv")


def _truth_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return found


def test_maven_comes_in_whole(truth: Truth, shared_data: Path) -> None:
    folder = shared_data / "maven_crm"
    known = _truth_of(folder)
    report = bring(truth, *(folder / name for name in MAVEN), yes=False)
    assert report.adds_up
    assert report.rejected == 0
    deals = current(truth, "deal")
    assert len(deals) == known["rows"]["pipeline"] == 8800
    assert Counter(deal["stage"] for deal in deals) == known["stage_counts"]
    assert Counter(deal["status"] for deal in deals) == {"won": 4238, "lost": 2473, "open": 2089}
    won = [deal for deal in deals if deal["status"] == "won"]
    assert sum(deal["amount"] for deal in won) == known["kpi"]["revenue_won"] == 10_005_534
    assert (
        sum(deal["created_at"] is None for deal in deals)
        == known["defects"]["engage_date_null"]["Prospecting"]
    )
    assert sum(deal["account"] is None for deal in deals) == sum(known["defects"]["account_null"].values())
    counts = truth.counts()
    assert (counts["account"], counts["product"], counts["person"]) == (85, 7, 35)
    assert (
        sum(deal["parent"] is not None for deal in current(truth, "account"))
        == known["defects"]["subsidiaries"]
    )


def test_mavens_misspelt_product_is_counted_under_the_right_one(truth: Truth, shared_data: Path) -> None:
    folder = shared_data / "maven_crm"
    known = _truth_of(folder)["defects"]["product_GTXPro_not_in_products(GTX Pro)"]
    report = bring(truth, *(folder / name for name in MAVEN))
    assert said(report) == [("product", "GTXPro", known["rows"], "counted_under")]
    deals = [deal for deal in current(truth, "deal") if deal["product"] == "GTX Pro"]
    assert len(deals) == 1480
    assert sum(deal["amount"] for deal in deals if deal["status"] == "won") == known["won_value"]


def test_mavens_people_have_managers_and_regions(truth: Truth, shared_data: Path) -> None:
    bring(truth, shared_data / "maven_crm" / "sales_teams.csv")
    anna = current(truth, "person")[0]
    assert (anna["name"], anna["manager"], anna["region"]) == ("Anna Snelling", "Dustin Brinkmann", "Central")


def test_maven_written_in_three_date_formats_is_the_same(truth: Truth, shared_data: Path) -> None:
    folder = shared_data / "maven_crm"
    bring(truth, folder / "sales_pipeline.csv")
    for day, copy in enumerate(("ThomasKieny", "kisaraF", "ikebude"), start=1):
        report = bring(truth, folder / "other_copies" / f"{copy}__sales_pipeline.csv", day=day, yes=False)
        assert (report.loaded, report.updated, report.unchanged) == (0, 0, 8800), copy


def test_a_data_dictionary_is_no_data(shared_data: Path) -> None:
    (plan,) = plan_import(
        [shared_data / "maven_crm" / "data_dictionary.csv"], mapping=None, zone="Asia/Tokyo"
    )
    assert plan.table is None


def test_deleted_deals_are_loaded_and_count_for_nothing(truth: Truth, shared_data: Path) -> None:
    folder = shared_data / "fivetran_salesforce"
    known = _truth_of(folder)["kpi"]
    report = bring(truth, folder / "sf_opportunity_data.csv")
    assert report.loaded == known["opportunities"] == 10
    deals = current(truth, "deal")
    assert [deal["deleted"] for deal in deals] == [True] * 10
    assert truth.counts()["deal"] == 0
    assert Counter(deal["status"] for deal in deals) == {"won": known["won"], "lost": 4, "open": 1}
    assert sum(deal["amount"] or 0 for deal in deals) == known["amount_sum_all"]
    assert ("probability", "1000", 1, "not_a_share") in said(report)


def test_a_whole_warehouse_export_comes_in_or_is_left_out_by_name(truth: Truth, shared_data: Path) -> None:
    folder = shared_data / "fivetran_salesforce"
    report = bring(truth, *sorted(folder.glob("*.csv")))
    assert report.adds_up
    assert report.rejected == 0
    assert [file.file for file in report.files if file.table is None] == ["sf_opportunity_line_item_data.csv"]
    events = [row for row in current(truth, "activity") if row["kind"] == "call"]
    assert {row["duration_seconds"] for row in events} >= {900}


@pytest.mark.parametrize("name", ["cp932", "utf16le", "utf8_bom"])
def test_four_encodings_hold_one_table(truth: Truth, shared_data: Path, name: str) -> None:
    folder = shared_data / "jp_encodings"
    known = _truth_of(folder)
    assert bring(truth, folder / "uriage_utf8.csv", yes=False).loaded == known["rows"]
    report = bring(truth, folder / f"uriage_{name}.csv", day=1, yes=False)
    assert (report.loaded, report.updated, report.unchanged) == (0, 0, known["rows"])
    orders = current(truth, "order")
    assert sum(order["amount"] for order in orders) == known["sum_uriage"]
    by_store: Counter[str] = Counter()
    for order in orders:
        by_store[order["team"]] += order["amount"]
    assert by_store == known["by_store"]


def test_a_workbook_of_sales_and_shops_comes_in(truth: Truth, shared_data: Path) -> None:
    folder = shared_data / "jp_encodings"
    report = bring(truth, folder / "sales.xlsx", yes=False)
    assert {file.file: file.table for file in report.files} == {
        "sales.xlsx:売上データ": "order",
        "sales.xlsx:店舗マスタ": "team",
        "sales.xlsx:月次報告": None,
    }
    assert sum(column(truth, "order", "amount")) == _truth_of(folder)["sales_total"]
    assert bring(truth, folder / "sales.csv", day=1).unchanged == 144


def test_targets_of_shops_come_in_with_a_word_on_year_and_measure(
    truth: Truth, shared_data: Path, tmp_path: Path
) -> None:
    folder = shared_data / "jp_encodings"
    mapping = write(tmp_path, "m.yaml", "target: {constants: {measure: order_amount, year: 2025}}\n")
    bring(truth, folder / "targets.csv", mapping=mapping, yes=False)
    targets = {(row["team"], row["starts_on"].month): row["value"] for row in current(truth, "target")}
    for known in _truth_of(folder)["attainment_by_store_and_quarter"]:
        assert targets[known["店舗"], known["四半期"] * 3 - 2] == known["目標"]


def test_a_bank_campaign_comes_in_by_a_mapping(truth: Truth, shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "uci_bank"
    known = _truth_of(folder)
    path = folder / "bank-additional-full.csv"
    with pytest.raises(MappingNeededError):
        bring(truth, path, yes=False)
    report = bring(truth, path, mapping=write(tmp_path, "bank.yaml", BANK), yes=False)
    assert (report.loaded, report.rejected) == (known["rows"], 0)
    members = current(truth, "campaign_member")
    assert len(members) == 41188, "twelve rows are equal in every cell and are kept apart"
    assert sum(bool(member["responded"]) for member in members) == known["kpi"]["conversion"]["yes"] == 4640
    assert sum(member["attempts"] for member in members) == known["kpi"]["contacts_total(sum campaign)"]
    assert {member["at"] for member in members} == {None}, "a month without a year is no date"
    assert bring(truth, path, day=1).unchanged == 41188


@pytest.mark.parametrize(
    "name",
    [
        "telco_churn/Telco-Customer-Churn.csv",
        "jp_callcenter/130001_tokyo_covid19_call_center.csv",
        "jp_callcenter/kobe/sodan.xlsx",
        "salesforce_samples/npsp/NPSP_Data_Import_Template_csv.csv",
    ],
)
def test_what_holds_none_of_our_tables_is_not_forced_into_one(
    truth: Truth, shared_data: Path, name: str
) -> None:
    with pytest.raises(MappingNeededError):
        bring(truth, shared_data / name, yes=False)
    with pytest.raises(NothingImportedError):
        bring(truth, shared_data / name, yes=True)


def test_cells_with_line_breaks_do_not_make_rows(truth: Truth, shared_data: Path) -> None:
    folder = shared_data / "salesforce_samples"
    known = _truth_of(folder)["jsforce/Account_bulk2_test.csv"]
    report = bring(truth, folder / "jsforce" / "Account_bulk2_test.csv", yes=False)
    assert (report.read, report.rejected) == (known["rows"], known["ragged_rows"])
    assert bring(truth, folder / "jsforce" / "Account_bulk2_test_backquote.csv", day=1, yes=False).read == 10


def test_hubspot_tables_come_in_with_their_prefixes(truth: Truth, shared_data: Path) -> None:
    folder = shared_data / "fivetran_hubspot"
    known = _truth_of(folder)["kpi"]
    files = (
        "deal_data",
        "company_data",
        "contact_data",
        "owner_data",
        "engagement_meeting_data",
        "email_event_data",
    )
    report = bring(truth, *(folder / f"{name}.csv" for name in files))
    assert report.adds_up
    counts = truth.counts()
    assert (counts["deal"], counts["account"] >= 24, counts["activity"]) == (
        known["deals"],
        True,
        known["meetings"],
    )
    created = Counter(
        deal["created_at"].astimezone(UTC).strftime("%Y-%m")
        for deal in current(truth, "deal")
        if deal["created_at"]
    )
    assert created.total() == known["deals"]
    kinds = Counter(row["kind"] for row in current(truth, "mail_event"))
    assert (kinds["opened"], kinds["sent"]) == (
        known["email_events_by_type"]["OPEN"],
        known["email_events_by_type"]["SENT"],
    )
    assert min(row["created_at"] for row in current(truth, "deal")) > datetime(2019, 9, 1, tzinfo=UTC)
