"""Spellings of one name fold to one form, and different names stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.sources.files.folding import domain_of, fold, fold_header, salesforce_short


@pytest.mark.parametrize(
    ("table", "spellings"),
    [
        (
            "account",
            [
                "株式会社アクメ",
                "アクメ株式会社",
                "(株)アクメ",
                "（株）アクメ",
                "㈱アクメ",
                "株式会社 ｱｸﾒ",
                "アクメ",
            ],
        ),
        ("account", ["Acme Inc.", "ACME, Inc", "acme inc", "Acme Co., Ltd.", "Acme Corporation", "Acme"]),
        ("account", ["有限会社山田商店", "㈲山田商店", "山田商店"]),
        ("product", ["GTX Pro", "GTXPro", "gtx pro", "ＧＴＸ　Ｐｒｏ"]),
        ("person", ["佐藤 太郎", "佐藤　太郎", "佐藤太郎", "佐藤太郎さん"]),
        ("team", ["営業 一課", "営業一課"]),
    ],
)
def test_spellings_of_one_name_fold_alike(table: str, spellings: list[str]) -> None:
    assert len({fold(each, table) for each in spellings}) == 1


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("account", ["Visa", "Costco", "AG", "Inc", "株式会社", "サーバ", "サーバー"]),
        ("product", ["GTX Pro", "GTX Plus Pro", "GTX-Pro", "株式会社パック"]),
        ("person", ["佐藤 太郎", "佐藤 次郎"]),
    ],
)
def test_different_names_stay_apart(table: str, names: list[str]) -> None:
    assert len({fold(each, table) for each in names}) == len(names)


def test_a_legal_form_alone_stays_a_name() -> None:
    assert fold("株式会社", "account") == "株式会社"


@pytest.mark.parametrize(
    "written",
    [
        "acme.co.jp",
        "https://www.acme.co.jp/about?x=1",
        "http://ACME.co.jp:8080",
        "info@acme.co.jp",
        "www.acme.co.jp/",
    ],
)
def test_a_domain_is_what_is_left_of_an_address(written: str) -> None:
    assert domain_of(written) == "acme.co.jp"


@pytest.mark.parametrize(
    "header", ["Account ID", "account_id", "AccountId", "ACCOUNTID", "Account.Id", " account-id "]
)
def test_headers_differ_only_in_letters(header: str) -> None:
    assert fold_header(header) == "accountid"


def test_both_lengths_of_a_salesforce_id_are_one_id() -> None:
    assert salesforce_short("006q000000HddohAAB") == "006q000000Hddoh"
    assert salesforce_short("006q000000Hddoh") == "006q000000Hddoh"
    assert salesforce_short("006q000000HddohAAC") == "006q000000HddohAAC", "its check letters are wrong"


@given(st.text(max_size=30), st.sampled_from(["account", "person", "product"]))
def test_a_folded_name_has_no_spaces_and_ignores_case(name: str, table: str) -> None:
    folded = fold(name, table)
    assert not any(letter.isspace() for letter in folded)
    assert bool(folded) or not name.strip() or not folded
