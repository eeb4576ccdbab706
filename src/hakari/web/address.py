"""The URL is the screen: reads its parameters, refuses bad ones by name, and writes them in one order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from urllib.parse import quote, urlencode

from hakari.errors import ParameterNotUnderstoodError
from hakari.words import LANGUAGES, Language, say

# As they stand in a canonical URL; dimension filters stand where "…" is, by name.
ORDER = (
    "team", "period", "vs", "basis", "lag", "…", "view", "door", "factor", "by", "of", "page", "asof",
    "unit", "mask", "lang", "theme",
)  # fmt: skip
PARAMETERS = frozenset(ORDER) - {"…"}
# Left out of a URL when they say what would hold anyway. The company's own `lang` and `unit` replace these.
DEFAULTS: Mapping[str, str] = {
    "team": "all",
    "period": "this-quarter",
    "vs": "plan",
    "basis": "own",
    "lag": "on",
    "view": "overview",
    "door": "records",
    "of": "numerator",
    "page": "1",
    "unit": "million",
    "lang": "ja",
    "theme": "auto",
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "vs": ("plan", "prev", "yoy", "none"),
    "basis": ("own", "event", "created", "close"),
    "lag": ("on", "off"),
    "view": ("overview", "deals", "activity", "1on1"),
    "door": ("records", "breakdown", "definition", "math"),
    "of": ("numerator", "denominator"),
    "unit": ("yen", "thousand", "man", "million", "oku"),
    "mask": ("amount",),
    "lang": ("ja", "en"),
    "theme": ("auto", "light", "dark"),
    "computable": ("yes", "no"),
}
# These change how the screen looks, not what it says.
APPEARANCE = frozenset({"lang", "theme"})
SUFFIXES = ("json", "csv", "xlsx", "md")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the reader is. `given` holds every parameter as typed, except that defaults are left out."""

    path: str
    given: Mapping[str, str]
    defaults: Mapping[str, str] = field(default_factory=lambda: DEFAULTS)

    @property
    def lang(self) -> Language:
        """The language asked for; where that is none of ours, the company's: the refusal can be read."""
        return language_of(self["lang"], self.defaults["lang"])

    def __getitem__(self, name: str) -> str:
        return self.given.get(name, self.defaults.get(name, ""))

    def question(self) -> dict[str, str]:
        """What the company is asked: every parameter that changes the figures."""
        return {name: value for name, value in self.given.items() if name not in APPEARANCE}

    def to(self, path: str | None = None, /, **changes: str | None) -> str:
        """The canonical URL of a neighbouring screen: None or a default takes a parameter away."""
        parameters = dict(self.given) | {name: value or "" for name, value in changes.items()}
        place = quote(path or self.path, safe="/.:~-_")
        query = _query(_without_defaults(parameters, self.defaults))
        return f"{place}?{query}" if query else place


def language_of(*asked: str) -> Language:
    """The first of these that is a language of ours."""
    return next((lang for each in asked for lang in LANGUAGES if lang == each), "ja")


def read(path: str, pairs: Iterable[tuple[str, str]], defaults: Mapping[str, str] = DEFAULTS) -> Address:
    """Repeated parameters add up: source=a&source=b is source=a,b."""
    given: dict[str, str] = {}
    for name, value in pairs:
        plain = unicodedata.normalize("NFC", value).strip()
        given[name] = f"{given[name]},{plain}" if given.get(name) and plain else plain or given.get(name, "")
    address = Address(path, _without_defaults(given, defaults), defaults)
    for name, value in address.given.items():
        _check(name, value, address.lang)
    return address


def _check(name: str, value: str, lang: Language) -> None:
    allowed = CHOICES.get(name)
    if allowed is not None and value not in allowed:
        near = get_close_matches(value.lower(), allowed, n=1, cutoff=0.3)
        raise ParameterNotUnderstoodError(
            say("bad_parameter", lang, name=name, value=value),
            say("allowed_values", lang, values=", ".join(allowed), nearest=near[0] if near else allowed[0]),
        )
    if name == "page" and not (value.isdecimal() and len(value) < 7 and int(value) > 0):
        raise ParameterNotUnderstoodError(
            say("bad_parameter", lang, name=name, value=value),
            say("allowed_values", lang, values=say("whole_numbers_from_1", lang), nearest="1"),
        )


def _without_defaults(parameters: Mapping[str, str], defaults: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in parameters.items() if value and value != defaults.get(name)}


def _query(parameters: Mapping[str, str]) -> str:
    filters = sorted(name for name in parameters if name not in PARAMETERS)
    names = [each for slot in ORDER for each in (filters if slot == "…" else [slot])]
    ordered = [(name, parameters[name]) for name in names if name in parameters]
    return urlencode(ordered, safe=",:/", quote_via=quote)
