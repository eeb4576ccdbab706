"""Every word people read, in Japanese and English, under one key: `say("win_rate", "en")` is "Win rate".

`glossary.toml` holds the vocabulary, `interface.toml` the labels and sentences around it,
`planning.toml` what findings say, `fields.toml` the columns of records. A phrase may hold places for
values: `say("records_count", "en", n=1)` is "1 record".
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Literal

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")
FILES = (
    "glossary.toml",
    "interface.toml",
    "planning.toml",
    "fields.toml",
    "definition_pages.toml",
    "plan.toml",
    "definitions.toml",
    "people.toml",
    "lint.toml",
    "gap.toml",
    "capacity.toml",
    "targets.toml",
    "meetings.toml",
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One meaning in both languages.

    `en_one` replaces `en` when the value `n` is 1; `also` are words people type for it.
    """

    ja: str
    en: str
    en_one: str = ""
    also: tuple[str, ...] = ()

    def places(self) -> set[str]:
        """The names of the values the phrase asks for."""
        return {name for _, name, _, _ in Formatter().parse(self.ja) if name}


def say(key: str, lang: Language, **values: object) -> str:
    """The phrase with its values put in; values are written as they come, so format figures first."""
    phrase = phrases().get(key)
    if phrase is None:
        close = get_close_matches(key, phrases(), n=1, cutoff=0.4)
        raise KeyError(f"No phrase '{key}' in hakari/words. Nearest: {close[0] if close else 'none'}.")
    if lang == "ja":
        text = phrase.ja
    else:
        text = phrase.en_one if phrase.en_one and str(values.get("n")) == "1" else phrase.en
    return text.format(**values) if values else text


def knows(key: str) -> bool:
    return key in phrases()


def resolve(typed: str) -> str | None:
    """The glossary key a typed word means: a key, a name in either language, or a word under `also`."""
    return _meanings().get(_fold(typed))


@cache
def phrases() -> dict[str, Phrase]:
    return {key: phrase for name in FILES for key, phrase in _read(name)}


def _read(name: str) -> Iterator[tuple[str, Phrase]]:
    entries: dict[str, dict[str, Any]] = tomllib.loads(
        files(__package__).joinpath(name).read_text(encoding="utf-8")
    )
    for key, entry in entries.items():
        yield key, Phrase(**{**entry, "also": tuple(entry.get("also", ()))})


@cache
def _meanings() -> dict[str, str]:
    """Earlier entries win, and a name wins over an `also`: no synonym hides a word of the vocabulary."""
    vocabulary = dict(_read("glossary.toml"))
    found: dict[str, str] = {}
    for key, phrase in vocabulary.items():
        for word in (key, phrase.ja, phrase.en):
            found.setdefault(_fold(word), key)
    for key, phrase in vocabulary.items():
        for word in phrase.also:
            found.setdefault(_fold(word), key)
    return found


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().casefold().replace(" ", "_")
