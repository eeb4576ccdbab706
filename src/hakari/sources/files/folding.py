"""Brings the many spellings of one name together: 株式会社アクメ, (株)アクメ, ｱｸﾒ and "GTX Pro", "GTXPro"."""

from __future__ import annotations

import re
import unicodedata

# Names that are only unique within one company.
WITHIN_ACCOUNT = {"contact", "lead", "deal"}
_WITHIN = "\x1f"
_COMPANIES = {"account", "partner"}
_PEOPLE = {"person", "contact", "lead"}

_JAPANESE_FORMS = (
    *(
        "株式会社",
        "有限会社",
        "合同会社",
        "合資会社",
        "合名会社",
        "(株)",
        "(有)",
        "(同)",
        "(資)",
        "(名)",
        "(社)",
        "(財)",
    ),
    *("一般社団法人", "公益社団法人", "一般財団法人", "公益財団法人", "特定非営利活動法人", "npo法人"),
    *("医療法人社団", "医療法人", "社会福祉法人", "学校法人", "独立行政法人", "国立大学法人"),
)
_ENGLISH_FORMS = re.compile(
    r"[\s,.]+(?:co\.?,?\s*ltd|company\s+limited|inc|incorporated|ltd|limited|corp|corporation|llc|llp|plc|gmbh|ag"
    r"|s\.?a\.?s?|b\.?v|k\.?k|pty\.?\s*ltd|pte\.?\s*ltd|kabushiki\s+kaisha|co)\.?$"
)
_HONORIFICS = re.compile(r"(?:様|さま|殿|氏|さん|先生)$")
# Dashes differ by keyboard; the long vowel mark ー is a letter and stays.
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe63]")
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?")


def fold(name: str, table: str) -> str:
    """The form under which two spellings of one name are equal; "" for a blank."""
    text = name if name.isascii() else _DASHES.sub("-", unicodedata.normalize("NFKC", name))
    text = text.casefold().strip()
    if not text:
        return ""
    if table in _COMPANIES:
        text = _without_legal_form(text)
    elif table in _PEOPLE:
        text = _HONORIFICS.sub("", text) or text
    return "".join(text.split())


def within(name: str, account: str | None) -> str:
    """A person's or a deal's name together with its company's: 田中 of アクメ is not 田中 of ビー.

    A mail address needs no company.
    """
    return f"{name}{_WITHIN}{account}" if account and "@" not in name else name


def bare_name(text: str) -> str:
    return text.partition(_WITHIN)[0]


def fold_within(text: str, table: str) -> str:
    """`fold` for what `within` made."""
    name, _, account = text.partition(_WITHIN)
    return f"{fold(name, table)}|{fold(account, 'account')}" if account else fold(name, table)


def domain_of(text: str) -> str:
    """acme.co.jp, whether a web address, a mail address or the domain itself was written."""
    host = unicodedata.normalize("NFKC", text).strip().casefold().rpartition("@")[2]
    return _SCHEME.sub("", host).split("/", 1)[0].split("?", 1)[0].split(":", 1)[0]


def fold_header(text: str) -> str:
    """Account ID, account_id and AccountId are one header."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum() or letter == "ー")


def _without_legal_form(text: str) -> str:
    bare = text
    for form in _JAPANESE_FORMS:
        if bare.startswith(form):
            bare = bare[len(form) :]
        elif bare.endswith(form):
            bare = bare[: -len(form)]
    bare = _ENGLISH_FORMS.sub("", bare.strip())
    return bare.strip() or text


def salesforce_short(identifier: str) -> str:
    """The 15-letter form of an 18-letter Salesforce id, whose last three letters only check the case."""
    if len(identifier) != 18 or not identifier.isalnum() or not identifier.isascii():
        return identifier
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
    check = ""
    for start in (0, 5, 10):
        capitals = [letter.isupper() for letter in identifier[start : start + 5]]
        check += letters[sum(1 << place for place, capital in enumerate(capitals) if capital)]
    return identifier[:15] if check == identifier[15:].upper() else identifier
