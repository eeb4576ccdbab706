"""Several exports packed into one file are read as the files they are."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from hakari.errors import EmptyFileError, FileTooLargeError, NotATableError
from hakari.sources.files.unpacking import unpacked
from hakari.storage.truth import Truth
from tests.sources.files.desk import bring, current

DEALS = "商談ID,商談名,会社名,フェーズ,金額\n1,A,アクメ,受注,100\n"
ACCOUNTS = "会社名,業種\nアクメ,製造\n"


def packed(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_csv", ".csv"), text.encode("cp932"))
    return path


def test_the_files_of_an_archive_are_one_import(truth: Truth, tmp_path: Path) -> None:
    archive = packed(
        tmp_path / "export.zip", out__商談_csv=DEALS, out__企業_csv=ACCOUNTS, out__readme="hello"
    )
    report = bring(truth, archive)
    assert [each.file for each in report.files] == ["企業.csv", "商談.csv"]
    assert report.passed_over == ("export.zip/readme",)
    assert [row["account"] for row in current(truth, "deal")] == ["アクメ"]


def test_a_gzip_is_its_file(truth: Truth, tmp_path: Path) -> None:
    path = tmp_path / "商談.csv.gz"
    path.write_bytes(gzip.compress(DEALS.encode()))
    report = bring(truth, path)
    assert [each.file for each in report.files] == ["商談.csv"]
    assert report.loaded == 1


def test_names_written_by_windows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xx.csv", "id\n1\n")
    windows = path.read_bytes().replace(b"xx.csv", "商".encode("cp932") + b".csv")
    path.write_bytes(windows)
    with unpacked([path]) as handed:
        assert [each.name for each in handed.paths] == ["商.csv"]


def test_no_name_in_an_archive_leads_out_of_it(tmp_path: Path) -> None:
    with unpacked([packed(tmp_path / "a.zip", **{"..__..__evil_csv": DEALS})]) as handed:
        (path,) = handed.paths
        assert path.name == "evil.csv"
        assert path.read_bytes().decode("cp932") == DEALS
    assert not path.exists()
    assert not (tmp_path.parent / "evil.csv").exists()


def test_what_a_mac_adds_is_passed_over(tmp_path: Path) -> None:
    parts = {"__MACOSX/._a.csv": "x", ".DS_Store": "x", "a.csv": DEALS}
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    with unpacked([path]) as handed:
        assert ([each.name for each in handed.paths], handed.passed_over) == (["a.csv"], ())


def test_an_archive_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError, match="holds no table"), unpacked([packed(tmp_path / "a.zip", b="x")]):
        pass


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * (64 << 20))
    with pytest.raises(FileTooLargeError, match="unpacks to more than"), unpacked([path]):
        pass


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\x1f\x8b\x08\x00 broken"])
def test_a_damaged_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(NotATableError, match="damaged"), unpacked([path]):
        pass
