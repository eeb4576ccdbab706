"""An import can say for every row what became of it, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from hakari.storage.truth import Truth
from tests.storage.rows import at, load, row, values_of, versions


def test_every_row_that_was_read_is_accounted_for(truth: Truth) -> None:
    load(truth, "deal", [row("d1", 0), row("d2", 0, stage="提案")])
    with truth.importing("crm", "deals.csv", at(1)) as importing:
        importing.write("deal", [row("d1", 1), row("d2", 1, stage="受注"), row("d3", 1)])
        importing.reject("deals.csv", 5, "金額", "many", "not a number", {"金額": "many"})
        importing.reject("deals.csv", 5, "日付", "13月", "no such day", {"金額": "many"})
        importing.reject("deals.csv", 2, "確度", "?", "not a share", {"確度": "?"}, severity="note")
        importing.totals(read=4)
    run = truth.runs()[0]
    assert (run.read, run.loaded, run.updated, run.unchanged) == (4, 1, 1, 1)
    assert (run.rejected, run.noted, run.adds_up) == (1, 1, True)
    assert (run.source, run.label, run.started_at) == ("crm", "deals.csv", at(1))


def test_a_reject_keeps_where_it_stood_and_what_it_said(truth: Truth) -> None:
    raw: dict[str, Any] = {"金額": "12\x00万", "日付": date(2026, 10, 1), "行": 7}
    with truth.importing("crm", "deals.csv", at(1)) as importing:
        importing.reject("deals.csv", 7, "金額", "12万?", "not a number", raw)
    (reject,) = truth.rejects(importing.run)
    assert (reject.file, reject.line, reject.column, reject.value) == ("deals.csv", 7, "金額", "12万?")
    assert (reject.reason, reject.severity) == ("not a number", "reject")
    assert reject.raw == {"金額": "12万", "日付": "2026-10-01", "行": 7}


def test_a_source_may_say_itself_what_became_of_its_rows(truth: Truth) -> None:
    with truth.importing("crm", "wide.csv", at(1)) as importing:
        importing.write("account", [row("a1", 1)])
        importing.write("deal", [row("d1", 1)])
        importing.totals(read=1, loaded=1)
    assert truth.runs()[0].adds_up


def test_a_mapping_gets_a_version_when_it_changes_and_rows_remember_it(truth: Truth) -> None:
    columns = {"案件名": "name", "金額": "amount"}
    used = []
    for number, laid in enumerate([columns, columns, {**columns, "確度": "probability"}]):
        with truth.importing("crm", "deals.csv", at(number)) as importing:
            used.append(importing.mapping("deals", "deal", laid))
            importing.write("deal", [row(f"d{number}", number)])
    assert used[0] == used[1] != used[2]
    assert values_of(versions(truth, "deal"), "mapping") == used
    assert [(each.version, each.columns) for each in truth.mappings()] == [
        (2, {**columns, "確度": "probability"}),
        (1, columns),
    ]


def test_the_newest_setting_holds(truth: Truth) -> None:
    assert truth.get_setting("company_profile", {"zone": "UTC"}) == {"zone": "UTC"}
    truth.put_setting("company_profile", {"zone": "Asia/Tokyo"}, at(0))
    truth.put_setting("company_profile", {"zone": "Asia/Tokyo", "name": "計商事"}, at(1))
    assert truth.get_setting("company_profile") == {"zone": "Asia/Tokyo", "name": "計商事"}


def test_settings_keep_their_versions_and_an_equal_one_adds_none(truth: Truth) -> None:
    assert truth.put_changed({"definition:a": {"text": "1"}, "definition:b": {"text": "2"}}, at(0)) == [
        "definition:a",
        "definition:b",
    ]
    assert truth.put_changed({"definition:a": {"text": "1"}, "definition:b": {"text": "3"}}, at(1)) == [
        "definition:b"
    ]
    log = [(one.key, one.value["text"], one.at) for one in truth.setting_log("definition:")]
    assert log == [("definition:a", "1", at(0)), ("definition:b", "2", at(0)), ("definition:b", "3", at(1))]
    assert truth.setting_log("definition_") == []
    assert (truth.settings_written("definition:"), truth.settings_written("definition_")) == (3, 0)


def test_a_setting_may_be_decided_from_its_versions(truth: Truth) -> None:
    for number in range(3):
        truth.put_decided("choice:x", at(number), lambda log: [one.value for one in log])
    assert truth.get_setting("choice:x") == [[], [[]]]
