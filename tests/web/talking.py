"""The side of the hand-made company that knows people: a real company's answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hakari.planning.rep_view import RepView
from hakari.storage.notes import Kind
from hakari.words import Language
from tests.web.defined import RealDefinitions


class RealPeople(RealDefinitions):
    def rep(self, key: int, params: Mapping[str, str], lang: Language) -> RepView:
        return self.real.rep(key, params, lang)

    def write_note(self, person: int, kind: Kind, text: str) -> int:
        return self.real.write_note(person, kind, text)

    def promise(self, person: int, what: str, who: str = "", due: date | None = None) -> int:
        return self.real.promise(person, what, who, due)

    def settle(self, entry: int, outcome: str, remark: str = "") -> None:
        self.real.settle(entry, outcome, remark)

    def talked_about(self, entry: int) -> None:
        self.real.talked_about(entry)

    def erase(self, entry: int) -> None:
        self.real.erase(entry)
