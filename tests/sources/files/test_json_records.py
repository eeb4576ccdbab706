"""JSON with records is a table; every record keeps what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hakari.errors import NotATableError
from hakari.sources.files.json_records import read_records
from tests.sources.files.desk import write

RECORDS = [
    {"Id": "1", "Name": "アクメ", "Owner": {"Name": "佐藤"}, "Won": True},
    {"Id": "2", "Amount": 1200.5, "Tags": ["a", "b"], "Owner": None},
]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(RECORDS),
        json.dumps({"totalSize": 2, "records": RECORDS, "done": True}),
        "\n".join(json.dumps(one) for one in RECORDS),
    ],
)
def test_records_become_rows_under_all_their_names(tmp_path: Path, text: str) -> None:
    header, first, second = read_records(write(tmp_path, "deals.json", text))
    assert header.cells == ["Id", "Name", "Owner.Name", "Won", "Amount", "Tags", "Owner"]
    assert first.cells == ["1", "アクメ", "佐藤", "TRUE", "", "", ""]
    assert second.cells == ["2", "", "", "", "1200.5", "a, b", ""]


@pytest.mark.parametrize("text", ["[1, 2]", '{"a": 1}', "[[1]]", '[{"a": 1}, 2]'])
def test_json_without_records_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotATableError, match="JSON without a list of records"):
        read_records(write(tmp_path, "a.json", text))


def test_json_nested_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotATableError, match=r"a\.json"):
        read_records(write(tmp_path, "a.json", '[{"a":' * 100_000))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.text(min_size=1), st.text()), min_size=1))
def test_plain_records_come_back_whole(tmp_path: Path, records: list[dict[str, str]]) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    header, *rows = read_records(path)
    back = [{k: v for k, v in zip(header.cells, row.cells, strict=True) if v} for row in rows]
    assert back == [{k: v for k, v in one.items() if v} for one in records]
