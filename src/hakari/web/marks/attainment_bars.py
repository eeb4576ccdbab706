"""How many reach how much of their target: the past solid, what is expected tinted, on one scale."""

from __future__ import annotations

from collections.abc import Sequence

from hakari.web.marks.svg import Svg, drawing, element, label

WIDTH, HEIGHT = 440.0, 190.0
LEFT, TOP, BOTTOM = 34.0, 26.0, 24.0
_BAR, _GAP, _TOP_SHARES = 18.0, 2.0, (0.2, 0.4, 0.6, 0.8, 1.0)


def attainment_bars(
    edges: Sequence[float],
    past: Sequence[float],
    ahead: Sequence[float],
    band: tuple[float, float],
    band_word: str,
    finding: str,
) -> Svg:
    """One group a bin from each edge on, the last one open. `band` is shaded; shares in a row add up to 1."""
    each = (WIDTH - LEFT) / len(edges)
    highest = max([*past, *ahead, 0.01])
    top = next(share for share in _TOP_SHARES if share >= min(highest, 1.0))

    def y(share: float) -> float:
        return HEIGHT - BOTTOM - share / top * (HEIGHT - TOP - BOTTOM)

    parts: list[Svg] = []
    for place, (edge, following) in enumerate(zip(edges, [*edges[1:], float("inf")], strict=True)):
        x = LEFT + each * place
        if band[0] <= edge and following <= band[1]:
            parts.append(element("rect", x=x, y=TOP, width=each, height=HEIGHT - TOP - BOTTOM, class_="band"))
            parts.append(label(band_word, x + each / 2, TOP - 8, "axis strong", "middle"))
    for share in (0.0, top / 2, top):
        kind = "grid" if share else "base"
        parts.append(element("line", x1=LEFT, x2=WIDTH, y1=y(share), y2=y(share), class_=kind))
        parts.append(label(f"{100 * share:.0f}%", LEFT - 6, y(share) + 4, "axis", "end"))
    for place, edge in enumerate(edges):
        middle = LEFT + each * (place + 0.5)
        both = bool(past) and bool(ahead)
        for shares, kind, x in (
            (past, "came", middle - _BAR - _GAP / 2 if both else middle - _BAR / 2),
            (ahead, "comes", middle + _GAP / 2 if both else middle - _BAR / 2),
        ):
            if shares and shares[place] > 0:
                high = y(shares[place])
                height = HEIGHT - BOTTOM - high
                parts.append(element("rect", x=x, y=high, width=_BAR, height=height, class_=kind))
        parts.append(label(_bin(edges, place, edge), middle, HEIGHT - 8, "axis", "middle"))
    return drawing(WIDTH, HEIGHT, "attainment", parts, finding)


def _bin(edges: Sequence[float], place: int, edge: float) -> str:
    low = f"{100 * edge:.0f}"
    if place == 0:
        return f"<{100 * edges[1]:.0f}"
    return f"≥{low}" if place == len(edges) - 1 else f"{low}–{100 * edges[place + 1]:.0f}"
