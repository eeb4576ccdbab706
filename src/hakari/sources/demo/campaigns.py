"""The demo company's calendar of campaigns: which run when, for how much, and what they lean on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.columns import DAY, NONE, Column, Floats, Ints, choice, day_number, ints, listed
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.names import THEMES
from hakari.sources.demo.roster import Roster
from hakari.sources.demo.timeline import Timeline
from hakari.units import Grain, Period

_TACTIC = TABLES["campaign"].field("tactic")
_AIM = TABLES["campaign"].field("aim")
_KIND = TABLES["content_asset"].field("kind")
_NURTURING = ("email", "remarketing")
_EXHIBITION_EVERY = 122  # business days
_SEMINAR_ON = 9  # the tenth business day of its month
_MAIL_ON = 3
# tactic → (name, cost of one quarter in yen)
_QUARTERLY = {
    "search_ad": ("検索広告", 2_700_000.0),
    "remarketing": ("リターゲティング広告", 600_000.0),
    "whitepaper": ("ホワイトペーパー", 450_000.0),
    "leadgen_site": ("比較サイト掲載", 900_000.0),
    "call": ("ターゲットコール", 300_000.0),
    "letter": ("役員への手紙", 240_000.0),
}
_CONTENT = (("white_paper", 9), ("article", 30), ("video", 8), ("survey", 3))


@dataclass(frozen=True, slots=True)
class Campaign:
    name: str
    tactic: str
    theme: str
    starts: date
    ends: date
    cost: float


class Campaigns:
    """Those that have begun by today, in the order of their beginning; key 1 is the first."""

    def __init__(self, timeline: Timeline, roster: Roster) -> None:
        self.timeline, self.roster = timeline, roster
        planned = [*self._quarterly(), *self._monthly(), *self._exhibitions()]
        begun = [one for one in planned if one.starts <= timeline.today]
        self.all = sorted(begun, key=lambda one: (one.starts, one.tactic))

    @property
    def exhibition_days(self) -> list[int]:
        """Indexes of business days: every half year, counted back from the one that turns the story."""
        turn = self.timeline.turn
        return list(range(turn % _EXHIBITION_EVERY, turn + 1, _EXHIBITION_EVERY))

    def seminar_day(self, month: int) -> int:
        return self.timeline.index(self.timeline.months[month].start) + _SEMINAR_ON

    def mail_day(self, month: int) -> int:
        return self.timeline.index(self.timeline.months[month].start) + _MAIL_ON

    def at(self, tactic: str, days: Ints) -> Ints:
        """The key of the tactic's campaign that had begun last on each business day."""
        keys = [place + 1 for place, one in enumerate(self.all) if one.tactic == tactic]
        starts = ints([self.timeline.index(self.all[key - 1].starts) for key in keys])
        found = np.searchsorted(starts, days, side="right")
        return np.asarray([NONE, *keys], np.int64)[found]

    def of(self, tactic: str) -> list[tuple[int, Campaign]]:
        return [(place + 1, one) for place, one in enumerate(self.all) if one.tactic == tactic]

    def _quarterly(self) -> list[Campaign]:
        return [
            Campaign(
                f"{label} {self._label(quarter)}",
                tactic,
                THEMES[number % len(THEMES)],
                quarter.start,
                quarter.last_day,
                cost,
            )
            for tactic, (label, cost) in _QUARTERLY.items()
            for number, quarter in enumerate(self.timeline.quarters)
        ]

    def _label(self, quarter: Period) -> str:
        return self.timeline.calendar.bucket_label(quarter, Grain.QUARTER, "ja").split("(")[0]

    def _monthly(self) -> list[Campaign]:
        found = []
        for number, month in enumerate(self.timeline.months):
            theme = THEMES[number % len(THEMES)]
            when = f"{month.start.year}年{month.start.month}月"
            seminar = self._date(self.seminar_day(number))
            mail = self._date(self.mail_day(number))
            found.append(
                Campaign(f"ウェビナー「{theme}」{when}", "seminar", theme, seminar, seminar, 180_000)
            )
            found.append(Campaign(f"メール配信 {when}", "email", theme, mail, mail, 40_000))
        return found

    def _exhibitions(self) -> list[Campaign]:
        days = self.exhibition_days
        found = []
        for day in days:
            starts, ends = self._date(day), self._date(day + 2)
            name = f"現場改革フェア {starts.year}年{starts.month}月"
            cost = 9_000_000.0 if day == days[-1] else 6_500_000.0
            found.append(Campaign(name, "exhibition", "調達改革", starts, ends, cost))
        return found

    def _date(self, index: int) -> date:
        return date(1970, 1, 1) + timedelta(days=int(self.timeline.days[index]))

    def frames(self) -> list[Frame]:
        return [self._campaigns(), self.content()]

    def _campaigns(self) -> Frame:
        starts = ints([day_number(one.starts) for one in self.all])
        marketers = ints(self.roster.members("marketing", 0)) + 1
        columns: dict[str, Column] = {
            "name": listed([one.name for one in self.all]),
            "tactic": ints([choice(_TACTIC, one.tactic) for one in self.all]),
            "aim": ints(
                [choice(_AIM, "nurture" if one.tactic in _NURTURING else "acquire") for one in self.all]
            ),
            "theme": listed([one.theme for one in self.all]),
            "starts_on": starts,
            "ends_on": ints([day_number(one.ends) for one in self.all]),
            "cost": np.asarray([one.cost for one in self.all]),
            "owner": marketers[np.arange(len(self.all)) % len(marketers)],
        }
        first = day_number(self.timeline.start) - 30
        return Frame("campaign", 1, np.maximum(starts - 14, first) * DAY, columns)

    def content(self) -> Frame:
        """White papers, articles and videos, published over the whole history."""
        draws = Draws(7, len(self.all))
        kinds = [kind for kind, count in _CONTENT for _ in range(count)]
        published = np.sort(draws.below(max(1, self.timeline.today_index), len(kinds)))
        kinds = [kinds[place] for place in np.argsort(draws.chance(len(kinds))).tolist()]
        titles = [f"{THEMES[place % len(THEMES)]} {place + 1:02d}" for place in range(len(kinds))]
        days = self.timeline.days[published]
        columns: dict[str, Column] = {
            "name": listed(titles),
            "kind": ints([choice(_KIND, kind) for kind in kinds]),
            "theme": listed([THEMES[place % len(THEMES)] for place in range(len(kinds))]),
            "published_on": days,
            "owner": np.full(len(kinds), self.roster.members("marketing", 0)[0] + 1),
        }
        return Frame("content_asset", 1, days * DAY, columns)


