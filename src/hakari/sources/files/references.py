"""Finds the rows that a file's rows point at, by id or by name, and makes a stub where there is none.

Nothing is lost for want of a row: a deal whose account nobody has described yet gets an account that has a
name and no more, and the account takes its place when it comes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hakari.sources.files.folding import WITHIN_ACCOUNT, bare_name, fold, fold_within, within
from hakari.sources.files.name_book import ID_MARK, NameBook
from hakari.sources.files.notes import NoteBook
from hakari.sources.files.slips import How, Slips
from hakari.storage.truth import Import


@dataclass(frozen=True, slots=True)
class Place:
    """Where texts stand: their column, for the notes, and the line of each."""

    notes: NoteBook
    column: str | None
    lines: Sequence[int]


@dataclass(slots=True)
class References:
    """One import's references, shared by all its files."""

    into: Import
    source: str
    now: datetime
    names: NameBook
    slips: Slips
    _keys: dict[tuple[str, str], int] = field(default_factory=dict)
    _folds: dict[tuple[str, str], str] = field(default_factory=dict)
    _surname: set[str] = field(default_factory=set)

    def by_name(
        self,
        table: str,
        names: Sequence[str | None],
        place: Place,
        accounts: Sequence[str | None] | None = None,
    ) -> list[int | None]:
        """`accounts` are the companies the rows speak of, where they say."""
        texts = names
        if accounts is not None and table in WITHIN_ACCOUNT:
            pairs = zip(names, accounts, strict=True)
            texts = [None if name is None else within(name, account) for name, account in pairs]
        counts = Counter(text for text in texts if text is not None)
        new = {text: fold_within(text, table) for text in counts if (table, text) not in self._keys}
        if new:
            self._resolve(table, new)
        if self.slips.watches(table):
            self._watch_names(table, counts, texts, place)
        keys = self._keys
        return [None if text is None else keys[table, text] for text in texts]

    def by_id(
        self, table: str, ids: Sequence[str | None], names: Sequence[str | None], place: Place
    ) -> list[int | None]:
        """A row whose id nobody knows is looked for by the name beside it."""
        pairs = {
            identifier: name
            for identifier, name in zip(ids, names, strict=True)
            if identifier is not None and (table, ID_MARK + identifier) not in self._keys
        }
        if pairs:
            self._resolve_ids(table, pairs)
        if self.slips.watches(table):
            self._watch_ids(table, ids, place)
        keys = self._keys
        return [None if identifier is None else keys[table, ID_MARK + identifier] for identifier in ids]

    def aliases(self, table: str, ids: Sequence[str]) -> dict[str, str]:
        """Row id → the name of the stub that stood for it because other rows came first."""
        alias = {self._alias(identifier): identifier for identifier in ids}
        return {alias[name]: name for name in self.into.only_by_name(table, list(alias))}

    def _alias(self, identifier: str) -> str:
        return f"{ID_MARK}{self.source}:{identifier}"

    def _resolve(self, table: str, new: Mapping[str, str]) -> None:
        found = self.into.find_names(table, list(new.values()))
        missing = {folded: text for text, folded in new.items() if folded not in found}
        if missing and table == "person":
            found |= self._by_surname(missing)
        elif missing and table == "deal":
            found |= self._by_bare_name(missing)
        stubs = {folded: bare_name(text) for folded, text in missing.items() if folded not in found}
        if stubs:
            found |= self.into.stubs(table, stubs, self.now)
        for text, folded in new.items():
            self._keys[table, text] = found[folded]
            self._folds.setdefault((table, text), folded)

    def _by_surname(self, missing: Mapping[str, str]) -> dict[str, int]:
        full = {folded: name for folded in missing if (name := self.names.person_called(folded))}
        keys = self.into.find_names("person", list(full.values()))
        found = {folded: keys[name] for folded, name in full.items() if name in keys}
        for folded in found:
            self._folds["person", missing[folded]] = full[folded]
            self._surname.add(missing[folded])
        return found

    def _by_bare_name(self, missing: Mapping[str, str]) -> dict[str, int]:
        """A deal whose account is written otherwise here, or not at all there, is still known by its name."""
        bare = {folded: fold(bare_name(text), "deal") for folded, text in missing.items()}
        keys = self.into.find_names("deal", list(bare.values()))
        return {folded: keys[name] for folded, name in bare.items() if name in keys}

    def _resolve_ids(self, table: str, pairs: Mapping[str, str | None]) -> None:
        for identifier, key in self.into.find(table, list(pairs)).items():
            self._keys[table, ID_MARK + identifier] = key
        missing = [each for each in pairs if (table, ID_MARK + each) not in self._keys]
        called = {identifier: self._called(table, identifier, pairs[identifier]) for identifier in missing}
        wanted = [name for names in called.values() for name in names]
        found = self.into.find_names(table, wanted) if wanted else {}
        stubs = {
            names[-1]: pairs[identifier] or identifier
            for identifier, names in called.items()
            if not any(name in found for name in names)
        }
        if stubs:
            found |= self.into.stubs(table, stubs, self.now)
        for identifier, names in called.items():
            folded = next(name for name in names if name in found)
            self._keys[table, ID_MARK + identifier] = found[folded]
            self._folds[table, ID_MARK + identifier] = folded

    def _called(self, table: str, identifier: str, name: str | None) -> list[str]:
        """Under what a row with this id may be known: by a stub for the id, or by the name beside it."""
        folded = fold(name, table) if name else ""
        return [self._alias(identifier), *([folded] if folded else [])]

    def _watch_names(
        self, table: str, counts: Mapping[str, int], texts: Sequence[str | None], place: Place
    ) -> None:
        described = self.names.described(table)
        first: dict[str | None, int] = {}
        for text, rows in counts.items():
            if not self.slips.is_known(place.notes, table, place.column, text):
                folded = self._folds[table, text]
                if described.get(folded) == bare_name(text):
                    continue
                first = first or _first_lines(texts, place.lines)
                how: How = "surname" if table == "person" and text in self._surname else "name"
                self.slips.see(place.notes, table, place.column, text, folded, first[text], how)
            self.slips.count(place.notes, table, place.column, text, rows)

    def _watch_ids(self, table: str, ids: Sequence[str | None], place: Place) -> None:
        counts = Counter(identifier for identifier in ids if identifier is not None)
        first: dict[str | None, int] = {}
        for identifier, rows in counts.items():
            folded = self._folds.get((table, ID_MARK + identifier))
            if folded is None:
                continue
            if not self.slips.is_known(place.notes, table, place.column, identifier):
                first = first or _first_lines(ids, place.lines)
                self.slips.see(place.notes, table, place.column, identifier, folded, first[identifier], "id")
            self.slips.count(place.notes, table, place.column, identifier, rows)


def _first_lines(texts: Sequence[str | None], lines: Sequence[int]) -> dict[str | None, int]:
    return dict(zip(reversed(texts), reversed(lines), strict=True))
