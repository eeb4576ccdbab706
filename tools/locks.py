"""Writes the lock files, and tells whether they still answer for what pyproject.toml asks.

A lock holds names, versions and hashes, and no download address, so it works behind any mirror. Its first
line carries a digest of the requirements it was made from; `check` compares that without the network.

    python tools/locks.py check
    python tools/locks.py write [--upgrade]      through `./dev lock`
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".tools" / "bin" / "uv"
MARK = "# requirements: sha256:"

# The order matters: the developers' lock is held to the versions users get.
LOCKS: dict[str, list[str]] = {
    "requirements-uv.lock": ["--group", "uv"],
    "requirements.lock": ["pyproject.toml", "--group", "build"],
    "requirements-dev.lock": [
        *("pyproject.toml", "--extra", "postgres", "--extra", "pdf", "--group", "build", "--group", "dev"),
        *("--constraint", "requirements.lock"),
    ],
    # Beside the developers' lock, in an environment of its own: half a gigabyte that few need.
    "requirements-spark.lock": [
        *("pyproject.toml", "--extra", "spark"),
        *("--constraint", "requirements-dev.lock"),
    ],
}


def requirements_digest(root: Path) -> str:
    """Changes when anything that the resolver reads from pyproject.toml changes, and only then."""
    pyproject = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    project = pyproject["project"]
    asked = {
        "python": project["requires-python"],
        "dependencies": project["dependencies"],
        "extras": project["optional-dependencies"],
        "groups": pyproject["dependency-groups"],
    }
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def stale_locks(root: Path) -> list[str]:
    """Names the locks that are missing or were made from other requirements."""
    wanted = f"{MARK}{requirements_digest(root)}"
    return [name for name in LOCKS if not _first_line(root / name).startswith(wanted)]


def write_locks(root: Path, uv_arguments: list[str]) -> None:
    """Resolves every lock again, keeping versions that still fit unless `--upgrade` is given."""
    for name, sources in LOCKS.items():
        command = [str(UV), "pip", "compile", *sources, "--output-file", name, *uv_arguments]
        settled = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet"]
        subprocess.run([*command, *settled], cwd=root, check=True)
        body = (root / name).read_text(encoding="utf-8")
        (root / name).write_text(f"{MARK}{requirements_digest(root)}\n{body}", encoding="utf-8")
        print(f"{name}: {body.count('==')} packages")


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["write"]:
        write_locks(ROOT, arguments[1:])
        return 0
    stale = stale_locks(ROOT)
    for name in stale:
        print(f"{name} does not match pyproject.toml. Run ./dev lock and commit the result.")
    return 1 if stale else 0


def _first_line(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open(encoding="utf-8") as lines:
        return lines.readline()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
