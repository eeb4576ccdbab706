"""Where a KPI stands in the catalogue, in words: its phase, its tactic and the department that owns it."""

from __future__ import annotations

from hakari.canonical.tactics import TACTIC_NAMES
from hakari.words import Language

STAGE_NAMES: dict[str, tuple[str, str]] = {
    "acquire": ("リード獲得", "Lead acquisition"),
    "nurture_qualify": ("育成・商談化", "Nurturing and qualification"),
    "win": ("受注", "Winning"),
    "retain": ("顧客維持", "Retention"),
    "manage": ("全体管理", "Management"),
}
# Tactics of the catalogue beside the ways of reaching customers.
_OTHER_TACTICS: dict[str, tuple[str, str]] = {
    "abm": ("ABM", "Account-based marketing"),
    "assignment": ("担当配分", "Assignment"),
    "bdr": ("BDR", "BDR"),
    "channel": ("チャネル", "Channel"),
    "cold_call": ("新規電話", "Cold calls"),
    "common": ("手法に関わらない共通", "Any tactic"),
    "cs": ("カスタマーサクセス", "Customer success"),
    "data": ("データ", "Data"),
    "finance": ("財務", "Finance"),
    "forecast": ("受注予測", "Forecast"),
    "governance": ("ルールと運用", "Governance"),
    "kgi": ("KGI", "Goal"),
    "management": ("経営管理", "Management"),
    "productivity": ("生産性", "Productivity"),
    "recycle": ("リサイクル", "Recycling"),
    "resource": ("人員", "People"),
    "retain": ("顧客維持", "Retention"),
    "scoring": ("スコアリング", "Scoring"),
    "sdr": ("SDR", "SDR"),
    "win": ("受注", "Winning"),
}


def stage_name(stage: str, lang: Language) -> str:
    return _in(STAGE_NAMES.get(stage), stage, lang)


def tactic_name(tactic: str, lang: Language) -> str:
    return _in(TACTIC_NAMES.get(tactic) or _OTHER_TACTICS.get(tactic), tactic, lang)


def _in(names: tuple[str, str] | None, key: str, lang: Language) -> str:
    if names is None:
        return key
    return names[0] if lang == "ja" else names[1]
