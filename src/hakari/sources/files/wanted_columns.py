"""What a person would have to import for a field to be known: which file, and which column of it."""

from __future__ import annotations

from dataclasses import dataclass

from hakari.sources.files.header_book import words_for


@dataclass(frozen=True, slots=True)
class WantedColumn:
    """Words a file and a column are commonly called by; "" where the dictionary has none."""

    file_ja: str
    file_en: str
    column_ja: str = ""
    column_en: str = ""


def wanted_column(table: str, field: str) -> WantedColumn | None:
    """Of a table (no field: any row of it), or of one field; None for what no file brings."""
    entry = words_for(table)
    if entry is None:
        return None
    file_ja, file_en = _both(entry["files"])
    if not field:
        return WantedColumn(file_ja, file_en)
    headers = entry["headers"].get(field) or entry["headers"].get(f"{field}.id")
    if headers is None:
        return None
    return WantedColumn(file_ja, file_en, *_both(headers))


def _both(words: list[str]) -> tuple[str, str]:
    """The first Japanese and the first English word; where one language has none, the other serves."""
    ja = next((word for word in words if not word.isascii()), "")
    en = next((word for word in words if word.isascii()), "")
    return ja or en, en or ja
