"""A filter's value that no record bears is a slip of the pen, not a figure of zero."""

from __future__ import annotations

from pathlib import Path

import pytest

from hakari.access import EVERYONE
from hakari.errors import ParameterNotUnderstoodError
from hakari.metrics.called import check_filters
from hakari.metrics.loader import built_in
from tests.metrics.rows import Tables, projected

TABLES: Tables = {
    "person": [{"id": "p1", "name": "佐藤 美咲"}, {"id": "p2", "name": "佐藤 美咲"}],
    "deal": [
        {"id": "d1", "name": "A", "owner": "p1", "source": "展示会"},
        {"id": "d2", "name": "B", "owner": "p2"},
    ],
    "lead": [{"id": "l1", "name": "C", "source": "ウェビナー"}],
}


def refused(folder: Path, **filters: str) -> str:
    truth, projection = projected(folder, TABLES)
    asked = {name: (value,) for name, value in filters.items()}
    try:
        check_filters(projection, "main", built_in(), EVERYONE, asked)
    except ParameterNotUnderstoodError as error:
        return str(error)
    finally:
        projection.close()
        truth.close()
    return ""


@pytest.mark.parametrize("value", ["展示会", "ウェビナー"])
def test_a_value_of_any_table_is_known(tmp_path: Path, value: str) -> None:
    assert refused(tmp_path, source=value) == ""


def test_a_value_of_no_table_is_refused_with_the_nearest(tmp_path: Path) -> None:
    said = refused(tmp_path, source="ウェビナ")
    assert "no record has the source 'ウェビナ'" in said
    assert "did you mean ウェビナー?" in said


def test_without_a_near_one_all_are_named(tmp_path: Path) -> None:
    assert "known: ウェビナー, 展示会" in refused(tmp_path, source="xyz")


def test_one_of_two_people_of_a_name_is_known_by_the_key(tmp_path: Path) -> None:
    assert refused(tmp_path, owner="佐藤 美咲") == ""
    assert refused(tmp_path, owner="佐藤 美咲 #1") == ""
    assert "no record has" in refused(tmp_path, owner="佐藤 美咲 #9")
