"""What a target should be and how likely it is reached, from what its people did before.

The mean of the last three months is reached every other month. A target that seven or eight of ten members
reach is the lower quarter of what is to be expected: each member's mean, drawn towards the team's by two
months' worth, times the lower quarter of how the team's months turned out against such means.

After 36, 41 and 38 in three months, 40 is reached with 41 %, 50 with 5 %, 60 with 0.2 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil, floor, inf

import numpy as np

from hakari.maths.outlooks import CountOutlook, Outlook, RateOutlook, ValueOutlook

MONTHS = 3
PRIOR_MONTHS = 2.0
REACHED_BY = 0.75
ENOUGH_RATIOS = 24
_ENOUGH_OF_ITS_OWN = 12
LENGTHS = (1, 3, 6, 12)
_REACHABLE, _STRETCH, _HARD = 0.7, 0.3, 0.1
_MONTHLIKE = 1.6
_NEXT_TO_NOTHING = 0.05


class Band(StrEnum):
    """How a chance of being reached is called."""

    REACHABLE = "reachable"
    STRETCH = "stretch"
    HARD = "hard"
    UNREACHABLE = "unreachable"


def band(chance: float) -> Band:
    if chance >= _REACHABLE:
        return Band.REACHABLE
    if chance >= _STRETCH:
        return Band.STRETCH
    return Band.HARD if chance >= _HARD else Band.UNREACHABLE


@dataclass(frozen=True, slots=True)
class Month:
    """One member's finished month. Of a rate `value` is k and `base` is n; of other figures `base` is 1.

    `exposure` is how much of an ordinary month it was: working days × season × ramp.
    """

    value: float
    base: float = 1.0
    exposure: float = 1.0


# One member's months, oldest first; None where the member was not there or nothing is known.
Past = Sequence[Month | None]


class Way(StrEnum):
    """How figures of a kind are foreseen: as counts, as amounts that add up, as averages, as k of n."""

    COUNT = "count"
    AMOUNT = "amount"
    LEVEL = "level"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`value` is to be reached within `months`: more than one where a single month is mostly zero."""

    value: float
    months: int
    chance: float


@dataclass(frozen=True, slots=True)
class Usual:
    """What the group does in a full month: of a rate its mean and its cases; else a figure and 1."""

    mean: float
    base: float = 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """Members who do the same work: what they have in common steadies what each one's few months say."""

    way: Way
    usual: Usual  # of the last three months, so that a growing team is not held to its past
    ratios: tuple[float, ...] = ()  # past months over what was to be expected of them, sorted
    spread: float = 0.0  # the ratios' variance beyond what chance and not knowing a mean explain
    drift: float = 1.0  # how far months have been above what the three before them promised
    alike: bool = True  # whether the ratios are of people who do the same work, so that one tells of another


def group(way: Way, members: Sequence[Past]) -> Group | None:
    """Of members whose months end together; None when nobody has a figure in the last three."""
    usual = _usual(way, [each for member in members for each in list(member)[-MONTHS:]])
    if usual is None:
        return None
    return _learnt(Group(way, usual), _against_what_was_expected(way, members))


def alone(way: Way, units: Sequence[Past]) -> list[Group | None]:
    """For teams or channels of different size: each by its own past, and only where that is short by all.

    What a small channel's months do says little of a large one's.
    """
    lucks = [_against_what_was_expected(way, [unit]) for unit in units]
    pooled = [one for luck in lucks for one in luck]
    found: list[Group | None] = []
    for unit, luck in zip(units, lucks, strict=True):
        one = group(way, [unit])
        own = luck if len(luck) >= _ENOUGH_OF_ITS_OWN else pooled
        enough = min(len(own), ENOUGH_RATIOS) if own is luck else ENOUGH_RATIOS
        found.append(None if one is None else _learnt(Group(way, one.usual, alike=False), own, enough))
    return found


@dataclass(frozen=True, slots=True)
class _Compared:
    """A past month beside what was to be expected of it."""

    actual: float
    expected: float
    explained: float  # the relative variance that chance and not knowing a mean make


def _learnt(one: Group, luck: Sequence[_Compared], enough: int = ENOUGH_RATIOS) -> Group:
    """Of too few comparisons the spread and drift say more about luck than about the group."""
    ratios = tuple(sorted(each.actual / each.expected for each in luck))
    if len(luck) < enough:
        return replace(one, ratios=ratios)
    actual, expected = sum(each.actual for each in luck), sum(each.expected for each in luck)
    drift = 1 + (actual / expected - 1) * len(luck) / (len(luck) + ENOUGH_RATIOS)
    seen = float(np.mean((np.array(ratios) - actual / expected) ** 2))
    spread = max(0.0, seen - float(np.mean([each.explained for each in luck])))
    return replace(one, ratios=ratios, spread=spread, drift=max(0.1, drift))


def _usual(way: Way, months: Sequence[Month | None]) -> Usual | None:
    known = [one for one in months if one is not None and one.exposure > 0]
    if not known:
        return None
    total, exposure = sum(one.value for one in known), sum(one.exposure for one in known)
    if way is Way.RATE:
        cases = sum(one.base for one in known)
        return Usual(total / cases, cases / exposure) if cases > 0 else None
    return Usual(total / len(known) if way is Way.LEVEL else total / exposure)


