"""A mapping file is a person's word; what is wrong in it is named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.errors import FieldMappedTwiceError, MappingError, UnknownFieldError
from hakari.sources.files.mapping_file import parse_mapping, read_mapping, recalled, remembered

BANK = """
bank*.csv:
  table: campaign_member
  columns:
    y: responded
    campaign: attempts
    age: null
  values: {responded: {yes: "true", no: "false"}}
  constants: {segment: all}
  id: null
"""


def test_a_mapping_says_table_columns_values_and_constants() -> None:
    (entry,) = parse_mapping(BANK, "bank.yaml").entries
    assert entry.table == "campaign_member"
    assert entry.columns == {"y": "responded", "campaign": "attempts", "age": None}
    assert entry.values == {"responded": {"yes": "true", "no": "false"}}
    assert entry.constants == {"segment": "all"}
    assert (entry.id_header, entry.id_said) == (None, True)
    assert entry.place == "bank.yaml line 2"


def test_headers_are_compared_without_case_and_punctuation() -> None:
    (entry,) = parse_mapping("deal:\n  columns: {Close Value: amount}\n", "m.yaml").entries
    assert entry.slot_for("close_value") == "amount"
    assert entry.slot_for("close") is None


def test_a_table_or_a_file_or_a_sheet_may_be_meant() -> None:
    mappings = parse_mapping("'a.xlsx:売上': {table: order}\n'*.xlsx': {table: deal}\norder: {}\n", "m.yaml")
    sheet = mappings.for_file("a.xlsx", "売上")
    whole = mappings.for_file("a.xlsx", "他")
    assert sheet is not None
    assert whole is not None
    assert (sheet.table, whole.table) == ("order", "deal")
    assert mappings.for_file("b.csv", None) is None
    assert mappings.for_table("order") is not None


@pytest.mark.parametrize(
    ("text", "error", "what"),
    [
        ("a.csv:\n  table: deals\n", UnknownFieldError, r"m\.yaml line 2: there is no table 'deals'"),
        (
            "a.csv:\n  table: deal\n  columns:\n    x: amonut\n",
            UnknownFieldError,
            "line 4: deal has no field 'amonut'",
        ),
        ("deal:\n  constants: {amonut: 1}\n", UnknownFieldError, "line 2: deal has no field 'amonut'"),
        ("deal:\n  values: {tpye: {a: b}}\n", UnknownFieldError, "line 2: deal has no field 'tpye'"),
        ("deal:\n  stages: {x: wonn}\n", UnknownFieldError, "line 2: 'wonn' is no status"),
        (
            "deal:\n  columns: {x: amount, y: amount}\n",
            FieldMappedTwiceError,
            "'x' and 'y' are both laid on 'amount'",
        ),
        ("deal:\n  columns: {x: amount, x: name}\n", MappingError, "'x' is listed twice"),
        ("deal:\n  columns: {x: name}\n  id: x\n", MappingError, "laid on 'name' and on 'id'"),
        ("a.csv:\n  columns: {x: amount}\n", MappingError, "columns are given but no table"),
        ("a.csv: {table: deal, colums: {}}\n", MappingError, "'colums' is no part of a mapping"),
        ("a: [", MappingError, r"m\.yaml line 1 is not YAML"),
        ("- a\n", MappingError, "holds no names and values"),
        ("", MappingError, "holds no names and values"),
        ("deal:\n  columns: {x: [1]}\n", MappingError, "line 2: one value was expected"),
    ],
)
def test_a_wrong_mapping_names_file_line_and_the_nearest(
    text: str, error: type[MappingError], what: str
) -> None:
    with pytest.raises(error, match=what) as caught:
        parse_mapping(text, "m.yaml")
    assert caught.value.way_out


def test_the_nearest_field_is_offered() -> None:
    with pytest.raises(UnknownFieldError) as caught:
        parse_mapping("deal:\n  columns: {x: amonut}\n", "m.yaml")
    assert "nearest: amount" in caught.value.way_out


def test_a_mapping_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"m\.yaml cannot be read"):
        read_mapping(tmp_path / "m.yaml")


def test_what_is_remembered_comes_back() -> None:
    (entry,) = parse_mapping(
        "deal:\n  columns: {x: amount}\n  stages: {了: won}\n  constants: {currency: JPY}\n", "m"
    ).entries
    again = recalled("deal", remembered(entry, {"x": "amount"}))
    assert (again.columns, again.stages, again.constants) == (
        {"x": "amount"},
        {"了": "won"},
        {"currency": "JPY"},
    )


@given(st.text(max_size=60))
def test_any_text_is_a_mapping_or_a_mapping_error(text: str) -> None:
    try:
        parse_mapping(text, "m.yaml")
    except MappingError as error:
        assert "m.yaml" in error.what  # noqa: PT017 - any other error fails the test by itself
