"""Runs a command and says as JSON what it took; itself so small that its memory hides none of the command's.

python -m benchmarks.command WORD…
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time


def main(words: list[str]) -> int:
    started = time.perf_counter()
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    # Linux counts memory in kilobytes, macOS in bytes.
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1_000_000
    print(json.dumps({"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak_mb": peak}))
    return process.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
