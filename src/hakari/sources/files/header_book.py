"""The dictionary of headers: what the files in headers/ say, ready to be asked.

Each names tables, and for each table:
    files    words in a file's or sheet's name that speak for it
    needs    each line must be met by one of its slots, or the table is not considered; `id!` is an id with a
             header of the table's own
    natural  slots by which a row without an id is recognised again; the first set that is there and filled
    repeats  true: equal natural names are different rows (the first, the second …), else one row
    headers  slot → headers, compared without case, spaces, punctuation and units; an earlier one wins
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from hakari.sources.files.folding import fold_header

EXACT = 0.95
CUSTOM_FIELD = 0.75
SIMILAR = 0.7
# Headers as short as this resemble too many others.
_SHORTEST_SIMILAR = 4
_CLOSE = 0.88

_BRACKETS = re.compile(r"[(\[【〔<].*?[)\]】〕>]")
_OWNER_PREFIX = re.compile(r"^(?:property_|properties[._]|[^:：]{1,20}(?:[:：]| - )\s*)", re.IGNORECASE)
# アポ数目標 is a target, for whichever measure.
_SOME_TARGET = re.compile(
    r".{1,12}(?:目標|予算|計画|ノルマ)[値額数]?|.{1,20}\b(?:target|quota|goal)", re.IGNORECASE
)
_CUSTOM = re.compile(r"__c$", re.IGNORECASE)
# What a warehouse loader makes of a CRM's custom field: `region_c`. Too many and too wild to guess.
_LOADED_CUSTOM = re.compile(r"[a-z0-9]_c$")
_LOADER_NOISE = re.compile(r"^_fivetran_(?!deleted$)|^_(?:dlt|airbyte|sdc|dbt)_")


class Candidate(NamedTuple):
    """One slot a header may mean. `rank` is its place in the list: the first is the best."""

    slot: str
    confidence: float
    rank: int


@dataclass(frozen=True, slots=True)
class TableEntry:
    """What the dictionary says about one table."""

    table: str
    hints: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    natural: tuple[tuple[str, ...], ...]
    repeats: bool
    slots: dict[str, tuple[tuple[str, int], ...]]


@cache
def _file() -> dict[str, Any]:
    merged: dict[str, Any] = {}
    folder = files("hakari.sources.files").joinpath("headers")
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            merged |= tomllib.loads(file.read_text(encoding="utf-8"))
    return merged


@cache
def entries() -> dict[str, TableEntry]:
    found = {}
    for table, entry in _file().items():
        if table == "not_ours":
            continue
        slots: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for slot, headers in entry["headers"].items():
            for rank, folded in enumerate(dict.fromkeys(map(fold_header, headers))):
                slots[folded].append((slot, rank))
        found[table] = TableEntry(
            table,
            tuple(entry["files"]),
            tuple(tuple(need.split("|")) for need in entry["needs"]),
            tuple(tuple(each) for each in entry.get("natural", ())),
            entry.get("repeats", False),
            {header: tuple(places) for header, places in slots.items()},
        )
    return found


def words_for(table: str) -> Mapping[str, Any] | None:
    """What the dictionary says about a table, as written: `files` and `headers`, the commonest word first."""
    found = _file().get(table)
    return found if isinstance(found, dict) else None


@cache
def tables_knowing(folded: str) -> int:
    """In how many tables a header means something: `name` says little, `opportunity id` a lot."""
    return sum(folded in entry.slots for entry in entries().values())


@cache
def _all_headers() -> tuple[str, ...]:
    return tuple(sorted({header for entry in entries().values() for header in entry.slots}))


@dataclass(frozen=True, slots=True)
class HeaderForm:
    """One header in the form under which the dictionary knows it, and how sure that form is."""

    folded: str
    confidence: float
    known: bool


def header_form(header: str) -> HeaderForm:
    """Units, owners' names and `__c` are taken off only as far as needed."""
    text = unicodedata.normalize("NFKC", header).strip().strip("*※").strip("`\"'")
    if not text or _LOADER_NOISE.search(text) or _LOADED_CUSTOM.search(text):
        return HeaderForm(fold_header(text), 0.0, known=False)
    for form, confidence in _forms(text):
        if form and tables_knowing(form):
            return HeaderForm(form, confidence, known=True)
    return HeaderForm(fold_header(text), 0.0, known=False)


def similar_form(header: str) -> HeaderForm | None:
    """For a header nobody knows: the known one it resembles, such as Ammount."""
    folded = fold_header(_BRACKETS.sub("", unicodedata.normalize("NFKC", header)))
    if len(folded) < _SHORTEST_SIMILAR or _LOADED_CUSTOM.search(header) or header.startswith("_"):
        return None
    close = get_close_matches(folded, _all_headers(), n=1, cutoff=_CLOSE)
    return HeaderForm(close[0], SIMILAR, known=True) if close else None


def _forms(text: str) -> list[tuple[str, float]]:
    bare = _BRACKETS.sub("", text)
    forms = [(text, EXACT), (bare, EXACT)]
    without_owner = _OWNER_PREFIX.sub("", bare)
    if without_owner != bare:
        forms.append((without_owner, EXACT - 0.05))
    without_custom = _CUSTOM.sub("", bare)
    if without_custom != bare:
        forms.append((without_custom, CUSTOM_FIELD))
    if _SOME_TARGET.fullmatch(bare):
        forms.append(("目標", CUSTOM_FIELD))
    return [(fold_header(form), confidence) for form, confidence in forms]


def candidates(table: str, form: HeaderForm) -> list[Candidate]:
    if not form.known:
        return []
    places = entries()[table].slots.get(form.folded, ())
    return [Candidate(slot, form.confidence, rank) for slot, rank in places]


def hint_length(table: str, name: str) -> int:
    """How long the longest word for the table is that a file's or sheet's name contains; 0 for none."""
    words = _words(name)
    found = [wanted for wanted in map(_words, entries()[table].hints) if _contains(words, wanted)]
    return max((len(wanted.replace(" ", "")) for wanted in found), default=0)


def names_another_thing(*names: str) -> bool:
    """Whether a file's or sheet's name says that it is none of our tables."""
    wanted = [_words(word) for word in _file()["not_ours"]]
    return any(_contains(_words(name), word) for name in names for word in wanted)


def _words(name: str) -> str:
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", name))
    return re.sub(r"[^a-z0-9ぁ-ヿ一-鿿]+", " ", text.casefold()).strip()


def _contains(words: str, wanted: str) -> bool:
    """Latin words must stand alone, Japanese ones may be part of a longer word."""
    if wanted.isascii():
        return f" {wanted} " in f" {words} "
    return wanted in words.replace(" ", "")
