"""Rows keep their lines, and a quote that never ends is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from hakari.errors import NotATableError
from hakari.sources.files.delimited import Line, open_delimited, read_delimited, sniff_delimiter
from tests.sources.files.desk import write


def _rows(path: Path) -> list[Line]:
    return list(read_delimited(path, *open_delimited(path)))


def test_a_row_knows_the_line_it_starts_on(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", 'id,note\n1,"two\nlines"\n\n2,one\n')
    assert _rows(path) == [
        Line(1, ["id", "note"]),
        Line(2, ["1", "two\nlines"]),
        Line(4, []),
        Line(5, ["2", "one"]),
    ]


def test_carriage_returns_alone_end_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "顧客,金額\rA社,1\rB社,2\r", "cp932")
    assert [line.number for line in _rows(path)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("sample", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a\tb\tc\n1\t2\t3\n", "\t"),
        ("a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n", ";"),
        ('a,b\n"x;y;z",1\n"p;q;r",2\n', ","),
        ("NAME`TYPE`PHONE\nAcme`x`1\n", "`"),
        ("a|b\n1|2\n", "|"),
        ("one\ntwo\nthree\n", ","),
        ("", ","),
    ],
)
def test_the_delimiter_cuts_rows_evenly(sample: str, delimiter: str) -> None:
    assert sniff_delimiter(sample) == delimiter


def test_a_quote_that_is_never_closed_is_named_by_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", 'id,note\n1,fine\n2,"open\n3,swallowed\n')
    with pytest.raises(NotATableError, match="line 3"):
        _rows(path)


def test_inches_are_no_quotes(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", 'id,size\n1,5" pipe\n2,"say ""hi"""\n')
    assert [line.cells[1] for line in _rows(path)] == ["size", '5" pipe', 'say "hi"']