def ad_spend(campaigns: Campaigns, draws: Draws) -> Frame:
    """Advertising money day by day with what it showed and drew; other campaigns' costs when they begin."""
    parts = [
        _advertised(campaigns, "search_ad", 320.0, 0.021, draws),
        _advertised(campaigns, "remarketing", 110.0, 0.006, draws),
        _paid_at_once(campaigns),
    ]
    days = np.concatenate([np.asarray(part["on"]) for part in parts])
    order = np.argsort(days, kind="stable")
    columns: dict[str, Column] = {
        name: np.concatenate([np.asarray(part[name]) for part in parts])[order] for name in parts[0]
    }
    return Frame("ad_spend", 1, days[order] * DAY, columns)


def _advertised(
    campaigns: Campaigns, tactic: str, per_click: float, share: float, draws: Draws
) -> dict[str, Ints | Floats]:
    """`share` is clicks per impression."""
    today = day_number(campaigns.timeline.today)
    days, keys, spent = [], [], []
    for key, one in campaigns.of(tactic):
        first, last = day_number(one.starts), day_number(one.ends)
        days.append(np.arange(first, min(last, today) + 1))
        keys.append(np.full(len(days[-1]), key))
        spent.append(np.full(len(days[-1]), one.cost / (last - first + 1)))
    clicks = draws.counts(np.concatenate(spent) / per_click)
    size = len(clicks)
    return {
        "campaign": np.concatenate(keys),
        "tactic": np.full(size, choice(_TACTIC, tactic)),
        "on": np.concatenate(days),
        "amount": np.round(clicks * per_click * draws.around(0.08, size)),
        "impressions": (clicks / share).astype(np.int64),
        "clicks": clicks,
    }


def _paid_at_once(campaigns: Campaigns) -> dict[str, Ints | Floats]:
    some = [
        (place + 1, one)
        for place, one in enumerate(campaigns.all)
        if one.tactic not in ("search_ad", "remarketing")
    ]
    nothing = np.full(len(some), NONE)
    return {
        "campaign": ints([key for key, _ in some]),
        "tactic": ints([choice(_TACTIC, one.tactic) for _, one in some]),
        "on": ints([day_number(one.starts) for _, one in some]),
        "amount": np.asarray([one.cost for _, one in some]),
        "impressions": nothing,
        "clicks": nothing,
    }
