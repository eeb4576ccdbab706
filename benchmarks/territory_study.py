"""How long accounts take to be split between reps, and how near the split comes to what none can exceed.

Potentials are lognormal, owners far from alike, one account in ten has none. A tenth of the accounts may only
go to the third of the reps who have the skill for it in the line "with skills".
"""

from __future__ import annotations

import time

import numpy as np

from benchmarks.tables import Table
from hakari.maths.territory import Task, Territories, territories

MOST_ACCOUNTS, ACCOUNTS_A_REP = 5_000, 100
LINES = ("no fit known", "fit by industry", "with skills")


def run(rows: int, rounds: int) -> Table:
    """So many accounts as a company of `rows` activities works on, 5,000 at most."""
    accounts = max(min(MOST_ACCOUNTS, rows // 50), 2 * ACCOUNTS_A_REP)
    reps = accounts // ACCOUNTS_A_REP
    table = Table(
        f"territory: {accounts:,} accounts, {reps} reps, potential ± 5 %, accounts ± 15 %",
        "wall in seconds; gap to what no split can exceed; the rep furthest from an equal share",
        ("wall min", "wall median", "gap %", "before %", "after %", "kept", "kept at optimum", "balanced"),
    )
    for line in LINES:
        task = world(accounts, reps, line)
        found, wall = _timed(task)
        walls = [wall, *(_timed(task)[1] for _ in range(rounds - 1))]
        before = max(abs(one.off or 0.0) for one in found.before)
        table.add(
            line,
            min(walls),
            float(np.median(walls)),
            None if found.gap is None else 100 * found.gap,
            100 * before,
            None if found.widest is None else 100 * found.widest,
            found.kept,
            int(found.kept_at_optimum),
            "yes" if found.balanced else "no",
        )
    return table


def _timed(task: Task) -> tuple[Territories, float]:
    started = time.perf_counter()
    found = territories(task)
    return found, time.perf_counter() - started


def world(accounts: int, reps: int, line: str, seed: int = 1) -> Task:
    generator = np.random.default_rng(seed)
    shares = generator.dirichlet(np.ones(reps))
    owners = generator.choice(np.arange(-1, reps), accounts, p=[0.1, *(0.9 * shares)])
    potential = generator.lognormal(0, 1.2, accounts)
    industry, known = generator.integers(0, 12, accounts), generator.dirichlet(np.full(12, 0.5), reps)
    fit = np.zeros((accounts, reps)) if line == LINES[0] else known[:, industry].T / known.max()
    allowed = np.ones((accounts, reps), dtype=bool)
    if line == LINES[2]:
        able = np.arange(reps) % 3 == 0
        allowed[: accounts // 10] = able
    return Task(
        [f"account {place:05}" for place in range(accounts)],
        [f"rep {place:03}" for place in range(reps)],
        potential,
        owners,
        fit,
        allowed,
    )
