"""The best split of whole accounts, proven; for tasks so small that trying is quick.

A handful of accounts between a few reps often has no split within ± 5 %: here that is a fact, not a search
given up.
"""

from __future__ import annotations

import numpy as np
from scipy import optimize, sparse

from hakari.maths.cohorts import Ints
from hakari.maths.territory_lp import Programme

PAIRS_UP_TO = 400
_NODES, _GAP = 400, 1e-3
_INFEASIBLE = 2


def exact(programme: Programme) -> tuple[Ints | None, bool]:
    """The split, None where none was found; and whether it is proven that there is none."""
    accounts, reps = programme.score.shape
    account, rep = np.nonzero(programme.allowed)
    bounds = programme.bounds
    mean = max((bounds.least + bounds.most) / 2, 1e-300)
    pairs = len(account)
    amount = programme.potential[account] / mean
    rows = np.concatenate([account, accounts + rep, accounts + reps + rep])
    values = np.concatenate([np.ones(pairs), amount, np.ones(pairs)])
    matrix = sparse.csr_array(
        (values, (rows, np.tile(np.arange(pairs), 3))), shape=(accounts + 2 * reps, pairs)
    )
    least = [*np.ones(accounts), *[bounds.least / mean] * reps, *[bounds.fewest] * reps]
    most = [*np.ones(accounts), *[bounds.most / mean] * reps, *[bounds.many] * reps]
    found = optimize.milp(
        -programme.score[account, rep],
        constraints=optimize.LinearConstraint(matrix, least, most),
        integrality=np.ones(pairs),
        bounds=optimize.Bounds(0, 1),
        options={"node_limit": _NODES, "mip_rel_gap": _GAP},
    )
    if found.x is None:
        return None, found.status == _INFEASIBLE
    rep_of = np.full(accounts, -1, dtype=np.int64)
    chosen = found.x > 0.5
    rep_of[account[chosen]] = rep[chosen]
    return rep_of, False
