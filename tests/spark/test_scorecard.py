"""A whole company on a cluster: its scorecard, any breakdown, and what was known earlier."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from hakari.bootstrap import Company
from hakari.config import PROFILE, TRUTH_FILE
from hakari.metrics.query import Query
from hakari.units.period import Period
from tests.demo_company import NOW
from tools.spark_cluster import Cluster

EARLIER = datetime(2026, 9, 30, 15, tzinfo=UTC)
TODAY = date(2026, 11, 24)
PERIOD = Period(date(2026, 4, 1), date(2027, 1, 1))
MEASURES = (
    *("outbound_dials", "sdr_connects.rate", "talk_seconds", "tel_issues_found.rate"),
    *("leads_acquired", "speed_to_lead_5min.rate", "speed_to_lead_5min.median"),
    *("win_amount", "closing_ratio", "win_cycle_days", "won_unit_price", "order_amount"),
)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    company = Company(tmp_path_factory.mktemp("demo"), lambda: NOW)
    company.load_demo(seed=1, scale=0.1)
    company.publish_lake(str(company.folder / "lake"), timedelta(hours=24))
    yield company
    company.close()


@pytest.fixture(scope="module")
def there(here: Company, tmp_path_factory: pytest.TempPathFactory, workers: Cluster) -> Iterator[Company]:
    """The same records, but this company's profile says that a cluster counts them."""
    folder = tmp_path_factory.mktemp("on-cluster")
    for file in here.folder.glob(f"{TRUTH_FILE}*"):
        shutil.copy(file, folder)
    company = Company(folder, lambda: NOW)
    lake = str(here.folder / "lake")
    profile = replace(company.profile, engine="spark", lake=lake, spark_master=workers.url)
    company.truth.put_setting(PROFILE, profile.as_json(), NOW)
    yield company
    company.close()


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("by", [(), ("owner", "month"), ("source", "week")])
def test_any_breakdown_is_the_same_on_a_cluster(here: Company, there: Company, by: tuple[str, ...]) -> None:
    query = Query(MEASURES, PERIOD, TODAY, by, intervals=not by)
    assert there.measure(query) == here.measure(query)


@pytest.mark.usefixtures("session")
def test_what_was_known_earlier_is_the_same_on_a_cluster(here: Company, there: Company) -> None:
    query = Query(MEASURES, PERIOD, TODAY, ("month",), as_of=EARLIER)
    then, now = here.measure(query), here.measure(replace(query, as_of=None))
    assert there.measure(query) == then != now


@pytest.mark.usefixtures("session")
def test_the_whole_scorecard_is_the_same_on_a_cluster(here: Company, there: Company) -> None:
    ours, theirs = here.scorecard({}, "en"), there.scorecard({}, "en")
    assert replace(theirs, freshness=ours.freshness) == ours


@pytest.mark.usefixtures("session")
def test_the_records_behind_a_figure_are_the_same_on_a_cluster(here: Company, there: Company) -> None:
    query = Query(("win_amount",), PERIOD, TODAY)
    ours = here.records().read(query, {"quarter": "FY2026-Q2"}, limit=50)
    assert ours.rows
    assert there.records().read(query, {"quarter": "FY2026-Q2"}, limit=50) == ours


def test_the_cluster_says_how_far_its_records_reach(here: Company, there: Company) -> None:
    assert there.freshness().change == here.truth.last_change()
