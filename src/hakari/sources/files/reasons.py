"""Why a cell or row could not be used, in both languages; the sentences are in reasons.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of reasons.toml with its places filled."""

    key: str
    values: tuple[tuple[str, str], ...] = ()

    def say(self, lang: str) -> str:
        return _sentences()[self.key][lang].format(**dict(self.values))

    def __str__(self) -> str:
        """Both languages, for whoever reads the list of rejects."""
        return f"{self.say('ja')} / {self.say('en')}"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands where a cell's value would stand when the cell says nothing that can be used."""

    reason: Reason


def reason(key: str, **values: object) -> Reason:
    return Reason(key, tuple((name, str(value)) for name, value in values.items()))


def unreadable(key: str, **values: object) -> Unreadable:
    return Unreadable(reason(key, **values))


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("hakari.sources.files").joinpath("reasons.toml").read_text(encoding="utf-8"))
