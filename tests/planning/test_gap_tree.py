"""On the demo company: the parts of the tree and of its segments add up, whatever is compared with what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from hakari.bootstrap import Company
from hakari.errors import ParameterNotUnderstoodError, UnknownDimensionError
from hakari.planning.desk import Desk
from hakari.planning.gap_remedies import calls_by_hour
from hakari.planning.gap_split import gap_split
from hakari.planning.gap_tree import gap_tree
from hakari.planning.gap_view import GapTree, NoTree
from hakari.planning.scorecard import Scope
from hakari.planning.targets import Target, TargetBook, read_targets
from tests.demo_company import demo_company

TEAM = "第1営業部"
GOAL = "win_amount"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    made = demo_company(tmp_path_factory.mktemp("gap"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def desk(company: Company) -> Desk:
    return company.desk(None)


@pytest.fixture(scope="module")
def targets(desk: Desk) -> tuple[Target, ...]:
    return read_targets(desk.store, desk.schema, desk.catalogue).all()


def scope_of(company: Company, vs: str = "plan", **params: str) -> Scope:
    return replace(company.asked({"team": TEAM, **params}, "en").scope, vs=vs)


def tree_of(desk: Desk, scope: Scope, targets: tuple[Target, ...], goal: str = GOAL) -> GapTree:
    found = gap_tree(desk, TargetBook(targets), scope, goal)
    assert isinstance(found, GapTree)
    return found


def parts_of(tree: GapTree) -> float:
    own = sum(one.part.value for one in tree.factors if one.part is not None)
    return own + (tree.rest.value if tree.rest is not None else 0.0)


@pytest.mark.parametrize("vs", ["plan", "prev", "yoy"])
@pytest.mark.parametrize("team", [TEAM, "第2営業部", "第3営業部", "all"])
def test_parts_add_up_to_the_gap_to_the_yen(
    company: Company, desk: Desk, targets: tuple[Target, ...], vs: str, team: str
) -> None:
    tree = tree_of(desk, scope_of(company, vs, team=team), targets)
    assert parts_of(tree) == pytest.approx(tree.gap, abs=0.01)
    assert [one.key for one in tree.factors] == [
        "amount", "won", "qualified", "deals", "meetings", "connects", "calls",
    ]  # fmt: skip


def test_the_factors_multiplied_are_the_goal_and_its_plan(
    company: Company, desk: Desk, targets: tuple[Target, ...]
) -> None:
    tree = tree_of(desk, scope_of(company), targets)
    actual = base = 1.0
    for one in tree.factors:
        assert one.base is not None
        actual, base = actual * one.value, base * one.base
    card = company.scorecard({"team": TEAM}, "en")
    assert card.kgi is not None
    assert actual == pytest.approx(card.kgi.value)
    assert base == pytest.approx(card.kgi.plan_to_date), "the same plan to date as the goal's band"


def test_one_factor_without_a_target_takes_what_the_plan_leaves_and_is_never_the_bottleneck(
    company: Company, desk: Desk, targets: tuple[Target, ...]
) -> None:
    tree = tree_of(desk, scope_of(company), targets)
    sources = {one.key: one.source for one in tree.factors}
    assert sources["deals"] == "derived"
    assert {source for key, source in sources.items() if key != "deals"} == {"target"}
    assert tree.rest is None
    assert tree.bottleneck == "meetings"


def test_several_without_a_target_have_one_part_together(
    company: Company, desk: Desk, targets: tuple[Target, ...]
) -> None:
    kept = tuple(one for one in targets if one.measure not in ("won_unit_price", "sdr_connects.rate"))
    tree = tree_of(desk, scope_of(company), kept)
    without = [one.key for one in tree.factors if one.part is None]
    assert without == ["amount", "deals", "connects"]
    assert len(tree.rest_names) == 3
    assert parts_of(tree) == pytest.approx(tree.gap, abs=0.01)


def test_a_rate_without_a_target_takes_the_one_of_its_counts(
    company: Company, desk: Desk, targets: tuple[Target, ...]
) -> None:
    kept = tuple(one for one in targets if one.measure != "sdr_meetings.rate")
    tree = tree_of(desk, scope_of(company), kept)
    meetings, connects = tree.factor("meetings"), tree.factor("connects")
    assert meetings is not None
    assert connects is not None
    assert meetings.source == "counts"
    assert meetings.base == pytest.approx((meetings.count_base or 0) / (connects.count_base or 1))


def test_targets_that_multiplied_are_not_the_plan_leave_a_rest(
    company: Company, desk: Desk, targets: tuple[Target, ...]
) -> None:
    """A goal of meetings beside targets of calls and rates: all three factors have a target of their own."""
    tree = tree_of(desk, scope_of(company), targets, "sdr_meetings.count")
    assert [one.key for one in tree.factors] == ["meetings", "connects", "calls"]
    assert tree.rest is not None
    assert tree.rest_names == ()
    assert parts_of(tree) == pytest.approx(tree.gap, abs=1e-6)


def test_without_a_plan_there_is_no_tree_and_a_way_out(company: Company, desk: Desk) -> None:
    assert gap_tree(desk, TargetBook(()), scope_of(company), GOAL) == NoTree("gap_no_plan", "prev")
    narrowed = scope_of(company, source="展示会")
    assert gap_tree(desk, TargetBook(()), narrowed, GOAL) == NoTree("gap_filters_no_plan", "prev")
    assert gap_tree(desk, TargetBook(()), scope_of(company, "none"), GOAL) == NoTree(
        "gap_nothing_compared", "prev"
    )
    assert gap_tree(desk, TargetBook(()), scope_of(company), "ret_new_issues") == NoTree("gap_no_chain")


def test_the_same_question_draws_the_same_chance(
    company: Company, desk: Desk, targets: tuple[Target, ...]
) -> None:
    assert tree_of(desk, scope_of(company), targets) == tree_of(desk, scope_of(company), targets)


@pytest.mark.parametrize("by", ["source", "industry", "owner"])
@pytest.mark.parametrize("factor", ["amount", "won", "qualified", "meetings", "connects", "calls"])
def test_segments_add_up_to_their_factor(
    company: Company, desk: Desk, targets: tuple[Target, ...], factor: str, by: str
) -> None:
    scope = scope_of(company, "prev")
    tree = tree_of(desk, scope, targets)
    split = gap_split(desk, scope, tree, (factor, by))
    own = tree.factor(factor)
    assert split is not None
    assert own is not None
    assert own.part is not None
    assert split.total == pytest.approx(own.part.value, abs=0.01)
    assert sum(row.total for row in split.rows) == pytest.approx(split.total, abs=0.01)
    if by == "owner":
        assert [row.name for row in split.rows] == sorted(row.name for row in split.rows), "nobody is ranked"


def test_under_a_plan_segments_are_set_against_the_quarter_before(
    company: Company, desk: Desk, targets: tuple[Target, ...]
) -> None:
    tree = tree_of(desk, scope_of(company), targets)
    split = gap_split(desk, scope_of(company), tree, ("meetings", "source"))
    past = tree_of(desk, scope_of(company, "prev"), targets).factor("meetings")
    assert split is not None
    assert past is not None
    assert past.part is not None
    assert split.vs == "prev"
    assert split.total == pytest.approx(past.part.value, abs=0.01)


def test_what_is_no_factor_and_no_dimension_is_refused(
    company: Company, desk: Desk, targets: tuple[Target, ...]
) -> None:
    tree = tree_of(desk, scope_of(company), targets)
    with pytest.raises(ParameterNotUnderstoodError, match="no factor"):
        gap_split(desk, scope_of(company), tree, ("leads", ""))
    with pytest.raises(UnknownDimensionError, match="cannot be split"):
        gap_split(desk, scope_of(company), tree, ("meetings", "stage"))


def test_calls_by_the_hour_are_all_calls(company: Company, desk: Desk) -> None:
    scope = scope_of(company)
    period = desk.so_far(scope)
    hours = calls_by_hour(desk, scope, period)
    calls, connects = desk.one(scope, "outbound_dials", period), desk.one(scope, "sdr_connects.count", period)
    assert calls is not None
    assert connects is not None
    assert sum(n for _, n in hours.values()) == calls.value
    assert sum(k for k, _ in hours.values()) == connects.value
    assert set(hours) <= set(range(9, 18)), "by the company's clock"


def test_the_remedies_of_a_step_are_the_articles(company: Company) -> None:
    for factor, keys in {
        "connects": ["hour", "list", "reception"],
        "meetings": ["approach", "list", "script"],
        "qualified": ["target", "hearing"],
        "won": [],
    }.items():
        gap = company.gap({"team": TEAM, "factor": factor}, "en")
        assert [one.key for one in gap.remedies] == keys
        for one in gap.remedies:
            assert (one.evidence is None) == bool(one.words)
