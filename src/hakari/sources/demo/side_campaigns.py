"""The demo company's smaller campaigns: walk-ins, letters, evenings, study meetings, scenario mails."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.block import Company
from hakari.sources.demo.columns import DAY, EPOCH, NONE, Column, Words, choice, day_number, ints, listed
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.names import THEMES
from hakari.sources.demo.timeline import BUSINESS_DAY, Timeline
from hakari.units import Grain

_TACTIC = TABLES["campaign"].field("tactic")
_AIM = TABLES["campaign"].field("aim")
# tactic → name, aim, yen, and the quarters in which it runs: every so many, from which one on
_BY_QUARTER = {
    "inquiry_outreach": ("フォーム営業", "acquire", 60_000.0, 1, 0),
    "door_to_door": ("工業団地の訪問", "acquire", 40_000.0, 1, 0),
    "newsletter": ("紙のニュースレター", "nurture", 110_000.0, 1, 0),
    "telemarketing": ("休眠リードへの電話", "nurture", 80_000.0, 1, 0),
    "outsourcing": ("獲得代行", "acquire", 320_000.0, 1, 0),
    "dm": ("紙のDM", "acquire", 170_000.0, 2, 1),
    "survey": ("課題アンケート", "nurture", 50_000.0, 2, 1),
    "mass_ad": ("業界紙・交通広告", "acquire", 2_400_000.0, 3, 2),
}
_BY_MONTH = {
    "networking": ("経営者交流会", "acquire", 30_000.0, 6),
    "seminar": ("ユーザー勉強会", "nurture", 60_000.0, 13),
}
SCENARIOS = ("資料請求後", "セミナー欠席後", "失注後の再案内", "休眠の掘り起こし", "無料相談の案内")
_STEPS = 2
_MASS_DAYS = 30


@dataclass(frozen=True, slots=True)
class SideCampaign:
    """`opens` is the place in business time at which its first day begins."""

    name: str
    tactic: str
    aim: str
    theme: int
    starts: date
    ends: date
    cost: float
    scenario: int = NONE
    key: int = 0
    opens: int = 0


class SideCampaigns:
    """Those that have begun by today; their keys follow those of the main campaigns."""

    def __init__(self, company: Company) -> None:
        self.company = company
        timeline = company.timeline
        planned = [*_quarterly(timeline), *_monthly(timeline), *_scenarios(timeline)]
        begun = [one for one in planned if one.starts <= timeline.today]
        begun.sort(key=lambda one: (one.starts, one.tactic, one.name))
        first = len(company.campaigns.all) + 1
        self.all = [
            replace(one, key=first + place, opens=timeline.index(one.starts) * BUSINESS_DAY)
            for place, one in enumerate(begun)
        ]

    def of(self, tactic: str, aim: str = "") -> list[SideCampaign]:
        return [one for one in self.all if one.tactic == tactic and aim in ("", one.aim)]

    @property
    def scenarios(self) -> list[SideCampaign]:
        return [one for one in self.all if one.scenario != NONE]

    def frame(self) -> Frame:
        size, roster = len(self.all), self.company.roster
        marketers = ints(roster.members("marketing", 0)) + 1
        starts = ints([day_number(one.starts) for one in self.all])
        columns: dict[str, Column] = {
            "name": listed([one.name for one in self.all]),
            "tactic": ints([choice(_TACTIC, one.tactic) for one in self.all]),
            "aim": ints([choice(_AIM, one.aim) for one in self.all]),
            "theme": Words(ints([one.theme for one in self.all]), THEMES),
            "scenario": Words(ints([one.scenario for one in self.all]), SCENARIOS),
            "starts_on": starts,
            "ends_on": ints([day_number(one.ends) for one in self.all]),
            "cost": np.asarray([one.cost for one in self.all]),
            "owner": marketers[np.arange(size) % len(marketers)],
        }
        first = day_number(self.company.timeline.start) - 30
        return Frame(
            "campaign", len(self.company.campaigns.all) + 1, np.maximum(starts - 14, first) * DAY, columns
        )

    def spend(self, first_key: int) -> Frame:
        """What each of them cost, on the day it began."""
        paid = [one for one in self.all if one.cost]
        days = ints([day_number(one.starts) for one in paid])
        columns: dict[str, Column] = {
            "campaign": ints([one.key for one in paid]),
            "tactic": ints([choice(_TACTIC, one.tactic) for one in paid]),
            "on": days,
            "amount": np.asarray([one.cost for one in paid]),
        }
        return Frame("ad_spend", first_key, days * DAY, columns)


def _quarterly(timeline: Timeline) -> list[SideCampaign]:
    """From the quarter's first day to its last; a mass campaign runs for a month in the middle."""
    found = []
    for tactic, (name, aim, cost, every, first) in _BY_QUARTER.items():
        for number, quarter in enumerate(timeline.quarters):
            if number % every != first:
                continue
            starts, ends = quarter.start, quarter.last_day
            if tactic == "mass_ad":
                starts = starts + timedelta(days=_MASS_DAYS)
                ends = starts + timedelta(days=_MASS_DAYS)
            label = timeline.calendar.bucket_label(quarter, Grain.QUARTER, "ja").split("(")[0]
            found.append(
                SideCampaign(f"{name} {label}", tactic, aim, number % len(THEMES), starts, ends, cost)
            )
    return found


def _monthly(timeline: Timeline) -> list[SideCampaign]:
    """Every other month, on one day."""
    found = []
    for tactic, (name, aim, cost, day) in _BY_MONTH.items():
        for number, month in list(enumerate(timeline.months))[::2]:
            on = EPOCH + timedelta(days=int(timeline.days[timeline.index(month.start) + day]))
            label = f"{name} {month.start.year}年{month.start.month}月"
            found.append(SideCampaign(label, tactic, aim, number // 2 % len(THEMES), on, on, cost))
    return found


def _scenarios(timeline: Timeline) -> list[SideCampaign]:
    """One more scenario every other month, until all are set up; each sends its mails from then on."""
    found = []
    for number, scenario in enumerate(SCENARIOS):
        month = timeline.months[min(2 * number, len(timeline.months) - 1)]
        found += [
            SideCampaign(
                f"{scenario} {step + 1}通目",
                "email",
                "nurture",
                number % len(THEMES),
                month.start,
                timeline.quarter.last_day,
                0.0,
                number,
            )
            for step in range(_STEPS)
        ]
    return found
