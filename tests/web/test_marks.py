"""The drawings state what they find, by shape as well as by colour, and escape what they are given."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.maths.intervals import Interval, no_data
from hakari.planning.scorecard import PacePoint, TrendPoint
from hakari.web.marks import (
    Flag,
    Part,
    Sureness,
    Svg,
    axis_head,
    composition_bar,
    interval_row,
    pacing_chart,
    sparkline,
    trend_chart,
    verdict_dot,
)
from hakari.web.marks.comb import PLOT, ROOM, Reach, comb_bar, part_strip, rate_span
from hakari.web.marks.scale import round_step

FIGURES = st.floats(-1e6, 1e12, allow_nan=False)
MAYBE = st.none() | FIGURES
MONDAY = date(2026, 10, 5)


def _tree(drawing: Svg) -> ET.Element:
    return ET.fromstring(drawing)  # noqa: S314 - our own text, parsed to see that it is well formed


def _of_class(drawing: Svg, name: str) -> list[ET.Element]:
    return [each for each in _tree(drawing).iter() if name in each.get("class", "").split()]


def _weeks(*values: float | None, partial: bool = False) -> list[TrendPoint]:
    last = len(values) - 1
    return [
        TrendPoint(f"w{i}", MONDAY + timedelta(weeks=i), value, 20, partial and i == last)
        for i, value in enumerate(values)
    ]


def _pace(actual: list[float | None], plan: list[float | None]) -> list[PacePoint]:
    return [
        PacePoint(MONDAY + timedelta(days=i), a, p) for i, (a, p) in enumerate(zip(actual, plan, strict=True))
    ]


def _write(amount: float) -> str:
    return f"{amount:.0f}"


@given(MAYBE, MAYBE, MAYBE, MAYBE, MAYBE)
def test_any_figures_give_a_drawing_within_its_frame(
    value: float | None, low: float | None, high: float | None, target: float | None, previous: float | None
) -> None:
    drawing = interval_row(
        value, Interval(low, high, 0.95, "any"), target, previous, "plain", "noise", "finding"
    )
    for name in ("cx", "x", "x1", "x2"):
        for each in _tree(drawing).iter():
            assert -5 <= float(each.get(name, "0")) <= 245


def test_the_target_stands_in_the_middle_of_the_axis() -> None:
    drawing = interval_row(18, Interval(17, 19, 0.95, "x"), 18, None, "plain", "noise", "finding")
    (line,) = _of_class(drawing, "target")
    (dot,) = _of_class(drawing, "dot")
    assert line.get("x1") == dot.get("cx") == "120"


def test_a_figure_beyond_the_axis_is_a_chevron_not_a_dot() -> None:
    drawing = interval_row(0, Interval(0, 8, 0.95, "x"), 30, None, "bad", "sure", "finding")
    assert _of_class(drawing, "dot") == []
    assert len(_of_class(drawing, "beyond")) == 1


def test_without_a_target_the_axis_is_empty_and_the_finding_still_said() -> None:
    drawing = interval_row(12, Interval(10, 14, 0.95, "x"), None, None, "plain", "noise", "受注率 12%")
    assert list(_tree(drawing)) == []
    assert _tree(drawing).get("aria-label") == "受注率 12%"


def test_no_interval_draws_no_bar() -> None:
    assert _of_class(interval_row(12, no_data(0.95), 12, None, "plain", "hold", "f"), "range") == []


@pytest.mark.parametrize("sureness", ["sure", "noise", "hold"])
def test_shape_repeats_what_colour_says(sureness: Sureness) -> None:
    (dot,) = _of_class(verdict_dot("bad", sureness), "dot")
    assert sureness in dot.get("class", "")


def test_the_running_week_is_dashed_and_hollow() -> None:
    drawing = sparkline(_weeks(3, 4, 5, partial=True))
    assert len(_of_class(drawing, "running")) == 1
    assert len(_of_class(drawing, "noise")) == 1
    assert _of_class(sparkline(_weeks(3, 4, 5)), "running") == []


def test_a_week_without_a_figure_is_a_gap_not_a_zero() -> None:
    drawing = sparkline(_weeks(3, 4, None, 4, 3))
    assert len(_of_class(drawing, "trend")) == 2
    assert _of_class(sparkline(_weeks(None, None)), "trend") == []


def test_sparklines_are_decoration() -> None:
    assert _tree(sparkline(_weeks(1, 2))).get("aria-hidden") == "true"
    assert _tree(axis_head("目標")).get("aria-hidden") == "true"


@given(st.lists(MAYBE, min_size=1, max_size=70), st.booleans())
def test_any_course_can_be_paced(amounts: list[float | None], planned: bool) -> None:
    plan = [float(i) if planned else None for i in range(len(amounts))]
    drawing = pacing_chart(_pace(amounts, plan), _write, str, ("plan", "actual", "today"), "finding")
    assert "nan" not in drawing
    assert _tree(drawing).get("aria-label") == "finding"


def test_a_period_that_is_over_has_no_line_for_today() -> None:
    running = pacing_chart(_pace([1, 2, None], [1, 2, 3]), _write, str, ("p", "a", "t"), "f")
    over = pacing_chart(_pace([1, 2, 3], [1, 2, 3]), _write, str, ("p", "a", "t"), "f")
    assert len(_of_class(running, "today")) == 1
    assert _of_class(over, "today") == []


@given(st.lists(st.floats(0, 1e12), min_size=1, max_size=5), st.none() | st.floats(0, 1e12))
def test_the_parts_lie_end_to_end(amounts: list[float], plan: float | None) -> None:
    parts = [Part(key, amount, "x") for key, amount in zip("wabcn", amounts, strict=False)]
    drawn = _of_class(composition_bar(parts, plan, "plan", "finding"), "part")
    ends = [(float(each.get("x", 0)), float(each.get("width", 0))) for each in drawn]
    for (start, width), (following, _) in itertools.pairwise(ends):
        assert abs(start + width - following) < 1
    assert all(start + width <= 400.2 for start, width in ends)


@given(st.lists(MAYBE, min_size=1, max_size=30), MAYBE)
def test_any_weeks_make_a_trend(values: list[float | None], target: float | None) -> None:
    drawing = trend_chart(_weeks(*values), target, "plain", _write, "target", "finding")
    assert "nan" not in drawing
    assert _tree(drawing).get("role") == "img"


@given(st.floats(1e-6, 1e12))
def test_steps_of_an_axis_are_round(top: float) -> None:
    step = round_step(top, 4)
    assert re.fullmatch(
        r"(1|2|2\.5|5)0*(e[+-]\d+)?", f"{step:.6e}".replace(".000000", "").replace("00000e", "e")
    )
    assert step * 4 >= top * 0.99


def test_words_in_a_drawing_are_escaped() -> None:
    drawing = composition_bar([Part("won", 1, "<b>&")], 1, '"plan"<', 'a "finding" <script>')
    assert "<script>" not in drawing
    assert _tree(drawing).get("aria-label") == 'a "finding" <script>'


def test_no_drawing_carries_a_colour_or_a_style() -> None:
    drawings = [
        interval_row(12, Interval(10, 14, 0.95, "x"), 12, 11, "good", "sure", "f"),
        sparkline(_weeks(1, 2, 3, partial=True), 2, "bad"),
        trend_chart(_weeks(1, 2, 3, partial=True), 2, "bad", _write, "t", "f"),
        pacing_chart(_pace([1, 2, None], [1, 2, 3]), _write, str, ("p", "a", "t"), "f"),
        composition_bar([Part("won", 1, "1"), Part("A", 2, "2")], 4, "plan", "f"),
    ]
    for drawing in drawings:
        assert [
            each for each in _tree(drawing).iter() if {"style", "fill", "stroke"} & set(each.keys())
        ] == []


def test_flags_are_lines_with_numbers_and_those_of_one_day_share_a_line() -> None:
    weeks = _weeks(3, 4, 5)
    first = weeks[0].starts
    flags = [Flag(first, 1, "shift"), Flag(first, 2, "initiative"), Flag(weeks[1].starts, 3, "definition")]
    drawing = trend_chart(weeks, None, "plain", _write, "t", "f", flags=flags)
    assert str(drawing).count('class="flag') == 2
    assert "1·2" in str(drawing)


def test_bars_of_a_comb_share_one_zero_and_one_scale() -> None:
    reach = Reach.of([12.0, -24.0, 6.0])
    bars = [
        comb_bar(value, reach, "good" if value > 0 else "bad", "sure", f"{value:g}", "finding")
        for value in (12.0, -24.0, 6.0)
    ]
    drawn = [_of_class(bar, "part-bar")[0] for bar in bars]
    heights = [float(one.get("height", "")) for one in drawn]
    assert heights == pytest.approx([PLOT / 3, PLOT * 2 / 3, PLOT / 6], abs=0.1)
    zeros = {_of_class(bar, "apart")[0].get("y1") for bar in bars}
    assert len(zeros) == 1
    assert float(drawn[1].get("y", "")) == pytest.approx(ROOM + PLOT / 3, abs=0.1), (
        "what cost hangs from zero"
    )


def test_a_tooth_without_a_part_has_no_bar_and_says_its_finding() -> None:
    bar = comb_bar(None, Reach.of([]), "plain", "pale", "", "no target")
    assert not _of_class(bar, "part-bar")
    assert _tree(bar).get("aria-label") == "no target"


@given(st.lists(st.tuples(FIGURES, FIGURES), min_size=1, max_size=5))
def test_strips_stay_on_their_drawing(pairs: list[tuple[float, float]]) -> None:
    reach = Reach.of([value for pair in pairs for value in pair])
    for pair in pairs:
        strip = part_strip([(value, "bad", "pale") for value in pair], reach)
        width = float(_tree(strip).get("width", ""))
        for one in _of_class(strip, "part-bar"):
            left, wide = float(one.get("x", "")), float(one.get("width", ""))
            assert left >= -2
            assert left + wide <= width + 2


def test_a_rate_beside_what_it_was() -> None:
    span = rate_span(0.2, 0.1, 0.3, 0.25, 0.5, "bad")
    before, dot = _of_class(span, "previous")[0], _of_class(span, "dot")[0]
    assert float(before.get("x1", "")) > float(dot.get("cx", ""))
    assert not _of_class(rate_span(None, None, None, None, 0.0, "plain"), "dot")
