"""What a company answers about its sales force: capacity, pay plans and territories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hakari.planning.asking import Asked
from hakari.planning.capacity_asked import CAPACITY, PAY, read_capacity, read_pay
from hakari.planning.capacity_plan import CapacityView, capacity_view
from hakari.planning.company_side import CompanySide
from hakari.planning.compose import days_with_records
from hakari.planning.desk import Desk
from hakari.planning.scorecard import Scope
from hakari.planning.territory_asked import TERRITORY, read_territory
from hakari.planning.territory_plan import TerritoryView, territory_view
from hakari.units.fiscal import add_months
from hakari.words import Language, say

OWN = frozenset({*CAPACITY, *PAY, *TERRITORY})
STALE_MONTHS = 6


class CapacityAnswers(CompanySide):
    """The side of a company that plans its people."""

    def capacity_plan(self, params: Mapping[str, str], lang: Language) -> CapacityView:
        """Capacity against target by month, hiring, attainment, and a pay plan played with the deals."""
        capacity, pay = read_capacity(params), read_pay(params)
        asked = self._of_scope(params, lang)
        with self._lock:
            desk = self.desk_of(asked)
            scope, told = _planned_from(desk, asked)
            view = capacity_view(desk, scope, capacity, pay, self.freshness())
        return replace(view, notices=(*told, *view.notices))

    def territory_plan(self, params: Mapping[str, str], lang: Language) -> TerritoryView:
        """A proposal of who should have which account; nothing is changed."""
        wanted = read_territory(params)
        asked = self._of_scope(params, lang)
        with self._lock:
            desk = self.desk_of(asked)
            scope, told = _planned_from(desk, asked)
            view = territory_view(desk, scope, wanted, self.freshness())
        return replace(view, notices=(*told, *view.notices))

    def _of_scope(self, params: Mapping[str, str], lang: Language) -> Asked:
        """What the page itself asks for is no dimension of the figures."""
        return self.asked({name: value for name, value in params.items() if name not in OWN}, lang)


def _planned_from(desk: Desk, asked: Asked) -> tuple[Scope, tuple[str, ...]]:
    """The scope these plans know, and what of the question was put aside.

    People and their accounts are not cut by where leads came from. Records that ended long ago are planned
    on from their own last day: from today there would be nothing to go by.
    """
    scope, told = replace(asked.scope, filters={}), []
    if asked.scope.filters:
        told.append(say("capacity_no_filters", scope.lang, names=", ".join(sorted(asked.scope.filters))))
    last = max(days_with_records(desk, scope.today), default=scope.today)
    if last < add_months(scope.today, -STALE_MONTHS):
        told.append(say("capacity_records_until", scope.lang, day=last.isoformat()))
        scope = replace(scope, today=last)
    return scope, tuple(told)
