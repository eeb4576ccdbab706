"""A pay plan played with the company's own deals: what it costs, who reaches the quota, how much is luck.

Never payroll: nobody's pay is read, written or reckoned here, only that of invented reps who sell like ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hakari.maths.incentive import PayOutcome, PayPlan, compared, played, quota_for
from hakari.maths.rep_sales import SKILL_SPREAD, Deals
from hakari.planning.capacity_asked import PayAsked

MONTHS = 12
# The example where nobody gave amounts: shares of what a settled rep sells in a year.
EXAMPLE_FIXED, EXAMPLE_VARIABLE = 0.108, 0.057
HEALTHY = 0.75


@dataclass(frozen=True, slots=True)
class PayLine:
    """`key` is without, plan, healthy or cliff; `quota` is None where there is none."""

    key: str
    quota: float | None
    outcome: PayOutcome


@dataclass(frozen=True, slots=True)
class PayView:
    """`sells` is what a settled rep sells in a year, in `deals` deals; sizes are those of `known` won deals.

    `example` says that fixed and variable pay are nobody's wish yet.
    """

    plan: PayPlan
    lines: tuple[PayLine, ...]
    sells: float
    deals: float
    known: int
    skill: float
    example: bool


def pay_view(monthly: Deals, asked: PayAsked) -> PayView:
    """`monthly` holds what a settled rep wins in a month, in money."""
    skill = SKILL_SPREAD if asked.skill is None else asked.skill
    deals = Deals(monthly.number * MONTHS, monthly.sizes, skill)
    plan = PayPlan(
        base=_rounded(EXAMPLE_FIXED * deals.mean) if asked.fixed is None else asked.fixed,
        variable=_rounded(EXAMPLE_VARIABLE * deals.mean) if asked.variable is None else asked.variable,
        quota=asked.quota or deals.mean,
        accelerator=asked.accelerator,
        cliff=asked.cliff,
        cap=asked.cap,
    )
    without, with_plan = compared(plan, deals)
    healthy = replace(plan, quota=quota_for(deals, HEALTHY))
    cliff = replace(plan, cliff=1.0)
    lines = [
        PayLine("without", None, without),
        PayLine("plan", plan.quota, with_plan),
        PayLine("healthy", healthy.quota, played(healthy, deals)),
    ]
    if plan.cliff != cliff.cliff:
        lines.append(PayLine("cliff", cliff.quota, played(cliff, deals)))
    example = asked.fixed is None and asked.variable is None
    return PayView(plan, tuple(lines), deals.mean, deals.number, len(deals.sizes), skill, example)


def _rounded(amount: float) -> float:
    """To 100,000: an example is not exact."""
    step = 100_000 if amount >= 1_000_000 else 1
    return float(round(amount / step) * step)
