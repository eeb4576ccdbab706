"""Both languages say everything, and no word is asked for that is not there."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

from hakari.canonical import TABLES
from hakari.canonical.tactics import TACTIC_NAMES
from hakari.web.address import CHOICES, SUFFIXES
from hakari.words import FILES, LANGUAGES, knows, phrases, resolve, say

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "hakari"
# A literal key, as Python and the templates write it.
LITERAL_KEY = re.compile(r"""\bsay\(\s*["']([a-z0-9_]+)["']\s*[,)]""")


def test_every_phrase_has_both_languages() -> None:
    assert [key for key, phrase in phrases().items() if not phrase.ja.strip() or not phrase.en.strip()] == []


def test_both_languages_ask_for_the_same_values() -> None:
    for key, phrase in phrases().items():
        for text in filter(None, (phrase.en, phrase.en_one)):
            asked = {name for _, name, _, _ in Formatter().parse(text) if name}
            assert asked <= phrase.places(), key
        assert {name for _, name, _, _ in Formatter().parse(phrase.en) if name} == phrase.places(), key


def test_a_key_stands_in_one_file_only() -> None:
    seen: dict[str, str] = {}
    for name in FILES:
        for key in tomllib.loads(files("hakari.words").joinpath(name).read_text(encoding="utf-8")):
            assert key not in seen, f"{key} is in {seen.get(key)} and in {name}"
            seen[key] = name


def test_code_and_templates_ask_only_for_known_keys() -> None:
    texts = {
        path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8")
        for path in PACKAGE.rglob("*")
        if path.suffix in {".py", ".html"} and path.parent.name != "words"
    }
    asked = {
        (key, where)
        for where, text in texts.items()
        if where.endswith(".html") or "hakari.words" in text
        for key in LITERAL_KEY.findall(text)
    }
    assert [(key, where) for key, where in sorted(asked) if not knows(key)] == []


def test_one_is_singular_in_english() -> None:
    assert say("records_count", "en", n=1) == "1 record"
    assert say("records_count", "en", n=2) == "2 records"
    assert say("records_count", "ja", n=1) == "1件"


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(KeyError, match="win_rate"):
        say("win_rte", "ja")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("受注率", "win_rate"),
        ("Win rate", "win_rate"),
        ("ノルマ", "target"),
        ("ＫＧＩ", "kgi"),
        ("母数", "denominator"),
    ],
)
def test_typed_words_find_their_key(typed: str, key: str) -> None:
    assert resolve(typed) == key


def test_a_word_nobody_defined_has_no_key() -> None:
    assert resolve("空飛ぶ円盤") is None


def test_labels_never_use_a_word_that_only_search_knows() -> None:
    vocabulary = tomllib.loads(files("hakari.words").joinpath("glossary.toml").read_text(encoding="utf-8"))
    names = {entry[lang] for entry in vocabulary.values() for lang in LANGUAGES}
    refused = {word for entry in vocabulary.values() for word in entry.get("also", ())}
    assert names & refused == set()


def test_every_field_and_choice_of_a_table_has_a_word() -> None:
    fields = [field for table in TABLES.values() for field in table.fields]
    assert sorted({field.name for field in fields if not knows(f"field_{field.name}")}) == []
    choices = {choice for field in fields for choice in field.choices} - set(TACTIC_NAMES) - {"A", "B", "C"}
    assert sorted(choice for choice in choices if not knows(f"choice_{choice}")) == []


def test_every_family_of_keys_is_whole() -> None:
    families = {
        "vs": CHOICES["vs"],
        "theme": CHOICES["theme"],
        "door": CHOICES["door"],
        "month": range(1, 13),
        "file": SUFFIXES,
        "role": TABLES["person"].field("role").choices,
    }
    asked = [f"{family}_{member}" for family, members in families.items() for member in members]
    assert [key for key in asked if not knows(key)] == []
