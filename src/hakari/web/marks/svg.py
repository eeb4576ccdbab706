"""Writes SVG elements with every text and attribute escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


class Svg(str):
    """Finished SVG text, safe to put into a page as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def element(name: str, children: Iterable[str] = (), /, **attributes: object) -> Svg:
    """`element("line", x1=0, class_="target")`; an underscore at the end falls off, others become hyphens.

    None leaves an attribute out. Children must be finished elements, or text from `text_of`.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return Svg(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")


def text_of(words: str) -> Svg:
    return Svg(escape(words))


def label(words: str, x: float, y: float, class_: str, anchor: str | None = None) -> Svg:
    return element("text", [text_of(words)], x=x, y=y, class_=class_, text_anchor=anchor)


def drawing(
    width: float, height: float, kind: str, children: Iterable[str], finding: str | None = None
) -> Svg:
    """The outer element. Without a finding the drawing is decoration, and screen readers skip it."""
    spoken: dict[str, object] = (
        {"role": "img", "aria_label": finding} if finding else {"aria_hidden": "true", "focusable": "false"}
    )
    return element(
        "svg",
        children,
        class_=f"mark {kind}",
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        width=width,
        height=height,
        **spoken,
    )


def path(points: Iterable[tuple[float, float]]) -> str:
    """M0 0L1 2…: coordinates of a line through the points."""
    return "L".join(f"{_value(x)} {_value(y)}" for x, y in points).join(("M", ""))


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{round(value, 1):g}"
    return escape(str(value), quote=True)
