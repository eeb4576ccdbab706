"""Companies whose members' coming months are known, for the study of target proposals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hakari.maths.target_proposals import Month, Way

PAST = 18


@dataclass(frozen=True, slots=True)
class Drawn:
    """Each member's months, the last of which nobody had seen when targets were set.

    `exposures` is what is known beforehand of that last month: working days, season, ramp.
    """

    members: tuple[tuple[Month | None, ...], ...]
    coming: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class World:
    name: str
    way: Way
    draw: Callable[[np.random.Generator], Drawn]


def _means(generator: np.random.Generator, people: int, mean: float, spread: float) -> np.ndarray:
    """People differ: gamma about the team's mean, `spread` as a share of it."""
    return generator.gamma(1 / spread**2, mean * spread**2, people)


def _of(values: np.ndarray, bases: np.ndarray, exposures: np.ndarray) -> Drawn:
    """Arrays by member and month; a month without exposure is one in which the member was not there."""
    months = [
        [
            Month(float(value), float(base), float(exposure)) if exposure > 0 else None
            for value, base, exposure in zip(*rows, strict=True)
        ]
        for rows in zip(values, bases, exposures, strict=True)
    ]
    coming = [row[-1] for row in months]
    kept = [(row[:-1], last) for row, last in zip(months, coming, strict=True) if last is not None]
    return Drawn(tuple(tuple(row) for row, _ in kept), tuple(last for _, last in kept))


def counts(
    mean: float, people: int = 12, wild: float = 0.0, growth: float = 0.0, moves: float = 0.0
) -> Callable[[np.random.Generator], Drawn]:
    """`wild` varies single months, `moves` lets everybody's level wander, both as shares of the mean."""

    def draw(generator: np.random.Generator) -> Drawn:
        own = _means(generator, people, mean, 0.3)[:, None]
        level = (1 + growth) ** np.arange(PAST + 1)[None, :] * np.ones_like(own)
        if moves:
            level = level * np.exp(np.cumsum(generator.normal(0, moves, (people, PAST + 1)), axis=1))
        if wild:
            level = level * generator.gamma(1 / wild**2, wild**2, level.shape)
        values = generator.poisson(own * level)
        return _of(values, np.ones(values.shape), np.ones(values.shape))

    return draw


def seasonal_with_newcomers(generator: np.random.Generator) -> Drawn:
    """Months of 17 to 23 working days with a strong season; a third of the people came within a year."""
    people = 15
    season = np.array([0.7, 0.9, 1.5, 0.8, 0.8, 1.1, 0.9, 0.8, 1.3, 0.9, 1.0, 1.3])
    days = generator.integers(17, 24, PAST + 1) / 20
    joined = np.where(np.arange(people) % 3 == 0, generator.integers(2, PAST - 2, people), -6)
    tenure = np.arange(PAST + 1)[None, :] - joined[:, None]
    ramp = np.clip((tenure + 0.5) / 6, 0, 1) * (tenure >= 0)
    exposures = ramp * (days * season[np.arange(PAST + 1) % 12])[None, :]
    own = _means(generator, people, 20, 0.25)[:, None]
    values = generator.poisson(own * exposures)
    return _of(values, np.ones(values.shape), exposures)


def rates(cases: float, rate: float, wild: float = 0.0) -> Callable[[np.random.Generator], Drawn]:
    def draw(generator: np.random.Generator) -> Drawn:
        people = 12
        own = generator.beta(rate * 40, (1 - rate) * 40, (people, 1)) * np.ones((1, PAST + 1))
        if wild:
            own = np.clip(own * generator.gamma(1 / wild**2, wild**2, own.shape), 0.001, 0.999)
        bases = np.maximum(1, generator.poisson(_means(generator, people, cases, 0.3)[:, None], own.shape))
        return _of(generator.binomial(bases, own), bases, np.ones(own.shape))

    return draw


def amounts(deals: float, wild: float) -> Callable[[np.random.Generator], Drawn]:
    """So many deals a month, their sizes log-normal with that spread of the logarithm."""

    def draw(generator: np.random.Generator) -> Drawn:
        people = 12
        own = _means(generator, people, deals, 0.3)[:, None] * np.ones((1, PAST + 1))
        many = generator.poisson(own)
        values = np.array(
            [[generator.lognormal(14, wild, count).sum() for count in row] for row in many], dtype=float
        )
        return _of(values, np.ones(values.shape), np.ones(values.shape))

    return draw


def lags(generator: np.random.Generator) -> Drawn:
    """A mean of some forty waits a month, of which less is better."""
    people = 12
    own = _means(generator, people, 30, 0.2)[:, None]
    values = own * generator.gamma(40, 1 / 40, (people, PAST + 1))
    return _of(values, np.ones(values.shape), np.ones(values.shape))


WORLDS = (
    World("40 a month", Way.COUNT, counts(40)),
    World("8 a month", Way.COUNT, counts(8)),
    World("2 a month", Way.COUNT, counts(2)),
    World("wild months", Way.COUNT, counts(25, wild=0.3)),
    World("wandering levels", Way.COUNT, counts(25, moves=0.08)),
    World("growth of 3 % a month", Way.COUNT, counts(25, growth=0.03)),
    World("a team of four", Way.COUNT, counts(15, people=4)),
    World("season and newcomers", Way.COUNT, seasonal_with_newcomers),
    World("rates of 100 cases", Way.RATE, rates(100, 0.2)),
    World("rates of 30, wild months", Way.RATE, rates(30, 0.3, wild=0.25)),
    World("amounts, 6 deals a month", Way.AMOUNT, amounts(6, 0.6)),
    World("amounts, 2 deals, heavy tails", Way.AMOUNT, amounts(2, 1.0)),
    World("waits, less is better", Way.LEVEL, lags),
)
