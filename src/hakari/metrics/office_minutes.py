"""Counts office minutes for many moments at once: nights, weekends, holidays and closures cost nothing.

The same answer as `units.clock.BusinessClock`, which takes one pair at a time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from hakari.units.calendar import FiscalCalendar

Micros = NDArray[np.int64]
_MINUTE, _HOUR, _DAY = 60_000_000, 3_600_000_000, 86_400_000_000
_EPOCH = date(1970, 1, 1)


def office_position(moments: Micros, calendar: FiscalCalendar) -> NDArray[np.float64]:
    """Office minutes from a fixed beginning to each moment (UTC microseconds); waits are differences."""
    if not moments.size:
        return np.zeros(0)
    local = moments + _offsets(moments, calendar.zone)
    days, within = np.divmod(local, _DAY)
    first, last = int(days.min()), int(days.max())
    works = np.array(
        [calendar.is_business_day(_EPOCH + timedelta(days=day)) for day in range(first, last + 1)],
        dtype=np.float64,
    )
    opens = calendar.opens.hour * 60 + calendar.opens.minute + calendar.opens.second / 60
    closes = calendar.closes.hour * 60 + calendar.closes.minute + calendar.closes.second / 60
    before = np.concatenate([[0.0], np.cumsum(works)]) * (closes - opens)
    today = np.clip(within / _MINUTE - opens, 0.0, closes - opens)
    place = days - first
    found: NDArray[np.float64] = before[place] + works[place] * today
    return found


def _offsets(moments: Micros, zone: str) -> Micros:
    """From UTC to the zone's wall clock; zones change on whole hours of UTC or never within one."""
    hours, place = np.unique(moments // _HOUR, return_inverse=True)
    where = ZoneInfo(zone)
    found = [datetime.fromtimestamp(int(hour) * 3600, UTC).astimezone(where).utcoffset() for hour in hours]
    micros = np.array(
        [0 if one is None else int(one / timedelta(microseconds=1)) for one in found], dtype=np.int64
    )
    shifted: Micros = micros[place]
    return shifted
