"""What equally well led reps may sell in a period: skill that stays, and the luck of few and uneven deals.

A rep's deals are Poisson around the expected number × skill; skill is lognormal around 1; each size is drawn
from those given. Eight deals a year of uneven sizes make two thirds of the differences between reps luck.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hakari.errors import ImpossibleSampleError
from hakari.maths.cohorts import Floats, Ints

SKILL_SPREAD = 0.35


@dataclass(frozen=True, slots=True)
class Deals:
    """`number` a settled rep wins in the period on average; `sizes` as many as are known, each as likely.

    `skill_spread` is the standard deviation of log skill, 0 where all are alike.
    """

    number: float
    sizes: tuple[float, ...]
    skill_spread: float = SKILL_SPREAD

    def __post_init__(self) -> None:
        if not self.number > 0 or not self.sizes or min(self.sizes) < 0 or sum(self.sizes) <= 0:
            raise ImpossibleSampleError(
                "What reps sell cannot be drawn without deals and their sizes.",
                "Give a number of deals above 0 and the amounts of some won deals.",
            )
        if self.skill_spread < 0:
            raise ImpossibleSampleError("Skill cannot spread by less than 0.", "Use 0 where all are alike.")

    @property
    def mean(self) -> float:
        """What a settled rep sells in the period on average."""
        return self.number * sum(self.sizes) / len(self.sizes)

    def skills(self, generator: np.random.Generator, shape: tuple[int, ...]) -> Floats:
        spread = self.skill_spread
        return generator.lognormal(-(spread**2) / 2, spread, shape)

    def sold(self, generator: np.random.Generator, loads: Floats) -> Floats:
        """Sums for reps of each load (skill × share of the period worked in full); of the loads' shape."""
        counts: Ints = generator.poisson(self.number * loads)
        flat = counts.ravel()
        sizes = generator.choice(np.asarray(self.sizes, dtype=np.float64), int(flat.sum()))
        owner = np.repeat(np.arange(flat.size), flat)
        sums = np.bincount(owner, sizes, minlength=flat.size)
        return np.asarray(sums, dtype=np.float64).reshape(loads.shape)


def two_periods(deals: Deals, reps: int, seed: int = 0) -> tuple[Floats, Floats]:
    """Two periods of the same reps, alike in skill and independent in luck: what returns is skill."""
    if reps < 2:
        raise ImpossibleSampleError(f"{reps} reps show no spread.", "Draw at least 2.")
    generator = np.random.default_rng(seed)
    skills = deals.skills(generator, (reps,))
    return deals.sold(generator, skills), deals.sold(generator, skills)


def luck_share(first: Floats, second: Floats) -> float | None:
    """The share of the differences between people that does not return; None where all got the same."""
    spread = float(np.concatenate([first, second]).var())
    if spread <= 1e-12 * float(np.mean(first) ** 2 + 1e-300):
        return None
    kept = float(np.mean((first - first.mean()) * (second - second.mean())))
    return min(1.0, max(0.0, 1 - kept / spread))


def sizes_like(mean: float, spread: float, count: int = 2000) -> tuple[float, ...]:
    """Lognormal sizes of that mean and standard deviation of their logarithm, at evenly likely points."""
    from scipy import special  # Half a second; sizes are mostly a company's own.

    points = special.ndtri((np.arange(count) + 0.5) / count)
    sizes = np.exp(spread * points)
    return tuple((sizes * mean / sizes.mean()).tolist())
