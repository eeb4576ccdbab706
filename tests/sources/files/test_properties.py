"""Whatever a file holds: every row is accounted for, and a second import changes nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hakari.errors import HakariError, NothingImportedError
from hakari.sources.files.header_book import entries
from hakari.storage.truth import Truth
from tests.sources.files.desk import bring, write

MESSY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)

NAME = st.sampled_from(["アクメ", "(株)アクメ", "ビー", "", "合計", "Total", "シー商会"])
STAGE = st.sampled_from(["受注", "失注", "提案", "謎", "", "Closed Won"])
AMOUNT = st.sampled_from(["1,200", "三百万円", "▲5", "", "1.5億円", "約3", "0"]) | st.integers(
    -99, 10**9
).map(str)
DAY = st.sampled_from(
    ["2026/11/20", "2026/13/45", "R8.11.20", "", "9999-12-31", "11/20", "来週", "2026-04-01T00:00:00Z"]
)
ROW = st.tuples(st.sampled_from(["1", "2", "3", "", "x"]), NAME, NAME, STAGE, AMOUNT, DAY).map(list)
SHORT_OR_LONG = st.lists(NAME, max_size=8)


def _fresh(ready: Path, folder: Path) -> Truth:
    path = folder / "truth.db"
    shutil.copy(ready, path)
    return Truth.open(path)


def _csv(rows: Sequence[Sequence[str]]) -> str:
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)


@MESSY
@given(st.lists(ROW | SHORT_OR_LONG, min_size=1, max_size=12))
def test_read_is_loaded_and_updated_and_unchanged_and_rejected(
    ready_store: Path, rows: list[list[str]]
) -> None:
    table = [["商談ID", "商談名", "取引先名", "フェーズ", "金額", "完了予定日"], *rows]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth = _fresh(ready_store, folder)
        path = write(folder, "商談.csv", _csv(table))
        try:
            first = bring(truth, path)
        except (NothingImportedError, HakariError):
            assert truth.runs() == []
            truth.close()
            return
        second = bring(truth, path, day=1)
        assert first.adds_up
        assert second.adds_up
        assert first.read == second.read == sum(any(cell for cell in row) for row in rows)
        assert (second.loaded, second.rejected) == (0, first.rejected)
        assert all(run.adds_up for run in truth.runs())
        truth.close()


@MESSY
@given(
    st.lists(st.tuples(NAME, st.integers(0, 10**7)), min_size=1, max_size=8),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp"]),
    st.sampled_from([",", "\t", ";"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_one_table_is_loaded_once_however_it_is_written(
    ready_store: Path, rows: list[tuple[str, int]], encoding: str, delimiter: str, end: str
) -> None:
    table = [
        ["日付", "店舗", "売上"],
        *([f"2026-04-{n + 1:02}", shop or "本店", str(amount)] for n, (shop, amount) in enumerate(rows)),
    ]
    text = end.join(delimiter.join(row) for row in table) + end
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth = _fresh(ready_store, folder)
        plain = bring(truth, write(folder, "売上.csv", "\n".join(",".join(row) for row in table)))
        other = bring(truth, write(folder, "売上2.csv", text, encoding), day=1)
        assert (other.loaded, other.updated, other.unchanged) == (0, 0, plain.loaded)
        truth.close()


CELL = (
    NAME
    | STAGE
    | AMOUNT
    | DAY
    | st.sampled_from(["○", "60%", "0:05:30", "A", "call", "田中", "10:05", "2026年4月", "001A"])
)


@st.composite
def _table(draw: st.DrawFn) -> tuple[str, list[str], list[list[str]]]:
    """A canonical table, some of the headers that mean its fields, and cells of any kind below them."""
    table = draw(st.sampled_from(sorted(entries())))
    headers = draw(
        st.lists(st.sampled_from(sorted(entries()[table].slots)), min_size=1, max_size=9, unique=True)
    )
    row = st.lists(CELL, min_size=len(headers), max_size=len(headers))
    return table, headers, draw(st.lists(row, min_size=1, max_size=6))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(_table())
def test_every_table_takes_any_cells(ready_store: Path, made: tuple[str, list[str], list[list[str]]]) -> None:
    table, headers, rows = made
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth = _fresh(ready_store, folder)
        mapping = write(folder, "m.yaml", f"data.csv: {{table: {table}}}\n")
        path = write(folder, "data.csv", _csv([headers, *rows]))
        with suppress(HakariError):
            first = bring(truth, path, mapping=mapping)
            second = bring(truth, path, mapping=mapping, day=1)
            assert first.adds_up
            assert second.adds_up
            assert (second.loaded, second.rejected) == (0, first.rejected)
        truth.close()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=300)
    | st.lists(st.lists(st.text(max_size=6), max_size=5), max_size=6).map(
        lambda rows: _csv(rows).encode("utf-8", "replace")
    )
)
def test_any_bytes_are_an_import_or_a_reason(ready_store: Path, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth = _fresh(ready_store, folder)
        path = folder / "商談.csv"
        path.write_bytes(content)
        with suppress(HakariError):
            assert bring(truth, path).adds_up
        truth.close()
