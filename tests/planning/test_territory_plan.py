"""Twelve equal accounts between three reps: four each, as few hands changed as that takes, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from hakari.bootstrap import Company
from hakari.errors import ParameterNotUnderstoodError
from hakari.maths.territory import Obstacle
from hakari.planning.capacity_words import hindrance_text, territory_headline
from hakari.planning.territory_plan import TerritoryView
from tests.planning.selling import ACCOUNTS, MILLION, PEOPLE, ROWS, selling_company


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    with selling_company(tmp_path_factory.mktemp("selling")) as made:
        yield made


def view(company: Company, **asked: str) -> TerritoryView:
    return company.territory_plan(asked, "en")


def test_twelve_equal_accounts_are_four_each_and_seven_stay(company: Company) -> None:
    found = view(company)
    assert [(one.name, one.before.accounts, one.after.accounts) for one in found.reps] == [
        ("青木 空", 8, 4),
        ("馬場 凪", 3, 4),
        ("千葉 紬", 0, 4),
    ]
    assert (found.kept, len(found.moves), found.balanced) == (7, 5, True)
    assert found.equal_share == 40 * MILLION
    assert (found.widest_before, found.widest_after) == (1.0, 0.0)
    assert territory_headline(found).startswith("Moving 5 accounts")


def test_every_move_says_why(company: Company) -> None:
    found = view(company)
    assert Counter(one.reason for one in found.moves) == {"balance": 4, "owner_left": 1}
    left = next(one for one in found.moves if one.reason == "owner_left")
    assert (left.account.name, left.before) == ("顧客11", "土井 岳")


def test_an_industry_that_needs_experience_goes_to_who_has_won_in_it(company: Company) -> None:
    """All three have won with an account of it, so all three may have more of them."""
    found = view(company, require="製造")
    assert found.balanced
    assert found.hindrances == ()


def test_what_people_decided_about_single_accounts_holds(company: Company) -> None:
    free = {one.account.name: one.after for one in view(company).moves}
    pinned = next(name for name in free if name != "顧客11")
    assert pinned not in {one.account.name for one in view(company, pin=pinned).moves}
    other = view(company, forbid=f"{pinned}:{free[pinned]}")
    assert all(one.after != free[pinned] for one in other.moves if one.account.name == pinned)
    assert other.balanced
    away = view(company, forbid="顧客00:青木 空")
    assert next(one for one in away.moves if one.account.name == "顧客00").reason == "forbidden"
    for asked in ({"pin": "顧客98"}, {"pin": "顧客11"}, {"forbid": "顧客01"}, {"forbid": "顧客01:山田"}):
        with pytest.raises(ParameterNotUnderstoodError):
            view(company, **asked)


def test_an_account_nobody_has_experience_for_is_named_and_stays(tmp_path: Path) -> None:
    accounts = [{**one, "industry": "製薬"} if one["id"] == "k5" else one for one in ACCOUNTS]
    with selling_company(tmp_path, {**ROWS, "account": accounts}) as other:
        found = view(other, require="製薬")
        assert [(one.kind, one.accounts) for one in found.hindrances] == [(Obstacle.NOBODY_MAY, ("顧客05",))]
        assert "顧客05" in hindrance_text(found.hindrances[0], "en")
        assert all(one.account.name != "顧客05" for one in found.moves)


def test_an_account_larger_than_a_share_is_named_with_its_size(tmp_path: Path) -> None:
    accounts = [{**one, "potential": 200 * MILLION} if one["id"] == "k0" else one for one in ACCOUNTS]
    with selling_company(tmp_path, {**ROWS, "account": accounts}) as other:
        found = view(other)
        assert not found.balanced
        large = next(one for one in found.hindrances if one.kind is Obstacle.TOO_LARGE)
        assert large.accounts == ("顧客00",)
        assert large.share == pytest.approx(200 / (310 / 3))
        assert territory_headline(found).startswith("No split is within ±5.0%")


def test_without_any_column_of_size_won_and_open_deals_stand_in(tmp_path: Path) -> None:
    accounts = [{name: value for name, value in one.items() if name != "potential"} for one in ACCOUNTS]
    with selling_company(tmp_path, {**ROWS, "account": accounts}) as other:
        found = view(other)
        assert found.potential.key == "deals"
        assert found.estimated == 9


def test_accounts_of_people_who_do_not_sell_are_left_out_and_counted(tmp_path: Path) -> None:
    accounts = [*ACCOUNTS, {"id": "x", "name": "顧客99", "owner": "m", "potential": MILLION}]
    with selling_company(tmp_path, {**ROWS, "account": accounts}) as other:
        assert view(other).left_out == 1


def test_accounts_without_owner_come_in_when_asked_for(tmp_path: Path) -> None:
    accounts = [
        *ACCOUNTS,
        *({"id": f"y{n}", "name": f"空き{n}", "potential": 10 * MILLION} for n in range(3)),
    ]
    with selling_company(tmp_path, {**ROWS, "account": accounts}) as other:
        assert view(other).accounts == 12
        found = view(other, unowned="yes")
        assert found.accounts == 15
        assert sum(one.reason == "no_owner" for one in found.moves) == 3


def test_what_cannot_be_is_refused_with_the_way_out(company: Company) -> None:
    for asked in ({"potential": "luck"}, {"within": "0"}, {"unowned": "perhaps"}, {"keep": "much"}):
        with pytest.raises(ParameterNotUnderstoodError) as refused:
            view(company, **asked)
        assert refused.value.way_out


def test_where_no_account_has_an_owner_its_latest_deal_tells_who_has_it(tmp_path: Path) -> None:
    accounts = [{name: value for name, value in one.items() if name != "owner"} for one in ACCOUNTS]
    with selling_company(tmp_path, {**ROWS, "account": accounts}) as other:
        found = view(other, unowned="yes")
        assert any("latest deal" in notice for notice in found.notices)
        assert {one.name: one.before.accounts for one in found.reps} == {
            "千葉 紬": 1,
            "馬場 凪": 1,
            "青木 空": 0,
        }


def test_somebody_without_a_deal_or_a_day_of_joining_is_not_known_to_sell(tmp_path: Path) -> None:
    people: list[dict[str, object]] = [*PEOPLE, {"id": "z", "name": "名前 だけ", "team": "t", "role": "fs"}]
    with selling_company(tmp_path, {**ROWS, "person": people}) as other:
        assert len(view(other).reps) == 3
