"""One row is one running agreement with a customer, from start to end or churn."""

from __future__ import annotations

from hakari.canonical.schema import date, flag, money, ref, table

TABLE = table(
    __doc__,
    "contract",
    "契約",
    "Customer contract",
    ref("account"),
    ref("owner", "person"),
    ref("product"),
    ref("partner"),
    date("starts_on"),
    date("ends_on"),
    flag("renewed"),
    date("renewed_on"),
    date("churned_on"),
    date("onboarding_due_on"),
    date("onboarded_on"),
    money("monthly_amount"),
    occurred="starts_on",
)
