"""The style sheet keeps its promises: contrast in both themes, size, and no letter from elsewhere."""

from __future__ import annotations

import gzip
import re

import pytest

from hakari.web.site import STATIC

TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)",
        (STATIC / "css" / "tokens.css").read_text(encoding="utf-8"),
    )
}
# Letters, and what they stand on.
TEXT = [
    (front, back)
    for back, fronts in {
        "ground": "ink ink-2 quiet good bad",
        "side": "ink ink-2 quiet",
        "raised": "ink ink-2 quiet",
        "hover": "ink quiet",
        "bad-ground": "ink bad quiet",
        "warn-ground": "ink warn",
        "bad": "ground",
        "ink": "ground",
        "ac": "ground",
        "s4": "ground",
        "s3": "ink",
        "s2": "ink",
    }.items()
    for front in fronts.split()
]
MARKS = ["ac", "py", "plan", "neutral", "edge", "good", "bad", "focus", "s3", "s4", "s5"]


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_has_a_contrast_of_4_5(front: str, back: str, theme: int) -> None:
    assert _contrast(TOKENS[front][theme], TOKENS[back][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("mark", MARKS)
def test_marks_have_a_contrast_of_3(mark: str, theme: int) -> None:
    assert _contrast(TOKENS[mark][theme], TOKENS["ground"][theme]) >= 3


def test_black_against_white_is_21() -> None:
    assert round(_contrast("#000000", "#ffffff"), 1) == 21.0


def test_every_class_of_a_mark_has_a_style() -> None:
    style = (STATIC / "css" / "marks.css").read_text(encoding="utf-8")
    names = (
        "target previous range dot hold noise beyond plan actual today trend running end part won apart grid "
        "base axis strong name"
    )
    assert [name for name in names.split() if f".{name}" not in style] == []


def test_scripts_stay_under_60_kb_and_load_nothing_from_elsewhere() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (STATIC / "js").glob("*.js")]
    assert len(gzip.compress("".join(texts).encode())) <= 60_000
    assert [text for text in texts if "http" in text or "innerHTML" in text or "eval(" in text] == []


def test_no_letter_is_fetched_and_japanese_figures_come_from_one_font() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in (STATIC / "css").glob("*.css"))
    assert "@font-face" not in sheets
    assert "@import" not in sheets
    assert '--letters: "Noto Sans CJK JP"' in sheets
