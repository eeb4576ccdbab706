"""Runs the benchmarks: ./dev bench [--rows N] [--only scorecard,import,…] [--json FILE] | --results."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import (
    alerts_study,
    gap_study,
    importing,
    nowcast_study,
    plan_study,
    results,
    scorecard,
    spark_scorecard,
    starting,
    target_study,
    territory_study,
)
from benchmarks.tables import Table, machine

Bench = Callable[[Path, argparse.Namespace], Table]
BENCHES: dict[str, Bench] = {
    "scorecard": lambda folder, asked: scorecard.run(folder, asked.rows, asked.rounds),
    "import": lambda _, asked: importing.run_import(asked.rows, asked.rounds),
    "refresh": lambda _, asked: importing.run_refresh(asked.rows, asked.rounds),
    "start": lambda _, asked: starting.run(asked.rows, asked.rounds),
    "nowcast": lambda _, asked: nowcast_study.run(asked.seeds),
    "targets": lambda _, asked: target_study.run(asked.seeds),
    "territory": lambda _, asked: territory_study.run(asked.rows, asked.rounds),
    "alerts": lambda _, asked: alerts_study.run(asked.seeds),
    "plan": lambda _, asked: plan_study.run(asked.seeds),
    "gap": lambda _, asked: gap_study.run(asked.seeds),
    "spark": lambda folder, asked: spark_scorecard.run(folder, asked.rows, asked.rounds),
}
# Run only when named: what they need is not in everybody's environment.
_ASKED_FOR = ("spark",)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if unknown := sorted(set(options.only) - set(BENCHES)):
        print(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="hakari-bench-") as temporary:
        folder = options.data or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if options.results:
            sizes = [int(size) for size in options.sizes]
            asked = results.Asked(
                sizes, options.rounds, options.questions, options.entrants, options.peers_up_to
            )
            return results.write_results(folder, asked, _command(arguments))
        tables: list[Table] = []
        for name in options.only:
            table = BENCHES[name](folder, options)
            print(table.text(), flush=True)
            tables.append(table)
    if options.json is not None:
        said = {"machine": machine(), "rows": options.rows, "tables": [table.as_json() for table in tables]}
        options.json.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    usual = [name for name in BENCHES if name not in _ASKED_FOR]
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000, help="about so many activities (10,000,000)")
    parser.add_argument("--only", type=_names, default=usual, help="some of: " + ", ".join(BENCHES))
    parser.add_argument("--rounds", type=int, default=5, help="how often each is run, in turn (5)")
    parser.add_argument(
        "--seeds", type=int, default=nowcast_study.SEEDS, help="companies a world, in the studies (200)"
    )
    parser.add_argument("--data", type=Path, help="keep what is generated here, for the next time")
    parser.add_argument(
        "--results", action="store_true", help="write benchmarks/RESULTS.md, with all engines"
    )
    parser.add_argument(
        "--sizes", type=_names, default=["1000000", "10000000"], help="activities, for --results"
    )
    parser.add_argument(
        "--peers", action="store_true", help="bring the other engines (./dev does), for --results"
    )
    parser.add_argument(
        "--peers-up-to", type=int, default=10_000_000, help="larger sizes: only the nearest peer"
    )
    parser.add_argument("--questions", type=_names, default=[], help="scorecard, first, catalogue, day")
    parser.add_argument("--entrants", type=_names, default=[], help="parts of the names of some engines")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    return parser.parse_args(arguments)


def _command(arguments: Sequence[str] | None) -> str:
    """As a person types it; where the data is kept is nobody's business."""
    words = [*(sys.argv[1:] if arguments is None else arguments)]
    if "--data" in words:
        place = words.index("--data")
        del words[place : place + 2]
    return " ".join(["./dev bench", *words])


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


if __name__ == "__main__":
    sys.exit(main())
