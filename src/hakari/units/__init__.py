"""Values that cannot be misread: periods, the fiscal calendar, business time and figures for people."""

from __future__ import annotations

from hakari.units.calendar import FiscalCalendar
from hakari.units.clock import BusinessClock
from hakari.units.labels import Language
from hakari.units.period import Grain, Period

__all__ = ["BusinessClock", "FiscalCalendar", "Grain", "Language", "Period"]
