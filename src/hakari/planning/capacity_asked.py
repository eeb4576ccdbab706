"""What a URL or a command line assumes about the sales force: whom to hire, who leaves, how pay is set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hakari.errors import ParameterNotUnderstoodError

CAPACITY = ("hire", "attrition", "need", "until")
PAY = ("quota", "fixed", "variable", "accelerator", "cliff", "cap", "skill")
_HIRE = re.compile(r"(\d{4})-(\d{1,2}):(\d{1,4})")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class CapacityAsked:
    """`hires` by the month of joining; None where the company's own past or targets are to say.

    `need` is what is to be sold from next month to the end of `until`.
    """

    hires: tuple[tuple[date, int], ...] = ()
    attrition: float | None = None
    until: date | None = None
    need: float | None = None


@dataclass(frozen=True, slots=True)
class PayAsked:
    """Of one rep and year; None where the company's own deals, or the example, are to say."""

    quota: float | None = None
    fixed: float | None = None
    variable: float | None = None
    accelerator: float = 1.5
    cliff: float = 0.0
    cap: float | None = None
    skill: float | None = None


def read_capacity(params: Mapping[str, str]) -> CapacityAsked:
    hires = tuple(_hire(part.strip()) for part in params.get("hire", "").split(",") if part.strip())
    attrition = share_of(params, "attrition")
    until = params.get("until")
    last = None if not until else _month(until, "until")
    return CapacityAsked(tuple(sorted(hires)), attrition, last, number_of(params, "need"))


def read_pay(params: Mapping[str, str]) -> PayAsked:
    accelerator, cliff = number_of(params, "accelerator"), share_of(params, "cliff", most=2.0)
    return PayAsked(
        quota=number_of(params, "quota"),
        fixed=number_of(params, "fixed"),
        variable=number_of(params, "variable"),
        accelerator=1.5 if accelerator is None else accelerator,
        cliff=0.0 if cliff is None else cliff,
        cap=number_of(params, "cap"),
        skill=share_of(params, "skill", most=2.0),
    )


def number_of(params: Mapping[str, str], name: str) -> float | None:
    """0 or more; thousands may be set apart by commas. None where nothing is given."""
    text = params.get(name, "").replace(",", "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e15:
        raise ParameterNotUnderstoodError(f"{name}={text} is no number of 0 or more", f"write {name}=1000000")
    return value


def share_of(params: Mapping[str, str], name: str, most: float = 1.0) -> float | None:
    """0.02 and 2% are the same."""
    text = params.get(name, "").strip()
    value = number_of({name: text.rstrip("%")}, name)
    if value is None:
        return None
    value = value / 100 if text.endswith("%") else value
    if value >= most:
        raise ParameterNotUnderstoodError(
            f"{name}={text} is more than is possible", f"write 2 percent as {name}=0.02 or {name}=2%"
        )
    return value


def _hire(text: str) -> tuple[date, int]:
    found = _HIRE.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12 or not int(found[1]):
        raise ParameterNotUnderstoodError(
            f"hire={text} is no month with a number of people", "write hire=2027-01:5,2027-04:2"
        )
    return date(int(found[1]), int(found[2]), 1), int(found[3])


def _month(text: str, name: str) -> date:
    found = _MONTH.fullmatch(text.strip())
    if found is None or not 1 <= int(found[2]) <= 12 or not int(found[1]):
        raise ParameterNotUnderstoodError(f"{name}={text} is no month", f"write {name}=2027-03")
    return date(int(found[1]), int(found[2]), 1)
