"""Nothing grows past what one reading can hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.checkout import python_files, shown

MOST_LINES_A_FILE = 400
MOST_LINES_A_FUNCTION = 40
# Names under which anything may be left. What belongs together has a name of its own.
LEFTOVER_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {shown(path): len(_text(path).splitlines()) for path in python_files()}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES_A_FILE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    lengths = {
        f"{shown(path)}:{function.lineno} {function.name}": length
        for path in python_files()
        for function, length in _functions(_text(path))
    }
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES_A_FUNCTION} == {}


def test_a_function_of_41_lines_is_seen() -> None:
    body = "\n".join(f"        line_{number} = {number}" for number in range(40))
    nested = f"class Report:\n    async def write(self):\n{body}\n"
    assert [length for _, length in _functions(nested)] == [41]


def test_no_module_is_named_for_leftovers() -> None:
    named = [shown(path) for path in python_files() if LEFTOVER_NAMES & {path.stem, path.parent.name}]
    assert named == []


def _functions(text: str) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield node, node.end_lineno - node.lineno + 1


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
