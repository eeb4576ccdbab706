"""Reads a page as a machine can: its elements in order, with attributes and the text inside."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    text: str = ""
    ancestors: tuple[str, ...] = ()
    classes: frozenset[str] = field(default_factory=frozenset)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        above = tuple(element.name for element in self._open)
        element = Element(tag, attributes, "", above, frozenset(attributes.get("class", "").split()))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().name != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data


def elements(html: str, name: str = "", class_: str = "") -> list[Element]:
    reader = _Reader()
    reader.feed(html)
    return [
        each
        for each in reader.elements
        if (not name or each.name == name) and (not class_ or class_ in each.classes)
    ]


def words_of(html: str) -> str:
    """Everything a person reads, in order, with single spaces."""
    body = next(element for element in elements(html, "body"))
    return " ".join(body.text.split())
