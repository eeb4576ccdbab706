"""Starts a real Spark cluster on this machine: one master and some workers, each a process of its own.

They come from the pyspark package alone and listen on loopback only.

    python tools/spark_cluster.py [--workers 2] [--cores 1] [--memory 2g]

prints the master's address, and stops the cluster at Ctrl-C.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
_PACKAGE = "org.apache.spark.deploy"
_PATIENCE = 120.0


class ClusterError(RuntimeError):
    """The cluster did not come up; the message carries the end of its logs."""


@dataclass
class Cluster:
    """A running master and its workers. A worker's executors live and die with it."""

    url: str
    folder: Path
    web_port: int
    master: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def alive_workers(self) -> int:
        said = self._said()
        return sum(worker["state"] == "ALIVE" for worker in said.get("workers", ()))

    def kill_worker(self, number: int) -> None:
        """As if its machine lost power: the worker and its executors, without a word to anybody."""
        _kill(self.workers[number], signal.SIGKILL)

    def stop(self) -> None:
        for process in (*self.workers, self.master):
            _kill(process, signal.SIGTERM)
        for process in (*self.workers, self.master):
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                _kill(process, signal.SIGKILL)
                process.wait()

    def _said(self) -> dict[str, Any]:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self.web_port}/json/", timeout=5) as answer:
                said: dict[str, Any] = json.load(answer)
                return said
        except (urllib.error.URLError, ConnectionError, TimeoutError, ValueError):
            return {}

    def wait_for(self, workers: int) -> None:
        """Until so many workers have registered with the master."""
        end = time.monotonic() + _PATIENCE
        while self.alive_workers() < workers:
            died = [one for one in (self.master, *self.workers) if one.poll() is not None]
            if died or time.monotonic() > end:
                raise ClusterError(f"{self.alive_workers()} of {workers} workers came up\n{self._logs()}")
            time.sleep(0.2)

    def _logs(self) -> str:
        return "\n".join(
            f"── {path.name}\n{path.read_text(errors='replace')[-2000:]}"
            for path in sorted(self.folder.glob("*.log"))
        )


@contextmanager
def cluster(folder: Path, workers: int = 2, cores: int = 1, memory: str = "2g") -> Iterator[Cluster]:
    """Up when the block begins, gone when it ends. Logs and shuffled files are kept in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    port, web_port = _free_ports(2)
    where = ["--host", HOST, "--port", str(port), "--webui-port", str(web_port)]
    master = _start(folder, "master", [f"{_PACKAGE}.master.Master", *where])
    running = Cluster(f"spark://{HOST}:{port}", folder, web_port, master)
    try:
        for number in range(workers):
            where = ["--host", HOST, "--webui-port", "0", "--work-dir", str(folder / f"worker-{number}")]
            size = ["--cores", str(cores), "--memory", memory]
            command = [f"{_PACKAGE}.worker.Worker", *where, *size, running.url]
            running.workers.append(_start(folder, f"worker-{number}", command))
        running.wait_for(workers)
        yield running
    finally:
        running.stop()


def shuffled_bytes(session: Any) -> int:
    """What the application's executors, lost ones too, have handed each other so far."""
    return sum(int(one.totalShuffleWrite()) for one in _executors(session))


def tasks_done(session: Any) -> int:
    return sum(int(one.completedTasks()) for one in _executors(session))


def _executors(session: Any) -> list[Any]:
    """Spark's own book-keeping; Python has no door to it, its gateway has."""
    context = session.sparkContext._jsc  # noqa: SLF001
    found = context.sc().statusStore().executorList(False)
    return [found.apply(place) for place in range(found.size())]


def spark_home() -> Path:
    found = find_spec("pyspark")
    if found is None or found.origin is None:
        raise ClusterError("pyspark is not installed; ./dev test --spark brings it")
    return Path(found.origin).parent


def _start(folder: Path, name: str, command: Sequence[str]) -> subprocess.Popen[bytes]:
    """In a process group of its own, so that a killed worker takes its executors along."""
    home = spark_home()
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": HOST,
        "SPARK_LOCAL_DIRS": str(folder / f"{name}-scratch"),
        "SPARK_DAEMON_MEMORY": "512m",
    }
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [str(home / "bin" / "spark-class"), *command],
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )


def _kill(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    try:
        os.killpg(process.pid, how)
    except ProcessLookupError:
        return


def _free_ports(count: int) -> list[int]:
    held = [socket.socket() for _ in range(count)]
    try:
        for one in held:
            one.bind((HOST, 0))
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cores", type=int, default=1, help="of each worker")
    parser.add_argument("--memory", default="2g", help="of each worker")
    options = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory(prefix="hakari-spark-") as folder,
        cluster(Path(folder), options.workers, options.cores, options.memory) as running,
    ):
        print(f"{running.url} with {running.alive_workers()} workers; Ctrl-C stops it", flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            print("stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
