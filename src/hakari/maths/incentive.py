"""What a pay plan would cost and whom it would reward, played with a company's own deals; never payroll.

Three figures belong together, because each plan that mends one breaks another: the cost of sales (pay ÷
sales), the share of reps who reach their quota, and how much of the differences in pay is luck. Nobody sells
more or less because of a plan here: what a plan does to effort is not known from deals.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hakari.errors import ImpossibleSampleError
from hakari.maths.cohorts import Floats
from hakari.maths.rep_sales import Deals, luck_share, two_periods

REPS = 20_000


@dataclass(frozen=True, slots=True)
class PayPlan:
    """`base` is paid to all, `variable` at 100 % of `quota`, in proportion below it.

    Above the quota each point of attainment pays `accelerator` times as much. Below the attainment `cliff`
    no variable pay is due. `cap` is the most variable pay, in multiples of `variable`; None without one.
    """

    base: float
    variable: float
    quota: float
    accelerator: float = 1.0
    cliff: float = 0.0
    cap: float | None = None

    def __post_init__(self) -> None:
        numbers = (self.base, self.variable, self.accelerator, self.cliff, self.cap or 0.0)
        if not self.quota > 0 or min(numbers) < 0:
            raise ImpossibleSampleError(
                "A pay plan needs a quota above 0 and no negative pay.",
                "Check quota, base, variable, accelerator, cliff and cap.",
            )

    def variable_pay(self, sold: Floats) -> Floats:
        reached = sold / self.quota
        units = np.minimum(reached, 1) + self.accelerator * np.maximum(reached - 1, 0)
        units = np.where(reached >= self.cliff, units, 0.0)
        return self.variable * (units if self.cap is None else np.minimum(units, self.cap))


@dataclass(frozen=True, slots=True)
class PayOutcome:
    """`luck` is the share of the variance of pay that does not return with the same people; None of flat pay.

    `attaining` reach the quota, `without_variable` get none of it; p10 and p90 are of a rep's total pay.
    """

    cost_of_sales: float
    attaining: float
    luck: float | None
    without_variable: float
    mean_pay: float
    p10: float
    p90: float


def played(plan: PayPlan, deals: Deals, reps: int = REPS, seed: int = 0) -> PayOutcome:
    """The plan over many periods of reps who sell as `deals` says; the same plan gives the same answer."""
    return _outcome(plan, *two_periods(deals, reps, seed))


def compared(plan: PayPlan, deals: Deals, reps: int = REPS, seed: int = 0) -> tuple[PayOutcome, PayOutcome]:
    """Without the plan (variable pay given to all as a fixed part) and with it; the same reps and deals."""
    first, second = two_periods(deals, reps, seed)
    flat = replace(plan, base=plan.base + plan.variable, variable=0.0)
    return _outcome(flat, first, second), _outcome(plan, first, second)


def quota_for(deals: Deals, attaining: float, reps: int = REPS, seed: int = 0) -> float:
    """The quota that this share of reps reaches, from the quantile of what they sell."""
    if not 0 < attaining < 1:
        raise ImpossibleSampleError(f"{attaining} is no share.", "Use a share between 0 and 1, such as 0.75.")
    return float(np.quantile(np.concatenate(two_periods(deals, reps, seed)), 1 - attaining))


def _outcome(plan: PayPlan, first: Floats, second: Floats) -> PayOutcome:
    variable = (plan.variable_pay(first), plan.variable_pay(second))
    sold, extra = np.concatenate([first, second]), np.concatenate(variable)
    pay = plan.base + extra
    low, high = np.quantile(pay, [0.1, 0.9])
    return PayOutcome(
        cost_of_sales=float(pay.sum() / sold.sum()),
        attaining=float((sold >= plan.quota).mean()),
        luck=luck_share(*variable),
        without_variable=float((extra <= 0).mean()),
        mean_pay=float(pay.mean()),
        p10=float(low),
        p90=float(high),
    )
