"""The files of this checkout, as the house rules look at them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON_FOLDERS = ("src", "tests", "benchmarks", "tools")
# What .gitignore keeps out; walked around by hand because a checkout may come without git.
NOT_OURS = {".git", ".tools", "node_modules", "__pycache__", "artifacts", "build", "dist"}


def committed_files() -> Iterator[Path]:
    """Every file that belongs to the project, whether or not it has been committed yet."""
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = [name for name in subfolders if name not in NOT_OURS and not name.endswith("_cache")]
        # `.hypothesis` is the test runner's own memory of examples; `.venv-spark` is an environment too.
        subfolders[:] = [name for name in subfolders if not name.startswith((".hypothesis", ".venv"))]
        yield from (Path(folder) / name for name in names if not name.endswith(".pyc"))


def python_files() -> list[Path]:
    return sorted(
        path for path in committed_files() if path.suffix == ".py" and _top_folder(path) in PYTHON_FOLDERS
    )


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _top_folder(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]
