"""A PostgreSQL server of the tests' own, from the system's binaries, gone when they end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A test store may be lost; waiting for the disk would only make the tests slow.
_FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c listen_addresses=''"


def binaries() -> Path | None:
    """The newest PostgreSQL that is installed."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if homes:
        return homes[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def server(bin_folder: Path) -> Iterator[Path]:
    """Yields the folder of its socket. As root it runs as `postgres`, because it refuses to be root."""
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    # A socket's path may not be longer than about 100 letters, so pytest's own folders will not do.
    with tempfile.TemporaryDirectory(prefix="hakari-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if as_user:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        initdb = ["--no-sync", "--auth=trust", "--username=hakari", "--encoding=UTF8", "--locale=C"]
        _run([*as_user, f"{bin_folder}/initdb", *initdb, "-D", str(data)], folder)
        control = [*as_user, f"{bin_folder}/pg_ctl", "-D", str(data), "-w", "-l", f"{folder}/log"]
        _run([*control, "-o", f"-k {folder} {_FAST}", "start"], folder)
        try:
            yield folder
        finally:
            _run([*control, "-m", "immediate", "stop"], folder)


def _run(command: list[str], folder: Path) -> None:
    # The server inherits the pipes; reading them would wait for its end.
    with (folder.parent / f"{folder.name}.out").open("w+") as output:
        done = subprocess.run(
            command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, check=False, timeout=120
        )
        output.seek(0)
        said = output.read()
    Path(output.name).unlink()
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{said}")
