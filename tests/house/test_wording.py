"""What no committed file may contain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.house.checkout import ROOT, committed_files, shown

# In Japanese accounts a filled triangle means minus, so an upward arrow reads as a loss.
TRIANGLES = re.compile("[\u25b2\u25bc\u25b3\u25bd]")
SHOWN_TO_PEOPLE = {".html", ".py", ".toml", ".js", ".css"}

# Written in two halves, so that this file does not contain what it looks for.
REGISTRY_HOSTS = re.compile(
    "|".join(
        first + re.escape(rest)
        for first, rest in (
            ("pypi", ".org"),
            ("pythonhosted", ".org"),
            ("registry.npmjs", ".org"),
            ("registry.yarnpkg", ".com"),
            ("deb.debian", ".org"),
        )
    )
)
MACHINE_PATHS = re.compile(r"(?<![\w.$}~/-])/(?:home|Users|root|work|tmp)/[\w.-]+")

BINARY = {".png", ".jpg", ".ico", ".woff2", ".xlsx", ".parquet", ".gz", ".zip", ".mo"}


def test_no_triangle_stands_for_a_change() -> None:
    found = [
        f"{name}:{number}"
        for name, number, line in _lines()
        if name.startswith("src/") and name.endswith(tuple(SHOWN_TO_PEOPLE)) and TRIANGLES.search(line)
    ]
    assert found == []


def test_no_package_registry_is_named() -> None:
    assert [f"{name}:{number}" for name, number, line in _lines() if REGISTRY_HOSTS.search(line)] == []


def test_no_path_of_one_machine_is_written_down() -> None:
    assert [f"{name}:{number}" for name, number, line in _lines() if MACHINE_PATHS.search(line)] == []


def test_paths_and_hosts_would_be_seen() -> None:
    assert MACHINE_PATHS.search("open('/ho" + "me/sato/deals.csv')")
    assert not MACHINE_PATHS.search("https://example.com/home/sales and ../tmp/x")
    assert REGISTRY_HOSTS.search("https://files.pythonhosted" + ".org/packages")


def _lines() -> Iterator[tuple[str, int, str]]:
    for path in committed_files():
        if path.suffix in BINARY or "vendor" in path.relative_to(ROOT).parts:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            yield shown(path), number, line