def _against_what_was_expected(way: Way, members: Sequence[Past]) -> list[_Compared]:
    """Every past month beside what the three before it promised."""
    found: list[_Compared] = []
    length = max((len(member) for member in members), default=0)
    # Counted from the end, where the members' months lie side by side.
    for back in range(1, length - MONTHS + 1):
        befores = [list(member)[-back - MONTHS : -back] for member in members]
        usual = _usual(way, [each for before in befores for each in before])
        if usual is None:
            continue
        for member, before in zip(members, befores, strict=True):
            month = member[-back] if back <= len(member) else None
            if month is None or month.exposure <= 0 or all(each is None for each in before):
                continue
            expected = _outlook(Group(way, usual), before, month.exposure, month.base)
            if expected.mean <= 0 or (way is Way.RATE and month.base <= 0):
                continue
            actual = month.value / month.base if way is Way.RATE else month.value
            found.append(_Compared(actual, expected.mean, expected.relative_variance))
    return found


def outlook(one: Group, past: Past, exposure: float) -> Outlook:
    """What is to be expected of a member in `exposure` ordinary months, from the last three of the past."""
    return _outlook(one, list(past)[-MONTHS:], exposure)


def _outlook(one: Group, last: Past, exposure: float, base: float | None = None) -> Outlook:
    known = [each for each in last if each is not None and each.exposure > 0]
    value, months = sum(each.value for each in known), sum(each.exposure for each in known)
    usual = one.usual
    if one.way is Way.COUNT:
        shape = value + PRIOR_MONTHS * usual.mean
        return CountOutlook(shape, months + PRIOR_MONTHS, exposure * one.drift, one.spread)
    if one.way is Way.RATE:
        return _rate_outlook(one, known, exposure, base)
    weight = len(known) if one.way is Way.LEVEL else months
    mean = (value + PRIOR_MONTHS * usual.mean) / (weight + PRIOR_MONTHS)
    if one.way is Way.LEVEL:
        return ValueOutlook(mean, one.ratios, one.drift)
    return ValueOutlook(mean * exposure, one.ratios, one.drift, exposure)


def _rate_outlook(one: Group, known: Sequence[Month], exposure: float, base: float | None) -> Outlook:
    yes, cases = sum(each.value for each in known), sum(each.base for each in known)
    months, prior = sum(each.exposure for each in known), PRIOR_MONTHS * one.usual.base
    monthly = (cases + prior) / (months + PRIOR_MONTHS)
    known_cases = cases + prior
    rate = (yes + prior * one.usual.mean) / known_cases * one.drift if known_cases > 0 else 0.0
    rate = min(rate, 0.999)
    coming = monthly * exposure if base is None else base
    return RateOutlook(rate * known_cases, (1 - rate) * known_cases, coming, one.spread)


def three_month_mean(past: Past, exposure: float = 1.0, *, rate: bool = False) -> float | None:
    """The plain start value: the mean of the last three finished months, for `exposure` months."""
    known = [one for one in list(past)[-MONTHS:] if one is not None]
    if not known:
        return None
    if rate:
        cases = sum(one.base for one in known)
        return sum(one.value for one in known) / cases if cases else None
    full = sum(one.exposure for one in known)
    return exposure * sum(one.value for one in known) / full if full else None


def propose(
    one: Group, past: Past, exposure: float, *, better: str = "higher", reached_by: float = REACHED_BY
) -> Proposal | None:
    """The target that `reached_by` of such months reach; None when no length of time holds one case.

    `exposure` is that of the month asked about; longer periods count as so many of it.
    """
    for months in LENGTHS:
        expected = outlook(one, past, exposure * months)
        value = _quantile(one, expected, better, reached_by, is_month=exposure * months < _MONTHLIKE)
        if value > _NEXT_TO_NOTHING * expected.mean or better == "lower":
            return Proposal(value, months, expected.chance(value, better))
        if one.way not in (Way.COUNT, Way.AMOUNT):
            return None
    return None


def _quantile(one: Group, expected: Outlook, better: str, reached_by: float, *, is_month: bool) -> float:
    """Of a month, where the team's own are enough to tell, theirs; else that of the member's outlook."""
    share = reached_by if better == "lower" else 1 - reached_by
    own = is_month and one.alike and one.way in (Way.COUNT, Way.RATE) and len(one.ratios) >= ENOUGH_RATIOS
    # The ratios are to what was expected without the drift that they show themselves.
    mean = expected.mean / one.drift
    value = mean * float(np.quantile(one.ratios, share)) if own else expected.quantile(share)
    if one.way is Way.COUNT:
        return _nearest(expected, value, better, reached_by)
    if one.way is Way.RATE:
        steps = 1000
        return (ceil(value * steps - 1e-9) if better == "lower" else floor(value * steps + 1e-9)) / steps
    return value


def _nearest(expected: Outlook, value: float, better: str, reached_by: float) -> float:
    """Of the whole numbers around a value the one whose chance is nearest to what is wanted."""
    around = {floor(value), ceil(value)} if value < inf else {0}
    return float(min(sorted(around), key=lambda each: abs(expected.chance(each, better) - reached_by)))
