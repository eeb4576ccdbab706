"""In which unit a company's money is best read: its largest totals with three or four digits."""

from __future__ import annotations

from datetime import date

from hakari.planning.desk import Desk
from hakari.planning.scorecard import Scope
from hakari.units.display import MoneyUnit
from hakari.units.period import Period

_TOTALS = ("win_amount", "order_amount")


def largest_amount(desk: Desk, today: date) -> float:
    """All that was ever won or ordered, whichever is more; 0 when neither is known."""
    scope = Scope(Period.all(), today)
    known = [name for name in _TOTALS if name in desk.catalogue.measures]
    figures = desk.ask(scope, known, scope.period) if known else []
    return max((one.value or 0.0 for one in figures), default=0.0)


def unit_for(largest: float) -> MoneyUnit:
    """A year of some hundred deals should read as 2,802, not as 0.03 or 2,802,496."""
    if largest >= 1e8:
        return "million"
    return "thousand" if largest >= 1e6 else "yen"
