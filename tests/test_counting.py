"""What counts is said by the profile, or louder by the environment."""

from __future__ import annotations

import pytest

from hakari.config import CompanyProfile, Counting, counting, profile_from
from hakari.errors import SettingError


def test_this_machine_counts_unless_something_else_is_said() -> None:
    assert counting(CompanyProfile()).engine == "duckdb"


def test_a_profile_names_the_engine_its_lake_and_its_cluster() -> None:
    profile = CompanyProfile(engine="spark", lake="s3://bucket/lake", spark_master="spark://host:7077")
    assert profile_from(profile.as_json()) == profile
    assert counting(profile) == Counting("spark", "s3://bucket/lake", "spark://host:7077")


def test_the_environment_speaks_louder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAKARI_ENGINE", "spark")
    monkeypatch.setenv("HAKARI_LAKE", "/lake")
    assert counting(CompanyProfile(lake="/old")) == Counting("spark", "/lake", "")


def test_an_engine_that_is_none_is_refused() -> None:
    with pytest.raises(SettingError, match="duckdb, spark"):
        counting(CompanyProfile(engine="abacus"))


def test_a_cluster_without_a_lake_has_nothing_to_count() -> None:
    with pytest.raises(SettingError, match="hakari publish lake"):
        counting(CompanyProfile(engine="spark"))
