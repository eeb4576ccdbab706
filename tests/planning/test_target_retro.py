"""On the shared sales team: proposals made month by month from what was known then, and who reached them."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from hakari.maths.target_proposals import Month, Way, group, propose, three_month_mean

MONTHS = [f"2017-{month:02}" for month in range(3, 13)]
FIRST_AIMED = 5  # two months of comparisons are there by then


def _won(path: Path, column: str | None) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(MONTHS))
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            month = row["close_date"][:7]
            if row["deal_stage"] == "Won" and month in MONTHS:
                value = 1.0 if column is None else float(row[column])
                found[row["sales_agent"]][MONTHS.index(month)] += value
    return dict(found)


@pytest.mark.parametrize(("way", "column"), [(Way.COUNT, None), (Way.AMOUNT, "close_value")])
def test_three_of_four_reach_the_proposal_and_half_the_mean(
    shared_data: Path, way: Way, column: str | None
) -> None:
    won = _won(shared_data / "maven_crm" / "sales_pipeline.csv", column)
    reached, means = [], []
    for at in range(FIRST_AIMED, len(MONTHS)):
        pasts = {who: [Month(value) for value in months[:at]] for who, months in won.items()}
        team = group(way, list(pasts.values()))
        assert team is not None
        for who, past in pasts.items():
            proposal, mean = propose(team, past, 1.0), three_month_mean(past)
            assert mean is not None
            if proposal is not None and proposal.months == 1:
                reached.append(won[who][at] >= proposal.value)
                means.append(won[who][at] >= mean)
    share, of_means = sum(reached) / len(reached), sum(means) / len(means)
    assert len(reached) > 120
    assert 0.68 <= share <= 0.82, share
    assert 0.40 <= of_means <= 0.60, of_means
