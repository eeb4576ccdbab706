"""Describes the parameters of the JSON answers, so that a program can ask as a page does."""

from __future__ import annotations

from typing import Any

from hakari.web.address import CHOICES, DEFAULTS

_MEANINGS = {
    "team": "a team's name; all is the whole company",
    "period": "such as FY2026-Q3, 2026-11, 2026-10..2026-12, this-quarter, quarter-1, month-to-date",
    "vs": "what figures are compared with",
    "basis": "which date decides the period; own is each KPI's own",
    "lag": "whether a cohort's rate is projected for its open cases; off counts every exit so far",
    "source": "narrows to these sources, separated by commas; any other dimension works the same way",
    "asof": "a date: figures as they were known then",
    "mask": "amount hides every amount of money",
    "lang": "language of names and sentences",
    "view": "which side of a person's page",
    "door": "which of the four is filled",
    "by": "the dimension of the breakdown; of a plan, the last day of the goal",
    "factor": "which factor of the goal is split, such as meetings or won; without it the bottleneck",
    "of": "which side of the fraction the records are of",
    "page": "page of the records, from 1",
    "q": "words that a measure's name, formula or source must hold",
    "stage": "acquire, nurture_qualify, win, retain or manage",
    "tactic": "a way of reaching customers, such as seminar",
    "department": "the department that owns the definition, such as inside_sales",
    "year": "a fiscal year such as FY2026",
    "goal": "what is to be reached, such as 1e9; blank is the period's target",
    "kgi": "win_amount, win_deals, kgi_new_customers, gross_profit or kgi_annual_revenue",
    "chance": "50, 80 or 90: with which chance the plan reaches the goal; mean plans by averages",
    "win_rate": "a win rate in place of the observed one, such as 0.25; other shares work the same way",
    "price": "an average deal size in place of the observed one",
    "cycle": "the mean time to the order, such as 45d",
    "reps": "how many people make the efforts",
    "delivery": "how long after the order it is revenue, such as 2m",
    "hire": "months of joining with people, such as 2027-01:5,2027-04:2",
    "attrition": "share of sellers who leave a month, such as 0.02 or 2%",
    "need": "what is to be sold from next month to the end of until",
    "until": "the last month, such as 2027-09",
    "quota": "what a rep has to sell in a year, in yen",
    "fixed": "fixed pay of a rep and year, in yen",
    "variable": "variable pay at an attainment of 100 %, in yen",
    "accelerator": "how many times as much each point above 100 % pays",
    "cliff": "attainment below which no variable pay is due, such as 0.5",
    "cap": "most variable pay, in multiples of it",
    "skill": "standard deviation of the logarithm of reps' skill",
    "potential": "auto, potential, annual_revenue, employees or deals",
    "keep": "weight of an account that stays with its rep",
    "within": "tolerance of potential, such as 5%",
    "count_within": "tolerance of the number of accounts, such as 15%",
    "require": "industries whose accounts need a rep who has won in them, separated by commas",
    "pin": "accounts that stay with their rep, separated by commas",
    "forbid": "account:rep pairs that may not be, separated by commas",
    "unowned": "yes to share out accounts that nobody has",
    "kpi": "a measure's id or name",
    "scope": "company, team, person, source, segment or list",
    "person": "a person's name",
    "computable": "yes, or no where data is missing",
}
SCOPE = ("team", "period", "vs", "basis", "lag", "source", "asof", "lang")
WITHIN = ("door", "by", "of", "page")


def described(*names: str) -> dict[str, Any]:
    """The OpenAPI entries of these query parameters."""
    return {"parameters": [_described(name) for name in names]}


def _described(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer", "minimum": 1} if name == "page" else {"type": "string"}
    if name in CHOICES:
        schema["enum"] = list(CHOICES[name])
    if name in DEFAULTS:
        schema["default"] = int(DEFAULTS[name]) if name == "page" else DEFAULTS[name]
    return {"name": name, "in": "query", "required": False, "description": _MEANINGS[name], "schema": schema}
