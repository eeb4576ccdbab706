"""Reads yes and no in the ways exports write them."""

from __future__ import annotations

from hakari.sources.files.blanks import is_not_known, plain
from hakari.sources.files.reasons import Unreadable, unreadable

_YES = {
    *("true", "t", "yes", "y", "1", "1.0", "on", "ok", "checked", "done"),
    *(
        "はい",
        "有",
        "有り",
        "あり",
        "○",
        "〇",
        "◯",
        "◎",
        "✓",
        "✔",
        "☑",
        "レ",
        "済",
        "済み",
        "可",
        "可能",
        "対象",
        "真",
        "する",
        "該当",
    ),
}
_NO = {
    *("false", "f", "no", "n", "0", "0.0", "off", "ng", "unchecked"),
    *(
        "いいえ",
        "無",
        "無し",
        "なし",
        "×",
        "✕",
        "✗",
        "☐",
        "□",
        "未",
        "不可",
        "対象外",
        "偽",
        "しない",
        "非該当",
        "該当なし",
    ),
}


def read_flag(text: str) -> bool | Unreadable | None:
    """`なし` is a no here, although elsewhere it says nothing."""
    cell = plain(text).casefold()
    if cell in _YES:
        return True
    if cell in _NO:
        return False
    return None if is_not_known(cell) else unreadable("not_a_flag")
