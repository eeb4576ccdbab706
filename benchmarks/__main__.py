"""Runs the benchmarks: ./dev bench [--rows N] [--only scorecard,import,refresh,start] [--json FILE]."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import importing, scorecard, starting
from benchmarks.tables import Table, machine

Bench = Callable[[Path, int, int], Table]
BENCHES: dict[str, Bench] = {
    "scorecard": scorecard.run,
    "import": lambda _, rows, rounds: importing.run_import(rows, rounds),
    "refresh": lambda _, rows, rounds: importing.run_refresh(rows, rounds),
    "start": lambda _, rows, rounds: starting.run(rows, rounds),
}


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if unknown := sorted(set(options.only) - set(BENCHES)):
        print(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="hakari-bench-") as temporary:
        folder = options.data or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        tables: list[Table] = []
        for name in options.only:
            table = BENCHES[name](folder, options.rows, options.rounds)
            print(table.text(), flush=True)
            tables.append(table)
    if options.json is not None:
        said = {"machine": machine(), "rows": options.rows, "tables": [table.as_json() for table in tables]}
        options.json.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000, help="about so many activities (10,000,000)")
    parser.add_argument("--only", type=_names, default=list(BENCHES), help="some of: " + ", ".join(BENCHES))
    parser.add_argument("--rounds", type=int, default=5, help="how often each is run, in turn (5)")
    parser.add_argument("--data", type=Path, help="keep what is generated here, for the next time")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    return parser.parse_args(arguments)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


if __name__ == "__main__":
    sys.exit(main())
