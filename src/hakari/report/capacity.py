"""Capacity, pay plans and territories as rows and JSON objects."""

from __future__ import annotations

from typing import Any

from hakari.maths.incentive import PayOutcome
from hakari.planning.capacity_plan import CapacityView
from hakari.planning.capacity_words import capacity_headline, hindrance_text, territory_headline
from hakari.planning.pay_plan import PayView
from hakari.planning.territory_plan import TerritoryView
from hakari.report.rows import Row

_RAMP_MONTHS = 13


def capacity_rows(view: CapacityView) -> list[Row]:
    return [
        {
            "month": f"{one.month:%Y-%m}",
            "actual": one.actual,
            "capacity": one.capacity,
            "expected": one.expected,
            "target": one.target,
            "difference": None if one.target is None or one.expected is None else one.expected - one.target,
            "heads": one.heads,
            "ramped_heads": one.settled_heads,
        }
        for one in view.lines
    ]


def capacity_object(view: CapacityView) -> dict[str, Any]:
    force = view.force
    found: dict[str, Any] = {
        "company": view.company,
        "demo": view.demo,
        "headline": capacity_headline(view),
        "notices": list(view.notices),
        "measure": force.measure.id if force else None,
        "unit": force.measure.unit if force else None,
        "months": capacity_rows(view),
        "target": view.target,
        "expected": view.expected,
        "missing": view.missing,
        "hire_by": [
            {"heads": one.heads, "month": None if one.month is None else f"{one.month:%Y-%m}"}
            for one in view.hire_by
        ],
        "needed_if_joining_next_month": view.needed_now,
        "pay": pay_rows(view.pay) if view.pay else [],
    }
    return found | _past_of(view) | _attainment(view)


def _past_of(view: CapacityView) -> dict[str, Any]:
    force = view.force
    if force is None:
        return {}
    ramp, leaving = force.ramp, force.leaving
    months = range(_RAMP_MONTHS)
    return {
        "productivity": {
            "value": force.productivity,
            "low": force.spread.low,
            "high": force.spread.high,
            "person_months": force.seat_months,
        },
        "ramp": {
            "hires": ramp.hires,
            "own_weight": ramp.own,
            "shares": [ramp.ramp_share(month) for month in months],
            "low": [ramp.low[month] for month in months] if ramp.low else None,
            "high": [ramp.high[month] for month in months] if ramp.high else None,
        },
        "attrition": {
            "used": view.attrition,
            "observed": leaving.rate,
            "low": leaving.interval.low,
            "high": leaving.interval.high,
            "left": leaving.left,
            "person_months": leaving.person_months,
        },
        "doubled_heads": None
        if view.doubling is None
        else {
            "at_once": view.doubling.at_once,
            "over_a_year": view.doubling.spread,
            "over_a_year_with_attrition": view.doubling.leaving,
        },
    }


def _attainment(view: CapacityView) -> dict[str, Any]:
    past, ahead = view.past, view.ahead
    return {
        "attainment": {
            "edges": list(view.edges),
            "past": None
            if past is None
            else {"bins": list(past.bins), "n": past.n, "reached": past.reached, "mean": past.mean},
            "ahead": None
            if ahead is None
            else {
                "bins": list(ahead.bins),
                "heads": ahead.heads,
                "missing": ahead.missing,
                "missing_low": ahead.missing_low,
                "missing_high": ahead.missing_high,
                "mean": ahead.mean,
                "probability_to_plan": ahead.reach,
            },
        }
    }


def pay_rows(pay: PayView) -> list[Row]:
    return [{"plan": one.key, "quota": one.quota, **_outcome(one.outcome)} for one in pay.lines]


def _outcome(one: PayOutcome) -> Row:
    return {
        "cost_of_sales": one.cost_of_sales,
        "attaining": one.attaining,
        "luck": one.luck,
        "mean_pay": one.mean_pay,
        "p10": one.p10,
        "p90": one.p90,
        "without_variable": one.without_variable,
    }


def balance_rows(view: TerritoryView) -> list[Row]:
    return [
        {
            "rep": one.name,
            "potential_before": one.before.potential,
            "potential_after": one.after.potential,
            "off_before": one.before.off,
            "off_after": one.after.off,
            "accounts_before": one.before.accounts,
            "accounts_after": one.after.accounts,
            "takes_on": one.gained,
            "hands_over": one.given,
        }
        for one in view.reps
    ]


def move_rows(view: TerritoryView) -> list[Row]:
    """One row a move, with keys, so that whoever agrees can load it where the accounts are kept."""
    return [
        {
            "account_key": one.account.key,
            "account": one.account.name,
            "industry": one.account.industry or None,
            "segment": one.account.segment or None,
            "potential": one.potential,
            "estimated": one.estimated,
            "from": one.before or None,
            "to": one.after,
            "reason": one.reason,
            "won_in_industry": one.wins,
        }
        for one in view.moves
    ]


def territory_object(view: TerritoryView) -> dict[str, Any]:
    return {
        "company": view.company,
        "demo": view.demo,
        "headline": territory_headline(view),
        "proposal_only": True,
        "potential": view.potential.key,
        "accounts": view.accounts,
        "left_out": view.left_out,
        "estimated": view.estimated,
        "equal_share": view.equal_share,
        "kept": view.kept,
        "balanced": view.balanced,
        "widest_before": view.widest_before,
        "widest_after": view.widest_after,
        "gap_to_bound": view.bound_gap,
        "in_the_way": [
            {
                "kind": one.kind.value,
                "text": hindrance_text(one, view.scope.lang),
                "accounts": list(one.accounts),
                "reps": list(one.reps),
                "share": one.share,
            }
            for one in view.hindrances
        ],
        "reps": balance_rows(view),
        "moves": move_rows(view),
    }
