"""MetricFlow over dbt-duckdb: the figures as measures and metrics, all asked in one query.

A dbt project is written from the plain data and parsed once; MetricFlow turns the question into SQL, which is
told as compile time; what is timed is the SQL, run on DuckDB directly.
"""

from __future__ import annotations

import importlib
import json
import logging
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.peers.answers import Columns, figures, grouped

_HOW = {
    "count": {"agg": "sum"},
    "sum": {"agg": "sum"},
    "distinct": {"agg": "count_distinct"},
    "quantile": {"agg": "percentile"},
}
_SPINE = (
    "SELECT CAST(range AS DATE) AS date_day FROM range(DATE '2020-01-01', DATE '2030-01-01', INTERVAL 1 DAY)"
)


class MetricFlowQuery:
    def __init__(self, folder: Path, limit: str) -> None:
        self.spec = json.loads((folder / "spec.json").read_text(encoding="utf-8"))
        project = folder / "metricflow"
        self._write_project(project, folder / "flat.duckdb")
        self.names = list(self.spec["aggregates"])
        started = time.perf_counter()
        engine = self._engine(project)
        loading = time.perf_counter() - started
        started = time.perf_counter()
        self._sql = self._compiled(engine)
        compiling = time.perf_counter() - started
        config: dict[str, Any] = {"memory_limit": limit}
        self._connection = duckdb.connect(str(folder / "flat.duckdb"), read_only=True, config=config)
        version = importlib.import_module("importlib.metadata").version("metricflow")
        self.said: dict[str, Any] = {"version": version, "compile_s": compiling, "load_s": loading}

    def _write_project(self, project: Path, database: Path) -> None:
        (project / "models").mkdir(parents=True, exist_ok=True)
        # dbt wants a database of its own name to be there; the statements are run on the real one.
        target = {"type": "duckdb", "path": str(project / database.name), "threads": 1}
        profiles = {"bench": {"target": "dev", "outputs": {"dev": target}}}
        (project / "profiles.yml").write_text(json.dumps(profiles), encoding="utf-8")
        named = {"name": "bench", "version": "1.0", "profile": "bench", "config-version": 2}
        (project / "dbt_project.yml").write_text(json.dumps(named), encoding="utf-8")
        for table in self.spec["columns"]:
            text = f'{{{{ config(alias="{table}") }}}}\nSELECT 1 AS one'
            (project / "models" / f"f_{table}.sql").write_text(text, encoding="utf-8")
        (project / "models" / "spine.sql").write_text(_SPINE, encoding="utf-8")
        (project / "models" / "all.yml").write_text(json.dumps(self._models()), encoding="utf-8")

    def _models(self) -> dict[str, Any]:
        spine = {
            "name": "spine",
            "time_spine": {"standard_granularity_column": "date_day"},
            "columns": [{"name": "date_day", "granularity": "day"}],
        }
        return {
            "version": 2,
            "models": [spine],
            "semantic_models": [
                self._semantic_model(table, day, names) for (table, day), names in grouped(self.spec).items()
            ],
            "metrics": [
                {
                    "name": name,
                    "label": name,
                    "type": "simple",
                    "type_params": {"measure": {"name": f"m_{name}"}},
                }
                for name in self.spec["aggregates"]
            ],
        }

    def _semantic_model(self, table: str, day: str, names: list[str]) -> dict[str, Any]:
        named = f"{table}_by_{day}".replace("__", "_")  # Two underscores part an entity from its dimension.
        return {
            "name": named,
            "model": f"ref('f_{table}')",
            "defaults": {"agg_time_dimension": "on_day"},
            "primary_entity": f"row_of_{named}",
            "entities": [{"name": "rep", "type": "foreign", "expr": "owner"}],
            "dimensions": [
                {"name": "on_day", "type": "time", "expr": day, "type_params": {"time_granularity": "day"}}
            ],
            "measures": [self._measure(name) for name in names],
        }

    def _measure(self, name: str) -> dict[str, Any]:
        one = self.spec["aggregates"][name]
        where, value = one["where"]["duckdb"] or "TRUE", f'"{one["value"]}"' if one["value"] else "1"
        if one["how"] == "count" and one["value"]:
            where, value = f"({where}) AND {value} IS NOT NULL", "1"
        measure: dict[str, Any] = {
            "name": f"m_{name}",
            "expr": f"CASE WHEN {where} THEN {value} END",
            **_HOW[one["how"]],
        }
        if one["how"] == "quantile":
            measure["agg_params"] = {"percentile": one["share"], "use_discrete_percentile": False}
        return measure

    def _engine(self, project: Path) -> Any:
        logging.disable(logging.CRITICAL)
        runner = importlib.import_module("dbt.cli.main").dbtRunner()
        words = ["parse", "--no-partial-parse", "--quiet", "--project-dir", str(project)]
        parsed = runner.invoke([*words, "--profiles-dir", str(project)])
        if not parsed.success:
            raise RuntimeError(f"dbt does not parse the project: {parsed.exception}")
        module = importlib.import_module("dbt_metricflow.cli.cli_configuration")
        configuration = module.CLIConfiguration()
        configuration.setup(dbt_profiles_path=project, dbt_project_path=project, configure_file_logging=False)
        return configuration.mf

    def _compiled(self, engine: Any) -> str:
        module = importlib.import_module("metricflow.engine.metricflow_engine")
        request = module.MetricFlowQueryRequest.create(
            metric_names=self.names,
            group_by_names=["rep", "metric_time__month"],
            time_constraint_start=datetime.fromisoformat(self.spec["start"]),
            time_constraint_end=datetime.fromisoformat(self.spec["end"]) - timedelta(days=1),
        )
        found: str = engine.explain(request).sql_statement.without_descriptions.sql
        return found.replace('"flat".', "").replace("flat.main.", "main.")

    def run(self) -> Any:
        return self._connection.sql(self._sql).to_arrow_table()

    def answer(self, results: Any) -> Columns:
        found: Columns = {}
        owners = results.column("rep").to_pylist()
        months = [str(one)[:10] for one in results.column("metric_time__month").to_pylist()]
        for name in self.names:
            numbers = results.column(name).to_pylist()
            for owner, month, number in zip(owners, months, numbers, strict=True):
                if number is not None:
                    found.setdefault(name, {})[owner, month] = float(number)
        return figures(self.spec, found)


def make(folder: Path, limit: str) -> MetricFlowQuery:
    return MetricFlowQuery(folder, limit)
