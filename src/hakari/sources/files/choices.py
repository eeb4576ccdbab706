"""Reads choices: which of our words a CRM's word means, and what a job title or a stage says."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from hakari.canonical import TABLES
from hakari.sources.files.blanks import is_not_known, plain
from hakari.sources.files.reasons import Unreadable, unreadable

STAGES = "stage"
TACTICS = "tactic"
# What became of a deal, where it is written instead of a forecast category.
OUTCOMES = ("won", "lost", "dormant")

# Numbers and brackets around a stage: "5. 受注", "【受注】", "受注(確定)", "03_提案".
_LEADING_NUMBER = re.compile(r"^[\s\[(【「]*(?:step|phase|フェーズ|ステージ)?\s*\d{0,2}\s*[.:)\]_】\-]*\s*")
_TRAILING_BRACKET = re.compile(r"\s*[(\[【].*[)\]】]\s*$|[】」\]]$")
_LOOSE = re.compile(r"[\s_\-‐–]+")

# A title counts for the highest level it names: 取締役営業部長 is an executive.
_TITLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "executive",
        re.compile(
            r"役員|取締役|社長|会長|代表|理事長|理事|監査役|頭取|オーナー|相談役|顧問|院長|学長"
            r"|\b(?:c[efitmo]o|cxo|chro|ciso|president|chairman|chief|vp|svp|evp|vice president|founder|owner"
            r"|board member|managing director|executive director)\b"
        ),
    ),
    (
        "manager",
        re.compile(
            r"部長|課長|室長|次長|所長|支店長|店長|局長|本部長|工場長|センター長|ゼネラルマネ|マネージャ|マネジャ|統括|責任者"
            r"|グループ長|リーダー|\b(?:manager|director|head|lead|supervisor|gm)\b"
        ),
    ),
    (
        "staff",
        re.compile(
            r"主任|係長|担当|一般|社員|スタッフ|職員|メンバー|アシスタント|主査|主事|チーフ"
            r"|\b(?:staff|associate|engineer|representative|specialist|assistant|analyst|coordinator|clerk"
            r"|consultant|developer|administrator|buyer|officer|executive assistant)\b"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Whole texts, and parts that also count inside longer texts."""

    words: dict[str, str]
    parts: tuple[tuple[str, str], ...]

    def find(self, text: str) -> str | None:
        loose = _loose(text)
        found = self.words.get(loose)
        if found is not None:
            return found
        return next((choice for part, choice in self.parts if part in loose), None)


def read_choice(text: str, vocabulary: Vocabulary, choices: tuple[str, ...]) -> str | Unreadable | None:
    cell = plain(text)
    if is_not_known(cell):
        return None
    found = vocabulary.find(cell)
    return found if found is not None else unreadable("not_a_choice", choices=", ".join(choices))


def vocabulary(table: str, field: str) -> Vocabulary:
    """The words for one choice field; its own canonical values are always among them."""
    name = f"{table}.{field}"
    if field == "tactic":
        name = TACTICS
    elif field == "forecast_category":
        name = "deal.forecast_category"
    elif name == "appointment.channel":
        name = "activity.kind"
    return _vocabulary(name, TABLES[table].field(field).choices)


def vocabulary_in_cells(table: str, field: str) -> Vocabulary:
    """With outcomes among a deal's categories: a ヨミ表 writes 受注 beside A, B and C, a CRM Closed."""
    categories = vocabulary(table, field)
    if (table, field) != ("deal", "forecast_category"):
        return categories
    stages = _vocabulary(STAGES, ()).words
    outcomes = {word: status for word, status in stages.items() if status in OUTCOMES}
    return Vocabulary(outcomes | {"closed": "won"} | categories.words, categories.parts)


def stage_status(text: str, own: Mapping[str, str] | None = None) -> str | None:
    """won, lost, dormant or open; None for a stage nobody has told us about."""
    if own:
        found = own.get(_loose(text))
        if found is not None:
            return found
    stages = _vocabulary(STAGES, ())
    bare = _TRAILING_BRACKET.sub("", _LEADING_NUMBER.sub("", plain(text).casefold()))
    return stages.words.get(_loose(bare)) or stages.find(text)


def own_stages(stages: Mapping[str, str]) -> dict[str, str]:
    """The stages of a mapping file, ready for `stage_status`."""
    return {_loose(text): status for text, status in stages.items()}


def tactic_of_source(text: str) -> str | None:
    """展示会 as a lead's source is also its tactic; None when the source is no tactic we know."""
    return None if is_not_known(plain(text)) else _vocabulary(TACTICS, ()).find(text)


def level_of_title(title: str) -> str | None:
    folded = plain(title).casefold()
    return next((level for level, pattern in _TITLES if pattern.search(folded)), None)


def _loose(text: str) -> str:
    return _LOOSE.sub("", unicodedata.normalize("NFKC", text).casefold())


@cache
def _vocabulary(name: str, choices: tuple[str, ...]) -> Vocabulary:
    entries = _file().get(name, {})
    words = {_loose(word): choice for choice, entry in entries.items() for word in entry.get("words", ())}
    parts = [(_loose(part), choice) for choice, entry in entries.items() for part in entry.get("parts", ())]
    own = {_loose(choice): choice for choice in choices}
    return Vocabulary(words | own, tuple(parts))


@cache
def _file() -> dict[str, Any]:
    text = files("hakari.sources.files").joinpath("choices.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
