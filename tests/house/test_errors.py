"""The errors are one tree, drawn where a reader looks for it."""

from __future__ import annotations

import ast
import inspect

from hakari import errors
from tests.house.checkout import python_files, shown


def _drawn(parent: type[BaseException], indent: str = "") -> list[str]:
    children = [child for child in parent.__subclasses__() if child.__module__ == errors.__name__]
    lines: list[str] = []
    for position, child in enumerate(children):
        is_last = position == len(children) - 1
        lines.append(f"{indent}{'└── ' if is_last else '├── '}{child.__name__}")
        lines += _drawn(child, indent + ("    " if is_last else "│   "))
    return lines


def test_every_error_is_drawn_in_the_tree_where_it_stands() -> None:
    docstring = inspect.getdoc(errors) or ""
    tree = "\n".join(["HakariError", *_drawn(errors.HakariError)])
    assert tree in docstring, f"Draw this in the docstring of hakari/errors.py:\n{tree}"


def test_every_error_is_a_hakari_error_and_says_so() -> None:
    classes = [each for _, each in inspect.getmembers(errors, inspect.isclass)]
    own = [each for each in classes if each.__module__ == errors.__name__ and issubclass(each, Exception)]
    assert [each.__name__ for each in own if not each.__name__.endswith("Error")] == []
    assert [each.__name__ for each in own if not issubclass(each, errors.HakariError)] == []


def test_errors_live_in_one_module() -> None:
    elsewhere = [
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in python_files()
        if shown(path).startswith("src/") and shown(path) != "src/hakari/errors.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base).endswith(("Error", "Exception")) for base in node.bases)
    ]
    assert elsewhere == []


def test_errors_know_no_http() -> None:
    source = inspect.getsource(errors)
    assert [word for word in ("http", "status_code", "response") if word in source.lower()] == []
