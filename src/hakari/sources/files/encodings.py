"""Finds out how a text file writes its letters: UTF-8, UTF-16, CP932, EUC-JP or Western European.

The whole file is tried, because one name on the last line can decide.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from hakari.errors import NotATableError

_CHUNK = 1 << 20
_SAMPLE = 64_000
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_GUESSES = ("cp932", "euc_jp", "cp1252")
_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")


def detect_encoding(path: Path) -> str:
    """The codec that reads the file to its end."""
    with path.open("rb") as stream:
        head = stream.read(_CHUNK)
    for bom, codec in _BOMS:
        if head.startswith(bom):
            return _must_read(path, codec)
    wide = _utf16_without_bom(head)
    if wide:
        return _must_read(path, wide)
    if b"\x00" in head:
        raise NotATableError(f"{path.name} holds binary data, not text", "export it as .csv or .xlsx")
    if _fails_at(path, "utf-8") is None:
        return "utf-8"
    return _most_plausible(path)


def _fails_at(path: Path, codec: str) -> int | None:
    """The byte at which the codec gives up; None when it reads the whole file."""
    decoder = codecs.getincrementaldecoder(codec)()
    position = 0
    for chunk in _chunks(path):
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return position + error.start
        nul = text.find("\x00")
        if nul >= 0:
            return position + nul
        position += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return position
    return None


def _must_read(path: Path, codec: str) -> str:
    place = _fails_at(path, codec)
    if place is None:
        return codec
    raise NotATableError(
        f"{path.name} starts as {codec.upper().removesuffix('-SIG')} text but breaks near byte {place}",
        "export it again; it may have been cut off on the way",
    )


def _utf16_without_bom(head: bytes) -> str | None:
    """Commas, digits and line ends put a zero into every second byte."""
    start = head[:_SAMPLE]
    if len(head) < 2 or b"\x00" not in start:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd and not even:
        return "utf-16-le"
    if even and not odd:
        return "utf-16-be"
    return None


def _most_plausible(path: Path) -> str:
    sample = _lines_beyond_ascii(path)
    scores = {
        codec: _plausibility(sample.decode(codec, errors="ignore"), codec)
        for codec in _GUESSES
        if _fails_at(path, codec) is None
    }
    best = max(scores, key=lambda codec: scores[codec], default=None)
    if best is None or scores[best] < 0.5:
        raise NotATableError(
            f"{path.name} is no text in UTF-8, UTF-16, CP932 or EUC-JP"
            f" (UTF-8 breaks at byte {_fails_at(path, 'utf-8')})",
            "save it as CSV UTF-8; if it was cut off on the way, export it again",
        )
    return best


def _lines_beyond_ascii(path: Path) -> bytes:
    found: list[bytes] = []
    size = 0
    for chunk in _chunks(path):
        for line in _LINE.findall(chunk):
            found.append(line[:2000])
            size += len(found[-1])
            if size > _SAMPLE:
                return b"\n".join(found)
    return b"\n".join(found)


def _plausibility(text: str, codec: str) -> float:
    """The share of the letters beyond ASCII that one would expect in such a text."""
    weigh = _western if codec == "cp1252" else _japanese
    beyond = [place for place, letter in enumerate(text) if letter > "\x7f"]
    return sum(weigh(text, place) for place in beyond) / len(beyond) if beyond else 0.0


def _japanese(text: str, place: int) -> float:
    letter = text[place]
    if "\u3000" <= letter <= "\u30ff" or "\uff01" <= letter <= "\uff60":
        return 1.0
    if "\u4e00" <= letter <= "\u9fff":
        encoded = letter.encode("cp932", errors="replace")
        # The first level of JIS holds the kanji in daily use.
        return 1.0 if 0x88 <= encoded[0] <= 0x97 else 0.4
    return 0.3


def _western(text: str, place: int) -> float:
    """É in Société stands between plain letters; mojibake stands among its like."""
    neighbours = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    return float(text[place] >= "\xa0" and all(letter <= "\x7f" for letter in neighbours))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
