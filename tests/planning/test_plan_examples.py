"""The articles' two examples are worked out, and the one that cannot be is refused with its arithmetic."""

from __future__ import annotations

from datetime import date

import pytest

from hakari.errors import ParameterNotUnderstoodError
from hakari.metrics.loader import built_in
from hakari.planning.plan_examples import EXAMPLES, example_named, worked
from hakari.planning.plan_wording import headline, note_lines, subline
from hakari.planning.reverse_plan import Origin, ReversePlan, Verdict
from hakari.planning.scorecard import Scope
from hakari.words import Language


def example(name: str, lang: Language = "ja") -> tuple[ReversePlan, Scope]:
    return worked(example_named(name), built_in(), lang)


def test_a_billion_with_two_months_delivery_must_be_ordered_by_the_end_of_january() -> None:
    found, scope = example("billion")
    assert found.goal.order_by == date(2027, 1, 31)
    assert "1/31" in subline(found, scope)
    assert found.verdict is Verdict.NEEDS
    # 1,000 million ÷ 20 million = 50 orders; a quarter is won: 200 deals, three months before.
    assert found.needed_orders == pytest.approx(50)
    assert [(one.key, round(one.total)) for one in found.stages] == [("deals", 200), ("orders", 50)]
    assert found.stages[0].last_useful == date(2026, 11, 1)


def test_what_the_article_leaves_blank_is_said_to_be_given() -> None:
    found, _ = example("billion")
    origins = {one.key: one.origin for one in found.assumptions}
    assert origins["price"] is origins["win_rate"] is origins["delivery"] is Origin.GIVEN


def test_fifty_customers_a_month_from_ten_meetings_a_week_need_a_win_rate_of_115_percent() -> None:
    found, scope = example("fifty")
    assert found.verdict is Verdict.UNKNOWN
    assert found.needed_win_rate == pytest.approx(1.15, abs=0.005)
    assert headline(found, scope) == "この計画では届かない。受注率が 115% 必要になる。"
    assert next(note_lines(found, scope)) == "受注 600件 ÷ その元になる 521件 = 115%"


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_can_be_read_in_english(name: str) -> None:
    found, scope = example(name, "en")
    assert headline(found, scope).isascii()


def test_an_example_nobody_wrote_is_refused() -> None:
    with pytest.raises(ParameterNotUnderstoodError, match="bilion"):
        example_named("bilion")
