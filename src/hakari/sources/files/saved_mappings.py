"""Finds the mapping an earlier import saved for files like this one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from hakari.sources.files.folding import fold_header
from hakari.sources.files.mapping_file import FileMapping, recalled
from hakari.sources.files.source_file import Sheet
from hakari.storage.truth import MappingInfo

# A date or number in a file's name tells this week's export from last week's, not its kind.
_NUMBERS = re.compile(r"[\d０-９]+")


class SavedMappings:
    """The mappings of one source; of several for one kind of file the newest."""

    def __init__(self, source: str, saved: Iterable[MappingInfo] = ()) -> None:
        self._source = source
        self._by_name: dict[str, FileMapping] = {}
        self._by_headers: dict[str, FileMapping] = {}
        for each in saved:
            if each.name.startswith(f"{source}:"):
                mapping = recalled(each.table, each.columns)
                self._by_name.setdefault(each.name, mapping)
                self._by_headers.setdefault(each.name.rpartition(":")[0], mapping)

    def name(self, sheet: Sheet, headers: Sequence[str]) -> str:
        """One name for all files called alike with the same headers, in whatever order."""
        called = fold_header(_NUMBERS.sub("", f"{sheet.path.stem}{sheet.name or ''}"))
        return f"{self._kind(headers)}:{called}"

    def for_file(self, sheet: Sheet, headers: Sequence[str]) -> FileMapping | None:
        return self._by_name.get(self.name(sheet, headers))

    def for_headers(self, headers: Sequence[str]) -> FileMapping | None:
        return self._by_headers.get(self._kind(headers))

    def _kind(self, headers: Sequence[str]) -> str:
        text = "\x1f".join(sorted(fold_header(header) for header in headers))
        return f"{self._source}:{blake2b(text.encode(), digest_size=8).hexdigest()}"
