"""The names rows are called by, as they were written; read from the truth when first needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from hakari.storage.truth import Import

# The name under which a stub stands for an id starts like this; no folded name can.
ID_MARK = "id:"
# Beyond this many names a table is not searched for the nearest one.
_MOST_COMPARED = 20_000


@dataclass(slots=True)
class NameBook:
    into: Import
    _described: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _surnames: dict[str, str | None] | None = None

    def described(self, table: str) -> Mapping[str, str]:
        """Folded → written names of the rows of which more than the name is known."""
        if table not in self._described:
            written = {
                folded: name
                for folded, name in self.into.names_of(table).items()
                if not folded.startswith(ID_MARK)
            }
            stubs = self.into.only_by_name(table, list(written)) if len(written) <= _MOST_COMPARED else ()
            self._described[table] = {folded: name for folded, name in written.items() if folded not in stubs}
        return self._described[table]

    def nearest(self, table: str, text: str) -> str | None:
        names = self.described(table)
        if len(names) > _MOST_COMPARED:
            return None
        close = get_close_matches(text, list(dict.fromkeys(names.values())), n=1, cutoff=0.4)
        return close[0] if close else None

    def person_called(self, folded: str) -> str | None:
        """The folded full name of the only person with this surname; None when there are two."""
        if self._surnames is None:
            self._surnames = _surnames(self.described("person"))
        return self._surnames.get(folded)

    def rows_came(self, table: str) -> None:
        """Rows of the table were written: what was read of its names is out of date."""
        self._described.pop(table, None)
        if table == "person":
            self._surnames = None


def _surnames(people: Mapping[str, str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for folded, name in people.items():
        surname = _surname(name)
        if surname:
            found[surname] = None if surname in found and found[surname] != folded else folded
    return found


def _surname(name: str) -> str:
    parts: Iterable[str] = name.split()
    first, *rest = parts or [""]
    # Sato Taro and Taro Sato cannot be told apart in Latin letters.
    return first.casefold() if rest and not name.isascii() else ""
