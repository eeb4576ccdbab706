"""The scorecard that is timed: 24 figures of the catalogue, by rep and month, over six quarters."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.store import CALENDAR, TODAY
from hakari.metrics.engine import Engine
from hakari.metrics.fact import paths_of
from hakari.metrics.filling import FillBook
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.storage.projection import Projection
from hakari.units.fiscal import add_months
from hakari.units.period import Grain, Period

# `qualified_to_won_days` stands where the median of the first call's wait stood: that is now estimated with
# those in it who still wait, and no longer an aggregate that SQL by hand or a peer would take.
MEASURES = (
    "outbound_dials",
    "sdr_connects.count",
    "sdr_connects.rate",
    "talk_seconds",
    "gatekeeper_pass_rate",
    "vis_visits",
    "tel_calls",
    "sdr_followups",
    "tel_issues_found.count",
    "tel_issues_found.rate",
    "call_appointments.rate",
    "monthly_appointments",
    "sdr_meetings.count",
    "sdr_meetings.rate",
    "leads_acquired",
    "speed_to_lead_5min.rate",
    "qualified_to_won_days",
    "win_amount",
    "closing_ratio",
    "won_unit_price",
    "win_cycle_days",
    "order_amount",
    "mail_open_click.open_rate",
    "mail_open_click.click_rate",
)
# What was timed first, with more distinct counts among them; timed on, so that the change hides nothing.
FIRST_MEASURES = (
    "outbound_dials",
    "sdr_connects.count",
    "sdr_connects.rate",
    "talk_seconds",
    "gatekeeper_pass_rate",
    "vis_visits",
    "tel_issues_found.count",
    "tel_issues_found.rate",
    "win_decision_maker_rate",
    "call_appointments.rate",
    "monthly_appointments",
    "sdr_meetings.count",
    "sdr_meetings.rate",
    "leads_acquired",
    "speed_to_lead_5min.rate",
    "qualified_to_won_days",
    "is_meetings_on_leads.rate",
    "deals_created",
    "win_amount",
    "closing_ratio",
    "won_unit_price",
    "win_cycle_days",
    "order_amount",
    "mail_open_click.open_rate",
)
_COUNTED = ("count", "distinct", "sum", "mean", "rate", "ratio", "conversion", "quantile")
_LAST = CALENDAR.period_of(TODAY, Grain.QUARTER)
PERIOD = Period(add_months(_LAST.start, -15), _LAST.end)

Cell = tuple[str, str | None, str]  # measure, rep, month
Cells = dict[Cell, float | None]


class ByEngine:
    """The same question put to the engine."""

    def __init__(self, projection: Projection) -> None:
        self._engine = Engine(projection, built_in(), CALENDAR)

    def at_once(self) -> list[MetricResult]:
        """All measures in one query."""
        return self._engine.measure(query_for(MEASURES))

    def one_by_one(self) -> list[MetricResult]:
        """A query for each measure."""
        return [result for one in MEASURES for result in self._engine.measure(query_for((one,)))]


def catalogue_of(projection: Projection) -> tuple[str, ...]:
    """Every figure of the catalogue that is counted within a month, has a rep, and has any records here.

    What stands at a moment (open deals), rolls along months or is arithmetic over other figures is left out:
    no peer says it in one query.
    """
    catalogue, fill = built_in(), FillBook()
    owner = catalogue.dimensions["owner"]
    return tuple(
        one.id
        for one in catalogue.measures.values()
        if one.kind in _COUNTED
        and one.window_months is None
        and one.against is None
        and all(paths_of(owner, part.population.table) for part in one.parts())
        and not fill.lacking(projection, "main", one)
    )


def query_for(measures: Sequence[str]) -> Query:
    """By rep and month, no intervals, every exit so far."""
    return Query(tuple(measures), PERIOD, TODAY, by=("owner", "month"), intervals=False, lag=False)


def cells_of(results: list[MetricResult]) -> Cells:
    cells = {
        (result.measure, result.slice["owner"], str(result.slice["month"])): result.value
        for result in results
    }
    assert len(cells) == len(results), "two reps of one name would hide each other"
    return cells
