"""Sets a template with a page's words as a PDF, with fonts that have Japanese letters.

Typst sets the pages; it comes with `pip install 'hakari[pdf]'`, and with it a Japanese font for machines
that have none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from hakari.errors import PaperError
from hakari.words import Language

# The first that a machine has is taken; the last comes with hakari[pdf].
FAMILIES = (
    "Noto Sans CJK JP",
    "Hiragino Sans",
    "Yu Gothic",
    "Meiryo",
    "BIZ UDPGothic",
    "IPAexGothic",
    "Noto Sans JP",
)
_WAY_OUT = "pip install 'hakari[pdf]', or print the page: press P"


def set_pdf(template: Path, words: Mapping[str, Any], lang: Language, made: datetime) -> bytes:
    """The same words and moment give the same bytes."""
    typst = _typst()
    folders = _font_folders()
    known = typst.Fonts(include_system_fonts=True, font_paths=folders)
    family = family_of(known.families())
    inputs = {"words": json.dumps(words, ensure_ascii=False), "font": family, "lang": lang}
    try:
        set_: bytes = typst.compile(
            template.read_bytes(),
            font_paths=known,
            sys_inputs=inputs,
            format="pdf",
            timestamp=int(made.timestamp()),
        )
    except typst.TypstError as error:
        raise PaperError(f"the PDF could not be set: {error}", "print the page instead: press P") from error
    return set_


def family_of(families: Iterable[str]) -> str:
    """The font to set in; a machine without Japanese letters would print empty boxes."""
    known = {name.lower() for name in families}
    found = next((name for name in FAMILIES if name.lower() in known), None)
    if found is None:
        raise PaperError("no font on this machine has Japanese letters", _WAY_OUT)
    return found


def _typst() -> Any:
    try:
        return import_module("typst")
    except ImportError as error:
        raise PaperError("what sets PDFs is not installed", _WAY_OUT) from error


def _font_folders() -> list[str]:
    try:
        fonts = import_module("pylopdf_fonts_jp")
    except ImportError:  # a machine's own fonts may do
        return []
    return [str(Path(str(fonts.__file__)).parent)]
