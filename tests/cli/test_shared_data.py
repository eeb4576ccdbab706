"""Files of strangers, from the command line to figures that were also computed independently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.terminal import Terminal


@pytest.fixture(scope="module")
def maven(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    terminal = Terminal(tmp_path_factory.mktemp("maven"))
    folder = shared_data / "maven_crm"
    names = ("accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv")
    assert terminal("import", *(folder / name for name in names), "--yes") == 0, terminal.err
    return terminal


@pytest.fixture(scope="module")
def answers(shared_data: Path) -> dict[str, Any]:
    text = (shared_data / "maven_crm" / "truth.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)["kpi"]
    return found


def test_every_row_read_is_accounted_for_and_the_unknown_product_is_reported(maven: Terminal) -> None:
    last = Terminal(maven.home)
    assert last("runs") == 0
    assert "read 8,927 = loaded 8,927 + updated 0 + unchanged 0 + rejected 0" in last.out
    assert last("--lang", "en", "rejects", "1") == 0
    assert "GTXPro" in last.out
    assert "GTX Pro" in last.out
    assert "1,480" in last.out


def test_the_closing_ratio_is_of_won_and_lost(maven: Terminal) -> None:
    row = maven.rows("show", "closing_ratio")[0]
    assert (row["numerator"], row["denominator"], row["n"]) == (4238, 6711, 6711)
    assert row["value"] == pytest.approx(0.631501, abs=1e-6)
    assert row["date_basis"] == "close"
    assert row["low"] < row["value"] < row["high"]


@pytest.mark.parametrize(
    ("by", "key"),
    [
        ("manager", "win_rate_by_manager"),
        ("region", "win_rate_by_region"),
        ("product", "win_rate_by_product"),
        ("owner", "agent"),
    ],
)
def test_slices_of_the_closing_ratio(maven: Terminal, answers: dict[str, Any], by: str, key: str) -> None:
    rows = {row[by]: row for row in maven.rows("show", "closing_ratio", "--by", by)}
    assert set(rows) == set(answers[key])
    for name, expected in answers[key].items():
        assert (rows[name]["numerator"], rows[name]["denominator"]) == (expected["won"], expected["closed"])
        assert rows[name]["value"] == pytest.approx(expected["win_rate"], abs=1e-6)


def test_quarters_are_the_fiscal_ones_that_hold_the_same_months(
    maven: Terminal, answers: dict[str, Any]
) -> None:
    names = {"FY2016-Q4": "2017Q1", "FY2017-Q1": "2017Q2", "FY2017-Q2": "2017Q3", "FY2017-Q3": "2017Q4"}
    closing = maven.rows("show", "closing_ratio", "--by", "quarter")
    assert {names[row["quarter"]]: (row["numerator"], row["denominator"]) for row in closing} == {
        quarter: (one["won"], one["closed"]) for quarter, one in answers["win_rate_by_close_quarter"].items()
    }
    revenue = maven.rows("show", "win_amount", "--by", "quarter")
    assert {names[row["quarter"]]: row["value"] for row in revenue} == answers["revenue_by_close_quarter"]


def test_won_amounts_add_up(maven: Terminal, answers: dict[str, Any]) -> None:
    assert maven.rows("show", "win_amount")[0]["value"] == 10_005_534
    by_agent = {row["owner"]: row["value"] for row in maven.rows("show", "win_amount", "--by", "owner")}
    assert by_agent == {name: one["revenue"] for name, one in answers["agent"].items()}


def test_deals_without_a_date_are_counted_as_undated_and_in_no_period(maven: Terminal) -> None:
    row = maven.rows("show", "deals_created")[0]
    assert (row["value"], row["undated"]) == (8300, 500)


def test_the_same_files_again_change_nothing(maven: Terminal, shared_data: Path) -> None:
    assert maven("import", shared_data / "maven_crm" / "sales_pipeline.csv", "--yes") == 0
    assert "read 8,800 = loaded 0 + updated 0 + unchanged 8,800 + rejected 0" in maven.out


def gap_of(maven: Terminal, by: str, factor: str) -> list[dict[str, Any]]:
    """July to September 2017 against April to June, one factor by segment."""
    asked = ("--period", "FY2017-Q2", "--vs", "prev", "--by", by, "--factor", factor)
    return maven.rows("gap", *asked)


def block(rows: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["block"] == name]


@pytest.mark.parametrize("by", ["manager", "product"])
def test_the_gap_between_two_quarters_adds_up_to_the_cent(
    maven: Terminal, answers: dict[str, Any], by: str
) -> None:
    revenue = answers["revenue_by_close_quarter"]
    split = 0.0
    for factor in ("amount", "won", "closed", "deals"):
        rows = gap_of(maven, by, factor)
        goal, factors = block(rows, "gap")[0], block(rows, "gap_factor")
        assert goal["difference"] == revenue["2017Q3"] - revenue["2017Q2"]
        assert sum(row["contribution"] for row in factors) == pytest.approx(goal["difference"], abs=0.005)
        segments = block(rows, "gap_segment")
        assert len(segments) == (6 if by == "manager" else 7)
        part = sum(row["rate_effect"] + row["mix_effect"] for row in segments)
        own = next(row["contribution"] for row in factors if row["factor"] == factor)
        assert part == pytest.approx(own, abs=0.005)
        split += part
    assert split == pytest.approx(revenue["2017Q3"] - revenue["2017Q2"], abs=0.005)


def test_what_thirty_reps_made_of_the_gap_is_within_noise(maven: Terminal) -> None:
    segments = block(gap_of(maven, "owner", "won"), "gap_segment")
    assert len(segments) == 30
    assert all(row["within_noise"] for row in segments)


def test_a_price_list_that_stood_still_is_no_reason_and_the_products_sold_are(maven: Terminal) -> None:
    total = block(gap_of(maven, "product", "amount"), "gap_segment_total")[0]
    assert abs(total["rate_effect"]) < abs(total["mix_effect"]) / 4


def test_without_targets_or_a_past_the_gap_says_what_to_ask_instead(maven: Terminal) -> None:
    assert maven("--lang", "en", "gap", "--period", "FY2017-Q2") == 0
    assert "no target for this period" in maven.out
    assert "--vs prev" in maven.out
    assert maven("--lang", "en", "gap", "--period", "FY2016-Q3", "--vs", "prev") == 0
    assert "do not reach back" in maven.out
    assert maven("--lang", "en", "gap", "--period", "FY2017-Q2", "--vs", "prev") == 0
    assert "Deals created" in maven.out
    assert "−103.9" in maven.out


def test_a_factor_or_a_dimension_that_is_none_is_refused_by_name(maven: Terminal) -> None:
    asked = ("gap", "--period", "FY2017-Q2", "--vs", "prev")
    assert maven(*asked, "--factor", "calls") != 0
    assert "use one of amount, won, closed, deals" in maven.err
    assert maven(*asked, "--by", "stage") != 0
    assert "use one of" in maven.err


def test_calls_by_attempt_of_the_bank(shared_data: Path, tmp_path: Path) -> None:
    expected = json.loads((shared_data / "uci_bank" / "truth.json").read_text(encoding="utf-8"))["kpi"]
    mapping = tmp_path / "bank.yaml"
    mapping.write_text(
        "bank-additional-full.csv:\n  table: campaign_member\n  id: null\n  columns:\n    y: responded\n"
        "    campaign: attempts\n    contact: channel\n    duration: talk_seconds\n    job: segment\n",
        encoding="utf-8",
    )
    terminal = Terminal(tmp_path / "home")
    file = shared_data / "uci_bank" / "bank-additional-full.csv"
    assert terminal("import", file, "--mapping", mapping, "--yes") == 0, terminal.err
    row = terminal.rows("show", "campaign_response_rate")[0]
    assert (row["numerator"], row["denominator"]) == (4640, 41188)
    assert row["value"] == pytest.approx(expected["conversion"]["rate"], abs=1e-6)
    rows = terminal.rows("show", "campaign_response_rate", "--by", "attempts")
    counted = {row["attempts"]: (row["numerator"], row["denominator"]) for row in rows}
    for attempts in range(1, 15):
        one = expected["by_attempt_count"][str(attempts)]
        assert counted[str(attempts)] == (one["yes"], one["n"])
    many = [pair for name, pair in counted.items() if int(str(name)) >= 15]
    last = expected["by_attempt_count"]["15"]
    assert (sum(k for k, _ in many), sum(n for _, n in many)) == (last["yes"], last["n"])
    contacts = terminal.rows("show", "campaign_contacts")[0]
    assert contacts["value"] == expected["contacts_total(sum campaign)"]


def test_deals_that_are_all_deleted_leave_every_deal_kpi_empty(shared_data: Path, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home")
    files = sorted((shared_data / "fivetran_salesforce").glob("*.csv"))
    assert terminal("import", *files, "--yes") == 0, terminal.err
    for kpi in ("win_amount", "win_deals", "closing_ratio", "deals_created", "won_unit_price"):
        for row in terminal.rows("show", kpi):
            assert row["value"] is None, kpi
            assert row["n"] == 0


@pytest.mark.parametrize("name", ["cp932", "utf8", "utf8_bom", "utf16le"])
def test_four_encodings_give_one_answer(shared_data: Path, tmp_path: Path, name: str) -> None:
    terminal = Terminal(tmp_path / "home")
    file = shared_data / "jp_encodings" / f"uriage_{name}.csv"
    assert terminal("import", file, "--yes") == 0, terminal.err
    assert terminal.rows("show", "order_amount")[0]["value"] == 539_700
    by_team = {row["team"]: row["value"] for row in terminal.rows("show", "order_amount", "--by", "team")}
    assert by_team == {"オンライン": 152_800, "大阪店": 182_600, "新宿店": 204_300}
