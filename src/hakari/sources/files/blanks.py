"""Knows the many ways a cell says nothing."""

from __future__ import annotations

import unicodedata

# The last two are MD5 of the empty string, as base64 and hex: a blank that was hashed on its way.
_NOTHING = {
    "",
    "NULL",
    "null",
    "#N/A",
    "#n/a",
    "1B2M2Y8AsgTpgAmY7PhCfg==",
    "d41d8cd98f00b204e9800998ecf8427e",
}

# Where a number, a day or a choice is expected, these say that there is none yet.
_NOT_KNOWN = {
    *("-", "--", "---", "ー", "―", "–", "—", "−", ".", "?", "??", "/", "_"),
    *(
        "na",
        "n/a",
        "n.a.",
        "nan",
        "none",
        "nil",
        "nat",
        "undefined",
        "unknown",
        "tbd",
        "tba",
        "#value!",
        "#ref!",
    ),
    *(
        "未定",
        "不明",
        "未入力",
        "未設定",
        "なし",
        "無し",
        "無",
        "該当なし",
        "空白",
        "未確定",
        "未取得",
        "確認中",
        "調整中",
    ),
}


def plain(text: str) -> str:
    """Full-width letters and digits made plain, spaces around them gone."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).strip()


def says_nothing(text: str) -> bool:
    """For texts: only what no person would type as a value. `Unknown` may be one."""
    return text.strip() in _NOTHING


def is_not_known(text: str) -> bool:
    """For everything that is not free text; takes the text after `plain`."""
    return text in _NOTHING or text.lower() in _NOT_KNOWN
