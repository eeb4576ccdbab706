"""The processor's seconds that other processes spend for a question: a cluster's, and its driver's."""

from __future__ import annotations

import os
from pathlib import Path

from tools.spark_cluster import Cluster


def processes_of(running: Cluster) -> list[int]:
    """Master, workers, their executors, and the driver's Java process, which this one started."""
    leaders = {running.master.pid, *(worker.pid for worker in running.workers)}
    return [
        number
        for number, fields in _all().items()
        if int(fields[2]) in leaders or (int(fields[1]) == os.getpid() and number not in leaders)
    ]


def seconds_of(processes: list[int]) -> float:
    """Spent so far by those that still live."""
    ticks = os.sysconf("SC_CLK_TCK")
    alive = _all()
    return sum((int(alive[one][11]) + int(alive[one][12])) / ticks for one in processes if one in alive)


def _all() -> dict[int, list[str]]:
    """Process → the fields of /proc/…/stat after its name, from its state on: parent, group, session, …"""
    found: dict[int, list[str]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text()
        except OSError:  # It has ended meanwhile.
            continue
        found[int(path.parent.name)] = text.rpartition(") ")[2].split()
    return found
