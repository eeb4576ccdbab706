"""What is true of the invented company, as numbers: every rate, lag, price and turn of its story.

Everything in the demo is drawn from a `World`, so a figure that Hakari shows can be held against the number
it was drawn from. Rates are per case and independent of each other unless a field says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp


@dataclass(frozen=True, slots=True)
class Lag:
    """A log-normal wait in business days of nine hours: half wait less than `median`."""

    median: float
    spread: float

    @property
    def mean(self) -> float:
        return self.median * exp(self.spread**2 / 2)


@dataclass(frozen=True, slots=True)
class Price:
    """Log-normal amounts in yen. Size and outcome of a deal are independent."""

    median: float
    spread: float

    @property
    def mean(self) -> float:
        return self.median * exp(self.spread**2 / 2)


@dataclass(frozen=True, slots=True)
class Source:
    """One way leads come in. `monthly` is what the whole company got per month at the start.

    `fast` is the share called within five minutes; `fast_meeting` and `slow_meeting` are the shares of
    connects that agree to meet. What comes `by` event arrives on the days of its campaigns.
    """

    name: str
    tactic: str
    monthly: float
    fast: float
    fast_meeting: float
    slow_meeting: float
    by: str = "web"
    fits: float = 0.6

    def meeting(self, fast_share: float) -> float:
        return fast_share * self.fast_meeting + (1 - fast_share) * self.slow_meeting


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a qualified deal: the share that `passes` goes on after `lag`, others end after `loss`."""

    stage: str
    forecast: str
    probability: float
    passes: float
    lag: Lag
    loss: Lag


@dataclass(frozen=True, slots=True)
class Hire:
    """One person; `unit` 0 is the head office. `skill` multiplies meeting and win rates, `reach` connects."""

    name: str
    role: str
    unit: int
    months: int
    skill: float = 1.0
    reach: float = 1.0


HIRES: tuple[Hire, ...] = (
    Hire("水野 玲奈", "marketing", 0, 58),
    Hire("岡部 悠斗", "marketing", 0, 27),
    Hire("浜口 修", "partner_manager", 0, 71),
    Hire("野々村 葵", "partner_manager", 0, 29),
    Hire("桐生 誠司", "manager", 1, 96),
    Hire("早瀬 美月", "sdr", 1, 34, 1.08, 1.04),
    Hire("相沢 涼", "sdr", 1, 26, 1.00, 0.98),
    Hire("宮内 陽菜", "sdr", 1, 2, 0.95, 0.97),
    Hire("藤堂 海斗", "bdr", 1, 30, 1.00, 1.02),
    Hire("三浦 航平", "fs", 1, 49, 1.06),
    Hire("西園 香織", "fs", 1, 62, 1.02),
    Hire("長谷部 剛", "fs", 1, 31, 0.94),
    Hire("小山内 由紀", "cs", 1, 45),
    Hire("真鍋 恵", "manager", 2, 88),
    Hire("片桐 蒼", "sdr", 2, 41, 1.04, 1.01),
    Hire("村瀬 さくら", "bdr", 2, 28, 1.06, 1.00),
    Hire("大庭 雅人", "fs", 2, 66, 1.05),
    Hire("有村 咲良", "fs", 2, 4, 0.95),
    Hire("榎本 拓実", "cs", 2, 33),
    Hire("氷室 健一", "manager", 3, 80),
    Hire("柴崎 結衣", "sdr", 3, 37, 0.97, 1.02),
    Hire("久保田 翔", "bdr", 3, 25, 0.95, 0.98),
    Hire("沢村 直樹", "fs", 3, 54, 1.00),
    Hire("三好 彩乃", "fs", 3, 29, 0.98),
)

SOURCES: tuple[Source, ...] = (
    Source("問い合わせ", "website", 84, 0.90, 0.46, 0.12, fits=0.70),
    Source("資料ダウンロード", "whitepaper", 98, 0.88, 0.125, 0.10),
    Source("検索広告", "search_ad", 52, 0.88, 0.155, 0.12),
    Source("リード獲得サイト", "leadgen_site", 24, 0.86, 0.105, 0.09, fits=0.45),
    Source("紹介", "referral", 6, 0.90, 0.42, 0.38, fits=0.85),
    Source("ウェビナー", "seminar", 66, 0.0, 0.13, 0.13, "event"),
    Source("展示会", "exhibition", 28, 0.0, 0.05, 0.05, "event", 0.5),
    Source("代理店", "partner", 12, 0.0, 0.55, 0.55, "partner", 0.8),
)

STEPS: tuple[Step, ...] = (
    Step("課題確認", "C", 0.25, 0.70, Lag(7, 0.6), Lag(12, 0.7)),
    Step("提案", "B", 0.45, 0.68, Lag(8, 0.6), Lag(14, 0.7)),
    Step("稟議", "A", 0.70, 0.64, Lag(9, 0.6), Lag(13, 0.7)),
)
FIRST_STAGE, WON_STAGE, LOST_STAGE, DORMANT_STAGE = "初回商談", "受注", "失注", "保留"

# April to March. Japanese budgets are spent in September and, most of all, in March.
MONTH_FACTORS = (0.92, 0.90, 1.00, 1.02, 0.86, 1.10, 1.03, 1.05, 0.93, 0.94, 1.05, 1.20)
# Hour of the day → share of calls that reach the person. People pick up early, after lunch and late.
CONNECT_BY_HOUR = (0.38, 0.33, 0.31, 0.21, 0.37, 0.31, 0.30, 0.32, 0.36)
# How calls spread over the hours 9 to 17.
CALLS_BY_HOUR = (0.09, 0.15, 0.15, 0.05, 0.12, 0.13, 0.13, 0.11, 0.07)


@dataclass(frozen=True, slots=True)
class World:
    """The known truth. `replace(World(), …)` makes another one."""

    # Which of the equally likely companies seed 1 is: one in which luck does not hide the planted story.
    edition: int = 269
    hires: tuple[Hire, ...] = HIRES
    unit_shares: tuple[float, ...] = (0.50, 0.25, 0.25)
    fiscal_start_month: int = 4
    past_quarters: int = 6  # finished ones; the running quarter comes on top
    accounts: int = 1500
    targets: int = 120
    customers_before: int = 60
    monthly_growth: float = 0.008
    month_factors: tuple[float, ...] = MONTH_FACTORS
    sources: tuple[Source, ...] = SOURCES

    # Calls to leads
    connect_by_hour: tuple[float, ...] = CONNECT_BY_HOUR
    calls_by_hour: tuple[float, ...] = CALLS_BY_HOUR
    attempts: int = 7
    again_unanswered: float = 0.86  # calls once more after nobody answered
    again_undecided: float = 0.25  # … after a talk that led nowhere yet
    slow_call: Lag = Lag(0.14, 1.0)
    after_hours: float = 0.06
    recycled: float = 0.45  # of the leads given up, kept for later
    second_round: float = 0.30  # of the recycled leads, called again
    second_round_lag: Lag = Lag(45, 0.35)

    # Outbound to key persons of target accounts
    key_persons: int = 11
    other_contacts: int = 3
    untouched_before: float = 0.92  # at the start of history
    list_life: float = 210.0  # business days until a share of 1/e is untouched
    touches: int = 6
    touch_gap: tuple[int, int] = (3, 8)  # business days, both included
    cool_down: int = 60
    bdr_reach: float = 0.74  # of the connect rates above: reception stands in between
    fresh_meeting: float = 0.24
    fatigue: float = 0.42  # the rate in each further round, of the round before
    least_fatigue: float = 0.10
    opt_in: float = 0.35

    # Appointments and deals
    appointment_lag: Lag = Lag(5, 0.4)
    held: float = 0.90
    cancelled: float = 0.06
    qualifies: float = 0.70  # of the meetings held
    verdict: Lag = Lag(2, 0.5)  # from a meeting to its being found not worth a deal
    steps: tuple[Step, ...] = STEPS
    dormant: float = 0.08  # of the deals not won
    price: Price = Price(1_950_000, 0.60)
    first_guess: float = 0.22  # log spread of the first amount around the last
    margin: float = 0.62
    upsell_monthly: float = 8.0

    # Customers
    pays_on_time: float = 0.92
    pays_late: float = 0.06
    subscribes: float = 0.75
    renews: float = 0.90

    # People in their first months
    ramp_months: int = 6
    ramp_load: float = 0.35  # of a full load of leads and deals in the first month
    ramp_skill: float = 0.70

    # The turn: an exhibition doubles the inquiries of the first unit, and its fast answers with them collapse
    turn_days: int = 35  # the turn is at least so many days ago …
    turn_into_quarter: int = 7  # … and at most so many days into the running quarter
    turn_unit: int = 1
    turn_inquiries: float = 2.0
    turn_fast: float = 0.46  # of the fast share before
    turn_exhibition: float = 170.0  # leads the first unit brings home from it

    # Goals
    stretch: float = 1.08  # the running quarter's plan, of where it will land
    luck_in_goals: float = 0.7  # how far goals follow the person's own quarter instead of the average

    # Marketing
    mails_to: int = 150
    visits_monthly: float = 420.0
    tracked: float = 0.25  # of the leads by web, seen coming on the site

    unit_names: tuple[str, ...] = ("第1営業部", "第2営業部", "第3営業部")

    @property
    def win_rate(self) -> float:
        """Of qualified deals, for a rep of skill 1."""
        rate = 1.0
        for step in self.steps:
            rate *= step.passes
        return rate

    @property
    def cycle_days(self) -> float:
        """Mean business days from qualified to won."""
        return sum(step.lag.mean for step in self.steps)
